"""Whose words stand under a heading or in a box that page builders have for quotations.

Under "What our patients say" a plain paragraph is a patient's; and a notice that only looks like a
quotation ("Do not drive ...", in ``<blockquote>``) is the provider's.
"""

from __future__ import annotations

import re

from audit.concepts import expressions
from audit.pages import signatures
from audit.pages.blocks import Block

_WORDING = expressions.beside(__file__)
_HEADING_WORDS = 8
_TEXTS = ("paragraph", "list", "list-item")
_SHOWN = ("main", "hidden")  # a slide of a carousel waits beside the page
_MARKS = tuple("“\"«„‘❝»'")
# "Has it saved my life?" tells nothing.
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?\n]|$)")
_RATED = re.compile(r"(?:[★⭐✭]\ufe0f?\s?){3}")
# Behind what somebody says: "Then I slept. — Ana, Alder Falls".
_SIGNATURE = re.compile(r"(?<=[.!?…\"”’])\s*([-–—―~]+\s*[A-Z][^.!?]{1,50}?\.?)\s*$")


def in_first_person(text: str) -> bool:
    """Whether somebody speaks of himself in a text."""
    return _WORDING["first_person"](text) is not None


def heads_reviews(line: str) -> bool:
    """Whether a line is a heading under which patients speak."""
    return len(line.split()) <= _HEADING_WORDS and _is_for_patients(line)


def kind_of(block: Block, below: Block | None) -> str:
    """A block's kind, once it is settled who speaks in it.

    Args:
        block: the block.
        below: the next block of the page, which may say whose words these are.
    """
    if block.kind in _TEXTS and (
        _is_patients(block) or _is_signed(block, below) or _signs_itself(block)
    ):
        return "testimonial"
    if block.kind in ("paragraph", "list") and _is_of_own_treatment(block, below):
        return "testimonial"
    if block.kind == "testimonial" and (_is_notice(block, below) or _is_ours(block, below)):
        return "paragraph"
    return block.kind


def _is_patients(block: Block) -> bool:
    if block.region not in _SHOWN or _is_who_treats(block.text):
        return False
    told = _is_headed(block) or _RATED.match(block.text) is not None
    if not told and _is_under_stars(block):
        told = _WORDING["serves"](block.text) is None
    return told and in_first_person(block.text)


def _is_of_own_treatment(block: Block, below: Block | None) -> bool:
    """Whether somebody tells how he was treated, with no mark and no name beside it."""
    if block.region not in _SHOWN or _is_who_treats(block.text):
        return False
    # Who founds a house, or works there, was often treated first: what else he says is the house's.
    if _WORDING["serves"](block.text):
        return False
    lines = (block.heading, *((below.text,) if below is not None else ()))
    if any(map(signatures.is_staffs, lines)) or any(
        map(_WORDING["staff_heads"], block.heading_path)
    ):
        return False
    said = "".join(s for s in _SENTENCE.findall(block.text) if not s.endswith("?"))
    told = _WORDING["own_treatment"](said)
    of_named = signatures.names_anybody(block.heading) and in_first_person(said)
    if not told and not (of_named and _WORDING["own_illness"](said)):
        return False
    return not _WORDING["signs"](block.text)


def _is_who_treats(text: str) -> bool:
    if _WORDING["founded"](text):
        return True
    return bool(_WORDING["treats"](text)) and not _WORDING["own_illness"](text)


def _is_for_patients(heading: str) -> bool:
    return any(_WORDING[name](heading) for name in ("patients_say", "reviews"))


def _is_headed(block: Block) -> bool:
    """Whether patients speak under its heading: what they say, or "Ana R." below such a heading."""
    above = block.heading_path[-2:-1]
    if signatures.names_patient(block.heading) and not any(map(_WORDING["staff_heads"], above)):
        return True
    return any(map(heads_reviews, _heads(block)))


def _is_under_stars(block: Block) -> bool:
    return any(
        len(head.split()) <= _HEADING_WORDS and _RATED.search(head) for head in _heads(block)
    )


def _heads(block: Block) -> tuple[str, ...]:
    """The heading over a text; over somebody's name also the one above that."""
    above = block.heading_path[-2:-1]
    return block.heading, *(above if signatures.names_anybody(block.heading) else ())


def _is_signed(block: Block, below: Block | None) -> bool:
    """Whether a patient's name stands under words that somebody says of himself."""
    if block.kind != "paragraph" or below is None or below.kind not in ("paragraph", "testimonial"):
        return False
    if not signatures.is_patients(below.text) or _is_who_treats(block.text):
        return False
    own = in_first_person(block.text) or _is_for_patients(block.heading)
    return own and block.region == below.region and block.region in _SHOWN


def _signs_itself(block: Block) -> bool:
    """Whether what somebody says of himself ends with a patient's name, in the same paragraph."""
    signature = _SIGNATURE.search(block.text)
    if signature is None or block.region not in _SHOWN or _is_who_treats(block.text):
        return False
    name = signature[1]
    named = signatures.is_patients(name) or signatures.names_anybody(name.lstrip("-–—―~ "))
    own = in_first_person(block.text[: signature.start()]) or _is_for_patients(block.heading)
    return named and own and not signatures.is_staffs(name)


def _is_ours(block: Block, below: Block | None) -> bool:
    """Whether a clinician's name stands under a quotation, in its box."""
    if below is None or below.kind != "testimonial" or not signatures.is_clinicians(below.text):
        return False
    if _is_for_patients(block.heading) or _WORDING["own_illness"](block.text):
        return False
    names, within = block.outline.names, set(block.outline.around(block.element))
    return any(
        names[e] == "blockquote" and e in within for e in below.outline.around(below.element)
    )


def _is_notice(block: Block, below: Block | None) -> bool:
    """Whether a quotation by its element alone tells readers what to do, and names no speaker."""
    if block.text.startswith(_MARKS) or not _WORDING["notice"](block.text):
        return False
    if any(_WORDING[name](block.text) for name in ("first_person", "story", "signed")):
        return False
    if _is_for_patients(block.heading):
        return False
    around = (block.element, *block.outline.around(block.element))
    named = below is not None and below.kind == "testimonial" and len(below.text.split()) < 8
    return not named and any(block.outline.names[element] == "blockquote" for element in around)
