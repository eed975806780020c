"""The invented sites themselves: whole, linked, of real size, their own words, and with a key."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from crawlers.demo_pages import DEMO, DIRECTORY, DemoPages, load_sites
from data.vocabulary import SERVICE_LINES, Line, Outcome, Reason

PAGES = DemoPages(8742)
SITES = load_sites()
PROVIDERS = {name: site for name, site in SITES.items() if name != DIRECTORY}
READABLE = {name: site for name, site in PROVIDERS.items() if "otherwise" not in site}
EXPECTED: dict[str, dict[str, dict[str, dict[str, Any]]]] = yaml.safe_load(
    (DEMO / "expected.yml").read_text("utf-8")
)

_LEFTOVER = re.compile(r"\{[{%]|[}%]\}|\]\(/|\*\*|\bUndefined\b")


def status_and_soup(site: Mapping[str, Any], address: str) -> tuple[int, BeautifulSoup]:
    reply = PAGES.reply(site["host"], address.partition("?")[0], {})
    assert reply is not None
    return reply.status, BeautifulSoup(reply.body.decode(site.get("charset", "utf-8")), "lxml")


def internal_links(site: Mapping[str, Any]) -> set[str]:
    found = set()
    for page in site["pages"]:
        for link in status_and_soup(site, page["path"])[1].select("a[href]"):
            path = str(link["href"]).partition("#")[0].partition("?")[0]
            if path.startswith("/"):
                found.add(path)
    return found


@pytest.mark.parametrize("site", READABLE.values(), ids=READABLE)
def test_links_lead_to_every_page_and_only_the_intended_ones_are_dead(
    site: Mapping[str, Any],
) -> None:
    links = internal_links(site)
    assert {page["path"] for page in site["pages"]} <= links
    wrong = {path: s for path in links if (s := status_and_soup(site, path)[0]) != 200}
    dead = dict.fromkeys(site["dead_links"], 404)
    assert wrong == dead | dict.fromkeys(site.get("broken_pages", []), 503)


@pytest.mark.parametrize(("name", "site"), PROVIDERS.items(), ids=PROVIDERS)
def test_a_site_file_has_what_it_needs(name: str, site: Mapping[str, Any]) -> None:
    assert site["host"] == f"{name}.localhost"
    assert site["stands_for"] and site["name"]
    assert (DEMO / "themes" / site["theme"] / "page.html").is_file()
    if name in READABLE:
        assert sum(1 for page in site["pages"] if page.get("post")) >= 3
        kinds = {page["kind"] for page in site["pages"]}
        assert {
            "home",
            "how-it-works",
            "faq",
            "pricing",
            "treatment",
            "team",
            "blog",
        } <= kinds


@pytest.mark.parametrize("site", READABLE.values(), ids=READABLE)
def test_pages_are_as_large_and_wordy_as_real_ones(site: Mapping[str, Any]) -> None:
    for page in site["pages"]:
        reply = PAGES.reply(site["host"], page["path"], {})
        assert reply is not None
        assert 15_000 < len(reply.body) < 120_000, page["path"]
        if page["kind"] in {"home", "how-it-works", "faq"}:
            assert len(visible_words(site, page["path"])) >= 300, page["path"]


def visible_words(site: Mapping[str, Any], path: str) -> list[str]:
    page = status_and_soup(site, path)[1]
    for element in page(["script", "style", "svg", "head"]):
        element.decompose()
    return page.get_text(" ").split()


def test_nothing_is_left_unrendered() -> None:
    for site in READABLE.values():
        for page in site["pages"]:
            text = " ".join(visible_words(site, page["path"]))
            assert not _LEFTOVER.search(text), (site["host"], page["path"])


def test_no_two_sites_share_a_sentence() -> None:
    sentences = {name: set(_sentences(site["pages"])) for name, site in READABLE.items()}
    for (one, first), (other, second) in itertools.combinations(sentences.items(), 2):
        assert not first & second, (one, other)


def _sentences(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield from (s for s in re.split(r"(?<=[.?!])\s+", content) if len(s.split()) > 6)
    elif isinstance(content, Mapping):
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from _sentences(part)


def test_the_answer_key_covers_every_site_and_names_pages_that_exist() -> None:
    assert EXPECTED.keys() == PROVIDERS.keys()
    for name, lines in EXPECTED.items():
        paths = {page["path"] for page in PROVIDERS[name]["pages"]}
        for finding in (finding for rules in lines.values() for finding in rules.values()):
            assert finding["outcome"] == Reason(finding["reason"]).outcome
            assert set(finding["pages"]) <= paths


def test_the_demo_shows_every_service_line_and_outcome() -> None:
    assert {Line(line) for lines in EXPECTED.values() for line in lines} == {
        *SERVICE_LINES,
        Line.ALL,
        Line.UNKNOWN,
    }
    reasons = {name: _reasons(lines) for name, lines in EXPECTED.items()}
    assert {reason.outcome for seen in reasons.values() for reason in seen} == set(Outcome)
    unseen = {Reason.BLOCKED, Reason.RENDER_FAILED}
    assert sum(1 for seen in reasons.values() if seen & unseen) == 2


def _reasons(lines: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> set[Reason]:
    """All reasons but those of trackers, which need a browser that the demo does without."""
    return {
        Reason(finding["reason"])
        for rules in lines.values()
        for rule_id, finding in rules.items()
        if not rule_id.startswith("privacy.")
    }


def test_the_directory_lists_every_site_over_three_pages() -> None:
    directory, path = SITES[DIRECTORY], "/"
    cards: list[Tag] = []
    for _ in range(3):
        page = status_and_soup(directory, path)[1]
        cards += page.select("article.listing")
        following = page.select_one("nav.pagination a[rel~=next]")
        path = str(following["href"]) if following else ""
    assert path == ""
    hrefs = [str(link["href"]) for card in cards for link in card.select("a.listing-website")]
    assert (len(cards), len(hrefs)) == (
        len(directory["entries"]),
        len(directory["entries"]) - 1,
    )
    for site in PROVIDERS.values():
        assert any(f"//{site['host']}:8742/" in href for href in hrefs)
    rows = status_and_soup(directory, "/table")[1].select("table.providers tbody td.name")
    names = [name.get_text(strip=True) for card in cards for name in card.select(".listing-name")]
    assert [row.get_text(strip=True) for row in rows] == names
