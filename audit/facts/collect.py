"""The facts of a whole site: each distinct one once, at the first place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from audit.claims.claims import Engine
from audit.claims.passages import readable
from audit.facts import (
    clinicians,
    conditions,
    contact,
    costs,
    figures,
    history,
    insurance,
    services,
    sessions,
    states,
    suppliers,
)
from audit.facts.gate import Gate
from audit.facts.passage import Passage, is_for_staff
from audit.facts.told import Told
from audit.pages.pages import Block
from audit.site.read_page import ReadPage
from audit.site.site import SiteReading
from audit.site.speakers import voice_of
from audit.stances import lines
from data.fact_kinds import FactKind
from data.models import Fact
from data.vocabulary import SERVICE_LINES, Voice

READERS = (
    costs.READER,
    insurance.READER,
    sessions.READER,
    figures.READER,
    conditions.READER,
    states.READER,
    clinicians.READER,
    suppliers.READER,
    contact.READER,
    history.READER,
)
# These are about the provider as a whole, whatever line the words around them name.
_OF_PROVIDER = frozenset(
    {
        FactKind.CLINICIAN,
        FactKind.CLINICIAN_ROLE,
        FactKind.PHARMACY,
        FactKind.PHARMACY_TYPE,
        FactKind.CERTIFICATION,
        FactKind.TELEPHONE,
        FactKind.ADDRESS,
        FactKind.STATE_SERVED,
        FactKind.STATE_COUNT,
        FactKind.FOUNDED,
        FactKind.TRACK_RECORD,
        FactKind.CONDITION,
    }
)
# These are about ketamine only on a page that speaks of it.
_OF_TREATMENT = frozenset(
    {
        FactKind.PRICE,
        FactKind.PRICE_FROM,
        FactKind.PRICE_TO,
        FactKind.PRICE_COVERS,
        FactKind.SESSIONS,
        FactKind.SESSIONS_FROM,
        FactKind.SESSIONS_TO,
        FactKind.RESPONSE_FIGURE,
        FactKind.RESPONSE_FIGURE_FROM,
        FactKind.RESPONSE_FIGURE_TO,
        FactKind.CONDITION,
    }
)
_OURS = re.compile(r"ketamine|spravato|lozenge|troche|\bkap\b|infusion", re.IGNORECASE)
# Of the words that name a line, the beginnings: what has none of them names none.
_MAY_NAME = re.compile(
    r"\b(?:iv|im|rdt|kap)\b|infus|intra|drip|lozenge|troche|tablet|lingual|oral|melt|microdos|nasal|spray|mist"
    r"|inject|shot|syringe|pen|spravato|esketamine|therap|psychedelic|home|door|couch|sofa|room|ship|mail"
    r"|sent|office|clinic|suite|house|center|centre|practice",
    re.IGNORECASE,
)
_Key = tuple[str, str, str | None, str | None]


@lru_cache(maxsize=1)
def _gate() -> Gate:
    return Gate(READERS)


def of_site(engine: Engine, pages: Sequence[ReadPage], reading: SiteReading) -> tuple[Fact, ...]:
    """The facts of a site, in the order of its pages and blocks.

    Args:
        engine: for cues and words.
        pages: the site's pages, the home page first.
        reading: what claims were read from them; for the service lines.
    """
    found = _Found()
    for offer, told in services.told(reading):
        line = offer.line if told.kind == FactKind.DOSE_FORM else None
        found.add(offer.read, offer.block, told, line)
    seen: set[tuple[str, ...]] = set()
    for read in pages:
        ours: bool | None = None
        for passage, told in _of_page(engine, read, seen):
            if told.kind in _OF_TREATMENT:
                ours = _speaks_of_ketamine(read) if ours is None else ours
                if not ours:
                    continue
            line = None if told.kind in _OF_PROVIDER else _line(engine, passage, told)
            found.add(read, told.block or passage.block, told, line)
    return found.facts()


def _speaks_of_ketamine(read: ReadPage) -> bool:
    """Whether a page names ketamine anywhere, be it in its menu or its footer."""
    return any(_OURS.search(block.text) for block in read.text.blocks)


class _Found:
    """Facts by what they say, each at its first place."""

    def __init__(self) -> None:
        self._facts: dict[_Key, Fact] = {}
        # Of the last block: working a path out costs more than all the rest.
        self._block: Block | None = None
        self._css_path = ""

    def add(self, read: ReadPage, block: Block, told: Told, line: str | None) -> None:
        key = (told.kind, told.value.casefold(), told.unit, line)
        if key in self._facts:
            return
        if block is not self._block:
            self._block, self._css_path = block, block.css_path
        self._facts[key] = Fact(
            provider_id=read.page.provider_id,
            kind=told.kind,
            value=told.value,
            unit=told.unit,
            service_line=line,
            capture_id=read.page.capture_id,
            quote=block.text[told.start : told.end],
            char_start=told.start,
            char_end=told.end,
            css_path=self._css_path,
            block_ordinal=block.ordinal,
        )

    def facts(self) -> tuple[Fact, ...]:
        """All but those clinicians without credentials who have them elsewhere."""
        facts = self._facts.values()
        known = {f.value for f in facts if f.kind == FactKind.CLINICIAN and f.unit}
        return tuple(
            f
            for f in facts
            if f.kind != FactKind.CLINICIAN or f.unit is not None or f.value not in known
        )


def _of_page(
    engine: Engine, read: ReadPage, seen: set[tuple[str, ...]]
) -> Iterator[tuple[Passage, Told]]:
    """What the blocks of a page tell that no earlier page told in the same words."""
    if is_for_staff(read.text):
        return
    blocks = list(readable(read.text.blocks))
    for index, text, readers in _gate().open([block.text for block in blocks]):
        block = blocks[index]
        key = (block.text, block.heading, block.lead_in, block.kind)
        if key in seen or block.kind == "hydration":
            continue
        if voice_of(block, read.text) != Voice.PROVIDER:
            continue
        seen.add(key)
        passage = Passage(engine, read.text, blocks, index, text)
        for number, reader in enumerate(READERS):
            if number in readers and reader.may_read(passage):
                yield from ((passage, told) for told in reader.read(passage))


def _line(engine: Engine, passage: Passage, told: Told) -> str | None:
    """The one service line that a fact's words name, else its heading's; none if there are more."""
    block = told.block or passage.block
    for text in (block.text[told.start : told.end], block.heading):
        named = _named(engine, text) if _MAY_NAME.search(text) else ()
        if named:
            (line, *others) = named
            return None if others else line
    return None


@lru_cache(maxsize=2048)
def _named(engine: Engine, text: str) -> tuple[str, ...]:
    named = lines.named(engine.mentions(text)) if text else frozenset[str]()
    return tuple(line for line in SERVICE_LINES if line in named)
