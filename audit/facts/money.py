"""Amounts of money in a plain text: how much, how certain, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.facts.numbers import COUNT, DIGITS, number

_CURRENCIES = {"a$": "AUD", "ca$": "CAD", "c$": "CAD", "£": "GBP", "€": "EUR"}
_CODES = "usd|cad|aud|gbp|eur"
_SIGN = rf"(?:usd? ?|a|ca?)?\$|£|€|(?:{_CODES})(?= ?\d)"
_MONEY = re.compile(
    rf"(?:(?<![a-z])(?P<sign>{_SIGN}) ?(?P<digits>{DIGITS})"
    rf"|(?P<spelt>{DIGITS}) (?:us )?(?:dollars|usd)\b)"
    r"(?P<much> ?(?:million|billion|bn|[km])\b)?"
)
_CODE = re.compile(rf" ?(?P<code>{_CODES})\b")
_UPPER = re.compile(rf" ?(?:-|to|and|or) ?(?:{_SIGN}) ?(?P<digits>{DIGITS})")
_UPPER_BARE = re.compile(rf" ?- ?(?P<digits>{DIGITS})(?! ?%| \w+s\b)")
_LOWER = re.compile(rf"(?:between |from )?(?P<digits>{DIGITS}) ?(?:-|to|and) ?$")
_FROM = re.compile(
    r"\b(?:from|(?:starts?|starting|begins?|beginning) (?:at|from)|as (?:low|little) as|at least)"
    r"(?: (?:only|just))? ?$|\bstarting ?:? ?$"
)
# What stands before an amount that is no price.
_NO_PRICE = re.compile(
    r"\b(?:up to|was|were|originally|regular(?:ly)?(?: price:?| priced at)?|list price:?|normally"
    r"|usually|reg\.|valued? (?:at|of)|worth"
    r"|value:?|saves?(?: you)?|savings?(?: of)?|earns?(?: \w+){0,2}|wins?|minus|less|gets?"
    r"|down from|under|over|above|below|another|extra|instead of) ?$"
)
# And what stands behind one: "$200 less than in town", "$0 down".
_NO_PRICE_BEHIND = re.compile(r" (?:less|more|cheaper|off|down(?! from)|below|above)\b")
_UNITS = {
    "mo": "month", "wk": "week", "yr": "year", "annum": "year", "hr": "hour",
    "consult": "consultation", "evaluation": "consultation", "assessment": "consultation",
    "intake": "consultation", "appointment": "visit", "shot": "injection", "drip": "infusion",
}  # fmt: skip
_TIME = "month|mo|week|wk|year|yr|annum|quarter"
_CARE = (
    "session|infusion|treatment|visit|injection|shot|drip|consultation|consult|evaluation|assessment"
    "|intake|appointment|journey|booster"
)
_THING = "dose|lozenge|troche|tablet|bottle|vial|kit|package|program|course|series"
_ADVERBS = {"monthly": "month", "weekly": "week", "quarterly": "quarter", "yearly": "year",
            "annually": "year"}  # fmt: skip
# "$249 / month", "$450 an infusion", "$229 every 28 days", "$300 for a 60-minute session"
_PER = re.compile(
    r" ?\*? ?(?:/(?: ?(?:per|every|each)\b)?|per|an?\b|each|every|for each|for (?:one|a single)"
    r"|for an?) ?"
    rf"(?:{COUNT}(?:(?:-| to ){COUNT})?[ -](?:minute|min|hour|hr)s?[ -])?"
    rf"(?:(?P<count>{COUNT})[ -])?"
    rf"(?:(?!and\b|first\b)\w+ )??(?P<noun>{_TIME}|{_CARE}|{_THING}|day|hour|hr)s?\b"
)
# "A 60-90 minute session" is one.
_ADJECTIVES = (
    r"(?:(?!(?:\d+ )?(?:min|minutes?|hrs?|hours?|days?|weeks?|mgs?|ml|mcg)[ -])[\w-]+ ){0,2}"
)
# "$2,400 for six infusions", "$1,350 covers three injections"
_FOR_MANY = re.compile(
    r"(?: total)?(?: is| covers| buys)?(?: for|:)? (?:an? (?:\w+ )?(?:series|package|course|program"
    rf"|bundle) of )?(?:the )?(?:all )?(?P<count>{COUNT})[ -]"
    rf"{_ADJECTIVES}?(?P<noun>{_TIME}|{_CARE}|{_THING})s?\b"
)
# "$120 doctor visit", "$99 monthly membership"
_NAMED = re.compile(
    r" (?:(?:initial|first|video|follow-?up|new[ -]patient|medical|single|doctor|online|virtual"
    rf"|ketamine|iv|spravato|intake|psychiatric|telehealth) ){{0,2}}(?P<noun>{_CARE})\b"
)
_ADVERB = re.compile(
    r",? ?/? ?(?:is )?(?:billed |paid )?(monthly|weekly|quarterly|yearly|annually|each|apiece)\b"
)
# Before it: "6 sessions for $2,400", "initial consultation: $250" or "infusions are $425".
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<count>{COUNT})[ -]{_ADJECTIVES})?(?P<noun>{_CARE}|{_THING})"
    rf"(?P<plural>s?)(?: (?:over|in|within) {COUNT}(?: to {COUNT})? (?:weeks?|days|months?))?"
    r"(?: (?:package|program|plan|series|course|bundle|fee|price|cost|rate))?"
    r"(?: \([^()]{1,30}\)| at home| in (?:the |our )?(?:office|clinic))?"
    r"(?P<verb>(?: (?:is|are|at|for|costs?|from|starts? at|starting at|runs?))?(?: (?:only|just))?)"
    r"[,:;|]?(?: -)? ?$"
)
_SPANS_OF_TIME = ("days", "weeks", "months", "years", "quarters", "hours")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, or a range of amounts, and its span in the text.

    Attributes:
        value: in digits; ``upper`` ends a range.
        is_least: "from" so much.
        per: what it buys, such as ``month``, ``session`` or ``6 infusions``, where that is said.
    """

    value: str
    upper: str | None
    currency: str
    is_least: bool
    per: str | None
    start: int
    end: int

    @property
    def unit(self) -> str:
        """Currency and what the amount buys, as the facts table holds them."""
        return unit(self.currency, self.per)


def unit(currency: str, per: str | None) -> str:
    """``USD``, ``USD per month``, ``USD for 6 infusions``, ``USD per 28 days``."""
    if per is None:
        return currency
    many = per[0].isdigit() and not per.endswith(_SPANS_OF_TIME)
    return f"{currency} {'for' if many else 'per'} {per}"


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of a plain text that may be prices, from the left."""
    position = taken = 0
    while (match := _MONEY.search(text, position)) is not None:
        start, position = match.span()
        much = (match["much"] or "").strip()
        upper = None if much else _UPPER.match(text, position) or _UPPER_BARE.match(text, position)
        lower = _LOWER.search(text, max(0, start - _REACH), start) if match["spelt"] else None
        start, position = (lower or match).start(), (upper or match).end()
        before = text[max(taken, start - _REACH) : start]
        if much in {"million", "billion", "bn", "m"} or _NO_PRICE.search(before):
            continue
        if _NO_PRICE_BEHIND.match(text, position):
            continue
        code = _CODE.match(text, position)
        position = code.end() if code else position
        open_ended = text.startswith("+", position)
        position += open_ended
        least = (lower or match)["digits" if lower or match["digits"] else "spelt"] + much
        most = match["spelt"] if lower else upper["digits"] if upper else None
        bought, taken = _bought(before, text, position)
        yield Amount(
            value=number(least),
            upper=number(most) if most else None,
            currency=_currency(match, code),
            is_least=open_ended or _FROM.search(before) is not None,
            per=bought,
            start=start,
            end=position,
        )


def _currency(match: re.Match[str], code: re.Match[str] | None) -> str:
    said = code["code"] if code else match["sign"] or "$"
    return said.upper() if said in _CODES.split("|") else _CURRENCIES.get(said, "USD")


def per(before: str, after: str) -> str | None:
    """What an amount between two texts buys, where they say so."""
    return _bought(before, after, 0)[0]


def _bought(before: str, text: str, end: int) -> tuple[str | None, int]:
    """What an amount that ends at a place buys, and how far the words that say so go."""
    for pattern in (_PER, _FOR_MANY, _NAMED):
        said = pattern.match(text, end)
        if said is not None:
            count = said["count"] if pattern is not _NAMED else None
            return _counted(count, said["noun"]), said.end()
    adverb = _ADVERB.match(text, end)
    if adverb is not None and adverb[1] in _ADVERBS:
        return _ADVERBS[adverb[1]], adverb.end()
    return _bought_before(before, each=adverb is not None), end


def _bought_before(before: str, *, each: bool) -> str | None:
    said = _BEFORE.search(before)
    if said is None:
        return None
    if said["plural"] and not each and said["count"] is None and not said["verb"]:
        return None  # "lozenges: $189" is no price of one
    return _counted(None if each else said["count"], said["noun"])


def _counted(count: str | None, noun: str) -> str:
    """``month``, ``6 infusions``, ``28 days``."""
    noun = _UNITS.get(noun, noun)
    if count is None or number(count) == "1":
        return noun
    return f"{number(count)} {noun}s"
