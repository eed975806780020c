"""The pages in web archives that other tools made: a WARC, or the WARCs of a WACZ.

A download of several crawls is a WACZ of WACZs
(https://specs.webrecorder.net/multi-wacz-package/latest/).
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from data import other_warcs, warc
from data.models import Issue

_PAGES = ("text/html", "application/xhtml", "application/pdf")
_WARCS, _WACZ = (".warc", ".warc.gz"), ".wacz"
_MOST_MEMBER_BYTES = 2 * 1024**3
_LEFT_OUT = "Left out; the rest goes on."
# What macOS puts beside each file that it packs.
_NOT_OURS = ("__MACOSX/", "._")


@dataclass(frozen=True, slots=True)
class Archived:
    """A page as it stands in an archive."""

    url: str
    body: bytes
    content_type: str


def is_warc(file: IO[bytes]) -> bool:
    """Whether a file begins as a WARC does, whatever it is called."""
    return other_warcs.beginning(file).startswith(b"WARC/")


def is_wacz(file: IO[bytes]) -> bool:
    """Whether a file is a ZIP that holds a WARC or a WACZ, whatever it is called."""
    is_zip = file.read(2) == b"PK"
    file.seek(0)
    try:
        return is_zip and any(map(_kind, zipfile.ZipFile(file).infolist()))
    except other_warcs.DAMAGE:
        return False
    finally:
        file.seek(0)


def of_wacz(name: str, file: IO[bytes]) -> Iterator[Archived | Issue]:
    """The pages of a WACZ; an issue for each part that cannot be read, and where it holds none."""
    yield from _wacz(name, file, is_whole=True)


def of_warc(name: str, stream: IO[bytes]) -> Iterator[Archived | Issue]:
    """The pages of a WARC; an issue where it is damaged, or holds none."""
    count = 0
    try:
        for record in other_warcs.records(stream):
            kind = (record.header("Content-Type") or "text/html").lower()
            if kind.startswith(_PAGES) and record.status in (None, 200):
                count += 1
                yield Archived(record.target_uri, record.body(), kind)
    except warc.WarcError as error:
        yield Issue(name, f"not readable ({_told(error)}).", _LEFT_OUT)
        return
    if not count:
        yield Issue(name, "holds no web page and no PDF that was answered with 200.", _LEFT_OUT)


def _wacz(name: str, stream: IO[bytes], *, is_whole: bool) -> Iterator[Archived | Issue]:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if _kind(m)]
            if not members:
                yield Issue(name, "holds no WARC.", _LEFT_OUT)
            for member in members:
                inner = f"{name}: {member.filename}"
                try:
                    yield from _member(inner, archive, member, is_whole=is_whole)
                except other_warcs.DAMAGE as error:
                    yield Issue(inner, f"not readable ({_told(error)}).", _LEFT_OUT)
    except other_warcs.DAMAGE as error:
        yield Issue(name, f"not readable ({_told(error)}).", _LEFT_OUT)


def _member(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, is_whole: bool
) -> Iterator[Archived | Issue]:
    """One part, unpacked: what the archive calls it is not trusted, and leads to no path."""
    if member.file_size > _MOST_MEMBER_BYTES:
        yield Issue(name, "larger than 2 GiB.", _LEFT_OUT)
    elif _kind(member) == _WACZ and not is_whole:
        yield Issue(name, "packed more than once.", _LEFT_OUT)
    else:
        with tempfile.TemporaryFile() as unpacked, archive.open(member) as packed:
            shutil.copyfileobj(packed, unpacked)
            unpacked.seek(0)
            if _kind(member) == _WACZ:
                yield from _wacz(name, unpacked, is_whole=False)
            else:
                yield from of_warc(name, unpacked)


def _told(error: BaseException) -> str:
    return str(error).rstrip(".")


def _kind(member: zipfile.ZipInfo) -> str | None:
    """What a part is by its name, if we read it."""
    name = member.filename.lower()
    if member.filename.startswith(_NOT_OURS) or "/._" in member.filename:
        return None
    return next((ending for ending in (*_WARCS, _WACZ) if name.endswith(ending)), None)
