"""Posts that neither address nor markup calls a blog's: "Notes from the mill", a date, an author.

One sign alone is no post: sessions have notes and journals too, and pages are dated for reviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from audit.pages.blocks import Block

# Above a page's first paragraph of so many words stand title, author and date.
_PARAGRAPH_WORDS, _SHORT_WORDS, _MOST_BLOCKS = 20, 14, 60
_FIRST = 3
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?20\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? 20\d\d\b"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]20\d\d\b",
    re.IGNORECASE,
)
# Such a date is no post's, and such a person no author.
_KEPT_UP = re.compile(
    r"\b(?:updated?|reviewed|revised|effective|modified|version|valid|since|until|last|next|opens?"
    r"|opening|starts?|starting|begins?|expires?|copyright|call|join)\b|©",
    re.IGNORECASE,
)
_PERSON = r"(?:[A-Z][\w'’-]+|[A-Z]\.)"
_AUTHOR = re.compile(
    rf"(?:^|[|·•–—] ?)(?i:(?:written |posted |published )?by):? (?:the (?:\w+ )+(?:team|staff)"
    rf"|(?:Dr\.? )?{_PERSON} {_PERSON})"
    rf"|^(?:Dr\.? )?{_PERSON}(?: {_PERSON}){{1,2}}(?:, [A-Z][A-Za-z-]+)?\W+{_DATE.pattern}"
)
_READING_TIME = re.compile(r"\b\d{1,2}[ -]?min(?:ute)?s?\.? read\b", re.IGNORECASE)
# What a post calls itself as it begins; a help desk's answers are articles, too.
_CALLS_ITSELF = re.compile(
    r"\b(?:in|throughout|with) (?:this|today['’]s) (?:blog(?: ?post| article| entry)?|post)\b,?"
    r" (?:we|i|you|our|let)\b",
    re.IGNORECASE,
)
_COLUMN = (
    r"(?:journal|diary|dispatch(?:es)?|field[ -]notes?|notebook|essays?|musings|column|notes"
    r"|letters)"
)
# Those of a treatment: to write in, for a visit, of medical necessity, from patients.
_OTHER_USE = re.compile(
    r"\b(?:your?|patients?|members?|clients?|sessions?|visits?|medical|doctors?|clinical|progress"
    r"|release|necessity|recommendation|support|referral|insurance|integration|mood|sleep|symptom"
    r"|dream|dose|prompts?|templates?|pages|write|writing|guided|app|for|to"
    r"|of (?!an?\b|the\b|my\b))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?:an?|the|our|my) )?(?:\w+ ){{0,2}}{_COLUMN}(?:$|:| from\b| of (?:an?|the)\b)",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(
    r"(?:(?:the|our) )?(?:journal|field notes|dispatches|diary)", re.IGNORECASE
)
_PARTS = re.compile(r"\s[|·•–—-]\s")
_IN_ADDRESS = re.compile(rf"/(?:\w+-)?{_COLUMN.replace('[ -]', '-')}(?:-\w+){{0,2}}")


def is_post(path: str, titles: Sequence[str], blocks: Sequence[Block], *, placed: bool) -> bool:
    """Whether a page is a post: it calls itself one, or by two signs of different kinds.

    Args:
        path: its address's path, folded (``data.page_types.folded_path``).
        titles: its title and main headings.
        blocks: its blocks.
        placed: whether its address says what else it is for: then author and date are too little.
    """
    if any(map(_CALLS_ITSELF.search, _first_paragraphs(blocks))):
        return True
    begins = list(_beginning(blocks))
    told = [text for text in begins if not _KEPT_UP.search(text)]
    is_dated, is_signed = any(map(_DATE.search, told)), any(map(_AUTHOR.search, told))
    is_timed = any(map(_READING_TIME.search, begins))
    called = [*titles, *(text for text in begins if len(text.split()) <= 2)]
    is_named = any(_names_column(part) for text in called for part in _parts(text))
    found = _IN_ADDRESS.search(path)
    in_address = found is not None and not _OTHER_USE.search(found[0].replace("-", " "))
    if not placed and ((is_dated and is_signed) or any(map(_is_column, titles))):
        return True
    kinds = (is_named or in_address, is_dated or is_signed, is_timed)
    return sum(kinds) >= 2 or (is_named and in_address and not placed)


def _first_paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    told = (b.text for b in blocks if b.region == "main" and b.kind in ("paragraph", "faq"))
    return islice((text for text in told if len(text.split()) >= _PARAGRAPH_WORDS), _FIRST)


def _names_column(part: str) -> bool:
    return bool(_NAMED.match(part)) and not _OTHER_USE.search(part.partition(":")[0])


def _parts(title: str) -> list[str]:
    """What a title is made of: "Notes from the mill | Alder"."""
    return [part.strip() for part in _PARTS.split(title)]


def _is_column(title: str) -> bool:
    """Whether a page is the column itself: "Journal | Alder"."""
    return _NAME_ALONE.fullmatch(_parts(title)[0]) is not None


def _beginning(blocks: Iterable[Block]) -> Iterator[str]:
    """The short texts above a page's first paragraph."""
    told = (b for b in blocks if b.region == "main" and b.kind not in ("button", "list", "faq"))
    for block in islice(told, _MOST_BLOCKS):
        words = len(block.text.split())
        if words >= _PARAGRAPH_WORDS:
            return
        if words <= _SHORT_WORDS:
            yield block.text
