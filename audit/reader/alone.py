"""What the second reader may find where no pattern did, and which sentence it quotes for it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.catalog.rule import Rule
from audit.reader.reading import Reading
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found, Passage
from audit.stances.stances import (
    Statement,
    are_others_words,
    aside_for_line,
    asserts,
    excepts,
    is_mute,
    is_refused,
    takes_back,
    whole,
    would_say,
)
from data.vocabulary import Stance, Voice

ADVICE = "advice-to-ask"
# Where the reader may find what no pattern did: not in labels, captions, menus and footers.
_RUNNING_TEXT = {"paragraph", "list", "faq", "table-row"}
_BODY = {"main", "modal", "hidden"}
_SENTENCE_WORDS = 5
# What is shorter and ends without a mark is a caption, a date or a label.
_UNMARKED_WORDS = 12
_MARKS = (".", "!", "?", ":", "…", '"', "”", ")")
# What speaks of a rule's subject nowhere needs so much more: on unseen passages half of the
# disclosures that were heard in such text with less were none, a list like any other.
_OFF_SUBJECT = 1.0
# So much below the bar a sentence says nothing of the kind; few that do are below it.
_FAR = 7.0
# Concepts of the treatment itself: on a page of many services the rest may be about another one.
_THE_TREATMENT = ("ketamine-named", "ketamine-word", "product-word", "dosing-session", "dose-thing")


def located(
    passage: Passage, seen: Reading, rule: Rule, stance: str, column: int, bar: float
) -> Found | None:
    """The sentence that says most of it: a quote has to stand somewhere.

    To a reader of words "a nurse does not stay with you" is much like its opposite: not so to the
    patterns. What they found to be negated is not claimed, and what they found said without any
    negation is not denied; what a frame without a stance holds is neither. Nor is anybody accused
    of what they except, or of what others say; and who tells readers what to ask has disclosed
    nothing.
    """
    mute = [s for s, _ in seen.each if is_mute(rule, s)]
    said = _said(passage, seen, rule, stance, column, bar, mute)
    if said is None:
        return None
    unit, spoken = said.unit, said.lines
    if stance == Stance.STATES and (takes_back(rule, said) or is_refused(said)):
        return None
    if stance == Stance.DENIES and asserts(rule, said):
        return None
    if rule.kind == "prohibited-claim" and stance == Stance.STATES and excepts(rule, said):
        return None
    accuses = (rule.kind, stance) in ACCUSES
    if are_others_words(said) if accuses else ADVICE in said.mentions:
        return None
    discloses = rule.kind == "required-disclosure" and stance == Stance.STATES
    if discloses and seen.scores[column] < bar + _OFF_SUBJECT and _is_off_subject(rule, said):
        return None
    place = whole(unit, unit.original(0, len(unit.text)))
    return Found(
        rule_id=rule.id,
        stance=stance,
        start=place.start,
        end=place.end,
        set_aside=aside_for_line(rule, spoken),
        lines=spoken,
        voice=Voice(passage.voice),
        decided_by="reader",
    )


def _said(
    passage: Passage,
    seen: Reading,
    rule: Rule,
    stance: str,
    column: int,
    bar: float,
    mute: Sequence[Statement],
) -> Statement | None:
    """The statement that says most of it, if one may be quoted.

    Beside one that is ``mute``, which may be all that the passage was heard for, it has to say it
    by itself. Of the effect of a drug one on something else may say more: it drowns a
    sentence that says nothing like it.
    """
    others = [s for s, _ in seen.each if s.is_apart or s.tells_of_another(rule, stance)]
    best: tuple[float, Statement] | None = None
    for statement, scores in seen.each:
        too_short = len(statement.unit.text.split()) < _SENTENCE_WORDS
        if statement.unit.question or too_short or statement in mute or statement in others:
            continue
        if best is None or scores[column] > best[0]:
            best = float(scores[column]), statement
    if best is None:
        return None
    # "Weeks there. Hours here": of what compares both may be told, if no sentence tells it all; and
    # what stands beside one that does has to say next to nothing.
    far = 2 * _FAR if rule.compares else _FAR
    whole_of_it = [s for s in others if not rule.compares or would_say(rule, s)]
    louder = any(scores[column] > best[0] for s, scores in seen.each if s in whole_of_it)
    if rule.is_of_effect and louder and best[0] < bar - far:
        return None
    # One list of exclusions is much like any other: an item has to say it, not the list.
    alone = mute or passage.kind == "list"
    return None if alone and best[0] < bar else best[1]


def _is_off_subject(rule: Rule, said: Statement) -> bool:
    """Whether neither the passage nor its heading names all that one of the subjects is made of."""
    return bool(rule.subject) and not any(
        all(any(c in said.nearby or c in said.heading for c in concepts) for concepts in subject)
        for subject in rule.subject
    )


def is_about_the_treatment(read: Sequence[Statement]) -> bool:
    """Whether the treatment itself is named: the rest of a page may be about another service."""
    return any(
        statement.mentions.any_of(_THE_TREATMENT) or statement.heading.any_of(_THE_TREATMENT)
        for statement in read
    )


def is_running_text(passage: Passage) -> bool:
    """Whether a passage is long and whole enough to say something by itself."""
    words = len(passage.text.split())
    least = _UNMARKED_WORDS if passage.kind == "paragraph" else _SENTENCE_WORDS
    enough = words >= (_SENTENCE_WORDS if passage.text.rstrip().endswith(_MARKS) else least)
    return enough and passage.kind in _RUNNING_TEXT and passage.region in _BODY
