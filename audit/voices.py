"""Whose words stand under a heading or in a box that page builders have for quotations.

Under "What our patients say" a plain paragraph is a patient's; and a notice that only looks like a
quotation ("Do not drive ...", in ``<blockquote>``) is the provider's.
"""

from __future__ import annotations

import re

from audit import signatures
from audit.blocks import Block

# Not the figure: "bipolar I disorder", "class I".
FIRST_PERSON = re.compile(
    r"(?<![Bb]ipolar )(?<![Cc]lass )(?<![Tt]ype )(?<![Pp]hase )(?<![Ll]evel )(?<![Ss]tage )"
    r"\bI\b(?!/)|\b(?:me|my|mine|myself)\b"
)
_PATIENTS_SAY = re.compile(
    r"\b(?:patients?|clients?|members?|people|they) (?:are saying|say|said|tell us"
    r"|stories|reviews)\b"
    r"|\btestimonials?\b|\bsuccess stories\b|\bin their (?:own )?words\b"
    # "Medical review", "Our doctor reviews your history" are the provider's.
    r"|(?:^\W*|\b(?:(?:patient|client|member|customer|guest)(?:['’]?s['’]?)?|google|yelp|facebook"
    r"|trustpilot|star|online|verified|recent|latest|real|more|our|the|some|read) )reviews\b"
    r"(?! (?:your|the|each|every|all)\b)|\b(?:google|patient|client) review\b",
    re.IGNORECASE,
)
_HEADING_WORDS = 8
_TEXTS = ("paragraph", "list", "list-item")
_SHOWN = ("main", "hidden")  # a slide of a carousel waits beside the page
_NOTICE = re.compile(
    r"\b(?:do not|don['’]t|must|should|may not|cannot|required|approved|warning|important|please"
    r"|note)\b",
    re.IGNORECASE,
)
# A story about somebody, and whose words they are behind a dash.
_STORY = re.compile(
    r"\b(?:he|she|him|her|his|hers|husband|wife|son|daughter|mother|father|recommend(?:ed)?)\b"
    r"|\s[-–—―~]\s*[A-Z][^.!?]{1,40}\.?\W*$|[-–—―~]\s?[A-Z][\w'’]+ [A-Z]\.?$",
)
_MARKS = tuple("“\"«„‘❝»'")
# Nobody who was treated says so of himself: these are the words of who treats.
_I_DO = r"\bI(?:['’](?:ve|ll|d))?(?: (?:have|had|will|can|also|always|only|never|still|now)){0,2}"
_TREATS = re.compile(
    r"\b(?:my|our) (?:own )?(?:patients?|clients?|practice)\b|\bour clinic\b"
    rf"|{_I_DO} (?:ask|see|saw|seen|treat(?:ed)?|meet|met|tell|told|invited?|thank|know|known)"
    r" (?:(?:each|every|all|most|many|any|the|these|so|with|of) ){0,3}(?:patients?|clients?)\b"
    rf"|{_I_DO} (?:prescrib|screen|titrat|supervis|publish)(?!ing)\w*\b"
    rf"|{_I_DO} (?:ask|see|sit|stay|watch|check|call|meet|review|explain|guide|treat|monitor)\b"
    r"(?: [\w’'-]+){0,4} your?\b(?! all\b)",
)
_FOUNDED = re.compile(
    rf"{_I_DO} (?:co-?)?(?:started|founded|opened|built|created|launched|run)"
    r" (?:this|the|our|my|a|an)\b",
)
# A lawyer has clients, a teacher of yoga her practice; and of a patient's own illness he speaks.
_OWN_ILLNESS = re.compile(
    r"\bmy (?:own )?(?:\w+ )?(?:depression|anxiety|ptsd|pain|mind|mood|life|symptoms)\b"
    r"|\b(?:cured|helped|saved|healed|treated|changed|gave) me\b",
    re.IGNORECASE,
)
# "Our team", "Meet your guides": whose names stand below are no patients.
_STAFF_HEADS = re.compile(
    r"\b(?:team|staff|guides?|clinicians?|providers?|doctors?|nurses?|therapists?|who we are)\b",
    re.IGNORECASE,
)
_RATED = re.compile(r"(?:[★⭐✭]\ufe0f?\s?){3}")


def kind_of(block: Block, below: Block | None) -> str:
    """A block's kind, once it is settled who speaks in it.

    Args:
        block: the block.
        below: the next block of the page, which may say whose words these are.
    """
    if block.kind in _TEXTS and (_is_patients(block) or _is_signed(block, below)):
        return "testimonial"
    if block.kind == "testimonial" and (_is_notice(block, below) or _is_ours(block, below)):
        return "paragraph"
    return block.kind


def _is_patients(block: Block) -> bool:
    if block.region not in _SHOWN or _is_who_treats(block.text):
        return False
    told = _is_headed(block) or _RATED.match(block.text)
    return bool(told) and FIRST_PERSON.search(block.text) is not None


def _is_who_treats(text: str) -> bool:
    return bool(_FOUNDED.search(text) or (_TREATS.search(text) and not _OWN_ILLNESS.search(text)))


def _is_headed(block: Block) -> bool:
    """Whether patients speak under its heading: what they say, or "Ana R." below such a heading."""
    above = block.heading_path[-2:-1]
    if signatures.names_patient(block.heading) and not any(map(_STAFF_HEADS.search, above)):
        return True
    return any(
        len(head.split()) <= _HEADING_WORDS and _PATIENTS_SAY.search(head)
        for head in (block.heading, *(above if signatures.names_anybody(block.heading) else ()))
    )


def _is_signed(block: Block, below: Block | None) -> bool:
    """Whether a patient's name stands under words that somebody says of himself."""
    if block.kind != "paragraph" or below is None or below.kind not in ("paragraph", "testimonial"):
        return False
    if not signatures.is_patients(below.text) or _is_who_treats(block.text):
        return False
    own = FIRST_PERSON.search(block.text) or _PATIENTS_SAY.search(block.heading)
    return bool(own) and block.region == below.region and block.region in _SHOWN


def _is_ours(block: Block, below: Block | None) -> bool:
    """Whether a clinician's name stands under a quotation, in its box."""
    if below is None or below.kind != "testimonial" or not signatures.is_clinicians(below.text):
        return False
    if _PATIENTS_SAY.search(block.heading) or _OWN_ILLNESS.search(block.text):
        return False
    names, within = block.outline.names, set(block.outline.around(block.element))
    return any(
        names[e] == "blockquote" and e in within for e in below.outline.around(below.element)
    )


def _is_notice(block: Block, below: Block | None) -> bool:
    """Whether a quotation by its element alone tells readers what to do, and names no speaker."""
    if block.text.startswith(_MARKS) or not _NOTICE.search(block.text):
        return False
    if any(said.search(block.text) for said in (FIRST_PERSON, _STORY)):
        return False
    if _PATIENTS_SAY.search(block.heading):
        return False
    around = (block.element, *block.outline.around(block.element))
    named = below is not None and below.kind == "testimonial" and len(below.text.split()) < 8
    return not named and any(block.outline.names[element] == "blockquote" for element in around)
