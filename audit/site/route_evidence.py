"""Which lines a house tells of, added up over its pages: no sentence of theirs says "we offer".

"A nurse finds the meaty part of your shoulder", "the courier wants a signature": none of these is
an offer (``audit/claims/offers.yml``), but a house that gives ketamine and goes on telling of one
way in its own voice gives it so. What is added up, by line:

- A sentence weighs 1 for each line whose signs (``audit.site.route_signs``) stand in it, and 1 more
  for two signs together: a vein and a pump, or a needle and a muscle where no veins are told of.
- It weighs nothing where its text speaks of nobody, where it asks, is denied, is of others, of the
  past or the future, lists one way after the other, or stands on a page or under a heading that is
  rather about another medicine than about ketamine, or that weighs ways: "What forms are there?".
  Tables weigh ways, too.
- Denied, or asked and answered with no, it counts against its lines.
- Lozenges and sprays are taken at home only where the site also tells of parcels, video or a sofa,
  and more often than of what never leaves the house.

A line is told where this comes to ``_ENOUGH``, to more than twice what is said against it, and to
no small part of what is told of the line that most is told of. A house that says that it gives no
ketamine, or never says that it does, tells of none; nor does one that never speaks for itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.pages.pages import Block, PageText
from audit.site import no_service
from audit.site import route_signs as signs
from audit.site.route_signs import Told
from audit.text.folding import fold
from data.vocabulary import AT_HOME_LINES, Line, PageType

_ENOUGH, _SHARE = 2, 0.2
# How much oftener a site speaks of home than of what stays in the house.
_AT_HOME = 3
# A needle that is named so often need not always have the muscle beside it.
_SHOTS = 3
# Talk of medicine at large has no "we", "you" or "she"; titles, lists and prices may do without.
_OF_MEDICINE = {"paragraph", "faq"}
# What goes with a line: who speaks so to "you" speaks of it as the house's own.
_BESIDE = {
    signs.SPRAVATO: (signs.WATCHED,),
    signs.IV: (signs.SLOWLY,),
    signs.IM: (signs.SHOT,),
    signs.INJECTION: (signs.SHOT,),
}
# Other medicines, wherever they are named.
_OTHERS = "others-anywhere"
# "We don't provide ketamine", in so many words.
_NONE = "no-ketamine"
_OWN_REGIONS = {"main", "head"}
_POST = re.compile(r"\bblog\b")
_OVER_SPRAVATO = re.compile(r"\bcertified\b|\btwo hours\b")
# A spray is more often Spravato's where both are told of.
_RATHER = 1.5
_RARE, _SELDOM = 0.1, 0.2
_THERAPY = str(Line.THERAPY)


@dataclass(slots=True)
class _Part:
    """What a page tells under one heading."""

    heading: str
    heard: list[tuple[Block, Told]] = field(default_factory=list)

    def has(self, sign: str) -> bool:
        """Whether a sentence has a sign."""
        return any(sign in told.signs for _, told in self.heard)


class RouteEvidence:
    """The sentences of a site that tell of a route."""

    def __init__(self) -> None:
        self._pages: dict[int, tuple[PageText, bool, dict[str, _Part]]] = {}
        self._in_frame = False

    def hear(self, heard: Sequence[Told], block: Block, page: PageText, *, apart: bool) -> None:
        """Take in what a block tells in the provider's own voice.

        ``apart``: the page is about another service.
        """
        if block.region == "header":
            self._in_frame |= any(signs.KETAMINE in told.signs for told in heard)
        if heard and block.region in _OWN_REGIONS and block.kind != "table-row":
            over = fold(block.heading_path[-1]).text if block.heading_path else ""
            _, _, parts = self._pages.setdefault(id(page), (page, apart, {}))
            part = parts.setdefault(over, _Part(over))
            part.heard.extend((block, told) for told in heard)

    def sums(self) -> Sums:
        """All that is told, added up."""
        sums = Sums()
        sums.told[signs.KETAMINE] += self._in_frame
        for page, apart, parts in self._pages.values():
            heard = [told for part in parts.values() for _, told in part.heard]
            names_ketamine = any(_is_of_ketamine(told) for told in heard)
            skipped = page.page_type != PageType.HOME and _is_of_others(page, apart)
            skipped |= not names_ketamine and _outweighed(heard)
            for part in parts.values():
                _add(sums, page, part, skipped=skipped, on_ketamine=names_ketamine)
        return sums


@dataclass(slots=True)
class Sums:
    """How often each sign is told and denied; ``own``: in words of the house; ``words``: where.

    ``is_ours``: whether the house itself speaks anywhere of ketamine or how it is given.
    """

    told: Counter[str] = field(default_factory=Counter)
    against: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    words: list[tuple[Told, Block, PageText]] = field(default_factory=list)
    is_ours: bool = False

    @property
    def gives_ketamine(self) -> bool:
        """Whether the house says that it gives ketamine, and not that it gives none."""
        named, none = self.told[signs.KETAMINE], self.told[signs.NONE_HERE]
        return named > 0 and named >= 8 * none

    @property
    def gives_none(self) -> bool:
        """Whether the house says outright that it gives no ketamine."""
        return self.told[_NONE] > 0

    @property
    def is_of_others(self) -> bool:
        """Whether the house tells of other medicines, or that it gives none, and of no ketamine."""
        others = self.told[_OTHERS] + self.told[signs.NONE_HERE]
        return others > 0 and not self.gives_ketamine

    @property
    def by_line(self) -> dict[str, int]:
        """How much is told of each route."""
        told = self.told
        sprayed = 0 if self.against[signs.NASAL] else told["ketamine-spray"]
        im = told[signs.IM] + (told[signs.SHOT] >= _SHOTS)
        im += told["im-shot"] if told[signs.IV] < _ENOUGH else 0
        return {
            signs.IV: told[signs.IV] + told["iv-slowly"],
            signs.IM: im if told[signs.IM] else 0,
            signs.INJECTION: told[signs.INJECTION],
            signs.ORAL: told[signs.ORAL],
            signs.NASAL: told[signs.NASAL] + sprayed,
            signs.SPRAVATO: told[signs.SPRAVATO] + bool(told[signs.SPRAVATO]) * told[signs.WATCHED],
        }

    def lines(self) -> frozenset[str]:
        """The lines that are told."""
        if not (self.gives_ketamine and self.is_ours):
            return frozenset()
        weights = self.by_line
        most = max(weights.values())
        may_be = {signs.IV: True, signs.IM: weights[signs.IM] >= weights[signs.INJECTION]}
        may_be |= {signs.INJECTION: self._is_injected_at_home(weights)}
        may_be |= {signs.ORAL: self._is_at_home(weights), signs.NASAL: self._is_sprayed(weights)}
        may_be |= {signs.SPRAVATO: self.told[signs.SPRAVATO] >= _RARE * self.told[signs.KETAMINE]}
        found = {
            line
            for line, weight in weights.items()
            if may_be[line]
            and any(self.own[sign] for sign in (line, *_BESIDE.get(line, ())))
            and weight >= _ENOUGH
            and weight >= _SHARE * most
            and weight > 2 * self.against[line]
        }
        therapy = {_THERAPY} if self._is_therapy(most, signs.ORAL in found) else set[str]()
        return frozenset(found | therapy)

    def belies(self, line: str) -> bool:
        """Whether what is told goes against an offer: "Home injections" are another medicine's."""
        if line != signs.INJECTION or self.told[signs.INJECTION]:
            return False
        of_others = self.told[_OTHERS] + self.against[signs.INJECTION]
        return self.told[signs.IM] + of_others > 0

    def bears_out(self, line: str) -> bool:
        """Whether the house's own words tell of a line, and nothing against it: half an offer."""
        is_own = any(self.own[sign] for sign in (line, *_BESIDE.get(line, ())))
        is_own &= line not in AT_HOME_LINES or self.told[signs.HOME] > self.told[signs.HERE]
        return (
            self.gives_ketamine
            and self.is_ours
            and is_own
            and self.told[line] > 0
            and not self.against[line]
        )

    def places(self, line: str) -> Iterator[tuple[Told, Block, PageText]]:
        """The sentences that tell of a line."""
        sign = signs.THERAPIST if line == _THERAPY else line
        return (place for place in self.words if sign in place[0].signs)

    def _is_injected_at_home(self, weights: dict[str, int]) -> bool:
        is_ours = self.told["at-home-ketamine"] or not self.told[signs.OTHER]
        at_home = self.told[signs.HOME] > 0 and weights[signs.INJECTION] > weights[signs.IM]
        return bool(is_ours and at_home)

    def _is_at_home(self, weights: dict[str, int]) -> bool:
        home, here = self.told[signs.HOME], self.told[signs.HERE]
        in_clinic = weights[signs.IV] + weights[signs.IM] + weights[signs.SPRAVATO]
        return home > _AT_HOME * here and (home >= _ENOUGH or not in_clinic)

    def _is_sprayed(self, weights: dict[str, int]) -> bool:
        told, home = self.told, self.told[signs.HOME]
        ours = home > _AT_HOME * told[signs.HERE] and told["ketamine-spray"]
        often = self._is_at_home(weights) and min(home, told[signs.NASAL]) > _ENOUGH
        return bool(ours or often) and told[signs.NASAL] >= _RATHER * told[signs.SPRAVATO]

    def _is_therapy(self, most: int, is_oral: bool) -> bool:
        told = self.told
        count, around = told[signs.THERAPIST], told[signs.AROUND]
        if count <= 2 * self.against[signs.THERAPIST] or count < _SELDOM * told[signs.KETAMINE]:
            return False
        if told[signs.HERE] >= _ENOUGH and told[signs.ORAL] and not is_oral:
            return True
        is_told = count >= _ENOUGH and around > 0 and count + around >= 2 * _ENOUGH
        is_told = is_told and told[signs.BY_NAME] > 0
        return is_told and count >= _SHARE * most


def _add(sums: Sums, page: PageText, part: _Part, *, skipped: bool, on_ketamine: bool) -> None:
    """Add what is told under a heading; what is denied there counts wherever it stands."""
    told = [told for _, told in part.heard]
    of_other = not signs.names_ketamine(part.heading) and not part.has(signs.KETAMINE)
    skipped |= (of_other and _outweighed(told)) or signs.of_another(part.heading)
    skipped |= not part.heading.endswith("?") and signs.is_set_apart(part.heading)
    skipped |= signs.compares(part.heading)
    for block, heard in part.heard:
        sums.against.update(heard.against)
        sums.told[signs.NONE_HERE] += signs.NONE_HERE in heard.signs
        sums.told[_NONE] += signs.NONE_HERE in heard.signs and signs.KETAMINE in heard.against
        sums.told[_OTHERS] += signs.OTHER in heard.signs
        if skipped or (block.kind in _OF_MEDICINE and not heard.own):
            continue
        if no_service.is_over(block, page):
            continue
        here = heard.signs - {signs.NONE_HERE}
        if signs.SPRAVATO in here or _OVER_SPRAVATO.search(part.heading):
            here -= {signs.NASAL, "ketamine-spray"}
        sums.told.update(here)
        sums.own.update(here if heard.own else ())
        sums.is_ours |= heard.ours and bool(here & {signs.KETAMINE, *signs.ROUTES})
        sums.told["at-home-ketamine"] += on_ketamine and signs.INJECTION in here
        sums.words.append((heard, block, page))


def _outweighed(heard: Sequence[Told]) -> bool:
    """Whether other medicines are named in more sentences than routes are."""
    others = sum(signs.OTHER in told.signs for told in heard)
    return others > sum(bool(told.signs & signs.ROUTES) for told in heard)


def _is_of_ketamine(told: Told) -> bool:
    return signs.KETAMINE in told.signs and signs.OTHER not in told.signs


def _is_of_others(page: PageText, apart: bool) -> bool:
    """Whether a page is about another medicine, other times or others, by its title."""
    title = fold(page.title).text
    set_apart = signs.is_set_apart(title) or _POST.search(title) is not None
    return apart or set_apart or signs.of_another(title)
