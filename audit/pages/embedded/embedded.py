"""Text that a page carries as data: JSON-LD, and the state from which scripts draw the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from audit.pages import class_names as look
from audit.pages.blocks import Block
from audit.pages.embedded import asked_in_data
from audit.pages.embedded.asked_in_data import Pair
from audit.pages.embedded.data_scripts import Script, data_in, data_within
from audit.pages.embedded.rich_text import is_paragraph, lines, paragraphs
from audit.pages.places import Outline

_HEADING_KEYS = ("question", "title", "heading", "headline", "name", "label")
# What others than the page's owner say.
_REVIEWS = ("Review", "UserReview", "CriticReview", "Comment", "UserComments")
_ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "postalCode")
_BEGINS = re.compile(r"[A-Z0-9\"'“‘¿$]")
_CODE = re.compile(r"[{}<>]|://|\w\.\w+\(|;\s|^/|\\|=>|__|^(?:use|static|function)\b")
_MIN_PROSE = 20
_MAX_VALUES = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """A text found in data: ``source`` is ``json-ld`` or ``hydration``.

    ``heading`` is the title beside it, or the question that it answers; ``pieces`` are what it was
    put together from, if it was; one that ``is_review`` is a patient's.
    """

    script: int
    source: str
    text: str
    heading: str = ""
    is_answer: bool = False
    pieces: tuple[str, ...] = ()
    is_review: bool = False

    def parts(self) -> tuple[str, ...]:
        """What has to stand on the page for this to be nothing new."""
        text = self.text.split("\n")
        return (self.heading, *text) if self.is_answer else tuple(text)

    def block(self, outline: Outline, element: int, ordinal: int) -> Block:
        """The text as a block; no visitor sees it as it stands."""
        text, kind = self.text, "testimonial" if self.is_review else self.source
        parts: tuple[tuple[int, int], ...] = ()
        if self.is_answer:
            start = len(self.heading) + 1
            text, kind = f"{self.heading}\n{self.text}", "faq"
            parts = ((0, start - 1), (start, len(text)))
        region = "head" if self.source == "json-ld" else "hidden"
        path = (self.heading,) if self.heading and not self.is_answer else ()
        return Block(
            text, kind, region, self.heading, path, ordinal=ordinal, hidden=True, parts=parts,
            outline=outline, element=element,
        )  # fmt: skip


def said_in_scripts(scripts: Iterable[Script]) -> Iterator[Said]:
    """Readable text in a page's data scripts.

    Args:
        scripts: (attributes as written, content), in order; ``Said.script`` counts them from 0.
    """
    for number, kind, data in data_in(scripts):
        yield from _texts(data, number, kind)


def schema_types(scripts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The schema.org types that a page's JSON-LD gives to anything in it."""
    found: set[str] = set()
    for written, content in scripts:
        if "ld+json" in written:
            found.update(re.findall(r'"@type"\s*:\s*"([A-Za-z]+)"', content))
    return frozenset(found)


def _texts(data: Any, script: int, kind: str) -> Iterator[Said]:
    """Every readable text in parsed data, with the title that stands beside it."""
    waiting: list[tuple[Any, str, bool]] = [(data, "", False)]
    count = 0
    while waiting and count < _MAX_VALUES:
        count += 1
        value, heading, review = waiting.pop()
        if isinstance(value, Pair):
            yield Said(script, kind, value.answer, value.question, is_answer=True)
        elif isinstance(value, str) and (data := data_within(value)):
            waiting.append((data, heading, review))
        elif isinstance(value, str) or is_paragraph(value):
            for text in lines(value):
                if _is_prose(text):
                    yield Said(script, kind, text, heading, is_review=review)
        elif isinstance(value, list):
            told = [(item, title or heading) for title, item in asked_in_data.sections(value)]
            waiting.extend((item, title, review) for item, title in reversed(told))
        elif isinstance(value, dict):
            if kind == "json-ld" and (pieces := _where_to_write(value)):
                yield Said(script, kind, ", ".join(pieces), _title(value), pieces=pieces)
            inside = _inside(value, heading, review or _one(value.get("@type")) in _REVIEWS)
            waiting.extend(reversed(list(inside)))


def _inside(value: dict[str, Any], heading: str, review: bool) -> Iterator[tuple[Any, str, bool]]:
    """What an object holds, each with its heading and whether it is a review's."""
    pair = asked_in_data.pair(value)
    if pair:
        yield pair, heading, review
    title = _title(value) or heading
    is_asked = _one(value.get("@type")) == "Question"
    for key, item in value.items():
        # A question's text is the words of who asks, beside its name.
        if not (pair and key in pair.keys) and not (is_asked and key == "text"):
            yield item, title, review or _is_review(key)


def _is_review(key: str) -> bool:
    return look.TESTIMONIAL.search(key) is not None and look.REVIEWED.search(key) is None


def _where_to_write(value: dict[str, Any]) -> tuple[str, ...]:
    """The parts of a schema.org organisation's address, and its telephone; none if only one.

    A person's are no way to reach the organisation.
    """
    if _one(value.get("@type")) == "Person":
        return ()
    address, point = _one(value.get("address")), _one(value.get("contactPoint"))
    parts = [address.get(key) for key in _ADDRESS] if isinstance(address, dict) else [address]
    calls = [value.get(key) or (point.get(key) if isinstance(point, dict) else None)
             for key in ("telephone", "email")]  # fmt: skip
    written = tuple(filter(None, map(_plain, (*parts, *calls))))
    return written if len(written) > 1 else ()


def _one(value: Any) -> Any:
    """A property's value; the first one where there are several."""
    return value[0] if isinstance(value, list) and value else value


def _plain(value: Any) -> str:
    """A text, a number, or what a thing is called ("State", say), in one line."""
    value = _one(value)
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return " ".join(paragraphs(value)) if isinstance(value, str) else ""


def _title(value: dict[str, Any]) -> str:
    named = (value.get(key) for key in _HEADING_KEYS)
    return next((" ".join(paragraphs(n)) for n in named if isinstance(n, str) and len(n) < 200), "")


def _is_prose(text: str) -> bool:
    return (
        len(text) >= _MIN_PROSE
        and text.count(" ") >= 3
        and _BEGINS.match(text) is not None
        and not text.isupper()
        and _CODE.search(text) is None
    )
