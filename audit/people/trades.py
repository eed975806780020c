"""What people do at a clinic, by the letters after their names and by what a page calls them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit.concepts import declarations

_FILE = Path(__file__).with_name("trades.yml")
_ENDS = "no_trade", "no_trade_then"
_KEYS = {"trades", "parts", *_ENDS, "examples"}
# "A board-certified psychiatric and family nurse practitioner": so many words before the last.
_LEAD = r"(?P<lead>(?:[a-z][\w'’&/-]*,? ){0,7}?)"


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade; ``said`` is how somebody of it is spoken of, ``part`` what it belongs to.

    ``minds``: it is mental health.
    """

    name: str
    said: str
    part: str
    letters: frozenset[str]
    words: tuple[str, ...]
    minds: bool


class Trades:
    """All trades, those first that say most."""

    def __init__(self, raw: dict[str, Any], path: Path) -> None:
        self._all = [_trade(path, name, told) for name, told in raw["trades"].items()]
        self._parts: dict[str, str] = raw["parts"]
        self.examples = [(e["text"], e["trade"]) for e in raw["examples"]]
        self._by_name = {trade.name: trade for trade in self._all}
        no_trade, then = ("|".join(declarations.texts(path, raw, key)) for key in _ENDS)
        self._barred = re.compile(rf"\b(?:{no_trade})\b", re.IGNORECASE)
        each = [(word, t.name) for t in self._all for word in t.words]
        self._names = [name for _, name in sorted(each, key=_longest_first)]
        words = "|".join(f"({word})" for word, _ in sorted(each, key=_longest_first))
        #: Any of the words, and the same at the end of a phrase.
        self.one_of = re.sub(r"\((?!\?)", "(?:", words)
        after = rf"(?![\w'’-])(?! (?:{then})\b)"
        self._phrase = re.compile(rf"{_LEAD}(?:{words}){after}", re.IGNORECASE)
        self.any_word = re.compile(rf"\b(?:{self.one_of})\b", re.IGNORECASE)

    def of_letters(self, letters: Iterable[str]) -> str:
        """The trade of somebody with these letters, or nothing."""
        had = frozenset(letters)
        return next((trade.name for trade in self._all if trade.letters & had), "")

    def of_phrase(self, text: str, start: int = 0) -> str:
        """The trade that a text names at a place: "a licensed family therapist"; or nothing."""
        found = self._phrase.match(text, start)
        if found is None or self._barred.search(found["lead"]):
            return ""
        return self._names[next(n for n, word in enumerate(found.groups()[1:]) if word)]

    def minds(self, said: str) -> bool:
        """Whether the trade that is spoken of so is mental health."""
        return any(trade.minds for trade in self._all if trade.said == said)

    def first(self, names: Collection[str]) -> str:
        """Of several trades of one person the one that says most."""
        return next((trade.name for trade in self._all if trade.name in names), "")

    def said(self, names: Collection[str]) -> str:
        """How somebody is spoken of who may be of any of these trades; or nothing."""
        if len(set(names)) == 1:
            return self._by_name[next(iter(names))].said if "" not in names else ""
        parts = {self._by_name[name].part if name else "" for name in names}
        if "" in parts:
            return ""
        return self._parts["clinicians" if len(parts) > 1 else parts.pop()]


def _longest_first(each: tuple[str, str]) -> tuple[int, str]:
    return -len(each[0]), each[0]


def _trade(path: Path, name: str, told: dict[str, Any]) -> Trade:
    declarations.check_keys(
        path,
        told,
        required={"said", "words"},
        optional={"letters", "part", "minds"},
        where=f"trades: {name}.",
    )
    words = declarations.texts(path, told, "words")
    letters = frozenset(told.get("letters", ()))
    return Trade(
        name, told["said"], told.get("part", ""), letters, tuple(words), told.get("minds", False)
    )


def load(path: Path = _FILE) -> Trades:
    """The trades of a file.

    Raises:
        UsageError: a key is unknown or missing.
    """
    return Trades(declarations.read(path, required=_KEYS, optional=set()), path)


@lru_cache(maxsize=1)
def bundled() -> Trades:
    """The trades that ship with ketawatch."""
    return load()
