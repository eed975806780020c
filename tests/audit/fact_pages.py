"""Pages for the tests of facts, and what is told on them."""

from __future__ import annotations

from collections.abc import Sequence

from audit import facts
from audit.catalog.catalog import Catalog
from audit.claims.claims import Engine
from audit.concepts import lexicon
from audit.site import site
from audit.site.read_page import ReadPage
from audit.stances import context
from data.models import Fact
from tests.audit import captured_page

# Facts need words and cues, and no rule.
ENGINE = Engine(Catalog({}, "none"), lexicon.load(), context.load())


def captured(body: str, path: str = "/", title: str = "Invented Clinic") -> ReadPage:
    """A page of a clinic with a footer; its id is its path."""
    footer = "<footer><p>A quiet house for ketamine</p></footer>"
    return captured_page.captured(f"{body}{footer}", path, title)


def facts_of(read: Sequence[ReadPage]) -> tuple[Fact, ...]:
    """The facts of a site, its offers among them."""
    return facts.of_site(ENGINE, read, site.read_site(ENGINE, read))


def told(body: str, *kinds: str, path: str = "/", title: str = "Invented Clinic") -> set[str]:
    """The facts of these kinds on one page: "value | unit"."""
    read = [captured(body, path, title)]
    found = facts.of_site(ENGINE, read, site.SiteReading())
    return {" | ".join(filter(None, (f.value, f.unit))) for f in found if f.kind in kinds}


def paragraph(text: str) -> str:
    """A text as the only paragraph of a page."""
    return f"<p>{text}</p>"


def listed(head: str, *items: str) -> str:
    """A list under a heading."""
    return f"<h2>{head}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def row(heads: Sequence[str], *cells: str) -> str:
    """A table with one row."""
    head = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join(f"<td>{c}</td>" for c in cells)
    return f"<table><tr>{head}</tr><tr>{body}</tr></table>"
