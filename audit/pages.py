"""Bytes to blocks: a page as its visitor reads it, whole, each piece with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit import embedded
from audit.blocks import Leaf, css_path, leaves
from audit.encoding import decode
from audit.page_type import page_type
from data.models import PageType

EXTRACTOR_VERSION = "1"
MAX_DEPTH = 10_000
MAX_BYTES = 20 * 1024 * 1024
_MAX_QUESTION = 220
_QUESTION_KINDS = {"heading", "question", "button"}
_SHELL_WORDS = 60
_APP_ROOT = re.compile(rb"""id=["']?(?:root|app|__next|__nuxt|___gatsby|q-app|app-root)\b|<app-root""")
_VOID = b"area base br col embed hr img input link meta source track wbr".split()
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*?(/?)>")


class PageRefused(ValueError):
    """A page that cannot be read within bounds; the message says why."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page as a visitor reads it.

    ``text`` is what quotes are sliced from; offsets are code points into it, end exclusive. Lines
    in it are the page's own: paragraphs of an answer, items of a list. ``parts`` are the spans of
    a list's items, or of a question and its answer. ``(css_path, ordinal)`` is unique on a page.
    """

    text: str
    kind: str
    region: str
    heading: str
    heading_path: tuple[str, ...]
    lead_in: str
    ordinal: int
    hidden: bool
    parts: tuple[tuple[int, int], ...] = ()
    node: LexborNode | None = field(default=None, repr=False, compare=False)

    @property
    def css_path(self) -> str:
        """The element that holds the block."""
        return css_path(self.node) if self.node is not None else ""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's blocks and what is known of it as a whole."""

    url: str
    title: str
    description: str
    lang: str
    canonical: str
    blocks: tuple[Block, ...]
    words: int
    shell: bool
    page_type: PageType
    truncated: bool


def read(body: bytes, *, url: str, content_type: str | None = None) -> PageText:
    """Read a page.

    Args:
        body: the response's body with its content-encoding undone.
        url: its address, which helps to tell what the page is for.
        content_type: the response's Content-Type, for its charset.

    Raises:
        PageRefused: the page is nested so deeply that reading it would not end in good time.
    """
    truncated = len(body) > MAX_BYTES
    body = body[:MAX_BYTES]
    _refuse_depth(body)
    tree = LexborHTMLParser(decode(body, content_type))
    found = list(leaves(tree))
    words = sum(len(leaf.text.split()) for leaf in found if not leaf.hidden)
    title, description = _title(tree), _meta(tree, "description")
    headings = [leaf.text for leaf in found if leaf.level == 1]
    blocks = _number(_blocks(tree, found))
    return PageText(
        url=url,
        title=title,
        description=description,
        lang=_attribute(tree.css_first("html"), "lang"),
        canonical=urljoin(url, _attribute(tree.css_first("link[rel=canonical]"), "href")),
        blocks=tuple(blocks),
        words=words,
        shell=_is_shell(body, tree, words),
        page_type=page_type(url, title, headings[0] if headings else "", _articles(tree)),
        truncated=truncated,
    )


def _refuse_depth(body: bytes) -> None:
    # lexbor's time is quadratic in depth; a count of open tags is a cheap upper bound.
    if body.count(b"<") <= MAX_DEPTH:
        return
    depth = deepest = 0
    for closing, name, alone in _TAG.findall(body):
        if closing:
            depth = max(0, depth - 1)
        elif not alone and name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise PageRefused(f"tags are nested {deepest} deep, more than {MAX_DEPTH}")


def _blocks(tree: LexborHTMLParser, found: list[Leaf]) -> Iterator[Block]:
    visible = embedded.normal(" ".join(leaf.text for leaf in found))
    yield from _head(tree)
    yield from _Composer(found).blocks()
    for text in embedded.texts(tree, visible):
        yield Block(text.text, text.kind, "head", text.heading, (), "", 0, True, (), text.node)


def _head(tree: LexborHTMLParser) -> Iterator[Block]:
    title = tree.css_first("title")
    if title is not None and _clean(title.text()):
        yield Block(_clean(title.text()), "title", "head", "", (), "", 0, False, (), title)
    seen = set()
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        text = _clean(node.attributes.get("content") or "")
        if name in ("description", "og:description", "twitter:description", "og:title") and text:
            if text not in seen:
                yield Block(text, "meta", "head", "", (), "", 0, True, (), node)
            seen.add(text)


class _Composer:
    """Puts leaves together: lists with their lead-in, rows, questions with their answers."""

    def __init__(self, found: list[Leaf]) -> None:
        self._leaves = found
        self._path: list[tuple[int, str]] = []
        self._heads: dict[int, str] = {}
        self._region = "main"

    def blocks(self) -> Iterator[Block]:
        position = 0
        while position < len(self._leaves):
            leaf = self._leaves[position]
            if leaf.region != self._region:
                # A footer does not stand under the last heading of the text above it.
                self._region, self._path = leaf.region, []
            if leaf.level:
                self._path = [(n, t) for n, t in self._path if n < leaf.level]
                self._path.append((leaf.level, leaf.text))
            if self._is_question(leaf) and (end := self._answer_end(position)) > position + 1:
                yield self._question(position, end)
                position = end
            elif leaf.row:
                position = yield from self._row(position)
            elif leaf.kind == "item" or self._leads(position):
                position = yield from self._list(position)
            else:
                yield self._block(leaf.text, leaf, leaf.kind)
                position += 1

    def _is_question(self, leaf: Leaf) -> bool:
        if leaf.region in ("nav",) or len(leaf.text) > _MAX_QUESTION:
            return False
        asked = leaf.text.rstrip().endswith("?")
        return leaf.kind == "question" or (asked and leaf.kind in _QUESTION_KINDS)

    def _answer_end(self, position: int) -> int:
        """The first leaf after a question that is no part of its answer."""
        question = self._leaves[position]
        end = position + 1
        while end < len(self._leaves):
            leaf = self._leaves[end]
            if leaf.level or self._is_question(leaf) or leaf.region != question.region:
                break
            if leaf.kind in ("button", "form-label", "testimonial") or leaf.row:
                break
            end += 1
        return end

    def _question(self, start: int, end: int) -> Block:
        question = self._leaves[start]
        answer = "\n".join(_as_line(leaf) for leaf in self._leaves[start + 1 : end])
        text = f"{question.text}\n{answer}"
        parts = ((0, len(question.text)), (len(question.text) + 1, len(text)))
        return self._block(text, question, "faq", parts=parts, heading=question.text)

    def _leads(self, position: int) -> bool:
        """Whether a leaf is the lead-in of the list that follows it."""
        following = self._leaves[position + 1] if position + 1 < len(self._leaves) else None
        leaf = self._leaves[position]
        return (
            following is not None
            and following.kind == "item"
            and not leaf.level
            and leaf.kind == "paragraph"
            and leaf.region == following.region
            and leaf.text.rstrip().endswith((":", "if", "who", "…", "..."))
        )

    def _list(self, position: int) -> Iterator[Block]:
        first = self._leaves[position]
        lead = [] if first.kind == "item" else [first]
        start = position + len(lead)
        end = start
        group = self._leaves[start].group
        while end < len(self._leaves) and self._leaves[end].kind == "item":
            if self._leaves[end].group != group and not lead:
                break
            end += 1
        items = self._leaves[start:end]
        if first.region == "nav" or len(items) == 1 and not lead:
            for leaf in self._leaves[position:end]:
                yield self._block(leaf.text, leaf, leaf.kind)
            return end
        text, parts = _join([leaf.text for leaf in [*lead, *items]])
        yield self._block(text, items[0], "list", parts=parts[len(lead) :])
        for leaf in items:
            yield self._block(
                leaf.text, leaf, "list-item", lead_in=lead[0].text if lead else ""
            )
        return end

    def _row(self, position: int) -> Iterator[Block]:
        row = self._leaves[position].row
        end = position
        while end < len(self._leaves) and self._leaves[end].row == row:
            end += 1
        cells = self._leaves[position:end]
        if all(leaf.kind == "head-cell" for leaf in cells):
            self._heads[0] = " | ".join(leaf.text for leaf in cells)
        text, parts = _join([leaf.text for leaf in cells], " | ")
        yield self._block(text, cells[0], "table-row", parts=parts, lead_in=self._heads.get(0, ""))
        return end

    def _block(
        self,
        text: str,
        leaf: Leaf,
        kind: str,
        *,
        parts: tuple[tuple[int, int], ...] = (),
        heading: str | None = None,
        lead_in: str = "",
    ) -> Block:
        path = tuple(t for _, t in self._path)
        above = path[:-1] if leaf.level else path
        nearest = heading if heading is not None else (above[-1] if above else "")
        return Block(
            text, kind, leaf.region, nearest, above, lead_in, 0, leaf.hidden, parts, leaf.node
        )


def _as_line(leaf: Leaf) -> str:
    return f"\u2022 {leaf.text}" if leaf.kind == "item" else leaf.text


def _join(texts: Iterable[str], between: str = "\n") -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[tuple[int, int]] = []
    joined = ""
    for text in texts:
        joined += between if joined else ""
        parts.append((len(joined), len(joined) + len(text)))
        joined += text
    return joined, tuple(parts)


def _number(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks of one element their ordinals."""
    counts: Counter[int] = Counter()
    for block in blocks:
        key = block.node.mem_id if block.node is not None else 0
        if counts[key]:
            object.__setattr__(block, "ordinal", counts[key])
        counts[key] += 1
        yield block


def _is_shell(body: bytes, tree: LexborHTMLParser, words: int) -> bool:
    """Whether this is an application's empty page, which only a browser would fill."""
    if words >= _SHELL_WORDS or tree.css_first("script") is None:
        return False
    return bool(_APP_ROOT.search(body)) or b"enable JavaScript" in body


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return _clean(node.text()) if node is not None else ""


def _meta(tree: LexborHTMLParser, name: str) -> str:
    return _clean(_attribute(tree.css_first(f"meta[name={name}]"), "content"))


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def _articles(tree: LexborHTMLParser) -> bool:
    kind = _attribute(tree.css_first('meta[property="og:type"]'), "content").lower()
    return kind == "article"


def _clean(text: str) -> str:
    return " ".join(text.split())
