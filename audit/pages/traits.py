"""What an element's attributes say about its place on the page, and whether it can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from audit.pages import class_names as look
from audit.pages.elements import (
    ELEMENT_OF_ROLE,
    GLYPH_ELEMENTS,
    ICONS,
    INLINE,
    NO_REGION,
    REGION,
    REGION_OF_ROLE,
    TELLING,
    WITHDRAWN,
)
from audit.pages.spoken import OF_CHOICE, PUSHED, TIPS, denies, mark, sign_said, spoken, tip


class Traits(NamedTuple):
    """What an element's name and attributes say; empty where they say nothing.

    Attributes:
        region: the region that begins here.
        kind: what its text is (``button``, ``testimonial``, ``price-card``, ``heading2`` ...).
        acts_as: the element that its role makes it (``tr`` for ``role="row"``).
        hidden: not seen until a visitor acts, if ever.
        shut: ``<details>`` whose content, but for its summary, is hidden.
        withdrawn: struck out, or never shown.
        copy: for screen readers only, usually beside the same text for the eye.
        block: an inline element that is laid out as a block.
        in_line: a box that stands in its line, as an inline element does, a little apart.
        spreads: a flex box or a grid, whose children stand apart.
        breaks: line ends of the source are shown, as in ``<pre>``.
        question: the visible head of an accordion's item.
        spoken: the text of ``alt``, ``aria-label``, ``placeholder`` or a button's ``value``.
        tip: what shows when it is pointed at.
        mark: ``✓`` or ``✗`` for an icon.
        glyph: it is drawn as the picture that its text names.
    """

    region: str = ""
    kind: str = ""
    acts_as: str = ""
    hidden: bool = False
    shut: bool = False
    withdrawn: bool = False
    copy: bool = False
    block: bool = False
    in_line: bool = False
    spreads: bool = False
    breaks: bool = False
    question: bool = False
    spoken: str = ""
    tip: str = ""
    mark: str = ""
    glyph: bool = False

    @property
    def lines(self) -> bool:
        """Whether an inline element that has them begins and ends a line."""
        return bool(self.block or self.kind or self.acts_as or self.question)


# Words that names of pictures of a tick or a cross consist of; "blue-cross", "close-up" are others.
_DRESS = (
    r"(?:icons?|ico?|img|image|svg|png|(?:light-?|dark-?)?green|red|white|black|gr[ae]y|gold|orange"
    r"|round(?:ed)?|circled?|square|box|mark|small|large|bold|solid|outlined?|fill(?:ed)?|light|dark"
    r"|thin|regular|list|bullet|symbol|sign|\d+(?:x\d+)?)"
)
_PICTURE = (
    rf"(?i:(?:{_DRESS}[_-])*(?:red|green|gr[ae]y|black|white)?[_-]?"
    rf"(check(?:mark|ed)?|tick|cross|x|x-?mark|close|yes|no)(?:[_-]{_DRESS})*(?:@\dx)?)"
)
_RELEVANT = re.compile(
    r" (?:(class|style|role|hidden|popover|open|alt|placeholder|itemtype|type|value"
    r"|shadow(?:root)?mode|aria-(?:hidden|label|level|expanded|controls)|data-(?:bs-)?toggle"
    r"|data-(?:bs-)?content|data-(?:bs-)?original-title|data-tippy-content"
    r"|data-tooltip(?:-(?:content|text|title))?|data-tip"
    r"|data-(?:message|answer|description|disclaimer|notice|text)"
    r'|x-if|v-(?:if|else(?:-if)?))="([^"]*)"'
    r'|(id)="([^"\d]*)'
    # A picture of the page's own, or of a file of many.
    r'|(?:xlink:)?(href)="(?:[^"#]*\.svg[^"#]*)?#([^"]*)"'
    # What a script draws there: "x", "mdi:close".
    r'|(?:data-)?(feather|lucide|icon)="(?:[\w-]+:)?([\w-]+)"'
    rf'|(name)="{_PICTURE}[^"]*"'
    # The name of a picture's file, where that may be a tick or a cross.
    rf'|(?:data-(?:lazy-)?)?(src)="(?:[^"]*/)?{_PICTURE}\.\w+[^"]*")'
)
_ATTRIBUTE = re.compile(r' ([^\s=/>]+)="([^"]*)"')
# Page builders number their class names; what stands before the number is what counts.
_NUMBERED = re.compile(r"\d\S*")
_MAX_CACHED = 1000
_MAX_SHORT = 80
# Attributes that are read aloud; they differ from element to element, what they mean does not.
_SAID = frozenset({"alt", "placeholder", "aria-label", "value", *TIPS, OF_CHOICE})
# Templates that are shown: a shadow root (the second is Chromium's word for it in a page that it
# saved, MHTML), and what Alpine or Vue show under a condition.
_SHADOWS = ("shadowrootmode", "shadowmode")
_SHOWN_TEMPLATES = (*_SHADOWS, "x-if", "v-if", "v-else", "v-else-if")
# Elements that may look like headings.
_HEADED = ("div", "p")
# Elements that are lists or forms, not the head of an accordion's item.
_HOLDERS = ("ul", "ol", "nav", "form", "a")


def attributes(written: str) -> dict[str, str]:
    """An element's attributes; of two with one name the first, as in browsers."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written):
        found.setdefault(name, unescape(value) if "&" in value else value)
    return found


def traits(name: str, written: str) -> Traits | None:
    """The traits of an element, ``None`` where there are none.

    Args:
        name: the element's name.
        written: its attributes in canonical form, each with a blank before it.
    """
    return _by_text(name, written) if len(written) <= _MAX_SHORT else _read(name, written)


def _read(name: str, written: str) -> Traits | None:
    relevant, said, looks = [], [], list[tuple[str, str]]()
    for key, value, id_, start, href, target, *drawn in _RELEVANT.findall(written):
        if key in _SAID:
            said.append((key, value))
        elif key == "class":
            relevant.append((key, _NUMBERED.sub("", value)))
            if name in _HEADED and (level := look.HEADING.search(value)):
                looks = [("role", "heading"), ("aria-level", level[1])]
        else:
            icon, shape, called, picture, src, file = drawn
            told_as = key or id_ or href or icon or called or src
            shown = shape or picture or file
            relevant.append((told_as, value or start or target or shown))
    relevant += looks
    told = None
    if relevant or name in TELLING:
        decide = _by_relevance if len(written) <= _MAX_CACHED else _decide
        told = decide(name, tuple(relevant))
    if said:
        given = {key: unescape(value) for key, value in reversed(relevant + said)}
        aloud, told = spoken(name, given), told or NOTHING
        sign = sign_said(aloud) if name in ICONS else ""
        cross = "✗" if name in ICONS and denies(aloud) else ""
        told = told._replace(
            spoken="" if sign else aloud, mark=told.mark or sign or cross, tip=tip(name, given)
        )
    return told


def _decide(name: str, relevant: tuple[tuple[str, str], ...]) -> Traits | None:
    given = {key: unescape(value) for key, value in reversed(relevant)}
    role = given.get("role", "")
    # Nobody's class name is longer; the expressions' time is not linear in it.
    classes = f"{given.get('id', '')[:_MAX_CACHED]} {given.get('class', '')[:_MAX_CACHED]}"
    style = given.get("style", "")[:_MAX_CACHED]
    hidden = _hidden(name, given, classes, style)
    seen = Traits(
        region=_region(name, role, classes, hidden and "aria-hidden" not in given),
        kind=_kind(name, given, role, classes),
        acts_as=ELEMENT_OF_ROLE.get(role, ""),
        hidden=hidden,
        shut=name == "details" and "open" not in given,
        withdrawn=_withdrawn(name, given, classes, style),
        copy=look.SCREEN_READERS.search(classes) is not None
        or (style != "" and look.SCREEN_READERS_STYLE.search(style) is not None),
        block=style != ""
        and look.BLOCK_STYLE.search(style) is not None
        and not _is_line(name, classes, style),
        in_line=_in_line(name, classes, style),
        spreads=look.SPREAD.search(classes) is not None
        or look.SPREAD_STYLE.search(style) is not None,
        breaks=look.KEEPS_LINES.search(classes) is not None
        or look.KEEPS_LINES_STYLE.search(style) is not None,
        question=_question(name, given, classes),
        mark=mark(name, given, classes),
        glyph=name in GLYPH_ELEMENTS
        or (name in ("i", "span") and look.GLYPH.search(classes) is not None),
    )
    return None if seen == NOTHING else seen


NOTHING = Traits()
# The same attributes come on every page of a site, and most of them say nothing.
_by_text = lru_cache(maxsize=4096)(_read)
_by_relevance = lru_cache(maxsize=4096)(_decide)


def _region(name: str, role: str, classes: str, hidden: bool) -> str:
    region = REGION.get(name) or REGION_OF_ROLE.get(role)
    if region or name in NO_REGION:
        return region or ""
    if len(classes) > 2 and not look.PART.search(classes):
        region = next((r for r, words in look.REGIONS if words.search(classes)), None)
    opens = role == "tabpanel" or look.PANEL.search(classes) is not None
    return region or ("hidden" if hidden and not opens else "")


def _kind(name: str, given: dict[str, str], role: str, classes: str) -> str:
    if role == "heading":
        return f"heading{given.get('aria-level', '2')[:1]}"
    if name in ("html", "body", "main"):
        return ""
    about = given.get("itemtype", "")
    if name == "blockquote" or about.endswith("/Review"):
        return "testimonial"
    pushed = name == "button" or (name == "input" and given.get("type") in PUSHED)
    if pushed or role == "button" or (name == "a" and look.BUTTON.search(classes)):
        return "button"
    if look.TESTIMONIAL.search(classes) and not look.REVIEWED.search(classes):
        return "testimonial"
    if name != "table" and (about.endswith("/Offer") or look.PRICE.search(classes)):
        return "price-card"
    return ""


def _hidden(name: str, given: dict[str, str], classes: str, style: str) -> bool:
    if name == "dialog" and "open" not in given:
        return True
    # What React sends after the rest of a page is put into its place as soon as it comes.
    is_sent_later = given.get("id") == "S:" and name in ("div", "table")
    return (
        ("hidden" in given and not is_sent_later)
        or "popover" in given
        or name == "noscript"
        or (name == "template" and given.keys().isdisjoint(_SHADOWS))
        or (
            given.get("aria-hidden") == "true"
            and name not in INLINE
            and not _in_line(name, classes, style)
        )
        or (style != "" and _is_styled_away(classes, style))
        or (look.HIDDEN.search(classes) is not None and look.SHOWN.search(classes) is None)
        or look.HIDDEN_EVERYWHERE.match(classes) is not None
    )


def _is_styled_away(classes: str, style: str) -> bool:
    if look.MOVES_IN.search(classes):
        return look.GONE_STYLE.search(style) is not None
    return look.HIDDEN_STYLE.search(style) is not None


def _in_line(name: str, classes: str, style: str) -> bool:
    if (name in INLINE and look.ON_ITS_LINE.search(classes)) or _is_line(name, classes, style):
        return True
    if not style or look.IN_LINE_STYLE.search(style) is None:
        return False
    if name in INLINE:
        return True
    moved = look.MOVED.search(classes) or look.MOVED_STYLE.search(style)
    return name == "div" and moved is not None


def _is_line(name: str, classes: str, style: str) -> bool:
    """Whether a script has put one line of a text into it."""
    may_be = name in ("div", "span") and style != "" and look.LINE.search(classes) is not None
    return may_be and look.LINE_STYLE.search(style) is not None


def _withdrawn(name: str, given: dict[str, str], classes: str, style: str) -> bool:
    if name == "template":
        return given.keys().isdisjoint(_SHOWN_TEMPLATES)
    return (
        name in WITHDRAWN
        or given.get("role") == "deletion"
        or (style != "" and look.STRUCK_STYLE.search(style) is not None)
        or look.STRUCK.search(classes) is not None
        or look.NEVER_SHOWN.search(given.get("class", "")[:_MAX_CACHED]) is not None
    )


def _question(name: str, given: dict[str, str], classes: str) -> bool:
    if name in ("summary", "dt"):
        return True
    toggled = given.get("data-toggle", given.get("data-bs-toggle"))
    if name in _HOLDERS and "aria-expanded" not in given:
        return name == "a" and toggled == "collapse"
    toggles = "aria-controls" in given or toggled == "collapse"
    return (toggles and "aria-expanded" in given) or look.QUESTION.search(classes) is not None
