"""Documents that a page carries whole: ``<iframe srcdoc="...">``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from audit.pages.blocks import Block, compose
from audit.pages.boxes import lay_out
from audit.pages.layout import Layout
from audit.pages.markup import PageRefused, parse
from audit.pages.places import Outline
from audit.pages.traits import attributes

_MOST = 20


def blocks_within(layout: Layout) -> Iterator[Block]:
    """The blocks of such documents, each at its ``<iframe>``; one within another is not read."""
    outline = Outline(layout.names, layout.parents)
    for element, source in islice(_sources(layout), _MOST):
        try:
            told = compose(lay_out(parse(source)))
        except PageRefused:
            continue
        for number, block in enumerate(b for b in told if b.kind != "meta"):
            yield replace(block, outline=outline, element=element, ordinal=number)


def _sources(layout: Layout) -> Iterator[tuple[int, str]]:
    for element, written in layout.attributes.items():
        if layout.names[element] == "iframe":
            source = attributes(written).get("srcdoc", "")
            if source.strip():
                yield element, source
