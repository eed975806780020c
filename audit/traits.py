"""What an element's attributes say about its place on the page, and whether it can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple


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
        question: the visible head of an accordion's item.
        spoken: the text of ``alt``, ``aria-label``, ``placeholder`` or a button's ``value``.
        mark: ``✓`` or ``✗`` for an icon.
    """

    region: str = ""
    kind: str = ""
    acts_as: str = ""
    hidden: bool = False
    shut: bool = False
    withdrawn: bool = False
    copy: bool = False
    block: bool = False
    question: bool = False
    spoken: str = ""
    mark: str = ""


_RELEVANT = re.compile(
    r" (?:hidden|open|role|style|alt|placeholder|itemtype|value|shadowrootmode|href|xlink:href"
    r"|aria-[a-z]+|data-(?:bs-)?toggle|class|id)="
)
_ATTRIBUTE = re.compile(r' ([^\s=/>]+)="([^"]*)"')
_MAX_CACHED = 1000

_REGION_OF_TAG = {
    "main": "main",
    "nav": "nav",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "dialog": "modal",
    "head": "head",
}
_REGION_OF_ROLE = {
    "main": "main",
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "aside",
    "dialog": "modal",
    "alertdialog": "modal",
}
_TAG_OF_ROLE = {
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "table": "table",
    "list": "ul",
    "listitem": "li",
}


def _words(words: str) -> re.Pattern[str]:
    """Whole words of a class or id, where ``-``, ``_`` and white space part words."""
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_-])", re.IGNORECASE)


_REGION_OF_CLASS = (
    ("modal", _words(r"modal|popup|pop-up|lightbox|dialog|cookies?|consent-banner|cookie[a-z]*|gdpr")),
    ("footer", _words(r"(?:site|page|main|global)[-_]?footer|footer|colophon")),
    ("nav", _words(r"nav|navbar|navigation|breadcrumbs?|(?:main|primary|mobile|site|top)[-_]?(?:menu|nav)")),
    ("header", _words(r"(?:site|global|main)[-_]?header|masthead|topbar|top-bar")),
    ("aside", _words(r"sidebar|widget-area")),
)
_NO_REGION = frozenset("body html button a label input form li img svg".split())
# Hidden, but behind a head that a visitor can open: still a part of the page where it stands.
_PANEL = re.compile(r"accordion|collaps|panel|faq|toggle|answer|tab|slide|carousel", re.IGNORECASE)
# A part of a card or an article that is called like a part of a page.
_PART = _words(
    r"(?:card|modal|entry|post|panel|article|section|widget|item|quote|testimonial)[-_]{1,2}(?:footer|header|nav)"
)
_TESTIMONIAL = re.compile(
    r"testimonial|(?:^|[\s_-])(?:(?:patient|customer|client|google|member)[\s_-]?)?reviews?(?=$|[\s_-])"
    r"|review-?(?:card|item|box|body|text|content|slide)",
    re.IGNORECASE,
)
_REVIEWED = re.compile(r"peer[-_ ]?review|medical[-_ ]?review|review(?:ed|er)|under[-_ ]review", re.IGNORECASE)
_PRICE = _words(
    r"(?:pric(?:e|es|ing)|plans?|packages?|membership|tier)(?:[-_]{1,2}(?:card|box|item|col|column|plan|tier|option|table|package))?"
)
_BUTTON = _words(r"btn|button|cta|wp-block-button__link|elementor-button")
_QUESTION = re.compile(
    r"(?:faq|accordion|toggle|collapsible|collapse)[a-z_-]*?[-_]{0,2}"
    r"(?:question|title|header|heading|head|trigger|button|btn|summary|label)(?![a-z])",
    re.IGNORECASE,
)
_COPY = _words(r"sr-only|visually-hidden|visuallyhidden|screen-reader-text|screen-reader|u-sr-only")
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|d-none|hide|is-hidden|invisible|collapse)(?=\s|$)", re.IGNORECASE
)
_SHOWN_CLASS = re.compile(
    r"(?:^|\s)(?:[a-z]+:(?:block|flex|grid|inline[a-z-]*|visible|table)|d-[a-z]+-[a-z-]+|show|in|open)(?=\s|$)"
)
_STRUCK_CLASS = re.compile(r"(?:^|[\s_-])(?:line-through|strike-?through|strikeout|struck)(?=$|[\s_-])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|inline-block)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_ICON = re.compile(r"(?:^|[\s_#-])(?:fa|icon|svg|glyphicon|bi|ico|mdi|check|cross|x)(?=$|[\s_-])", re.IGNORECASE)
_CROSS = re.compile(r"(?:^|[\s_#-])(?:times|cross|xmark|x-mark|close|no|minus|x|ban)(?=$|[\s_-])", re.IGNORECASE)
_CHECK = re.compile(r"(?:^|[\s_#-])(?:check|checkmark|tick|yes|ok)(?=$|[\s_-])", re.IGNORECASE)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr output q rb rp rt"
    " rtc ruby s samp small span strike strong sub sup time tt u var wbr br img svg math input picture"
    " source track area map canvas audio video object embed iframe slot meter progress textarea"
    " mi mn mo mrow msup msub mfrac mtext ms semantics annotation basefont bgsound".split()
)
_ICON_TAGS = frozenset({"i", "svg", "use", "span", "img"})
_LABELLED = frozenset({"a", "button", "i", "svg", "span", "img", "input", "area", "textarea", "select"})
_LABELLED_ROLES = frozenset({"img", "button", "link"})


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
    return _cached(name, written) if len(written) <= _MAX_CACHED else _traits(name, written)


def _traits(name: str, written: str) -> Traits | None:
    given = attributes(written) if _RELEVANT.search(written) else {}
    role = given.get("role", "")
    classes = f"{given.get('class', '')} {given.get('id', '')}"
    style = given.get("style", "")
    hidden = _hidden(name, given, classes, style)
    seen = Traits(
        region=_region(name, role, classes, hidden and "aria-hidden" not in given),
        kind=_kind(name, given, role, classes),
        acts_as=_TAG_OF_ROLE.get(role, ""),
        hidden=hidden,
        shut=name == "details" and "open" not in given,
        withdrawn=_withdrawn(name, given, classes, style),
        copy=_COPY.search(classes) is not None,
        block=style != "" and _BLOCK_STYLE.search(style) is not None,
        question=_question(name, given, classes),
        spoken=_spoken(name, given, role),
        mark=_mark(name, given, classes),
    )
    return None if seen == _NONE else seen


_NONE = Traits()
_cached = lru_cache(maxsize=8192)(_traits)


def _region(name: str, role: str, classes: str, hidden: bool) -> str:
    region = _REGION_OF_TAG.get(name) or _REGION_OF_ROLE.get(role)
    if region or name in _NO_REGION:
        return region or ""
    if len(classes) > 2 and not _PART.search(classes):
        region = next((r for r, words in _REGION_OF_CLASS if words.search(classes)), None)
    opens = role == "tabpanel" or _PANEL.search(classes) is not None
    return region or ("hidden" if hidden and not opens else "")


def _kind(name: str, given: dict[str, str], role: str, classes: str) -> str:
    if role == "heading":
        return f"heading{given.get('aria-level', '2')[:1]}"
    if name in ("html", "body", "main"):
        return ""
    about = given.get("itemtype", "")
    if name == "blockquote" or about.endswith("/Review"):
        return "testimonial"
    if name == "button" or role == "button" or (name == "a" and _BUTTON.search(classes)):
        return "button"
    if _TESTIMONIAL.search(classes) and not _REVIEWED.search(classes):
        return "testimonial"
    if name != "table" and (about.endswith("/Offer") or _PRICE.search(classes)):
        return "price-card"
    return ""


def _hidden(name: str, given: dict[str, str], classes: str, style: str) -> bool:
    if name == "dialog" and "open" not in given:
        return True
    return (
        "hidden" in given
        or name == "noscript"
        or (given.get("aria-hidden") == "true" and name not in INLINE)
        or (style != "" and _HIDDEN_STYLE.search(style) is not None)
        or (_HIDDEN_CLASS.search(classes) is not None and _SHOWN_CLASS.search(classes) is None)
    )


def _withdrawn(name: str, given: dict[str, str], classes: str, style: str) -> bool:
    if name == "template":
        return "shadowrootmode" not in given
    return (
        name in ("del", "s", "strike")
        or (style != "" and _STRUCK_STYLE.search(style) is not None)
        or _STRUCK_CLASS.search(classes) is not None
    )


def _question(name: str, given: dict[str, str], classes: str) -> bool:
    if name in ("summary", "dt"):
        return True
    if name in ("ul", "ol", "nav", "form", "a") and "aria-expanded" not in given:
        return False
    toggles = "aria-controls" in given or given.get("data-toggle", given.get("data-bs-toggle")) == "collapse"
    return (
        (toggles and "aria-expanded" in given)
        or _QUESTION.search(classes) is not None
    )


def _spoken(name: str, given: dict[str, str], role: str) -> str:
    if name == "input":
        if given.get("type") in ("hidden", "checkbox", "radio"):
            return ""
        if given.get("type") in ("submit", "button", "reset"):
            return given.get("value", "")
    said = given.get("alt") or given.get("placeholder") or ""
    if not said and (name in _LABELLED or role in _LABELLED_ROLES):
        said = given.get("aria-label", "")
    return " ".join(said.split())


def _mark(name: str, given: dict[str, str], classes: str) -> str:
    if name not in _ICON_TAGS:
        return ""
    looks = f"{classes} {given.get('href', '')} {given.get('xlink:href', '')}"
    if name == "span" and not _ICON.search(looks):
        return ""
    if _CROSS.search(looks):
        return "✗"
    return "✓" if _CHECK.search(looks) else ""
