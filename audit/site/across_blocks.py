"""What a page says in several blocks and in none of them alone: claims across blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.claims.claims import Engine
from audit.claims.passages import passage_of, readable
from audit.pages.pages import Block
from audit.people.by_name import Reworded
from audit.site import price_cards
from audit.site.called_by_name import House, back
from audit.site.claim_rows import claim_of
from audit.site.halves import Told, halves
from audit.site.read_page import ReadPage
from audit.site.sections import Sections
from audit.site.speakers import voice_of
from audit.site.together import together
from audit.stances.found import Found
from data.models import Claim
from data.vocabulary import ClaimStatus, Stance, Voice

_PRICE = "price-amount"


def of_prices(
    engine: Engine, read: ReadPage, over: Sections, claims: Sequence[Claim]
) -> Iterator[Claim]:
    """What a price and its neighbours say together, where none of them says it alone."""
    rules = {r.id for r in engine.catalog.rules.values() if _PRICE in r.only_where}
    here = [c for c in claims if c.capture_id == read.page.capture_id]
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
                yield claim_of(read, block, replace(found, start=start, end=end))


def of_blocks(
    engine: Engine, listener: House, read: ReadPage, over: Sections, claims: Sequence[Claim]
) -> Iterator[tuple[Claim, Block]]:
    """What several blocks say together, where none of them says it alone; and their joined block.

    ``claims`` grows by what is taken from here: of one rule the first joined block is enough.
    """
    catalog = engine.catalog
    for whole in together(read.text.blocks, engine.mentions):
        block, first = whole.block, whole.members[0]
        if voice_of(block, read.text) != Voice.PROVIDER or over.is_of_others(first):
            continue
        passage = passage_of(block, read.text, Voice.PROVIDER, over.about(first))
        others = [member.text for member in whole.members if over.is_apart(member)]
        for found in whole.of_several(listener.agreed(passage, whole.rules(catalog))):
            quote = block.text[found.start : found.end]
            if any(line in text for text in others for line in quote.splitlines()):
                continue
            said = (c for c in claims if c.rule_id == found.rule_id)
            if not any(c.quote in block.text and c.status == ClaimStatus.ASSERTED for c in said):
                yield claim_of(read, block, found), block


def of_halves(
    engine: Engine, listener: House, read: ReadPage, over: Sections, claims: Sequence[Claim]
) -> Iterator[Claim]:
    """What a rule asks for in two parts, where a page says them in two places."""
    stated = {
        c.rule_id
        for c in claims
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
            yield claim_of(read, block, back(found, said))


def _reworded(
    block: Block, listener: House, spoken: dict[tuple[int, int], tuple[Block, Reworded | None]]
) -> Block:
    """A block in which people are spoken of by what they do; the way back to it is kept."""
    other, said = listener.block(block)
    spoken[block.element, block.ordinal] = block, said
    return other


def _length(found: Found) -> int:
    return found.end - found.start
