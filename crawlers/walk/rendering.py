"""The walk's way to the browser: which pages go there, how many, and what is kept of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawlers.browser import acts, escalation, trackers
from crawlers.browser.rendered import Rendered
from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Address
from crawlers.ledger.archive import HTML, Archive, again
from crawlers.ledger.past import Past
from crawlers.responses import excuses
from crawlers.responses.failures import Trouble, of_answer, of_sight
from crawlers.responses.lazy import MISSING
from crawlers.responses.out_of_order import is_curtain
from crawlers.responses.page_facts import PageFacts, look
from crawlers.responses.unfilled import AWAITED, HELD_BACK, NEEDED, PROMISING
from crawlers.walk.fetching import Fetched
from data import page_types
from data.failure_reasons import GATE, RENDER_FAILED
from data.health_pages import MOST_LOOKED_AT, about
from data.models import Page
from data.vocabulary import PageType

if TYPE_CHECKING:
    from crawlers.browser.browser import Chromium

# A browser costs a second or two a page, and its visit is a visitor's: a sample has to do.
MOST_PAGES = 25
# Somebody asked for a look of today.
_FRESH = frozenset({escalation.TRACKERS, escalation.ASKED})


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as the browser left it.

    ``facts`` are those of its final document, ``log`` is what it asked for while it loaded.
    ``earlier`` is the row of the earlier run that saw it, where it was not looked at again.
    ``withheld`` tells what the page asked for in vain, or left no time to open: it shows less than
    a visitor would see. ``is_late``: another time there might be more.
    """

    reason: str
    rendered: Rendered
    facts: PageFacts | None
    log: bytes
    earlier: Page | None = None
    withheld: str = ""
    is_late: bool = False


# What a browser can make a page of: nothing but a frame was sent, or nothing at all.
_MAY_RENDER = frozenset({RENDER_FAILED, "empty"})
# Kinds of page that are words, and no widget to choose a date in: where there are hardly any, they
# stand in a picture, a film or another company's frame, or are still to come.
_OF_WORDS = frozenset({PageType.FAQ, PageType.SAFETY, PageType.CONSENT, PageType.LEGAL})
# What may be shown in a page's place until its scripts have run.
_CURTAINS = frozenset({"http_403", "parked"})


class Renderer:
    """Renders pages of one site, within a number of pages.

    ``chromium`` is ``None`` on a machine without one: pages that need it stay unread, and say so.
    ``past`` is what earlier runs saw: what did not change since is not rendered again so soon.
    """

    past: Past | None = None
    # What the site's robots.txt says against an address; a browser keeps to it, too.
    refuses: Callable[[str], str | None] = staticmethod(lambda url: None)

    def __init__(self, mode: str, chromium: Chromium | None, spent: int = 0) -> None:
        self._mode, self._chromium, self._spent = mode, chromium, spent
        self._looked_at: Counter[str] = Counter()

    @property
    def has_browser(self) -> bool:
        """Whether anything can be rendered."""
        return self._chromium is not None

    async def look(self, address: Address, fetched: Fetched, scope: SiteScope) -> Sight | None:
        """Render what was fetched, if that is worth it."""
        answer, facts = fetched.final, fetched.facts
        if answer is None or facts is None or fetched.trouble or fetched.known:
            return None
        if address.sitemap:
            return None
        trouble = of_answer(answer, facts)
        if trouble and not _may_render(trouble, answer.status, facts):
            return None  # to show a challenge to a browser would come close to solving it
        reason = self._reason(address, answer, facts, fetched)
        if reason is None:
            return None
        before = await self._before(reason, address, answer)
        if before is not None:
            return before
        if self._chromium is None or not self._may(reason, address, answer.url):
            fetched.unrendered = reason in escalation.WAITING or reason == escalation.MENU
            return None
        self._spent += 1
        rendered = await self._chromium.render(answer.url, scope.holds, self.refuses)
        return await _sight(rendered, reason, address.expected_type, scope)

    def _reason(
        self, address: Address, answer: Exchange, facts: PageFacts, fetched: Fetched
    ) -> str | None:
        kind, body = address.expected_type, answer.decoded
        reason = escalation.reason(answer.url, kind, body, facts, self._mode)
        is_echo = is_another(address, fetched) and self._mode != escalation.NEVER
        return escalation.ECHO if is_echo and reason != escalation.SHELL else reason

    async def look_again(self, raw: Page, scope: SiteScope, seconds: float) -> Sight | None:
        """Render a page once more that was late; None: not in so many seconds, or no browser."""
        if self._chromium is None:
            return None
        rendered = await self._chromium.render_alone(
            raw.final_url, scope.holds, self.refuses, seconds
        )
        if rendered is None:
            return None
        sight = await _sight(rendered, raw.render_reason or "", raw.expected_type, scope)
        # Its log is to take the place of the first one.
        is_worse = sight.facts is None and not rendered.is_logged
        return replace(sight, log=b"") if is_worse else sight

    async def _before(self, reason: str, address: Address, answer: Exchange) -> Sight | None:
        """What an earlier run saw; never where trackers are looked for, which may be new ones."""
        is_fresh = reason in _FRESH or about(answer.url, address.expected_type) is not None
        found = None if is_fresh or self.past is None else self.past.rendering(answer)
        if found is None:
            return None
        page, document = found
        rendered = Rendered(page.url, page.final_url, 200, page.captured_at, html=document)
        facts = await _facts(rendered)
        lacks = facts.unfilled & {AWAITED, HELD_BACK, MISSING}
        if lacks or escalation.still_waits(document, facts) or acts.UNENDED in document:
            return None  # what it asked for in vain was not kept
        return Sight(reason, rendered, facts, b"", page)

    def _may(self, reason: str, address: Address, url: str) -> bool:
        """Whether the budget has room: of pages that are looked at for trackers alone, a sample."""
        if self._spent >= MOST_PAGES and reason != escalation.SHELL:
            return False
        kind = about(url, address.expected_type)
        if kind is None:
            return True
        self._looked_at[kind] += 1
        return reason != escalation.TRACKERS or self._looked_at[kind] <= MOST_LOOKED_AT[kind]


def is_another(address: Address, fetched: Fetched) -> bool:
    """Whether scripts may make another page of what was sent, which is the home page's."""
    if not fetched.echoes_home or fetched.final is None:
        return False
    path = page_types.folded_path(address.url)  # /home is one more of its addresses
    is_front = page_types.bundled().by_path(path) == PageType.HOME
    return not is_front and escalation.has_script(fetched.final.decoded)


def _may_render(trouble: Trouble, status: int, facts: PageFacts) -> bool:
    """Whether a browser may see more than was sent."""
    is_behind = trouble.failure_class in _CURTAINS and is_curtain(facts)
    # What an application says if it fails may lie in its frame, hidden, from the beginning.
    is_spare = 200 <= status < 300 and excuses.recognise(facts) is not None
    return trouble.failure_class in _MAY_RENDER or is_behind or is_spare


async def _sight(rendered: Rendered, reason: str, expected_type: str, scope: SiteScope) -> Sight:
    """What a page shows, what it asked for, and what it lacks."""
    seen = await _facts(rendered) if rendered.html else None
    log = trackers.rows(rendered, expected_type, scope.owns) if rendered.at else ()
    withheld, is_late = "", rendered.is_late
    if seen is not None:
        trouble = of_sight(seen)
        is_late &= trouble is not None and trouble.failure_class in _MAY_RENDER
        if reason in escalation.WAITING:
            is_late |= rendered.is_cut_short
            withheld = escalation.withheld(rendered, seen, scope.owns) or held_back(seen)
    encoded = trackers.encode(log)
    return Sight(reason, rendered, seen, encoded, withheld=withheld, is_late=is_late)


def held_back(facts: PageFacts) -> str:
    """What is to be said of a page whose answers are in none of its bytes; empty: of any other."""
    return "what it folds away is not in it" if HELD_BACK in facts.unfilled else ""


def keep(archive: Archive, sight: Sight, raw: Page) -> tuple[list[Page], int]:
    """Keep what the browser saw beside what was sent: the rows, and the bytes.

    Raises:
        DiskError: the disk is full; what was kept before stands.
    """
    rows, size = [], len(sight.log)
    if sight.log:
        rows.append(archive.log(raw, sight.rendered, sight.log))
    if sight.earlier is not None:
        rows.append(again(raw, sight.earlier, sight.reason))
        size += sight.earlier.payload_bytes
    elif sight.facts is not None:
        row, seen = archive.sight(raw, sight.rendered, sight.reason)
        rows.append(row)
        size += seen
    return rows, size


def became(sight: Sight, sent: Trouble | None, expected_type: str) -> Trouble | None:
    """What a page's trouble is, given what was wrong with it as it was sent."""
    if sight.facts is None:
        is_needed = sent is not None and sent.failure_class == RENDER_FAILED
        return Trouble(RENDER_FAILED, sight.rendered.trouble) if is_needed else sent
    missing = Trouble(RENDER_FAILED, sight.withheld) if sight.withheld else None
    return of_sight(sight.facts) or missing or _unread(sight.facts, expected_type, sight.rendered)


def unseen(facts: PageFacts | None, sent: Trouble | None, expected_type: str) -> Trouble | None:
    """What a page's trouble is that was shown to no browser."""
    if facts is None or sent is not None:
        return sent
    if said := held_back(facts):
        return Trouble(RENDER_FAILED, said)
    return _unread(facts, expected_type, None)


def _unread(facts: PageFacts, expected_type: str, rendered: Rendered | None) -> Trouble | None:
    """Why what a page is for was not read, though the page is there."""
    # A quiz asks for an age as its first question, and is none.
    if facts.gate and expected_type in NEEDED - {PageType.ELIGIBILITY}:
        return Trouble(GATE, facts.gate)
    if expected_type not in PROMISING:
        return None
    if facts.bare and not facts.frames and expected_type in _OF_WORDS:
        return Trouble("empty", "hardly a word beside its menu")
    if MISSING in facts.unfilled:
        return Trouble(RENDER_FAILED, "a part of it did not come")
    ends = rendered.unended if rendered else {}
    said = next((words for words, is_aside in ends.items() if not is_aside), None)
    return Trouble(RENDER_FAILED, f"after all presses there was still '{said}'") if said else None


async def _facts(rendered: Rendered) -> PageFacts:
    """What the final document is, read on a thread: other sites go on, however long it is."""
    return await asyncio.to_thread(look, rendered.html, rendered.final_url, HTML)
