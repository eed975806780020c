"""One provider's pages to claims and service lines: who speaks where, and what is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audit.claims.claims import Engine
from audit.claims.passages import passage_of, readable
from audit.pages.pages import Block, PageText
from audit.people.staff import Staff, staff
from audit.site import across_blocks, biographies, denied_each, parts_apart, services, site_names
from audit.site.called_by_name import House
from audit.site.claim_rows import claim_of
from audit.site.houses import Houses
from audit.site.line_evidence import LineEvidence, Sighting
from audit.site.offered import KETAMINE, Offered
from audit.site.read_page import ReadPage
from audit.site.route_signs import ROUTES
from audit.site.sections import Sections
from audit.site.speakers import can_assert, voice_of
from audit.stances.found import Found
from data.models import Claim
from data.vocabulary import SERVICE_LINES, SetAside, Voice

_SUPERVISION = "supervision."


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that offer a line, by their place in a block; ``is_entry``: of a menu or a heading."""

    line: str
    read: ReadPage
    block: Block
    start: int
    end: int
    is_entry: bool = False


@dataclass(slots=True)
class SiteReading:
    """What a site says: its claims, and the lines that it offers, in which words.

    ``another_house``: the words in which a house that offers nothing tells its kind. ``evidence``:
    what it tells of each line. ``joined`` are the texts that were read from several blocks, by
    capture, path and ordinal.
    """

    claims: list[Claim] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    offered: frozenset[str] = frozenset()
    disowned: frozenset[str] = frozenset()
    offers_ketamine: bool = False
    another_house: tuple[str, ...] = ()
    evidence: LineEvidence = field(default_factory=LineEvidence)
    joined: dict[tuple[str, str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is added up over the pages of a site; ``seen``: the texts that were heard already."""

    offered: Offered
    evidence: LineEvidence
    houses: Houses
    seen: set[tuple[object, ...]]


def read_site(engine: Engine, pages: Sequence[ReadPage]) -> SiteReading:
    """Read all pages of a site.

    A text that stands on several pages (menu, footer, a notice) is read on the first of them, so
    that a claim is counted once.
    """
    texts = [read.text for read in pages]
    house = services.of_house(engine, texts)
    called = house.called
    listener, evidence = House(engine, _staff(texts)), LineEvidence(called)
    houses = Houses(site_names.of_the_house(texts))
    whole = _Whole(Offered(engine, called), evidence, houses, set())
    reading = SiteReading(evidence=evidence)
    for read in pages:
        over = Sections(engine, read.text, house)
        whole.offered.turn_to(read.text, apart=over.is_of_another_service)
        _add_blocks(reading, whole, listener, read, over)
        reading.claims.extend(across_blocks.of_prices(engine, read, over, reading.claims))
        for claim, block in across_blocks.of_blocks(engine, listener, read, over, reading.claims):
            reading.claims.append(claim)
            place = claim.capture_id, claim.css_path, claim.block_ordinal
            reading.joined[place] = block.text
        reading.claims.extend(across_blocks.of_halves(engine, listener, read, over, reading.claims))
    reading.claims = denied_each.settled(engine, reading.claims)
    reading.claims = parts_apart.settled(engine, reading.claims)
    reading.another_house = houses.treats_nobody()
    if not reading.another_house:
        _settle(reading, pages, whole)
    return reading


def _add_blocks(
    reading: SiteReading, whole: _Whole, listener: House, read: ReadPage, over: Sections
) -> None:
    """What the blocks of a page say, each by itself, and offer."""
    people = biographies.Biographies(read.text)
    for block in readable(read.text.blocks):
        voice, about = voice_of(block, read.text), over.about(block)
        is_menu = block.region == "nav"  # the same menu on every page, whatever that is about
        key = (block.text, block.heading, block.lead_in, block.kind, voice, is_menu or about)
        if key in whole.seen:
            continue
        whole.seen.add(key)
        passage = passage_of(block, read.text, voice, about)
        heard = listener.hear(passage, can_assert(block))
        for claim in people.heard(block, heard.found):
            reading.claims.append(claim_of(read, block, _placed(claim, block, over)))
        whole.houses.hear(block, read.text)
        if voice == Voice.PROVIDER:
            said = Sighting(passage, heard, block, read.text)
            reading.offers.extend(_offers(whole, said, read, over))


def _placed(claim: Found, block: Block, over: Sections) -> Found:
    """A claim where it stands: others may say it, and the page may tell of one line alone.

    What names no line there is a part of that one's supervision; all else counts for all lines.
    """
    if over.is_of_others(block):
        claim = replace(claim, set_aside=SetAside.OTHER_PARTY)
    if block.region != "main" or not claim.rule_id.startswith(_SUPERVISION):
        return claim
    if claim.lines == over.about(block) and (told := over.route_told(block)):
        return replace(claim, lines=told)
    return claim if claim.lines else replace(claim, lines=over.only_route)


def _offers(whole: _Whole, sighting: Sighting, read: ReadPage, over: Sections) -> Iterator[Offer]:
    """What a block offers in the provider's own voice, and as an entry of a menu."""
    block, heard = sighting.block, sighting.heard
    if not over.is_of_others(block):
        whole.evidence.hear(sighting)
    for said in () if over.is_of_others(block) else heard.told:
        if said.signs & ROUTES:
            whole.houses.gives(block.text[said.start : said.end])
    for line, start, end in whole.offered.say(heard, block, read.text):
        whole.houses.gives(block.text[start:end], outright=line in SERVICE_LINES)
        yield Offer(line, read, block, start, end)
    apart = block.kind == "heading" and over.is_apart(block)
    for line, start, end in whole.offered.menu(block, read.text, apart=apart):
        yield Offer(line, read, block, start, end, is_entry=True)


def _settle(reading: SiteReading, pages: Sequence[ReadPage], whole: _Whole) -> None:
    """What is offered in all, with the words that tell of a line that nothing offers outright."""
    found = whole.offered.settled(whole.evidence)
    reading.offers_ketamine, reading.offered = KETAMINE in found, found - {KETAMINE}
    reading.disowned = whole.offered.disowned() - {KETAMINE}
    read_as = {id(read.text): read for read in pages}
    for line in sorted(reading.offered - {offer.line for offer in reading.offers}):
        for words, sighting in whole.evidence.places(line):
            read = read_as[id(sighting.page)]
            reading.offers.append(Offer(line, read, sighting.block, words.start, words.end))


def _staff(texts: Sequence[PageText]) -> Staff:
    """Who works at a house, as it tells itself."""
    told = [[b for b in t.blocks if voice_of(b, t) == Voice.PROVIDER] for t in texts]
    everything = (block.text for text in texts for block in text.blocks)
    return staff(told, everything, site_names.of_the_house(texts))
