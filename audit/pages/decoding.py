"""Bytes to text, as a browser does it, and where pages are mislabelled a little better."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

# Labels under which bytes are so often UTF-8 in truth that they are tried as UTF-8 first.
_LOOSE = {"utf-8", "cp1252", "ascii"}
# One byte a letter: hardly any text of theirs is UTF-8 by chance.
_ONE_BYTE = ("iso8859", "cp125", "cp874", "koi8", "mac-")
# How gzip, ZIP (and with it Word), PNG, JPEG and GIF begin.
_FILES = (b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_HEAD, _MOST_CONTROLS = 4096, 0.03
_ERRORS = "windows-1252"
# So many bytes that are no UTF-8 are no accident: the whole page is windows-1252.
_MANY = 1000
# windows-1252 is latin-1 but for these; as in browsers, its five gaps stay control characters.
_UPPER_CONTROLS = {
    byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)
}


def decode(body: bytes, content_type: str | None = None) -> str:
    """A page's text: byte-order mark, then HTTP header, then ``<meta>``, then what the bytes are.

    Bytes that are no UTF-8 on a page that is said to be UTF-8, windows-1252, or nothing at all,
    are read as windows-1252 one by one: a single stray byte does not spoil the rest. What is
    said to be something else, and is UTF-8, is read as UTF-8.
    """
    marked, bom = read_bom(body)
    if marked and bom:
        return body[len(bom) :].decode(marked, errors="replace")
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    encoding = _python_name(declared)
    wide = encoding.startswith(("utf-16", "utf-32"))
    if wide and b"\0" not in body[:1024]:
        encoding = "utf-8"  # said in a <meta>, which could not be read if it were true
    elif not encoding.startswith("utf-32") and (guessed := _unmarked_utf16(body)):
        encoding = guessed
    if encoding in _LOOSE:
        return _utf8_or_windows(body)
    tried = ("utf-8", encoding) if encoding.startswith(_ONE_BYTE) else (encoding, "utf-8")
    for name in tried:
        with suppress(UnicodeDecodeError):
            return body.decode(name)
    return body.decode(encoding, errors="replace")


def is_binary(body: bytes, text: str) -> bool:
    """Whether a payload is no text, decoded as well as may be: no page has so many controls."""
    head = text[:_HEAD]
    return body.startswith(_FILES) or len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head)


def _utf8_or_windows(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        rest = body.decode("utf-8", errors="ignore")
        whole = len(rest.encode("utf-8"))
        lost, kept = len(body) - whole, whole - len(rest)
    # ... unless it holds as much that is UTF-8: then something was pasted into the page.
    foreign = lost > max(_MANY, kept)
    return _windows_1252(body) if foreign else body.decode("utf-8", errors=_ERRORS)


def _windows_1252(raw: bytes) -> str:
    return raw.decode("latin-1").translate(_UPPER_CONTROLS)


def _python_name(declared: str | None) -> str:
    encoding = resolve_encoding(declared) if declared else None
    try:
        name = codecs.lookup(encoding or "utf-8").name
        "".encode(name)  # refuses codecs that are no text encodings
    except LookupError:
        return "utf-8"
    return "utf-16-le" if name == "utf-16" else name


def _unmarked_utf16(body: bytes) -> str | None:
    head = body[:64]
    if len(head) >= 8 and head.count(0) * 3 > len(head):
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return None


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error(_ERRORS, _as_windows_1252)
