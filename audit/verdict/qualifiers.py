"""Where a claim that needs a qualifier is made, and how near its qualifier stands.

Each place is judged alone: a page that repeats a claim without its qualifier is a place of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.claims.passages import passage_of, readable
from audit.pages.pages import Block
from audit.site.claim_rows import claim_in
from audit.site.read_page import ReadPage
from audit.site.speakers import can_assert, voice_of
from audit.stances import stances
from audit.stances.found import Passage
from audit.text.sentences import Span
from audit.verdict import footnotes
from data.models import Claim
from data.vocabulary import ClaimStatus, Stance

KIND = "required-qualifier"
_CLAIMED = {Stance.STATES, Stance.QUALIFIES}


class Near(IntEnum):
    """How near a claim its qualifier stands, the nearest first."""

    BESIDE = 0  # in the same block, the next one under the same heading, or its footnote
    ON_PAGE = 1
    ELSEWHERE = 2
    NOWHERE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a claim is made, with its qualifier.

    ``None``: nowhere on the site, or spread over the claim's block and the next.
    """

    claim: Claim
    near: Near
    qualifier: Claim | None = None


def places(
    engine: Engine, pages: Sequence[ReadPage], rules: Iterable[Rule], claims: Sequence[Claim]
) -> dict[str, list[Place]]:
    """Rule id -> the places of its claim, for the rules that ask for a qualifier.

    A rule that is ``triggered_by`` others takes their claims for its own.
    """
    site = _SiteBlocks(engine, pages)
    found: dict[str, list[Place]] = {}
    for rule in rules:
        if rule.kind == KIND:
            own = {rule.id, *rule.triggered_by}
            made = [c for c in claims if c.rule_id in own and _is_made(c)]
            found[rule.id] = [place for claim in made for place in site.places(rule, claim)]
    return found


def _is_made(claim: Claim) -> bool:
    return claim.status == ClaimStatus.ASSERTED and claim.stance in _CLAIMED


@dataclass(frozen=True, slots=True)
class _Spot:
    """A block on its page, by its number among the readable ones."""

    read: ReadPage
    number: int


class _SiteBlocks:
    """All blocks of a site, with the qualifiers that they carry."""

    def __init__(self, engine: Engine, pages: Sequence[ReadPage]) -> None:
        self._engine = engine
        self._blocks = {r.page.capture_id: list(readable(r.text.blocks)) for r in pages}
        self._pages = {r.page.capture_id: r for r in pages}
        self._spots: dict[tuple[str, str], list[_Spot]] = {}
        self._carried: dict[tuple[str, str, int, bool], Claim | None] = {}
        for read in pages:
            for number, block in enumerate(self._blocks[read.page.capture_id]):
                key = block.text, block.heading
                self._spots.setdefault(key, []).append(_Spot(read, number))

    def places(self, rule: Rule, claim: Claim) -> Iterator[Place]:
        """The claim on every page that shows the block in which it was found."""
        block = self._block_of(claim)
        for spot in self._spots.get((block.text, block.heading), ()) if block else ():
            yield self._place(rule, claim, spot)

    def _block_of(self, claim: Claim) -> Block | None:
        where = claim.css_path, claim.block_ordinal
        blocks = self._blocks.get(claim.capture_id, ())
        return next((b for b in blocks if (b.css_path, b.ordinal) == where), None)

    def _place(self, rule: Rule, claim: Claim, spot: _Spot) -> Place:
        block = self._blocks[spot.read.page.capture_id][spot.number]
        here = replace(
            claim,
            rule_id=rule.id,
            capture_id=spot.read.page.capture_id,
            css_path=block.css_path,
            block_ordinal=block.ordinal,
            region=block.region,
            page_type=spot.read.text.page_type,
        )
        if claim.rule_id == rule.id and claim.stance == Stance.QUALIFIES:
            return Place(here, Near.BESIDE)
        for near, spots in self._around(spot, claim):
            for other in spots:
                qualifier = self._qualifier(rule, other, near == Near.BESIDE)
                if qualifier:
                    return Place(here, near, qualifier)
            # Scattered over a whole page, single words would add up to what nobody said.
            if near == Near.BESIDE and self._together(rule, spots):
                return Place(here, near)
        return Place(here, Near.NOWHERE)

    def _together(self, rule: Rule, spots: list[_Spot]) -> bool:
        """Whether neighbouring blocks carry between them what the qualifier asks for."""
        if rule.qualifier is None or rule.qualifier.at_least < 2:
            return False
        read = [s for spot in spots for s in self._engine.statements(self._passage(spot))]
        return stances.qualified(rule.qualifier, read) is not None

    def _passage(self, spot: _Spot) -> Passage:
        block = self._blocks[spot.read.page.capture_id][spot.number]
        return passage_of(block, spot.read.text, voice_of(block, spot.read.text))

    def _around(self, spot: _Spot, claim: Claim) -> Iterator[tuple[Near, list[_Spot]]]:
        capture = spot.read.page.capture_id
        blocks = self._blocks[capture]
        following = blocks[spot.number + 1 : spot.number + 2]
        beside = [spot]
        if following and following[0].heading == blocks[spot.number].heading:
            beside.append(_Spot(spot.read, spot.number + 1))
        marks = footnotes.marks(blocks[spot.number].text, claim.char_start, claim.char_end)
        notes = (n for n, b in enumerate(blocks) if footnotes.mark_of(b.text) in marks)
        beside += [_Spot(spot.read, n) for n in notes if n != spot.number]
        yield Near.BESIDE, beside
        yield Near.ON_PAGE, [_Spot(spot.read, n) for n in range(len(blocks))]
        others = (p for key, p in self._pages.items() if key != capture)
        yield (
            Near.ELSEWHERE,
            [_Spot(p, n) for p in others for n in range(len(self._blocks[p.page.capture_id]))],
        )

    def _qualifier(self, rule: Rule, spot: _Spot, beside: bool) -> Claim | None:
        key = rule.id, spot.read.page.capture_id, spot.number, beside
        if key not in self._carried:
            heard = beside or self._speaks_of(rule.qualifier_about, spot)
            self._carried[key] = self._read(rule, spot) if heard else None
        return self._carried[key]

    def _speaks_of(self, concepts: frozenset[str], spot: _Spot) -> bool:
        """Whether a block far from the claim is about the same: "they may not treat" who?"""
        read = self._engine.statements(self._passage(spot)) if concepts else []
        said = (s.mentions.any_of(concepts) or s.heading.any_of(concepts) for s in read)
        return not concepts or any(said)

    def _read(self, rule: Rule, spot: _Spot) -> Claim | None:
        block = self._blocks[spot.read.page.capture_id][spot.number]
        if not can_assert(block):
            return None  # "What can go wrong", as the entry of a menu
        voice = voice_of(block, spot.read.text)
        span = self._engine.qualifier(rule, passage_of(block, spot.read.text, voice))
        return _qualifier_claim(rule, spot.read, block, voice, span) if span else None


def _qualifier_claim(rule: Rule, read: ReadPage, block: Block, voice: str, span: Span) -> Claim:
    return claim_in(read, block, rule.id, Stance.QUALIFIES, span, voice)
