"""What an element is by its place: the kind of its text, its region, whether it is in a line."""

from __future__ import annotations

from collections.abc import Sequence

from audit.pages.elements import BLOCK, INLINE, KIND, PHRASING
from audit.pages.layout import Setting
from audit.pages.runs import is_open
from audit.pages.traits import Traits

_FEW = 20


def kind_of(name: str, told: str, above: str) -> str:
    """The kind of a box by its name and attributes, else the one handed down to it."""
    own = KIND.get(name, "")
    if name == "main":
        return own
    if above == "testimonial" and (not own or own > "heading2"):
        return above  # a review's own title; a larger one stands over the section
    if own.startswith("heading"):
        return own
    return told or own or above


def begins(region: str, above: Setting) -> bool:
    """Whether a region begins here: the header of an article is no header of the page."""
    if not region or (region in ("header", "footer") and above.sectioned):
        return False
    if region == "main":  # a page has one, whatever its wrappers are called
        return above.region != "hidden"
    return region == "modal" or above.region in ("main", "header")


def goes_on(name: str, above: str, told: Traits | None, buffer: Sequence[str]) -> bool:
    """Whether an element of the page's own invention stands in a line, as by default it does.

    Many are boxes by a style sheet that we do not see; not so in the midst of a sentence.

    Args:
        name: the element's name.
        above: that of the element it stands in.
        told: what its attributes say.
        buffer: the run at hand.
    """
    if name in INLINE or name in BLOCK or (told is not None and told.region):
        return False
    return above in PHRASING or is_open("".join(buffer[-_FEW:]))
