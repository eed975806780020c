"""What ends a run before all sites were looked at: its time is up, or the disk is nearly full."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from data import disk
from data.errors import EXIT_INTERRUPTED, KetawatchError
from data.store import Store


class OutOfTimeError(KetawatchError):
    """The time that the operator gave a run is used up; the run can be resumed."""

    exit_code = EXIT_INTERRUPTED


def deadline(max_hours: float) -> float | None:
    """The moment, on the monotonic clock, at which so many hours are over; None for no limit."""
    return monotonic() + max_hours * 3600 if max_hours > 0 else None


def watch(store: Store, until: float | None) -> Callable[[], None]:
    """A check for while a run goes on; ``until`` is on the monotonic clock.

    Raises:
        OutOfTimeError: when called after the deadline.
        DiskError: when called with less than the configured reserve free.
    """
    has_room = disk.guard(store)

    def check() -> None:
        has_room()
        if until is not None and monotonic() >= until:
            raise OutOfTimeError(
                f"{store.path}: the run's time is up; what was finished is kept.",
                "The next call goes on from there.",
            )

    return check
