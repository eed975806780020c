"""What comes nearest to a statement that was not found: shown to a reader, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.catalog import Rule
from audit.claims import Engine, passage_of, readable
from audit.pages import Block
from audit.site import ReadPage, voice_of
from audit.units import Unit
from data.models import Claim, ClaimStatus, SetAside, Stance, Voice

_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Nearest:
    """A unit that holds some of a rule's concepts, and how large a part of a frame they are."""

    score: float
    read: ReadPage
    block: Block
    unit: Unit


def nearest(engine: Engine, pages: Iterable[ReadPage], rules: Iterable[Rule]) -> dict[str, Claim]:
    """Rule id -> the closest passage in the provider's own voice, for the rules given."""
    wanted = [(rule, _own_concepts(engine, rule)) for rule in rules]
    best: dict[str, Nearest] = {}
    for read in pages:
        for block in readable(read.text.blocks):
            if voice_of(block, read.text) != Voice.PROVIDER or block.kind in ("meta", "heading"):
                continue
            for unit in engine.units(passage_of(block, read.text, Voice.PROVIDER)):
                present = {m.concept for m in engine.lexicon.mentions(unit.text)}
                for rule, own in wanted:
                    score = _score(rule, present) if present & own else 0.0
                    if score >= _ENOUGH and score > getattr(best.get(rule.id), "score", 0):
                        best[rule.id] = Nearest(score, read, block, unit)
    return {rule_id: _claim(rule_id, near) for rule_id, near in best.items()}


def _own_concepts(engine: Engine, rule: Rule) -> frozenset[str]:
    """What makes a passage one about this rule: concepts that no other rule is made of."""
    others = (_slots(r) for r in engine.catalog.rules.values() if r.id != rule.id)
    return _slots(rule) - frozenset[str]().union(*others)


def _slots(rule: Rule) -> frozenset[str]:
    return frozenset(c for frame in rule.frames for slot in frame.slots for c in slot.concepts)


def _score(rule: Rule, present: set[str]) -> float:
    """The largest share of a frame's slots that a unit fills, of frames with several slots."""
    shares = [
        sum(bool(slot.concepts & present) for slot in frame.slots) / len(frame.slots)
        for frame in rule.frames
        if frame.stance == Stance.STATES and len(frame.slots) > 1
    ]
    return max(shares, default=0.0)


def _claim(rule_id: str, near: Nearest) -> Claim:
    start, end = near.unit.spans[-1].start, near.unit.spans[-1].end
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
        decided_by="pattern",
        score=round(near.score, 3),
    )
