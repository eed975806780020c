"""Records of other tools' WARC files: which are pages, and what was sent.

Formats: WARC 1.0 and 1.1 as the usual tools write them (warcio, wget, Browsertrix, ArchiveWeb.page,
Heritrix): gzip by record or as a whole or not at all, transfer-encodings undone or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import IO
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.settings import MAX_PAGE_BYTES
from crawlers.imports.spool import Repeat, Spool
from crawlers.responses.sent import is_pdf
from data.http_answers import http_answer
from data.other_warcs import has_bare_lines, is_cut_short

# What the records of one file say they hold, unpacked: beyond this it was made to be unpacked.
MOST_DECLARED_BYTES = 64 * 1024**3
# What a crawled page may have, and its headers.
MOST_RECORD_BYTES = MAX_PAGE_BYTES + 256 * 1024
PAGES = ("text/html", "application/xhtml", "application/pdf")
_WANTED = (
    WarcRecordType.response
    | WarcRecordType.resource
    | WarcRecordType.request
    | WarcRecordType.revisit
)
# Headers of what is not the whole of an answer.
_PARTS = ("WARC-Truncated", "WARC-Segment-Number")
_NO_BODY = (204, 205, 206)


def take_records(stream: IO[bytes], spool: Spool) -> None:
    """Take the pages and redirects of one WARC into the spool.

    Raises:
        SpoolFullError: there are more than an import takes in; the first ones are in the spool.
        OSError, ValueError, KeyError: it is damaged; what came before the damage is in the spool.
    """
    submitted: set[str] = set()
    try:
        for record in _records(stream):
            if record.record_type == WarcRecordType.request:
                submitted |= _submission(record)
            elif record.record_type == WarcRecordType.revisit:
                _take_repeat(record, spool)
            else:
                _take(record, spool)
    finally:
        # The request may come after the answer.
        spool.drop(submitted, "answer to something sent")


def _records(stream: IO[bytes]) -> Iterator[WarcRecord]:
    declared, last, lenient = 0, 0, has_bare_lines(stream)
    for record in ArchiveIterator(
        stream, record_types=_WANTED, parse_http=False, fsspec_args=False, quirks_mode=lenient
    ):
        declared, last = declared + record.content_length, record.stream_pos
        if declared > MOST_DECLARED_BYTES:
            raise ValueError(f"says that it holds more than {MOST_DECLARED_BYTES >> 30} GiB")
        yield record
    # The reader takes a record whose beginning cannot be told for the end of the file.
    if is_cut_short(stream, last):
        raise ValueError("it ends within a record")


def _submission(record: WarcRecord) -> set[str]:
    """The ids of an exchange in which something was sent: forms are nobody's public page."""
    method = record.reader.read(8).partition(b" ")[0]
    return set() if method in (b"GET", b"HEAD") else set(_names(record))


def _names(record: WarcRecord) -> frozenset[str]:
    wanted = ("WARC-Record-ID", "WARC-Concurrent-To")
    return frozenset(filter(None, map(record.headers.get, wanted)))


def _take(record: WarcRecord, spool: Spool) -> None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    at = when(record.headers.get("WARC-Date") or "")
    if not is_web_address(url):
        spool.left_out["no web address"] += 1
    elif at is None:
        spool.left_out["no date, or one in the future"] += 1
    elif any(name in record.headers for name in _PARTS):
        spool.left_out["cut short when it was captured"] += 1
    elif record.content_length > MOST_RECORD_BYTES:
        spool.add_too_large(Exchange(url, 200, [("Content-Type", "text/html")], b"", at))
    else:
        found = _exchange(record, url, at)
        if isinstance(found, str):
            spool.left_out[found] += 1
        else:
            is_file = record.record_type == WarcRecordType.resource
            spool.add(found, is_file=is_file, names=_names(record))
            if found.status == 200:  # all redirects have the digest of nothing
                spool.name_last(_keys(record, url))


def _take_repeat(record: WarcRecord, spool: Spool) -> None:
    """Note a page that was as before (WARC 1.1, section 6.7): its body is in another record."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    at = when(record.headers.get("WARC-Date") or "")
    before = (record.headers.get("WARC-Refers-To-Target-URI") or url).strip("<>")
    if not is_web_address(url) or at is None:
        return
    head = record.reader.read(MOST_RECORD_BYTES)
    try:
        answer = Exchange(url, *http_answer(head, MOST_RECORD_BYTES), at)
    except (OSError, ValueError):
        answer = Exchange(url, 200, [], b"", at)
    if 300 <= answer.status < 400 and answer.header("Location"):
        spool.add(replace(answer, body=b""), names=_names(record))
    elif (answer.content_type or "text/html").lower().startswith(PAGES):
        spool.note(Repeat(url, at, tuple(_keys(record, before)), _names(record)))


def _keys(record: WarcRecord, url: str) -> Iterator[str]:
    """By what one record refers to another: the digest of what was sent, or else its address."""
    said = record.headers.get("WARC-Payload-Digest")
    if said:
        yield said.strip()
    if not said or record.record_type != WarcRecordType.revisit:
        yield url


def is_web_address(url: str) -> bool:
    """Whether it is an absolute address of the web."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def when(said: str) -> str | None:
    """A date as it is kept, UTC to the second; None where it is none, or still to come."""
    try:
        moment = datetime.fromisoformat(said.strip())
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if moment > datetime.now(UTC) + timedelta(days=1) or moment.year < 1991:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _exchange(record: WarcRecord, url: str, at: str) -> Exchange | str:
    """What was sent, or the reason to leave it out."""
    expected = record.content_length
    block = record.reader.read()
    if len(block) != expected:
        raise ValueError(f"cut short: {len(block)} of {expected} bytes")
    if record.record_type == WarcRecordType.resource:
        kind = record.headers.get("Content-Type") or ""
        return _page(Exchange(url, 200, [("Content-Type", kind)], block, at))
    try:
        status, headers, body = http_answer(block, MOST_RECORD_BYTES)
    except (OSError, ValueError):
        return "damaged"
    answer = Exchange(url, status, headers, body, at)
    if 300 <= status < 400 and answer.header("Location"):
        return answer
    if not 200 <= status < 300 or status in _NO_BODY:
        return "not answered with a page"
    return _page(answer)


def _page(answer: Exchange) -> Exchange | str:
    """An answer that is a page; a PDF is one by its bytes, and is called one."""
    if is_pdf(answer):
        named = [(k, v) for k, v in answer.headers if k.lower() != "content-type"]
        return replace(answer, headers=[*named, ("Content-Type", "application/pdf")])
    is_page = (answer.content_type or "text/html").lower().startswith(PAGES)
    return answer if is_page else "no page"
