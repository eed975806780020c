"""What a house says of its people by name: "Marta meets you first", where Marta is the prescriber.

Such a passage is heard twice, as it stands and in other words ("our nurse practitioner meets you
first"). The other words can only credit: a safeguard that is stated, never one that is denied and
never a claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.concepts import expressions
from audit.pages.pages import Block
from audit.people.by_name import ByName, Reworded
from audit.people.staff import Staff
from audit.site.hearing import Heard, agreed, hear
from audit.stances.found import Found, Passage
from data.vocabulary import SetAside, Stance

_TOLD = expressions.beside(__file__)
FILE = _TOLD.path
# What is done to a patient, and by whom.
_CREDITED, _CARE = "required-disclosure", ("screening.", "supervision.", "followup.")
# By the house itself; a patient or a post that says so is worth a look.
_SAID_BY = (None, SetAside.TESTIMONIAL, SetAside.BLOG)
# In other words than the page's the second reader has to be surer than in its own.
_SURE = 3.0
_PRICE = "price-amount"


class House:
    """How the passages of one site are heard, now that its people are known."""

    def __init__(self, engine: Engine, people: Staff) -> None:
        self._engine, self._by_name = engine, ByName(people)
        rules = engine.catalog.rules.values()
        self._care = frozenset(r.id for r in rules if _is_of_care(r))

    def hear(self, passage: Passage, speaks: bool) -> Heard:
        """What a passage says, with what it says of people by name."""
        heard = hear(self._engine, passage, speaks)
        more = tuple(self._credits(passage, self._care)) if speaks else ()
        return replace(heard, found=(*heard.found, *more)) if more else heard

    def agreed(self, passage: Passage, rules: frozenset[str]) -> list[Found]:
        """What patterns find it to state of some rules, and of people by name."""
        return [*agreed(self._engine, passage, rules), *self._credits(passage, self._care & rules)]

    def _credits(self, passage: Passage, rules: frozenset[str]) -> Iterator[Found]:
        said = self._by_name.reworded(passage.text)
        other = self._reworded(passage, said)
        if other == passage:
            return
        sure = [c for c in agreed(self._engine, other, rules) if _is_credit(c)]
        known = hear(self._engine, passage, speaks=True).found if sure else ()
        stated = {c.rule_id for c in known if c.stance == Stance.STATES and not c.set_aside}
        for found in sure:
            quote = other.text[found.start : found.end]
            is_care = not self._is_fee(quote) and not _is_no_care(quote)
            if found.rule_id not in stated and is_care:
                yield back(found, said)

    def _is_fee(self, quote: str) -> bool:
        """Whether it tells what an hour with somebody costs, and not what is done in it."""
        return _PRICE in self._engine.mentions(quote)

    def _reworded(self, passage: Passage, said: Reworded | None) -> Passage:
        heading = self._by_name.reworded(passage.heading)
        lead_in = self._by_name.reworded(passage.lead_in)
        return replace(
            passage,
            text=said.text if said else passage.text,
            parts=tuple((said.forth(a), said.forth(b)) for a, b in passage.parts)
            if said
            else passage.parts,
            heading=heading.text if heading else passage.heading,
            lead_in=lead_in.text if lead_in else passage.lead_in,
        )

    def block(self, block: Block) -> tuple[Block, Reworded | None]:
        """A block in other words, and the way back to it."""
        said = self._by_name.reworded(block.text)
        if said is None:
            return block, None
        parts = tuple((said.forth(a), said.forth(b)) for a, b in block.parts)
        return replace(block, text=said.text, parts=parts), said


def back(found: Found, said: Reworded | None) -> Found:
    """A claim of a text in other words, at its place in the text as it stands."""
    if said is None:
        return found
    return replace(found, start=said.start(found.start), end=said.end(found.end))


def _is_no_care(quote: str) -> bool:
    """Whether words tell of a life, of a wish or of another place, and of no care here."""
    return any(_TOLD[group](quote) for group in ("life", "uncertain", "elsewhere"))


def _is_of_care(rule: Rule) -> bool:
    return rule.kind == _CREDITED and rule.id.startswith(_CARE)


def _is_credit(found: Found) -> bool:
    """Whether patterns and the reader are sure of a safeguard of care that is stated."""
    return found.set_aside in _SAID_BY and (found.score is None or found.score > _SURE)
