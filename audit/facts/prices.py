"""Prices: an amount of money and what it buys, on cards, in tables, lists and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.facts.money import Amount, amounts, per, unit
from audit.facts.passage import Passage, Statement
from audit.facts.plain import plain
from audit.facts.told import Told
from audit.facts.words import expressions
from audit.pages import Block
from data.fact_kinds import FactKind
from data.vocabulary import PageType

_WORDS = expressions("prices")
_SIGN_ALONE = re.compile(r"(?:us)?[$£€]")
_AMOUNT_ALONE = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d{2})?|\d{1,5}")
_COUNT_ALONE = re.compile(r"\d{1,3}")
_OPTIONS = re.compile(r"\b(?:options?|providers?|alternatives?|compar\w+|who|where)\b")
_OWN_OPTION = re.compile(r"\b(?:our|ours|us|we|here|recommended)\b")
_CLAUSE_ENDS = re.compile(r"[|;]|\. ")
# A head or a card's name says what its amount buys.
_NAME = re.compile(
    r"\b(?P<noun>consultation|consult|evaluation|assessment|intake|infusion|session|injection|visit"
    r"|treatment)\b(?! (?:series|package|program|plan)s?\b)"
)
_MANY = re.compile(r"\b(?:series|package|program|plan|bundle|course|sessions|infusions|\d+)\b")
_NAMES = {"consult": "consultation", "evaluation": "consultation", "assessment": "consultation",
          "intake": "consultation"}  # fmt: skip
_SHORT = 40


def read(passage: Passage) -> Iterator[Told]:
    """The prices of a block."""
    if _SIGN_ALONE.fullmatch(passage.plain):
        yield from _split(passage)
    elif passage.block.kind == "price-card":
        yield from _card(passage)
    elif any(amounts(passage.plain)):
        for statement in passage.statements:
            yield from _statement(passage, statement)


def _statement(passage: Passage, statement: Statement) -> Iterator[Told]:
    for amount in amounts(statement.text):
        if _is_price(passage, statement, amount):
            start = 0 if passage.block.kind == "table-row" else statement.start
            yield from _told(amount, _unit(passage, statement, amount), start, statement.end)


def _is_price(passage: Passage, statement: Statement, amount: Amount) -> bool:
    if passage.is_of_other_treatment or statement.is_of_other_treatment:
        return False
    if passage.block.kind == "table-row" and _is_of_another_option(passage, statement):
        return False
    clause = _clause(statement.text, amount.start, amount.end)
    said = f"{statement.lead} {clause} {statement.heads}"
    if _WORDS["other_money"].search(said):
        return False
    if not statement.is_asserted(amount.start, amount.end):
        return False
    shown = passage.block.kind in ("table-row", "list") or len(passage.text) <= _SHORT
    priced = _WORDS["bought"].search(f"{said} {statement.asked}")
    if shown and not priced:
        priced = _WORDS["bought"].search(passage.heading)
    on_pricing = passage.page.page_type == PageType.PRICING
    return bool(amount.per or priced or (shown and on_pricing))


def _is_of_another_option(passage: Passage, statement: Statement) -> bool:
    """Whether a table compares what there is to choose from, and a row is not the provider's."""
    heads = plain(passage.block.lead_in).partition(" | ")[0]
    return bool(_OPTIONS.search(heads) and not _OWN_OPTION.search(statement.lead))


def _clause(text: str, start: int, end: int) -> str:
    """What stands between the marks that part clauses on both sides of an amount."""
    first = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, start)), default=0)
    last = _CLAUSE_ENDS.search(text, end)
    return text[first : last.start() if last else len(text)]


def _unit(passage: Passage, statement: Statement, amount: Amount) -> str:
    if amount.per is not None:
        return amount.unit
    if passage.block.kind == "table-row":
        return unit(amount.currency, _column_unit(passage, statement))
    return unit(amount.currency, _named(passage.heading) if len(passage.text) <= _SHORT else None)


def _column_unit(passage: Passage, statement: Statement) -> str | None:
    """What a cell's amount buys: by its column's head, or its row's where nothing else counts."""
    said = per("", f" {statement.heads.removeprefix('price ').removeprefix('cost ')}")
    counted = any(_COUNT_ALONE.fullmatch(passage.plain[a:b]) for a, b in passage.block.parts)
    return said or (None if counted else _named(statement.lead))


def _named(name: str) -> str | None:
    """What one of this name is called, if it is a name for one."""
    noun = _NAME.search(name)
    if noun is None or len(name) > _SHORT or _MANY.search(name):
        return None
    return _NAMES.get(noun["noun"], noun["noun"])


def _card(passage: Passage) -> Iterator[Told]:
    """A card's price lines, each quoted from the card's name on."""
    if passage.is_of_other_treatment:
        return
    parts = passage.block.parts
    for number, (start, end) in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else (end, end)
        below = passage.plain[after[0] : after[1]]
        for amount in amounts(passage.plain[start:end]):
            clause = _clause(passage.plain[start:end], amount.start, amount.end)
            if _WORDS["other_money"].search(clause):
                continue
            line = per("", f" {below}") if amount.per is None and len(below) <= _SHORT else None
            name = passage.plain[parts[0][0] : parts[0][1]]
            noun = None if amount.per or line else _named(name) or _named(passage.heading)
            last = after[1] if line else end
            yield from _told(amount, _unit_of(amount, line, noun), parts[0][0], last)


def _unit_of(amount: Amount, line: str | None, noun: str | None) -> str:
    return unit(amount.currency, amount.per or line or noun)


def _split(passage: Passage) -> Iterator[Told]:
    """A sign, its amount and what it buys in three boxes of their own."""
    beside: list[Block] = list(passage.following(2))
    if not beside or not _AMOUNT_ALONE.fullmatch(beside[0].text) or passage.is_of_other_treatment:
        return
    below = plain(beside[1].text) if len(beside) > 1 else ""
    line = per("", f" {below}") if len(below) <= _SHORT else None
    for amount in amounts(f"{passage.plain}{beside[0].text}"):
        bought = _unit_of(amount, line, _named(passage.heading))
        for fact in _told(amount, bought, 0, len(beside[0].text)):
            yield replace(fact, block=beside[0])


def _told(amount: Amount, bought: str, start: int, end: int) -> Iterator[Told]:
    """The facts of one amount: a price, a least one, or the two ends of a range."""
    if amount.upper is not None:
        yield Told(FactKind.PRICE_FROM, amount.value, start, end, bought)
        yield Told(FactKind.PRICE_TO, amount.upper, start, end, bought)
    elif amount.is_least:
        yield Told(FactKind.PRICE_FROM, amount.value, start, end, bought)
    else:
        yield Told(FactKind.PRICE, amount.value, start, end, bought)


WORDS = frozenset({"$", "£", "€", " dollars", " usd"})
