"""Whose words stand under a heading or in a box that page builders have for quotations.

Under "What our patients say" a plain paragraph is a patient's; and a notice that only looks like a
quotation ("Do not drive ...", in ``<blockquote>``) is the provider's.
"""

from __future__ import annotations

import re

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


def kind_of(block: Block, below: Block | None) -> str:
    """A block's kind, once it is settled who speaks in it.

    Args:
        block: the block.
        below: the next block of the page, which may say whose words these are.
    """
    if block.kind in _TEXTS and _is_patients(block):
        return "testimonial"
    if block.kind == "testimonial" and _is_notice(block, below):
        return "paragraph"
    return block.kind


def _is_patients(block: Block) -> bool:
    if block.region != "main" or len(block.heading.split()) > _HEADING_WORDS:
        return False
    return bool(_PATIENTS_SAY.search(block.heading) and FIRST_PERSON.search(block.text))


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
