"""One provider's WARC file: appended to, synced, and cut back to what the ledger knows."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from crawlers.evidence import Exchange
from crawlers.failures import is_pdf
from crawlers.rendered import Rendered
from crawlers.site_ledger import Address
from data.models import Page
from data.store import disk_errors
from data.version import VERSION
from data.warc import Headers, Place, WarcAppender

HTML = "text/html; charset=utf-8"
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
        if self.path.exists():
            with disk_errors(self.path):
                os.truncate(self.path, end)

    @property
    def end(self) -> int:
        """Bytes in the file, all of them synced."""
        return self.path.stat().st_size if self.path.exists() else 0

    def keep(self, exchange: Exchange) -> Place:
        """Append one exchange.

        Raises:
            DiskError: the disk is full; what was appended before stands.
        """
        with disk_errors(self.path):
            return self._open().response(
                exchange.url,
                exchange.status,
                exchange.reason,
                exchange.headers,
                exchange.body,
                exchange.at,
            )

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
            warc_file=f"runs/{self._run_id}/captures/{self.path.name}",
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
        )

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
            warc_record_id=place.record_id,
            warc_offset=place.offset,
            warc_length=place.length,
            parent_capture_id=raw.capture_id,
            render_reason=reason,
        )
        return page, len(rendered.html) + len(rendered.picture)

    def close(self) -> None:
        """Close the file."""
        if self._appender is not None:
            self._appender.close()


def _digests(body: bytes) -> Headers:
    return [("WARC-Payload-Digest", f"sha256:{_digest(body)}")]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
