"""Titles and headings under which a house offers nothing, whatever stands below them.

"Spravato vs. IV ketamine", "The dangers of at-home ketamine", "What other clinics charge": text
below these tells how ketamine is given, in the words of a house that gives it (``no_service.yml``).
"""

from __future__ import annotations

from functools import lru_cache

from audit.concepts import expressions
from audit.pages.pages import Block, PageText
from audit.text.folding import fold

_WORDING = expressions.beside(__file__)
FILE = _WORDING.path
_REMEMBERED = 1024
# What a page says itself; menus and footers stand under no title.
_SAID = {"main", "head"}


@lru_cache(maxsize=_REMEMBERED)
def is_elsewhere(heading: str) -> bool:
    """Whether a heading stands over what others give or charge."""
    return _WORDING["elsewhere"](fold(heading).text) is not None


@lru_cache(maxsize=_REMEMBERED)
def weighs(heading: str) -> bool:
    """Whether a heading weighs ways of treatment."""
    return _WORDING["weighs"](fold(heading).text) is not None


@lru_cache(maxsize=_REMEMBERED)
def warns(heading: str) -> bool:
    """Whether a heading stands over ketamine as a harm."""
    return _WORDING["harm"](fold(heading).text) is not None


def warns_over(block: Block, page: PageText) -> bool:
    """Whether a block stands under a title or a heading that warns of ketamine.

    One that asks is among a house's own questions: "Ketamine addiction?".
    """
    return any(warns(over) for over in _over(block, page) if not over.rstrip().endswith("?"))


def is_over(block: Block, page: PageText) -> bool:
    """Whether a block stands under a title or a heading that weighs or warns."""
    return any(warns(over) or weighs(over) for over in _over(block, page))


def _over(block: Block, page: PageText) -> tuple[str, ...]:
    return (page.title, *block.heading_path, block.heading) if block.region in _SAID else ()
