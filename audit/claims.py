"""Blocks to claims: which rules a passage speaks to, with what stance, in whose voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from audit import catalog, context, frames, lexicon, lines, units
from audit.catalog import Catalog, Rule
from audit.folding import fold
from audit.pages import Block, PageText
from audit.sentences import Span
from audit.units import Unit
from data.models import ClaimStatus, PageType, SetAside, Voice

_QUIET_VOICES = {
    Voice.TESTIMONIAL: SetAside.TESTIMONIAL,
    Voice.BLOG: SetAside.BLOG,
    Voice.NEWS: SetAside.BLOG,
    Voice.DIRECTORY: SetAside.OTHER_PARTY,
    Voice.GOVERNMENT: SetAside.OTHER_PARTY,
}
_MAX_MENTIONS = 400
# A sentence that begins so limits the one before it, and is quoted with it.
_GOES_ON = re.compile(r"(?:after that|from then on|thereafter|afterwards?|later on|but|however)\b")
# What is said of another treatment is no claim, unless ketamine is named beside it.
_KETAMINE = "ketamine-named"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is judged: a text with what stands around it."""

    text: str
    heading: str = ""
    lead_in: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    kind: str = "paragraph"
    voice: str = Voice.PROVIDER
    page_type: str = PageType.OTHER
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in a passage; ``lines`` is empty where neither text nor heading names a line."""

    rule_id: str
    stance: str
    start: int
    end: int
    set_aside: str | None
    lines: frozenset[str]
    voice: str

    @property
    def status(self) -> str:
        """Asserted, or set aside for a reason."""
        return ClaimStatus.ASSERTED if self.set_aside is None else ClaimStatus.SET_ASIDE


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a unit: its passage, and the concepts of its context and the passage."""

    passage: Passage
    context: frozenset[str]
    nearby: frozenset[str]
    heading_lines: frozenset[str]


class Engine:
    """One rule set with its concepts and cues, ready to read passages."""

    def __init__(self, rules: Catalog, words: lexicon.Lexicon, cues: context.Context) -> None:
        self.catalog, self.lexicon, self.context = rules, words, cues
        self.offers = lines.load_offers(words)
        self._by_concept = _index(rules)

    def find(self, passage: Passage) -> list[Found]:
        """All claims of a passage, one for each rule, stance and place."""
        heading_lines = lines.named(self.mentions(passage.heading))
        found: dict[tuple[str, str, int], Found] = {}
        read = [(unit, self.lexicon.present(unit.text)) for unit in self.units(passage)]
        contexts = {u.context: self.lexicon.present(u.context) for u, _ in read}
        nearby = frozenset[str]().union(*(present for _, present in read))
        for unit, present in read:
            around = _Around(passage, contexts[unit.context], nearby, heading_lines)
            for claim in self._in_unit(unit, present, around):
                found.setdefault((claim.rule_id, claim.stance, claim.end), claim)
        ends = _ends_that_go_on([unit for unit, _ in read])
        return [replace(claim, end=ends.get(claim.end, claim.end)) for claim in found.values()]

    def units(self, passage: Passage) -> list[Unit]:
        """The statements of a passage."""
        return units.units(
            passage.text,
            heading=passage.heading,
            lead_in=passage.lead_in,
            parts=passage.parts,
            kind=passage.kind,
        )

    def _in_unit(
        self,
        unit: Unit,
        present: frozenset[str],
        around: _Around,
    ) -> Iterator[Found]:
        rules = self._candidates(present)
        if not rules:
            return
        mentions = self.lexicon.mentions(unit.text)[:_MAX_MENTIONS]
        cues = self.context.cues(unit.text)
        voice = around.passage.voice
        spoken = lines.named(mentions) or around.heading_lines or around.passage.lines
        if spoken == {lines.OTHER_TREATMENT} and _KETAMINE not in present:
            return
        for rule, possible in rules:
            for frame, hit in _hits(possible, unit, mentions, around):
                stance = _stance(frame, unit, cues, hit)
                if stance:
                    reason = _set_aside(frame, unit, cues, hit, voice)
                    quote = _whole(unit, unit.original(hit.start, hit.end))
                    yield Found(rule.id, stance, quote.start, quote.end, reason, spoken, voice)

    def _candidates(self, present: frozenset[str]) -> list[tuple[Rule, list[frames.Frame]]]:
        """The rules, each with its frames whose every slot can be filled; most units have none."""
        ids = {rule_id for concept in present for rule_id in self._by_concept.get(concept, ())}
        found = []
        for rule_id in sorted(ids):
            rule = self.catalog.rules[rule_id]
            possible = [f for f in rule.frames if _fillable(f, present)]
            if possible:
                found.append((rule, possible))
        return found

    def mentions(self, text: str) -> list[lexicon.Mention]:
        """The concepts of a text as it stands on a page, before folding."""
        return self.lexicon.mentions(fold(text).text) if text else []


def _index(rules: Catalog) -> dict[str, set[str]]:
    by_concept: dict[str, set[str]] = {}
    for rule in rules.rules.values():
        for frame in rule.frames:
            for slot in frame.slots:
                for concept in slot.concepts:
                    by_concept.setdefault(concept, set()).add(rule.id)
    return by_concept


def _fillable(frame: frames.Frame, present: frozenset[str]) -> bool:
    return not any(slot.concepts.isdisjoint(present) for slot in frame.slots)


def _hits(
    possible: list[frames.Frame], unit: Unit, mentions: list[lexicon.Mention], around: _Around
) -> Iterator[tuple[frames.Frame, frames.Hit]]:
    for frame in possible:
        for hit in frames.match(frame, unit.text, mentions, around.context, around.nearby):
            if unit.says(hit.start, hit.end):
                yield frame, hit


def _stance(frame: frames.Frame, unit: Unit, cues: list[context.Cue], hit: frames.Hit) -> str:
    negated = context.negated(cues, *hit.head, hit.parts)
    if unit.answer:
        said = frame.if_yes if unit.answer == "yes" else frame.if_no or frame.if_negated
        return "" if negated else said
    return frame.if_negated if negated else frame.stance


def _set_aside(
    frame: frames.Frame,
    unit: Unit,
    cues: list[context.Cue],
    hit: frames.Hit,
    voice: str,
) -> str | None:
    if unit.question:
        return SetAside.QUESTION
    if voice in _QUIET_VOICES:
        return _QUIET_VOICES[Voice(voice)]
    reason = context.set_aside(cues, hit.start, hit.end)
    if reason == SetAside.CONDITIONAL and frame.conditional_counts:
        reason = None
    return reason or (SetAside.NEAR_MISS if frame.near_miss else None)


def _ends_that_go_on(read: list[Unit]) -> dict[int, int]:
    """Where a sentence is taken up by the next one, the end of that one, by its own end.

    "You need an adult for your first session." alone would say less than its page does.
    """
    begins = {u.spans[-1]: bool(_GOES_ON.match(u.text)) for u in read if not u.asked}
    sentences = sorted({u.spans[-1] for u in read}, key=lambda span: span.start)
    return {
        this.end: following.end
        for this, following in pairwise(sentences)
        if begins.get(following) and following.start >= this.end
    }


def _whole(unit: Unit, place: Span) -> Span:
    """The quote: whole sentences, because half a sentence can say the opposite of it."""
    said = unit.spans[-1]
    first = next((s for s in unit.spans if s.start <= place.start < s.end), said)
    return Span(min(first.start, said.start), max(place.end, said.end))


@lru_cache(maxsize=1)
def bundled_engine() -> Engine:
    """The engine on the rules that ship with ketawatch, made once a process."""
    words = lexicon.load()
    return Engine(catalog.load(words=words), words, context.load())


def passage_of(
    block: Block, page: PageText, voice: str, about: frozenset[str] = frozenset()
) -> Passage:
    """A block of a page as a passage."""
    return Passage(
        text=block.text,
        heading=block.heading,
        lead_in=block.lead_in,
        parts=block.parts,
        kind=block.kind,
        voice=voice,
        page_type=page.page_type,
        lines=about,
    )


def readable(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks to search: a list item is read inside its list, where its lead-in stands."""
    return (block for block in blocks if block.kind != "list-item")
