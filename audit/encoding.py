"""Bytes to characters as browsers do it: byte order mark, header, meta, then the likeliest.

Reference: WHATWG Encoding Standard, https://encoding.spec.whatwg.org/ (labels by w3lib-like rules
in Python's codecs; iso-8859-1 means windows-1252 there).
"""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BROWSER_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
_SNIFFED = 4096


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a page; never fails, because a damaged page is still read by people."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for name in (*_declared(body, content_type), "utf-8"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode("cp1252", "replace")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_SNIFFED])
    labels = [header.group(1) if header else "", meta.group(1).decode("ascii") if meta else ""]
    return [name for label in labels if (name := _codec(label))]


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name if label else ""
    except LookupError:
        return None
    # A page that is read as bytes of ASCII can not be UTF-16, whatever it says of itself.
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return _BROWSER_NAMES.get(name, name) or None
