"""Text that a page carries as data: JSON-LD, and the state from which scripts draw the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from audit import class_names as look
from audit.blocks import Block
from audit.elements import INLINE
from audit.loose_json import first_value, values
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
        return (self.heading, self.text) if self.is_answer else (self.text,)

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


def said_in_scripts(scripts: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """Readable text in a page's data scripts.

    Args:
        scripts: (attributes as written, content), in order; ``Said.script`` counts them from 0.
    """
    for number, (written, content) in enumerate(scripts):
        given = attributes(written)
        kind = given.get("type", "").partition(";")[0].strip().lower()
        if kind == "application/ld+json":
            yield from _texts(values(content), number, "json-ld")
        elif kind.endswith("json") or _STATE.search(given.get("id", "") + content[:200]):
            yield from _texts(list(_state(content)), number, "hydration")


def schema_types(scripts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The schema.org types that a page's JSON-LD gives to anything in it."""
    found: set[str] = set()
    for written, content in scripts:
        if "ld+json" in written:
            found.update(re.findall(r'"@type"\s*:\s*"([A-Za-z]+)"', content))
    return frozenset(found)


def _state(content: str) -> Iterator[Any]:
    """The data in a state script: bare JSON, JSON that is assigned, or Next.js' stream.

    Of what is no JSON (an object of JavaScript's, a function's) all that stands in quotes.
    """
    pushes = list(islice(_PUSHED.finditer(content), _MAX_PUSHES))
    for push in pushes:
        pushed = first_value(content, push.end())
        for payload in pushed if isinstance(pushed, list) else ():
            if isinstance(payload, str):
                yield from _quoted(payload)
    if not pushes:
        assigned = _ASSIGNED.search(content)
        data = first_value(content) or (first_value(content, assigned.end()) if assigned else None)
        yield from [data] if data else _quoted(content)


def _quoted(content: str) -> Iterator[Any]:
    for quoted in islice(_STRING.finditer(content), _MAX_STRINGS):
        text = first_value(quoted.group())
        # ``JSON.parse("{...}")``: data that was written as a text.
        yield (
            first_value(text) if isinstance(text, str) and text[:1] in ("{", "[") else None
        ) or text


def _texts(data: Any, script: int, kind: str) -> Iterator[Said]:
    """Every readable text in parsed data, with the title that stands beside it."""
    waiting: list[tuple[Any, str, bool]] = [(data, "", False)]
    count = 0
    while waiting and count < _MAX_STRINGS:
        count += 1
        value, heading, review = waiting.pop()
        if isinstance(value, str):
            for text in paragraphs(value):
                if _is_prose(text):
                    yield Said(script, kind, text, heading, is_review=review)
        elif isinstance(value, list):
            waiting.extend((item, heading, review) for item in reversed(value))
        elif isinstance(value, dict):
            question, answer = _question(value)
            if answer:
                yield Said(script, kind, answer, question, is_answer=True)
                continue
            if kind == "json-ld" and (pieces := _where_to_write(value)):
                yield Said(script, kind, ", ".join(pieces), _title(value), pieces=pieces)
            title = _title(value) or heading
            review = review or _one(value.get("@type")) == "Review"
            waiting.extend(
                (item, title, review or _is_review(key)) for key, item in reversed(value.items())
            )


def _question(value: dict[str, Any]) -> tuple[str, str]:
    """Question and answer of a schema.org ``Question`` or of a pair that looks like one."""
    question = value.get("question", value.get("name"))
    answer = value.get("acceptedAnswer", value.get("answer"))
    if not isinstance(question, str):
        return "", ""
    said = "\n".join(line for text in _answers(answer) for line in paragraphs(text))
    return " ".join(paragraphs(question)), said


def _answers(value: Any) -> Iterator[str]:
    """The texts of an answer: written as such, in an object, or several of either."""
    for one in value if isinstance(value, list) else [value]:
        said = one.get("text", one) if isinstance(one, dict) else one
        for text in said if isinstance(said, list) else [said]:
            line = text.get("@value") if isinstance(text, dict) else text
            if isinstance(line, str):
                yield line


def _is_review(key: str) -> bool:
    return look.TESTIMONIAL.search(key) is not None and look.REVIEWED.search(key) is None


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
    for _ in range(2):  # data is often escaped for HTML that is itself written as data
        if "<" in text:
            text = _TAG.sub(lambda tag: "" if tag[2].lower() in _JOINING else "\n", text)
        text = unescape(text)
    # Half of a surrogate pair can be written in JSON, and in no file that could hold our quote.
    whole = _HALF.sub("\ufffd", text)
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
