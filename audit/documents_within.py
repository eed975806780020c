"""Documents that a page carries whole: ``<iframe srcdoc="...">``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.blocks import Block, compose
from audit.boxes import lay_out
from audit.layout import Layout
from audit.markup import PageRefused, parse
from audit.places import Outline
from audit.traits import attributes

_MOST = 20


def blocks_within(layout: Layout) -> Iterator[Block]:
    """The blocks of such documents, each at its ``<iframe>``; one within another is not read."""
    outline = Outline(layout.names, layout.parents)
    frames = [e for e in layout.attributes if layout.names[e] == "iframe"]
    for element in frames[:_MOST]:
        source = attributes(layout.attributes[element]).get("srcdoc", "")
        if not source.strip():
            continue
        try:
            told = compose(lay_out(parse(source)))
        except PageRefused:
            continue
        for number, block in enumerate(b for b in told if b.kind != "meta"):
            yield replace(block, outline=outline, element=element, ordinal=number)
