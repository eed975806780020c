"""XHTML that is sent as such: a browser reads it as XML, in which any element may close itself."""

from __future__ import annotations

import re
from html import escape

from audit.pages.elements import VOID

_SENT_AS = "application/xhtml+xml"
_TAG = re.compile(
    r"<(?P<raw>script|style)\b(?:[^<>]*[^<>/])?>.*?(?:</(?P=raw)>|\Z)"
    r"|<!\[CDATA\[(?P<text>.*?)(?:\]\]>|\Z)"
    r"|<(?P<name>[a-zA-Z][\w:.-]*+)(?P<attributes>[^<>]*+)>",
    re.DOTALL,
)


def as_html(text: str, content_type: str | None) -> str:
    """A page's text in the syntax of HTML, where ``<script/>`` would begin a script without end."""
    if (content_type or "").partition(";")[0].strip().lower() != _SENT_AS:
        return text
    return _TAG.sub(_in_html, text)


def _in_html(found: re.Match[str]) -> str:
    if found["text"] is not None:
        return escape(found["text"])
    name, attributes = found["name"], found["attributes"]
    if name is None or not attributes.endswith("/") or name.lower() in VOID:
        return found[0]
    return f"<{name}{attributes[:-1]}></{name}>"
