"""A page's markup laid out as boxes and leaves, as a browser would, without its style sheets.

A box is an element that begins and ends a line; a leaf is a run of text between two such borders,
whatever inline elements it passes through. Leaves stand in document order, so every box, list or
table is a range of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit.markup import Markup
from audit.traits import INLINE, Traits, traits

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track"
    " wbr".split()
)
# Elements that say something without any attribute.
_TELLING = frozenset(
    "aside blockquote button del details dialog dt footer head header main nav noscript s strike"
    " summary template".split()
)
_BOLD = frozenset({"b", "strong"})
_SECTIONS = frozenset("article section main li blockquote td details dialog aside".split())
_KIND = {
    **{f"h{level}": f"heading{level}" for level in range(1, 7)},
    **dict.fromkeys(("label", "legend", "option", "optgroup", "textarea", "select"), "form-label"),
    "title": "meta",
}
_HANDED_DOWN = ("heading", "button", "form-label", "testimonial")
_BREAK = "\0"  # never in parsed text
_PARAGRAPH = re.compile(r"\0\s*\0[\0\s]*")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"[•●▪◦‣·✓✔✗✘*–—-]|\(?\d{1,2}[.)]")
_LINE_END = tuple(".!?:;”\"…)")
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0 "


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element; ``first`` to ``last`` (exclusive) are its leaves."""

    element: int
    name: str
    parent: Box | None
    region: str = "main"
    hidden: bool = False
    kind: str = ""
    shut: bool = False
    question: bool = False
    card: bool = False
    item: Box | None = None
    cell: Box | None = None
    section: Box | None = None
    first: int = 0
    last: int = 0


@dataclass(slots=True, eq=False)
class Leaf:
    """A run of text in one box; ``element`` is the one to name when pointing at it."""

    text: str
    box: Box
    element: int
    kind: str
    hidden: bool
    bold: bool = False
    mark: str = ""


@dataclass(slots=True)
class Layout:
    """All boxes and leaves of a page; names and parents of its elements, by number."""

    names: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    attributes: dict[int, str] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)


def lay_out(markup: Markup) -> Layout:
    """Lay a page out; linear in its markup."""
    scanner = _Scanner()
    scanner.scan(markup)
    return scanner.layout


class _Scanner:
    def __init__(self) -> None:
        self.layout = Layout()
        self.box = Box(0, "", None)
        self.buffer: list[str] = []
        self.later: list[Leaf] = []
        self.withdrawn: list[int] = []
        self.apart: list[tuple[int, int, str]] = []
        self.drawing = -1
        self.bold = (-1, -1)
        self.mark = ""

    def scan(self, markup: Markup) -> None:
        names, parents, buffer = self.layout.names, self.layout.parents, self.buffer
        opened = [-1]
        for closing, name, attributes, text in markup.tokens():
            if closing:
                element = opened[-1]
                if element >= 0 and names[element] == name:
                    opened.pop()
                    self.close(element, name)
            elif name[0] not in "?!":
                element = len(names)
                names.append(name)
                parents.append(opened[-1])
                if name not in VOID:
                    opened.append(element)
                self.open(element, name, attributes)
            if text and (buffer or not text.isspace()) and not self.withdrawn:
                buffer.append(text)
        self.flush()
        self.box.last = len(self.layout.leaves)

    def open(self, element: int, name: str, attributes: str) -> None:
        told = traits(name, attributes) if attributes or name in _TELLING else None
        if told is not None and told.withdrawn:
            self.withdrawn.append(element)
        if self.drawing >= 0 or (
            (name in INLINE or ":" in name)
            and (told is None or not (told.block or told.kind or told.acts_as or told.question))
        ):
            self.open_inline(element, name, told)
        else:
            self.open_box(element, name, told)
        if name in ("meta", "html", "link"):
            self.layout.attributes[element] = attributes

    def open_inline(self, element: int, name: str, told: Traits | None) -> None:
        if name == "br":
            self.buffer.append(_BREAK)
        elif name == "svg":
            self.apart.append((element, len(self.buffer), "alt"))
            self.drawing = element
        elif name in _BOLD and not "".join(self.buffer).strip():
            self.bold = (element, -1)
        elif self.drawing >= 0 or (name == "a" and self.buffer and self.buffer[-1] == ""):
            self.buffer.append(" ")
        if told is None:
            return
        self.mark = told.mark or self.mark
        if told.spoken:
            kind = "form-label" if name in ("input", "textarea") else "alt"
            self.later.append(self.leaf(told.spoken, element, kind))
        if (told.copy or told.hidden) and name not in VOID and self.drawing < 0:
            self.apart.append((element, len(self.buffer), "copy"))

    def open_box(self, element: int, name: str, told: Traits | None) -> None:
        if self.buffer or self.later:
            self.flush()
        if name in VOID:
            return
        above = self.box
        box = Box(
            element, name, above, above.region, above.hidden,
            _KIND.get(name) or (above.kind if above.kind.startswith(_HANDED_DOWN) else ""),
            item=above.item, cell=above.cell, section=above.section, first=len(self.layout.leaves),
        )  # fmt: skip
        if above.shut and name != "summary":
            box.hidden = True
        self.layout.boxes.append(box)
        self.box = box
        if told is not None:
            self.tell(box, told, element)
        if box.name == "li":
            box.item = box
        elif box.name in ("td", "th"):
            box.cell = box
        if box.name in _SECTIONS:
            box.section = box

    def tell(self, box: Box, told: Traits, element: int) -> None:
        box.name = told.acts_as or box.name
        box.hidden = box.hidden or told.hidden or told.copy
        box.shut = told.shut
        box.question = told.question
        box.card = told.kind == "price-card"
        if told.kind and not box.card and not (box.kind.startswith("heading") and box.name in _KIND):
            box.kind = told.kind
        if _begins(told.region, box, self.box.section):
            box.region = told.region
        if told.spoken:
            self.later.append(self.leaf(told.spoken, element, box.kind or "alt"))

    def close(self, element: int, name: str) -> None:
        if self.withdrawn and self.withdrawn[-1] == element:
            self.withdrawn.pop()
        if self.box.element == element and self.box.parent is not None:
            if self.buffer or self.later or self.mark:
                self.flush()
            self.box.last = len(self.layout.leaves)
            self.box = self.box.parent
        elif self.apart and self.apart[-1][0] == element:
            self.set_apart(element)
        elif element == self.bold[0]:
            self.bold = (element, len(self.buffer))
        elif name == "a" and self.buffer:
            self.buffer.append("")

    def set_apart(self, element: int) -> None:
        """Take the text of a drawing, or of a copy for screen readers, out of the run around it."""
        _, position, kind = self.apart.pop()
        text = _collapse(_unescape("".join(self.buffer[position:]).replace(_BREAK, " ")))
        del self.buffer[position:]
        if element == self.drawing:
            self.drawing = -1
        if text:
            self.later.append(self.leaf(text, element, kind))

    def leaf(self, text: str, element: int, kind: str) -> Leaf:
        return Leaf(text, self.box, element, kind, self.box.hidden or self.box.shut)

    def flush(self) -> None:
        """End the run of text: its leaves, and after them what is said rather than written."""
        box, leaves = self.box, self.layout.leaves
        raw = "".join(self.buffer)
        bold = self.bold[1] >= 0 and not "".join(self.buffer[self.bold[1] :]).strip("\0 \t\n\r\f")
        self.buffer.clear()
        first = len(leaves)
        for part in _PARAGRAPH.split(raw) if raw.count(_BREAK) > 1 else (raw,):
            text = _lines(_unescape(part))
            if text.strip(_NOTHING):
                leaf = self.leaf(text, box.element, box.kind or "paragraph")
                leaf.bold, leaf.mark = bold, self.mark
                leaves.append(leaf)
        if self.later or (self.mark and box.cell is not None and len(leaves) == box.cell.first):
            self.flush_later("".join(leaf.text for leaf in leaves[first:]))
        self.bold, self.mark = (-1, -1), ""

    def flush_later(self, written: str) -> None:
        if self.mark and not written and self.box.cell is not None and not self.later:
            self.later.append(self.leaf(self.mark, self.box.element, "alt"))
        written = key(written)
        for leaf in self.later:
            if leaf.kind in ("copy", "alt", "button") and written and key(leaf.text) in written:
                continue
            if leaf.kind == "copy":
                leaf.kind, leaf.hidden = leaf.box.kind or "paragraph", True
            self.layout.leaves.append(leaf)
        self.later.clear()


def _begins(region: str, box: Box, section: Box | None) -> bool:
    """Whether a region begins here: the header of an article is no header of the page."""
    if not region or (region in ("header", "footer") and section is not None):
        return False
    return region == "modal" or box.region in ("main", "header")


def key(text: str) -> str:
    """A text without white space and case, to tell whether it is the same."""
    return "".join(text.split()).casefold()


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")


def _collapse(text: str) -> str:
    if text.isascii():
        return " ".join(text.split())
    return _SPACE.sub(" ", text).strip(" ")


def _lines(text: str) -> str:
    """One text of a run; a ``<br>`` is a line's end only where a sentence or an item ends."""
    if _BREAK not in text:
        return _collapse(text)
    joined = ""
    for line in map(_collapse, text.split(_BREAK)):
        if line and joined:
            ends = joined.endswith(_LINE_END) or _BULLET.match(line)
            joined += "\n" if ends else " "
        joined += line
    return joined
