"""What passes between the one who leads a run and the workers who look at its sites."""

from __future__ import annotations

from dataclasses import dataclass

from data.config import Config, Limits
from data.models import Provider


@dataclass(frozen=True, slots=True)
class Post:
    """What all orders of a run have in common.

    ``folder`` is the address of the run's folder, where finished providers are put; ``version`` is
    the one of whoever leads, because two versions may not see the same. ``store`` is the run's
    store, ``shared`` the one that workers reach where that is another, and ``earlier`` are the
    latest runs before this one, oldest first.
    """

    run_id: str
    folder: str
    store: str
    shared: str | None
    earlier: tuple[str, ...]
    config: Config
    limits: Limits
    delay: float | None
    opened: tuple[str, ...]
    render: str
    version: str


@dataclass(frozen=True, slots=True)
class Order:
    """Providers that one worker looks at, one after the other, because they share hosts.

    ``keys`` name the sites; the scheduler leases each of them to one worker at a time.
    """

    providers: tuple[Provider, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An order is done, or what kept it from being done."""

    number: int
    error: Exception | None


@dataclass(frozen=True, slots=True)
class Take:
    """A crawl found a host and asks for its lease; ``wait`` is in seconds."""

    number: int
    key: str
    wait: float | None


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to ``Take``."""

    number: int
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Free:
    """A lease is given back."""

    key: str


def parcel_name(provider_id: str) -> str:
    """Where a finished provider's ledger is put, after its other files: the mark that it is whole.

    It is relative to the run's folder.
    """
    return f"parcels/{provider_id}.sqlite"
