"""Conditions that a provider advertises to treat, by a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told, shape
from audit.facts.words import Words, words
from data.fact_kinds import FactKind

_CONDITIONS: Words = words("conditions")
# What says that the conditions after it are treated; the list runs on to the clause's end.
_TREATS = re.compile(
    r"\b(?:we|our (?:clinic|clinicians|doctors|practice|team|providers|center|centre|program)"
    r"|(?:ketamine|infusion|lozenge) (?:clinic|practice|center|centre))(?: \w+ly| now| also| can)? "
    r"(?:treats?|help(?:s)?(?: \w+){0,2} with|prescribes? (?:\w+ ){1,3}for|specializ(?:e|es) in(?: treating| the treatment of)?|work(?:s)? with (?:people|adults|patients) (?:with|who have)"
    r"|provide(?:s)? (?:\w+ ){1,3}for|offer(?:s)? (?:\w+ ){1,3}for|see (?:people|adults|patients) (?:with|for))\b"
)
_FOR = re.compile(
    r"\b(?:ketamine|spravato|esketamine|infusions?|lozenges?|troches|ketamine (?:therapy|treatments?|infusions?|lozenges|tablets|nasal spray|injections?)"
    r"|ketamine[- ]assisted (?:psycho)?therapy|infusion therapy|iv therapy|(?:help|relief|treatment|care) ) ?(?:therapy |treatments? |infusions? |sessions |care |programs? |clinic )?"
    r"(?:at home |in [a-z ]{3,20} )?for (?:adults (?:with|living with) |people (?:with|living with) |patients with |the treatment of |treating )?"
)
_PEOPLE_WITH = re.compile(
    r"\b(?:for|prescribes? [\w ]{3,40} to|offers? [\w ]{3,40} to|helps?|treats?|serves?) (?:adults|people|patients|veterans|those|individuals) (?:with|living with|who have|suffering from|struggling with) "
)
_LIST_HEAD = re.compile(
    r"\b(?:conditions?|what|disorders|who|illnesses)\b.{0,20}\b(?:we (?:can )?(?:treat|help)|treated|we address)\b|^conditions$"
    r"|\bwe (?:treat|help (?:people )?with)\b|\b(?:ketamine|treatment|therapy|infusions) (?:can help|helps|for):?$"
)
# An enumeration goes on as long as no other words stand between two conditions.
_GOES_ON = frozenset(
    "and or as well other more severe major chronic resistant mood disorder disorders symptom symptoms"
    " of including such related like condition conditions mental health certain some forms types the"
    " with both to moderate acute ongoing also plus even adults people patients who have living"
    " treatment-resistant stubborn hard-to-treat persistent a range from struggling suffering for".split()
)
_TOKEN = re.compile(r"[a-z'-]*[a-z][a-z'-]*")
_APART = 80
_ENDS = re.compile(r"[.!?;]|\b(?:but|except|unless|not|without|nor)\b|n't\b")
_SHORT = 70
_NO_ITEM = re.compile(r"\b(?:history of|active|uncontrolled|screen(?:ing|ed)?|scale|test|risk|blog|what is|signs|symptoms of)\b")
_HEADLINE = 90
_NO_HEADLINE = re.compile(
    r"\b(?:approv\w+|off-label|labell?ed|fda|evidence|research\w*|stud(?:y|ies)|risks?|trials?|how|why"
    r"|what|is|can|does)\b"
)


def read(passage: Passage) -> Iterator[Told]:
    """The conditions that a block advertises."""
    listed = _LIST_HEAD.search(passage.heading) is not None
    if passage.is_of_other_treatment or passage.denied:
        return
    for statement in passage.statements:
        if statement.lead_denies:
            continue
        head = statement.lead if statement.lead else ""
        if _is_item(passage, statement, listed or bool(_LIST_HEAD.search(head))):
            yield from _item(statement)
        else:
            yield from _sentence(passage, statement)


def _is_item(passage: Passage, statement: Statement, listed: bool) -> bool:
    shown = passage.block.kind in ("list", "heading", "button") or len(passage.text) <= _SHORT
    return listed and shown and len(statement.text) <= _SHORT


def _item(statement: Statement) -> Iterator[Told]:
    """A list item that begins with a condition's name."""
    found = next(iter(_CONDITIONS.find(statement.text)), None)
    if found is None or found.start > 12 or _NO_ITEM.search(statement.text):
        return
    if statement.is_real and not statement.is_negated(found.start, found.end):
        for word in _run(statement.text, found.start):
            yield Told(FactKind.CONDITION, word, *statement.span)


def _sentence(passage: Passage, statement: Statement) -> Iterator[Told]:
    """Conditions right after a word that says that they are treated here."""
    cues = [_TREATS, _PEOPLE_WITH]
    shown = passage.block.kind in ("heading", "meta") or len(passage.text) <= _HEADLINE
    if shown:
        cues.append(_FOR)
    for cue in cues:
        match = cue.search(statement.text)
        if cue is not _TREATS and _NO_HEADLINE.search(statement.text):
            continue
        if match and statement.is_asserted(match.start(), match.end()):
            for value in _run(statement.text, match.end()):
                yield Told(FactKind.CONDITION, value, *statement.span)


def _run(text: str, start: int) -> Iterator[str]:
    """The conditions of an enumeration that begins at a place, or a few words after it."""
    stop = _ENDS.search(text, start)
    end = stop.start() if stop else len(text)
    position = start
    for found in _CONDITIONS.find(text, start, end):
        between = text[position : min(found.start, position + _APART)]
        if not _GOES_ON.issuperset(_TOKEN.findall(between)):
            return
        position = found.end
        yield found.value


_SHAPES = (cue.pattern for cue in (_TREATS, _PEOPLE_WITH, _FOR, _LIST_HEAD))
READER = Reader(read, _CONDITIONS.texts, shape(*_SHAPES), _LIST_HEAD)
