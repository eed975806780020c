"""Content-codings undone as browsers undo them: tolerant of wrong labels, within bounds.

Format: RFC 9110, section 8.4 (the header lists codings in the order in which they were applied),
RFC 1952 (a gzip file can have several members).
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import Any

from fastwarc.warc import WarcRecord, WarcRecordType

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_GZIP = b"\x1f\x8b"
# What we ask for; servers that mind no wish, or their caches, send the others.
ASKED_FOR = frozenset({"gzip", "x-gzip", "deflate"})
UNDONE = ASKED_FOR | {"br", "zstd"}
# More layers than this are nobody's mistake.
_MOST_CODINGS = 4
_MOST_MEMBERS = 200
_STEP = 4096


def codings(header: str | None) -> list[str]:
    """The codings that a header names, without those that change nothing."""
    named = (name.strip().lower() for name in (header or "").split(","))
    return [name for name in named if name not in ("", "identity", "none")]


def undo(payload: bytes, header: str | None, most: int) -> bytes:
    """A payload with its codings undone, or as it is where one of them is not known.

    Args:
        payload: the body as it was sent.
        header: its ``Content-Encoding``.
        most: the bytes after which to stop.
    """
    named = codings(header)
    if not UNDONE.issuperset(named) or len(named) > _MOST_CODINGS:
        return payload
    for coding in reversed(named):
        if coding in ASKED_FOR:
            payload = _inflate(payload, most, raw=coding == "deflate")
        else:
            payload = _by_library(payload, coding, most)
    return payload


def _by_library(data: bytes, coding: str, most: int) -> bytes:
    """Undo what our library for archives can; data that is not of this coding stays."""
    record = WarcRecord()
    record.init_headers(WarcRecordType.response, b"urn:packed")
    record.is_http = True
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    record.set_bytes_content(head + data)
    try:
        record.parse_http(auto_decode="content")
        return record.reader.read(most) or data
    except (OSError, ValueError):
        return data


def is_whole(data: bytes, most: int) -> bool:
    """Whether a gzip stream comes to its end; as in browsers, its checksum may be wrong or missing.

    Args:
        data: the stream.
        most: the bytes, unpacked, after which to stop looking.
    """
    # Nearly all heads are plain ones of ten bytes; zlib does not tell a checksum from the rest.
    is_plain = data[3:4] == b"\0"
    inflater = zlib.decompressobj(-zlib.MAX_WBITS if is_plain else _GZIP_OR_ZLIB)
    try:
        inflater.decompress(data[10:] if is_plain else data, most)
    except zlib.error:
        return False
    return inflater.eof


def _inflate(data: bytes, most: int, raw: bool) -> bytes:
    """Undo gzip or zlib, or deflate without its header; data that is none of these stays."""
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        text = inflater.decompress(data, most)
    except zlib.error:
        if data.startswith(_GZIP):
            return _before_fault(data, most) or data
        return _inflate_raw(data, most) if raw else data
    return text + _further_members(inflater.unused_data, most - len(text))


def _further_members(rest: bytes, most: int) -> bytes:
    text = b""
    for _ in range(_MOST_MEMBERS):
        if not rest.startswith(_GZIP) or len(text) >= most:
            break
        inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
        try:
            text += inflater.decompress(rest, most - len(text))
        except zlib.error:
            break
        rest = inflater.unused_data
    return text


def _before_fault(data: bytes, most: int) -> bytes:
    """What comes out before a fault, which may be nothing but a wrong checksum at the very end."""
    inflater, text = zlib.decompressobj(_GZIP_OR_ZLIB), b""
    for at in range(0, len(data), _STEP):
        last, piece = inflater.copy(), data[at : at + _STEP]
        try:
            text += inflater.decompress(piece, most - len(text))
        except zlib.error:
            return (text + _byte_by_byte(last, piece))[:most]
        if len(text) >= most:
            break
    return text


def _byte_by_byte(inflater: Any, piece: bytes) -> bytes:
    text = bytearray()
    with suppress(zlib.error):
        for byte in piece:
            text += inflater.decompress(bytes([byte]))
    return bytes(text)


def _inflate_raw(data: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = inflater.decompress(data, most)
    except zlib.error:
        return data
    # A few bytes of plain text can pass for the start of a stream, but not for a whole one.
    return text if inflater.eof or len(text) == most else data
