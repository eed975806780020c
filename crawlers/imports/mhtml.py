"""MHTML: a page that a browser saved as one file, its frames beside it (RFC 2557).

Chromium and Edge write it ("web page, single file"), as Internet Explorer and Opera did. It is a
mail in shape, and a mail is none.
"""

from __future__ import annotations

import codecs
import email
import re
from dataclasses import dataclass, replace
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64LengthDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from email.utils import parsedate_to_datetime

from crawlers.imports.records import is_web_address, when
from data.errors import UsageError

# Pictures are in the file, too.
MOST_BYTES = 64 * 1024**2
_HEAD = re.compile(
    rb"\s*(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE
)
_PAGES = ("text/html", "application/xhtml+xml")
# What only a mail has that somebody sent.
_SENT = ("Received", "To", "Delivered-To", "List-Unsubscribe")
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect, InvalidBase64LengthDefect)


@dataclass(frozen=True, slots=True)
class SavedPart:
    """One page of the file: the document itself, or what one of its frames shows.

    ``url`` is None where it has no address of the web.
    """

    url: str | None
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What was saved: the page first, then its frames; ``at`` is when, if that is said."""

    parts: tuple[SavedPart, ...]
    at: str | None


def is_mhtml(start: bytes) -> bool:
    """Whether a file begins as a mail does, in whose shape MHTML is."""
    return _HEAD.match(start.removeprefix(codecs.BOM_UTF8)) is not None


def read(name: str, body: bytes) -> SavedPage:
    """Take the pages out of a file.

    Raises:
        UsageError: it is a mail, holds no page, or was cut short.
    """
    try:
        whole = email.message_from_bytes(body.removeprefix(codecs.BOM_UTF8))
        inner = list(whole.walk())
    except RecursionError as error:
        raise UsageError(f"{name}: wrapped too deep.", "Save the page as HTML.") from error
    pages = [part for part in inner if part.get_content_type() in _PAGES]
    if not pages or any(header in whole for header in _SENT):
        raise UsageError(f"{name}: holds no saved web page.", "Save the page as MHTML or HTML.")
    root = _root(whole, pages)
    first = _part(root)
    if first.url is None:
        first = replace(first, url=_address(whole.get("Snapshot-Content-Location")))
    frames = [_part(page) for page in pages if page is not root]
    # Damage within a part shows once it is decoded.
    if any(isinstance(defect, _CUT) for part in inner for defect in part.defects):
        raise UsageError(f"{name}: cut short or damaged.", "Save the page again.")
    others = (frame for frame in frames if frame.url is None or frame.url != first.url)
    return SavedPage((first, *others), _date(whole))


def _root(whole: Message, pages: list[Message]) -> Message:
    """The page itself: the one that the head names, by its id or its address; else the first."""
    named = whole.get_param("start")
    at = (whole.get("Snapshot-Content-Location") or "").strip()
    by_id = (p for p in pages if named and (p.get("Content-ID") or "").strip() == named)
    by_address = (p for p in pages if at and (p.get("Content-Location") or "").strip() == at)
    return next(by_id, None) or next(by_address, None) or pages[0]


def _part(leaf: Message) -> SavedPart:
    payload = leaf.get_payload(decode=True)
    kind = leaf.get_content_type()
    charset = leaf.get_content_charset()
    if charset and _is_charset(charset):
        kind = f"{kind}; charset={charset}"
    body = payload if isinstance(payload, bytes) else b""
    return SavedPart(_address(leaf.get("Content-Location")), body, kind)


def _address(said: str | None) -> str | None:
    """An address of the web, which a long one may be folded over several lines."""
    url = "".join((said or "").split())
    return url if is_web_address(url) else None


def _is_charset(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False


def _date(whole: Message) -> str | None:
    try:
        return when(parsedate_to_datetime(whole.get("Date", "")).isoformat())
    except (TypeError, ValueError):
        return None
