"""What comes nearest to a statement that was not found: shown to a reader, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.claims.passages import passage_of, readable
from audit.concepts.mentions import Mentions
from audit.pages.pages import Block
from audit.site import sections, services
from audit.site.read_page import ReadPage
from audit.site.speakers import voice_of
from audit.stances.unit import Unit
from data.models import Claim, Passage
from data.vocabulary import ClaimStatus, SetAside, Stance, Voice

# Not running text, or a way to another page.
_NO_PASSAGE = {"meta", "heading", "button", "alt", "form-label", "json-ld", "hydration"}
_MENUS = {"nav", "header"}
_FEW_WORDS = 3
_LINK_WORDS = 6


@dataclass(frozen=True, slots=True)
class Nearest:
    """A unit that speaks of a rule's subject; the smaller ``rank``, the closer.

    ``likeness`` is the second reader's score, ``None`` where it has none.
    """

    rank: tuple[int, float]
    likeness: float | None
    read: ReadPage
    block: Block
    unit: Unit


def nearest(
    engine: Engine, pages: Iterable[ReadPage], rules: Iterable[Rule]
) -> dict[str, tuple[Claim, Passage]]:
    """Rule id -> the closest statement in the provider's own voice, and the block it stands in.

    A rule is missing from the answer where nothing speaks of its subject.
    """
    wanted = list(rules)
    best: dict[str, Nearest] = {}
    for read, block, unit in _statements(engine, pages) if wanted else ():
        present = engine.lexicon.mentions(unit.text)
        for rule in wanted:
            number = _subject(rule, present)
            if number is None or (rule.id in best and number > best[rule.id].rank[0]):
                continue
            near = _nearest(engine, rule, number, present, read, block, unit)
            if rule.id not in best or near.rank < best[rule.id].rank:
                best[rule.id] = near
    return {rule_id: (_claim(rule_id, near), _passage(near)) for rule_id, near in best.items()}


def _statements(
    engine: Engine, pages: Iterable[ReadPage]
) -> Iterator[tuple[ReadPage, Block, Unit]]:
    """What the provider says in running text about ketamine: no menu, no question."""
    known = list(pages)
    house = services.of_house(engine, [read.text for read in known])
    for read in known:
        over = sections.Sections(engine, read.text, house)
        for block in readable(read.text.blocks):
            if block.kind in _NO_PASSAGE or block.region in _MENUS:
                continue
            if voice_of(block, read.text) != Voice.PROVIDER or over.is_apart(block):
                continue
            enough = _LINK_WORDS if block.region == "footer" else _FEW_WORDS
            for unit in engine.units(passage_of(block, read.text, Voice.PROVIDER)):
                if not unit.question and not unit.asked and len(unit.text.split()) >= enough:
                    yield read, block, unit


def _subject(rule: Rule, present: Mentions) -> int | None:
    """Which of the rule's subjects a unit speaks of: the closest come first."""
    for number, subject in enumerate(rule.subject):
        if all(present.any_of(concepts) for concepts in subject):
            return number
    return None


def _nearest(
    engine: Engine, rule: Rule, number: int, present: Mentions,
    read: ReadPage, block: Block, unit: Unit,
) -> Nearest:  # fmt: skip
    """A unit by its subject; of two with one subject the reader says which comes nearer."""
    passage = passage_of(block, read.text, Voice.PROVIDER)
    likeness = engine.likeness(passage, rule.id, Stance.STATES).get(unit.spans[-1])
    far = 1 - _share(rule, present) if likeness is None else -likeness
    return Nearest((number, far), likeness, read, block, unit)


def _share(rule: Rule, present: Mentions) -> float:
    """The largest share of a frame's slots that a unit fills, of frames with several slots."""
    shares = [
        sum(present.any_of(slot.concepts) for slot in frame.slots) / len(frame.slots)
        for frame in rule.frames
        if frame.stance == Stance.STATES and len(frame.slots) > 1
    ]
    return max(shares, default=0.0)


def _passage(near: Nearest) -> Passage:
    block, read = near.block, near.read
    place = read.page.capture_id, block.css_path, block.ordinal
    return Passage(*place, page_title=read.text.title, text=block.text)


def _claim(rule_id: str, near: Nearest) -> Claim:
    spans = near.unit.spans
    first = spans[0] if near.block.kind == "table-row" else spans[-1]
    start, end = first.start, spans[-1].end
    return Claim(
        provider_id=near.read.page.provider_id,
        capture_id=near.read.page.capture_id,
        rule_id=rule_id,
        stance=Stance.STATES,
        status=ClaimStatus.SET_ASIDE,
        set_aside_reason=SetAside.NEAR_MISS,
        lines="",
        voice=Voice.PROVIDER,
        quote=near.block.text[start:end],
        char_start=start,
        char_end=end,
        css_path=near.block.css_path,
        block_ordinal=near.block.ordinal,
        region=near.block.region,
        heading=near.block.heading,
        page_type=near.read.text.page_type,
        decided_by="pattern" if near.likeness is None else "reader",
        score=round(1 - near.rank[1] if near.likeness is None else near.likeness, 3),
    )
