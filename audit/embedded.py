"""Text that a page carries in data for machines: JSON-LD, and the state of JavaScript frameworks.

Only what the visible page does not say is given, so that a claim counts once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HYDRATION = "script#__NEXT_DATA__, script#__NUXT_DATA__, script[type='application/json']"
_MIN_CHARS = 40
_MAX_TEXTS = 400
_MAX_JSON_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text from a script element; ``heading`` is the question of an answer."""

    text: str
    kind: str
    heading: str
    node: LexborNode


def normal(text: str) -> str:
    """Text as it is compared: lower case, one space."""
    return " ".join(text.lower().split())


def texts(tree: LexborHTMLParser, visible: str) -> Iterator[Embedded]:
    """What scripts say beyond the visible text (``normal`` of the whole page)."""
    seen: set[str] = set()
    for selector, kind in (('script[type="application/ld+json"]', "json-ld"), (_HYDRATION, "hydration")):
        for node in tree.css(selector):
            for heading, text in _strings(_load(node.text()), 0):
                plain = _plain(text)
                key = normal(plain)
                if len(seen) < _MAX_TEXTS and _worth(plain, kind) and key not in seen:
                    seen.add(key)
                    if key not in visible:
                        whole = f"{heading}\n{plain}" if heading else plain
                        yield Embedded(whole, "faq" if heading else kind, heading, node)


def _worth(text: str, kind: str) -> bool:
    # State of a framework is full of class names and addresses; a statement has several words.
    return len(text) >= _MIN_CHARS and text.count(" ") >= (3 if kind == "json-ld" else 5)


def _load(source: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """(question or "", text) for every string in a JSON value."""
    if depth > _MAX_JSON_DEPTH:
        return
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, depth + 1)
    elif isinstance(value, dict):
        answer = value.get("acceptedAnswer")
        if isinstance(answer, dict) and isinstance(answer.get("text"), str):
            yield _plain(str(value.get("name") or "")), answer["text"]
            return
        for item in value.values():
            yield from _strings(item, depth + 1)


def _plain(text: str) -> str:
    if "<" in text:
        body = LexborHTMLParser(text).body
        text = body.text(separator=" ") if body is not None else ""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
