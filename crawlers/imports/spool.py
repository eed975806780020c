"""What a person captured, taken out of its file: bodies on disk, the rest in memory, in bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from crawlers.conduct.evidence import Exchange

MOST_CAPTURES = 5_000
MOST_BYTES = 1024**3


class SpoolFullError(Exception):
    """More was captured than one import takes in."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One capture: all but its body, where that is, and whether it was a file, not an answer.

    ``names`` are the ids of its record and of those beside it; an ``offset`` of None means that the
    body is larger than a page may be, and was left where it was.
    """

    exchange: Exchange
    offset: int | None
    length: int
    is_file: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Repeat:
    """A record that says "as before": of which address, and when; ``names`` are its ids.

    ``keys`` are those by which the one before goes: a digest, or an address.
    """

    url: str
    at: str
    keys: tuple[str, ...]
    names: frozenset[str] = frozenset()


@dataclass(slots=True)
class Spool:
    """Captures in the order of their file; ``left_out`` counts records by the reason."""

    file: IO[bytes]
    taken: list[Taken] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    # What became of the digests that a file carries of its own (``crawlers.imports.wacz``).
    digests: dict[Path, str] = field(default_factory=dict)
    repeats: list[Repeat] = field(default_factory=list)
    _end: int = 0
    _by_key: dict[str, Taken] = field(default_factory=dict)

    def add(
        self, exchange: Exchange, *, is_file: bool = False, names: frozenset[str] = frozenset()
    ) -> None:
        """Take in one capture.

        Raises:
            SpoolFullError: it would be one too many.
        """
        length = len(exchange.body)
        if len(self.taken) >= MOST_CAPTURES or self._end + length > MOST_BYTES:
            raise SpoolFullError
        self.file.seek(self._end)
        self.file.write(exchange.body)
        bare = replace(exchange, body=b"")
        self.taken.append(Taken(bare, self._end, length, is_file, names))
        self._end += length

    def name_last(self, keys: Iterable[str]) -> None:
        """Tell by which keys a later record may refer to the capture that was added last."""
        for key in keys:
            self._by_key.setdefault(key, self.taken[-1])

    def note(self, repeat: Repeat) -> None:
        """Remember what was as before.

        Raises:
            SpoolFullError: it would be one too many.
        """
        if len(self.repeats) >= MOST_CAPTURES:
            raise SpoolFullError
        self.repeats.append(repeat)

    def repeat(self) -> None:
        """Take in what was as before, now that all is there that it may refer to."""
        kept = {id(taken) for taken in self.taken}
        for repeat in self.repeats:
            found = (self._by_key[key] for key in repeat.keys if key in self._by_key)
            original = next((t for t in found if id(t) in kept), None)
            if original is None:
                self.left_out["a repeat of what is not there"] += 1
            elif len(self.taken) >= MOST_CAPTURES:
                self.left_out["more than one import takes in"] += 1
            else:
                same = replace(original.exchange, url=repeat.url, at=repeat.at)
                self.taken.append(replace(original, exchange=same, names=frozenset()))
        self.repeats.clear()

    def add_too_large(self, exchange: Exchange) -> None:
        """Take in that there is a page too large to be read."""
        if len(self.taken) >= MOST_CAPTURES:
            raise SpoolFullError
        self.taken.append(Taken(exchange, None, 0))

    def drop(self, names: set[str], reason: str) -> None:
        """Leave out, after all, the captures that go by one of these ids."""
        kept = [t for t in self.taken if not t.names & names]
        self.left_out[reason] += len(self.taken) - len(kept)
        self.taken = kept
        self.repeats = [repeat for repeat in self.repeats if not repeat.names & names]

    def exchange(self, taken: Taken) -> Exchange:
        """A capture with its body."""
        if taken.offset is None:
            return taken.exchange
        self.file.seek(taken.offset)
        return replace(taken.exchange, body=self.file.read(taken.length))

    def __iter__(self) -> Iterator[Taken]:
        return iter(self.taken)
