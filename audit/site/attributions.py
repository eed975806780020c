"""Which service a patient's words are of, by the line under them: "Roy B.", "Hormone patient".

Page builders set a quotation, a name and a role in three blocks of one box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.claims.claims import Engine
from audit.claims.own_words import speaks_of_ketamine
from audit.pages.pages import Block, PageText
from audit.site.services import Services
from audit.stances import lines
from audit.stances.lines import OTHER_TREATMENT
from data.vocabulary import PageType

OTHER_PATIENT = "other-patient"
_OTHERS = (OTHER_PATIENT, lines.OTHER_SERVICE, OTHER_TREATMENT)
_NOTHING, _APART = frozenset[str](), frozenset({OTHER_TREATMENT})
# A quotation has more words than a line that says whose it is.
_QUOTE_WORDS, _ROLE_WORDS = 6, 5
# A name, a role and a town, before or after the words, in a box at most so many levels up.
_LINES, _LEVELS = 3, 5
_LISTS = {"list", "list-item", "table-row"}
# "Kind people." is said, "Ida P." and "Ida P., Jr." are names.
_SENTENCE_ENDS = re.compile(r"[!?”\"]$|\w{3}\.$")
_MARKS = ("“", '"', "«", "„", "'", "‘")


class Attributions:
    """The lines under the quotations of a page."""

    def __init__(self, engine: Engine, page: PageText, house: Services) -> None:
        self._engine, self._house = engine, house
        everything = page.page_type == PageType.TESTIMONIAL
        told = [b for b in page.blocks if b.region == "main" and b.kind not in _LISTS]
        self._of: dict[tuple[int, int], frozenset[str]] = {}
        if not everything and all(b.kind != "testimonial" for b in told):
            return
        inside = _boxes(told)
        for number, block in enumerate(told):
            if (everything or block.kind == "testimonial") and _is_quote(block):
                for role in _in_box(inside, block) or _below(told, number):
                    if named := self._named(role.text):
                        self._of[block.element, block.ordinal] = named

    def lines_of(self, block: Block) -> frozenset[str]:
        """The lines that the words of a block are of; empty where nothing says so."""
        return self._of.get((block.element, block.ordinal), _NOTHING)

    def _named(self, role: str) -> frozenset[str]:
        mentions = self._engine.mentions(role)
        named = lines.named(mentions) - {OTHER_TREATMENT}
        if named or speaks_of_ketamine(mentions):
            return named  # "Ketamine and TMS patient"
        apart = mentions.any_of(_OTHERS) or self._house.are_named(role)
        return _APART if apart else _NOTHING


def _is_quote(block: Block) -> bool:
    return block.kind != "heading" and len(block.text.split()) >= _QUOTE_WORDS


def _is_role(block: Block) -> bool:
    short = 0 < len(block.text.split()) <= _ROLE_WORDS
    return short and not block.text.startswith(_MARKS) and not _SENTENCE_ENDS.search(block.text)


def _boxes(told: Sequence[Block]) -> dict[int, list[Block]]:
    inside: dict[int, list[Block]] = {}
    for block in told:
        # Words that stand in a box without an element of their own have the box as theirs.
        for box in (block.element, *block.outline.around(block.element, _LEVELS)):
            inside.setdefault(box, []).append(block)
    return inside


def _in_box(inside: dict[int, list[Block]], quote: Block) -> list[Block]:
    """The roles in the widest box that holds this quotation and no other one."""
    roles: list[Block] = []
    for box in quote.outline.around(quote.element, _LEVELS):
        held = [block for block in inside[box] if block is not quote]
        if len(held) > _LINES or not all(map(_is_role, held)):
            break
        roles = held
    return roles


def _below(told: Sequence[Block], number: int) -> Iterator[Block]:
    """The roles right after a quotation, where no box holds them together."""
    for block in told[number + 1 : number + 1 + _LINES]:
        if not _is_role(block) or block.kind == "heading":
            return
        yield block
