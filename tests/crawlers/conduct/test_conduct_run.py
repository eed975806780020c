"""How a guest behaves, seen from the hosts: robots.txt in every shape, forms, and full houses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.conduct.robots import MAX_BYTES
from data import provider_file
from data.models import Failure, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import Answer, Route, Web, crawl, page, redirect, serve

TEXT = {"Content-Type": "text/plain"}
FORBIDS = "User-agent: *\nDisallow: /staff\n"
PADDING = b"# " + b"p" * 997 + b"\n"
HUGE = FORBIDS.encode() + PADDING * 20_000 + b"Disallow: /\n"
FORM = (
    "<form action=/sent method=post><input name=email><button>Send</button></form>"
    "<form action=/search><input name=q><button>Search</button></form>"
    "<form action=/login method=post><input type=password></form>"
)


def full(seconds: str) -> Answer:
    return Answer(b"<p>Too many", 429, {"Content-Type": "text/html", "Retry-After": seconds})


def site(robots: Answer, **pages: Route) -> dict[str, Route]:
    home = page("Home", "/staff|Team", "/faq|FAQ")
    more: dict[str, Route] = {"/robots.txt": robots, "/": home}
    return more | {"/faq": page("FAQ"), "/staff": page("Staff")} | pages


def hosts() -> dict[str, dict[str, Route]]:
    many = [f"/page-{n}" for n in range(9)]
    return {
        "plain.localhost": site(Answer(FORBIDS.encode(), headers=TEXT)),
        "bom.localhost": site(Answer(b"\xef\xbb\xbf" + FORBIDS.encode(), headers=TEXT)),
        "wide.localhost": site(Answer(FORBIDS.encode("utf-16"), headers=TEXT)),
        "old-mac.localhost": site(Answer(FORBIDS.replace("\n", "\r").encode(), headers=TEXT)),
        "huge.localhost": site(Answer(HUGE, headers=TEXT)),
        "moved.localhost": site(redirect("/there.txt"))
        | {"/there.txt": Answer(FORBIDS.encode(), headers=TEXT)},
        "html.localhost": site(page("Not found")),
        "gone.localhost": site(Answer(b"", 410)),
        "down.localhost": site(Answer(FORBIDS.encode(), 500, TEXT)),
        "slow.localhost": site(Answer(b"User-agent: *\nCrawl-delay: 86400", headers=TEXT)),
        "rate.localhost": site(Answer(b"User-agent: *\nRequest-rate: 1/1h", headers=TEXT)),
        "forms.localhost": {
            "/": page("Forms", "/faq|FAQ", text=FORM + "We offer care for you. " * 40),
            "/faq": page("FAQ"),
        },
        "full.localhost": {"/": page("Full", *many), **dict.fromkeys(many, full("3600"))},
        "closed.localhost": {"/": full("7200"), "/robots.txt": Answer(b"", headers=TEXT)},
    }


@dataclass
class Visited:
    """The servers' own view, and what the run says."""

    web: Web
    store: Store
    pages: dict[str, list[Page]]
    failures: dict[str, list[Failure]]

    def asked(self, host: str) -> set[str]:
        return set(self.web.asked(host)) - {"/robots.txt", "/sitemap.xml", "/there.txt"}


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    with serve() as web:
        web.routes |= hosts()
        store = Store.create(tmp_path_factory.mktemp("conduct") / "store")
        rows = [Provider(host, host, web.url(host)) for host in web.routes]
        provider_file.write(store.providers_path, rows)
        done = crawl(store.path, "--render", "never")
        assert done.returncode in (0, 3), done.stderr
        pages, failures = defaultdict(list), defaultdict(list)
        for row in store.run().read("pages", Page):
            pages[row.provider_id].append(row)
        for failure in store.run().read("failures", Failure):
            failures[failure.provider_id].append(failure)
        yield Visited(web, store, pages, failures)


@pytest.mark.parametrize("host", ["plain", "bom", "wide", "old-mac", "huge", "moved"])
def test_rules_are_kept_in_whatever_shape_they_come(visited: Visited, host: str) -> None:
    assert visited.asked(f"{host}.localhost") == {"/", "/faq"}
    (failure,) = visited.failures[f"{host}.localhost"]
    assert failure.failure_class == "robots"


@pytest.mark.parametrize("host", ["html", "gone"])
def test_where_there_are_no_rules_everything_may_be_read(visited: Visited, host: str) -> None:
    assert visited.asked(f"{host}.localhost") == {"/", "/faq", "/staff"}


@pytest.mark.parametrize("host", ["down", "slow", "rate"])
def test_hosts_that_want_no_visitor_now_get_none(visited: Visited, host: str) -> None:
    assert visited.asked(f"{host}.localhost") == set()
    (failure,) = visited.failures[f"{host}.localhost"]
    assert (failure.failure_class, failure.fault) == ("robots", "policy")


def test_the_reason_names_the_delay(visited: Visited) -> None:
    assert "86400 seconds" in visited.failures["slow.localhost"][0].remedy
    assert "3600 seconds" in visited.failures["rate.localhost"][0].remedy


def archived(visited: Visited, host: str) -> dict[str, tuple[bytes, str | None]]:
    path = visited.store.run().path / "captures" / f"{host}.warc.gz"
    with path.open("rb") as file:
        return {
            record.rec_headers.get_header("WARC-Target-URI"): (
                record.content_stream().read(),
                record.rec_headers.get_header("WARC-Truncated"),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        }


@pytest.mark.parametrize("host", ["plain.localhost", "down.localhost", "slow.localhost"])
def test_what_robots_txt_said_is_archived(visited: Visited, host: str) -> None:
    answer = visited.web.routes[host]["/robots.txt"]
    assert isinstance(answer, Answer)
    found = archived(visited, host)[visited.web.url(host, "/robots.txt")]
    assert found == (answer.body, None)


def test_of_a_huge_one_the_part_that_was_read_is_archived(visited: Visited) -> None:
    url = visited.web.url("huge.localhost", "/robots.txt")
    body, cut = archived(visited, "huge.localhost")[url]
    assert MAX_BYTES <= len(body) < 2 * MAX_BYTES
    assert HUGE.startswith(body)
    assert cut == "length"


def test_no_form_is_ever_sent(visited: Visited) -> None:
    assert visited.asked("forms.localhost") == {"/", "/faq"}
    assert {method for _, method, _ in visited.web.log} == {"GET"}
    assert not any("?" in path for _, _, path in visited.web.log)


def test_a_host_that_asks_for_an_hour_is_left_alone_at_once(visited: Visited) -> None:
    asked = [path for path in visited.asked("full.localhost") if path != "/"]
    assert len(asked) == 1
    failures = visited.failures["full.localhost"]
    assert sorted(f.attempts for f in failures) == [0] * 8 + [1]
    assert {f.failure_class for f in failures} == {"http_429"}


def test_a_home_page_that_turns_us_away_ends_the_visit(visited: Visited) -> None:
    assert visited.web.asked("closed.localhost") == {"/robots.txt": 1, "/": 1}
    health = json.loads((visited.store.path / "health.json").read_text())
    assert health["providers"]["closed.localhost"]["reason"] == "blocked"
