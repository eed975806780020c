"""What a walk writes into the ledger: step by step, and long ones so that other sites go on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic

from crawlers.ledger.accounts import Accounts
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.archive import Archive
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.responses.failures import Trouble

# So many rows are written before other sites have their turn; some 15 ms.
BATCH = 1_000


class Scribe:
    """Writes one walk's steps, each with the time that it took and the archive's end."""

    def __init__(self, ledger: SiteLedger, archive: Archive, accounts: Accounts) -> None:
        self._ledger, self._archive, self._accounts = ledger, archive, accounts
        self._mark = monotonic()

    @property
    def unwritten_s(self) -> float:
        """Seconds since the last step was written."""
        return monotonic() - self._mark

    def write(self, step: Step) -> None:
        """Write a step; the archive's part of it was kept before."""
        step.seconds = self.unwritten_s
        step.warc_end = self._archive.end
        self._ledger.write(step)
        self._mark = monotonic()

    async def write_long(self, step: Step) -> None:
        """Write what a long sitemap names ahead: until the rest is written, it counts as unread."""
        while len(step.found) > BATCH:
            self._ledger.write(Step(found=step.found[:BATCH]))
            del step.found[:BATCH]
            await asyncio.sleep(0)
        self.write(step)

    async def leave(self, waiting: Sequence[Address], why: Trouble | str) -> None:
        """Account for addresses that are not asked any more; ``why`` as in ``Accounts.leave``."""
        complete = self._ledger.complete_types()
        for start in range(0, len(waiting), BATCH):
            step = Step()
            self._accounts.leave(step, waiting[start : start + BATCH], complete, why)
            self.write(step)
            await asyncio.sleep(0)
