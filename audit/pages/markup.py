"""A page's markup as browsers understand it, in one flat, linear pass.

lexbor builds the tree as the HTML standard says, then writes it out again: every element closed,
every attribute in double quotes, ``<`` and ``>`` escaped. What it wrote is scanned with one
expression, which costs a third of walking its nodes from Python, and also reaches the content of
``<template>``, which is no part of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from audit.pages.counters import counted
from audit.pages.elements import FLAT, FORMATTING
from audit.pages.veiled_mail import unveiled
from data.huge_tags import MOST_ATTRIBUTES, has_huge_tag

MAX_DEPTH = 10_000
_MAX_COPIES = 1_000_000
_FEW_TAGS = 4_000
_MAX_GROWTH = 2_000_000
_CHUNK = 1 << 18

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")

# Elements whose content is written out as it is, and comments.
_RAW = re.compile(r"<(?:!--|(script|style|xmp|iframe|noembed|noframes|plaintext)(?=[\s>])([^>]*)>)")
# Of these, the ones that a visitor sees just as they are written.
_SHOWN_RAW = frozenset({"xmp", "plaintext"})
_SCRIPT_STATE = re.compile(r"(<!--)|(-->)|<(/?)script(?=[\s/>])", re.IGNORECASE)
_TOKEN = re.compile(r"<(/?)([^\s/>]++)([^>]*+)>([^<]*)")


class PageRefused(Exception):  # noqa: N818 - a decision about the page, not a fault
    """A page that cannot be read within bounds; ``reason`` is for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Markup:
    """Canonical markup without comments and without raw content that nobody sees.

    ``scripts`` are the (attributes, content) of each.
    """

    html: str
    scripts: tuple[tuple[str, str], ...]

    def tokens(self) -> Iterator[tuple[str, str, str, str]]:
        """("/" or "", element name, attributes as written, text up to the next tag), in order."""
        start, html = 0, self.html
        while start < len(html):
            # A bounded number of tags at a time, so that hostile pages do not fill the memory.
            stop = len(html)
            if stop - start > _CHUNK:
                stop = html.rfind("<", start + 1, start + _CHUNK)
                stop = stop if stop > 0 else html.find("<", start + _CHUNK)
                stop = stop if stop > 0 else len(html)
            yield from _TOKEN.findall(html, start, stop)
            start = stop


def parse(text: str) -> Markup:
    """Markup from a page's text.

    Raises:
        PageRefused: nested too deep, with too many attributes, or made to grow beyond bounds when
            it is read.
    """
    _refuse_bombs(text)
    if has_huge_tag(text):
        raise PageRefused(f"an element with more than {MOST_ATTRIBUTES} attributes")
    written = LexborHTMLParser(text).html or ""
    if len(written) > 6 * len(text) + _MAX_GROWTH:
        raise PageRefused("unclosed formatting makes the page grow beyond bounds when it is read")
    return _without_raw(unveiled(written))


def _refuse_bombs(text: str) -> None:
    """Refuse by a scan of the source: lexbor's time is quadratic in the depth of nesting."""
    if text.count("<") < _FEW_TAGS:
        return
    depth = formatting = copies = 0
    for closing, tag in _TAG.findall(text):
        name = tag.lower()
        step = -1 if closing else 1
        if name in FORMATTING:
            formatting = max(0, formatting + step)
        elif not closing:
            copies += formatting
        if name not in FLAT:
            depth = max(0, depth + step)
        if depth > MAX_DEPTH:
            raise PageRefused(f"nested more than {MAX_DEPTH} elements deep")
        if copies > _MAX_COPIES:
            raise PageRefused("unclosed formatting would be repeated a million times")


def _without_raw(html: str) -> Markup:
    kept: list[str] = []
    scripts: list[tuple[str, str]] = []
    position = 0
    while match := _RAW.search(html, position):
        name, attributes = match.groups()
        if name is None:
            kept.append(html[position : match.start()])
            end = html.find("-->", match.end())
            position = len(html) if end < 0 else end + 3
            continue
        end = _raw_end(html, name, match.end())
        if name == "script":
            scripts.append((attributes, html[match.end() : end]))
        kept.append(html[position : match.end()])
        if name in _SHOWN_RAW:
            kept.append(html[match.end() : end].replace("&", "&amp;").replace("<", "&lt;"))
        position = end
    kept.append(html[position:])
    return Markup(counted("".join(kept)), tuple(scripts))


def _raw_end(html: str, name: str, start: int) -> int:
    """Where the end tag of an element with raw content begins."""
    if name == "plaintext":
        end = html.rfind("</plaintext>", start)
    else:
        end = html.find(f"</{name}>", start)
        if name == "script" and html.find("<!--", start, end) >= 0:
            return _script_end(html, start)
    return len(html) if end < 0 else end


def _script_end(html: str, start: int) -> int:
    """The same for a script with ``<!--`` in it, where ``<script>`` hides one end tag."""
    escaped = hidden = False
    for match in _SCRIPT_STATE.finditer(html, start):
        opens, closes, slash = match.groups()
        if opens:
            escaped = True
        elif closes:
            escaped = hidden = False
        elif slash and not hidden:
            return match.start()
        elif escaped:
            hidden = not slash
    return len(html)
