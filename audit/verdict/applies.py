"""Whether a site speaks of what a rule is about: who sells no plan has no end of it to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.claims.passages import passage_of, readable
from audit.pages.pages import Block
from audit.site import services
from audit.site.read_page import ReadPage
from audit.site.sections import Sections
from audit.site.speakers import voice_of
from audit.stances.lines import OTHER_TREATMENT
from data.vocabulary import Line, Voice

# Stands for the lines of words that name none: they count for all.
ANY_LINE = ""
_ALL_LINES = {Line.ALL, Line.UNKNOWN}
_TABLE = "table-row"


def spoken_of(
    engine: Engine, pages: Sequence[ReadPage], rules: Iterable[Rule]
) -> dict[str, frozenset[str]]:
    """The concepts that decide whether a rule applies, and the lines of which they are said.

    Only what the provider itself says counts; a price of another treatment is no price here.
    """
    open_still = {concept for rule in rules for concept in rule.only_where}
    found: dict[str, set[str]] = {}
    house = services.of_house(engine, [read.text for read in pages])
    for read in pages if open_still else ():
        over = Sections(engine, read.text, house)
        for block in readable(read.text.blocks):
            if voice_of(block, read.text) != Voice.PROVIDER:
                continue
            mentions = engine.mentions(block.text)
            for concept in [c for c in open_still if c in mentions]:
                found.setdefault(concept, set()).update(_lines(engine, read, over, block, concept))
            open_still -= {c for c, of in found.items() if ANY_LINE in of}
    return {concept: frozenset(of) for concept, of in found.items() if of}


def at(line: str, concepts: Iterable[str], said: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the concepts is said of a line, or of none: that counts for all of them."""
    of = frozenset[str]().union(*(said.get(concept, frozenset()) for concept in concepts))
    return bool(of) and (line in _ALL_LINES or line in of or ANY_LINE in of)


def _lines(
    engine: Engine, read: ReadPage, over: Sections, block: Block, concept: str
) -> Iterator[str]:
    passage = passage_of(block, read.text, Voice.PROVIDER, over.about(block))
    told = False
    for statement in engine.statements(passage):
        if concept in statement.mentions:
            told = True
            yield from statement.lines - {OTHER_TREATMENT} if statement.lines else {ANY_LINE}
    # Half of it in the lead-in of a list, say; a table has cells of others, too.
    if not told and block.kind != _TABLE and not passage.lines:
        yield ANY_LINE
