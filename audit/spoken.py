"""What is said in an element's place: by its label, or by a tick or a cross."""

from __future__ import annotations

from audit import class_names as look
from audit.elements import ICONS, LABELLED, LABELLED_ROLES

PUSHED = ("submit", "button", "reset")


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


def glyph_mark(name: str) -> str:
    """``✓`` or ``✗`` for the name of a picture in a font of pictures: "check_circle"."""
    if look.CROSS.search(name) or name == "cancel":
        return "✗"
    return "✓" if look.CHECK.search(name) or name == "done" else ""


def mark(name: str, given: dict[str, str], classes: str) -> str:
    """``✓`` or ``✗`` for an icon that says so."""
    if name not in ICONS:
        return ""
    looks = f"{classes} {given.get('href', '')} {given.get('src', '')}"
    if name == "span" and not look.ICON.search(looks):
        return ""
    if look.CROSS.search(looks):
        return "✗"
    return "✓" if look.CHECK.search(looks) else ""
