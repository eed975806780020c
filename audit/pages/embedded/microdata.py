"""Texts in a page's microdata that no visitor sees: ``<meta itemprop="text" content="...">``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.pages.embedded.embedded import Said
from audit.pages.embedded.rich_text import paragraphs

_QUESTIONS = ("name", "headline")
_TEXTS = ("text", "description", "abstract", "disambiguatingdescription")
_REVIEWS = ("reviewbody",)


def said_in_meta(metas: Iterable[tuple[int, dict[str, str]]]) -> Iterator[Said]:
    """What ``<meta>`` elements with a property say.

    Args:
        metas: (number to give as ``Said.script``, attributes), in order.
    """
    asked = ""
    for number, given in metas:
        name = given.get("itemprop", "").lower()
        text = "\n".join(paragraphs(given.get("content", "")))
        if name in _QUESTIONS:
            asked = text if text.endswith("?") else ""
        elif text and (name in _TEXTS or name in _REVIEWS):
            is_answer = name == "text" and asked != ""
            is_review = name in _REVIEWS
            yield Said(number, "json-ld", text, asked, is_answer, is_review=is_review)
            asked = ""
