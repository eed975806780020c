"""What a page says of itself in its head: language, canonical address, descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from audit.pages.blocks import Block
from audit.pages.layout import Layout
from audit.pages.places import Outline
from audit.pages.traits import attributes

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_SHOWN_ELSEWHERE = (*_DESCRIPTIONS, "og:title", "twitter:title")


@dataclass(frozen=True, slots=True)
class Head:
    """``blocks`` are the texts that search engines and social networks show, each once."""

    lang: str
    canonical: str
    description: str
    blocks: tuple[Block, ...]


def read_head(layout: Layout, title: str, url: str) -> Head:
    """Read a page's head; what stands in the body by mistake counts, as it does for others."""
    lang = canonical = description = base = ""
    blocks: dict[str, Block] = {title: Block(title, "meta", "head")}
    outline = Outline(layout.names, layout.parents)
    for element, written in layout.attributes.items():
        given = attributes(written)
        if layout.names[element] == "html":
            lang = given.get("lang", "")
        elif layout.names[element] == "link":
            if "canonical" in given.get("rel", "").lower().split():
                canonical = canonical or given.get("href", "").strip()
        elif layout.names[element] == "base":
            base = base or given.get("href", "").strip()
        elif layout.names[element] == "meta":
            name = (given.get("name") or given.get("property") or "").lower()
            text = " ".join(given.get("content", "").split())
            if name in _SHOWN_ELSEWHERE and text:
                blocks.setdefault(
                    text, Block(text, "meta", "head", outline=outline, element=element)
                )
            if name in _DESCRIPTIONS:
                description = description or text
    canonical = _absolute(_absolute(url, base) or url, canonical)
    return Head(lang, canonical, description, tuple(blocks.values())[1:])


def _absolute(url: str, href: str) -> str:
    try:
        return urljoin(url, href) if href else ""
    except ValueError:  # such as an unclosed IPv6 address
        return ""
