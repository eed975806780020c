"""What a price covers, in the provider's words: the lines of its card, or what it "includes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.facts.money import amounts
from audit.facts.passage import Passage, Statement
from audit.facts.plain import plain
from audit.facts.told import Told
from audit.pages.pages import Block
from data.fact_kinds import FactKind

_COVERS = re.compile(
    r"\b(?:covers?|includes?|pays? for|comprises|buys):? (?P<what>.{8,1000})", re.DOTALL
)
# The sentence after a price goes on about it.
_ALSO = re.compile(
    r"(?:(?:it|this|that|which|the (?:price|fee|plan|package|program)) )?"
    r"(?:covers|includes?|included)(?: are| is)?:? (?P<what>.{8,1000})",
    re.DOTALL,
)
_HEAD = re.compile(
    r"what(?:'s| is) included|(?:includes|included|covers):?$"
    r"|\b(?:price|fee|payment|plan|membership|program|package)s? (?:\w+ )?(?:covers?|includes?)\b"
)
_COLUMN = re.compile(
    r"(?:what (?:it|this) )?(?:includes|covers)|(?:what's |what is )?included|what you get"
)
_NOT = re.compile(r"\b(?:not|never|extra|separate(?:ly)?|except|exclud\w+)\b|n't\b")
# What stands on a card without being part of what is bought.
_NO_ITEM = re.compile(
    r"(?:most popular|best value|popular|recommended|new|one[- ]time fee|cancel any ?time.*"
    r"|billed .*|save .*|per .*|/.*|what's included:?|includes:?|.*[$£€].*"
    r"|(?:get|start|book|choose|select|buy|learn|sign|see|join|schedule|request|contact|apply"
    r"|find)\b.{0,40})\W*"
)
_MARK = re.compile(r"^[✓✔☑✅•*|-]\s*")
_SHORT = 40
_NEAR = 5


def read(passage: Passage, prices: Sequence[Told]) -> Iterator[Told]:
    """What the prices of a block cover, as far as it says."""
    kind = passage.block.kind
    if kind in ("list", "heading") and not prices:
        yield from _headed_list(passage)
    elif not prices:
        return
    elif kind == "table-row":
        yield from _row(passage, prices[0])
    elif kind == "price-card":
        yield from _card(passage, prices[0])
    elif len(passage.text) <= _SHORT:
        yield from _below(passage, prices[0])
    else:
        yield from _prose(passage, prices)


def _prose(passage: Passage, prices: Sequence[Told]) -> Iterator[Told]:
    """Sentences that name a price and what it covers; or what it covers, right after a price."""
    for statement in passage.statements:
        named = next((p for p in prices if p.start == statement.start), None)
        before = [p for p in prices if p.end <= statement.start]
        text = statement.text
        match = _COVERS.search(text) if named else _ALSO.match(text) if before else None
        if match and not _NOT.search(text) and statement.is_asserted(*match.span()):
            yield _covered(passage, statement, match, named or before[-1])


def _covered(passage: Passage, statement: Statement, match: re.Match[str], price: Told) -> Told:
    start, end = (statement.start + at for at in match.span("what"))
    what = " ".join(passage.text[start:end].split()).rstrip(" .;")
    return Told(FactKind.PRICE_COVERS, what, *statement.span, _price(price))


def _price(price: Told | None) -> str | None:
    return f"{price.value} {price.unit}" if price else None


def _card(passage: Passage, price: Told) -> Iterator[Told]:
    """The lines under a card's price; above it, where it stands last."""
    parts = passage.block.parts
    priced = [n for n, (a, b) in enumerate(parts) if any(amounts(passage.plain[a:b]))]
    below = _items(passage.block, parts[priced[0] + 1 :])
    yield from _listed(passage.block, below or _items(passage.block, parts[1 : priced[0]]), price)


def _row(passage: Passage, price: Told) -> Iterator[Told]:
    """The cell that stands in a column called "Includes"."""
    for statement in passage.statements:
        if _COLUMN.fullmatch(statement.heads) and not _NOT.search(statement.text):
            what = " ".join(passage.text[statement.start : statement.end].split())
            yield Told(FactKind.PRICE_COVERS, what, *statement.span, _price(price))


def _headed_list(passage: Passage) -> Iterator[Told]:
    """A list under "What is included" or after "Includes:", with no price of its own."""
    if passage.block.kind == "heading":
        headed, below = passage.plain, next(passage.following(1), None)
        under = below if below and below.heading == passage.text else None
    else:
        first = passage.block.parts[0][0] if passage.block.parts else 0
        headed, under = passage.plain[:first].strip(), passage.block
    if under is None or under.kind != "list" or not _HEAD.search(headed) or _NOT.search(headed):
        return
    if not passage.is_of_other_treatment:
        yield from _listed(under, _items(under, under.parts), None)


def _below(passage: Passage, price: Told) -> Iterator[Told]:
    """The list under a price that stands alone, below the same heading."""
    for block in passage.following(_NEAR):
        if block.heading != passage.block.heading or not block.heading:
            return
        if block.kind == "list":
            yield from _listed(block, _items(block, block.parts), price)
            return


def _items(block: Block, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in parts if b > a and not _NO_ITEM.fullmatch(plain(block.text[a:b]))]


def _listed(block: Block, items: Sequence[tuple[int, int]], price: Told | None) -> Iterator[Told]:
    if items:
        lines = (" ".join(_MARK.sub("", block.text[a:b]).split()) for a, b in items)
        what, unit = "; ".join(lines), _price(price)
        yield Told(FactKind.PRICE_COVERS, what, items[0][0], items[-1][1], unit, block)


# A list under such a head has none of the words of a price.
WORDS = frozenset({"included", "includes", "covers"})
