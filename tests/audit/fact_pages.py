"""Pages for the tests of facts, and what is told on them."""

from __future__ import annotations

from collections.abc import Sequence

from audit import context, facts, lexicon, pages, site
from audit.catalog import Catalog
from audit.claims import Engine
from data.models import Fact, Page

# Facts need words and cues, and no rule.
ENGINE = Engine(Catalog({}, "none"), lexicon.load(), context.load())


def captured(body: str, path: str = "/", title: str = "Invented Clinic") -> site.ReadPage:
    """A page as it was captured; its id is its path."""
    footer = "<footer><p>A quiet house for ketamine</p></footer>"
    html = f"<html><head><title>{title}</title></head><body>{body}{footer}</body></html>"
    url = f"https://clinic.example{path}"
    row = Page(
        capture_id=path, provider_id="clinic.example", url=url, final_url=url, found_on=None,
        expected_type="other", kind="raw", status=200, content_type="text/html",
        captured_at="2026-11-24T00:00:00Z", payload_sha256="", payload_bytes=0, warc_file="",
        warc_record_id="", warc_offset=0, warc_length=0,
    )  # fmt: skip
    return site.ReadPage(row, pages.read(html.encode(), url=url))


def facts_of(read: Sequence[site.ReadPage]) -> tuple[Fact, ...]:
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
