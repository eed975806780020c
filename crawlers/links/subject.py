"""Which of many pages of one kind are read first: what speaks of ketamine, and lists. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

# With its relative, its brand names, and what is sold under them at home.
_SUBJECT = re.compile(r"ketamin|ketalar|spravato|(?<![a-z])(?:k\.?a\.?p|troches?)(?![a-z])", re.I)
# /blog/, /our-locations.html: the page that leads to all others of its kind.
_LIST = re.compile(r"/[a-z]+(?:-[a-z]+)?/?(?:\.\w+)?", re.I)


def leads(url: str, *texts: str) -> bool:
    """Whether an address, or what is said around a link to it, names ketamine; or it is a list.

    Args:
        url: the address; its host may well be the clinic's name and tells nothing.
        texts: the link's text, the heading of the card that it stands in.
    """
    parts = urlsplit(url)
    if not parts.query and _LIST.fullmatch(parts.path):
        return True
    return any(map(_SUBJECT.search, (unquote(f"{parts.path}?{parts.query}"), *texts)))
