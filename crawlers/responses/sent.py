"""What was sent, by its own bytes: a page, a PDF, something else, or not all of it."""

from __future__ import annotations

import codecs

from crawlers.conduct.evidence import Exchange
from data.content_coding import ASKED_FOR, codings, is_whole
from data.warc import MAX_DECODED_BYTES

_TAIL = 2_048
_BEFORE_PDF = codecs.BOM_UTF8 + b" \t\r\n"
_CONTROLS = frozenset(range(1, 32)) - frozenset(b"\t\n\r\f\x1b")


def is_pdf(answer: Exchange) -> bool:
    """Whether a PDF was sent, by its first bytes: stores of files send it as any bytes at all."""
    typed = (answer.content_type or "").lower().startswith("application/pdf")
    # Viewers look for it in so many bytes, and a page that was sent in its place has elements.
    start = answer.decoded[:1024].partition(b"<")[0]
    return b"%PDF-" in start if typed else start.lstrip(_BEFORE_PDF).startswith(b"%PDF-")


def is_text(answer: Exchange) -> bool:
    """Whether a web page or plain text was sent; an answer without a type is taken for HTML."""
    kind = (answer.content_type or "text/html").lower()
    is_typed = kind.startswith(("text/html", "application/xhtml", "text/plain"))
    return is_typed and not is_pdf(answer)


def is_no_text(answer: Exchange) -> str:
    """What was sent in place of the text that its type promises; empty where it is text."""
    start = answer.decoded[:1024]
    packed = codings(answer.header("Content-Encoding"))
    # Some servers name a charset there, or what they have undone themselves.
    is_unpacked = ASKED_FOR.issuperset(packed) or answer.decoded != answer.body
    if not is_unpacked and not _is_utf8(start):
        return f"packed as {', '.join(packed)}"
    # Pictures and archives are full of control characters; UTF-16 has only zeros among them.
    strange = sum(byte in _CONTROLS for byte in start)
    return "bytes that are no text" if strange * 20 > len(start) else ""


def _is_utf8(start: bytes) -> bool:
    try:
        # The last letter may be cut in two.
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(start) - 3 > 0
    return True


def is_cut(answer: Exchange) -> bool:
    """Whether a body ends before it was whole.

    The end of a packed body shows there, which no count of its bytes has to; and where a count
    that a server promised is not reached, what the page itself shows decides: many count wrong.
    """
    packed = codings(answer.header("Content-Encoding"))[-1:] in (["gzip"], ["x-gzip"])
    packed = packed and answer.body.startswith(b"\x1f\x8b")
    if not packed and not answer.is_short:
        return False
    # Unpacking once more has a price, and what closes its last element is whole.
    if b"</html" in answer.decoded[-_TAIL:].lower():
        return False
    return not (packed and is_whole(answer.body, MAX_DECODED_BYTES))
