"""WARC files as other tools write them, read without a store.

WARC 1.0 and 1.1: gzip by record or as a whole or not at all, transfer-encodings undone or not.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from os import SEEK_END
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from data.http_answers import http_answer
from data.warc import MAX_DECODED_BYTES, Record, WarcError

# What the bytes of an archive that is damaged, encrypted or packed in an unknown way give.
DAMAGE = (
    *(OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError),
    *(zlib.error, zipfile.BadZipFile),
)
_START, _CHUNK = 1024, 64 * 1024
_GZIP = b"\x1f\x8b"


def has_bare_lines(stream: IO[bytes]) -> bool:
    """Whether lines end in LF alone: only then be lenient, for that hides damage, too."""
    first, end, _ = beginning(stream).partition(b"\n")
    return bool(end) and not first.endswith(b"\r")


def beginning(stream: IO[bytes]) -> bytes:
    """The first bytes of a file, unpacked where it is gzip; the stream is at its start again."""
    start = stream.read(_START)
    stream.seek(0)
    if start.startswith(_GZIP):
        with suppress(zlib.error):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, _START)
    return start


def is_cut_short(stream: IO[bytes], last: int) -> bool:
    """Whether a WARC ends before its last record does, where that begins too late to be one.

    Args:
        stream: the file, which is read from there on.
        last: where the last record begins that was found.
    """
    stream.seek(last)
    if stream.read(len(_GZIP)) == _GZIP:
        stream.seek(last)
        return _is_cut_gzip(stream)
    stream.seek(0)
    if stream.read(len(_GZIP)) == _GZIP:  # packed as a whole
        stream.seek(0)
        return _is_cut_gzip(stream)
    stream.seek(last)
    return _is_cut_plain(stream)


def _is_cut_gzip(stream: IO[bytes]) -> bool:
    unpacking, rest = zlib.decompressobj(zlib.MAX_WBITS | 16), stream.read(_CHUNK)
    is_within = False
    while rest:
        unpacking.decompress(rest, _CHUNK)
        is_within = not unpacking.eof
        rest = unpacking.unconsumed_tail or unpacking.unused_data
        if unpacking.eof:
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        rest = rest or stream.read(_CHUNK)
    return is_within


def _is_cut_plain(stream: IO[bytes]) -> bool:
    while line := stream.readline(_START):
        if not line.strip(b"\r\n\0"):
            continue
        size = -1
        while line.strip(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                size = int(value)
            line = stream.readline(_START)
        begins = stream.tell()
        if size < 0 or not line or stream.seek(0, SEEK_END) < begins + size:
            return True
        stream.seek(begins + size)
    return False


def records(stream: IO[bytes]) -> Iterator[Record]:
    """All ``response`` and ``resource`` records, in order; what is no answer of HTTP is passed.

    Raises:
        WarcError: it is no WARC, or is damaged; records before the damage were yielded.
    """
    wanted = WarcRecordType.response | WarcRecordType.resource
    count, last = 0, 0
    try:
        for record in ArchiveIterator(
            stream,
            record_types=wanted,
            parse_http=False,
            fsspec_args=False,
            quirks_mode=has_bare_lines(stream),
        ):
            found = _record(record)
            if found is not None:
                yield found
            count, last = count + 1, record.stream_pos
        if is_cut_short(stream, last):
            raise ValueError("it ends within a record")
    except DAMAGE as error:
        raise WarcError(f"unreadable after {count} records ({error}).") from error


def _record(record: WarcRecord) -> Record | None:
    expected = record.content_length  # of what is left to read; reading it counts down
    block = record.reader.read()
    if len(block) != expected:
        raise ValueError(f"cut short: {len(block)} of {expected} bytes")
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = (
        ("Content-Type", record.headers.get("Content-Type") or ""),
    )
    body = block
    if record.record_type == WarcRecordType.response:
        try:
            status, sent, body = http_answer(block, MAX_DECODED_BYTES)
        except (OSError, ValueError):
            return None
        headers = tuple(sent)
    return Record(
        kind=record.headers.get("WARC-Type") or "",
        record_id=record.headers.get("WARC-Record-ID") or "",
        target_uri=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        date=record.headers.get("WARC-Date") or "",
        status=status,
        headers=headers,
        payload=body,
    )
