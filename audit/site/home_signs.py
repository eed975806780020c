"""What a home page lists in words without a verb, as on a sign: "Suboxone and ketamine drips"."""

from __future__ import annotations

import re

from audit.claims.claims import Engine
from audit.pages.pages import Block, PageText
from audit.site import no_service
from audit.stances import lines
from data.vocabulary import IN_CLINIC_LINES, PageType

_NAMED, _MOST_WORDS = "ketamine-named", 25
_OTHERS = ("elsewhere", "of-the-trade", "a-rival-sends", "not-ketamine-iv")
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|can|may|might|could|will|do|does|did|has|have|had|offers?|gives?"
    r"|works?|costs?|takes?|used|helps?|tried|try|read|heard|comes?|goes|why|what|how)\b"
)


def on_the_sign(engine: Engine, block: Block, page: PageText) -> frozenset[str]:
    """The ways of giving ketamine that a paragraph of a home page lists."""
    is_sign = page.page_type == PageType.HOME and block.kind == "paragraph"
    if not is_sign or block.region != "main" or len(block.text.split()) > _MOST_WORDS:
        return frozenset()
    mentions = engine.mentions(block.text)
    if _NAMED not in mentions or _VERB.search(block.text) or mentions.any_of(_OTHERS):
        return frozenset()
    if no_service.is_over(block, page):
        return frozenset()
    return lines.worded(mentions) & lines.named(mentions) & IN_CLINIC_LINES
