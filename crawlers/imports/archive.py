"""The archive of what a person captured, in a file of its own beside the crawls'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from crawlers.conduct.evidence import Exchange
from crawlers.ledger.addresses import Address
from crawlers.ledger.archive import Archive
from data.models import Page
from data.version import VERSION
from data.warc import Headers, Place

KIND = "import"
_AS_FOUND = (
    "Dates, addresses and headers are those of the imported file; transfer-encodings are undone."
)


class ImportArchive(Archive):
    """The archive of what was imported: in a file of its own, so that nobody takes it for ours.

    A saved page was no answer of a server: it is kept as a ``resource``.
    """

    def __init__(
        self, folder: Path, run_id: str, provider_id: str, files: Iterable[str], told: str
    ) -> None:
        """Start the archive of one provider in a run's folder.

        Args:
            folder: the run's folder.
            run_id: the run.
            provider_id: the provider.
            files: addresses of what was imported as a file.
            told: where the captures come from.
        """
        super().__init__(folder, run_id, provider_id, "", 0)
        self.path = self.path.with_name(f"{provider_id}.import.warc.gz")
        self._files, self._told, self._run = frozenset(files), told, run_id

    def keep(self, exchange: Exchange) -> Place:
        if exchange.url not in self._files:
            return super().keep(exchange)
        headers = [("Content-Type", exchange.content_type or ""), ("WARC-Date", exchange.at)]
        return self._open().append("resource", exchange.url, exchange.body, headers)

    def page(self, address: Address, exchange: Exchange, look: int) -> Page:
        return replace(super().page(address, exchange, look), kind=KIND)

    def _info(self) -> Headers:
        return [
            ("software", f"ketawatch/{VERSION}"),
            ("format", "WARC File Format 1.1"),
            ("isPartOf", self._run),
            ("description", f"Captures made by a person, imported from {self._told}. {_AS_FOUND}"),
        ]
