"""Which lines a house tells of, weighed over its pages: no sentence of theirs says "we offer".

Each passage in the house's own voice has a score for each line (``audit.site.line_reader``). A
house gives ketamine so where the best of them are high, where they are many among its passages and
among those that show any line, and where it is offered outright: ``numbers`` has all that counts,
and ``training/train_lines.py`` learnt by how much from whole invented sites.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from audit.pages.pages import Block, PageText
from audit.site import line_reader, no_service, site_names
from audit.site import route_signs as signs
from audit.site.hearing import Heard
from audit.stances.found import Passage
from audit.text.folding import fold
from audit.text.sentences import Span
from data.vocabulary import AT_HOME_LINES, SERVICE_LINES, Line, PageType

# What stands in a table weighs ways; a heading is read with what stands below it.
_NOT_READ = {"table-row", "heading", "form-label"}
_OWN_REGIONS = {"main", "head"}
_LOWEST, _HIGHEST = -4.0, 6.0
_BEST = 3
_MOST_SHARE, _MOST_COUNTED, _MOST_NAMED, _SURELY = 0.3, 4, 8, 1.5
# In words that say "we give none" and "we give it" so much oftener, others get none.
_NAMED_OFTENER = 4
# So few passages tell little of a house, and more than so many tell no more.
_FEW, _MANY = 12, 60
# How sure it has to be that an outright offer is one, and that half an offer is.
_VETO, _LEANING = -0.5, -2.5
# How sure it has to be of a house that says little; one passage alone may compare.
_SURE, _TWICE = 2.0, 2
# How sure it has to be of Spravato, at a house of another spray.
_OTHER_SPRAY = 1.0
# What a house tells of in its own name, that gives ketamine and does not only explain it.
_GIVEN = frozenset({signs.KETAMINE, *signs.ROUTES, signs.SHOT, signs.WATCHED, signs.THERAPIST})
# These lines have to be named, too: a spray may be any, and a guide is no therapist.
_NAMED = {Line.SPRAVATO: (signs.SPRAVATO,), Line.THERAPY: (signs.THERAPIST_HERE,)}
_TOLD = frozenset(
    {
        *(signs.KETAMINE, signs.NONE_HERE, signs.OTHER, signs.HOME, signs.HERE),
        *(sign for names in _NAMED.values() for sign in names),
    }
)
_POST = re.compile(r"\bblog\b")
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A passage of the house's own, and what was heard in it."""

    passage: Passage
    heard: Heard
    block: Block
    page: PageText


@dataclass(frozen=True, slots=True)
class Count:
    """How often a line is offered outright (``made``), how often that is denied (``against``).

    ``refused``: how often a sentence says that something is not given so. ``named``: how often
    ketamine is.
    """

    made: int = 0
    against: int = 0
    refused: int = 0
    named: int = 0


@dataclass(slots=True)
class LineEvidence:
    """What a house tells of, passage by passage.

    ``names_ketamine``: whether it does, anyhow. ``told``: how often it tells of ketamine, other
    medicines, home, and that it gives none; ``none``: how often that may be of ketamine, and
    ``none_outright``: surely; ``denied``: how often it says that something is not given so.
    ``counted``: how often each line is offered outright, and how often that is denied; ``plain``:
    those that a sentence offers by the names of drug and line, "We offer IV ketamine". ``is_ours``:
    whether the house itself speaks of ketamine or how it is given, and does not only explain it.
    ``called``: the names of the site, which say nothing of a page in its title.
    """

    called: Collection[str] = ()
    heard: list[Sighting] = field(default_factory=list)
    counted: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    told: Counter[str] = field(default_factory=Counter)
    denied: Counter[str] = field(default_factory=Counter)
    none: int = 0
    none_outright: int = 0
    names_ketamine: bool = False
    is_ours: bool = False
    _weights: dict[str, float] = field(default_factory=dict)
    _shown: Counter[str] = field(default_factory=Counter)

    def hear(self, sighting: Sighting) -> None:
        """Take in a passage in the provider's own voice."""
        block, page = sighting.block, sighting.page
        names = signs.names_ketamine(fold(f"{block.heading} {block.text}").text)
        self.names_ketamine |= names
        for said in sighting.heard.told:
            self.told.update(said.signs & _TOLD)
            self.denied.update(said.against)
            self.is_ours |= said.ours and bool(said.signs & _GIVEN)
            # "We don't do it" may be said of anything.
            if signs.NONE_HERE in said.signs:
                self.none += names or signs.KETAMINE in said.against
                self.none_outright += signs.KETAMINE in said.against
        is_read = block.region in _OWN_REGIONS and block.kind not in _NOT_READ
        if is_read and not self._is_apart(block, page):
            self.heard.append(sighting)

    def settle(self, counted: Mapping[str, tuple[int, int]]) -> None:
        """All pages were heard: weigh what they tell, beside what they offer outright."""
        self.counted, scores, reader = counted, self._scores(), line_reader.bundled()
        for column, line in enumerate(reader.lines):
            known = numbers(scores, column, self.count(line))
            # What it has not learnt yet counts nothing: so it can be trained anew.
            weighed = sum(reader.house.get(name, 0.0) * value for name, value in known.items())
            self._weights[line] = weighed + reader.house["bias"]
            self._shown[line] = int((scores[:, column] > 0).sum())

    def count(self, line: str) -> Count:
        """What is counted for a line, beside the scores of the passages."""
        made, against = self.counted.get(line, (0, 0))
        return Count(made, against, self.denied[_sign_of(line)], self.told[signs.KETAMINE])

    def _scores(self) -> Matrix:
        """A row for each passage in which anything is known, a column for each line."""
        rows = [s.heard.shows for s in self.heard if s.heard.shows is not None]
        return np.array(rows) if rows else np.zeros((0, len(line_reader.bundled().lines)))

    def weigh(self, line: str) -> float:
        """How likely it is that the house gives ketamine so: above 0 rather than not."""
        return self._weights[line]

    @property
    def gives_ketamine(self) -> bool:
        """Whether the house names ketamine, and seldom says that it gives none."""
        named = self.told[signs.KETAMINE]
        return self.names_ketamine and named >= _NAMED_OFTENER * self.none

    @property
    def is_of_others(self) -> bool:
        """Whether the house tells of other medicines, or that it gives none, and of no ketamine."""
        others = self.told[signs.OTHER] + self.told[signs.NONE_HERE]
        return others > 0 and not self.gives_ketamine

    @property
    def gives_none(self) -> bool:
        """Whether the house says outright that it gives no ketamine."""
        return self.none_outright > 0

    def tells(self, line: str) -> bool:
        """Whether the house gives ketamine so, by all that it tells."""
        bar = 0.0 if len(self.heard) >= _FEW else _SURE
        if line == Line.SPRAVATO and self.weigh(Line.AT_HOME_NASAL) > 0:
            bar = max(bar, _OTHER_SPRAY)
        often = self._shown[line] >= _TWICE
        return often and self._may_give(line) and self.weigh(line) > bar

    def bears_out(self, line: str) -> bool:
        """Whether what a house tells goes with half an offer: an entry of a menu, say."""
        return self._may_give(line) and self.weigh(line) > _LEANING

    def _may_give(self, line: str) -> bool:
        """Whether the house gives ketamine, and lets it out of the house where that is the line."""
        stays = line in AT_HOME_LINES and self.told[signs.HERE] > self.told[signs.HOME]
        names = _NAMED.get(Line(line), ())
        is_named = not names or any(self.told[name] for name in names)
        return self.gives_ketamine and self.is_ours and is_named and not stays

    def belies(self, line: str) -> bool:
        """Whether what a house tells goes against an outright offer, for another or none."""
        if line in self.plain or len(self.heard) < _FEW or self.weigh(line) >= _VETO:
            return False
        of_others = self.told[signs.OTHER] + self.denied[line] > 0
        return of_others or any(self.weigh(other) > 0 for other in SERVICE_LINES)

    def _is_apart(self, block: Block, page: PageText) -> bool:
        """Whether a passage stands where ways are weighed, under others, or another medicine."""
        over = fold(block.heading_path[-1]).text if block.heading_path else ""
        of_page = "" if page.page_type == PageType.HOME else page.title
        title = fold(site_names.without(of_page, self.called)).text
        return (
            no_service.is_over(block, page)
            or signs.compares(over)
            or (not over.endswith("?") and signs.is_set_apart(over))
            or any(signs.of_another(text) for text in (over, title))
            or signs.is_set_apart(title)
            or _POST.search(title) is not None
        )

    def places(self, line: str) -> Iterator[tuple[Span, Sighting]]:
        """The words that show a line most, the best of them first."""
        column = line_reader.bundled().lines.index(line)
        shown = ((s.heard.shows, s) for s in self.heard)
        best = sorted(
            ((float(scores[column]), s) for scores, s in shown if scores is not None),
            key=lambda pair: -pair[0],
        )
        for score, sighting in best[:_BEST]:
            if score > 0:
                yield _words(line, sighting), sighting


def numbers(scores: Matrix, column: int, count: Count) -> dict[str, float]:
    """What counts for a line at a house, by name.

    Args:
        scores: passages x lines.
        column: of the line.
        count: what is counted for the line.
    """
    own = sorted((float(score) for score in scores[:, column]), reverse=True)
    best = [max(_LOWEST, min(score, _HIGHEST)) for score in own[:_BEST]]
    best += [_LOWEST] * (_BEST - len(best))
    passages = _FEW + min(len(own), _MANY)
    shown, most = sum(score > 0 for score in own), int((scores > 0).sum(axis=0).max(initial=0))
    return {
        "first": best[0],
        "second": best[1],
        "third": best[2],
        "share": min(shown / passages, _MOST_SHARE),
        "share-of-sure": min(sum(score > _SURELY for score in own) / passages, _MOST_SHARE),
        "beside-the-most": shown / max(1, most),
        "made": float(min(count.made, _MOST_COUNTED)),
        "against": float(min(count.against, _MOST_COUNTED)),
        "refused": float(min(count.refused, _MOST_COUNTED)),
        "named": float(min(count.named, _MOST_NAMED)),
    }


def _words(line: str, sighting: Sighting) -> Span:
    """The sentence of a passage that has a sign of the line, else all of it."""
    sign = _sign_of(line)
    for said in sighting.heard.told:
        if sign in said.signs:
            return Span(said.start, said.end)
    return Span(0, len(sighting.passage.text))


def _sign_of(line: str) -> str:
    return signs.THERAPIST if line == Line.THERAPY else line
