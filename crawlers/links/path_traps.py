"""Traps within a path: months of a calendar, filters as steps, sessions between two steps.

A step is one only by its name, or by what other addresses of the site have in common with it;
``/locations/texas/austin`` and ``/treatments/ketamine/depression`` are pages. Pure: no I/O.
"""

from __future__ import annotations

import re

# What shows other days for ever, and what stands there for one of them.
_CALENDAR = (
    r"/(?:calendar|events?|schedule|agenda|availability|appointments?|time-?slots?|timetable"
    r"|bookings?)/(?:[a-z-]+/)*?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    rf"{_CALENDAR}(?:(?:month|week|day)[-_/])?(?:(?:19|20)\d\d[-_/](?:\d|{_MONTH}(?:[-_/]|$))"
    rf"|{_MONTH}[-_/]?(?:\d\d?[-_/])?(?:19|20)\d\d(?:[-_/]|$)|\d\d?[-_]\d\d?[-_](?:19|20)\d\d"
    r")|/(?:calendar|events?)/(?:month|week|day)[-_/]\d"
)
# A filter by its name alone, with its value in the next step or in the same one; and what is one
# only beside another.
_SORT = re.compile(
    r"(?:sort(?:-?(?:by|order))?|order-?by|filters?|facets?|per-?page|page-?size)"
    r"(?P<within>[_:=~].+|(?<=sort-by)-.+|(?<=sortby)-.+)?"
)
_SIZE = re.compile(
    r"(?:colou?rs?|sizes?|brands?|prices?|price-range|materials?|styles?|ratings?|vendors?"
    r"|flavou?rs?|filters?)(?P<within>[-_:=~].+)?"
)
# Who visits, in a step of its own. A word after "session-" is a page's name, and so may be a short
# number; a visitor's is long, and has a digit.
_SESSION = re.compile(
    r"(?:(?:php|j)?sess(?:ion)?[-_]?id|sid|oscsid|zenid|cftoken)[-_=:~.](?=[a-z]*\d)[0-9a-z]{4,}"
    r"|(?:s|session|token|visit(?:or)?)[-_=:~.](?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{8,}"
)
# A file's place in a store, or a visitor's that nobody named.
_DIGEST = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{24,}")
SESSION, DIGEST, ANY_ORDER = "#session", "#digest", "#any-order"
# With fewer steps, two of them may well change places and be another page.
_MANY_STEPS = 5


def is_day(path: str) -> bool:
    """Whether a path is a day, a week or a month of a calendar."""
    return _DAY.search(path.lower()) is not None


def without_filters(path: str) -> str | None:
    """The list that a path's filters choose from; None where it has no filters."""
    steps = path.split("/")
    sorts = [at for at in range(len(steps)) if _filters(_SORT, steps, at)]
    sizes = [at for at in range(len(steps)) if _filters(_SIZE, steps, at)]
    if not sorts and len(sizes) < 2:
        return None
    return "/".join(steps[: min(sorts + sizes)]) + "/"


def _filters(names: re.Pattern[str], steps: list[str], at: int) -> bool:
    """Whether a step is a filter, with a value in it below a list's name, or in the next one."""
    found = names.fullmatch(steps[at].lower())
    if found is None:
        return False
    return at > 1 if found["within"] else any(steps[at + 1 : at + 2])


def family(path: str) -> str | None:
    """What paths have in common that differ in a visitor's number, or in the order of their steps.

    None where that counts.
    """
    steps = path.lower().strip("/").split("/")
    # The last step is the page.
    named = [*map(_open, steps[:-1]), steps[-1]]
    if named != steps:
        return "/".join(("", *named))
    return "/".join((*sorted(steps), ANY_ORDER)) if len(steps) >= _MANY_STEPS else None


def _open(step: str) -> str:
    if _SESSION.fullmatch(step):
        return SESSION
    return DIGEST if _DIGEST.fullmatch(step) else step
