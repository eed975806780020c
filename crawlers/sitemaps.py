"""Sitemaps as one more way to discover pages.

Format: https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import islice

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from scrapy.utils.sitemap import Sitemap

MAX_BYTES = 20 * 1024 * 1024
MAX_ADDRESSES = 5_000
MAX_FILES = 10
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """One file: addresses of pages, or (in an index) of further files."""

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def read(body: bytes) -> SitemapFile:
    """Read a sitemap, gzipped or not, XML or one address a line; anything else is an empty one."""
    text = _unzipped(body)
    if not text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return SitemapFile(pages=_lines(text))
    try:
        sitemap = Sitemap(text.lstrip())
        places = tuple(entry["loc"] for entry in islice(sitemap, MAX_ADDRESSES) if entry.get("loc"))
    except (LxmlError, StopIteration, ValueError):
        return SitemapFile()
    if sitemap.type == "sitemapindex":
        return SitemapFile(files=places[:MAX_FILES])
    return SitemapFile(pages=places if sitemap.type == "urlset" else ())


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body[:MAX_BYTES]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _lines(text: bytes) -> tuple[str, ...]:
    lines = text.decode("utf-8-sig", errors="replace").splitlines()[:MAX_ADDRESSES]
    return tuple(line.strip() for line in lines if line.startswith(("http://", "https://")))
