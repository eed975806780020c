"""What a page says about insurance: taken or not, by which payer, for which part of care."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.passage import Passage, Statement
from audit.facts.told import Reader, Told
from audit.facts.words import expressions, words
from data.fact_kinds import FactKind

_SAYS = expressions("insurance")
_PAYERS = words("payers")
_STAGES = ("consultation", "medicine", "infusion", "spravato", "therapy")
_CLAUSE_ENDS = re.compile(
    r"[|;]|,? (?:but|however|while|whereas|although|though)\b|, (?:so|you|we)\b"
    r"|, (?=not\b)|,? and (?:you|we|our|i)\b"
    r"|, and (?=(?:\w+ ){1,3}(?:is|are|can|will|has|have|must)\b)"
)
_EXCEPT = re.compile(r"\b(?:except|excluding|other than|apart from)\b")
_NOT = re.compile(r"\b(?:no|not|never|cannot|without)\b|n't\b")
_NOT_THIS = re.compile(r"\b(?:is|are) not (?:spravato|ketamine|an? )")
_YES_OR_NO = re.compile(r"\W*(?:(?P<yes>yes|absolutely)|(?P<no>no))\b(?! longer| two| one)")
_SHORT = 60


def read(passage: Passage) -> Iterator[Told]:
    """The insurance statements of a block."""
    listed = _SAYS["accepted_head"].search(passage.heading) is not None and not passage.denied
    for statement in passage.statements:
        yield from _answer(statement)
        for start, end in _clauses(statement.text):
            yield from _clause(statement, start, end)
        if listed or _SAYS["accepted_head"].search(statement.lead):
            yield from _item(statement)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _CLAUSE_ENDS.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _clause(statement: Statement, start: int, end: int) -> Iterator[Told]:
    """What one clause says, of accounts and bills, of payers, and of insurance in general."""
    beside = (_bill(statement, start, end), _account(statement, start, end))
    yield from filter(None, beside)
    if any(beside):
        return
    takes = _SAYS["takes"].search(statement.text, start, end) or _SAYS["is_taken"].search(
        statement.text, start, end
    )
    payers = list(_PAYERS.find(statement.text, start, end))
    if takes and payers and statement.is_asserted(*takes.span()):
        excepted = _EXCEPT.search(statement.text, start, end)
        for payer in payers:
            if excepted and excepted.end() <= payer.start:
                continue
            if not statement.is_negated(payer.start, payer.end):
                yield from _told(statement, payer.value, start, end)
    elif takes is not None and not payers:
        yield from _taken(statement, takes, start, end)
    else:
        yield from _cash_or_covered(statement, start, end)


def _taken(statement: Statement, takes: re.Match[str], start: int, end: int) -> Iterator[Told]:
    insurance = _SAYS["insurance"].search(statement.text, start, end)
    if insurance is None or not statement.is_said(*takes.span()):
        return
    if _SAYS["no_insurance"].match(statement.text, insurance.end() + 1):
        return
    if not _is_object(statement.text, takes, insurance):
        return
    verb = statement.text.rfind(" ", *takes.span()) + 1 or takes.start()
    negative = statement.is_negated(verb, takes.end()) or statement.is_negated(*insurance.span())
    if negative or not _SAYS["maybe"].search(statement.text, start, end):
        yield from _told(statement, "none" if negative else "accepted", start, end)


def _is_object(text: str, takes: re.Match[str], insurance: re.Match[str]) -> bool:
    """Whether insurance is what is taken: "we take most insurance", "insurance is accepted"."""
    if insurance.start() >= takes.end():
        between = text[takes.end() : insurance.start()].split()
        return all(_SAYS["links"].fullmatch(word.strip(",")) for word in between)
    taken = _SAYS["is_taken"].match(text, insurance.end() + 1)
    return taken is not None and not text[: insurance.start()].endswith("what ")


def _cash_or_covered(statement: Statement, start: int, end: int) -> Iterator[Told]:
    cash = _SAYS["cash_only"].search(statement.text, start, end)
    if cash is not None:
        if statement.is_asserted(*cash.span()):
            yield from _told(statement, "none", start, end)
        return
    covers = _SAYS["covers"].search(statement.text, start, end)
    payer = _SAYS["insurance"].search(statement.text, start, end)
    supposed = _SAYS["supposed"].search(statement.text, start, end)
    if covers and payer and not supposed and statement.is_real:
        value = _coverage(statement, covers, start, end)
        subject = statement.text[start : covers.start()]
        if _NOT_THIS.search(subject):
            return
        place = (start, covers.start()) if _stages_of(subject) else (covers.end(), end)
        if value and _stages_of(statement.text[slice(*place)]):
            yield from _told(statement, value, *place)


def _coverage(statement: Statement, covers: re.Match[str], start: int, end: int) -> str | None:
    """How far insurance pays, as far as the clause says it clearly."""
    clause = statement.text[start:end]
    negative = statement.is_negated(*covers.span())
    if _SAYS["seldom"].search(clause):
        return None if negative else "rarely covered"
    if _SAYS["maybe"].search(clause):
        return None if negative else "sometimes covered"
    if _SAYS["often"].search(clause):
        return "rarely covered" if negative else "often covered"
    return "not covered" if negative else "covered"


def _bill(statement: Statement, start: int, end: int) -> Told | None:
    """A superbill, with which patients ask their insurer for money themselves."""
    bill = _SAYS["superbill"].search(statement.text, start, end)
    if bill is None or not statement.is_real:
        return None
    given = _SAYS["given"].search(statement.text, start, end)
    if given is None:
        return None
    negative = _NOT.search(statement.text, start, max(bill.end(), given.end()))
    value = "none" if negative else "provided"
    return Told(FactKind.INSURANCE, value, *statement.span, "superbill")


def _account(statement: Statement, start: int, end: int) -> Told | None:
    account = _SAYS["health_account"].search(statement.text, start, end)
    welcome = account and _SAYS["welcome"].search(statement.text, start, end)
    if account is None or not welcome or not statement.is_real:
        return None
    negative = _NOT.search(statement.text, start, max(account.end(), welcome.end()))
    return Told(FactKind.INSURANCE, "none" if negative else "accepted", *statement.span, "hsa-fsa")


def _answer(statement: Statement) -> Iterator[Told]:
    """Yes or no to "Do you take insurance?", quoted with the question."""
    said = _YES_OR_NO.match(statement.text)
    asked = statement.asked
    if said is None or not _SAYS["asked"].search(asked) or not _SAYS["insurance"].search(asked):
        return
    place = statement.place.asked
    if place is None or not statement.is_real:
        return
    yes, no = ("covered", "not covered") if _SAYS["covers"].search(asked) else ("accepted", "none")
    value = yes if said["yes"] else no
    for stage in _stages_of(asked) or (None,):
        yield Told(FactKind.INSURANCE, value, place.start, statement.end, stage)


def _item(statement: Statement) -> Iterator[Told]:
    """A payer in a list of those that are taken."""
    if len(statement.text) <= _SHORT and not statement.lead_denies:
        for payer in _PAYERS.find(statement.text):
            if statement.is_asserted(payer.start, payer.end):
                yield Told(FactKind.INSURANCE, payer.value, *statement.span)


def _told(statement: Statement, value: str, start: int, end: int) -> Iterator[Told]:
    for stage in _stages_of(statement.text[start:end]) or (None,):
        yield Told(FactKind.INSURANCE, value, *statement.span, stage)


def _stages_of(text: str) -> tuple[str, ...]:
    return tuple(s for s in _STAGES if _SAYS[f"stage_{s}"].search(text))


_WORDS = (
    "insur", "superbill", "super bill", "super-bill", "health plan", "health savings", "hsa", "fsa",
    "flexible spending", "in-network", "in network", "out-of-network", "out of network", "cash",
    "self-pay", "self pay", "private pay", "private-pay", "fee-for-service", "fee for service",
)  # fmt: skip
READER = Reader(read, _PAYERS.texts | frozenset(_WORDS))
