"""Who stands behind a provider: its pharmacy, and the seals and memberships that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told
from audit.facts.words import expressions, words
from data.fact_kinds import FactKind

_SEALS = words("seals")
_WORDS = expressions("suppliers")
_OF_A_PERSON = re.compile(r"(?:she|he|dr\.?) ")
_SHORT = 60
# A badge is the seal's name and little else.
_ROOM = 12
_BADGE_KINDS = ("alt", "button", "heading")
_NAME = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z][\w'’.-]*\s(?:(?:&|and|of)\s)?){1,4}"
    r"(?:Compounding\s)?(?:Pharmacy|Pharmacies|Apothecary|Compounding))\b"
)
_TYPE = re.compile(
    r"\b(?P<type>503a|503b|compounding) (?:\w+ )?(?:pharmac(?:y|ies)|facilit(?:y|ies))\b"
)


def read(passage: Passage) -> Iterator[Told]:
    """The pharmacies and seals in a block."""
    for statement in passage.statements:
        yield from _seals(passage, statement)
        yield from _pharmacies(passage, statement)
        yield from _types(statement)


def _seals(passage: Passage, statement: Statement) -> Iterator[Told]:
    badge = passage.block.kind in _BADGE_KINDS or len(passage.text) <= _SHORT
    for seal in _SEALS.find(statement.text):
        alone = badge and len(statement.text) <= seal.end - seal.start + _ROOM
        if not (alone or _WORDS["held"].search(statement.text)):
            continue
        if _OF_A_PERSON.match(statement.text) or _WORDS["not_held"].search(statement.text):
            continue
        if statement.is_asserted(seal.start, seal.end):
            beside = statement.text[: seal.start] + statement.text[seal.end :]
            unit = "pharmacy" if "pharmac" in beside else None
            yield Told(FactKind.CERTIFICATION, seal.value, *statement.span, unit)


def _pharmacies(passage: Passage, statement: Statement) -> Iterator[Told]:
    """Pharmacies by name, where the statement says that they supply this provider."""
    if not _WORDS["supplies"].search(statement.text):
        return
    for match in _NAME.finditer(passage.text, statement.start, statement.end):
        parts = match["name"].split()
        while parts and _WORDS["no_name"].fullmatch(parts[0].lower()):
            parts = parts[1:]
        place = (match.start() - statement.start, match.end() - statement.start)
        if len(parts) > 1 and statement.is_asserted(*place):
            yield Told(FactKind.PHARMACY, " ".join(parts), *statement.span)


def _types(statement: Statement) -> Iterator[Told]:
    match = _TYPE.search(statement.text)
    own = _WORDS["own"].search(statement.text) and not statement.is_of_other_treatment
    if match and own and statement.is_asserted(*match.span()):
        value = match["type"].upper() if match["type"][0].isdigit() else match["type"]
        yield Told(FactKind.PHARMACY_TYPE, value, *statement.span)


READER = Reader(read, _SEALS.texts | {"pharmac", "apothec", "compounding"})
