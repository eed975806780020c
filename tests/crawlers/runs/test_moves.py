"""A provider that moved to another domain: it is told, a person decides, and the id stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers.merges.command import merges
from crawlers.responses.failures import Trouble, of_way_out, seen_in
from crawlers.runs import moves
from data import aliases, health, provider_file, status
from data.models import Failure, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import Answer, Web, crawl, page, redirect, serve

OLD, NEW = "oldname.localhost", "newname.localhost"
PUBLIC = "https://newname.example/"
HOME = f"http://{OLD}/"


def row(code: int, url: str = HOME) -> Page:
    return Page(
        capture_id=f"{code} {url}", provider_id=OLD, url=url, final_url=url, found_on=None,
        expected_type="home", kind="raw", status=code, content_type="text/html",
        captured_at="2026-11-26T03:00:00Z", payload_sha256="", payload_bytes=0, warc_file="",
        warc_record_id="", warc_offset=0, warc_length=0,
    )  # fmt: skip


def lost(trouble: Trouble, url: str = HOME, expected_type: str = "home") -> Failure:
    return Failure(
        OLD, url, expected_type, trouble.failure_class, trouble.fault, trouble.remedy, 1, ""
    )


@pytest.mark.parametrize("steps", [[301], [308], [301, 308]])
def test_a_home_page_that_leads_away_for_good_is_a_proposed_move(steps: list[int]) -> None:
    target = "https://newname.example/welcome"
    found = moves.proposed(map(row, steps), [lost(of_way_out(target))])
    assert found == {OLD: target}


@pytest.mark.parametrize("steps", [[302], [301, 302], [307], [200], []])
def test_what_leads_away_for_a_while_is_none(steps: list[int]) -> None:
    assert moves.proposed(map(row, steps), [lost(of_way_out("https://newname.example/"))]) == {}


def test_only_a_home_page_tells_and_only_a_domain_of_one_s_own_is_moved_to() -> None:
    page_url = f"{HOME}faq"
    inner = lost(of_way_out("https://newname.example/"), page_url, "faq")
    assert moves.proposed([row(301, page_url)], [inner]) == {}
    social = lost(of_way_out("https://www.facebook.com/oldname"))
    assert moves.proposed([row(301)], [social]) == {}
    assert moves.proposed([row(301)], [lost(Trouble("parked", "https://x.example/"))]) == {}


def test_what_was_seen_is_found_again_in_the_row() -> None:
    assert seen_in(lost(of_way_out("https://a.example/b"))) == "https://a.example/b"
    assert seen_in(lost(Trouble("timeout"))) == ""


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([OLD], "The same provider: ketawatch merges homepage oldname.localhost https://new.ex"),
        ([OLD, "new.example"], f"merges accept 'new.example|{OLD}' --keep {OLD}, then ketawatch m"),
    ],
)
def test_the_decision_that_a_person_may_make_is_named(known: list[str], said: str) -> None:
    (issue,) = moves.told({OLD: "https://new.example/"}, known)
    assert issue.where == OLD
    assert said in str(issue)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "store")


def sites(web: Web, code: int) -> None:
    """The new name is on the public web, which is not asked; its pages are served here, too."""
    web.routes[OLD] = {"/": redirect(PUBLIC, code), "/faq": redirect(f"{PUBLIC}faq", code)}
    web.routes[NEW] = {
        "/robots.txt": Answer(b""),
        "/": page("New name", "/faq|FAQ"),
        "/faq": page("FAQ"),
    }


def decide(store: Store, *arguments: str) -> None:
    by = ["--who", "Ada", "--why", "the same nurse", "--store", str(store.path)]
    assert CliRunner().invoke(merges, [*arguments, *by], catch_exceptions=False).exit_code == 0


def test_a_move_is_told_decided_and_followed_under_the_old_id(store: Store) -> None:
    with serve() as web:
        sites(web, 301)
        provider_file.write(store.providers_path, [Provider(OLD, "Old name", web.url(OLD))])
        said = crawl(store.path).stderr
        assert f"its home page leads for good to {PUBLIC}" in said
        assert health.read(store.path)["providers"][OLD]["moved_to"] == PUBLIC
        assert f"merges homepage {OLD} {PUBLIC}" in status.as_text(status.describe(store))

        there = web.url(NEW)
        decide(store, "homepage", OLD, there)
        said = crawl(store.path).stderr
        assert "leads for good" not in said
    run = store.run()
    assert run.scope == [OLD]
    captured = {p.final_url: p.provider_id for p in run.read("pages", Page) if p.status == 200}
    assert captured == {there: OLD, f"{there}faq": OLD}
    assert health.read(store.path)["providers"] == {}
    assert "leads for good" not in status.as_text(status.describe(store))


def test_a_detour_is_no_move(store: Store) -> None:
    with serve() as web:
        sites(web, 302)
        provider_file.write(store.providers_path, [Provider(OLD, "Old name", web.url(OLD))])
        assert "leads for good" not in crawl(store.path).stderr
    assert "moved_to" not in json.dumps(health.read(store.path))
    assert store.run().info["moves"] == {}


def test_who_was_listed_at_both_addresses_is_one_at_the_new_one(store: Store) -> None:
    both = [Provider("old.example", "Old name", "https://old.example/"),
            Provider("new.example", "New name", "https://new.example/")]  # fmt: skip
    provider_file.write(store.providers_path, both)
    decide(store, "accept", "new.example|old.example", "--keep", "old.example")
    decide(store, "homepage", "old.example", "https://new.example/")
    (left,) = provider_file.read(store.providers_path)[0]
    assert (left.provider_id, left.homepage) == ("old.example", "https://new.example/")
    assert aliases.of(store) == {"new.example": "old.example"}
