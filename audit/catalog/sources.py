"""The sources that rules cite, from ``data/reference/sources.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.concepts import declarations

FILE = Path(__file__).parents[2] / "data" / "reference" / "sources.yml"
_KEYS = {"title", "date", "url", "official_url", "jurisdiction", "text_status"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. ``text_status`` says how much of the text was seen."""

    key: str
    title: str
    date: str
    url: str
    jurisdiction: str
    text_status: str


def load(path: Path = FILE) -> dict[str, Source]:
    """All sources by key.

    Raises:
        UsageError: naming the source and the key that is unknown or missing.
    """
    raw = declarations.read(path, required={"sources"}, optional=set())["sources"]
    sources = {}
    for key, entry in raw.items():
        declarations.check_keys(
            path, entry, required={"title", "date", "url"}, optional=_KEYS, where=f"{key}."
        )
        texts = {k: str(entry.get(k) or "") for k in _KEYS}
        sources[key] = Source(
            key,
            texts["title"],
            texts["date"],
            texts["url"],
            texts["jurisdiction"],
            texts["text_status"],
        )
    return sources
