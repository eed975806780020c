"""The text of an editor's document: what Sanity, Contentful, Slate, Draft.js and others store.

Each keeps a document as nodes within nodes, and a paragraph as pieces with their looks beside them.
They differ in how the kind and the content of a node are called, and are read alike here. So are
the elements of React (``["$", "p", null, {...}]``) and of minimark (``["p", {}, ...]``).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from audit.pages.elements import INLINE, names
from audit.pages.embedded.loose_json import first_value
from audit.pages.joints import are_two_words, raised
from audit.pages.runs import in_lines

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>")
_RAISED = re.compile(
    r"(?<!\d)<sup\b[^<>]*>(?:<[^<>]*>)?([^<>]{1,20})(?:</[^<>]*>)?</sup>", re.IGNORECASE
)
_JOINING = INLINE - {"br", "script", "style"}
_EMPTY_LINE = re.compile(r"\n\s*\n")
_HALF = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"[a-z][a-z0-9-]*|\$.*", re.DOTALL)
_LOCALE = re.compile(r"en(?:[-_][a-z]{2})?", re.IGNORECASE)
# Where a node says what it is, what is in it, and what is written in it another way.
_KINDS = ("_type", "nodeType", "tag", "tagName", "type")
_RUNS = ("children", "content", "nodes")
_INSIDE = frozenset(
    (*_RUNS, "root", "document", "doc", "blocks", "items", "body", "data", "value", "text")
) | {"textData", "props", "component", "options", "@value", "structuredText", "fields"}
_INSTEAD = ("raw", "json", "html", "rendered", "processed", "markdown", "plaintext")
_PIECES = _JOINING | names(
    "text link hyperlink autolink strong emphasis bold italic underline inlinecode internallink"
    " entryhyperlink assethyperlink reference mention inlineitem delete"
)
_BREAKS = names("br break linebreak hardbreak")
_WITHOUT = names("image img video audio script style iframe embed file asset svg")
_HEADS = re.compile(r"h[1-6]|head(?:ing|er)[-_a-z0-9]*|dt|summary|button")
_DEEPEST, _NEAR = 24, 40


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that may hold HTML: tags of blocks part, inline tags vanish."""
    for _ in range(2):  # data is often escaped for HTML that is itself written as data
        if "<" in text:
            text = _RAISED.sub(lambda sup: raised(sup[1]), text)
            text = _TAG.sub(_without, text)
        text = unescape(text)
    # Half of a surrogate pair can be written in JSON, and in no file that could hold our quote.
    whole = _HALF.sub("\ufffd", text)
    lines = (" ".join(line.split()) for line in whole.split("\n"))
    return [line for line in lines if line]


def _without(tag: re.Match[str]) -> str:
    """What stands in the place of a tag."""
    if tag[2].lower() not in _JOINING:
        return "\n"
    start, end = tag.span()
    before, after = tag.string[max(0, start - _NEAR) : start], tag.string[end : end + _NEAR]
    return " " if are_two_words(before, after) else ""


def lines(value: Any) -> list[str]:
    """The paragraphs of a document, or of a text; none if it is neither."""
    return paragraphs(_text(value, 0, apart=True))


def is_paragraph(value: Any) -> bool:
    """Whether a node is one run of text whose pieces may have looks of their own."""
    _, held = _node(value)
    is_element = isinstance(value, list)
    for key in _RUNS:
        pieces = held.get(key)
        if isinstance(pieces, list) and pieces and not _element(pieces):
            written = any(not isinstance(piece, str) for piece in pieces) or is_element
            return written and all(_is_piece(piece) for piece in pieces)
    return False


def is_heading(value: Any) -> bool:
    """Whether a node is a heading, or what opens an answer when it is pressed."""
    kind, held = _node(value)
    style = held.get("style")
    return any(_HEADS.fullmatch(said) for said in (kind, style) if isinstance(said, str))


def _node(value: Any) -> tuple[str, dict[str, Any]]:
    """A node's kind, in small letters, and what it holds; nothing of what is no node."""
    if isinstance(value, list):
        return _element(value) or ("", {})
    if not isinstance(value, dict):
        return "", {}
    kind = next((k for key in _KINDS if isinstance(k := value.get(key), str)), "")
    return kind.lower().replace("-", "").replace("_", ""), value


def _element(value: list[Any]) -> tuple[str, dict[str, Any]] | None:
    """The kind and content of an element of React's or minimark's; ``None`` if it is none."""
    if len(value) < 2 or not isinstance(value[0], str) or not _NAME.fullmatch(value[0]):
        return None
    if value[0] == "$":
        if len(value) < 4 or not isinstance(value[1], str) or not isinstance(value[3], dict):
            return None
        kind, held = value[1].lower(), value[3]
        return ("link" if kind.startswith("$") and "href" in held else kind), held
    return (value[0], {"children": value[2:]}) if isinstance(value[1], dict) else None


def _is_piece(value: Any) -> bool:
    if isinstance(value, str):
        return True
    kind, held = _node(value)
    if kind:
        return kind in _PIECES or kind in _BREAKS
    # Nothing beside the text but its looks: neither a menu's entry nor a card.
    looks = (isinstance(held[key], bool) for key in held if key != "text")
    return isinstance(held.get("text"), str) and all(looks)


def _text(value: Any, depth: int, *, apart: bool) -> str:
    """All that is written in a document; ``apart``: the members of a list are no single run."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        inner = first_value(value) if value.startswith(('{"', '[{"')) else None
        return _text(inner, depth + 1, apart=True) if inner else _flowing(value)
    if isinstance(value, list) and not _element(value):
        said = (_text(item, depth + 1, apart=apart) for item in value)
        return ("\n" if apart and not _is_mixed(value) else "").join(said)
    kind, held = _node(value)
    return _content(kind, held, depth) if held else ""


def _flowing(text: str) -> str:
    """A text without the line ends that only wrap it: in HTML none counts for more than a blank."""
    if "\n" not in text:
        return text
    if any(tag[2].lower() not in _JOINING for tag in _TAG.finditer(text)):
        return text.replace("\n", " ")
    return "\n\n".join(in_lines(part.split("\n")) for part in _EMPTY_LINE.split(text))


def _is_mixed(value: list[Any]) -> bool:
    """Whether a list is a run of text with elements in it, rather than several texts."""
    return any(isinstance(v, str) for v in value) and any(isinstance(v, list) for v in value)


def _content(kind: str, held: dict[str, Any], depth: int) -> str:
    if kind in _WITHOUT:
        return ""
    if kind in _BREAKS:
        return "\n"
    keys = [key for key in held if key in _INSIDE or _LOCALE.fullmatch(key)]
    said = "".join(_text(held[key], depth + 1, apart=key not in _RUNS) for key in keys)
    if not said.strip():
        said = next(filter(None, (_text(held.get(k), depth + 1, apart=True) for k in _INSTEAD)), "")
    runs_on = kind in _PIECES or (not kind and isinstance(held.get("text"), str))
    if runs_on:
        return raised(said) if kind == "sup" else said
    return f"\n{said}\n" if said.strip() else ""
