"""What a page as it was sent leaves to its scripts: answers, panels and menus that are not in it.

Many applications are sent whole but for what is folded away: a question stands there, and its
answer is in no byte of the page before somebody presses it. Pure: no I/O.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.responses import burgers
from data import page_types
from data.vocabulary import PageType

# Something to press of which the panel is there and empty, or questions without answers.
HELD_BACK = "held_back"
# Something to press, and what it opens is not in the page, as far as that can be told.
FOLDED = "folded"
# The same in a header, menu or footer: links may hang from it.
MENU = "menu"
# A place for words that has none; and one of which it is said that answers stand there.
LATER, AWAITED = "later", "awaited"

_PRESSED = "button, [role=button], [role=tab], [aria-expanded=false]"
# In a menu, a link that leads nowhere is one, too.
_NOWHERE = "a:not([href]), a[href='#']"
_BARS = frozenset({"nav", "header", "footer"})
_BAR_ROLES = frozenset({"navigation", "menubar", "banner", "contentinfo"})
_OPENS = frozenset({"region", "tabpanel"})
_MOST, _DEEP, _HIGH = 300, 4, 40
_LONGEST = 200
_PARTS = frozenset({"body", "main", "section", "html"})
_LISTS = frozenset({"ul", "ol", "div", "nav", "menu"})
# Answers stand in the page's data, where those who read it find them.
_TOLD = "acceptedAnswer"
_AROUND = ["a", "form", "label", "legend", "select", "blockquote"]
_WORD = re.compile(r"\w")
_QUESTION = re.compile(r"\w.*\?[^\w?]*", re.DOTALL)
_MORE = re.compile(
    r"(?:read|show|see|view|load) (?:more|full (?:text|answer|list)"
    r"|all (?:faqs?|questions|answers))\W*|continue reading\W*|(?:expand|open)(?: all)?\W*",
    re.IGNORECASE,
)
# What is pressed for something else than to read.
_ASIDE = re.compile(
    r"\b(?:search|cart|bag|basket|log ?in|log ?out|sign|account|close|dismiss|skip|cookies?|accept"
    r"|agree|reject|decline|language|translate|theme|dark|light|play|pause|mute|next"
    r"|prev(?:ious)?|slide|call|chat|message|text us|subscribe|submit|send|scroll|top"
    r"|accessib\w+|share|copy|print|book\w*|schedul\w+|appointment|pay|buy|order|apply|join|yes|no|back|continue|download"
    r"|start(?:ed)?|begin|take|quiz|assessment|check|request)\b",
    re.IGNORECASE,
)
# What tells of a place that scripts fill: an id of a part, a name of what is to stand there.
_PLACE_ID = re.compile(r"(?:main|page|app|root|view)?[-_]?(?:content|main|app|root|view|list|body)")
_OF_ANSWERS = re.compile(
    r"(?:^|[\s_-])(?:faqs?|questions?|accordion|answers?)(?:$|[\s_-])", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:^|[\s_-])(?:reviews?|testimonials?|team|providers?|staff|clinicians?|pricing|prices"
    r"|plans?|locations?|articles?|posts|grid|cards|items|entries|results|dynamic"
    r"|elfsight[\w-]*|powr[\w-]*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DECOR = re.compile(
    r"icon|divider|line|arrow|dot|overlay|spacer|plus|chevron|toggle|image|img|photo|shape|map|bg"
    r"|background|video|form",
    re.IGNORECASE,
)
_PLACES = "div:empty, section:empty, ul:empty, main:empty, article:empty, dl:empty"
# Kinds of page of which a button may show the words.
PROMISING = frozenset(
    {
        *(PageType.HOW_IT_WORKS, PageType.FAQ, PageType.SAFETY, PageType.ELIGIBILITY),
        *(PageType.CONSENT, PageType.LEGAL, PageType.PRICING),
    }
)
# Kinds on which most of what rules ask for stands.
NEEDED = PROMISING | {PageType.HOME, PageType.TREATMENT}


def look(tree: LexborHTMLParser) -> frozenset[str]:
    """What a page leaves to its scripts; nothing, where it has none.

    Args:
        tree: the page, whole.
    """
    if tree.body is None or tree.css_first("script") is None:
        return frozenset()
    found, asking = set[str](), Counter[str]()
    is_told = any(_TOLD in node.text() for node in tree.css("script[type*='ld+json']"))
    for node in _once(tree.css(f"{_PRESSED}, {_NOWHERE}"))[:_MOST]:
        kind = _pressable(tree, node)
        if kind == HELD_BACK and not _panel(tree, node):
            # One alone may be a chat's: "Any questions?"
            asking[node.attributes.get("class") or ""] += 1
            kind = FOLDED
        if kind:
            found.add(kind)
    if max(asking.values(), default=0) > 1:
        found.add(HELD_BACK)
    if HELD_BACK in found and is_told:
        found = found - {HELD_BACK} | {FOLDED}
    if MENU not in found and any(_hides(tree, node) for node in tree.css(_NOWHERE)[:_MOST]):
        found.add(MENU)
    if MENU not in found and burgers.has_more(tree):
        found.add(MENU)
    for node in tree.css(_PLACES)[:_MOST]:
        found |= _place(node)
    return frozenset(found)


def is_unanswered(tree: LexborHTMLParser) -> bool:
    """Whether two questions stand one after the other with nothing between them.

    Args:
        tree: the page without scripts; what stands around it is taken out of it.
    """
    if tree.body is None:
        return False
    tree.strip_tags(_AROUND)
    lines = (" ".join(line.split()) for line in tree.body.text(separator="\n").split("\n"))
    said = [line for line in lines if _WORD.search(line.strip("0123456789"))]
    asks = [len(line) <= _LONGEST and _QUESTION.fullmatch(line) is not None for line in said]
    return any(first and second for first, second in pairwise(asks))


def _pressable(tree: LexborHTMLParser, node: LexborNode) -> str | None:
    """What is missing behind something to press."""
    given = node.attributes
    above = list(_above(node))
    if any(n.tag == "form" for n in above) or "disabled" in given or node.tag == "input":
        return None
    text = _text(node)
    if node.tag == "a":
        return FOLDED if _is_promise_of(node, text, above) else None
    if _ASIDE.search(f"{text if len(text) <= 40 else ''} {given.get('aria-label') or ''}"):
        return None
    if any(n.tag in _BARS or n.attributes.get("role") in _BAR_ROLES for n in above):
        return None if _leads_somewhere(tree, node) else MENU
    panel = _panel(tree, node)
    if panel is not None:
        if panel.first_child is not None and (_text(panel) or panel.css_first("*")):
            return None
        # Ours: what was seen in it, before the next one was opened.
        if any("data-opened" in beside.attributes for beside in _beside(panel)):
            return None
        return HELD_BACK if panel.attributes.get("role") in _OPENS else FOLDED
    is_marked = given.get("aria-expanded") == "false" or given.get("aria-selected") == "false"
    is_question = len(text) <= _LONGEST and _QUESTION.fullmatch(text) is not None
    if not (is_marked or is_question or _promises(text)) or _is_followed(node):
        return None
    return HELD_BACK if is_question else FOLDED


def _is_promise_of(node: LexborNode, text: str, above: list[LexborNode]) -> bool:
    """Whether a link that leads nowhere says that something opens that rules ask for.

    Within something else to press, or with words right behind it, it opens what is there.
    """
    leads = (node.attributes.get("href") or "#") != "#"
    is_aside = any(n.tag in _BARS for n in above) or _ASIDE.search(text) is not None
    if leads or is_aside or page_types.bundled().by_anchor(text) not in PROMISING:
        return False
    is_part = any(n.attributes.get("role") in ("button", "tab") for n in above[:_DEEP])
    return not (is_part or _is_followed(node))


def _hides(tree: LexborHTMLParser, node: LexborNode) -> bool:
    """Whether a menu's entry that is no link leads to what is not in the page."""
    text = _text(node)
    if not text or _ASIDE.search(text) or not any(n.tag in _BARS for n in _above(node)):
        return False
    return not _leads_somewhere(tree, node)


def _promises(text: str) -> bool:
    """Whether a button says that it shows more, or what rules ask for."""
    if len(text) > 60:
        return False
    return bool(_MORE.fullmatch(text)) or page_types.bundled().by_anchor(text) in PROMISING


def _panel(tree: LexborHTMLParser, node: LexborNode) -> LexborNode | None:
    """What an element says that it opens, if that is in the page."""
    named = (node.attributes.get("aria-controls") or "").split()
    if named and '"' not in named[0]:
        return tree.css_first(f'[id="{named[0]}"]')
    own = node.attributes.get("id") or ""
    return tree.css_first(f'[aria-labelledby="{own}"]') if own and '"' not in own else None


def _is_followed(node: LexborNode) -> bool:
    """Whether words stand behind something to press, before the next thing of its kind."""
    kind = node.attributes.get("class") or ""
    for _ in range(_DEEP):
        for beside in _beside(node):
            if _alike(beside, kind):
                return False
            if _WORD.search(_text(beside)):
                return True
        above = node.parent
        if above is None or above.tag in _PARTS or len(_alike(above, kind)) > 1:
            return False
        node = above
    return False


def _beside(node: LexborNode) -> Iterator[LexborNode]:
    beside = node.next
    while beside is not None:
        if beside.is_element_node and beside.tag not in ("script", "style", "svg"):
            yield beside
        beside = beside.next


def _alike(node: LexborNode, kind: str) -> list[LexborNode]:
    """Things to press in a part of the page that look like one another."""
    found = _once(node.css(f"{_PRESSED}, {_NOWHERE}"))
    return [n for n in found if (n.attributes.get("class") or "") == kind]


def _once(nodes: list[LexborNode]) -> list[LexborNode]:
    """Each element once: what fits several selectors is found as often."""
    return list({node.mem_id: node for node in nodes}.values())


def _leads_somewhere(tree: LexborHTMLParser, node: LexborNode) -> bool:
    """Whether the links of a menu's button are in the page."""
    panel = _panel(tree, node)
    if panel is not None:
        return panel.css_first("a[href]") is not None
    nearest = next((n for n in _beside(node) if n.tag in _LISTS), None)
    return nearest is not None and nearest.css_first("a[href]") is not None


def _place(node: LexborNode) -> frozenset[str]:
    """What an empty part of a page is a place for, by what its makers call it."""
    named = node.attributes.get("id") or ""
    kinds = f"{named} {node.attributes.get('class') or ''}"
    if _DECOR.search(kinds):
        return frozenset()
    if _PLACE_ID.fullmatch(named) or _OF_ANSWERS.search(kinds):
        return frozenset({LATER, AWAITED})
    return frozenset({LATER} if _PLACE.search(kinds) else ())


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    for _ in range(_HIGH):
        if above is None:
            return
        yield above
        above = above.parent


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
