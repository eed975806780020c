"""When a page is worth a browser: plain HTTP first, and the reason is kept with the capture."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawlers.page_facts import PageFacts
from data.models import PageType

# Modes of ``--render``.
AUTO, NEVER, ALWAYS = "auto", "never", "always"
MODES = (AUTO, NEVER, ALWAYS)

SHELL, THIN, LATER, TRACKERS, ASKED = "shell", "thin_text", "loads_later", "trackers", "always"
_FEW_WORDS = 120
# A page of text has some ten bytes of markup a word; an application's frame has hundreds.
_BYTES_A_WORD = 250
_MIN_BYTES = 8_000
_LATER = re.compile(
    rb"""<[^>]+\b(?:aria-busy=["']?true|v-cloak|x-cloak|ng-cloak|hx-get=|hx-trigger=["']?load"""
    rb"""|data-wf-[a-z-]*lazy|class=["'][^"']*\b(?:skeleton|placeholder-glow|shimmer)\b)""",
    re.IGNORECASE,
)
# Where the privacy rules look for trackers: intake, booking, and pages on a condition.
_INTAKE = re.compile(
    r"intake|quiz|assess|questionnaire|get-?started|start-?now|qualif|eligib|candida|screen(?:ing|er)"
    r"|appl(?:y|ication)|onboard|sign-?up|book|appoint|schedul|consult|contact"
)
_CONDITION = re.compile(
    r"depress|anxiety|ptsd|trauma|ocd|bipolar|suicid|addict|alcohol|pain|fibromyalgia|migraine"
    r"|postpartum|grief|condition"
)


def about_health(url: str) -> str | None:
    """``intake`` or ``condition`` where an address is of such a page, by its path."""
    path = unquote(urlsplit(url).path).lower()
    if _INTAKE.search(path):
        return "intake"
    return "condition" if _CONDITION.search(path) else None


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
    if _LATER.search(body):
        return LATER
    if expected_type == PageType.ELIGIBILITY or about_health(url):
        return TRACKERS
    return None


def _is_thin(size: int, words: int) -> bool:
    return words < _FEW_WORDS and size > _BYTES_A_WORD * max(words, 1)
