r"""What the words of all terms tell, as plain tables that can be kept between two runs.

Words are marked: a ``\0``, which no folded text holds, stands where RE2's ``\b`` has a word of the
language begin or end. A word that needs its edges has the marks as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.concepts.terms import Word, telling

MARK = "\0"
# So many groups of a term are looked for in every text, the others where these are there.
MAX_GROUPS = 2
_INNER_EDGE = re.compile(r"(?<!^)\b(?!$)", re.ASCII)
# Signs, a word of the language or a part of one, and signs.
_SHORT = re.compile(r"(?:[^\w\0]*\0)?\w*(?:\0[^\w\0]*)?|[^\w\0]+", re.ASCII)


@dataclass(slots=True)
class Words:
    """Words by number, in order: the text of each, the groups that it fills, what it is.

    ``groups`` are numbers of groups, ``concepts`` those of concepts that stand where it does.
    """

    texts: list[str] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    concepts: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class WordTables:
    """The terms that are no plain texts, and the words of all.

    Attributes:
        terms: how each is written.
        concepts: the number of each one's concept.
        rest: for each the groups beyond the first ones; one word of each group has to be there.
        lacking: groups that a term does not have; group ``g`` of term ``t`` has the number
            ``g * len(terms) + t``.
        short: words that are one word of the language at most, with signs beside it.
        long: all others, and all that are whole terms.
    """

    terms: list[str]
    concepts: list[int]
    rest: list[list[list[str]]]
    lacking: list[int]
    short: Words
    long: Words

    @classmethod
    def of(cls, kept: dict[str, Any]) -> WordTables:
        """The tables as ``dataclasses.asdict`` has them."""
        return cls(**{**kept, "short": Words(**kept["short"]), "long": Words(**kept["long"])})


def tables_of(concepts: Sequence[Sequence[str]]) -> WordTables:
    """The tables for the terms of concepts, which are known by their numbers."""
    whole: defaultdict[str, set[int]] = defaultdict(set)
    terms: list[str] = []
    owners: list[int] = []
    told: list[tuple[tuple[Word, ...], ...]] = []
    for number, written in enumerate(concepts):
        for term in written:
            groups = telling(term)
            if groups and groups[0][0].whole:
                for word in groups[0]:
                    whole[_marked(word)].add(number)
            else:
                terms.append(term)
                owners.append(number)
                told.append(groups)
    parts, lacking = _parts(told)
    short = sorted(text for text in parts if text not in whole and _SHORT.fullmatch(text))
    long = sorted((parts.keys() | whole.keys()) - set(short))
    return WordTables(
        terms=terms,
        concepts=owners,
        rest=[[_least(group) for group in groups[MAX_GROUPS:]] for groups in told],
        lacking=lacking,
        short=Words(short, [parts[text] for text in short]),
        long=Words(
            long,
            [parts.get(text, []) for text in long],
            [sorted(whole.get(text, ())) for text in long],
        ),
    )


def _parts(told: Sequence[tuple[tuple[Word, ...], ...]]) -> tuple[dict[str, list[int]], list[int]]:
    """By a word the numbers of the groups that it fills; and of those that a term lacks."""
    parts: defaultdict[str, list[int]] = defaultdict(list)
    lacking = []
    for term, groups in enumerate(told):
        for place in range(MAX_GROUPS):
            number = place * len(told) + term
            if place >= len(groups):
                lacking.append(number)
            for text in _least(groups[place]) if place < len(groups) else ():
                parts[text].append(number)
    return dict(parts), lacking


def _least(group: Iterable[Word]) -> list[str]:
    """The words of a group, marked, without those in which another one stands."""
    least: list[str] = []
    for text in sorted({*map(_marked, group)}, key=len):
        if not any(other in text for other in least):
            least.append(text)
    return sorted(least)


def _marked(word: Word) -> str:
    """A word with the marks that it needs, and has between its own words and signs."""
    inside = _INNER_EDGE.sub(MARK, word.text)
    return MARK * word.begins + inside + MARK * word.ends
