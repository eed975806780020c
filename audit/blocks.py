"""A document to leaves: the smallest pieces of text that a visitor reads as one, in order.

Nothing is thrown away: menus, footers, closed accordions, modals and alternative texts are leaves
too, each tagged with its region. Only what no visitor ever sees is left out: scripts, styles, plain
templates, and text that is struck out and so withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIP = {"script", "style", "template", "svg", "head", "object", "iframe", "math", "canvas"}
_WITHDRAWN = {"del", "s", "strike"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "q", "ruby", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "input", "picture", "source", "label", "slot",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_KIND_OF_TAG = {
    **dict.fromkeys(_HEADINGS, "heading"), "summary": "question", "dt": "question", "li": "item",
    "td": "cell", "th": "head-cell", "blockquote": "testimonial", "label": "form-label",
    "legend": "form-label", "option": "form-label", "button": "button", "caption": "caption",
    "figcaption": "caption", "textarea": "form-label",
}  # fmt: skip
_REGION_OF_TAG = {
    "nav": "nav", "footer": "footer", "header": "header", "aside": "aside", "dialog": "modal",
    "main": "main", "noscript": "hidden",
}  # fmt: skip
_REGION_OF_ROLE = {
    "navigation": "nav", "contentinfo": "footer", "banner": "header", "complementary": "aside",
    "dialog": "modal", "alertdialog": "modal", "main": "main",
}  # fmt: skip
_REGION_WORD = re.compile(
    r"(?:^|[\s_-])(footer|navbar|nav|modal|popup|pop-up|lightbox|cookie|menu)(?:$|[\s_-])"
)
_REGION_OF_WORD = {
    "footer": "footer", "navbar": "nav", "nav": "nav", "menu": "nav", "modal": "modal",
    "popup": "modal", "pop-up": "modal", "lightbox": "modal", "cookie": "modal",
}  # fmt: skip
_TESTIMONIAL = re.compile(r"testimonial|(?:^|[\s_-])reviews?(?:$|[\s_-])|schema\.org/review", re.I)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STRUCK = re.compile(r"line-through", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(slots=True)
class Leaf:
    """A piece of text with the element that holds it."""

    text: str
    node: LexborNode
    kind: str
    region: str
    hidden: bool
    level: int = 0
    row: int = 0
    group: int = 0


@dataclass(slots=True)
class _State:
    """What an element hands down to what is inside it."""

    owner: LexborNode
    kind: str = "paragraph"
    region: str = "main"
    hidden: bool = False
    row: int = 0
    group: int = 0


@dataclass(slots=True)
class _Walk:
    """The run of inline text that is being gathered."""

    pieces: list[str] = field(default_factory=list)
    state: _State | None = None


def leaves(tree: LexborHTMLParser) -> Iterator[Leaf]:
    """All leaves of a document's body, in document order."""
    body = tree.body
    if body is None:
        return
    walk = _Walk()
    stack: list[tuple[LexborNode | None, _State, bool]] = [(body, _State(body), False)]
    while stack:
        node, state, leaving = stack.pop()
        if node is None or leaving:
            yield from _flush(walk)
            continue
        if node.is_text_node:
            _take(walk, state, node.text_content or "")
            continue
        if not node.is_element_node:
            continue
        tag = node.tag or ""
        attributes = node.attributes
        if _unseen(tag, attributes):
            continue
        if tag == "br":
            _take(walk, state, "\n")
            continue
        yield from _spoken(walk, state, node, tag, attributes)
        inner = _inner(node, tag, attributes, state)
        block = tag not in _INLINE or inner.kind != state.kind
        if block:
            yield from _flush(walk)
            stack.append((None, state, True))
        else:
            inner.owner = state.owner
        children = []
        child = node.child
        while child is not None:
            children.append(child)
            child = child.next
        stack.extend((c, inner, False) for c in reversed(children))
    yield from _flush(walk)


def _unseen(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag == "template":
        return "shadowrootmode" not in attributes
    style = attributes.get("style") or ""
    return tag in _SKIP or tag in _WITHDRAWN or bool(style and _STRUCK.search(style))


def _inner(
    node: LexborNode, tag: str, attributes: dict[str, str | None], outer: _State
) -> _State:
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    region = _region(tag, attributes, name, outer.region)
    kind = _KIND_OF_TAG.get(tag, outer.kind)
    if name.strip() and _TESTIMONIAL.search(name + (attributes.get("itemtype") or "")):
        kind = "testimonial"
    elif outer.kind == "testimonial" and tag not in _HEADINGS:
        kind = "testimonial"
    elif tag not in _KIND_OF_TAG and kind in ("heading", "question") and tag not in _INLINE:
        kind = outer.kind
    if attributes.get("aria-expanded") is not None and kind in ("button", "paragraph"):
        kind = "question"
    return _State(
        owner=node,
        kind=kind,
        region=region,
        hidden=outer.hidden or _hidden(tag, attributes),
        row=node.mem_id if tag == "tr" else outer.row,
        group=node.mem_id if tag in ("ul", "ol") else outer.group,
    )


def _region(tag: str, attributes: dict[str, str | None], name: str, outer: str) -> str:
    if outer in ("modal", "footer"):
        return outer
    found = _REGION_OF_TAG.get(tag) or _REGION_OF_ROLE.get((attributes.get("role") or "").lower())
    if found is None and name.strip() and tag not in ("body", "html"):
        word = _REGION_WORD.search(name)
        found = _REGION_OF_WORD[word.group(1)] if word else None
    return found or outer


def _hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    style = attributes.get("style") or ""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (tag == "details" and "open" not in attributes)
        or tag == "noscript"
        or bool(style and _INVISIBLE.search(style))
    )


def _spoken(
    walk: _Walk, state: _State, node: LexborNode, tag: str, attributes: dict[str, str | None]
) -> Iterator[Leaf]:
    """Text that stands in attributes: alternative texts, labels, values of buttons."""
    if tag == "img":
        alt = (attributes.get("alt") or "").strip()
        if alt and state.kind == "cell":
            _take(walk, state, f" {alt} ")
        elif alt:
            yield Leaf(alt, node, "alt", state.region, state.hidden)
    elif tag == "input":
        kind = (attributes.get("type") or "text").lower()
        shown = attributes.get("value") if kind in ("submit", "button", "reset") else None
        text = shown or attributes.get("placeholder") or attributes.get("aria-label")
        if text and kind != "hidden":
            yield Leaf(
                text.strip(), node, "button" if shown else "form-label", state.region, state.hidden
            )
    elif attributes.get("aria-label") and tag in ("i", "span", "svg") and node.child is None:
        _take(walk, state, f" {attributes['aria-label']} ")


def _take(walk: _Walk, state: _State, text: str) -> None:
    if walk.state is None:
        if not text.strip():
            return
        walk.state = state
    walk.pieces.append(text if text == "\n" else _SPACES.sub(" ", text))


def _flush(walk: _Walk) -> Iterator[Leaf]:
    if walk.state is not None:
        lines = "".join(walk.pieces).split("\n")
        text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        if text:
            s = walk.state
            level = int(s.owner.tag[1]) if s.owner.tag in _HEADINGS else 0
            yield Leaf(text, s.owner, s.kind, s.region, s.hidden, level, s.row, s.group)
    walk.pieces, walk.state = [], None


def css_path(node: LexborNode) -> str:
    """The one path of an element: tags from ``html`` down, numbered where siblings share a tag."""
    parts: list[str] = []
    current: LexborNode | None = node
    while current is not None and current.tag not in (None, "-document", "-undef"):
        parts.append(_step(current))
        current = current.parent
    return " > ".join(reversed(parts))


def _step(node: LexborNode) -> str:
    tag = node.tag or ""
    number, alone = 1, True
    sibling = node.prev
    while sibling is not None:
        if sibling.tag == tag:
            number, alone = number + 1, False
        sibling = sibling.prev
    sibling = node.next
    while alone and sibling is not None:
        alone = sibling.tag != tag
        sibling = sibling.next
    return tag if alone else f"{tag}:nth-of-type({number})"
