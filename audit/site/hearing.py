"""What a passage says, its claims and its offers: heard once, however many pages repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from audit.claims import offers
from audit.claims.claims import Engine
from audit.site import line_reader, route_signs
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement
from data.vocabulary import Voice

# Some five sites' worth; an entry takes about 2 kB.
_REMEMBERED = 2048


@dataclass(frozen=True, slots=True)
class Heard:
    """The claims of a passage; its ``offers``: (line, offered or disowned, place in its text).

    ``told``: the signs of how ketamine is given, by sentence. ``shows``: how likely the passage
    makes each line, ``None`` where nothing is known.
    """

    found: tuple[Found, ...]
    offers: tuple[tuple[str, bool, tuple[int, int]], ...]
    told: tuple[route_signs.Told, ...] = ()
    shows: tuple[float, ...] | None = None


@lru_cache(maxsize=_REMEMBERED)
def hear(engine: Engine, passage: Passage, speaks: bool) -> Heard:
    """What a passage says by itself, wherever it stands.

    Templates, notices and boilerplate come on page after page, and at provider after provider.

    Args:
        engine: rules and words.
        passage: the passage with all that its meaning depends on.
        speaks: whether it can assert anything; the entries of a menu cannot.
    """
    read = engine.statements(passage)
    found = engine.find(passage, read) if speaks else []
    offered, told = tuple(_offers(engine, read)), tuple(route_signs.told_in(read))
    is_own = speaks and passage.voice == Voice.PROVIDER
    scores = line_reader.bundled().shows(passage, told, offered) if is_own else None
    shows = None if scores is None else tuple(map(float, scores))
    return Heard(tuple(found), offered, told, shows)


@lru_cache(maxsize=_REMEMBERED)
def agreed(engine: Engine, passage: Passage, rules: frozenset[str]) -> tuple[Found, ...]:
    """What patterns find a passage to state of some rules, as the second reader judges it."""
    return tuple(engine.agreed(passage, rules))


def _offers(
    engine: Engine, read: Iterable[Statement]
) -> Iterator[tuple[str, bool, tuple[int, int]]]:
    for statement in read:
        unit = statement.unit
        said = offers.said_in(engine.offers, statement)
        place = unit.place if unit.asked and unit.spans[0].end else unit.spans[-1]
        yield from ((line, offered, (place.start, place.end)) for line, offered in said)
