"""The log of a page's load: rows without values, kept like any capture, put together at the end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.browser import trackers
from crawlers.browser.escalation import ALWAYS
from crawlers.browser.rendered import Asked, Rendered
from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.archive import Archive
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links.annexes import Annex
from crawlers.walk.fetching import Fetched, page_facts
from crawlers.walk.rendering import Renderer
from data.models import Page
from tests.crawlers.sites_served import WORDS

if TYPE_CHECKING:
    from crawlers.browser.browser import Chromium

SITE = "https://stillmere.example"
DESK = "https://stillmere.helpdesk.example"
WHEN = "2026-11-26T03:00:00Z"


def asked(url: str, body: str = "", **changes: str) -> Asked:
    return Asked(url, "POST" if body else "GET", "fetch", WHEN, body=body, **changes)


def rows(*requests: Asked, **changes: object) -> list[dict[str, object]]:
    seen = Rendered(f"{SITE}/intake", f"{SITE}/intake", 200, WHEN, title="Start your intake")
    seen.asked, seen.is_logged = list(requests), True
    for name, value in changes.items():
        setattr(seen, name, value)
    return list(trackers.rows(seen, "eligibility", lambda url: url.startswith(SITE)))


def test_the_page_comes_first_with_its_counts() -> None:
    page, _ = rows(asked(f"{SITE}/a.css"), asked("https://bat.bing.com/x"), asked("data:,x"))
    assert page == {
        "what": "page", "url": f"{SITE}/intake", "about": "intake", "at": WHEN,
        "list": page["list"], "requests": 2, "to_others": 1, "whole": True,
    }  # fmt: skip


def test_values_are_left_out_but_for_the_tags_own() -> None:
    url = "https://u:p@www.facebook.com/tr/?id=12&ev=Page%20View&em=a%40b.example&ev=Lead#x"
    (_, row) = rows(asked(url))
    assert row["url"] == "https://www.facebook.com/tr/?id=12&ev&em&ev=Lead"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('{"email": "a@b.example", "page": [{"title": "x"}]}', ["email", "page", "title"]),
        ("q1=yes&q2=no&q1=x", ["q1", "q2"]),
        ("just words", []),
        ('"text"', []),
        ('{"a name with spaces and a@b.example": 1}', ["..."]),
        ("\x00\xff", []),
    ],
)
def test_a_body_is_told_by_the_names_of_its_fields(body: str, names: list[str]) -> None:
    assert trackers.body_fields(body) == names


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_sent_makes_rows_of_one_ascii_line_each(query: str, body: str) -> None:
    found = rows(asked(f"https://pixel.example/x?{query}", body=body or "x"))
    encoded = trackers.encode(found)
    assert encoded.isascii()
    assert [json.loads(line) for line in encoded.decode().split("\n")[:-1]] == found


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=12))
def test_no_value_survives(value: str) -> None:
    url = f"https://pixel.example/x?first={value}&second=x{value}"
    (_, row) = rows(asked(url, body=json.dumps({"field": value})))
    assert value not in json.dumps([row["url"], row["body_fields"]])


def test_which_page_was_read_is_told_by_address_title_or_referer() -> None:
    by_address = asked("https://pixel.example/?dl=https%3A%2F%2Fstillmere.example%2Fintake%3Fa")
    by_title = asked("https://pixel.example/", body="t=Start+your+intake")
    by_referer = asked("https://pixel.example/", referer=f"{SITE}/intake")
    tells = [row["tells"] for row in rows(by_address, by_title, by_referer)[1:]]
    assert tells == [["page_address"], ["page_title"], ["page_address"]]
    assert rows(asked("https://pixel.example/", referer=f"{SITE}/"))[1]["tells"] == []


def test_own_requests_are_counted_and_own_posts_are_shown() -> None:
    (page, row) = rows(asked(f"{SITE}/a.js"), asked(f"{SITE}/collect", body="a=1", why="method"))
    assert page["requests"] == 2
    assert (row["party"], row["company"], row["stopped"]) == ("own", None, "method")


@pytest.mark.parametrize("host", [SITE, "https://metrics.unheard-of.example"])
def test_what_looks_like_a_tag_s_is_listed_whoever_is_asked(host: str) -> None:
    url = f"{host}/g/collect?v=2&tid=G-ABC1234567&dl=https%3A%2F%2Fx.example"
    (page, row) = rows(asked(f"{SITE}/a.js"), asked(url))
    assert page["requests"] == 2
    assert row["url"] == f"{host}/g/collect?v=2&tid=G-ABC1234567&dl"
    assert row["party"] == ("own" if host == SITE else "other")
    assert row["looks_like"] == "Google (through a server of the site's choice)"


def test_what_is_known_by_its_address_looks_like_nobody_else() -> None:
    (_, row) = rows(asked("https://www.facebook.com/tr/?id=1234567890123456&ev=PageView"))
    assert (row["company"], row["looks_like"]) == ("Meta", None)


class OneLook:
    """A browser that saw one page, and keeps to ``holds`` on it as the real one does."""

    async def render(self, url: str, holds: Callable[[str], bool], refuses: object) -> Rendered:
        assert holds(DESK)
        return Rendered(url, url, 200, WHEN, asked=[asked(f"{DESK}/a.js"), asked(f"{SITE}/a.js")])


def test_a_page_of_its_own_on_another_companys_host_is_a_third_party() -> None:
    scope = SiteScope(f"{SITE}/")
    scope.annexes.append(Annex("stillmere.helpdesk.example"))
    html = f"<h1>Start your intake</h1><p>{WORDS}</p>".encode()
    answer = Exchange(f"{SITE}/intake", 200, [("Content-Type", "text/html")], html, WHEN)
    fetched = Fetched([answer], facts=page_facts(answer))
    renderer = Renderer(ALWAYS, cast("Chromium", OneLook()))
    sight = asyncio.run(renderer.look(Address(answer.url, "eligibility"), fetched, scope))
    assert sight is not None
    page, row = map(json.loads, sight.log.splitlines())
    assert (page["requests"], page["to_others"]) == (2, 1)
    assert (row["url"], row["party"]) == (f"{DESK}/a.js", "other")


def test_a_log_goes_through_the_ledger_like_a_page(tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    ledger = Ledger.create(tmp_path, {}, ["stillmere.example"])
    site = SiteLedger(ledger, "stillmere.example")
    archive = Archive(tmp_path, "run", "stillmere.example", "agent", 0)
    log = trackers.encode(rows(asked("https://bat.bing.com/x")))
    step = Step(pages=visit(archive, "/intake", log), warc_end=archive.end)
    site.write(step)
    visit(archive, "/book", log)  # killed before the ledger heard of it
    archive.close()
    again = Archive(tmp_path, "run", "stillmere.example", "agent", site.spent().warc_end)
    site.write(Step(pages=visit(again, "/book", log), warc_end=again.end))
    again.close()
    assert site.rendered() == 0
    for _ in range(2):  # a run that dies while it writes them writes them again
        trackers.write_files(tmp_path, ledger.records(Page))
    lines = (tmp_path / "trackers" / "stillmere.example.ndjson").read_text().splitlines()
    pages = [row["page"] for row in map(json.loads, lines) if row["what"] == "page"]
    assert pages == [f"{SITE}/intake", f"{SITE}/book"]
    ids = {page.capture_id for page in ledger.records(Page)}
    assert {row["capture_id"] for row in map(json.loads, lines)} < ids
    ledger.close()


def visit(archive: Archive, path: str, log: bytes) -> list[Page]:
    exchange = Exchange(SITE + path, 200, [("Content-Type", "text/html")], b"<h1>x</h1>", WHEN)
    raw = archive.page(Address(SITE + path, "eligibility"), exchange, 1)
    return [raw, archive.log(raw, Rendered(SITE + path, SITE + path, 200, WHEN), log)]


def test_a_damaged_record_costs_its_own_log_and_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    archive = Archive(tmp_path, "run", "stillmere.example", "agent", 0)
    (_, first), (_, last) = (visit(archive, path, b'{"what": "page"}\n') for path in ("/a", "/b"))
    archive.close()
    with archive.path.open("r+b") as file:
        file.seek(last.warc_offset)
        file.write(b"damaged!")
    trackers.write_files(tmp_path, [first, last])
    (line,) = (tmp_path / "trackers" / "stillmere.example.ndjson").read_text().splitlines()
    assert json.loads(line)["page"] == f"{SITE}/a"
