"""The walk's way to the browser: which pages go there, how many, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers import escalation
from crawlers.archive import HTML
from crawlers.fetching import Fetched
from crawlers.page_facts import PageFacts, look
from crawlers.rendered import Rendered
from crawlers.site_ledger import Address

if TYPE_CHECKING:
    from crawlers.browser import Chromium

# A browser costs a second or two a page, and its visit is a visitor's: a sample has to do.
MOST_PAGES = 25


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as the browser left it; ``facts`` are those of its final document."""

    reason: str
    rendered: Rendered
    facts: PageFacts | None


class Renderer:
    """Renders pages of one site, within a number of pages.

    ``chromium`` is ``None`` on a machine without one: pages that need it stay unread, and say so.
    """

    def __init__(self, mode: str, chromium: Chromium | None, spent: int = 0) -> None:
        self._mode, self._chromium, self._spent = mode, chromium, spent

    async def look(
        self, address: Address, fetched: Fetched, holds: Callable[[str], bool]
    ) -> Sight | None:
        """Render what was fetched, if that is worth it."""
        answer, facts = fetched.final, fetched.facts
        if answer is None or facts is None or fetched.trouble or fetched.known:
            return None
        if address.sitemap or not 200 <= answer.status < 300:
            return None
        reason = escalation.reason(
            answer.url, address.expected_type, answer.decoded, facts, self._mode
        )
        if reason is None or self._chromium is None or self._spent >= MOST_PAGES:
            return None
        self._spent += 1
        rendered = await self._chromium.render(answer.url, holds)
        seen = look(rendered.html, rendered.final_url, HTML) if rendered.html else None
        return Sight(reason, rendered, seen)
