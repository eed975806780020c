"""What the words of a statement claim: the stance of a frame that stands in it, and who says so."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from audit.catalog import matching
from audit.catalog.frames import Count, Frame
from audit.catalog.patterns import Slot
from audit.catalog.rule import Rule
from audit.concepts.mentions import Mentions
from audit.stances import answers, assertion, context, leads, moods, unheard
from audit.stances.accusing import ACCUSES
from audit.stances.lines import OTHER_TREATMENT
from audit.stances.unit import Unit
from audit.text.sentences import Span
from data.vocabulary import Line, SetAside, Stance, Voice

# What is said of another treatment is no claim, unless ketamine is named beside it.
_BESIDE_KETAMINE = ("ketamine-named", "compared-to", "compared-with")
OTHER_DRUG, _RIVALS = "other-drug-said", "other-providers"
_CLINICIANS = ("clinician", "licensed-somebody")
ERRAND = "another-errand"
# What is asked for before or during a treatment, and not of a guest.
_OF_CARE = {"supervision", "screening", "followup", "risk"}
_KETAMINE = ("ketamine-named", "ketamine-word", "dosing-session")
# Lines of their own: what is said of them says nothing of ketamine itself.
_APART = {Line.SPRAVATO, OTHER_TREATMENT}
# "I stopped my pills. May I still come? Yes.": the answer is not to what was said first.
_ASKS_LATER = re.compile(r"[.!] (?:\S+ ){2,}\S*\?\s*\Z")
_QUIET_VOICES = {
    Voice.TESTIMONIAL: SetAside.TESTIMONIAL,
    Voice.BLOG: SetAside.BLOG,
    Voice.NEWS: SetAside.BLOG,
    Voice.DIRECTORY: SetAside.OTHER_PARTY,
    Voice.GOVERNMENT: SetAside.OTHER_PARTY,
}


class Statement:
    """A unit that was read: its mentions, and the lines that it speaks of.

    ``heading`` holds the concepts of what stands above it, ``nearby`` those of the whole passage.
    """

    def __init__(
        self,
        unit: Unit,
        mentions: Mentions,
        heard: context.Context,
        lines: frozenset[str],
        heading: Mentions,
        nearby: Container[str],
    ) -> None:
        self.unit, self.mentions, self._heard = unit, mentions, heard
        self.lines, self.heading, self.nearby = lines, heading, nearby
        # So far it is about something else, and nothing in it is about ketamine or the house
        # (audit.stances.subjects).
        self.of_another, self.of_another_alone = 0, False

    @cached_property
    def is_apart(self) -> bool:
        """Whether it is about another treatment or medicine, and not compared with ketamine."""
        if self.lines != {OTHER_TREATMENT} and OTHER_DRUG not in self.mentions:
            return False
        near = (self.mentions, self.heading)
        return not any(concept in said for said in near for concept in _BESIDE_KETAMINE)

    @cached_property
    def is_errand(self) -> bool:
        """Whether it is about an errand beside the treatment: "You need no driver for a tour"."""
        is_named = ERRAND in self.mentions or ERRAND in self.heading
        return is_named and not self.mentions.any_of(_KETAMINE)

    def tells_of_another(self, rule: Rule, stance: str) -> bool:
        """Whether what it says of an effect is no answer to a rule: it is about something else.

        What discloses may say two things at once: "Opioids are addictive, and so can this be".
        """
        if self.is_errand and stance == Stance.DENIES and rule.group in _OF_CARE:
            return rule.kind == "required-disclosure" or rule.is_of_effect
        if not rule.is_of_effect:
            return False
        discloses = rule.kind == "required-disclosure" and stance == Stance.STATES
        return self.of_another_alone if discloses else self.of_another > 0

    @cached_property
    def cues(self) -> list[context.Cue]:
        """What turns the statement round or sets it aside; most statements are never asked."""
        return leads.carried(self.unit, self._heard.cues(self.unit.text))

    @cached_property
    def mood(self) -> str:
        """How it is said (``audit.stances.moods``)."""
        return moods.mood(self.unit, self.cues)

    @cached_property
    def concepts(self) -> moods.Concepts:
        """What it says and what it denies."""
        return moods.concepts(self.mentions, self.cues)


@dataclass(frozen=True, slots=True)
class Said:
    """One stance taken in a statement, with the words that take it.

    ``at``: these words in the statement's own text, where they stand in one; ``head``: those of
    them that say it.
    """

    stance: str
    set_aside: str | None
    place: Span
    at: Span | None = None
    head: Span | None = None


def in_statement(rule: Rule, frame: Frame, said: Statement, voice: str) -> Iterator[Said]:
    """What a frame makes of a statement."""
    unit = said.unit
    if not speaks_of(frame, said.lines):
        return
    for hit in matching.match(frame, unit.text, said.mentions, said.heading, said.nearby):
        stance = _stance(frame, unit, said.cues, hit)
        if stance == Stance.STATES == frame.if_negated and is_refused(said):
            continue
        if stance and unit.says(hit.start, hit.end):
            if unheard.goes_unheard(frame, unit.text, said.cues, hit):
                continue
            reason = _set_aside(rule, frame, stance, said, hit, voice)
            place = whole(unit, unit.original(hit.start, hit.end))
            yield Said(stance, reason, place, Span(hit.start, hit.end), Span(*hit.head))


def is_refused(said: Statement) -> bool:
    """Whether a statement is a plain "no" to what a clinician does: "Nurse at hand: not included".

    A "no" to what a patient does forbids it: "Driving home: no".
    """
    unit = said.unit
    if not unit.told or unit.answer != "no" or not said.mentions.any_of(_CLINICIANS):
        return False
    return not answers.is_ruled_out(unit.text[: unit.asked])


def takes_back(rule: Rule, said: Statement) -> bool:
    """Whether a frame that states stands in a statement with its head negated."""
    return any(_states(rule, said))


def asserts(rule: Rule, said: Statement) -> bool:
    """Whether a frame that states stands in a statement, and no negation reaches it."""
    return not all(_states(rule, said))


def _states(rule: Rule, said: Statement) -> Iterator[bool]:
    """For each place where a frame that states stands: whether its head is negated."""
    unit = said.unit
    return (
        assertion.negated(said.cues, *hit.head, hit.parts)
        or unheard.goes_unheard(frame, unit.text, said.cues, hit)
        for frame in rule.frames
        if frame.stance == Stance.STATES and not frame.count and speaks_of(frame, said.lines)
        for hit in matching.match(frame, unit.text, said.mentions, said.heading, said.nearby)
    )


def would_say(rule: Rule, said: Statement) -> bool:
    """Whether a frame that states stands in a statement, whatever that is about."""
    return next(_states(rule, said), None) is not None


def are_others_words(said: Statement) -> bool:
    """Whether a statement begins with others who say so, ask or are told it, and goes on so."""
    end = len(said.unit.text)
    return any(
        cue.kind in ("other_party", "hearsay") and 3 * cue.start <= end <= cue.reach
        for cue in said.cues
    )


def excepts(rule: Rule, said: Statement) -> bool:
    """Whether a frame that states would stand in a statement, but for what it excepts there.

    "An FDA-approved anesthetic": approval is stated, and what for.
    """
    unit = said.unit
    for frame in rule.frames:
        barred = frame.unless | frame.unless_nearby
        if frame.stance != Stance.STATES or frame.count or not said.mentions.any_of(barred):
            continue
        bare = replace(frame, unless=frozenset(), unless_nearby=frozenset())
        if any(matching.match(bare, unit.text, said.mentions, said.heading, said.nearby)):
            return True
    return False


def is_mute(rule: Rule, said: Statement) -> bool:
    """Whether a frame that gives no stance stands in a statement: like the rule's, and no claim."""
    return any(
        any(matching.match(frame, said.unit.text, said.mentions, said.heading, said.nearby))
        for frame in rule.frames
        if frame.is_mute and speaks_of(frame, said.lines)
    )


def in_passage(rule: Rule, frame: Frame, read: Sequence[Statement], voice: str) -> Said | None:
    """What a counting frame makes of a passage: its quote runs from the first thing to the last."""
    if frame.count is None or not read:
        return None
    places = [p for entry in frame.count.of if (p := _first(entry, frame, read))]
    if len(places) < frame.count.at_least:
        return None
    if not any(speaks_of(frame, said.lines) for said in read):
        return None
    if not matching.in_place(frame, read[0].nearby, read[0].heading, read[0].nearby):
        return None
    reason = None if voice in rule.voices else _QUIET_VOICES.get(Voice(voice), SetAside.OTHER_PARTY)
    place = Span(min(p.start for p in places), max(p.end for p in places))
    return Said(frame.stance, reason or (SetAside.NEAR_MISS if frame.near_miss else None), place)


def qualified(count: Count, read: Sequence[Statement]) -> Span | None:
    """Where a qualifier stands in a passage, if it does."""
    places = [p for entry in count.of if (p := _anywhere(entry, read))]
    if len(places) < count.at_least:
        return None
    return Span(min(p.start for p in places), max(p.end for p in places))


def _first(entry: tuple[Slot, ...], frame: Frame, read: Sequence[Statement]) -> Span | None:
    """The first statement that asserts one of the things that are counted."""
    for said in read:
        unit = said.unit
        for hit in _found(entry, said, frame.unless):
            negated = assertion.negated(said.cues, *hit.head, hit.parts)
            answered = (not unit.asked or unit.answer == "yes") and unit.says(hit.start, hit.end)
            if answered and not _apart(frame, said, hit) and (frame.even_negated or not negated):
                return whole(unit, unit.original(hit.start, hit.end))
    return None


def _apart(frame: Frame, said: Statement, hit: matching.Hit) -> bool:
    """Whether a thing is only asked about, said by others, or said under a condition."""
    reason = assertion.set_aside(said.cues, hit.start, hit.end)
    if reason == SetAside.CONDITIONAL and frame.conditional_counts:
        reason = None
    return said.unit.question or reason is not None


def _anywhere(entry: tuple[Slot, ...], read: Sequence[Statement]) -> Span | None:
    for said in read:
        for hit in _found(entry, said, frozenset()) if not said.unit.question else ():
            refused = said.unit.answer == "no" and hit.end <= said.unit.asked
            negated = assertion.negated(said.cues, *hit.head, hit.parts)
            if refused or negated or _is_of_rivals(said, hit):
                continue
            return whole(said.unit, said.unit.original(hit.start, hit.end))
    return None


def _is_of_rivals(said: Statement, hit: matching.Hit) -> bool:
    """Whether other providers say so: "most clinics ask for two failed drugs; we don't"."""
    told = assertion.set_aside(said.cues, hit.start, hit.end, reports=False)
    return told == SetAside.OTHER_PARTY and _RIVALS in said.mentions


def _found(
    entry: tuple[Slot, ...], said: Statement, unless: frozenset[str]
) -> Iterator[matching.Hit]:
    if any(said.mentions.lacks(slot.concepts) for slot in entry):
        return iter(())
    pattern = Frame(stance="states", slots=entry, ordered=True, unless=unless)
    return matching.match(pattern, said.unit.text, said.mentions, frozenset())


def aside_for_line(rule: Rule, lines: frozenset[str]) -> SetAside | None:
    """What is said of Spravato or another treatment alone counts only for the rules about it."""
    apart = bool(lines) and lines <= _APART and not rule.hears_other_lines
    return SetAside.OTHER_LINE if apart else None


def speaks_of(frame: Frame, lines: frozenset[str]) -> bool:
    """Whether words about these lines can be what the frame is about."""
    if frame.only_lines and not frame.only_lines & lines:
        return False
    return not (lines and lines <= frame.not_lines)


def _stance(frame: Frame, unit: Unit, cues: list[context.Cue], hit: matching.Hit) -> str:
    negated = assertion.negated(cues, *hit.head, hit.parts)
    # Its own words have a "no": others change nothing, but who calls it untrue has not said it.
    any_way = frame.if_negated == frame.stance
    if any_way and (unit.takes_back or assertion.denied(cues, *hit.head)):
        return ""
    # "Pixels on our form: none." may be a frame of its own, with the answer for a part of it.
    if unit.answer and hit.end <= unit.asked:
        if _ASKS_LATER.search(unit.text, hit.end, unit.asked):
            return ""
        # ... but a "no" to what was asked is not its own: "Do I have to quit my pills? No."
        is_asked = any_way and not unit.told
        no = frame.if_no or ("" if is_asked else frame.if_negated)
        said = frame.if_yes if unit.answer == "yes" else no
        return "" if negated else said
    return frame.if_negated if negated else frame.stance


def _set_aside(
    rule: Rule, frame: Frame, stance: str, said: Statement, hit: matching.Hit, voice: str
) -> str | None:
    if said.unit.question:
        return SetAside.QUESTION
    # What is told of others and then taken back the provider says itself.
    turned = said.unit.answer == "no" and hit.end <= said.unit.asked
    accuses = (rule.kind, stance) in ACCUSES and not turned
    if voice not in rule.voices:
        told = assertion.set_aside(
            said.cues, hit.start, hit.end, reports=False, hearsay=accuses, opinion=True
        )
        by_others = told == SetAside.OTHER_PARTY  # in a blog as elsewhere
        return told if by_others else _QUIET_VOICES.get(Voice(voice), SetAside.OTHER_PARTY)
    reason = assertion.set_aside(
        said.cues, hit.start, hit.end, reports=not rule.hears_reports, hearsay=accuses
    )
    if reason == SetAside.CONDITIONAL and frame.conditional_counts:
        reason = None
    return reason or (SetAside.NEAR_MISS if frame.near_miss else None)


def whole(unit: Unit, place: Span) -> Span:
    """The quote: whole sentences, because half a sentence can say the opposite of it."""
    said = unit.spans[-1]
    first = next((s for s in unit.spans if s.start <= place.start < s.end), said)
    return Span(min(first.start, said.start), max(place.end, said.end))
