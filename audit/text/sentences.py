"""Lines and sentences of a block's text, by their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from nupunkt import sent_spans

from audit.text.left_open import denies

_LONGEST = 1500
# Without one of these, or with one at the very end, it is one sentence: most entries and headings.
_MAY_END = re.compile(
    r"[.?!\u2026](?=\W|[\u00b2\u00b3\u00b9\u2070-\u2079])(?=.*\S)|\n"
    r"|(?<=[a-z])[.?!](?=[A-Z]|\d{1,2}[\s,–-])",
    re.DOTALL,
)
_DOTS = re.compile(r"\u2026|\.\s?\.")
_PAUSE = re.compile(r"\s*(?:\u2026|\.(?:\s?\.)+)\s*\Z")
# "Nurse in the room ........ No", "A session ........ $450"
_LEADER = re.compile(r"\.(?:\s?\.){3,}")
_LED_TO = re.compile(r"(?:Yes|No|None|Optional|Available|Add-on|On request|Coming soon)\b|[$£€]?\d")
_RUN_ON = re.compile(r"\s*[Nn]o\.(?=\s+[A-Z])")
# Ends that the splitter takes for an abbreviation's: it knows "car." as one, and then runs on;
# those with a raised figure behind them, or no blank; and "9 a.m." or "Plan B." before a word that
# no name begins with.
_END = re.compile(
    r"(?<=[a-z]{3}[.!?])(?:\d{1,2}(?:[,–-]\d{1,2})*|[\u00b9\u00b2\u00b3\u2070-\u2079†‡§*]+)?"
    r"(?=\s+[A-Z][a-z' ])"
    r"|(?<=[a-z]{3}[.!?])(?=[A-Z][a-z]*['’ ])(?!(?:Com|Org|Net|Js)\b)"
    r"|(?<=[a-z]{2}[?])(?=(?:Yes|No|Not|Never|Absolutely|Sometimes|Usually|Always|It|We)\b(?!=))"
    r"|(?<=[ .][A-Zm]\.)(?=\s+(?:(?:We|You|Your|Our|It|They|The|There|These|This|That|If|She|He"
    r"|Nobody|Nothing|Please|Is|Are|Do|Does|Can|What|How|Why|When"
    r"|Each|Every|All|Most|Ketamine|Spravato|Esketamine)\b|(?:A|An|No) [a-z]))"
    r"|(?<=: [Nn]o\.)(?=\s+[A-Z])"  # "Nurse: no. Doctor: yes."
    r"|(?<=[.?!])(?=\s+[•●▪‣◦]\s)"  # what leads in to items in running text goes with them
)
_ABBREVIATED = re.compile(
    r"\b(?:etc|approx|incl|prof|mrs|inc|ltd|dept|est|messrs|asst|assoc)\.$", re.IGNORECASE
)


class Span(NamedTuple):
    """Code points of a block's text, end exclusive."""

    start: int
    end: int


def lines(text: str) -> Iterator[Span]:
    """The lines that hold more than white space, without what surrounds it."""
    start = 0
    for line in text.split("\n"):
        span = trim(text, start, start + len(line))
        if span.end > span.start:
            yield span
        start += len(line) + 1


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of ``text[start:end]``."""
    for first, last in _sentence_spans(text[start:end]):
        span = trim(text, start + first, start + last)
        if span.end > span.start:
            yield span


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=4096)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    # Navigation, footers and repeated notices come on every page of a site: worth remembering.
    if not text.strip():
        return ()
    if len(text) < _LONGEST and not _MAY_END.search(text):
        return ((0, len(text)),)
    parts = (part for span in sent_spans(text) for part in _parted(text, *span))
    return tuple(_taken_up(text, parts) if _DOTS.search(text) else parts)


def _goes_on(begun: str, pause: str, rest: str) -> bool:
    rest = rest.lstrip()
    return denies(begun, rest) or (
        _LEADER.search(pause) is not None and _LED_TO.match(rest) is not None
    )


def _taken_up(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A sentence that only pauses goes on: "It is not ... FDA approved"."""
    first = last = -1
    for start, end in parts:
        pause = _PAUSE.search(text, first, last) if first >= 0 else None
        if pause is None or not _goes_on(text[first : pause.start()], pause[0], text[start:end]):
            if first >= 0:
                yield first, last
            first = start
        last = end
    if first >= 0:
        yield first, last


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What the splitter took for one; "No." is no abbreviation of number either."""
    answer = _RUN_ON.match(text, start, end)
    if answer:
        yield answer.span()
        start = answer.end()
    for stop in _END.finditer(text, start, end):
        if not _ABBREVIATED.search(text, start, stop.start()):
            yield from _cut(text, start, stop.end())
            start = stop.end()
    yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that can be read as one: nobody speaks in sentences of a page."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > start else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end
