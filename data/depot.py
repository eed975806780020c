"""A folder that several machines reach: a path, or any address that fsspec knows (``s3://...``).

Files appear whole or not at all: on a disk by a rename, in an object store by the way that it is
made. Credentials and endpoints are never passed around: each machine has its own, in its
environment (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, ...).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.errors import KetawatchError, UsageError
from data.store import disk_errors


class Depot:
    """Files by name (``captures/a.warc.gz``) in the folder at an address."""

    def __init__(self, address: str) -> None:
        """Raises UsageError where nothing is installed that can read such an address."""
        self.address = address.rstrip("/")
        is_remote = "://" in address and not address.startswith("file://")
        self.local = None if is_remote else Path(self.address.removeprefix("file://"))
        self._fs: Any = None
        if self.local is None:
            self._fs, self._root = _open(self.address)

    def put(self, file: Path, name: str) -> None:
        """Copy a file here; whoever looks sees the old one, the new one, or none."""
        with self._errors(name):
            if self.local is None:
                self._fs.put_file(str(file), self._at(name))
                return
            target = self.local / name
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.{os.getpid()}.new")
            shutil.copyfile(file, beside)
            with beside.open("rb+") as written:
                os.fsync(written.fileno())
            os.replace(beside, target)

    def get(self, name: str, file: Path) -> None:
        """Copy a file from here, so that it appears whole."""
        beside = file.with_name(f".{file.name}.new")
        with self._errors(name), disk_errors(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            if self.local is None:
                self._fs.get_file(self._at(name), str(beside))
            else:
                shutil.copyfile(self.local / name, beside)
            os.replace(beside, file)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        with self._errors(name):
            if self.local is not None:
                return (self.local / name).is_file()
            self._fs.invalidate_cache()
            return bool(self._fs.isfile(self._at(name)))

    def remove(self, name: str) -> None:
        """Remove a file that may be there."""
        with self._errors(name):
            if self.local is not None:
                (self.local / name).unlink(missing_ok=True)
            elif self.has(name):
                self._fs.rm_file(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _errors(self, name: str) -> Iterator[None]:
        """A problem for a person; remote libraries raise all kinds of things."""
        place = f"{self.address}/{name}"
        try:
            with disk_errors(Path(place)):
                yield
        except KetawatchError:
            raise
        except Exception as error:
            if self.local is not None:
                raise
            raise KetawatchError(
                f"{place}: out of reach ({type(error).__name__}: {error}).",
                "Check address, credentials and network; what was finished is kept.",
            ) from error


def _open(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        filesystem, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{address}: nothing installed can reach it ({error}).",
            "Install ketawatch with its workers extra, and for S3 s3fs.",
        ) from error
    return filesystem, str(root).rstrip("/")
