"""Prices: an amount of money and what it buys, on cards, in tables, lists and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.money import Amount, amounts, per, unit
from audit.facts.passage import Passage, Statement, is_of_other_treatment
from audit.facts.plain import plain
from audit.facts.told import Told
from audit.facts.words import expressions
from data.fact_kinds import FactKind
from data.vocabulary import PageType

_WORDS = expressions("prices")
_COUNT_ALONE = re.compile(r"\d{1,3}")
_OPTIONS = re.compile(r"\b(?:options?|providers?|alternatives?|compar\w+|who|where)\b")
_ELSEWHERE = re.compile(r"\b(?:elsewhere|other (?:clinics|companies) (?:charge|cost))\b")
_TITLE_ENDS = re.compile(r"\s[|:-]\s")
_OWN_OPTION = re.compile(r"\b(?:our|ours|us|we|here|recommended)\b")
_CLAUSE_ENDS = re.compile(
    r"[|;]|\. |,? (?:with|or) (?=(?:\w+ )?(?:financ|payment plan|installment))"
)
# A head or a card's name says what its amount buys.
_NAME = re.compile(
    r"\b(?P<noun>consultation|consult|evaluation|assessment|intake|infusion|session|injection|visit"
    r"|treatment)\b(?! (?:series|package|program|plan)s?\b)"
)
_MANY = re.compile(r"\b(?:series|package|program|plan|bundle|course|sessions|infusions|\d+)\b")
_NAMES = {"consult": "consultation", "evaluation": "consultation", "assessment": "consultation",
          "intake": "consultation"}  # fmt: skip
_SHORT = 40
# The lines that tell what a card is for: its name, its price and the first of its contents.
_TOP = 3


def read(passage: Passage) -> Iterator[Told]:
    """The prices of a block."""
    if passage.block.kind == "price-card":
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
    if not _OPTIONS.search(heads) and not _ELSEWHERE.search(passage.heading):
        return False
    names = (name for name in _TITLE_ENDS.split(plain(passage.page.title)) if len(name) > 2)
    return not (_OWN_OPTION.search(statement.lead) or any(n in statement.lead for n in names))


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
    parts = passage.block.parts
    # What it is for stands on top; further down, a package may come with a vitamin drip.
    name = passage.plain[parts[0][0] : parts[0][1]]
    top = f"{passage.heading} {passage.plain[: parts[min(_TOP, len(parts)) - 1][1]]}"
    if passage.is_under_other_treatment or any(
        is_of_other_treatment(passage.engine, about) for about in (name, top)
    ):
        return
    for number, (start, end) in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else (end, end)
        below = passage.plain[after[0] : after[1]]
        for amount in amounts(passage.plain[start:end]):
            clause = _clause(passage.plain[start:end], amount.start, amount.end)
            if _WORDS["other_money"].search(clause):
                continue
            line = per("", f" {below}") if amount.per is None and len(below) <= _SHORT else None
            noun = None if amount.per or line else _named(name) or _named(passage.heading)
            last = after[1] if line else end
            yield from _told(amount, _unit_of(amount, line, noun), parts[0][0], last)


def _unit_of(amount: Amount, line: str | None, noun: str | None) -> str:
    return unit(amount.currency, amount.per or line or noun)


def _told(amount: Amount, bought: str, start: int, end: int) -> Iterator[Told]:
    """The facts of one amount: a price, a least one, or the two ends of a range."""
    if amount.upper is not None:
        yield Told(FactKind.PRICE_FROM, amount.value, start, end, bought)
        yield Told(FactKind.PRICE_TO, amount.upper, start, end, bought)
    elif amount.is_least:
        yield Told(FactKind.PRICE_FROM, amount.value, start, end, bought)
    else:
        yield Told(FactKind.PRICE, amount.value, start, end, bought)


WORDS = frozenset({"$", "£", "€", " dollars", " usd", "usd ", " cad ", " aud ", " gbp ", " eur "})
