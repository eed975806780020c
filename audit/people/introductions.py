"""How a page introduces its people: by cards, bylines, "our therapist Annika", "I'm Marta"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.concepts import expressions
from audit.pages.pages import Block
from audit.people import trades
from audit.people.names import BROUGHT_IN, CREDENTIALS, LETTERS, NAME, NO_NAME, PART, named

_TRADES = trades.bundled()
_WORDING = expressions.beside(__file__)
_ARTICLE = r"(?:(?i:our|the|a|an|my|one of (?:our|the)|also|both a)\s)?"
_SOMEBODY = rf"(?P<title>(?:Drs?|Mrs?|Ms|Mx|Prof)\.?\s)?(?P<name>{NAME}|{PART})"
# "Marta Ellery is our nurse practitioner", "Annika, our therapist, ...", "Mark Orr | Physician".
_AFTER = re.compile(
    rf"(?<![\w'’-]){_SOMEBODY}(?:,? {LETTERS},?)?"
    r"(?:,?\s(?P<is>is|has been|works(?: here)? as|serves as|practices as|joins us as)\s"
    rf"|(?P<mark>,\s|\s?[|–—:(\n\t]\s*|\s-\s)){_ARTICLE}"
)
# "Our therapist, Owen, ...", "our psychiatrist is Priya Raman", "nurse practitioner Marta Ellery".
_BEFORE = re.compile(
    r"(?:\b(?P<ours>(?:[Oo]ur|[Tt]he)\s)(?P<lead>(?:[a-z][\w'’/-]*\s){0,5}?))?"
    rf"(?P<trade>{_TRADES.one_of})(?: | is | [–—-] |(?P<comma>, )){_SOMEBODY}"
    r"(?(comma)(?=[,.;)]|\s(?:is|will|who)\b|\s[–—]|\Z))"
)
# Where a trade begins that no other word makes another one: "massage therapist Bill Tran".
_OPEN = re.compile(r"(?:\A|[.!?:;,(|\n–—]\s?|\b(?:with|by|to|and|from|meets?|sees?|is|are|as)\s)\Z")
_I_AM = re.compile(
    rf"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|[Cc]all me)\s{_SOMEBODY}(?![\w'’-])"
)
_AND_I_AM = re.compile(rf"\b(?:I['’]m|I am|I have been|I work as|I practice as)\s{_ARTICLE}")
_SHE_IS = re.compile(
    rf"(?:\A|[.!]\s)(?:(?:She|He|They|[A-Z]\w+)\s(?:is|are|has been)|I['’]m|I am)\s{_ARTICLE}"
)
_LINE = re.compile(rf"(?:(?:Meet|About)\s)?{_SOMEBODY}(?:,? {LETTERS})?\W*")
_LETTERS_ALONE = re.compile(rf"\(?(?:{LETTERS})\)?\W*")
_EACH_LETTERS = re.compile(r"[A-Za-z][A-Za-z.]*(?:-[A-Z]+)?")
_BY_NAME = re.compile(rf"[\"“('’‘]({PART})[\"”)'’]")
_OWNS = re.compile(r"['’]s\b")
# Before and after a name; the longest line that tells a role; the boxes of a card below the name.
_NEAR, _REACH, _LONGEST_ROLE, _CARD = 40, 150, 80, 3


@dataclass(slots=True)
class Person:
    """Somebody who works there: a first name, a last one, what friends say, and trades.

    One of ``first`` and ``last`` may be empty. ``is_sure``: the text leaves no doubt that it is
    a person's name.
    """

    first: str
    last: str = ""
    nicks: set[str] = field(default_factory=set)
    trades: set[str] = field(default_factory=set)
    is_sure: bool = False


def introduced(page: Sequence[Block]) -> Iterator[Person]:
    """The people whom the blocks of a page introduce, with or without a trade."""
    for number, block in enumerate(page):
        for person in _in_block(block, page[number + 1 : number + 1 + _CARD]):
            if not any(map(is_no_name, filter(None, (person.first, person.last)))):
                yield person


def is_no_name(word: str) -> bool:
    """Whether a capitalised word is nobody's name."""
    low = word.lower()
    return bool(_WORDING["nobody"](low) or NO_NAME.fullmatch(low))


def _in_block(block: Block, following: Sequence[Block]) -> Iterator[Person]:
    text = block.text
    if block.kind == "table-row":
        text = " | ".join(text[start:end] for start, end in block.parts)
    yield from _with_letters(text)
    if _TRADES.any_word.search(text):
        yield from _before_the_trade(text)
        yield from _behind_the_trade(text)
    for match in _I_AM.finditer(text):
        told = "\n".join(b.text for b in (block, *following[:1]) if b.kind == "paragraph")
        yield _person(match, _first_trade(_AND_I_AM, told), sure=True)
    is_line = block.region == "main" and len(text) <= _LONGEST_ROLE
    line = _LINE.fullmatch(text) if is_line else None
    if line:
        yield from _on_card(line, block, following)


def _with_letters(text: str) -> Iterator[Person]:
    """Who has letters after the name; those that are a state's count at the start of a line."""
    for person in named(text):
        around = text[max(0, person.start - _REACH) : person.end + _REACH].lower()
        at_start = person.start == 0 or text[person.start - 1] == "\n"
        is_whole = person.name in text  # and not spread over two lines
        if not is_whole or _WORDING["elsewhere"](text, person.end) or BROUGHT_IN.search(around):
            continue
        if at_start or not person.is_doubtful:
            trade = _TRADES.of_letters(person.credentials.split(", "))
            yield _of_name(person.name, trade, sure=True)


def _before_the_trade(text: str) -> Iterator[Person]:
    for match in _AFTER.finditer(text):
        is_name = " " in match["name"] or match["is"] or match["mark"] == ", "
        before = text[max(0, match.start() - _NEAR) : match.start()].lower()
        trade = _trade_at(text, match.end()) if is_name else ""
        is_place = match["mark"] == ", " and _WORDING["placed"](before)
        if trade and not is_place and not _WORDING["no_staff"](before):
            yield _person(match, trade, sure=bool(match["is"]))


def _behind_the_trade(text: str) -> Iterator[Person]:
    for match in _BEFORE.finditer(text):
        start = match.start("lead" if match["ours"] else "trade")
        trade = _TRADES.of_phrase(text, start)
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if trade and (match["ours"] or (" " in match["name"] and _OPEN.search(before))):
            yield _person(match, trade, sure=False)


def _on_card(line: re.Match[str], block: Block, following: Sequence[Block]) -> Iterator[Person]:
    """Somebody whose name is a line of its own, with what the next lines tell."""
    told, by_letters = set(), False
    for below in following:
        if (below.kind == "heading" and block.kind == "heading") or _is_adviser(below.text):
            break
        if _LETTERS_ALONE.fullmatch(below.text):
            letters = _EACH_LETTERS.findall(below.text)
            known = (CREDENTIALS.value(w.replace(".", "").lower()) or "" for w in letters)
            told.add(_TRADES.of_letters(known))
            by_letters = True
        elif len(below.text) <= _LONGEST_ROLE:
            told.add(_trade_at(below.text, 0))
        if below.kind == "paragraph":
            told.add(_first_trade(_SHE_IS, below.text))
    trade = _TRADES.first(told)
    if trade or " " in line["name"]:
        yield _person(line, trade, sure=by_letters)


def _is_adviser(text: str) -> bool:
    return len(text) <= _LONGEST_ROLE and _WORDING["advises"](text.lower()) is not None


def _first_trade(begins: re.Pattern[str], text: str) -> str:
    found = (_trade_at(text, match.end()) for match in begins.finditer(text))
    return next((trade for trade in found if trade), "")


def _trade_at(text: str, start: int) -> str:
    return "" if _WORDING["elsewhere"](text, start) else _TRADES.of_phrase(text, start)


def _person(match: re.Match[str], trade: str, *, sure: bool) -> Person:
    """Somebody by a match; a name behind a bare title is the last one, and there is no first."""
    if match["title"] and " " not in match["name"]:
        return Person("", match["name"], set(), {trade} if trade else set(), sure)
    return _of_name(match["name"], trade, sure=sure)


def _of_name(name: str, trade: str, *, sure: bool) -> Person:
    nicks = set(_BY_NAME.findall(name))
    parts = _OWNS.sub("", _BY_NAME.sub(" ", name)).split()
    parts = [part.title() if part.isupper() and len(part) > 2 else part for part in parts]
    last = parts[-1] if len(parts) > 1 else ""
    return Person(parts[0], last, nicks, {trade} if trade else set(), sure)
