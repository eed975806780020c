"""What two places of a page say together: made ready before a dose here, met again after it there.

A site tells its steps under headings of their own, and a rule may ask for two of them. Blocks that
hold one half each are read as one passage; what that says is quoted from both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.claims.passages import passage_of
from audit.pages.pages import Block, PageText
from audit.stances.found import Found, Passage
from audit.text.sentences import Span
from data.vocabulary import Voice

# Longer blocks say too much else. Of so many blocks a half so many pairs are tried.
_MOST_TEXT, _MOST_HELD, _MOST_PAIRS = 1200, 40, 24
_READ = {"paragraph", "list", "faq", "price-card"}


@dataclass(frozen=True, slots=True)
class Told:
    """A block that a provider says in its own voice, and the lines that it is about."""

    block: Block
    about: frozenset[str]


def halves(
    engine: Engine, rule: Rule, told: Sequence[Told], page: PageText
) -> list[tuple[Block, Found]]:
    """The claims of the first two blocks that together say what a rule asks for, one in each.

    Args:
        engine: rules and words.
        rule: one with ``halves``.
        told: blocks of the page, in order.
        page: where they stand.
    """
    for first, second in islice(_pairs(engine, rule, told), _MOST_PAIRS):
        joined = replace(
            first.block,
            text=f"{first.block.text}\n{second.block.text}",
            heading=first.block.heading if first.block.heading == second.block.heading else "",
            kind="paragraph",
            parts=(),
        )
        passage = passage_of(joined, page, Voice.PROVIDER, first.about)
        for found in engine.agreed(passage, {rule.id}):
            in_both = found.start < len(first.block.text) < found.end
            if in_both and _is_sure(found):
                return list(_apart(engine, rule, first.block, second.block, found))
    return []


def _is_sure(found: Found) -> bool:
    """Whether patterns and the second reader agree: nothing less will do for two places."""
    return found.set_aside is None and (found.score is None or found.score > 0)


def _pairs(engine: Engine, rule: Rule, told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """The first half and, below it, the second, about the same; the nearest pairs first."""
    short = [t for t in told if t.block.kind in _READ and len(t.block.text) <= _MOST_TEXT]
    numbered = [(n, engine.mentions(t.block.text)) for n, t in enumerate(short)]
    first, second = (
        [n for n, said in numbered if said.any_of(half)][:_MOST_HELD] for half in rule.halves
    )
    below = [(a, b) for a in first for b in second if a < b and short[a].about == short[b].about]
    for a, b in sorted(below, key=lambda pair: (pair[1] - pair[0], pair)):
        yield short[a], short[b]


def _apart(
    engine: Engine, rule: Rule, first: Block, second: Block, found: Found
) -> Iterator[tuple[Block, Found]]:
    """The claim as it is quoted from each block: the sentences of its half, and who is there."""
    before, after = (_sentence(engine, rule, block) for block in (first, second))
    end = found.end - len(first.text) - 1
    yield first, replace(found, start=min(found.start, before.start), end=before.end)
    yield second, replace(found, start=after.start, end=max(end, after.end))


def _sentence(engine: Engine, rule: Rule, block: Block) -> Span:
    """The first sentence of a block that holds a half."""
    wanted = frozenset[str]().union(*rule.halves)
    read = engine.statements(Passage(block.text))
    spans = (said.unit.spans[-1] for said in read if said.mentions.any_of(wanted))
    return next(spans, Span(0, len(block.text)))
