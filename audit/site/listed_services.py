"""Headings that name a service of the house: one of a list of services, or over a price.

"Our treatments", with "IV infusion" and "IM injection" below it, each over a few lines and
"Package of six: $2,190": no sentence there says "we offer".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from audit.claims.claims import Engine
from audit.concepts.mentions import Mentions
from audit.pages.pages import Block
from audit.site.price_cards import AMOUNT
from audit.stances import lines, rows
from data.vocabulary import AT_HOME_LINES, IN_CLINIC_LINES

_NAMED = "ketamine-named"
# Told in a sentence, or of others: "Clinics charge around $500."
_TOLD = ("sentence-verb", "elsewhere", "a-rival-sends", "of-the-trade")
_NO_KETAMINE = "not-ketamine-iv"
_OTHERS = (_NO_KETAMINE, lines.OTHER_SERVICE, lines.OTHER_TREATMENT)
_HOME, _OFFICE = ("home-words", "line-at-home"), ("line-in-clinic", "line-therapy")
# A price with what it is for: "Package of six: $2,190".
_PRICE_WORDS, _NAME_WORDS = 8, 6
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
# What others charge, from the least to the most.
_RANGE = re.compile(r"[$£€] ?\d[\d,]*\W{0,3}(?:to|and|-|–|—)\W{0,3}\d")
# "Typical cost", "Elsewhere" before a row; "we refer you", "in a clinic" below a heading.
_THEIRS = re.compile(
    r"\b(?:typical|average|usual|elsewhere|others?|national|market)\b", re.IGNORECASE
)
_AWAY = re.compile(
    r"\brefer(?:s|red|ring)?\b(?! (?:a|your) friend)"
    r"|\bhospitals?\b|\b(?:in|at) (?:(?:an? )(?:[\w-]+ )?clinic|(?:[\w-]+ )?clinics)\b",
    re.IGNORECASE,
)
# What stands over a list of services; other headings explain, or tell of everybody's.
_KINDS = r"(?:treatments?|services|therapies|options|programs|programmes|offerings)"
_PRICES = r"(?:prices|pricing|fees|rates|costs?)"
_SERVICES = re.compile(
    rf"(?:(?:our|my) (?:(?:ketamine|treatment|therapy|care|service) ){{0,2}}{_KINDS}"
    r"|(?:(?:ketamine|the) )?(?:services|offerings|programs|programmes)"
    r"|treatments?(?: options)?|therapies)"
    rf"(?: (?:and|&) {_PRICES})?|our (?:\w+ ){{0,2}}(?:{_KINDS}|ways)|{_PRICES}|price list"
    rf"|(?:what|(?:the )?(?:{_KINDS}|ways|forms)(?: that)?) (?:we|i) (?:offer|do|provide|give)"
    r"|ways? (?:that )?(?:we|i) (?:give|treat|work)",
    re.IGNORECASE,
)

# A heading or row, its lines, and whether it is ketamine that is listed, by name.
Listed = tuple[Block, frozenset[str], bool]


def listed(
    engine: Engine, blocks: Sequence[Block], title: str, site: Collection[str]
) -> Iterator[Listed]:
    """The headings of a page that name a service that is listed or priced, and its lines.

    Where none of them names ketamine it may be what the house speaks of elsewhere, but not on a
    page of vitamins.

    Args:
        engine: knows the words for lines.
        blocks: all blocks of the page that are read, in order.
        title: the page's title, without the name of its site.
        site: the names of the site; where one has "ketamine" in it, it is what is infused there.
    """
    told = [block for block in blocks if block.region == "main"]
    called = (title, *site)
    is_ours = not any(_NO_KETAMINE in engine.mentions(block.text) for block in told)
    if is_ours:
        yield from _in_columns(engine, told, called)
    for number, block in enumerate(told):
        if block.kind != "heading" or len(block.text.split()) > _NAME_WORDS:
            continue
        mentions = engine.mentions(block.text)
        if not (found := lines.on_the_menu(block.text, mentions)) or mentions.any_of(_OTHERS):
            continue
        below = [engine.mentions(b.text) for b in _below(told, number)]
        over = [engine.mentions(heading) for heading in (*called, *block.heading_path)]
        is_named = any(_NAMED in said for said in (mentions, *over, *below))
        is_other = any(_NO_KETAMINE in said and _NAMED not in said for said in below)
        if is_other or not (is_named or is_ours) or any(map(rows.are_others, block.heading_path)):
            continue
        if any(_AWAY.search(b.text) for b in _below(told, number)):
            continue
        is_priced = _is_priced(engine, _below(told, number))
        if is_priced or _is_of_list(block, title):
            at_home = _is_at_home((mentions, *below), is_priced=is_priced)
            yield block, found if at_home else found - AT_HOME_LINES, is_named


def _in_columns(engine: Engine, told: Sequence[Block], called: Sequence[str]) -> Iterator[Listed]:
    """Rows of prices whose columns are drips and shots; beside lozenges or magnets they weigh."""
    for block in told:
        heads = [head for head in rows.column_heads(block.lead_in) if head.strip()]
        if block.kind != "table-row" or not heads or len(block.parts) != len(heads) + 1:
            continue
        over = (*called, *block.heading_path)
        named = [lines.on_the_menu(head, engine.mentions(head)) for head in heads]
        if not all(found and found <= IN_CLINIC_LINES for found in named):
            continue
        if _THEIRS.search(block.text[slice(*block.parts[0])]):
            continue
        prices = [block.text[start:end] for start, end in block.parts[1:]]
        is_named = any(_NAMED in engine.mentions(text) for text in (*over, *heads))
        if all(map(AMOUNT.search, prices)) and not any(map(_RANGE.search, prices)):
            yield block, frozenset[str]().union(*named), is_named


def _below(told: Sequence[Block], number: int) -> list[Block]:
    """What stands under a heading, up to the next one."""
    end = next((n for n in range(number + 1, len(told)) if told[n].kind == "heading"), len(told))
    return list(told[number + 1 : end])


def _is_priced(engine: Engine, below: Sequence[Block]) -> bool:
    texts = (b.text[a:z] for b in below for a, z in b.parts or ((0, len(b.text)),))
    parts = (sentence for text in texts for sentence in _SENTENCE.split(text))
    return any(
        AMOUNT.search(part)
        and not _RANGE.search(part)
        and len(part.split()) <= _PRICE_WORDS
        and not engine.mentions(part).any_of(_TOLD)
        for part in parts
    )


def _is_of_list(block: Block, title: str) -> bool:
    over = [heading for heading in block.heading_path if heading != block.text]
    return any(_SERVICES.fullmatch(name.strip(" :.")) for name in (*over[-1:], title))


def _is_at_home(told: Sequence[Mentions], *, is_priced: bool) -> bool:
    """Whether lozenges that are listed are taken at home: so they say, or no room is named."""
    in_office = any(said.any_of(_OFFICE) for said in told)
    return any(said.any_of(_HOME) for said in told) or (is_priced and not in_office)
