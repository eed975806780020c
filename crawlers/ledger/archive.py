"""One provider's WARC file: appended to, synced, and cut back to what the ledger knows."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from crawlers.browser.rendered import Rendered
from crawlers.conduct.evidence import Exchange, Unchanged, phrase
from crawlers.ledger.addresses import Address
from crawlers.responses.sent import is_pdf
from data.models import REQUEST_LOG, Page
from data.store import disk_errors
from data.version import VERSION
from data.warc import Headers, Member, Place, WarcAppender, http_block, pack_response

HTML = "text/html; charset=utf-8"
# Smaller bodies are compressed sooner than a thread is asked.
_WORTH_A_THREAD = 8 * 1024
_NOT_AS_SENT = (
    "Bodies are as sent, before content-decoding. Not as sent: the status line's version and"
    " phrase, the case and order of header names, and the transfer-encoding, which is undone."
)


class Archive:
    """Appends exchanges; the file comes into being with the first of them."""

    def __init__(self, folder: Path, run_id: str, provider_id: str, agent: str, end: int) -> None:
        """Open a run folder's archive of one provider, cut back to ``end`` bytes."""
        self.path = folder / "captures" / f"{provider_id}.warc.gz"
        self._run_id, self._provider_id, self._agent = run_id, provider_id, agent
        self._appender: WarcAppender | None = None
        self._packed: dict[int, Member] = {}
        if self.path.exists():
            with disk_errors(self.path):
                os.truncate(self.path, end)

    @property
    def end(self) -> int:
        """Bytes in the file, all of them synced."""
        if self._appender is not None:
            with disk_errors(self.path):
                self._appender.sync()
        return self.path.stat().st_size if self.path.exists() else 0

    async def pack(self, exchanges: Iterable[Exchange]) -> None:
        """Compress, on a thread, what will be kept next; other sites go on in the meantime."""
        big = [e for e in exchanges if len(e.body) >= _WORTH_A_THREAD and e.unchanged is None]
        members = await asyncio.to_thread(lambda: [_packed(e) for e in big]) if big else []
        self._packed = {id(e): member for e, member in zip(big, members, strict=True)}

    async def sync(self) -> None:
        """Have everything on disk that was kept, on a thread: a disk takes its time."""
        if self._appender is not None:
            with disk_errors(self.path):
                await asyncio.to_thread(self._appender.sync)

    def keep(self, exchange: Exchange) -> Place:
        """Append one exchange, and tell where its body is.

        Raises:
            DiskError: the disk is full; what was appended before stands.
        """
        with disk_errors(self.path):
            if exchange.unchanged is not None:
                return self._revisit(exchange, exchange.unchanged)
            member = self._packed.pop(id(exchange), None)
            return self._open().write(_packed(exchange) if member is None else member)

    def _revisit(self, exchange: Exchange, unchanged: Unchanged) -> Place:
        """Note that a page is as it was; its body stays where it is."""
        original, status = unchanged.original, unchanged.status
        head = http_block(status, phrase(status), unchanged.headers, b"")
        headers = original.refer(status == HTTPStatus.NOT_MODIFIED, exchange.at)
        self._open().append("revisit", exchange.url, head, headers)
        return Place(original.record_id, original.offset, original.length)

    def _open(self) -> WarcAppender:
        if self._appender is None:
            self._appender = WarcAppender(self.path, self._info())
        return self._appender

    def _info(self) -> Headers:
        return [
            ("software", f"ketawatch/{VERSION}"),
            ("format", "WARC File Format 1.1"),
            ("http-header-user-agent", self._agent),
            ("robots", "obey"),
            ("isPartOf", self._run_id),
            ("description", _NOT_AS_SENT),
        ]

    def page(self, address: Address, exchange: Exchange, look: int) -> Page:
        """Append one exchange and give its row; ``look`` tells a second look from the first."""
        place = self.keep(exchange)
        kind = "pdf" if is_pdf(exchange) else "raw"
        key = (self._run_id, self._provider_id, address.url, kind, exchange.url)
        return Page(
            capture_id=_digest("|".join((*key, str(exchange.status), str(look))).encode())[:16],
            provider_id=self._provider_id,
            url=address.url,
            final_url=exchange.url,
            found_on=address.found_on,
            expected_type=address.expected_type,
            kind=kind,
            status=exchange.status,
            content_type=exchange.content_type,
            captured_at=exchange.at,
            payload_sha256=_digest(exchange.body),
            payload_bytes=len(exchange.body),
            warc_file=self._file_of(exchange),
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
        )

    def _file_of(self, exchange: Exchange) -> str:
        """Where the body is, relative to the store."""
        if exchange.unchanged is not None:
            return exchange.unchanged.original.warc_file
        return self._own_file

    @property
    def _own_file(self) -> str:
        return f"runs/{self._run_id}/captures/{self.path.name}"

    def sight(self, raw: Page, rendered: Rendered, reason: str) -> tuple[Page, int]:
        """Append a rendered page and its picture beside its raw capture; the row, and the bytes.

        The picture's address is the one that Browsertrix gives it, so that viewers show it.
        """
        headers = [("WARC-Refers-To", raw.warc_record_id), ("WARC-Date", rendered.at)]
        with disk_errors(self.path):
            place = self._open().append(
                "resource",
                rendered.final_url,
                rendered.html,
                [("Content-Type", HTML), *_digests(rendered.html), *headers],
            )
            if rendered.picture:
                picture = [("Content-Type", "image/jpeg"), *_digests(rendered.picture), *headers]
                uri = f"urn:fullPage:{rendered.final_url}"
                self._open().append("resource", uri, rendered.picture, picture)
        key = f"{raw.capture_id}|rendered"
        page = replace(
            raw,
            capture_id=_digest(key.encode())[:16],
            final_url=rendered.final_url,
            kind="rendered",
            content_type=HTML,
            captured_at=rendered.at,
            payload_sha256=_digest(rendered.html),
            payload_bytes=len(rendered.html),
            warc_file=self._own_file,
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
            parent_capture_id=raw.capture_id,
            render_reason=reason,
        )
        return page, len(rendered.html) + len(rendered.picture)

    def log(self, raw: Page, rendered: Rendered, rows: bytes) -> Page:
        """Append what a page asked for while it loaded, beside its raw capture."""
        url = rendered.final_url or rendered.url
        headers = [("WARC-Refers-To", raw.warc_record_id), ("WARC-Date", rendered.at)]
        headers = [("Content-Type", REQUEST_LOG), *_digests(rows), *headers]
        with disk_errors(self.path):
            place = self._open().append("resource", f"urn:requests:{url}", rows, headers)
        return replace(
            raw,
            capture_id=_digest(f"{raw.capture_id}|requests".encode())[:16],
            final_url=url,
            kind="rendered",
            content_type=REQUEST_LOG,
            captured_at=rendered.at,
            payload_sha256=_digest(rows),
            payload_bytes=len(rows),
            warc_file=self._own_file,
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
            parent_capture_id=raw.capture_id,
        )

    def close(self) -> None:
        """Close the file."""
        if self._appender is not None:
            self._appender.close()


def again(raw: Page, earlier: Page, reason: str) -> Page:
    """The row of a rendering that was not made again, beside its raw capture of today."""
    return replace(
        earlier,
        capture_id=_digest(f"{raw.capture_id}|rendered".encode())[:16],
        url=raw.url,
        found_on=raw.found_on,
        expected_type=raw.expected_type,
        parent_capture_id=raw.capture_id,
        render_reason=reason,
    )


def _packed(exchange: Exchange) -> Member:
    return pack_response(
        exchange.url,
        exchange.status,
        phrase(exchange.status),
        exchange.headers,
        exchange.body,
        exchange.at,
        [("WARC-Truncated", "length")] if exchange.is_cut else (),
    )


def _digests(body: bytes) -> Headers:
    return [("WARC-Payload-Digest", f"sha256:{_digest(body)}")]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
