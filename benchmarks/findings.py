"""Pages a second from bytes to claims, on one core, with everything that an audit uses.

Run ``python benchmarks/findings.py``. Pages are built as in ``benchmarks/blocks.py`` (about 100 KB,
15 KB of it text), but what they say comes from the training passages, which speak of ketamine in
nearly every sentence: more than real pages do. Menu and footer are the same on all pages of a site,
as they are on real sites; everything else is read for the first time, unless ``--texts N`` draws it
from so many texts, as template sites and pages that are made of a set of passages do.
``--rules 600`` copies the catalogue ten times, to see what more rules cost; ``--digest`` prints the
digest of all claims.
Every claim's quote is compared with the words at its offsets in its block, outside the clock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from blocks import Generator

from audit.check import Input, page_of
from audit.claims import engines
from audit.claims.claims import Engine
from audit.pages.pages import read
from audit.site import site
from audit.site.read_page import ReadPage

PASSAGES = Path(__file__).parent.parent / "training" / "passages"
PAGES_OF_A_SITE = 20
# By length in words and number: the texts that ``--texts`` draws from.
_DRAWN: dict[tuple[int, int], str] = {}


class Site(Generator):
    """Pages that say what the training passages say, with one menu and one footer."""

    def __init__(self, seed: int, words: Iterator[str], texts: int = 0) -> None:
        super().__init__(seed)
        self.stream, self._texts = words, texts
        self._menu = super().menu()
        self._footer = super().footer()

    def words(self, count: int) -> str:
        if not self._texts:
            return " ".join(next(self.stream) for _ in range(count))
        which = count, self.random.randrange(self._texts)
        if which not in _DRAWN:
            _DRAWN[which] = " ".join(next(self.stream) for _ in range(count))
        return _DRAWN[which]

    def menu(self) -> str:
        return self._menu

    def footer(self) -> str:
        return self._footer


def said() -> Iterator[str]:
    """The words of all training passages, again and again."""
    texts = [
        json.loads(line)["text"]
        for path in sorted(PASSAGES.glob("train-t*.jsonl"))
        for line in path.open(encoding="utf-8")
    ]
    while True:
        for text in texts:
            yield from text.split()


def with_rules(engine: Engine, count: int) -> Engine:
    """The engine with its rules copied until there are so many."""
    rules = dict(engine.catalog.rules)
    for number in range(count // len(rules)):
        for rule in engine.catalog.rules.values():
            rules[f"{rule.id}-{number}"] = replace(rule, id=f"{rule.id}-{number}")
    catalog = replace(engine.catalog, rules=dict(sorted(rules.items())[:count]))
    return Engine(catalog, engine.lexicon, engine.context)


@dataclass(frozen=True)
class Measured:
    """What reading took and gave; ``size`` in bytes, ``text`` in characters."""

    pages: int
    rate: float
    size: int
    claims: int
    misquoted: int
    text: int
    digest: str


def sites_of(count: int, texts: int = 0) -> Iterator[list[bytes]]:
    """So many pages, site by site; made when they are asked for, so that they take no memory."""
    words = said()
    for first in range(0, count, PAGES_OF_A_SITE):
        made = Site(first, words, texts)
        yield [made.page() for _ in range(min(PAGES_OF_A_SITE, count - first))]


def rate_of(engine: Engine, sites: Iterable[list[bytes]]) -> Measured:
    """Read the pages, site by site."""
    read_, took, size, found, misquoted, text = 0, 0.0, 0, 0, 0, 0
    digest = hashlib.sha256()
    for bodies in sites:
        began = time.perf_counter()
        pages = []
        for number, body in enumerate(bodies):
            url = f"https://site.example/{read_ + number}"
            page = replace(page_of(Input(url, body, url)), capture_id=url)
            pages.append(ReadPage(page, read(body, url=url)))
        reading = site.read_site(engine, pages)
        said = reading.claims
        took += time.perf_counter() - began
        read_ += len(bodies)
        size += sum(map(len, bodies))
        found += len(said)
        misquoted += wrong_quotes(pages, reading)
        text += sum(len(b.text) for p in pages for b in p.text.blocks if b.kind != "list-item")
        digest.update(repr(said).encode())
    return Measured(read_, read_ / took, size, found, misquoted, text, digest.hexdigest())


def wrong_quotes(pages: list[ReadPage], reading: site.SiteReading) -> int:
    """How many claims quote anything but the words at their offsets."""
    texts = {
        (page.page.capture_id, block.css_path, block.ordinal): block.text
        for page in pages
        for block in page.text.blocks
        if block.kind != "list-item"
    }
    texts |= reading.joined
    places = ((c, texts[c.capture_id, c.css_path, c.block_ordinal]) for c in reading.claims)
    return sum(text[c.char_start : c.char_end] != c.quote or not c.quote for c, text in places)


def main() -> None:
    """Print sizes, rate, memory and digest."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--rules", type=int, default=60)
    options.add_argument("--texts", type=int, default=0)
    options.add_argument("--digest", action="store_true")
    chosen = options.parse_args()
    engine = engines.bundled_engine()
    if chosen.rules > len(engine.catalog.rules):
        engine = with_rules(engine, chosen.rules)
    measured = rate_of(engine, sites_of(chosen.pages, chosen.texts))
    count = measured.pages
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count} pages of {measured.size / count / 1000:.0f} KB with"
        f" {measured.text / count / 1000:.1f} KB of"
        f" text, {len(engine.catalog.rules)} rules: {measured.rate:.1f} pages/s,"
        f" {measured.claims} claims, {measured.misquoted} misquoted, {memory} MB at most"
    )
    if chosen.digest:
        print(f"digest of all claims: {measured.digest}")


if __name__ == "__main__":
    main()
