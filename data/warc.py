"""WARC 1.1 files: one gzip member a record, appended and read back by offset.

Format: ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import gzip
import hashlib
import os
import uuid
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from data.content_coding import undo
from data.errors import KetawatchError

COMPRESSION_LEVEL = 6
MAX_DECODED_BYTES = 20 * 1024 * 1024
# A header that was cut off lacks keys; so KeyError is damage, too.
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zlib.error)

Headers = Sequence[tuple[str, str]]


class WarcError(KetawatchError):
    """A WARC file or record that cannot be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in its file: byte offset and length of its gzip member."""

    record_id: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Record:
    """One record read back; ``payload`` is the body as it was sent, before content-decoding."""

    kind: str
    record_id: str
    target_uri: str
    date: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The first HTTP header of this name, whatever its case."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)

    def body(self) -> bytes:
        """The payload with its content-codings undone, cut at ``MAX_DECODED_BYTES``."""
        return undo(self.payload, self.header("Content-Encoding"), MAX_DECODED_BYTES)


def http_block(status: int, reason: str, headers: Headers, body: bytes) -> bytes:
    """An HTTP response as the content block of a ``response`` record."""
    lines = [f"HTTP/1.1 {status} {reason}".rstrip(), *(f"{k}: {v}" for k, v in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace") + body


@dataclass(frozen=True, slots=True)
class Member:
    """A record packed for its file: one gzip member."""

    record_id: str
    data: bytes


def pack(kind: str, uri: str | None, content: bytes, headers: Headers) -> Member:
    """Pack one record of the given WARC type; ``headers`` are its WARC headers.

    Touches no file, and leaves Python's lock alone while it compresses: a thread can do it.
    """
    urn = uuid.uuid4()
    record = WarcRecord()
    record.init_headers(getattr(WarcRecordType, kind), f"uuid:{urn}".encode())
    record.headers["WARC-Date"] = dict(headers).get("WARC-Date") or _now()
    if uri is not None:
        record.headers["WARC-Target-URI"] = uri
    record.headers["WARC-Block-Digest"] = "sha256:" + hashlib.sha256(content).hexdigest()
    for name, value in headers:
        record.headers[name] = value
    record.set_bytes_content(content)
    plain = BytesIO()
    record.write(plain)
    member = gzip.compress(plain.getbuffer(), COMPRESSION_LEVEL, mtime=0)
    return Member(f"<urn:uuid:{urn}>", member)


def pack_response(
    uri: str, status: int, reason: str, headers: Headers, body: bytes, date: str, more: Headers = ()
) -> Member:
    """Pack one HTTP response with the digest of its body as sent, and more WARC headers."""
    named = [
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Date", date),
        ("WARC-Payload-Digest", "sha256:" + hashlib.sha256(body).hexdigest()),
    ]
    return pack("response", uri, http_block(status, reason, headers, body), [*named, *more])


class WarcAppender:
    """Appends records to one file; they are sure to be on disk once ``sync`` has returned."""

    def __init__(self, path: Path, info: Headers = ()) -> None:
        """Open (or create) the file; a new one starts with a ``warcinfo`` record of ``info``."""
        self._file = path.open("ab")
        self._is_synced = True
        if self._file.tell() == 0:
            fields = "".join(f"{k}: {v}\r\n" for k, v in info).encode("utf-8")
            self.append("warcinfo", None, fields, [("Content-Type", "application/warc-fields")])

    def append(self, kind: str, uri: str | None, content: bytes, headers: Headers) -> Place:
        """Write one record of the given WARC type; ``headers`` are its WARC headers."""
        return self.write(pack(kind, uri, content, headers))

    def response(
        self, uri: str, status: int, reason: str, headers: Headers, body: bytes, date: str
    ) -> Place:
        """Write one HTTP response with the digest of its body as sent."""
        return self.write(pack_response(uri, status, reason, headers, body, date))

    def write(self, member: Member) -> Place:
        """Write a packed record; a full disk shows here, or when it is synced."""
        offset = self._file.tell()
        self._file.write(member.data)
        self._file.flush()
        self._is_synced = False
        return Place(member.record_id, offset, len(member.data))

    def sync(self) -> None:
        """Have everything on disk that was written."""
        if not self._is_synced:
            os.fsync(self._file.fileno())
            self._is_synced = True

    def close(self) -> None:
        """Close the file."""
        # What was flushed is in the file; what still waits is what ``write`` raised about.
        with suppress(OSError):
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.sync()
        finally:
            self.close()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(path: Path, offset: int) -> Record:
    """The record whose gzip member starts at ``offset``.

    Raises:
        WarcError: no readable record starts there.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(file, fsspec_args=False):
                return _record(record)
    except _DAMAGE as error:
        raise WarcError(f"{path}: offset {offset}: unreadable ({error}).") from error
    raise WarcError(f"{path}: offset {offset}: no WARC record starts there.")


def records(path: Path) -> Iterator[Record]:
    """All ``response`` and ``resource`` records of a file, in order.

    Raises:
        WarcError: the file is no WARC, or is damaged; records before the damage were yielded.
    """
    wanted = WarcRecordType.response | WarcRecordType.resource
    count = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=wanted, fsspec_args=False):
                yield _record(record)
                count += 1
    except _DAMAGE as error:
        raise WarcError(f"{path}: unreadable after {count} records ({error}).") from error


def _whole(record: WarcRecord) -> bytes:
    expected = record.content_length  # of what is left to read; reading it counts down
    content = record.reader.read()
    if len(content) != expected:
        raise ValueError(f"cut short: {len(content)} of {expected} bytes")
    return content


def _record(record: WarcRecord) -> Record:
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    if record.is_http:
        status = int(record.http_headers.status_code or 0)
        headers = tuple(record.http_headers.astuples())
    elif record.headers.get("Content-Type"):
        headers = (("Content-Type", record.headers["Content-Type"]),)
    return Record(
        kind=record.headers["WARC-Type"],
        record_id=record.headers["WARC-Record-ID"],
        target_uri=record.headers.get("WARC-Target-URI") or "",
        date=record.headers["WARC-Date"],
        status=status,
        headers=headers,
        payload=_whole(record),
    )
