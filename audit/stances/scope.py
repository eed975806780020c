"""How far a cue reaches in a folded text: where its scope begins and ends."""

from __future__ import annotations

import re

_BEFORE = (", ", " and ", " | ")
# A disclaimer looks back to here: "We watch you because leaving you alone would be wrong."
_CLAUSE_STARTS = (
    ": ", ". ", "! ", "? ", " but ", " so ", " because ", " while ", " until ", " unless ",
    " if ", " when ", " which ", " where ", " although ", " though ", " since ",
)  # fmt: skip
_REMARK_WORDS = 2
_SAYS = (
    " say", " says", "she says", " claim", " argue", " insist", " believe", " think", " assume",
)  # fmt: skip
_WORD = r"[\w'-]{1,30}"
# "I am no psychiatrist, so the doctor, nurse or therapist ...": a clause of its own is no thing.
_CLAUSE = r" (?:so|but|because|since|although|though|while|whereas|yet|which|who|if|when)\b"
_MORE = re.compile(  # things, or clauses
    rf"(?: {_WORD}){{1,4}}(?:,(?!{_CLAUSE}| or\b)(?: {_WORD}){{1,4}}){{1,8}},? (?:or|nor)\b"
    rf"|(?: {_WORD}){{0,3}} that\b"
    r"(?:(?! but | because | although | while )[^.;:!?]){1,200}?,? or that\b"
)
# A colon after these is none: "Ketamine is not: approved, ...", "Do not believe that: ...".
_LEADS_TO = re.compile(r"(?:\b(?:not|never|neither|that|is|are|be)|n't)\Z")
# ... but after an answer: "It is not: a nurse stays with you."
_ANSWERS = re.compile(
    r"(?:\A|[.!?] )(?:it|that|this|they|we|you|she|he|i)(?: \w+n't|'\w+ not| \w+ not)\Z"
)
# ... and before a clause with a subject of its own: "The lozenges are not: they are ...".
_OWN_CLAUSE = re.compile(
    r": (?:they|it|these|we|you)(?:'\w+| (?:are|is|was|were|have|has|can|will))\b"
)
# "What our competitors can't:" the house can.
_OTHERS_LACK = re.compile(
    r"(?:what|things?|care|services?)(?: that)? (?:[\w-]+ ){0,3}"
    r"(?:competitors?|competition|others?|clinics|companies|providers|programs|platforms|they)\b"
)
# "Pressure that is not ...", "a doctor who does not ...".
_OF_A_NOUN = re.compile(r"\w (?:that|which|who)(?: (?:is|are|was|were|has|have|does|do|did))? $")
# Words before whom a lead-in speaks of, and up to its colon: "At other clinics you get: ...".
_LEAD_BEGINS, _LEAD_WORDS = 12, 6
# "Few clinics offer:", "What most clinics don't, we do:": so much is the house's own.
_NOT_THEIRS = re.compile(r"\b(?:no|few|not|never|cannot)\b|n't\b|\b(?:we|i) (?:\w+ )?\w+$")


def since(text: str, start: int, *, clause: bool) -> int:
    """How far back a cue at a place reaches; ``clause``: it is over where a clause begins."""
    back = max(text.rfind(before, 0, max(start - 2, 0)) for before in _BEFORE)
    back = max(back, text.rfind("; ", 0, start))  # ", if you like" is no clause; "; if you" is
    if clause:
        back = max(back, *(text.rfind(begins, 0, start) for begins in _CLAUSE_STARTS))
    return max(back, _remark(text, start), 0)


def leads_on(text: str, colon: int) -> bool:
    """Whether what stands before a colon is no statement without what follows it."""
    leads = _LEADS_TO.search(text, max(0, colon - 8), colon)
    if leads is None or _ANSWERS.search(text, max(0, colon - 40), colon):
        return False
    if text.endswith(("not", "n't"), 0, colon) and _OWN_CLAUSE.match(text, colon):
        return False
    return not _OTHERS_LACK.match(text, 0, colon)


def negated_to(text: str, start: int, end: int, stop: int, *, listed: bool) -> int:
    """Where a negation ends that stands at a place and would go on to ``stop``."""
    if text[end : end + 1] in {",", "."}:
        return end  # "No, we ...": it answers, and negates nothing that follows
    if not listed and (
        _is_aside(text, start) or _OF_A_NOUN.search(text[max(0, start - 24) : start])
    ):
        # "A nurse, not a robot, stays", "Without needles, nurses stay",
        # "Blood pressure that nobody has under control, or a stroke".
        return min(stop, _comma(text, end))
    return stop


def is_tag(text: str, start: int, end: int) -> bool:
    """Whether a statement ends with who says so: "It is harmless, some people say.".

    Not with whom it compares: "It is not approved, unlike Spravato."
    """
    if text.startswith(", ", start):
        return True  # the cue is the end of the statement
    says = text[start:end].endswith(_SAYS)
    return says and text[:start].rstrip("\"' ").endswith(",") and not text[end:].strip(".!\"' ")


def lead_end(text: str, start: int, end: int) -> int:
    """Where a lead-in about others ends, behind its colon; the end of its cue if it is none."""
    colon = text.find(":", end)
    if colon < 0 or start > _LEAD_BEGINS or text.startswith("unlike", start):
        return end
    lead = text[:colon]
    is_short = lead.count(" ", end) < _LEAD_WORDS and not re.search(r"[.;!?]", lead)
    return colon + 1 if is_short and not _NOT_THEIRS.search(lead) else end


def _is_aside(text: str, start: int) -> bool:
    """Whether a negation begins an aside, or the circumstances of what follows."""
    return text.startswith("without", start) or text.endswith(", ", 0, start)


def _remark(text: str, start: int) -> int:
    """Where a remark in parentheses begins that has a cue in it, and a subject before the cue.

    "A nurse stays (your doctor may ask why)": she stays anyway. "A nurse stays (if needed)".
    """
    opened = text.rfind(" (", 0, start)
    inside = text[opened + 2 : start] if opened >= 0 else ""
    return opened if len(inside.split()) >= _REMARK_WORDS and ")" not in inside else 0


def _comma(text: str, start: int) -> int:
    found = text.find(",", start)
    return found if found >= 0 else len(text)


def listed(text: str, start: int) -> int:
    """Where the last of several things begins that are listed after a negation; 0 if nowhere.

    "We do not employ sitters, coaches or guides", "do not think that it heals, or that it is safe".
    """
    more = _MORE.match(text, start)
    return more.end() if more else 0


def words_on(text: str, start: int, count: int) -> int:
    """The offset ``count`` words after ``start``."""
    position = start
    for _ in range(count + 1):
        following = text.find(" ", position + 1)
        if following < 0:
            return len(text)
        position = following
    return position
