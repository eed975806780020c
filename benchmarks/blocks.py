"""Pages a second from bytes to blocks, on one core, on generated pages.

Run ``python benchmarks/blocks.py``. The pages are as page builders make them: about 100 KB, a
sixth of it text, the rest wrappers, class names, ids that never repeat, inline styles and scripts,
a menu, accordions, price cards, a form, a footer and JSON-LD. Every page is read once, so that
nothing is remembered that would not be on a real site.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from selectolax.lexbor import LexborHTMLParser

from audit.pages.pages import read

_WORDS = re.findall(
    r"\w+",
    """
    ketamine session nurse video your care team will monitor blood pressure before each treatment
    and after dose people may feel dizzy ask provider about history heart safe ride home plan
    month support call emergency contact adult sitter approved label use clinic doctor visit
    """,
)
_WRAPPER = "elementor-element elementor-widget elementor-widget-text-editor e-con-full e-flex"


class Generator:
    """Invented pages of one site, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = seed * 100_000

    def page(self) -> bytes:
        """One page of about 100 KB."""
        title = self.element("h1", "elementor-heading-title", self.words(6))
        body = [self.menu(), "<main>", title]
        body += [self.section() for _ in range(15)]
        body += [self.accordion() for _ in range(10)]
        body += ['<div class="pricing-grid">', *(self.card() for _ in range(3)), "</div>"]
        body += [self.form(), "</main>", self.footer()]
        html = f"<html lang=en>{self.head()}<body>{''.join(body)}</body></html>"
        return f"<!doctype html>{html}".encode()

    def words(self, count: int) -> str:
        said = " ".join(self.random.choice(_WORDS) for _ in range(count))
        return said.capitalize()

    def element(self, name: str, classes: str, content: str) -> str:
        self.number += 1
        unique = f"{self.number:x}"
        return (
            f'<div class="{_WRAPPER} elementor-element-{unique}" data-id="{unique}"'
            f' data-element_type="widget" data-settings="{{&quot;animate&quot;:&quot;up&quot;}}">'
            f'<div class="elementor-widget-container"><{name} class="{classes}">{content}</{name}>'
            "</div></div>\n"
        )

    def head(self) -> str:
        question = {
            "@type": "Question",
            "name": f"{self.words(6)}?",
            "acceptedAnswer": {"@type": "Answer", "text": f"{self.words(25)}."},
        }
        data = json.dumps({"@type": "FAQPage", "mainEntity": [question] * 4})
        script = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments);}"
        return (
            f"<head><meta charset=utf-8><title>{self.words(5)}</title>"
            f'<meta name=description content="{self.words(20)}">'
            f"<style>{'.elementor-widget{margin:0 0 20px;color:#222}' * 500}</style>"
            f"<script>{script * 160}</script>"
            f'<script type="application/ld+json">{data}</script></head>'
        )

    def menu(self) -> str:
        items = "".join(
            f'<li id="menu-item-{self.number + n}" class="menu-item menu-item-type-post_type">'
            f'<a href="https://site.example/{n}" class="elementor-item">{self.words(2)}</a></li>'
            for n in range(25)
        )
        return f'<header class="site-header"><nav><ul class="menu">{items}</ul></nav></header>'

    def section(self) -> str:
        emphasis = f"{self.words(14)} <strong>{self.words(3)}</strong> {self.words(12)}."
        items = "".join(f"<li><span>{self.words(6)}</span></li>" for _ in range(4))
        path = '<path d="M12 2 L2 7 L12 12 Z"></path>'
        icon = f'<svg viewBox="0 0 24 24" aria-hidden="true">{path}</svg>'
        image = f'<img src="/i/{self.number}.webp" alt="{self.words(4)}" width=600 height=400>'
        return (
            self.element("h2", "elementor-heading-title elementor-size-default", self.words(5))
            + self.element("p", "", emphasis)
            + self.element("p", "", f"{self.words(30)}. <a href='/x'>{self.words(3)}</a>.")
            + self.element("p", "", f"{self.words(4)}:") + f"<ul>{items}</ul>"
            + self.element("div", "elementor-icon-box", f"{icon}<h3>{self.words(3)}</h3>{image}")
        )  # fmt: skip

    def accordion(self) -> str:
        self.number += 1
        return self.element(
            "div",
            "elementor-accordion-item",
            f'<div id="tab-{self.number}" class="elementor-tab-title" role="button"'
            f' aria-controls="content-{self.number}" aria-expanded="false">{self.words(7)}?</div>'
            f'<div id="content-{self.number}" class="elementor-tab-content" style="display:none">'
            f"<p>{self.words(35)}.</p></div>",
        )

    def card(self) -> str:
        lines = "".join(f"<li>{self.words(4)}</li>" for _ in range(5))
        return self.element(
            "div", "pricing-card", f"<h3>{self.words(2)}</h3><span>$249</span><ul>{lines}</ul>"
        )

    def form(self) -> str:
        options = "".join(f"<option value={n}>{self.words(1)}</option>" for n in range(30))
        return (
            f"<form><label>{self.words(2)}<input placeholder='{self.words(1)}'></label>"
            f"<select>{options}</select>"
            f"<button type=submit class=btn>{self.words(2)}</button></form>"
        )

    def footer(self) -> str:
        notes = "".join(f"<p>{self.words(30)}.</p>" for _ in range(4))
        return f"<footer class='site-footer'>{notes}{self.menu()}</footer>"


def pages_a_second(pages: list[bytes], work: Callable[[bytes], object]) -> float:
    """The rate over all pages, each taken once."""
    began = time.perf_counter()
    for page in pages:
        work(page)
    return len(pages) / (time.perf_counter() - began)


def main() -> None:
    """Print the sizes and the rates."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=400)
    count = options.parse_args().pages
    generator = Generator(1)
    pages = [generator.page() for _ in range(count)]
    read_pages = [read(page, url="https://site.example/x") for page in pages[:20]]
    size = statistics.mean(map(len, pages)) / 1000
    text = statistics.mean(
        sum(len(b.text) for b in p.blocks if b.kind != "list-item") for p in read_pages
    )
    blocks = statistics.mean(len(page.blocks) for page in read_pages)
    print(
        f"{count} pages of {size:.0f} KB with {text / 1000:.1f} KB of text in {blocks:.0f} blocks"
    )
    floor = pages_a_second(pages, lambda page: LexborHTMLParser(page).html)
    rate = pages_a_second(pages, lambda page: read(page, url="https://site.example/x"))
    print(f"parsing alone: {floor:.0f} pages/s; bytes to blocks: {rate:.0f} pages/s")


if __name__ == "__main__":
    main()
