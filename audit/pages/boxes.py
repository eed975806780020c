"""A page's markup laid out as boxes and leaves, as a browser would, without its style sheets.

A box is an element that begins and ends a line; a leaf is a run of text between two such borders,
whatever inline elements it passes through. Leaves stand in document order, so every box, list or
table is a range of them.
"""

from __future__ import annotations

from audit.pages.bold_lines import BoldLines
from audit.pages.class_names import CELL
from audit.pages.columns import spans
from audit.pages.data_attributes import hold_data
from audit.pages.drawn_signs import sign_of
from audit.pages.elements import BOLD, DRAWN, INLINE, KIND, PLAIN, SECTIONS, TELLING, VOID
from audit.pages.handed_down import begins, goes_on, kind_of
from audit.pages.hidden_rest import HiddenRest
from audit.pages.joints import Joint
from audit.pages.layout import Box, Layout, Leaf, Setting
from audit.pages.markup import Markup
from audit.pages.menus import Menu, holds_text
from audit.pages.runs import BREAK, collapse, key, texts, unescape
from audit.pages.spoken import glyph_mark, is_sign
from audit.pages.tabs import is_tab
from audit.pages.traits import NOTHING, Traits, traits

_KEPT = frozenset({"meta", "html", "link", "base", "astro-island", "iframe"})
# Block-level elements whose name alone changes what holds inside them.
_SETTING = frozenset(KIND) | SECTIONS | {"td", "th"}
_MAX_COMPARED = 5000
# What a browser writes where an element begins.
_WRITTEN = {"br": BREAK, "q": "“"}


def lay_out(markup: Markup) -> Layout:
    """Lay a page out; linear in its markup."""
    scanner = _Scanner()
    scanner.scan(markup)
    return scanner.layout


class _Scanner:
    """One pass over the tags. Buffered: the pieces of the run at hand, and what follows it.

    ``apart`` holds the (element, place in the buffer, kind) of inline elements whose text is taken
    out of the run.
    """

    def __init__(self) -> None:
        self.layout, self.box = Layout(), Box(0, "", None, Setting())
        self.buffer: list[str] = []
        self.later: list[Leaf] = []
        self.withdrawn: list[int] = []
        self.apart: list[tuple[int, int, str]] = []
        self.drawing = -1
        self.bold = BoldLines()
        self.mark = ""
        self.joint, self.rest = Joint(), HiddenRest()
        self.menus: list[Menu] = []

    def scan(self, markup: Markup) -> None:
        names, parents, buffer = self.layout.names, self.layout.parents, self.buffer
        withdrawn, opened = self.withdrawn, [-1]
        for closing, name, attributes, text in markup.tokens():
            if closing:
                element = opened[-1]
                if element >= 0 and names[element] == name:
                    opened.pop()
                    if element == self.box.element:
                        self.close_box(element)
                    elif name not in PLAIN or self.apart or withdrawn:
                        self.close_inline(element, name)
            elif name[0] not in "?!":
                element = len(names)
                names.append(name)
                parents.append(opened[-1])
                if name not in VOID:
                    opened.append(element)
                if attributes or name not in PLAIN or self.box.spreads:
                    self.open(element, name, attributes)
            self.joint.pass_tag(closing, name)
            if text and (buffer or not text.isspace()) and not withdrawn:
                self.take(text)
        self.flush()
        self.box.last = len(self.layout.leaves)

    def take(self, text: str) -> None:
        """Add a text to the run, after a gap if a style sheet shows one."""
        text = self.joint.raised(text)
        if self.joint.parts_from(text) and self.buffer:
            self.buffer.append(" ")
        self.buffer.append(text.replace("\n", BREAK) if self.box.breaks else text)

    def open(self, element: int, name: str, attributes: str) -> None:
        if self.drawing >= 0 and name not in DRAWN:
            self.see(name, attributes)
            return
        told = traits(name, attributes) if attributes or name in TELLING else None
        if self.withdrawn and told is not None:
            told = told._replace(spoken="", tip="", mark="")
        if ' itemprop="name"' in attributes and '/Question"' in self.box.looks:
            told = (told or NOTHING)._replace(question=True)
        if goes_on(name, self.layout.names[self.layout.parents[element]], told, self.buffer):
            told, in_line = told and told._replace(question=False, kind=""), True
        else:
            in_line = name in INLINE or ":" in name or (told is not None and told.in_line)
        if self.drawing >= 0 or (in_line and not (told and told.lines)):
            self.open_inline(element, name, told)
        else:
            self.open_box(element, name, told)
            self.box.looks = attributes
            if "span=" in attributes and self.box.name in ("td", "th"):
                self.box.columns, self.box.rows = spans(attributes)
        if told is not None and told.tip:
            self.later.append(self.leaf(told.tip, element, "alt"))
        if told is not None and told.withdrawn:
            self.withdrawn.append(element)
        if name in _KEPT or hold_data(attributes) or is_tab(attributes):
            self.layout.attributes[element] = attributes

    def see(self, name: str, attributes: str) -> None:
        """Take note of a tick or a cross that is drawn before a text, or in its place.

        What closes a window is drawn as a cross, too.
        """
        names, around = self.layout.names, self.layout.parents[self.drawing]
        if self.mark or self.withdrawn or (around >= 0 and names[around] in ("button", "a")):
            return
        sign = sign_of(name, attributes)
        if sign and not any(map(str.strip, self.buffer)):
            self.mark = sign

    def open_inline(self, element: int, name: str, told: Traits | None) -> None:
        apart = self.box.spreads and self.layout.parents[element] == self.box.element
        if apart or (told is not None and told.in_line):
            self.space()
        if name in _WRITTEN:
            self.buffer.append(_WRITTEN[name])
        elif name == "svg" and self.drawing < 0:
            self.apart.append((element, len(self.buffer), "alt"))
            self.drawing = element
        elif name in BOLD and self.drawing < 0:
            self.bold.open(element, self.buffer)
        elif self.drawing >= 0 or (name == "a" and self.buffer and self.buffer[-1] == ""):
            self.buffer.append(" ")  # texts of a drawing, or links without a blank between them
        if told is None:
            return
        self.mark = told.mark or self.mark
        if told.glyph:
            self.apart.append((element, len(self.buffer), "glyph"))
        if told.spoken:
            self.speak(element, name, told.spoken)
        if (told.copy or told.hidden) and name not in VOID and self.drawing < 0:
            kind = "copy" if told.copy else "rest"
            self.apart.append((element, len(self.buffer), kind))

    def speak(self, element: int, name: str, said: str) -> None:
        """What is said in an inline element's place, after the run; an emoji stands in it."""
        if name == "img" and is_sign(said):
            self.buffer.append(said)  # a script has drawn what was written
        else:
            kind = "form-label" if name in ("input", "textarea") else "alt"
            self.later.append(self.leaf(said, element, kind))

    def space(self) -> None:
        """A gap that the page shows between two inline elements; not between single letters."""
        if self.buffer and len(self.buffer[-1].strip()) > 1:
            self.buffer.append(" ")

    def open_box(self, element: int, name: str, told: Traits | None) -> None:
        if self.buffer or self.later:
            self.flush()
        if name in VOID:
            if told is not None and told.spoken:
                self.later.append(self.leaf(told.spoken, element, told.kind or "alt"))
            return
        above = self.box
        box = self.box = Box(element, name, above, above.setting, len(self.layout.leaves))
        self.layout.boxes.append(box)
        box.breaks = above.breaks or name == "pre" or (told is not None and told.breaks)
        if told is not None or name in _SETTING:
            self.set(box, above, told or NOTHING)
            if told is not None and name == "li":
                self.mark = told.mark
            if box.region == "nav" != above.region:
                self.menus.append(Menu(box, len(self.layout.boxes) - 1, above.region))
        elif above.shut:
            box.setting = above.setting._replace(hidden=True)

    def set(self, box: Box, above: Box, told: Traits) -> None:
        """What a box's name and attributes change for everything inside it."""
        name = box.name = told.acts_as or box.name
        held = above.setting
        box.shut, box.card = told.shut, told.kind == "price-card"
        box.spreads = told.spreads
        box.setting = Setting(
            region=told.region if begins(told.region, held) else held.region,
            hidden=held.hidden or told.hidden or told.copy or (above.shut and name != "summary"),
            kind=kind_of(name, "" if box.card else told.kind, held.kind),
            asked=box if told.question else held.asked,
            item=box if name == "li" else held.item,
            cell=box if name in ("td", "th") else held.cell,
            sectioned=held.sectioned or name in SECTIONS,
        )
        if told.spoken:
            self.later.append(self.leaf(told.spoken, box.element, box.setting.kind or "alt"))

    def close_box(self, element: int) -> None:
        if (self.buffer or self.later or self.mark) and not self.is_icons_wrapper():
            self.flush()
        self.box.last = len(self.layout.leaves)
        if self.menus and self.menus[-1].box is self.box:
            menu = self.menus.pop()
            if holds_text(self.layout, menu):
                menu.open_up(self.layout)
        if self.box.parent is not None:
            self.box = self.box.parent
        if self.withdrawn and self.withdrawn[-1] == element:
            self.withdrawn.pop()

    def is_icons_wrapper(self) -> bool:
        """Whether all that a box holds is an icon for the cell around it; a cell says its icon."""
        box, above, first = self.box, self.box.parent, len(self.layout.leaves)
        if not self.mark or self.buffer or self.later or box.setting.cell or box.first < first:
            return False
        if CELL.search(box.looks):
            self.later.append(self.leaf(self.mark, box.element, "alt"))
            return False
        return above is not None and above.first == first and CELL.search(above.looks) is not None

    def close_inline(self, element: int, name: str) -> None:
        if self.withdrawn and self.withdrawn[-1] == element:
            self.withdrawn.pop()
        if self.apart and self.apart[-1][0] == element:
            self.set_apart(element)
        elif name in BOLD:
            self.bold.close(element, self.buffer)
        elif name == "q":
            self.buffer.append("”")
        elif name == "a" and self.buffer:
            self.buffer.append("")

    def set_apart(self, element: int) -> None:
        """Take the text of a drawing, or of a copy for screen readers, out of the run around it."""
        _, position, kind = self.apart.pop()
        if element == self.drawing:
            self.drawing = -1
        if kind == "rest":
            self.settle_rest()
            if self.rest.hold(element, position, self.buffer):
                return
            kind = "copy"
        raw = "".join(self.buffer[position:]).replace(BREAK, " ")
        if raw and not (kind == "glyph" and any(map(str.isupper, raw))):  # glyphs have no capitals
            del self.buffer[position:]
            self.rest.forget(position)
            text = collapse(unescape(raw))
            if kind == "glyph":
                self.mark = glyph_mark(text) or self.mark
            elif text:
                self.later.append(self.leaf(text, element, kind))

    def settle_rest(self) -> None:
        """Take a hidden text out of the run after all, where what follows it is seen."""
        withheld = self.rest.settle(self.buffer)
        if withheld is not None:
            element, text = withheld
            self.later.append(self.leaf(text, element, "copy"))

    def leaf(self, text: str, element: int, kind: str) -> Leaf:
        return Leaf(text, self.box, element, kind, self.box.setting.hidden or self.box.shut)

    def flush(self) -> None:
        """End the run of text: its leaves, and after them what is said rather than written."""
        box, leaves, buffer = self.box, self.layout.leaves, self.buffer
        first = len(leaves)
        self.settle_rest()
        if buffer:
            setting = box.setting
            kind, hidden = setting.kind or "paragraph", setting.hidden or box.shut
            asks = kind == "paragraph" and setting.cell is None
            for run, bold in self.bold.runs(buffer, asks=asks):
                for text in texts(run, one_line=kind.startswith("heading")):
                    leaves.append(Leaf(text, box, box.element, kind, hidden, bold, self.mark))
            buffer.clear()
        cell = box.setting.cell
        if self.mark and cell is not None and len(leaves) == cell.first and not self.later:
            self.later.append(self.leaf(self.mark, box.element, "alt"))
        if self.later:
            written = "".join(leaf.text for leaf in leaves[first:])
            self.flush_later(key(written[:_MAX_COMPARED]))
        self.bold, self.mark = BoldLines(), ""

    def flush_later(self, written: str) -> None:
        """What alternative texts and hidden copies add to the run, whose key is ``written``."""
        for leaf in self.later:
            if leaf.kind != "form-label" and written and key(leaf.text) in written:
                continue
            if leaf.kind == "copy":
                leaf.kind, leaf.hidden = leaf.box.setting.kind or "paragraph", True
            self.layout.leaves.append(leaf)
        self.later.clear()
