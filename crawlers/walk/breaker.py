"""Hosts that are out of order, or want us gone: left alone for the rest of a visit."""

from __future__ import annotations

from collections import defaultdict

from crawlers.identity.provider_ids import host_of
from crawlers.responses.failures import UNWELL, Trouble

# So many refusals or faults in a row, and a host is left alone.
PATIENCE = 5


class Breaker:
    """Counts what goes wrong in a row, host by host."""

    def __init__(self) -> None:
        self._in_a_row: defaultdict[str, list[Trouble]] = defaultdict(list)
        self._open: dict[str, Trouble] = {}

    def note(self, url: str, trouble: Trouble | None) -> None:
        """Take down how asking an address went."""
        host = host_of(url)
        if trouble is None or trouble.of_page or trouble.failure_class not in UNWELL:
            self._in_a_row[host].clear()
            return
        self._in_a_row[host].append(trouble)
        if len(self._in_a_row[host]) >= PATIENCE:
            self._open[host] = trouble

    def leave_alone(self, url: str, trouble: Trouble) -> None:
        """Never ask an address's host again, whatever it was asked before."""
        self._open[host_of(url)] = trouble

    def why(self, url: str) -> Trouble | None:
        """What speaks against asking an address's host; None: nothing does."""
        return self._open.get(host_of(url))
