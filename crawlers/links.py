"""Which links of a page are worth a capture, in which order, and what they promise to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import yaml
from scrapy.http import TextResponse
from scrapy.linkextractors import LinkExtractor

import data
from crawlers.provider_ids import clean_url
from data.models import PageType

TYPES_FILE = Path(data.__file__).parent / "reference" / "page_types.yml"
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$")

# Read first: what absence is judged by. The order is that of the five-step path and its terms.
_ORDER = (
    PageType.HOME, PageType.HOW_IT_WORKS, PageType.FAQ, PageType.SAFETY, PageType.ELIGIBILITY,
    PageType.TREATMENT, PageType.CONSENT, PageType.PRICING, PageType.LEGAL, PageType.TEAM,
    PageType.LOCATION, PageType.OTHER, PageType.TESTIMONIAL, PageType.BLOG, PageType.NEWS,
)  # fmt: skip
PRIORITY = {page_type: -rank for rank, page_type in enumerate(_ORDER)}
# Beyond this many of a type a sample will do; never below five, so that a sample is one.
SAMPLE = {page_type: 12 for page_type in _ORDER} | dict.fromkeys(
    (PageType.LOCATION, PageType.TESTIMONIAL, PageType.BLOG, PageType.NEWS), 5
)

_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mjs|json|xml|rss|atom|woff2?|ttf|eot|mp[34]|m4[av]"
    r"|mov|avi|webm|wav|zip|gz|tar|rar|7z|exe|dmg|apk|docx?|xlsx?|pptx?|csv|ics|vcf|map|txt)$"
)
_LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|register|account|my-account|portal|patient-portal|wp-admin"
    r"|wp-login[^/]*|cart|checkout|basket|logout)(?:/|$)"
)
_TRAP = re.compile(
    r"(?:^|&)(?:month|year|date|day|calendar|ical|replytocom|print|share|add-to-cart|orderby|sort"
    r"|filter[^=]*|tribe-bar-date|eventdisplay|session(?:id)?|sid|phpsessid|s|q|search)="
)
_TRAP_PATH = re.compile(r"/(?:page/\d{2,}|feed|trackback|amp|print|embed|wp-json|cdn-cgi|xmlrpc)(?:/|$)")
_LANGUAGE = re.compile(r"^/(?:es|fr|de|pt|it|zh|ja|ko|ru|ar|vi|pl|nl|es-mx|fr-ca|pt-br)(?:/|$)")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was found; ``skip`` is why it is not to be fetched, if so."""

    url: str
    expected_type: PageType
    skip: str | None = None


def of_page(response: TextResponse) -> Iterator[Link]:
    """The links of a page, each address once."""
    seen: set[str] = set()
    for found in LinkExtractor(unique=False, deny_extensions=[], tags=("a", "area")).extract_links(
        response
    ):
        link = judge(found.url, found.text)
        if link is not None and link.url not in seen:
            seen.add(link.url)
            yield link


def judge(address: str, anchor: str = "") -> Link | None:
    """One link by its address and text; None where it is no web address at all."""
    url = clean_url(address) if address.startswith(("http://", "https://")) else None
    if url is None or len(url) > _LONGEST:
        return None
    return Link(url, expected_type(url, anchor), _skip(url))


def _skip(url: str) -> str | None:
    parts = urlsplit(url.lower())
    if _FILES.search(parts.path):
        return "file_type"
    if _LOGIN.search(parts.path):
        return "login"
    if _TRAP.search(parts.query) or _TRAP_PATH.search(parts.path):
        return "trap"
    return "other_language" if _LANGUAGE.search(parts.path) else None


def expected_type(url: str, anchor: str = "") -> PageType:
    """What an address promises to be; its path decides before the link's text does."""
    path = _folded_path(url)
    for name, patterns, _ in _types():
        if any(p.search(path) for p in patterns):
            return name
    text = " ".join(anchor.lower().split())
    for name, _, words in _types():
        if text and words is not None and words.search(text):
            return name
    return PageType.OTHER


def same_page(url: str) -> str:
    """The key under which addresses are one page: no fragment, no trailing slash, no scheme."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, ""))


def _folded_path(url: str) -> str:
    path = _FILE_ENDING.sub("", unquote(urlsplit(url).path).lower())
    path = re.sub(r"[^a-z0-9/]+", "-", path).strip("/")
    return f"/{path}/" if path else "/"


@cache
def _types() -> tuple[tuple[PageType, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]:
    declared = yaml.safe_load(TYPES_FILE.read_text(encoding="utf-8"))["types"]
    return tuple(
        (
            PageType(name),
            tuple(re.compile(p) for p in entry["path"]),
            _whole_words(entry["anchor"]) if entry["anchor"] else None,
        )
        for name, entry in declared.items()
    )


def _whole_words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")(?:\b|$)")
