"""Files that appear together and whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import UsageError
from data.store import disk_errors


def check(targets: Iterable[Path], force: bool) -> None:
    """Refuse targets that cannot or must not be written, before any work is done.

    Raises:
        UsageError: a target exists and ``force`` is not given, or no file can be put there.
    """
    for target in targets:
        if not target.name:
            raise UsageError(f"{str(target)!r}: names no file.", "Name one with --out.")
        if not target.parent.is_dir():
            raise UsageError(f"{target}: there is no folder {target.parent}.", "Make it first.")
        if target.exists() and not target.is_file():
            raise UsageError(f"{target}: not a file that could be replaced.", "Name another one.")
        if target.exists() and not force:
            raise UsageError(f"{target}: exists.", "Name another file, or add --force.")


@contextmanager
def appear_together(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Give a path beside each target; when the block ends well they are renamed, in order.

    The last one vouches for the others: an older one goes before the first of them is replaced,
    so that it never stands beside files that it does not describe. Where a link stands for a
    target, what it leads to is replaced: whoever reads there would read the old one for ever.

    Raises:
        DiskError: the disk is full or refuses to be written; no target was touched.
    """
    places = [Path(os.path.realpath(target)) for target in targets]
    beside = [place.with_name(f".{place.name}.{os.getpid()}.part") for place in places]
    try:
        with disk_errors(targets[0]):
            yield beside
            for path in beside:
                _sync(path)
            places[-1].unlink(missing_ok=True)
            for path, place in zip(beside, places, strict=True):
                os.replace(path, place)
    finally:
        for path in beside:
            with suppress(OSError):  # on a read-only disk nothing came into being
                path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
