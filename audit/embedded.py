"""Text that a page carries as data: JSON-LD, and the state from which scripts draw the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from audit.blocks import Block
from audit.elements import INLINE
from audit.places import Outline
from audit.traits import attributes

# Where frameworks keep the page's data: Next.js (both routers), Nuxt, Gatsby, Apollo, Redux, Wix.
_STATE = re.compile(
    r"__NEXT_DATA__|__next_f|__NUXT|__APOLLO_STATE__|__INITIAL_STATE__|__PRELOADED_STATE__"
    r"|__remixContext|___gatsby|wix-warmup-data|__SSR"
)
_PUSHED = re.compile(r"__next_f\.push\(")
_ASSIGNED = re.compile(r"=\s*(?=[\[{])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)')
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>")
_JOINING = INLINE - {"br", "script", "style"}
_HEADING_KEYS = ("question", "title", "heading", "headline", "name", "label")
_ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "postalCode")
_BEGINS = re.compile(r"[A-Z0-9\"'“‘¿$]")
_CODE = re.compile(r"[{}<>]|://|\w\.\w+\(|;\s|^/|\\|=>|__|^(?:use|static|function)\b")
_MIN_PROSE = 20
_MAX_STRINGS = 20_000
_HALF = re.compile("[\ud800-\udfff]")
_MAX_PUSHES = 1_000
_JSON = json.JSONDecoder(strict=False)
# What some publishers put before it, and never where it belongs.
_BEFORE_JSON = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """A text found in data: ``source`` is ``json-ld`` or ``hydration``.

    ``heading`` is the title beside it, or the question that it answers; ``pieces`` are what it was
    put together from, if it was.
    """

    script: int
    source: str
    text: str
    heading: str = ""
    is_answer: bool = False
    pieces: tuple[str, ...] = ()

    def parts(self) -> tuple[str, ...]:
        """What has to stand on the page for this to be nothing new."""
        return (self.heading, self.text) if self.is_answer else (self.text,)

    def block(self, outline: Outline, element: int, ordinal: int) -> Block:
        """The text as a block; no visitor sees it as it stands."""
        text, kind = self.text, self.source
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


def said_in_scripts(scripts: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """Readable text in a page's data scripts.

    Args:
        scripts: (attributes as written, content), in order; ``Said.script`` counts them from 0.
    """
    for number, (written, content) in enumerate(scripts):
        given = attributes(written)
        if given.get("type", "").strip().lower() == "application/ld+json":
            yield from _texts(_parsed(content), number, "json-ld")
        elif given.get("type", "").endswith("json") or _STATE.search(
            given.get("id", "") + content[:200]
        ):
            yield from _texts(list(_state(content)), number, "hydration")


def schema_types(scripts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The schema.org types that a page's JSON-LD gives to anything in it."""
    found: set[str] = set()
    for written, content in scripts:
        if "ld+json" in written:
            found.update(re.findall(r'"@type"\s*:\s*"([A-Za-z]+)"', content))
    return frozenset(found)


def _parsed(content: str, start: int = 0) -> Any:
    """The JSON value at ``start``, as leniently as search engines read it, else ``None``."""
    try:
        return _JSON.raw_decode(content, _json_start(content, start))[0]
    except (ValueError, RecursionError):
        return None


def _json_start(content: str, start: int) -> int:
    before = _BEFORE_JSON.match(content, start)
    return before.end() if before else start


def _state(content: str) -> Iterator[Any]:
    """The data in a state script: bare JSON, JSON that is assigned, or Next.js' stream."""
    pushes = list(islice(_PUSHED.finditer(content), _MAX_PUSHES))
    for push in pushes:
        pushed = _parsed(content, push.end())
        for payload in pushed if isinstance(pushed, list) else ():
            if isinstance(payload, str):
                yield from (_parsed(m.group()) for m in _STRING.finditer(payload))
    if not pushes:
        assigned = _ASSIGNED.search(content)
        yield _parsed(content) or (_parsed(content, assigned.end()) if assigned else None)


def _texts(data: Any, script: int, kind: str) -> Iterator[Said]:
    """Every readable text in parsed data, with the title that stands beside it."""
    waiting: list[tuple[Any, str]] = [(data, "")]
    count = 0
    while waiting and count < _MAX_STRINGS:
        count += 1
        value, heading = waiting.pop()
        if isinstance(value, str):
            for text in paragraphs(value):
                if _is_prose(text):
                    yield Said(script, kind, text, heading)
        elif isinstance(value, list):
            waiting.extend((item, heading) for item in reversed(value))
        elif isinstance(value, dict):
            question, answer = _question(value)
            if answer:
                yield Said(script, kind, answer, question, is_answer=True)
                continue
            if kind == "json-ld" and (pieces := _where_to_write(value)):
                yield Said(script, kind, ", ".join(pieces), _title(value), pieces=pieces)
            title = _title(value) or heading
            waiting.extend((item, title) for item in reversed(value.values()))


def _question(value: dict[str, Any]) -> tuple[str, str]:
    """Question and answer of a schema.org ``Question`` or of a pair that looks like one."""
    question = value.get("question", value.get("name"))
    answer = value.get("acceptedAnswer", value.get("answer"))
    if isinstance(answer, list) and answer:
        answer = answer[0]
    if isinstance(answer, dict):
        answer = answer.get("text")
    if not isinstance(question, str) or not isinstance(answer, str):
        return "", ""
    return " ".join(paragraphs(question)), "\n".join(paragraphs(answer))


def _where_to_write(value: dict[str, Any]) -> tuple[str, ...]:
    """The parts of a schema.org organisation's address, and its telephone; none if only one.

    A person's are no way to reach the organisation.
    """
    if value.get("@type") == "Person":
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


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that may hold HTML: tags of blocks part, inline tags vanish."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "" if tag[2].lower() in _JOINING else "\n", text)
    # Half of a surrogate pair can be written in JSON, and in no file that could hold our quote.
    whole = _HALF.sub("\ufffd", unescape(text))
    lines = (" ".join(line.split()) for line in whole.split("\n"))
    return [line for line in lines if line]


def _is_prose(text: str) -> bool:
    return (
        len(text) >= _MIN_PROSE
        and text.count(" ") >= 3
        and _BEGINS.match(text) is not None
        and not text.isupper()
        and _CODE.search(text) is None
    )
