"""Negations in a statement that a frame's head does not feel: "Vital signs are never taken here".

There the vital signs are the head, and no negation reaches back to them. A frame with such a
negation between its parts, or before its first one, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.catalog.frames import Frame
from audit.catalog.matching import Hit
from audit.stances.context import Cue

# Another clause begins: "Tell us that you cannot stay safe", "so you are not paying for a brand".
_CLAUSE = re.compile(r"[.,;:!?()]|\b(?:you|they|he|she|who|people|patients|those|so|and|that)\b")
_SENTENCE = re.compile(r"[.;:!?]")
# These turn round what is done, those a thing or a person: "No nurse is there".
_OF_DEEDS = re.compile(r"(?:not|never|no longer|cannot|nt|\w+n't)\b.*")
# Who may not do it alone does it: "You may not inject on your own, a nurse is there".
_FORBIDS = re.compile(r"\b(?:may|must|should|shall|please do) $")
_OF_THINGS = re.compile(r"no|none of|neither|nor|instead of|rather than")
_NOT_ONE = re.compile(r"not")


def goes_unheard(frame: Frame, text: str, cues: Iterable[Cue], hit: Hit) -> bool:
    """Whether a negation turns round what a frame has found, and not the frame.

    Args:
        frame: the frame.
        text: the folded text of the statement.
        cues: its cues.
        hit: where the frame stands in it.
    """
    turns = [cue for cue in cues if cue.kind == "negation"]
    if not turns or any(_is_within(cue, part) for cue in turns for part in hit.parts):
        return False  # its own words have a "no"
    if frame.if_negated == frame.stance:
        return any(
            _is_before_the_head(text, cue, hit) or _turns_a_thing(text, cue, hit) for cue in turns
        )
    return any(
        _turns_a_part(text, cue, hit) if frame.ordered else _follows(text, cue, hit)
        for cue in turns
    )


def _is_within(cue: Cue, part: tuple[int, int]) -> bool:
    return part[0] <= cue.start and cue.end <= part[1]


def _is_before_the_head(text: str, cue: Cue, hit: Hit) -> bool:
    """Whether a negation stands right before the head, which the frame takes either way."""
    start, _ = hit.head
    near = cue.end <= start < cue.reach and _is_beside(text, cue.end, start)
    # "Do not: drive" is a lead-in with its item.
    if not near or _SENTENCE.search(text, cue.end, start) or _FORBIDS.search(text[: cue.start]):
        return False
    return _OF_DEEDS.fullmatch(text, cue.start, cue.end) is not None


def _turns_a_part(text: str, cue: Cue, hit: Hit) -> bool:
    """Whether a negation reaches a part of the frame, and not its head."""
    begins, ends = hit.head
    if cue.end <= begins < cue.reach:
        return False
    if ends <= cue.start:
        later = any(cue.end <= start < cue.reach for start, _ in hit.parts)
        return later and not _CLAUSE.search(text, ends, cue.start)
    return _turns_a_thing(text, cue, hit, _NOT_ONE) or _turns_a_thing(text, cue, hit)


def _follows(text: str, cue: Cue, hit: Hit) -> bool:
    """Whether a negation follows right after the head: "Relief does not come within hours"."""
    _, ends = hit.head
    later = any(cue.end <= start < cue.reach for start, _ in hit.parts)
    if not later or cue.start < ends or _CLAUSE.search(text, ends, cue.start):
        return False
    return _is_beside(text, ends, cue.start)


def _turns_a_thing(text: str, cue: Cue, hit: Hit, words: re.Pattern[str] = _OF_THINGS) -> bool:
    """Whether a negation stands right before the first part: "Instead of a nurse, you have us"."""
    start, end = hit.parts[0]
    if end > hit.head[0] or not (cue.end <= start and _is_beside(text, cue.end, start)):
        return False
    if not words.fullmatch(text, cue.start, cue.end):
        return False
    between = (text[cue.end : start], text[end : hit.head[0]])
    return not any(map(_SENTENCE.search, between))


def _is_beside(text: str, start: int, end: int) -> bool:
    return len(text[start:end].split()) <= 1
