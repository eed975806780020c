"""One provider's WARC file: appended to, synced, and cut back to what the ledger knows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from crawlers.evidence import Exchange
from crawlers.failures import is_pdf
from crawlers.site_ledger import Address
from data.models import Page
from data.store import disk_errors
from data.version import VERSION
from data.warc import Headers, Place, WarcAppender

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
            if self._appender is None:
                self._appender = WarcAppender(self.path, self._info())
            return self._appender.response(
                exchange.url,
                exchange.status,
                exchange.reason,
                exchange.headers,
                exchange.body,
                exchange.at,
            )

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

    def close(self) -> None:
        """Close the file."""
        if self._appender is not None:
            self._appender.close()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
