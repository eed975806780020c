"""Which sentences of a passage are about the service: not about another one beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from audit.concepts.lexicon import Lexicon
from audit.concepts.mentions import Mentions
from audit.stances import lines
from audit.stances.found import Passage
from audit.stances.lines import OTHER_TREATMENT
from audit.stances.stances import Statement
from audit.text.folding import fold

_KETAMINE, NOT_ABOUT = "ketamine-named", "not-about-ketamine"
KEPT_TO_OTHERS = "kept-to-others"
# A list may name a club beside much else.
_SPOKEN = {"paragraph", "faq"}
# Ketamine, in a text on another service: drips and injections are given of much else.
OURS = (_KETAMINE, "line-oral", "line-spravato", "line-therapy")
_LABEL = re.compile(r"(?P<name>[^.:!?]{1,60})(?:[.:]|\s[-\u2013\u2014])")
# These may go with ketamine: "Talk therapy: we ask for a note from your therapist."
PARTNER = re.compile(
    r"\b(?:talk|individual|group|couples|psychotherapy|counsell?ing|coaching|breath\w*|yoga|massage"
    r"|meditation|management)\b",
    re.IGNORECASE,
)
_LABEL_WORDS, _VERB = 6, "sentence-verb"
_NOTHING = frozenset[str]()
_APART = frozenset({OTHER_TREATMENT})
# "It is also used for anxiety": said of what the sentence before is about.
_GOES_ON = re.compile(
    r"(?:(?:also|and|moreover|in addition),? )?"
    r"(?:it|this|these|they|the (?:treatment|therapy|method|device|procedure|technique))\b"
)


def own_words(words: Lexicon, passage: Passage, read: Sequence[Statement]) -> list[Statement]:
    """The statements of a passage that are not about another service, each with its lines.

    A cell speaks of the line that heads its column; a sentence that goes on with "it" or "this"
    speaks of what the one before it names.
    """
    if passage.kind == "table-row":
        for statement in read:
            _take_column(words, passage, statement)
        return list(read)
    heard = list(_heard(read))
    if passage.lines == _APART or (not passage.lines and _is_labelled(words, passage)):
        return _from_ketamine_on(heard)
    if passage.kind in _SPOKEN and _is_kept_to_others(read):
        return []
    return heard


def _from_ketamine_on(read: Sequence[Statement]) -> list[Statement]:
    """What a text on another service says of ketamine: from where it is named."""
    if any(_KETAMINE in statement.heading for statement in read):
        return list(read)
    return list(dropwhile(lambda statement: not _brings_up(statement.mentions), read))


def _is_kept_to_others(read: Sequence[Statement]) -> bool:
    """Whether a paragraph says that it is on another service alone: "The club covers facials only".

    One that also tells of ketamine itself is heard as a whole.
    """
    kept = [s for s in read if KEPT_TO_OTHERS in s.mentions]
    return bool(kept) and not any(s.mentions.any_of(OURS) for s in read if s not in kept)


def _brings_up(mentions: Mentions) -> bool:
    return mentions.any_of(OURS) and NOT_ABOUT not in mentions


def _is_labelled(words: Lexicon, passage: Passage) -> bool:
    """Whether a paragraph begins with the name of another service as its title."""
    label = _LABEL.match(passage.text) if passage.kind == "paragraph" else None
    if label is None or len(label["name"].split()) > _LABEL_WORDS or PARTNER.search(label["name"]):
        return False
    mentions = words.mentions(fold(label["name"]).text)
    if _VERB in mentions or speaks_of_ketamine(mentions):
        return False
    return mentions.any_of((lines.OTHER_SERVICE, OTHER_TREATMENT))


def _heard(read: Sequence[Statement]) -> Iterator[Statement]:
    before: frozenset[str] | None = _NOTHING  # nothing worked out yet where it is none
    last: Statement | None = None
    for statement in read:
        spoken_of: frozenset[str] | None = None
        is_apart = _is_of_other_service(statement)
        if is_apart:
            spoken_of = _APART
        elif last is not None and _GOES_ON.match(statement.unit.text):
            spoken_of = _subject(last) if before is None else before
            named = lines.named(statement.mentions)
            if named and named != _APART:
                spoken_of = named
            elif named and speaks_of_ketamine(last.mentions):
                statement.lines = spoken_of  # "It lasts longer than ECT": ketamine does
            elif not named and spoken_of:
                statement.lines = spoken_of
                is_apart = spoken_of == _APART
        if not is_apart:
            yield statement
        last, before = statement, spoken_of


def _subject(statement: Statement) -> frozenset[str]:
    """The lines that the next sentence may mean by "it": "at home" says where, and is no "it"."""
    if not lines.names_treatment(statement.mentions):
        return _NOTHING
    named = lines.named(statement.mentions)
    return _NOTHING if named == _APART and speaks_of_ketamine(statement.mentions) else named


def _is_of_other_service(statement: Statement) -> bool:
    """Whether a sentence begins with the name of another service: "Couples therapy helps ..."."""
    places, text = statement.mentions.places(lines.OTHER_SERVICE), statement.unit.text
    begins = any(not text[:start].strip("✓✗•- ") for start, _ in places)
    return begins and not speaks_of_ketamine(statement.mentions)


def _take_column(words: Lexicon, passage: Passage, statement: Statement) -> None:
    """Give a cell the line of its column's head, where it names none itself."""
    head = statement.unit.context.removeprefix(fold(passage.heading).text)
    of_column = lines.named(words.mentions(head.strip()))
    if of_column and not lines.names_treatment(statement.mentions):
        statement.lines = of_column


def speaks_of_ketamine(mentions: Mentions) -> bool:
    """Whether a text names ketamine, or one of the lines it is given in."""
    return _KETAMINE in mentions or bool(lines.named(mentions) - _APART)
