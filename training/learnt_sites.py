"""Invented sites whose service lines are known, as the engine reads them.

A site is a JSON object a line: ``id``, ``house``, ``lines`` (those that it offers) and ``blocks``,
each with ``page`` (a page type), ``heading``, ``text``, ``voice`` (``own``, ``blog``, ``review``,
``other``) and, where the passages were labelled, ``shows``: the lines that the block shows to be
given there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent.parent))

from audit.claims.claims import Engine
from audit.pages import pages
from audit.reader.features import LONGEST_RUN, runs, words_of
from audit.site import line_reader, site
from audit.site.hearing import hear
from audit.site.line_evidence import Count, Sighting
from audit.site.line_reader import LineReader, beside
from audit.site.read_page import ReadPage, first_home
from data.models import Page
from data.vocabulary import SERVICE_LINES

SITES = Path(__file__).parent / "sites"
_HOST = "https://clinic.example"
_PATHS = {"home": "/", "blog": "/blog/a-post", "testimonial": "/reviews", "legal": "/terms"}


@dataclass(frozen=True)
class Known:
    """What the line reader knows of a passage, and the lines that it shows (``None``: not told)."""

    features: set[str]
    shows: frozenset[str] | None


@dataclass(frozen=True)
class Site:
    """A site with its passages; ``counted``: what is counted beside them, by line."""

    writer: str
    lines: frozenset[str]
    passages: tuple[Known, ...]
    counted: dict[str, Count]


def load(engine: Engine) -> Iterator[Site]:
    """All sites, in a fixed order."""
    for path in sorted(SITES.glob("*.jsonl")):
        yield from (_learnt(engine, path.stem, raw) for raw in _raw(path))


def found_by(engine: Engine, writer: str, reader: LineReader) -> Iterator[frozenset[str]]:
    """The lines that ketawatch finds with a line reader at each of a writer's sites, in order."""
    hear.cache_clear()
    with patch.object(line_reader, "bundled", lambda: reader):
        for raw in _raw(SITES / f"{writer}.jsonl"):
            yield frozenset(map(str, _reading(engine, raw).offered))
    hear.cache_clear()


def _raw(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _reading(engine: Engine, raw: dict[str, Any]) -> site.SiteReading:
    return site.read_site(engine, first_home(list(_pages(raw["blocks"]))))


def _learnt(engine: Engine, writer: str, raw: dict[str, Any]) -> Site:
    reading = _reading(engine, raw)
    told = (block for block in raw["blocks"] if "shows" in block)
    labels = {block["text"]: frozenset(block["shows"]) for block in told}
    known = tuple(
        Known(_features(said), _labelled(said.passage.text, labels))
        for said in reading.evidence.heard
    )
    counted = {line: reading.evidence.count(line) for line in SERVICE_LINES}
    return Site(writer, frozenset(raw["lines"]), known, counted)


def _labelled(text: str, labels: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """The lines of a passage: a question and its answer may have become one."""
    return next((shows for words, shows in labels.items() if words in text), None)


def _features(said: Sighting) -> set[str]:
    own = set(runs(words_of(said.passage.text), LONGEST_RUN))
    return own | beside(said.passage, said.heard.told, said.heard.offers)


def _pages(blocks: list[dict[str, Any]]) -> Iterator[ReadPage]:
    ordered = sorted(blocks, key=lambda block: str(block["page"]))
    for kind, group in groupby(ordered, key=lambda block: str(block["page"])):
        url = _HOST + _PATHS.get(kind, f"/{kind}")
        html = f"<title>{kind.title()}</title><main>{''.join(_html(list(group)))}</main>"
        yield ReadPage(_row(kind, url), pages.read(html.encode(), url=url))


def _html(blocks: list[dict[str, Any]]) -> Iterator[str]:
    over = ""
    for block in blocks:
        if block["heading"] and block["heading"] != over:
            yield f"<h2>{escape(block['heading'])}</h2>"
        over = block["heading"]
        text = f"<p>{escape(block['text'])}</p>"
        yield f"<blockquote>{text}</blockquote>" if block["voice"] == "review" else text


def _row(kind: str, url: str) -> Page:
    return Page(
        capture_id=kind, provider_id="clinic.example", url=url, final_url=url, found_on=None,
        expected_type="other", kind="raw", status=200, content_type="text/html",
        captured_at="2026-11-24T00:00:00Z", payload_sha256="", payload_bytes=0, warc_file="",
        warc_record_id="", warc_offset=0, warc_length=0,
    )  # fmt: skip
