r"""The syntax of terms, and the plain words that a text must hold for a term to stand in it.

A term is written in that part of RE2's syntax (https://github.com/google/re2/wiki/Syntax) which the
lexicon needs: literals, ``.``, classes, ``\w \d \s \b``, groups ``(?:...)``, ``|``, and counts.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product

_PLAIN = re.compile(r"[^.\[(\\?*+{|)^$]+(?![?*+{])")
_ATOM = re.compile(r"\[\^?\]?[^]]*\]|\\.|.", re.DOTALL)
_SIGN_FIRST = re.compile(r"(?:\(\?:)*(?:\\[$(+|]|[$£€\"%&#]|\[[$£€\"]+\])(?![?*])")
_SIGN_LAST = re.compile(r"(?:\\[$)+|.?!]|[%\":;,!]|\[[.,:;!?]+\]|(?<!\\)\$)\)*$")
_COUNT = re.compile(r"(?:([?*+])|\{(\d+)(,?)(\d*)\})\??")
# So many texts at most stand for a part; a part with more of them stands for nothing plain.
_MAX_TEXTS = 64
# Words that stand in almost every text tell nothing.
_COMMON = frozenset(
    """
    a about after all also an and any are as ask asks at be been before being book but by can can't
    cannot cant care clients could day days did do does don't done dont each every find first for
    from get gets give had has have he her here his how i if in into is isn't isnt it its just keep
    know like made make makes many may me members more most must my need needs never new no not now
    of off on once one only or other our out over own patients people per plan run said same see
    sees she should so some take takes team than that the their them then there these they this
    those through time to two under until up us use used was way we week weeks well went were what
    when where which while who will with without won't wont work would year years you your
    """.split()  # noqa: SIM905 - a text of words is easier to read and to keep
)


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a part of a term.

    ``exact``: all texts that it can be, where they are few and plain. ``needed``: sets of texts;
    whatever the part matches holds one text of each.
    """

    exact: frozenset[str] | None
    needed: tuple[frozenset[str], ...] = ()

    @property
    def told(self) -> tuple[frozenset[str], ...]:
        """All sets of texts of which one has to be there."""
        return self.needed if self.exact is None else (self.exact,)


_ANYTHING = Part(None)
_NOTHING = Part(frozenset({""}))
# Signs that are seldom seen.
_SIGNS = frozenset('"$%&#+')
# Where a word begins or ends; no folded text holds it.
_EDGE = "\0"


@dataclass(frozen=True, slots=True)
class Word:
    """A plain text that tells of a term.

    ``begins`` and ``ends``: it has to begin or end where a word does. ``whole``: it is the term
    itself, and where it stands the term stands.
    """

    text: str
    begins: bool
    ends: bool
    whole: bool


@cache
def telling(term: str) -> tuple[tuple[Word, ...], ...]:
    """Groups of words: one of each stands in every text in which the term stands.

    None where nothing is known of the term; those that tell most come first.

    Raises:
        ValueError: the term ends within a group.
    """
    reader = _Reader(term)
    part = reader.either()
    if reader.at < len(term):
        raise ValueError(f"{term[reader.at :]!r} is not expected there")
    edge = Part(frozenset({_EDGE}))
    begins, ends = edges(term)
    found = _one_after_another([*[edge] * begins, part, *[edge] * ends])
    if found.exact is not None:
        empty = "" in (text.replace(_EDGE, "") for text in found.exact)
        return () if empty else (_group(found.exact, whole=True),)
    return tuple(_group(texts, whole=False) for texts in _ranked(found.needed))


def _group(texts: frozenset[str], whole: bool) -> tuple[Word, ...]:
    return tuple(
        Word(text.replace(_EDGE, ""), text.startswith(_EDGE), text.endswith(_EDGE), whole)
        for text in sorted(texts)
    )


def edges(term: str) -> tuple[bool, bool]:
    """Whether a term begins and ends where a word does: "$199" and "74%" have a sign there."""
    return not _SIGN_FIRST.match(term), not _SIGN_LAST.search(term)


class _Reader:
    """Recursive descent over one term that RE2 has accepted."""

    def __init__(self, term: str) -> None:
        self.term, self.at = term, 0

    def either(self) -> Part:
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else _any_of(branches)

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            plain = _PLAIN.match(self.term, self.at)
            if plain:
                self.at = plain.end()
                parts.append(Part(frozenset({plain[0]})))
            else:
                parts.append(self.counted(self.atom()))
        return _one_after_another(parts)

    def atom(self) -> Part:
        if self.term.startswith("(?:", self.at):
            self.at += 3
            inner = self.either()
            if self.peek() != ")":
                raise ValueError("a group without its end")
            self.at += 1
            return inner
        found = _ATOM.match(self.term, self.at)
        sign = found[0] if found else ""
        self.at += len(sign)
        return _sign(sign)

    def counted(self, part: Part) -> Part:
        count = _COUNT.match(self.term, self.at)
        if not count:
            return part
        self.at = count.end()
        sign, low, comma, high = count.groups()
        if sign == "?" or (low == "0" and high == "1"):
            return Part(part.exact | {""}) if part.exact else _ANYTHING
        if sign == "*" or low == "0":
            return _ANYTHING
        return part if low == "1" == (high or low) and not comma else Part(None, part.told)

    def peek(self) -> str:
        return self.term[self.at : self.at + 1]


def _sign(sign: str) -> Part:
    if sign == "\\b":
        return Part(frozenset({_EDGE}))
    if sign in ("^", "$"):
        return _ANYTHING  # the start or end of the text: what stands beside it is not all
    if sign.startswith("["):
        inside = sign[1:-1]
        plain = not inside.startswith("^") and "-" not in inside[1:-1] and "\\" not in inside
        return Part(frozenset(inside)) if plain and len(inside) < 4 else _ANYTHING
    if sign.startswith("\\"):
        if sign == "\\d":
            return Part(frozenset(string.digits))
        return _ANYTHING if sign[1].isalnum() else Part(frozenset({sign[1]}))
    return _ANYTHING if sign == "." else Part(frozenset({sign}))


def _any_of(branches: list[Part]) -> Part:
    exact = [b.exact for b in branches]
    texts = frozenset[str]().union(*(e for e in exact if e is not None))
    if None not in exact and len(texts) <= _MAX_TEXTS:
        return Part(texts)
    best = [_ranked(b.told)[:1] for b in branches]
    if not all(best):
        return _ANYTHING
    return Part(None, (frozenset[str]().union(*(told[0] for told in best)),))


def _one_after_another(parts: list[Part]) -> Part:
    """Neighbours that are exact are read together; all that is needed is kept."""
    parts = [p for p in parts if p != _NOTHING]
    found: list[frozenset[str]] = []
    run: frozenset[str] = frozenset({""})
    whole = True
    for part in parts:
        if part.exact is not None and len(run) * len(part.exact) <= _MAX_TEXTS:
            run = frozenset(a + b for a, b in product(run, part.exact))
            continue
        found += [run, *part.needed]
        run = part.exact if part.exact is not None else frozenset({""})
        whole = False
    return Part(run) if whole else Part(None, (*found, run))


def _ranked(choices: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets of texts that tell anything, those first that are rare in each text, and few."""
    least = {texts: min(map(_tells, texts)) for texts in choices if texts}
    known = [texts for texts, tells in least.items() if tells]
    return sorted(known, key=lambda texts: (-least[texts], len(texts), sorted(texts)))


def _tells(text: str) -> int:
    """How much a text tells: its letters in words that are not common; 0 where it is a letter."""
    words = text.replace(_EDGE, " ").split()
    rare = sum(len(word) for word in words if word not in _COMMON)
    return rare if rare > 2 else int(any(len(w) > 1 or w.isdigit() or w in _SIGNS for w in words))
