"""Who stands behind a provider: its pharmacy, and the seals and memberships that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told
from audit.facts.words import words
from data.fact_kinds import FactKind

_SEALS = words("suppliers")
_HELD = re.compile(
    r"\b(?:certif\w+|accredit\w+|verif\w+|members?(?:hip)?|approved|approval|registered|enrolled|seal|rated|recognized|trained)\b"
)
_NOT_HELD = re.compile(
    r"\b(?:look for|check (?:for|that|whether)|choose|make sure|should|seeking|appl(?:y|ied|ying)|pending"
    r"|pursuing|working toward|ask (?:if|whether)|whether|if)\b"
)
_OF_A_PERSON = re.compile(r"(?:she|he|dr\.?) ")
_SHORT = 60
_BADGE_KINDS = ("alt", "button", "heading")
_PHARMACY_NAME = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z][\w'’.-]*\s(?:(?:&|and|of)\s)?){1,4}(?:Compounding\s)?(?:Pharmacy|Pharmacies|Apothecary|Compounding))\b"
)
_NO_NAME = frozenset(
    "our your the a an local licensed compounding partner partnered specialty state national retail"
    " mail-order mail us u.s. online accredited certified trusted independent pharmacy board of community"
    " this that which any every each 503a 503b american".split()
)
_SUPPLIES = re.compile(
    r"\b(?:our (?:\w+ ){0,2}(?:pharmacy|partner)|partner(?:s|ed)? with|pharmacy partner|work(?:s|ing)? with|(?:dispensed|compounded"
    r"|filled|shipped|mailed|prepared|made|supplied|fulfilled|provided)(?: \w+){0,4} (?:by|at|from)|sent to|ships?|comes? from)\b"
)
_TYPE = re.compile(r"\b(?P<type>503a|503b|compounding) (?:\w+ )?(?:pharmac(?:y|ies)|facilit(?:y|ies))\b")
_OWN = re.compile(
    r"\b(?:our|we|is (?:compounded|made|prepared|dispensed|shipped|filled)|are (?:compounded|made|prepared|dispensed|shipped|filled)|ships?|sent)\b"
)


def read(passage: Passage) -> Iterator[Told]:
    """The pharmacies and seals in a block."""
    for statement in passage.statements:
        yield from _seals(passage, statement)
        if "pharmac" in statement.text or "apothec" in statement.text or "compound" in statement.text:
            yield from _pharmacies(passage, statement)
            yield from _types(statement)


def _seals(passage: Passage, statement: Statement) -> Iterator[Told]:
    badge = passage.block.kind in _BADGE_KINDS or len(passage.text) <= _SHORT
    for seal in _SEALS.find(statement.text):
        own_word = _HELD.search(statement.text[seal.start : seal.end])
        held = own_word or _HELD.search(statement.text)
        alone = badge and len(statement.text) <= seal.end - seal.start + 12
        if not (held or alone) or _OF_A_PERSON.match(statement.text) or _NOT_HELD.search(statement.text):
            continue
        if statement.is_asserted(seal.start, seal.end):
            beside = statement.text[: seal.start] + statement.text[seal.end :]
            unit = "pharmacy" if "pharmac" in beside else None
            yield Told(FactKind.CERTIFICATION, seal.value, *statement.span, unit)


def _pharmacies(passage: Passage, statement: Statement) -> Iterator[Told]:
    """Pharmacies by name, where the statement says that they supply this provider."""
    if not _SUPPLIES.search(statement.text):
        return
    for match in _PHARMACY_NAME.finditer(passage.text, statement.start, statement.end):
        name = " ".join(match["name"].split())
        parts = name.split()
        while parts and parts[0].lower() in _NO_NAME:
            parts = parts[1:]
        start = match.start() - statement.start
        if len(parts) > 1 and statement.is_asserted(start, match.end() - statement.start):
            yield Told(FactKind.PHARMACY, " ".join(parts), *statement.span)


def _types(statement: Statement) -> Iterator[Told]:
    match = _TYPE.search(statement.text)
    if match and _OWN.search(statement.text) and statement.is_asserted(*match.span()):
        value = match["type"].upper() if match["type"][0].isdigit() else match["type"]
        yield Told(FactKind.PHARMACY_TYPE, value, *statement.span)


READER = Reader(read, _SEALS.texts | {"pharmac", "apothec", "compounding"})
