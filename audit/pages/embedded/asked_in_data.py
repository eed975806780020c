"""Questions in a page's data, each with its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from audit.pages.embedded import rich_text

# How a question is called, and its answer: "faq_question", "answerText"; in a pair of any name
# the first asks.
_QUESTION = re.compile(r"q|.*question(?:text|title|s)?")
_ANSWER = re.compile(r"a|.*(?:answer|response|reply)(?:s|text|body|html|content)?")
_TITLES = ("title", "heading", "headline", "header", "name", "label", "summary", "prompt")
_BODIES = (
    "answer", "content", "contents", "body", "text", "richText", "description", "details", "detail",
    "copy", "panel", "value", "children",
)  # fmt: skip
_LETTERS = re.compile(r"[^a-z]+")
_LONGEST_QUESTION, _LONGEST_ANSWER, _MOST_QUESTIONS = 300, 4000, 20


class Pair(NamedTuple):
    """A question and its answer, a line for each paragraph; ``keys`` are where they stood."""

    question: str
    answer: str
    keys: tuple[str, ...] = ()


def pair(value: dict[str, Any]) -> Pair | None:
    """Question and answer of a schema.org ``Question`` or of a pair that looks like one."""
    named = {key: _LETTERS.sub("", key.lower()) for key in value}
    asked = [key for key in named if _QUESTION.fullmatch(named[key])]
    answers = [key for key in named if _ANSWER.fullmatch(named[key])]
    if not asked and answers:
        asked = [key for key in ("name", "text") if isinstance(value.get(key), str)][:1]
    found = _first(value, asked, [*answers, *_BODIES])
    if found:
        return found
    titles = [key for key in _TITLES if key in value]
    loose = _first(value, titles, _BODIES, ends="?")
    return loose if loose and len(loose.answer) <= _LONGEST_ANSWER else None


def _first(
    value: dict[str, Any], asked: Iterable[str], answers: Sequence[str], *, ends: str = ""
) -> Pair | None:
    """The first question, ending so, with the first answer that is not the question once more."""
    read = ((key, " ".join(rich_text.lines(value[key]))) for key in islice(asked, _MOST_QUESTIONS))
    questions = [(key, text) for key, text in read if 1 < len(text) <= _LONGEST_QUESTION]
    questions = [(key, text) for key, text in questions if text.endswith(ends)]
    told = [key for key in answers if key in value] if questions else []
    said = {key: "\n".join(rich_text.lines(value[key])) for key in told}
    for key, question in questions:
        for other, answer in said.items():
            if answer and other != key and answer != question:
                return Pair(question, answer, (key, other))
    return None


def sections(values: list[Any]) -> Iterator[tuple[str, Any]]:
    """What stands in a list, each with the heading before it.

    Before that, as a ``Pair``, a heading that asks with all up to the next heading.
    """
    heading, below = "", list[Any]()
    for value in values:
        if rich_text.is_heading(value):
            yield from _section(heading, below)
            below = []
            heading = " ".join(rich_text.lines(value))
        else:
            below.append(value)
    yield from _section(heading, below)


def _section(heading: str, below: list[Any]) -> Iterator[tuple[str, Any]]:
    if len(heading) > _LONGEST_QUESTION or (heading and not below):
        yield "", heading
        heading = ""
    if heading.endswith("?"):
        said = "\n".join(line for value in below for line in rich_text.lines(value))
        if said and len(said) <= _LONGEST_ANSWER:
            yield heading, Pair(heading, said)
    for value in below:
        yield heading, value
