"""Trackers on intake and condition pages: logged by a real browser, judged by the audit."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.run import audit_run
from data import provider_file, warc
from data.findings import open_view
from data.models import REQUEST_LOG, Failure, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import WORDS, Answer, Route, Web, command, environment, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}
OFFER = "<p>We offer ketamine infusions. Our clinic gives IV ketamine infusions.</p>"


def html(body: str, *links: str) -> Answer:
    anchors = "".join(f"<a href='{link}'>{link}</a> " for link in links)
    text = f"<!doctype html><title>Clinic</title><h1>Clinic</h1>{OFFER}<p>{WORDS * 3}</p>"
    return Answer(f"{text}{anchors}{body}".encode(), headers=HTML)


def asks(url: str) -> str:
    return f"<script>new Image().src = '{url}'</script>"


def sites(web: Web) -> dict[str, dict[str, Route]]:
    pixel = web.url("pixel.localhost", "/tr")
    links = ("/intake", "/depression", "/privacy")
    tells = (
        asks(f"{pixel}?id=123&ev=PageView&dl=' + encodeURIComponent(location.href) + '&who=secret")
        + "<script>document.cookie = '_fbp=a-name'; localStorage.setItem('kept', 'value');"
        f"navigator.sendBeacon('{web.url('replay.localhost', '/rec')}',"
        "JSON.stringify({email: 'a@b.example', page: {title: 'x'}}));</script>"
    )
    late = (
        '<div id=cookie-consent><button onclick="new Image().src='
        f"'{pixel}?id=late'\">Reject all</button></div>"
    )
    redirects = asks("/away")
    embed = f"<iframe src='{web.url('player.localhost', '/embed')}'></iframe>"
    return {
        "told.localhost": {
            "/": html("", *links),
            "/intake": html(tells + late),
            "/depression": html(redirects),
            "/away": Answer(b"", 302, {"Location": pixel}),
            "/privacy": html("<p>We never sell health information.</p>"),
        },
        "quiet.localhost": {
            "/": html("", *links),
            "/intake": html(asks(web.url("stats.localhost", "/hit?x=1")) + late + embed),
            "/depression": html(""),
            "/privacy": html("<p>We never sell health information.</p>"),
        },
        "none.localhost": {"/": html("")},
        "player.localhost": {"/embed": html(asks(pixel))},
        "pixel.localhost": {"/tr": Answer(b"")},
    }


def run_crawl(store: Store, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(store.path),
        capture_output=True,
        encoding="utf-8",
        env=environment() | more,
        timeout=180,
        check=False,
    )


LIST = """
as_of: '2026-11-26'
trackers:
  - {company: Pixelry, category: advertising, match: [pixel.localhost/tr], keep: [id, ev]}
  - {company: Replayer, category: session-replay, match: [replay.localhost]}
  - {company: Counter, category: analytics, match: [stats.localhost]}
embeds: [player.localhost]
"""


@dataclass(frozen=True)
class Seen:
    web: Web
    store: Store

    def log(self, host: str, what: str = "request") -> list[dict[str, Any]]:
        path = self.store.run().path / "trackers" / f"{host}.ndjson"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [row for row in rows if row["what"] == what]

    def finding(self, host: str, rule: str) -> dict[str, Any]:
        rows = open_view(self.store).findings().to_pylist()
        (row,) = [r for r in rows if (r["provider_id"], r["rule_id"]) == (host, f"privacy.{rule}")]
        return row

    def record(self, found: dict[str, Any]) -> str:
        """The archived record that a finding quotes."""
        (page,) = [p for p in self.pages() if p.warc_record_id == found["warc_record_id"]]
        return warc.read(self.store.path / page.warc_file, page.warc_offset).payload.decode()

    def pages(self) -> list[Page]:
        return self.store.run().read("pages", Page)


@pytest.fixture(scope="module")
def own_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("list") / "trackers.yml"
    path.write_text(LIST, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETAWATCH_TRACKERS", str(path))
        yield path


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, own_list: Path) -> Iterator[Seen]:
    with serve() as web:
        web.routes |= sites(web)
        store = Store.create(tmp_path_factory.mktemp("trackers") / "store")
        hosts = ("told.localhost", "quiet.localhost", "none.localhost")
        rows = [
            Provider(host, host, web.url(host), service_lines=("in-clinic-iv",)) for host in hosts
        ]
        provider_file.write(store.providers_path, rows)
        done = run_crawl(store, {"KETAWATCH_TRACKERS": str(own_list)})
        assert done.returncode in (0, 3), done.stderr
        _, issues = audit_run(store, store.run())
        assert not issues
        yield Seen(web, store)


def test_who_is_asked_is_logged_with_names_of_fields_and_no_values(seen: Seen) -> None:
    rows = seen.log("told.localhost")
    pixel = next(r for r in rows if r["company"] == "Pixelry" and "who" in r["url"])
    assert pixel["url"].endswith("/tr?id=123&ev=PageView&dl&who")
    assert (pixel["category"], pixel["party"]) == ("advertising", "other")
    assert pixel["tells"] == ["page_address"]
    assert "secret" not in (text := str(rows)) and "a@b.example" not in text


def test_a_post_that_was_stopped_is_logged_with_its_fields(seen: Seen) -> None:
    (beacon,) = [r for r in seen.log("told.localhost") if r["method"] == "POST"]
    assert beacon["stopped"] == "method"
    assert beacon["category"] == "session-replay"
    assert beacon["body_fields"] == ["email", "page", "title"]
    assert not seen.web.asked("replay.localhost")


def test_names_of_cookies_and_storage_are_logged(seen: Seen) -> None:
    (cookie,) = seen.log("told.localhost", "cookie")
    assert (cookie["name"], cookie["company"]) == ("_fbp", "Meta")
    (kept,) = seen.log("told.localhost", "storage")
    assert (kept["place"], kept["name"]) == ("local", "kept")


def test_the_log_ends_before_the_banner_is_touched(seen: Seen) -> None:
    assert not [r for r in seen.log("told.localhost") if "id=late" in r["url"]]
    assert not [r for r in seen.log("quiet.localhost") if "id=late" in r["url"]]


def test_a_redirect_to_a_tracker_is_a_request_to_it(seen: Seen) -> None:
    (row,) = [r for r in seen.log("told.localhost") if r["page"].endswith("/depression")]
    assert row["company"] == "Pixelry"


def test_observed_requests_are_quoted_from_the_archive(seen: Seen) -> None:
    found = seen.finding("told.localhost", "trackers-intake")
    assert (found["outcome"], found["reason"]) == ("concern", "observed")
    assert found["quote"].endswith("/tr?id=123&ev=PageView&dl&who")
    assert found["url"] == seen.web.url("told.localhost", "/intake") == found["text_fragment_url"]
    line = seen.record(found).split("\n")[int(found["css_path"].strip("line[]")) - 1]
    assert line[found["char_start"] : found["char_end"]] == found["quote"]
    assert "Pixelry, on 1 of the 1 page loaded in a browser" in found["summary"]


def test_condition_pages_are_judged_apart(seen: Seen) -> None:
    assert seen.finding("told.localhost", "trackers-condition-pages")["reason"] == "observed"


def test_a_promise_beside_observed_requests_is_observed_with_both_sides(seen: Seen) -> None:
    found = seen.finding("told.localhost", "promise-mismatch")
    assert found["reason"] == "observed"
    assert found["quote"] == "We never sell health information."
    evidence = open_view(seen.store).evidence().to_pylist()
    roles = [e["role"] for e in evidence if e["finding_id"] == found["finding_id"]]
    assert roles[0] == "claim" and "contradiction" in roles


@pytest.mark.parametrize(
    "rule", ["trackers-intake", "trackers-condition-pages", "promise-mismatch"]
)
def test_statistics_and_embedded_players_are_no_advertising(seen: Seen, rule: str) -> None:
    found = seen.finding("quiet.localhost", rule)
    assert (found["outcome"], found["reason"]) == ("met", "not_observed"), found["summary"]


def test_without_such_pages_nothing_is_said(seen: Seen) -> None:
    found = seen.finding("none.localhost", "trackers-intake")
    assert (found["outcome"], found["reason"]) == ("not_tested", "coverage_too_low")


def test_every_log_is_a_capture_of_its_own_beside_the_page(seen: Seen) -> None:
    pages = seen.pages()
    logs = [p for p in pages if p.content_type == REQUEST_LOG]
    raw = {p.capture_id: p for p in pages if p.kind == "raw"}
    assert {raw[p.parent_capture_id or ""].url for p in logs} == {p.url for p in logs}
    assert len({p.capture_id for p in pages}) == len(pages)


def test_no_finding_speaks_of_a_breach(seen: Seen) -> None:
    rows = open_view(seen.store).findings().to_pylist()
    words = " ".join(r["summary"] for r in rows if r["rule_id"].startswith("privacy.")).lower()
    assert not [w for w in ("hipaa", "violation", "illegal", "breach", "unsafe") if w in words]


def test_without_chromium_it_is_said_and_nothing_is_judged(tmp_path: Path, own_list: Path) -> None:
    with serve() as web:
        web.routes |= sites(web)
        web.routes["frame.localhost"] = {
            "/": Answer(b"<title>App</title><div id=root></div><script></script>", headers=HTML)
        }
        store = Store.create(tmp_path / "store")
        hosts = ("quiet.localhost", "frame.localhost")
        rows = [
            Provider(host, host, web.url(host), service_lines=("in-clinic-iv",)) for host in hosts
        ]
        provider_file.write(store.providers_path, rows)
        done = run_crawl(store, {"KETAWATCH_CHROMIUM": ""})
    assert "No Chromium on this machine" in done.stderr
    audit_run(store, store.run())
    unseen = Seen(web, store)
    for host in hosts:
        for rule in ("trackers-intake", "trackers-condition-pages", "promise-mismatch"):
            found = unseen.finding(host, rule)
            assert (found["outcome"], found["reason"]) == ("not_tested", "render_failed")
    (failure,) = store.run().read("failures", Failure)
    assert (failure.provider_id, failure.failure_class) == ("frame.localhost", "render_failed")
    assert not (store.run().path / "trackers").exists()
