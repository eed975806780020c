"""When a page is worth a browser: plain HTTP first, and the reason is kept with the capture."""

from __future__ import annotations

import re

from crawlers.page_facts import PageFacts
from data.health_pages import about
from data.vocabulary import PageType

# Modes of ``--render``.
AUTO, NEVER, ALWAYS = "auto", "never", "always"
MODES = (AUTO, NEVER, ALWAYS)

SHELL, THIN, LATER, TRACKERS, ASKED = "shell", "thin_text", "loads_later", "trackers", "always"
# A home page without a link in header, menu or footer: scripts write them, and they lead on.
MENU = "no_menu"
_FEW_WORDS = 120
# A page of text has some ten bytes of markup a word; an application's frame has hundreds.
_BYTES_A_WORD = 250
_MIN_BYTES = 8_000
# So few words beside a script are a sign that it is to bring more, whatever the page's markup.
_HARDLY_ANY = 10
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_LATER = re.compile(
    rb"""<[^<>]+\b(?:aria-busy=["']?true|v-cloak|x-cloak|ng-cloak|hx-get=|hx-trigger=["']?load"""
    rb"""|data-wf-[a-z-]*lazy|class=["'][^"']*\b(?:skeleton|placeholder-glow|shimmer)\b)""",
    re.IGNORECASE,
)


def reason(url: str, expected_type: str, body: bytes, facts: PageFacts, mode: str) -> str | None:
    """Why a page should be rendered; ``None``: what came over plain HTTP is enough.

    Args:
        url: its address.
        expected_type: what the address promised.
        body: what was sent, decoded from its content-encoding.
        facts: what the crawler saw in it.
        mode: ``auto``, ``never`` or ``always``.
    """
    if mode == NEVER:
        return None
    if facts.shell:
        return SHELL
    if mode == ALWAYS:
        return ASKED
    if len(body) >= _MIN_BYTES and _is_thin(len(body), facts.words):
        return THIN
    if facts.words < _HARDLY_ANY and _SCRIPT.search(body):
        return THIN
    if _LATER.search(body):
        return LATER
    if expected_type == PageType.HOME and not facts.has_menu and _SCRIPT.search(body):
        return MENU
    if about(url, expected_type):
        return TRACKERS
    return None


def _is_thin(size: int, words: int) -> bool:
    return words < _FEW_WORDS and size > _BYTES_A_WORD * max(words, 1)
