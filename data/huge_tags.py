"""Elements with thousands of attributes: no page has any, and lexbor's time is quadratic in them.

60,000 attributes on one element cost 4.4 s, so a page of some megabytes could cost an hour.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 3_000
# A tag with so many attributes is at least so long.
_LONG = 2 * MOST_ATTRIBUTES
_VALUE = r"\"[^\"]*+\"|'[^']*+'"
# Not ``(...)*+``: Python before 3.11.5 loses its place in such a group (python/cpython#106052).
_TAG = re.compile(rf"<[a-zA-Z](?>(?:[^>\"']++|{_VALUE})*)")
_VALUES = re.compile(_VALUE)
_NAME = re.compile(r"[\s/]++[^\s/=>]")


def has_huge_tag(text: str) -> bool:
    """Whether a page's source has an element with more attributes than any page needs."""
    if len(text) < _LONG:
        return False
    long = (tag[0] for tag in _TAG.finditer(text) if tag.end() - tag.start() >= _LONG)
    return any(len(_NAME.findall(_VALUES.sub('""', tag))) > MOST_ATTRIBUTES for tag in long)
