"""One provider's pages to claims and service lines: who speaks where, and what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from audit.claims.claims import Engine, passage_of, readable
from audit.pages.pages import Block, PageText
from audit.people.by_name import Reworded
from audit.people.staff import Staff, staff
from audit.site import biographies, price_cards, sections, site_names
from audit.site.called_by_name import House, back
from audit.site.halves import Told, halves
from audit.site.houses import Houses
from audit.site.line_evidence import LineEvidence, Sighting
from audit.site.offered import KETAMINE, Offered
from audit.site.route_signs import ROUTES
from audit.site.together import together
from audit.stances.found import Found
from audit.text.sentences import Span
from data.models import Claim, Page
from data.vocabulary import SERVICE_LINES, ClaimStatus, PageType, SetAside, Stance, Voice

_PRICE, _SUPERVISION = "price-amount", "supervision."
_VOICE_OF_PAGE = {
    PageType.BLOG: Voice.BLOG,
    PageType.NEWS: Voice.NEWS,
    PageType.TESTIMONIAL: Voice.TESTIMONIAL,
}
# The longest entry of a list of links.
_ENTRY_WORDS = 4
# Regions that stand on every page and speak for the provider, whatever the page is.
_FRAME_REGIONS = {"header", "footer", "nav", "modal"}


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A capture and its text."""

    page: Page
    text: PageText


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
    called = site_names.names(texts)
    listener, evidence = House(engine, _people(texts)), LineEvidence(called)
    houses = Houses(site_names.of_the_house(texts))
    whole = _Whole(Offered(engine, called), evidence, houses, set())
    reading = SiteReading(evidence=evidence)
    for read in pages:
        over = sections.Sections(engine, read.text, called)
        whole.offered.turn_to(read.text, apart=over.is_of_another_service)
        _add_blocks(reading, whole, listener, read, over)
        _add_prices(reading, engine, read, over)
        _add_joined(reading, engine, listener, read, over)
        _add_halves(reading, engine, listener, read, over)
        if read.text.page_type not in _VOICE_OF_PAGE:
            for block, (line, start, end) in whole.offered.prices(read.text):
                reading.offers.append(Offer(line, read, block, start, end, is_entry=True))
    reading.another_house = houses.treats_nobody()
    if not reading.another_house:
        _settle(reading, pages, whole)
    return reading


def _add_blocks(
    reading: SiteReading, whole: _Whole, listener: House, read: ReadPage, over: sections.Sections
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
        heard = listener.hear(passage, _speaks(block))
        for claim in people.heard(block, heard.found):
            _add_claim(reading, read, block, _placed(claim, block, over))
        whole.houses.hear(block, read.text)
        if voice == Voice.PROVIDER:
            said = Sighting(passage, heard, block, read.text)
            reading.offers.extend(_offers(whole, said, read, over))


def _placed(claim: Found, block: Block, over: sections.Sections) -> Found:
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


def _offers(
    whole: _Whole, sighting: Sighting, read: ReadPage, over: sections.Sections
) -> Iterator[Offer]:
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


def _add_prices(
    reading: SiteReading, engine: Engine, read: ReadPage, over: sections.Sections
) -> None:
    """What a price and its neighbours say together, where none of them says it alone."""
    rules = {r.id for r in engine.catalog.rules.values() if _PRICE in r.only_where}
    here = [c for c in reading.claims if c.capture_id == read.page.capture_id]
    said = {(c.rule_id, c.css_path, c.block_ordinal) for c in here if c.rule_id in rules}
    for card in price_cards.cards(list(readable(read.text.blocks)) if rules else ()):
        if not card.covers(engine.mentions):
            continue
        first = card.blocks[0]
        joined = replace(first, text=card.text, heading=card.heading, kind="paragraph", parts=())
        passage = passage_of(joined, read.text, voice_of(joined, read.text), over.about(first))
        whole: dict[str, Found] = {}
        for found in engine.find(passage):
            if found.rule_id in rules and found.stance == Stance.STATES:
                whole[found.rule_id] = max(found, whole.get(found.rule_id, found), key=_length)
        for found in whole.values():
            if not any((found.rule_id, b.css_path, b.ordinal) in said for b in card.blocks):
                block, start, end = card.place(found.start, found.end)
                _add_claim(reading, read, block, replace(found, start=start, end=end))


def _add_joined(
    reading: SiteReading, engine: Engine, listener: House, read: ReadPage, over: sections.Sections
) -> None:
    """What several blocks say together, where none of them says it alone."""
    for whole in together(read.text.blocks, engine.mentions):
        block, first = whole.block, whole.members[0]
        if voice_of(block, read.text) != Voice.PROVIDER or over.is_of_others(first):
            continue
        passage = passage_of(block, read.text, Voice.PROVIDER, over.about(first))
        others = [member.text for member in whole.members if over.is_apart(member)]
        for found in whole.of_several(listener.hear(passage, speaks=True).found, engine.catalog):
            quote = block.text[found.start : found.end]
            if any(line in text for text in others for line in quote.splitlines()[-1:]):
                continue
            said = (c for c in reading.claims if c.rule_id == found.rule_id)
            if not any(c.quote in block.text and c.status == ClaimStatus.ASSERTED for c in said):
                _add_claim(reading, read, block, found)
                place = read.page.capture_id, block.css_path, block.ordinal
                reading.joined[place] = block.text


def _add_halves(
    reading: SiteReading, engine: Engine, listener: House, read: ReadPage, over: sections.Sections
) -> None:
    """What a rule asks for in two parts, where a page says them in two places."""
    stated = {
        c.rule_id
        for c in reading.claims
        if c.capture_id == read.page.capture_id and c.status == ClaimStatus.ASSERTED
    }
    asked = [r for r in engine.catalog.rules.values() if r.halves and r.id not in stated]
    spoken: dict[tuple[int, int], tuple[Block, Reworded | None]] = {}
    told = [
        Told(_reworded(block, listener, spoken), over.about(block))
        for block in (readable(read.text.blocks) if asked else ())
        if voice_of(block, read.text) == Voice.PROVIDER
        and block.region == "main"
        and not over.is_of_others(block)
    ]
    for rule in asked:
        for reworded, found in halves(engine, rule, told, read.text):
            block, said = spoken[reworded.element, reworded.ordinal]
            _add_claim(reading, read, block, back(found, said))


def _reworded(
    block: Block, listener: House, spoken: dict[tuple[int, int], tuple[Block, Reworded | None]]
) -> Block:
    """A block in which people are spoken of by what they do; the way back to it is kept."""
    other, said = listener.block(block)
    spoken[block.element, block.ordinal] = block, said
    return other


def _people(texts: Sequence[PageText]) -> Staff:
    """Who works at a house, as it tells itself."""
    told = [[b for b in t.blocks if voice_of(b, t) == Voice.PROVIDER] for t in texts]
    everything = (block.text for text in texts for block in text.blocks)
    return staff(told, everything, site_names.of_the_house(texts))


def _length(found: Found) -> int:
    return found.end - found.start


def _speaks(block: Block) -> bool:
    """Whether a block can assert anything: the entries of a menu or a field of a form cannot."""
    menu = block.region == "nav" or (
        block.region in {"header", "footer"}
        and block.kind == "list"
        and all(len(block.text[a:b].split()) <= _ENTRY_WORDS for a, b in block.parts)
    )
    return not menu and block.kind != "form-label"


def voice_of(block: Block, page: PageText) -> str:
    """Who speaks in a block: its own kind decides before the page it stands on."""
    if block.kind == "testimonial" and not biographies.is_staff_speaking(block.text):
        return Voice.TESTIMONIAL
    if block.region in _FRAME_REGIONS:
        return Voice.PROVIDER
    return _VOICE_OF_PAGE.get(page.page_type, Voice.PROVIDER)


def claim_in(
    read: ReadPage, block: Block, rule_id: str, stance: str, span: Span, voice: str
) -> Claim:
    """An asserted claim that names no line, at a span of a block's text."""
    return Claim(
        provider_id=read.page.provider_id,
        capture_id=read.page.capture_id,
        rule_id=rule_id,
        stance=stance,
        status=ClaimStatus.ASSERTED,
        set_aside_reason=None,
        lines="",
        voice=voice,
        quote=block.text[span.start : span.end],
        char_start=span.start,
        char_end=span.end,
        css_path=block.css_path,
        block_ordinal=block.ordinal,
        region=block.region,
        heading=block.heading,
        page_type=read.text.page_type,
        decided_by="pattern",
    )


def _add_claim(reading: SiteReading, read: ReadPage, block: Block, found: Found) -> None:
    span = Span(found.start, found.end)
    claim = replace(
        claim_in(read, block, found.rule_id, found.stance, span, found.voice),
        status=found.status,
        set_aside_reason=found.set_aside,
        lines=";".join(line for line in SERVICE_LINES if line in found.lines),
        decided_by=found.decided_by,
        score=found.score,
    )
    reading.claims.append(claim)


def first_home(pages: Iterable[ReadPage]) -> list[ReadPage]:
    """The pages in the order in which their claims are ranked: home first, blogs last."""
    order = {t: i for i, t in enumerate(PageType)}
    return sorted(pages, key=lambda r: (order[r.text.page_type], r.page.final_url))
