"""A file that a person brings: WACZ, WARC, a saved page or a PDF, told apart by its first bytes.

Nothing in a file is believed that it says of itself beyond addresses and dates: names in an archive
lead to no path, and lengths are bounds, not promises.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from crawlers.conduct.evidence import Exchange
from crawlers.imports import mhtml
from crawlers.imports.records import is_web_address, take_records, when
from crawlers.imports.spool import Spool, SpoolFullError
from crawlers.imports.wacz import check, waczs, warcs
from data.errors import UsageError
from data.models import Issue
from data.other_warcs import DAMAGE
from data.warc import MAX_DECODED_BYTES

MOST_MEMBERS = 20_000
_WARC_STARTS = (b"WARC/", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
# What browsers ("mark of the web") and SingleFile write at the top of a page that they save.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    rb"Page saved with SingleFile\s+url: (\S+)(?:\s+saved date: ([^\n(<]+))?", re.IGNORECASE
)
# JSON (a HAR file), rich text, a mail, whose lines are broken up and escaped: they hold pages, and
# are none as they stand.
_OTHER = re.compile(rb"\s*[{\[]|(?:[A-Za-z][A-Za-z-]*: [^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_START, _TOP = 4 * 1024, 64 * 1024


def take_file(path: Path, spool: Spool, url: str | None, at: str | None) -> Iterator[Issue]:
    """Take what a file holds into the spool; yields what was wrong with it.

    Args:
        path: the file.
        spool: where the captures go.
        url: the address of a saved page or PDF; an archive has its own.
        at: when that was captured, RFC 3339; what the page says, or the file's own time, if None.

    Raises:
        UsageError: it is no file of these kinds, its address is not known, or a WACZ is not what
            its own digests say.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            file.seek(0)
            if start.startswith(b"PK"):
                yield from _wacz(path, file, spool)
            elif start.startswith(_WARC_STARTS):
                yield from _taken(path.name, file, spool)
            elif mhtml.is_mhtml(start):
                yield from _mhtml(path, spool, url, at)
            else:
                yield from _page(path, start, spool, url, at)
    except OSError as error:
        raise UsageError(f"{path}: not readable ({error.strerror or error}).") from error


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _taken(name: str, stream: IO[bytes], spool: Spool) -> Iterator[Issue]:
    """Take in one WARC; damage costs what comes after it."""
    before = len(spool.taken)
    try:
        take_records(stream, spool)
    except SpoolFullError:
        yield Issue(name, f"only the first {len(spool.taken)} captures were taken in.")
    except DAMAGE as error:
        count = len(spool.taken) - before
        yield Issue(name, f"unreadable after {count} captures ({error}).", "The rest was left out.")


def _wacz(path: Path, file: IO[bytes], spool: Spool) -> Iterator[Issue]:
    """The WARCs of a WACZ (https://specs.webrecorder.net/wacz/1.1.1/), read where they are.

    A download of several crawls is a WACZ of WACZs
    (https://specs.webrecorder.net/multi-wacz-package/latest/).
    """
    try:
        with zipfile.ZipFile(file) as archive:
            spool.digests[path] = check(str(path), archive, path.stat().st_size)
            inner = waczs(archive)
            if len(inner) > MOST_MEMBERS:
                yield Issue(path.name, f"only its first {MOST_MEMBERS} WACZs were read.")
            yield from _warcs(path.name, archive, spool, is_alone=not inner)
            for number, member in enumerate(inner[:MOST_MEMBERS], 1):
                name = f"{path.name}, WACZ {number}"
                with archive.open(member) as stream, zipfile.ZipFile(stream) as one:
                    check(name, one, member.file_size)
                    yield from _warcs(name, one, spool)
    except DAMAGE as error:
        yield Issue(path.name, f"unreadable ({error}).", "Left out.")


def _warcs(
    whole: str, archive: zipfile.ZipFile, spool: Spool, *, is_alone: bool = True
) -> Iterator[Issue]:
    members = warcs(archive)
    if not members and is_alone:
        yield Issue(whole, "holds no WARC.", "Left out.")
    if len(members) > MOST_MEMBERS:
        yield Issue(whole, f"only its first {MOST_MEMBERS} WARCs were read.")
    for number, member in enumerate(members[:MOST_MEMBERS], 1):
        name = f"{whole}, WARC {number}"
        try:
            with archive.open(member) as stream:
                yield from _taken(name, stream, spool)
        except DAMAGE as error:
            yield Issue(name, f"unreadable ({error}).", "The rest goes on.")


def _page(
    path: Path, start: bytes, spool: Spool, url: str | None, at: str | None
) -> Iterator[Issue]:
    if path.stat().st_size > MAX_DECODED_BYTES:
        raise UsageError(
            f"{path}: larger than {MAX_DECODED_BYTES >> 20} MiB.", "Save it without its pictures."
        )
    body = path.read_bytes()
    is_pdf = b"%PDF-" in start.partition(b"<")[0]
    is_binary = b"\0" in start and not start.startswith(_WIDE)
    if not is_pdf and (is_binary or b"<" not in body or _OTHER.match(start)):
        raise UsageError(
            f"{path}: neither WACZ, WARC, HTML, MHTML nor PDF.", "Save it as one of these."
        )
    said_url, said_at = (None, None) if is_pdf else _said(body[:_TOP])
    url = _named(path, url or said_url)
    moment = at or said_at or _written(path)
    if not (at or said_at):
        yield _taken_as_written(path, moment)
    kind = "application/pdf" if is_pdf else _html_type(start)
    spool.add(Exchange(url, 200, [("Content-Type", kind)], body, moment), is_file=True)


def _mhtml(path: Path, spool: Spool, url: str | None, at: str | None) -> Iterator[Issue]:
    """A page that a browser saved with all that belongs to it, of which its frames are taken."""
    if path.stat().st_size > mhtml.MOST_BYTES:
        limit = mhtml.MOST_BYTES >> 20
        raise UsageError(f"{path}: larger than {limit} MiB.", "Save it as HTML, without pictures.")
    saved = mhtml.read(str(path), path.read_bytes())
    moment = at or saved.at or _written(path)
    if not (at or saved.at):
        yield _taken_as_written(path, moment)
    for number, part in enumerate(saved.parts):
        if number == 0:
            address = _named(path, url or part.url)
        elif part.url is None:
            spool.left_out["a frame without an address"] += 1
            continue
        else:
            address = part.url
        if len(part.body) > MAX_DECODED_BYTES:
            raise UsageError(f"{path}: a page larger than {MAX_DECODED_BYTES >> 20} MiB.")
        sent = [("Content-Type", part.content_type)]
        spool.add(Exchange(address, 200, sent, part.body, moment), is_file=True)


def _named(path: Path, url: str | None) -> str:
    """The address of a saved page, which has to be one of the web."""
    if url is None:
        raise UsageError(f"{path}: does not say which page it is.", "Name the address with --url.")
    if not is_web_address(url):
        raise UsageError(f"{path}: {url[:200]!r} is no web address.", "Name it with --url.")
    return url


def _written(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _taken_as_written(path: Path, moment: str) -> Issue:
    return Issue(path.name, f"taken to be captured when the file was written, {moment}.", "")


def _html_type(start: bytes) -> str:
    return "text/html; charset=utf-16" if start.startswith(_WIDE) else "text/html"


def _said(top: bytes) -> tuple[str | None, str | None]:
    """Address and date that were written into a page when it was saved."""
    marked = _SINGLE_FILE.search(top)
    if marked:
        return marked[1].decode("utf-8", "replace"), _singlefile_date(marked[2])
    saved = _SAVED_FROM.search(top)
    return (saved[1].decode("utf-8", "replace"), None) if saved else (None, None)


def _singlefile_date(said: bytes | None) -> str | None:
    """``Tue Nov 24 2026 10:00:00 GMT+0100``, as JavaScript writes a date."""
    try:
        text = (said or b"").decode("ascii").strip()
        return when(datetime.strptime(text, "%a %b %d %Y %H:%M:%S GMT%z").isoformat())
    except ValueError:
        return None
