"""Clinicians whom a page names, with their credentials and their roles.

The fact ``clinician`` has the name as its value and the credentials as its unit; the fact
``clinician-role`` has the role as its value and the name that it belongs to as its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage
from audit.facts.plain import plain
from audit.facts.told import Reader, Told
from audit.facts.words import expressions, written
from audit.pages.pages import Block
from audit.people.names import BROUGHT_IN, CREDENTIALS, Named, named
from data.fact_kinds import FactKind
from data.vocabulary import PageType

_ROLE = expressions("roles")["role"]
_ROLE_ENDS = expressions("clinicians")["role_ends"]
_OF_ELSEWHERE = re.compile(
    r"[\s,]*(?:of|at|from|with)?\s*(?:the )?(?:[A-Z][\w.]+\s){0,4}"
    r"(?:University|Hospital|Institute|School|College|NIMH|Yale|Harvard|Stanford|Foundation|Society)\b"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|at|serving|from|by|of|around|to)\s+$|\b(?:[Ll]ocations?|[Oo]ffices?|[Aa]reas?):\s*$"
)
_ZIP = re.compile(r"\W{0,3}\d{5}\b|\W{0,3}(?:USA|United States)\b")
_JOINS = r"(?:,?\s+(?:is|serves as|works as|acts as)\s+|\s*[,|–—:-]\s*|\s*\n\s*)"
_AFTER = re.compile(rf"\)?{_JOINS}(?:(?:our|the|a|an)\s)?(?P<role>[^\n.;|()]{{3,90}})")
_BEFORE = re.compile(rf"(?<![\w-])(?P<role>{written('roles')['role']})(?:,|:| is)?\s*\Z")
# "Jane Doe, MD, psychiatrist, trained in ..."
_NEXT_CLAUSE = re.compile(r", [a-z]+(?:ed|s) ")
_PARTED = re.compile(r"\s*[·|•]\s*")
_MORE_LETTERS = re.compile(
    r"^(?:[A-Z][A-Za-z.-]*[A-Z.][A-Za-z.-]*,? )+"
    r"(?:(?=[A-Z][a-z])|(?:is|serves as|works as|acts as) (?:(?:our|the|an?) )?)"
)
_LONGEST = 60
_REACH = 150


def read(passage: Passage) -> Iterator[Told]:
    """The clinicians and the roles in a block."""
    if passage.block.kind in ("alt", "button", "json-ld"):
        return
    for person in named(passage.text):
        role = _role(passage, person)
        if not _is_own(passage, person, role):
            continue
        credentials = person.credentials or None
        yield Told(FactKind.CLINICIAN, person.name, person.start, person.end, credentials)
        if role is not None:
            yield role


def _is_own(passage: Passage, person: Named, role: Told | None) -> bool:
    """Whether a person works here, as far as the text tells."""
    text, plain_text = passage.text, passage.plain
    around = plain_text[max(0, person.start - _REACH) : person.end + _REACH]
    if BROUGHT_IN.search(around) or _OF_ELSEWHERE.match(text, person.end):
        return False
    if not person.credentials:
        return role is not None
    if not person.is_doubtful:
        return True
    before = text[max(0, person.start - 20) : person.start]
    placed = _PLACE_BEFORE.search(before) or _ZIP.match(text, person.end)
    return not placed and (role is not None or passage.page.page_type == PageType.TEAM)


def _role(passage: Passage, person: Named) -> Told | None:
    """What a person does here: said after the name, before it, or in the next lines."""
    after = _AFTER.match(passage.text, person.end)
    if after is not None:
        start, end = after.span("role")
        end = start + len(_role_phrase(passage.plain[start:end]))
        if _is_role(passage.plain[start:end]):
            return _told(passage.text[start:end], person, person.start, end)
    before = _BEFORE.search(passage.plain, max(0, person.start - _LONGEST), person.start)
    if before is not None:
        start, end = before.span("role")
        return _told(passage.text[start:end], person, start, person.end)
    return _role_below(passage, person)


def _role_phrase(said: str) -> str:
    """What stands before the words that go on about the person."""
    stops = (_ROLE_ENDS.search(said), _NEXT_CLAUSE.search(said))
    end = min((stop.start() for stop in stops if stop), default=len(said))
    return said[:end].rstrip(" ,")


def _role_below(passage: Passage, person: Named) -> Told | None:
    """The role in the next block, where the name is all that stands in its own."""
    if len(passage.text) - (person.end - person.start) > 3:
        return None
    for block in passage.following(2):
        if block.kind in ("paragraph", "heading") and _is_role(plain(block.text)):
            return _told(block.text, person, 0, len(block.text), block)
        if block.kind != "alt":
            return None
    return None


def _is_role(said: str) -> bool:
    return len(said) <= _LONGEST and "?" not in said and _ROLE.search(said) is not None


def _told(role: str, person: Named, start: int, end: int, block: Block | None = None) -> Told:
    """The role without the further letters that may stand before it."""
    segments = [p for p in _PARTED.split(role) if _ROLE.search(p.lower())] or [role]
    said = " ".join(_MORE_LETTERS.sub("", ", ".join(segments)).lower().split()).strip(" ,.")
    return Told(FactKind.CLINICIAN_ROLE, said, start, end, person.name, block)


_LETTERS = CREDENTIALS.texts
# Words and codes of states besides: only after a comma.
_COMMON = frozenset({"do", "pa", "ma", "ms", "nd", "lac"})
_DOTTED = {
    "m.d", "m. d.", "d.o.", "d. o.", "ph.d", "ph. d", "psy.d", "pharm.d", "r.n.", "n.p.", "p.a.",
    "dr. ", "dr ",
}  # fmt: skip
READER = Reader(
    read,
    frozenset(f",{blank}{letters}" for letters in _LETTERS for blank in ("", " "))
    | frozenset(f" {letters}" for letters in _LETTERS - _COMMON)
    | _DOTTED,
)
