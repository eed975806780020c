"""Of which of the lines that a sentence names a part of it speaks.

"IV ketamine treats PTSD and Spravato treats depression": nobody says that Spravato treats PTSD.
A sentence is cut where a part that tells something of one line is followed by a part that tells
something of another; "IV ketamine and Spravato treat PTSD" is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from audit.concepts.lexicon import Lexicon
from audit.concepts.mentions import Mentions
from audit.concepts.word_index import Place
from audit.stances import lines

# Before the next line's name: ", while", "; the"; of these the last one counts.
_CUT = re.compile(
    r"[;:] |, (?:and |but |or )?(?:while |whereas |though |although )?"
    r"| (?:and|while|whereas|but|though|although) | - "
)
# More words than these are no beginning: "and, for those whose plan pays, Spravato".
_FIRST_WORDS = 6
# What is said of a line: "for pain", "treats", "can help", "only depression".
_TOLD = re.compile(
    r"\b(?:for|is|are|was|can|could|may|might|will|has|have|does|only|helps?|treats?|works?"
    r"|relieves?|eases?|lifts?|quiets?|calms?|targets?|reduces?|improves?|addresses|lessens?"
    r"|softens?|handles?|covers?|suits?|takes?|lasts?|brings?|gives?|approved|used|meant)\b"
)
_FOR = re.compile(r"\b(?:for|in|when|if|with) \w")
# "Both raise your blood pressure", "they help with pain" says so of all.
_OF_ALL = re.compile(
    r"\b(?:both|they|neither|whichever|(?:all|each|either|any) of (?:them|these|our|the)"
    r"|(?:each|either) (?:one |treatment )?(?:helps?|can|may|is|has|works?)"
    r"|(?:all|these) (?:two|three|four|treatments|options|of which|can|may|help|are))\b"
)
# "We use it for those who cannot get Spravato": of what the page is about.
_IT = re.compile(r"\b(?:use|offer|give|choose|suggest|recommend|prescribe) it\b")
# "For pain we use one, and for depression, the other."
_FOR_ANOTHER = re.compile(
    r"(?:[;,] )?(?:and |but |while |whereas )?for (?:[\w'-]+ ){0,3}[\w'-]+,? "
    r"(?:(?:we|i) (?:\w+ )?(?:use|offer|give|have|prefer|suggest|provide) )?(?:the |our )?$"
)


def lines_at(
    words: Lexicon, text: str, said: Mentions, spoken: frozenset[str], start: int, end: int
) -> frozenset[str]:
    """The lines of which ``[start, end)`` of a sentence speaks: all, where it cannot be told.

    Args:
        words: knows the words for lines.
        text: the sentence, folded.
        said: its mentions.
        spoken: the lines of which the whole of it speaks.
        start: where the part of it begins.
        end: where it ends.
    """
    own = lines.named(said)
    if len(own) < 2 or _OF_ALL.search(text):
        return spoken
    parts = _parts(text, lines.places(said))
    here = [text[a:b] for a, b in parts if a < end and start < b]
    if len(parts) < 2 or len(here) == len(parts):
        return spoken
    if any(_IT.search(part) for part in here):
        return spoken
    told = frozenset[str]().union(*(lines.named(words.mentions(part)) for part in here)) & spoken
    return told | (spoken - own) if told else spoken


def together(told: Collection[frozenset[str]]) -> frozenset[str]:
    """The lines of what is found several times in a sentence: in clauses, and across them."""
    narrow = [one for one in told if not any(other < one for other in told if other)]
    return frozenset[str]().union(*narrow) if all(told) else frozenset()


def _parts(text: str, places: Sequence[Place]) -> list[Place]:
    """The parts of a text that tell something of a line each."""
    cuts = [0]
    for (_, before), (after, _) in pairwise(places):
        cut = _cut(text, before, after)
        if cut and _tells(text, cuts[-1], cut, before):
            cuts.append(cut)
    last = max((end for start, end in places if start >= cuts[-1]), default=0)
    if not _tells(text, cuts[-1], len(text), last):
        cuts = cuts[:-1] or cuts  # "... and so does Spravato" goes on about the same
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _cut(text: str, before: int, after: int) -> int:
    """Where the part with the next name begins; 0 where none does."""
    paired = _FOR_ANOTHER.search(text[before:after])
    if paired and _FOR.match(text):
        return before + paired.start()
    for cut in reversed(list(_CUT.finditer(text, before, after))):
        if len(text[cut.end() : after].split()) <= _FIRST_WORDS:
            return cut.start()
    return 0


def _tells(text: str, start: int, end: int, name_ends: int) -> bool:
    """Whether a part says something of the line that it names, before the name or behind it."""
    return bool(_TOLD.search(text, name_ends, end) or _FOR.search(text, start, name_ends))
