"""What is told of the people who work there: no endorsement, and no prescriber by trade alone.

A biography stands under a person's name, or fills a page of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from audit.concepts import expressions
from audit.pages.pages import Block, PageText
from audit.stances.found import Found
from data.vocabulary import PageType, Stance, Voice

_WORDING = expressions.beside(__file__)
_ENDORSEMENTS, _PRESCRIBER = "testimonial.", "identity.prescriber-named"
_PERSON = r"(?:[A-Z][\w'’-]+|[A-Z]\.)"
_NAME = re.compile(
    rf"(?:(?:Meet|About) )?(?P<title>(?:Dr|Prof)\.? )?(?P<name>{_PERSON}(?: {_PERSON}){{1,3}})"
    r"(?P<degrees>(?:,? (?:[A-Z][A-Za-z]{0,3}\.?){2,5}(?:-[A-Z]{1,4})?,?){1,6})?$"
)
_LETTERS = re.compile(r"[A-Z]{2}|[A-Z][a-z]?\.?[A-Z]")
_INTRODUCED_BY = 4


def is_staff_speaking(text: str) -> bool:
    """Whether a quotation is of somebody who treats: "I help people to sleep again"."""
    plain = text.replace("’", "'")
    return _WORDING["treating"](plain) is not None and _WORDING["treated"](plain) is None


def is_named(line: str) -> bool:
    """Whether a line is a person's name with a title or with the letters of a degree."""
    found = _NAME.match(line.strip())
    return bool(found and (found["title"] or _LETTERS.search(found["degrees"] or "")))


def tells_of(name: str, texts: Sequence[str]) -> bool:
    """Whether the texts under a name tell of its bearer, and of somebody who may prescribe."""
    words = [w for w in re.findall(r"[A-Z][\w'’-]{2,}", name) if not w.isupper()]
    told = "\n".join(texts)
    again = any(re.search(rf"\b{re.escape(w)}\b", told) for w in words)
    of_them = again or _WORDING["he_or_she"](told) is not None
    return of_them and (
        _WORDING["other_trades"](name) is None or _WORDING["medical"](name) is not None
    )


class Biographies:
    """The people that a page tells of."""

    def __init__(self, page: PageText) -> None:
        self._is_team = page.page_type == PageType.TEAM
        main = [b for b in page.blocks if b.region == "main"]
        self._main = main
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        for block in main:
            self._below[block.heading].append(block.text)
        title = re.split(r" [|–—·-] ", page.title)[0]
        first = next((b.text for b in main if b.kind == "heading"), "")
        self._own = next((n for n in (first, title) if self._is_person(n, [page.description])), "")
        self._known: dict[str, str] = {}

    def heard(self, block: Block, claims: Iterable[Found]) -> list[Found]:
        """The claims of a block without those that only a reader of names would find in a life."""
        told = self._told(block)
        return [c for c in claims if not told or not _is_of_a_life(block, c, told)]

    def _told(self, block: Block) -> str:
        """What introduces the person whom a block tells of; empty where it tells of none."""
        if any(map(_WORDING["praisers"], block.heading_path)):
            return ""
        name = block.heading if block.region in ("main", "hidden") else ""
        if name not in self._known:
            below = self._below[name][:_INTRODUCED_BY]
            is_person = bool(name) and self._is_person(name, below)
            self._known[name] = "\n".join((name, *below)) if is_person else ""
        return self._known[name] or self._own_page()

    def _own_page(self) -> str:
        shown = islice((b.text for b in self._main), _INTRODUCED_BY + 2)
        return "\n".join((self._own, *shown)) if self._own else ""

    def _is_person(self, heading: str, below: list[str]) -> bool:
        """Whether a heading is the name of somebody who works there, as the text below tells.

        Page and service names are in capitals too: without a title or a degree, the text has to
        name the person again or the page has to be about the team.
        """
        found = _NAME.match(heading.strip())
        if found is None:
            return False
        if not found["title"] and _WORDING["service"](found["name"]):
            return False  # "Ketamine Infusions Denver CO"
        if found["title"] or (found["degrees"] and _LETTERS.search(found["degrees"])):
            return True
        words = [word for word in found["name"].split() if len(word) > 2]
        again = any(re.search(rf"\b{re.escape(w)}\b", t) for w in words for t in below)
        person = any(map(_WORDING["he_or_she"], below))
        trade = any(_WORDING["other_trades"](t) or _WORDING["medical"](t) for t in below)
        return trade and (self._is_team or (again and person))


def _is_of_a_life(block: Block, claim: Found, told: str) -> bool:
    """Whether a claim of a biography's block is none."""
    if claim.rule_id == _PRESCRIBER and claim.stance == Stance.STATES:
        return _WORDING["other_trades"](told) is not None and _WORDING["medical"](told) is None
    if not claim.rule_id.startswith(_ENDORSEMENTS) or claim.voice == Voice.TESTIMONIAL:
        return False
    if claim.stance == Stance.DENIES:
        return False  # "We print no patients' stories", in whoever's life
    return _WORDING["praises"](block.text[claim.start : claim.end]) is None
