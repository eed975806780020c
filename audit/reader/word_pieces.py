"""Text in the pieces of words that the transformer knows, as numbers.

WordPiece as BERT reads it (Devlin et al. 2019): letters and digits in runs, every other mark for
itself; a word that is not in the list is cut into the longest pieces that are, the later ones
marked with "##".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from audit.reader.known_words import as_known
from audit.text.folding import fold

NOTHING, UNKNOWN, FIRST, APART = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
_RUN = re.compile(r"[^\W_]+|[^\s\w]|_")
# Longer runs are no words.
_LETTERS = 40
_HEADING_PIECES, _TEXT_PIECES = 48, 256
# Of more letters than this a piece no piece is seen.
_LETTERS_EACH = 20


class WordPieces:
    """The list of pieces, in the order of their vectors."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._unknown = self._numbers[UNKNOWN]
        self._of_word = lru_cache(maxsize=1 << 14)(self._cut)

    def of_passage(self, text: str, heading: str, about: Sequence[str]) -> tuple[list[int], int]:
        """What the transformer sees: who speaks where and under what heading, then the text.

        Returns:
            The numbers of the pieces, and how many of them come before the text.
        """
        about_it = " ".join(about).replace("=", " ")
        told = self._of(f"{about_it} : {heading}", _HEADING_PIECES)
        said = self._of(text, _TEXT_PIECES)
        first, apart = self._numbers[FIRST], self._numbers[APART]
        return [first, *told, apart, *said, apart], len(told) + 2

    def _of(self, text: str, most: int) -> list[int]:
        found: list[int] = []
        for word in _RUN.findall(as_known(fold(text[: most * _LETTERS_EACH]).text)):
            found += self._of_word(word)
            if len(found) >= most:
                return found[:most]
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known beginning, the longest known beginning of the rest, and so on."""
        if len(word) > _LETTERS:
            return (self._unknown,)
        found, start = [], 0
        while start < len(word):
            lead = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(lead + word[start:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            start = end
        return tuple(found)
