"""What becomes of addresses that were asked in vain, or not at all: each has its row."""

from __future__ import annotations

from collections.abc import Iterable

from crawlers.ledger.addresses import FAILED, SKIPPED, Address, Step
from crawlers.responses.failures import Trouble
from data.models import Failure, Skipped
from data.store import now

# A page was captured whose server had called another one unchanged.
BELIED = "not_modified_belied"
# One was captured whose list went on when enough was pressed; one that a browser was to see as
# well, and did not.
UNENDED, UNRENDERED = "list_unended", "unrendered"
# What a page promises to who chooses from a list or searches: nobody here does.
UNCHOSEN = "unchosen"


class Accounts:
    """Rows about one provider's addresses, added to a step."""

    def __init__(self, provider_id: str) -> None:
        self._provider_id = provider_id

    def fail(self, step: Step, address: Address, trouble: Trouble, attempts: int) -> None:
        """An address could not be captured; ``attempts`` is how often it was asked."""
        step.states[address.url] = FAILED
        step.failures.append(
            Failure(
                provider_id=self._provider_id,
                url=address.url,
                expected_type=address.expected_type,
                failure_class=trouble.failure_class,
                fault=trouble.fault,
                remedy=trouble.remedy,
                attempts=attempts,
                last_at=now(),
            )
        )

    def note(self, step: Step, address: Address, reason: str) -> None:
        """Something is to be told of an address, whatever becomes of it."""
        step.skipped.append(
            Skipped(
                provider_id=self._provider_id,
                url=address.url,
                expected_type=address.expected_type,
                reason=reason,
                found_on=address.found_on,
            )
        )

    def skip(self, step: Step, address: Address, reason: str) -> None:
        """An address was left out on purpose."""
        step.states[address.url] = SKIPPED
        self.note(step, address, reason)

    def leave(
        self, step: Step, waiting: Iterable[Address], complete: frozenset[str], why: Trouble | str
    ) -> None:
        """Addresses will not be asked any more.

        Args:
            step: where the rows go.
            waiting: the addresses.
            complete: types of page of which a sample was captured; more of them are no loss.
            why: what went wrong at their host, or which budget is used up.
        """
        for address in waiting:
            if address.expected_type in complete:
                self.skip(step, address, "sampled_out")
            elif isinstance(why, Trouble):
                self.fail(step, address, why, 0)
            else:
                self.skip(step, address, why)
