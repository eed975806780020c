"""Sitemaps as one more way to discover pages.

Format: https://www.sitemaps.org/protocol.html, which takes RSS 2.0 and Atom too; translations are
Google's ``xhtml:link`` beside it,
https://developers.google.com/search/docs/specialty/international/localized-versions.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

MAX_BYTES = 50 * 1024 * 1024
MAX_ADDRESSES = 50_000
MAX_FILES = 25
MAX_EVENTS = 1_000_000  # starts and ends of elements
_GZIP = b"\x1f\x8b"
# An ampersand in an address, escaped or not: behind a fault in the file, libxml2 drops both.
_AMPERSAND = re.compile(rb"&(?:amp;|#38;|(?![A-Za-z]\w{0,9};|#\d{1,7};|#x[0-9A-Fa-f]{1,6};))")
_MARK = "~amp~"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Where the file begins, whatever a server printed before it; what it says of its letters.
_BEGINNING = re.compile(rb"<\?xml\s|<(?:\w+:)?(?:urlset|sitemapindex|rss|feed)[\s>]", re.IGNORECASE)
_LATEST_BEGINNING = 4_096
_LEADING_COMMENT = re.compile(rb"\A\s*<!--.*?-->", re.DOTALL)
_SAYS_UTF16 = re.compile(rb"""^(<\?xml[^>]{0,200}encoding\s*=\s*["'])utf-16""", re.IGNORECASE)
_END = re.compile(
    rb"(?:</(?:\w+:)?(?:urlset|sitemapindex|rss|feed)\s*|/)>\s*(?:<!--[^<>]*-->\s*)*$",
    re.IGNORECASE,
)
# Where a second list was written behind the first one.
_SEAM = re.compile(
    rb"</((?:\w+:)?(?:urlset|sitemapindex))\s*>\s*(?:<\?xml\b[^<>]{0,200}>\s*)?<\1\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LONGEST_END = 1_000
# White space, and marks that were copied along.
_AROUND = " \t\r\n\"'\u201c\u201d"
_FEEDS = ("rss", "feed")
# What an entry is called in a file of each kind.
_ENTRIES = {
    **dict.fromkeys(("urlset", "sitemapindex"), ("url", "sitemap")),
    "rss": ("item",),
    "feed": ("entry",),
}
# What people write first, then what a shop or a blog makes by itself, and pictures last.
_FIRST = re.compile(r"page|treatment|service|location|clinic|help|faq|consent", re.IGNORECASE)
_LAST = re.compile(
    r"post|blog|news|tag|categor|author|product|image|video|archive|attachment|event|portfolio",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """One file: addresses of pages, or (in an index) of further files.

    Attributes:
        pages: addresses, as they stand.
        files: addresses of further sitemaps.
        languages: address -> language, where the file says what a translation is in.
        is_sitemap: whether it was one at all.
        cut: whether there was more: than is read of one, or behind a fault.
    """

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    is_sitemap: bool = True
    cut: bool = False


def read(body: bytes) -> SitemapFile:
    """Read a sitemap, gzipped or not, XML or one address a line, whatever type it was sent as.

    What stands before a fault in a broken file counts; anything else is an empty one.
    """
    packed, is_short = _unzipped(body)
    if packed.startswith(_GZIP):  # by hand, and by the server once more
        packed, is_cut = _unzipped(packed)
        is_short = is_short or is_cut
    text = _LEADING_COMMENT.sub(b"", _narrow(packed), count=1)
    beginning = _BEGINNING.search(text[:_LATEST_BEGINNING])
    if beginning:
        # .NET says "utf-16" of what it writes in UTF-8.
        one = _SAYS_UTF16.sub(rb"\1utf-8", _SEAM.sub(b"", text[beginning.start() :]))
        return _xml(_AMPERSAND.sub(_MARK.encode(), one), is_short)
    if text.lstrip().startswith(b"<"):
        return SitemapFile(is_sitemap=False)
    # Some have more columns; a browser would make one address of it all.
    rows = text.decode("utf-8-sig", errors="replace").splitlines()
    lines = (row.strip().partition("\t")[0] for row in rows)
    places = tuple(line for line in lines if line.lower().startswith(("http://", "https://")))
    cut = is_short or len(places) > MAX_ADDRESSES
    return SitemapFile(pages=places[:MAX_ADDRESSES], is_sitemap=bool(places), cut=cut)


def _narrow(text: bytes) -> bytes:
    """UTF-16, which says so at its start or has every other byte empty, as UTF-8."""
    if text.startswith(_WIDE):
        narrow = text.decode("utf-16", errors="replace")
    elif b"\0\0" in (text[1:4:2], text[:3:2]):
        narrow = text.decode("utf-16-le" if text[1:2] == b"\0" else "utf-16-be", errors="replace")
    else:
        return text
    return narrow.encode("utf-8", errors="replace")


def urgency(address: str) -> int:
    """The place in line of a sitemap that an index names: 0 before 1 before 2, by its name."""
    name = address.rpartition("/")[2]
    if _LAST.search(name):
        return 2
    return 0 if _FIRST.search(name) else 1


def _unzipped(body: bytes) -> tuple[bytes, bool]:
    """The text, and whether there was more: of one gzip member after another, within bounds."""
    if not body.startswith(_GZIP):
        return body[:MAX_BYTES], len(body) > MAX_BYTES
    text = b""
    while body.startswith(_GZIP) and len(text) < MAX_BYTES:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            text += member.decompress(body, MAX_BYTES - len(text))
        except zlib.error:
            return text, True
        if not member.eof:
            return text, True
        body = member.unused_data
    return text, body.startswith(_GZIP)


def _xml(text: bytes, is_short: bool) -> SitemapFile:
    places: list[str] = []
    further: list[str] = []
    languages: list[tuple[str, str]] = []
    entries = _Entries(text)
    try:
        for entry in entries:
            # What an entry is called tells more than the file's root, which may be the wrong one.
            kept = further if _name(entry) == "sitemap" else places
            kept += _text_of(entry, "loc") or (_of_feed(entry) or _bare(entry))[:1]
            languages += _translations(entry)
            if len(places) + len(further) > MAX_ADDRESSES:
                break
    except (etree.LxmlError, ValueError):
        is_short = True
    is_index, is_list = entries.root == "sitemapindex", entries.root in ("urlset", *_FEEDS)
    files = [*further, *places] if is_index else further
    return SitemapFile(
        pages=tuple(places[:MAX_ADDRESSES]) if is_list else (),
        files=tuple(files[:MAX_ADDRESSES]),
        languages=tuple(languages) if is_list else (),
        is_sitemap=is_index or is_list,
        cut=is_short
        or entries.cut
        or len(places) + len(further) > MAX_ADDRESSES
        or not _END.search(text[-_LONGEST_END:]),
    )


class _Entries:
    """The entries of a file, one after the other; what was read is let go again."""

    def __init__(self, text: bytes) -> None:
        self.root, self.cut = "", False
        self._events = etree.iterparse(
            BytesIO(text),
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )

    def __iter__(self) -> Iterator[Any]:
        for count, (event, element) in enumerate(self._events):
            if event == "start":
                self.root = self.root or _name(element)
            elif _name(element) in _ENTRIES.get(self.root, ()):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if count > MAX_EVENTS:
                self.cut = True
                return


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text_of(entry: Any, name: str) -> list[str]:
    texts = (
        "".join(child.itertext(etree.Element)).strip(_AROUND)
        for child in entry
        if _name(child) == name
    )
    return [_with_ampersands(text) for text in texts if text]


def _bare(entry: Any) -> list[str]:
    """An address that stands in an entry without the element for it."""
    text = _with_ampersands((entry.text or "").strip())
    return [text] if text.lower().startswith(("http://", "https://")) else []


def _of_feed(entry: Any) -> list[str]:
    """A post's address in RSS, or in Atom, where it may have others beside it."""
    hrefs = (
        child.get("href", "").strip()
        for child in entry
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate"
    )
    by_link = _text_of(entry, "link") or [_with_ampersands(href) for href in hrefs if href]
    # In RSS a post's id is its address, unless it says that it is none.
    ids = (child for child in entry if _name(child) == "guid")
    named = [(i.text or "").strip() for i in ids if i.get("isPermaLink", "true") == "true"]
    return by_link or [place for place in named if place.startswith("http")]


def _with_ampersands(text: str) -> str:
    """Marked ones, and those that were escaped twice: no address has ``&amp;`` in it."""
    return text.replace(_MARK, "&").replace("&amp;", "&")


def _translations(entry: Any) -> Iterator[tuple[str, str]]:
    for child in entry:
        href, language = child.get("href"), child.get("hreflang")
        if _name(child) == "link" and href and language:
            yield _with_ampersands(href.strip()), language
