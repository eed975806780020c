"""What the second reader knows of a passage: words, words of its heading, concepts and their mood.

Where a regular expression would have to look for a concept, that it may stand there is enough:
looking would take longer than all the rest, and the reader judges no worse without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit.concepts.lexicon import Lexicon
from audit.reader.known_words import as_known
from audit.stances.moods import Concepts
from audit.stances.stances import Statement
from audit.text.folding import fold

_WORD = re.compile(r"[a-z0-9$%']+")
LONGEST_RUN = 3
_HEADING_RUN = 2


# The marks of concepts by themselves: those that may stand there, and those that do.
_BARE = "S:", "C:"


@dataclass(frozen=True, slots=True)
class Features:
    """What the reader knows of a passage.

    Attributes:
        words: of its text, one after another: each run of up to ``LONGEST_RUN`` is a feature.
        around: of what stands around it, by name: the same for all sentences of a passage.
        moods: the concepts that come in each mood. There are a hundred and more, so that they are
            kept as numbers; each is a feature by itself and with its mood.
    """

    words: list[str]
    around: frozenset[str]
    moods: dict[str, Concepts]

    def concepts(self) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        """The marks before the names of some concepts, and for each mark the concepts."""
        single = len(self.moods) == 1
        whole = Concepts()
        for mood, there in self.moods.items():
            whole |= there
            marks = f"S={mood}", f"P={mood}", f"N={mood}"
            masks = there.suspected, there.said, there.denied
            if single:  # as in every sentence: all in one go
                yield (*marks, *_BARE), (*masks, *whole.bare)
            else:
                yield marks, masks
        if not single:
            yield _BARE, whole.bare

    def names(self, words: Lexicon) -> set[str]:
        """All features by name."""
        found = {*self.around, *runs(self.words, LONGEST_RUN)}
        for marks, masks in self.concepts():
            for mark, mask in zip(marks, masks, strict=True):
                found.update(map(mark.__add__, words.named(mask)))
        return found


def features(
    text: str, heading: str, about: tuple[str, ...], read: Iterable[Statement]
) -> Features:
    """What the reader knows of a passage.

    Args:
        text: the passage.
        heading: its heading.
        about: its line, voice and type of page, as ``L=...``.
        read: its statements.
    """
    moods: dict[str, Concepts] = {}
    for statement in read:
        known = moods.get(statement.mood)
        moods[statement.mood] = known | statement.concepts if known else statement.concepts
    return Features(words_of(text), around(heading, about), moods)


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(as_known(fold(text).text))


@lru_cache(maxsize=256)
def around(heading: str, about: tuple[str, ...]) -> frozenset[str]:
    """What stands around a passage, by name: its heading's words, and what is told ``about`` it."""
    words = words_of(heading)
    return frozenset(about).union(f"H:{run}" for run in runs(words, _HEADING_RUN))


def runs(words: Sequence[str], longest: int) -> Iterator[str]:
    """Each run of up to so many words that follow each other."""
    for length in range(1, longest + 1):
        shifted = (words[first:] for first in range(length))
        yield from map(" ".join, zip(*shifted, strict=False))
