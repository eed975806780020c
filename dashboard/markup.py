"""Crawled text into HTML: everything is escaped, nothing hidden may steer what is shown.

All HTML of the app comes from ``templates/`` with automatic escaping, and is drawn by ``st.html``
(which removes scripts once more in the browser). Streamlit's Markdown never sees crawled text: it
would read ``$``, ``:name:``, backticks and brackets as its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from dashboard import words
from data.printable import STEERING

_SIGNS = re.compile(r"[\\`*_~$:<>\[\]]")


def plain_text(text: str) -> str:
    """Text for a widget that takes no HTML, with hidden steering characters made visible."""
    return STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def markdown(text: str) -> str:
    """Text for the one widget that reads Markdown: an id may hold its signs."""
    return _SIGNS.sub(r"\\\g<0>", plain_text(text))


def shown(text: str) -> Markup:
    """Text for a template, escaped, with hidden steering characters made visible."""
    pieces = STEERING.split(text)
    marks = (f'<span class="kw-code">U+{ord(c):04X}</span>' for c in STEERING.findall(text))
    html = escape(pieces[0])
    for mark, piece in zip(marks, pieces[1:], strict=True):
        html += Markup(mark) + escape(piece)  # noqa: S704 - the marks are our own
    return html


def web_link(url: str | None) -> str | None:
    """The address if a browser may follow it: only http and https with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "shown": shown,
        "web_link": web_link,
        "plain": words.plain,
        "line": lambda key: words.LINES.get(key, key),
        "date": lambda moment: (moment or "")[:10],
    }
    return made


_TEMPLATES = _environment()


def render(template: str, **values: Any) -> str:
    """One of ``templates/``, filled in."""
    return _TEMPLATES.get_template(template).render(**values)
