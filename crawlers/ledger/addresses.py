"""The addresses of a site, what can become of them, and what one visit adds to the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.links.annexes import Annex
from data.models import Failure, Page, Skipped

QUEUED, CAPTURED, FAILED, SKIPPED = "queued", "captured", "failed", "skipped"
# Not found once: asked again at the end, before it is called dead.
SUSPECT = "suspect"
# One of the site's addresses at which stands what was captured under another one.
MOVED = "moved"
# Where a redirect ended: captured under the address that led there, and no address of its own.
ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Address:
    """A discovered address: what it promises, where it was found, how far from the home page.

    ``leads`` tells whether it comes first of its kind: it, or a link to it, names ketamine.
    """

    url: str
    expected_type: str
    found_on: str | None = None
    depth: int = 0
    sitemap: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """A page that the browser was late with: its raw capture, and what it counts as so far."""

    address: Address
    raw: Page
    failure: Failure | None


@dataclass(slots=True)
class Step:
    """Everything that one visit adds to the ledger.

    ``late`` are raw captures to be shown to the browser once more, ``retried`` the addresses with
    which that is done: what is said here of one of them takes the place of what was said before.
    ``leading`` are waiting addresses of which a link tells now that they come first of their kind.
    """

    pages: list[Page] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    found: list[Address] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    annexes: list[tuple[Annex, str]] = field(default_factory=list)
    retyped: dict[str, str] = field(default_factory=dict)
    leading: list[str] = field(default_factory=list)
    late: list[Page] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    warc_end: int = 0
    bytes: int = 0
    fetched: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Spent:
    """How much of one provider's budget is used up, and how long its archive is."""

    pages: int
    bytes: int
    seconds: float
    warc_end: int
