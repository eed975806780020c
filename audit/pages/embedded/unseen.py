"""The texts that a page carries as data, and shows nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from audit.pages.blocks import Block
from audit.pages.data_attributes import data_of
from audit.pages.embedded.data_scripts import ISLAND, Script
from audit.pages.embedded.embedded import Said, said_in_scripts
from audit.pages.embedded.microdata import said_in_meta
from audit.pages.layout import Layout
from audit.pages.markup import Markup
from audit.pages.places import Outline
from audit.pages.traits import attributes

_NO_LETTERS = bytes(c for c in range(128) if not chr(c).isalnum())
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# So many letters stand on a page by no chance, within whatever they stand.
_LONG = 20
# What stands before a question on a page, and not in its data: "1.", "Q:", "Question 3)".
_NUMBER = re.compile(r"^\W*(?:q(?:uestion)?\s?)?#?\d{0,3}\s?[:.)]\s*", re.IGNORECASE)
# So many letters are gone through in search of texts; a page that needs more was made for it.
_MOST_SEARCHED = 4_000_000_000


def unseen(markup: Markup, layout: Layout, blocks: Sequence[Block]) -> list[Block]:
    """The texts in scripts, properties and microdata that none of a page's blocks has."""
    elements, said = _said(markup, layout)
    if not said:
        return []
    page = _Shown(layout, blocks)
    outline = Outline(layout.names, layout.parents)
    found: list[Block] = []
    ordinals = Counter[int]()
    for text in said:
        if page.has(text):
            continue
        element = elements[text.script]
        found.append(text.block(outline, element, ordinals[element]))
        ordinals[element] += 1
    return found


def _said(markup: Markup, layout: Layout) -> tuple[list[int], list[Said]]:
    """What stands in data, and the elements that ``Said.script`` counts."""
    scripts = [element for element, name in enumerate(layout.names) if name == "script"]
    kept = {e: attributes(written) for e, written in layout.attributes.items()}
    props = [(e, props) for e in kept for props in _props(layout.names[e], kept[e])]
    islands = [element for element, _ in props]
    metas = [e for e in kept if "itemprop" in kept[e]]
    said = list(said_in_scripts((*markup.scripts, *(script for _, script in props))))
    said += said_in_meta((n, kept[e]) for n, e in enumerate(metas, len(scripts) + len(islands)))
    return [*scripts, *islands, *metas], said


def _props(name: str, given: dict[str, str]) -> Iterator[Script]:
    """The data that an element carries in attributes, as if scripts held it."""
    if name == "astro-island":
        yield f' type="{ISLAND}"', given.get("props", "")
    elif name != "script":
        for data in data_of(given):
            yield ' type="application/json"', data


class _Shown:
    """What a page shows, and what was told of its data."""

    def __init__(self, layout: Layout, blocks: Sequence[Block]) -> None:
        self._seen = {letters(leaf.text) for leaf in layout.leaves}
        self._seen.update(letters(b.text) for b in blocks if b.kind == "meta")
        for block in blocks:
            if block.kind == "faq" and len(block.parts) == 2:
                asked, answer = (block.text[slice(*part)] for part in block.parts)
                self._seen.update((letters(_NUMBER.sub("", asked)), letters(answer)))
        # Those of the documents within a page are no leaves of its own.
        within = [b.text for b in blocks if layout.names[b.element] == "iframe"]
        self._seen.update(letters(line) for text in within for line in text.split("\n"))
        texts = (*(leaf.text for leaf in layout.leaves), *within)
        self._all = b"".join(map(letters, texts))
        self._searches = _MOST_SEARCHED // (len(self._all) + 1)

    def has(self, text: Said) -> bool:
        """Whether a text is nothing new; what is new is so only once."""
        parts = [letters(part) for part in text.parts()]
        if all(part in self._seen for part in parts):
            return True
        whole = letters(text.text)
        is_asked = not text.is_answer or parts[0] in self._seen
        if is_asked and (whole in self._seen or (len(whole) >= _LONG and self._holds(whole))):
            return True
        if text.pieces and all(self._holds(letters(piece)) for piece in text.pieces):
            return True
        self._seen.update((whole, *parts))
        return False

    def _holds(self, said: bytes) -> bool:
        """Whether letters stand on the page, within whatever they stand."""
        self._searches -= 1
        return self._searches >= 0 and said in self._all


def letters(text: str) -> bytes:
    """What stays the same however quotes, dashes and white space are written."""
    lowered = text.lower() if text.isascii() else text.lower().translate(_RAISED)
    return lowered.encode("ascii", "ignore").translate(None, _NO_LETTERS)
