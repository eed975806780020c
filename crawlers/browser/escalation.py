"""When a page is worth a browser: plain HTTP first, and the reason is kept with the capture."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from crawlers.browser.rendered import Rendered
from crawlers.responses import lazy, unfilled
from crawlers.responses.page_facts import FEW_WORDS, PageFacts
from data.health_pages import about
from data.vocabulary import PageType

# Modes of ``--render``.
AUTO, NEVER, ALWAYS = "auto", "never", "always"

SHELL, THIN, LATER, TRACKERS, ASKED = "shell", "thin_text", "loads_later", "trackers", "always"
# Something to press stands there, and what it opens is not in the page as it was sent.
FOLDED = "folds_away"
# The home page was sent once more under another address: its scripts may show another page there.
ECHO = "echoes_home"
# What was sent is not all that there is to read.
WAITING = frozenset({SHELL, THIN, LATER, FOLDED, ECHO})
# A home page without a link in header, menu or footer, or with a button there that shows some:
# scripts write them, and they lead on.
MENU = "no_menu"
_FEW_WORDS = 120
# A page of text has some ten bytes of markup a word; an application's frame has hundreds.
_BYTES_A_WORD = 250
_MIN_BYTES = 8_000
# So few words beside a script are a sign that it is to bring more, whatever the page's markup.
_HARDLY_ANY = 10
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
# What a script asks for, and what keeps us from asking it. Sockets are chats, which stay open.
_DATA = frozenset({"xhr", "fetch", "script"})
_REFUSED = frozenset({"method", "robots"})
# What tells of a visit, or of a cart, and brings nothing to read; content systems have it at home.
_TELLS = re.compile(
    r"/(?:[\w.-]*(?:collect|beacon|track|analytic|event|telemetry|metric|census|monorail|cookie|pixel"
    r"|session|replay|chat|token|cart|(?<![a-z])(?:stats?|logs?|hits?|ping|rum)\b)[\w.-]*"
    r"|admin-ajax\.php|t|g)(?:[/?]|$)",
    re.IGNORECASE,
)
# What applications put in the place of words that are still to come.
_IN_PLACE = rb"""aria-busy=["']?true|class=["'][^"']*\b(?:skeleton|placeholder-glow|shimmer)\b"""
_WAITS = re.compile(rb"<[^<>]+\b(?:%s)" % _IN_PLACE, re.IGNORECASE)
_LATER = re.compile(
    rb"""<[^<>]+\b(?:%s|v-cloak|x-cloak|ng-cloak|hx-get=|hx-trigger=["']?load|data-wf-[a-z-]*lazy)"""
    % _IN_PLACE,
    re.IGNORECASE,
)
# A part of the site's own that a script in the page asks for, and sends nothing:
# fetch("/faq.json"), $.getJSON("/faq.json", ...), $("#answers").load("faq.html").
_PART = rb"""\(\s*["'`](?!https?:|//)([^"'`${}]{1,200})["'`]\s*"""
_ASKS = re.compile(
    rb"(?<![\w.])(?:fetch|axios\.get)%s\)|(?:\$|jQuery)\.get(?:JSON)?%s[,)]"
    rb"|(?:\$|jQuery)\([^()]{1,80}\)\.load%s[,)]" % (_PART, _PART, _PART)
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
    if facts.words < _HARDLY_ANY and has_script(body):
        return THIN
    if facts.unfilled & {unfilled.HELD_BACK, unfilled.FOLDED}:
        return FOLDED
    if _loads_later(expected_type, body, facts):
        return LATER
    if expected_type == PageType.HOME and _hides_its_menu(body, facts):
        return MENU
    if about(url, expected_type):
        return TRACKERS
    return None


def has_script(body: bytes) -> bool:
    """Whether a page has any script."""
    return _SCRIPT.search(body) is not None


def _loads_later(expected_type: str, body: bytes, facts: PageFacts) -> bool:
    marks = {unfilled.LATER, lazy.MISSING} & facts.unfilled
    if marks or _LATER.search(body) or _asks_for_a_part(body):
        return True
    # Weak signs are worth a look only where rules ask for what a page tells.
    if lazy.PERHAPS in facts.unfilled and expected_type in unfilled.NEEDED:
        return True
    is_bare = facts.own_words < FEW_WORDS and has_script(body)
    return is_bare and expected_type in unfilled.PROMISING


def _asks_for_a_part(body: bytes) -> bool:
    parts = (next(filter(None, found.groups())) for found in _ASKS.finditer(body))
    return any(not _TELLS.search(f"/{part.decode('latin-1')}") for part in parts)


def _hides_its_menu(body: bytes, facts: PageFacts) -> bool:
    is_bare = not facts.has_menu and has_script(body)
    return is_bare or unfilled.MENU in facts.unfilled


def _is_thin(size: int, words: int) -> bool:
    return words < _FEW_WORDS and size > _BYTES_A_WORD * max(words, 1)


def withheld(rendered: Rendered, facts: PageFacts, owns: Callable[[str], bool]) -> str:
    """What a page asked its own site for in vain and seems to wait for, or left no time to open.

    Content can be asked for in a way in which others send it (GraphQL), and we send nothing; or
    where robots.txt lets nobody in. Empty where nothing is missing.

    Args:
        rendered: the page as it was left.
        facts: what its document says.
        owns: whether an address lies in the provider's own site.
    """
    if rendered.is_cut_short:
        return "it left no time to open what it folds away"
    if not still_waits(rendered.html, facts) and unfilled.AWAITED not in facts.unfilled:
        return ""
    vain = (a for a in rendered.asked if a.kind in _DATA and a.why in _REFUSED and owns(a.url))
    first = next((a for a in vain if not _TELLS.search(urlsplit(a.url).path)), None)
    return f"{first.method} {first.url[:200]} was not asked for ({first.why})" if first else ""


def still_waits(html: bytes, facts: PageFacts) -> bool:
    """Whether a rendered page looks as if words were still to come; a short one alone does not."""
    is_short = facts.words < _FEW_WORDS
    return is_short and (facts.words < FEW_WORDS or _WAITS.search(html) is not None)
