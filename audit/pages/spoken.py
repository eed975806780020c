"""What is said in an element's place: by its label, or by a tick or a cross."""

from __future__ import annotations

import re
from unicodedata import category

from audit.pages import class_names as look
from audit.pages.elements import ICONS, LABELLED, LABELLED_ROLES

# What the pictures of a tick and of a cross are called; "Red Cross" and "blue cross" are others,
# and a green or a white one is a pharmacy's.
_DRESS = r"(?:(?:green|red|black|white|gr[ae]y|bold|round(?:ed)?|circled?|icon)[\s_-]*)*"
_CALLED = r"(?:[\s_-]*(?:mark|icon|symbol|sign|circle))*(?:\.(?:png|svg|jpe?g|gif|webp))?"
_TICK_SAID = re.compile(rf"{_DRESS}(?:check(?:ed)?|tick){_CALLED}", re.IGNORECASE)
_CROSS_SAID = re.compile(
    rf"(?i:{_DRESS}x{_CALLED})|(?!.*(?:green|white)){_DRESS}cross{_CALLED}|Cross (?:mark|icon)"
)
_NOT_SAID = re.compile(
    r"(?:not|never) (?:included|available|offered|covered|provided)|excluded|no", re.IGNORECASE
)
# Symbols, and what only changes how they look.
_SIGNS = frozenset({"So", "Mn", "Cf", "Sk"})
# Where the shape of an icon is told.
_NAMED = ("icon", "feather", "lucide", "name")
_DRAWN = ("href", "src", *_NAMED)
PUSHED = ("submit", "button", "reset")
# Where Bootstrap, Tippy and style sheets keep what shows when an element is pointed at, and lists
# what a script shows of a choice; elsewhere, ``data-text`` repeats a headline for its looks.
_TIP = ("content", "text", "title")
TIPS = (
    *("data-content", "data-bs-content", "data-original-title", "data-bs-original-title"),
    *("data-tippy-content", "data-tooltip", "data-tip", *(f"data-tooltip-{part}" for part in _TIP)),
    *("data-message", "data-answer", "data-description", "data-disclaimer", "data-notice"),
)
OF_CHOICE = "data-text"
_TAG, _FEWEST_WORDS = re.compile(r"<[^<>]*>"), 4


def spoken(name: str, given: dict[str, str]) -> str:
    """What is read aloud, or shown, in the place of an element: its ``alt``, label or value."""
    if name == "input":
        if given.get("type") in ("hidden", "checkbox", "radio"):
            return ""
        if given.get("type") in PUSHED:
            return given.get("value", "")
    said = given.get("alt") or given.get("placeholder") or ""
    if not said and (name in LABELLED or given.get("role") in LABELLED_ROLES):
        said = given.get("aria-label", "")
    return " ".join(said.split())


def tip(name: str, given: dict[str, str]) -> str:
    """A text of some length that shows when an element is chosen; empty if there is none."""
    keys = (*TIPS, OF_CHOICE) if name == "option" else TIPS
    written = (_TAG.sub(" ", given[key]).split() for key in keys if key in given)
    return next((" ".join(words) for words in written if len(words) >= _FEWEST_WORDS), "")


def glyph_mark(name: str) -> str:
    """``✓`` or ``✗`` for the name of a picture in a font of pictures: "check_circle"."""
    if look.CROSS.search(name) or name == "cancel":
        return "✗"
    return "✓" if look.CHECK.search(name) or name == "done" else ""


def is_sign(label: str) -> bool:
    """Whether a label is a picture itself, and no words: "❌"."""
    return label != "" and all(category(c) in _SIGNS for c in label)


def denies(label: str) -> bool:
    """Whether an icon's label says that something is not there: "Not included"."""
    return _NOT_SAID.fullmatch(label) is not None


def sign_said(label: str) -> str:
    """``✓`` or ``✗`` for a label that only names the picture: "green check", "red-x.png"."""
    if _TICK_SAID.fullmatch(label):
        return "✓"
    return "✗" if _CROSS_SAID.fullmatch(label) else ""


def mark(name: str, given: dict[str, str], classes: str) -> str:
    """``✓`` or ``✗`` for an icon that says so, and for an item that is drawn with a cross."""
    if name == "li":
        return "✗" if look.CROSSED_ITEM.search(given.get("class", "")) else ""
    if name not in ICONS:
        return ""
    looks = " ".join((classes, *(given.get(key, "") for key in _DRAWN)))
    is_icon = name != "span" or any(key in given for key in _NAMED)
    if not is_icon and not look.ICON.search(looks):
        return ""
    if look.CROSS.search(looks):
        return "✗"
    return "✓" if look.CHECK.search(looks) else ""
