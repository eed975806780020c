"""Discovery over a real loopback server and real files: bounds, last good rows, by-hand rows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from crawlers import discover as module
from crawlers.discover import SWITCHED_OFF, DiscoverResult
from crawlers.discover_report import as_text, to_json
from crawlers.listing import BUNDLED, NEVER_SEEN, TERMS_NEVER_SEEN
from data import health, provider_file
from data.errors import DiskError, UsageError
from data.models import Provider
from data.store import Store

DIRECTORY = """\
name: cards
title: An invented directory
reader: directory
url: {base}/page-1.html
row: article
fields: {{name: h2, website: a.site, city: .city, state: .state}}
next: "a[rel=next]"
min_rows: 3
max_rows: 5
shape_seen: 2026-11-24
terms_seen: 2026-11-24
robots_seen: 2026-11-24
"""
ROWS = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url, state: state}
min_rows: 1
max_rows: 10
shape_seen: 2026-11-24
"""
SITES = "http://127.0.0.1:800"
CARD = '<article><h2>{0}</h2><p class="state">TX</p><a class="site" href="{1}">go</a></article>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class World:
    """A store, a folder of declarations, and a folder that is served on loopback."""

    def __init__(self, folder: Path, base: str) -> None:
        self.base = base
        self.web = folder / "web"
        self.store = Store.create(folder / "store")
        self.rows = folder / "rows.csv"
        self.sources = [folder / "cards.yml", folder / "rows.yml"]
        self.sources[0].write_text(DIRECTORY.format(base=base), encoding="utf-8")
        self.sources[1].write_text(ROWS, encoding="utf-8")
        self.rows.write_text("name,url,state\nVale,https://vale.example.com,TX\n", "utf-8")
        self.page(1, CARD.format("Harbour", f"{SITES}1/") + CARD.format("Mill", f"{SITES}2/"), 2)
        self.page(2, CARD.format("Harbour again", f"{SITES}1/faq"))

    def page(self, number: int, body: str, following: int | None = None) -> None:
        link = f'<a rel="next" href="page-{following}.html">next</a>' if following else ""
        (self.web / f"page-{number}.html").write_text(body + link, encoding="utf-8")

    def discover(self, *only: str) -> DiscoverResult:
        return module.discover(
            self.store,
            extra_sources=self.sources,
            only=only or ("cards", "rows"),
            allow_private=("127.0.0.1",),
        )

    def providers(self) -> dict[str, Provider]:
        providers, issues = provider_file.read(self.store.providers_path)
        assert issues == []
        return {p.provider_id: p for p in providers}

    def listings(self, source: str) -> str:
        return (self.store.listings_path / f"{source}.jsonl").read_text(encoding="utf-8")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "web").mkdir()
    handler = partial(Quiet, directory=str(tmp_path / "web"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield World(tmp_path, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_are_followed_and_merged_with_a_local_list(world: World) -> None:
    result = world.discover()
    assert result.exit_code == 0, as_text(result)
    assert (result.providers, result.new) == (3, 3)
    assert result.excluded == {"duplicate": 1}
    assert set(world.providers()) == {"example.com", "127.0.0.1_8001", "127.0.0.1_8002"}
    row = json.loads(world.listings("cards").splitlines()[2])
    assert (row["provider_id"], row["excluded"]) == ("127.0.0.1_8001", "duplicate")


def test_a_second_discovery_in_the_same_process_works_and_changes_nothing(world: World) -> None:
    world.discover()
    before = world.store.providers_path.read_bytes()
    again = world.discover()
    assert (again.exit_code, again.new) == (0, 0)
    assert world.store.providers_path.read_bytes() == before


BROKEN = {
    "moved": ("<p>We are moving</p>", "nothing is selected by 'article'"),
    "few": (CARD.format("Alone", "https://alone.example.com"), "1 rows, expected 3 to 5"),
    "many": (CARD.format("Many", "https://many.example.com") * 6, "6 rows, expected 3 to 5"),
    "half": (
        CARD.format("Half", "https://half.example.com") * 3
        + '<a rel="next" href="gone.html">n</a>',
        "gone.html: answered with status 404",
    ),
}


def test_what_a_killed_discovery_left_behind_goes(world: World) -> None:
    left = world.store.path / ".discover-of-old"
    left.mkdir()
    world.discover()
    assert not left.exists()


def test_a_source_out_of_bounds_changes_nothing_and_the_others_go_on(world: World) -> None:
    for name in BROKEN:
        file = world.rows.with_name(f"{name}.yml")
        text = DIRECTORY.replace("name: cards", f"name: {name}").replace("page-1", name)
        file.write_text(text.format(base=world.base), encoding="utf-8")
        world.sources.append(file)
        (world.web / f"{name}.html").write_text(CARD.format("Good", f"https://{name}.com") * 3)
    assert world.discover(*BROKEN, "rows").exit_code == 0
    kept, providers = {name: world.listings(name) for name in BROKEN}, world.providers()

    for name, (page, _) in BROKEN.items():
        (world.web / f"{name}.html").write_text(page, encoding="utf-8")
    world.rows.write_text("name,url,state\nVale,vale.example.com,TX\nNew,new.example.net,OK\n")
    result = world.discover(*BROKEN, "rows")

    assert result.exit_code == 5
    assert {name: world.listings(name) for name in BROKEN} == kept
    assert set(world.providers()) == {*providers, "example.net"}
    issues = {issue.where: issue for issue in result.issues}
    sources = health.read(world.store.path)["sources"]
    for name, (_, reason) in BROKEN.items():
        assert reason in issues[name].what
        assert "3 last good rows stand" in issues[name].remedy
        assert reason in sources[name].pop("reason")
        assert sources[name]["at"] == sources["rows"]["at"] == sources[name]["since"]
        told = {key: sources[name][key] for key in ("ok", "rows", "min", "max")}
        assert told == {"ok": False, "rows": 3, "min": 3, "max": 5}


REGISTRY = """\
name: registry
title: An invented registry
reader: npi_registry
url: {base}/registry.json
query: {{version: "2.1", organization_name: "ketamine*"}}
row_url: "{base}/view/{{npi}}"
min_rows: 1
max_rows: 9
shape_seen: 2026-11-24
"""
CERTIFICATES = """\
name: certificates
title: Invented certificates
reader: certificates
url: {base}/certificates.json
query: {{q: "%ketamine%", output: json}}
contains: ketamine
min_rows: 1
max_rows: 9
shape_seen: 2026-11-24
"""


def test_registry_and_certificates_over_http(world: World) -> None:
    address = {"address_purpose": "LOCATION", "city": "OAKVALE", "state": "TX"}
    basic = {"organization_name": "KETAMINE OAKVALE LLC"}
    result = {"number": "1234567890", "basic": basic, "addresses": [address]}
    (world.web / "registry.json").write_text(json.dumps({"results": [result]}))
    names = [{"name_value": "*.oakvaleketamine.com\nwww.oakvaleketamine.com"}]
    (world.web / "certificates.json").write_text(json.dumps(names))
    for name, text in (("registry", REGISTRY), ("certificates", CERTIFICATES)):
        world.sources.append(world.rows.with_name(f"{name}.yml"))
        world.sources[-1].write_text(text.format(base=world.base), encoding="utf-8")
    assert world.discover("registry", "certificates").issues == []
    providers = world.providers()
    assert set(providers) == {"npi-1234567890", "oakvaleketamine.com"}
    waiting = providers["npi-1234567890"]
    assert (waiting.status, waiting.states) == ("homepage unknown", ("TX",))
    assert waiting.source_url == f"{world.base}/view/1234567890"


def test_a_dead_host_is_one_line(world: World) -> None:
    world.sources[0].write_text(DIRECTORY.format(base="http://127.0.0.1:9"), encoding="utf-8")
    result = world.discover("cards")
    assert result.exit_code == 5
    (issue,) = result.issues
    assert issue.what.startswith("http://127.0.0.1:9/page-1.html: ")
    assert "\n" not in str(issue)


def test_robots_txt_of_a_directory_is_obeyed(world: World) -> None:
    (world.web / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    result = world.discover("cards")
    assert result.exit_code == 5
    assert "robots" in str(result.issues[0])


def test_a_private_host_is_asked_only_where_it_is_allowed(world: World) -> None:
    result = module.discover(world.store, extra_sources=world.sources, only=["cards"])
    assert result.exit_code == 5
    assert not result.per_source["cards"].ok


def test_a_public_host_waits_for_a_contact(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KETAWATCH_CONTACT", raising=False)
    world.sources[0].write_text(DIRECTORY.format(base="https://list.example.com"))
    result = world.discover()
    assert result.exit_code == 2
    assert "KETAWATCH_CONTACT" in str(result.issues[0])
    assert set(world.providers()) == {"example.com"}, "the local list was read all the same"


def test_rows_by_hand_survive_bad_ones_too(world: World) -> None:
    bad = "broken.com,Broken,not a homepage\n"
    world.store.providers_path.write_text(
        f"provider_id,name,homepage\nmine,My name,https://example.com/x\n{bad}last,Last,\n"
    )
    result = world.discover("rows")
    assert "line 3" in result.issues[0].where
    text = world.store.providers_path.read_text(encoding="utf-8")
    assert text.endswith(f"\n{bad}")
    providers, issues = provider_file.read(world.store.providers_path)
    assert [(p.provider_id, p.name, p.homepage) for p in providers] == [
        ("mine", "My name", "https://example.com/x"),
        ("last", "Last", None),
    ]
    assert len(issues) == 1


def test_bad_rows_of_a_list_are_named_by_line(world: World) -> None:
    world.rows.write_text("name,url,state\nVale,vale.example.com,TX\n,x.example.com,TX\nshort\n")
    result = world.discover("rows")
    assert result.exit_code == 0
    assert [i.where for i in result.issues] == ["rows: line 3", "rows: line 4"]


def test_switched_off_and_never_seen_sources_are_listed_as_off(world: World) -> None:
    config = world.store.path / "ketawatch.toml"
    off = ("starter", "nppes", "rows")
    config.write_text("[sources]\n" + "".join(f"{name} = false\n" for name in off))
    world.sources[0].write_text(
        DIRECTORY.format(base=world.base).replace("shape_seen: 2026-11-24", "shape_seen:")
    )
    result = module.discover(world.store, extra_sources=world.sources)
    assert result.exit_code == 0
    reasons = {n: r.reason for n, r in result.per_source.items()}
    assert reasons.pop("cards") == NEVER_SEEN
    assert {n: reasons.pop(n) for n in off} == dict.fromkeys(off, SWITCHED_OFF)
    assert set(reasons) == {f.stem for f in BUNDLED.glob("*.yml")} - set(off)
    assert all(r.off and r.ok for r in result.per_source.values())
    assert all(reason.startswith(("off: ", "never read: ")) for reason in reasons.values())


def test_a_public_website_is_read_only_if_terms_and_robots_were_seen(world: World) -> None:
    for key in ("terms_seen", "robots_seen"):
        world.sources[0].write_text(
            DIRECTORY.format(base="https://list.example.com").replace(f"{key}: 2026-11-24", "")
        )
        with pytest.raises(UsageError, match=f"cards: {TERMS_NEVER_SEEN}"):
            world.discover("cards")


def test_a_source_that_forbids_robots_is_listed_and_never_asked(world: World) -> None:
    asked: list[str] = []
    text = DIRECTORY.format(base=world.base) + "forbidden: its robots.txt disallows all.\n"
    world.sources[0].write_text(text)
    with pytest.raises(UsageError, match=r"cards: never read: its robots\.txt disallows all"):
        world.discover("cards", "rows")
    config = world.store.path / "ketawatch.toml"
    off = "".join(f"{name} = false\n" for name in ("starter", "nppes"))
    config.write_text(f"[sources]\n{off}cards = true\n")
    with pytest.raises(UsageError, match="never read"):
        module.discover(world.store, extra_sources=world.sources)
    config.write_text(f"[sources]\n{off}")
    result = module.discover(world.store, extra_sources=world.sources, progress=asked.append)
    assert result.per_source["cards"].reason == ("never read: its robots.txt disallows all.")
    assert asked == ["rows: 1 rows"]


def test_the_newest_file_that_a_person_saved_is_read_in_place_of_the_web(world: World) -> None:
    text = ROWS.replace("path: rows.csv", 'url: https://list.example.com\nsaved: ["mine*.csv"]')
    text = text.replace("shape_seen: 2026-11-24", "forbidden: it says so.")
    world.sources[1].write_text(text)
    folder = world.store.path / "sources"
    folder.mkdir()
    (folder / "mine-1.csv").write_text("name,url,state\nOld,old.example.com,TX\n")
    os.utime(folder / "mine-1.csv", (1, 1))
    (folder / "mine-2.csv").write_text(
        "name,url,state\nNew,new.example.net,TX\nInside,http://127.0.0.1:8001/,TX\n"
    )
    result = world.discover("rows")
    assert result.issues == []
    assert set(world.providers()) == {"example.net"}
    assert result.excluded == {"private address": 1}, "what came from the web points to the web"


def test_unknown_sources_are_refused(world: World) -> None:
    with pytest.raises(UsageError, match="--source: nowhere: no such source"):
        world.discover("nowhere")
    (world.store.path / "ketawatch.toml").write_text("[sources]\nnowhere = true\n")
    with pytest.raises(UsageError, match=r"ketawatch\.toml: sources: nowhere: no such source"):
        world.discover("rows")


def test_a_full_disk_leaves_what_stood(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.discover("rows")
    before = world.store.providers_path.read_bytes(), world.listings("rows")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.store.os.fsync", full)
    world.rows.write_text("name,url,state\nNew,new.example.net,TX\n")
    with pytest.raises(DiskError, match="the disk is full"):
        world.discover("rows")
    assert (world.store.providers_path.read_bytes(), world.listings("rows")) == before


def test_damaged_last_good_rows_do_not_stop_the_others(world: World) -> None:
    world.discover("rows")
    (world.store.listings_path / "rows.jsonl").write_text("{}\n", encoding="utf-8")
    world.rows.unlink()
    result = world.discover("rows", "starter")
    assert result.exit_code == 5
    assert "rows.jsonl: line 1: not a listing" in str(result.issues[0])
    assert "not readable (No such file or directory)" in str(result.issues[1])
    assert result.per_source["starter"].ok


def test_reports_for_people_and_programs(world: World) -> None:
    result = world.discover("rows")
    assert as_text(result).splitlines() == ["rows  1 rows", "providers: 1 (1 new)"]
    assert json.loads(to_json(result))["sources"]["rows"]["ok"] is True
