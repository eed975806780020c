"""HTTP answers as other tools keep them: transfer-encodings undone or not, headers that lie."""

from __future__ import annotations

import re
from typing import Literal

from fastwarc.warc import WarcRecord, WarcRecordType

from data.content_coding import ASKED_FOR, UNDONE, codings
from data.warc import Headers

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def http_answer(block: bytes, most: int) -> tuple[int, Headers, bytes]:
    """Status, headers and body with the transfer-encoding undone, and what we cannot unpack.

    Args:
        block: what was sent, head and body.
        most: the bytes that a body may have when it is unpacked.

    Raises:
        OSError, ValueError: it is no HTTP response.
    """
    # Some tools write "http/1.1".
    block = _last_answer(b"HTTP/" + block[5:] if block[:5] == b"http/" else block)
    status, headers, body = _parse(block, "none", most)
    encoding = {k.lower(): v.strip().lower() for k, v in headers}
    if "chunked" in encoding.get("transfer-encoding", ""):
        body = _without_chunks(body)
    gone = {"transfer-encoding"}
    packed = codings(encoding.get("content-encoding"))
    if not ASKED_FOR.issuperset(packed):
        gone.add("content-encoding")
        # Some tools keep the header of an encoding that they have undone.
        if body.lstrip()[:1] != b"<" and UNDONE.issuperset(packed):
            _, _, body = _parse(block, "all", most)
    return status, [(k, v) for k, v in headers if k.lower() not in gone], body


def _last_answer(block: bytes) -> bytes:
    """The answer behind "100 Continue" and early hints, with the line ends that HTTP has."""
    while True:
        end = _HEAD_END.search(block)
        if end is None:
            return block
        head, body = block[: end.start()], block[end.end() :]
        if not re.match(rb"HTTP/[\d.]+ 1\d\d\b", head):
            return re.sub(rb"\r?\n", b"\r\n", head) + b"\r\n\r\n" + body
        block = body


def _parse(
    block: bytes, decode: Literal["none", "all"], most: int
) -> tuple[int, list[tuple[str, str]], bytes]:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response, b"urn:parsed")
    record.is_http = True
    record.set_bytes_content(block)
    record.parse_http(auto_decode=decode)
    status = int(record.http_headers.status_code or 0)
    if not status:
        raise ValueError("no HTTP response")
    headers = [(k, " ".join(v.split())) for k, v in record.http_headers.astuples()]
    body = record.reader.read(most + 1)
    if len(body) > most:
        raise ValueError("larger than a page may be when unpacked")
    return status, headers, body


def _without_chunks(body: bytes) -> bytes:
    """A body without its chunks' sizes; one that has none, whatever its header says, as it is.

    A body can end before its last chunk does: then there is what came.
    """
    parts: list[bytes] = []
    at = 0
    while line := _CHUNK.match(body, at):
        size = int(line[1], 16)
        part = body[line.end() : line.end() + size]
        if not parts and len(part) < size and part.lstrip()[:1] not in (b"<", b"\x1f"):
            return body
        parts.append(part)
        at = line.end() + size
        if size == 0 or at >= len(body):
            break
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return b"".join(parts) if parts and (at >= len(body) or size == 0) else body
