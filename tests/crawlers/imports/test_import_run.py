"""An import is a run of its own: what a person captured, and the last run for all the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawlers.imports.run import Imported, import_files
from data import tables
from data import warc as archives
from data.errors import UsageError
from data.failure_reasons import class_of
from data.models import Coverage, Failure, Page, Skipped
from data.store import Run, Store, write_tables
from tests.crawlers.captured_files import SITE, WHEN, Record, page, wacz, warc

ID = "quillmoor.example"
DAY = "2026-11-24T03:15:00Z"
BASE = "20261124T031500Z"
NAV = ("/faq", "/safety", "/pricing")
HOME = Record(f"{SITE}/", page("Quillmoor", *NAV))
FAQ = Record(f"{SITE}/faq", page("Questions"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "store")
    made.providers_path.write_text(
        f"provider_id,name,homepage,service_lines,status\n{ID},Quillmoor,{SITE}/,at-home-oral,\n"
        "other.example,Other,https://other.example/,,\npast.example,Past,https://past.example/,,"
        "closed\n",
        encoding="utf-8",
    )
    return made


def row(provider_id: str, url: str, page_type: str, at: str = DAY, status: int = 200) -> Page:
    return Page(
        f"{provider_id}{url}"[-16:], provider_id, url, url, None, page_type, "raw", status,
        "text/html", at, "0" * 64, 10, f"runs/{BASE}/captures/{provider_id}.warc.gz", "<urn:x>", 0,
        10,
    )  # fmt: skip


def failed(url: str, page_type: str, name: str) -> Failure:
    known = class_of(name)
    return Failure(ID, url, page_type, name, known.fault, known.remedy, 1, DAY)


def base(
    store: Store, pages: list[Page], failures: list[Failure], skipped: list[Skipped] | None = None
) -> Run:
    """A finished crawl of two providers."""
    folder = store.start_run(BASE)
    cover = [Coverage("other.example", "home", 1, 1, 0, 0, 0)]
    other = row("other.example", "https://other.example/", "home")
    write_tables(
        folder,
        {
            "pages": [other, *pages], "failures": failures, "skipped": skipped or [],
            "coverage": cover,
        },
    )  # fmt: skip
    (folder / "trackers").mkdir()
    (folder / "trackers" / "other.example.ndjson").write_text("{}\n", encoding="utf-8")
    provider: dict[str, Any] = {
        "name": "", "homepage": "", "service_lines": [], "states": [], "source": []
    }  # fmt: skip
    names = ["other.example", ID]
    info = {
        "scope": names,
        "providers": [provider | {"provider_id": name} for name in names],
        "not_looked_at": {ID: "robots"} if not pages else {},
        "config": {}, "vantage": {"name": "here"}, "left_out": {},
        "started_at": DAY, "finished_at": DAY, "counts": {},
    }  # fmt: skip
    return store.finish_run(folder, info)


def bring(store: Store, tmp_path: Path, *records: Record) -> Imported:
    path = tmp_path / "captured.wacz"
    path.write_bytes(wacz(warc(*records)))
    return import_files(store, [path], ID)


def own(run: Run | None, kind: type[Any]) -> list[Any]:
    assert run is not None
    table = {Page: "pages", Failure: "failures", Skipped: "skipped", Coverage: "coverage"}[kind]
    return [r for r in run.read(table, kind) if r.provider_id == ID]


def classes(run: Run | None) -> dict[str, str]:
    return {f.url.removeprefix(SITE): f.failure_class for f in own(run, Failure)}


def test_what_robots_refused_is_read_and_what_it_links_to_is_known_to_be_missing(
    store: Store, tmp_path: Path
) -> None:
    before = base(store, [], [failed(f"{SITE}/", "home", "robots")])
    done = bring(store, tmp_path, HOME, FAQ)
    pages = own(done.run, Page)
    assert [(p.url.removeprefix(SITE), p.kind, p.expected_type) for p in pages] == [
        ("/", "import", "home"), ("/faq", "import", "faq"),
    ]  # fmt: skip
    assert {p.captured_at for p in pages} == {WHEN}
    assert classes(done.run) == {"/safety": "not_imported", "/pricing": "not_imported"}
    cover = {c.expected_type: (c.discovered, c.captured, c.failed) for c in own(done.run, Coverage)}
    assert cover == {
        "home": (1, 1, 0), "faq": (1, 1, 0), "safety": (1, 0, 1), "pricing": (1, 0, 1)
    }  # fmt: skip
    assert done.run is not None
    assert done.run.info["not_looked_at"] == {}
    assert store.run(before.run_id).info["not_looked_at"] == {ID: "robots"}
    assert own(before, Page) == []


def test_the_archive_holds_what_was_brought_and_says_where_it_is_from(
    store: Store, tmp_path: Path
) -> None:
    saved = tmp_path / "faq.html"
    saved.write_bytes(FAQ.body)
    done = bring(store, tmp_path, HOME)
    (home,) = own(done.run, Page)
    record = archives.read(store.path / home.warc_file, home.warc_offset)
    assert (record.kind, record.target_uri, record.date) == ("response", HOME.url, WHEN)
    assert record.payload == HOME.body
    again = import_files(store, [saved], ID, f"{SITE}/faq", WHEN)
    faq = next(p for p in own(again.run, Page) if p.url.endswith("/faq"))
    record = archives.read(store.path / faq.warc_file, faq.warc_offset)
    assert (record.kind, record.target_uri, record.date) == ("resource", FAQ.url, WHEN)
    assert record.payload == FAQ.body
    assert again.run is not None
    told = again.run.info["imports"]
    assert [(t["files"][0]["name"], t["captures"]) for t in told] == [
        ("captured.wacz", 1), ("faq.html", 1),
    ]  # fmt: skip
    assert all(len(t["files"][0]["sha256"]) == 64 for t in told)


def test_what_was_brought_can_be_brought_again_from_its_own_archive(
    store: Store, tmp_path: Path
) -> None:
    saved = tmp_path / "faq.html"
    saved.write_bytes(FAQ.body)
    first = bring(store, tmp_path, HOME)
    second = import_files(store, [saved], ID, f"{SITE}/faq", WHEN)
    assert first.run is not None
    assert second.run is not None
    archives_ = [run.path / "captures" / f"{ID}.import.warc.gz" for run in (first.run, second.run)]
    third = import_files(store, archives_, ID)
    told = [(p.url, p.payload_sha256, p.captured_at) for p in own(second.run, Page)]
    assert sorted((p.url, p.payload_sha256, p.captured_at) for p in third.pages) == sorted(told)


def test_everybody_elses_rows_are_carried_as_they_were(store: Store, tmp_path: Path) -> None:
    before = base(store, [], [failed(f"{SITE}/", "home", "robots")])
    done = bring(store, tmp_path, HOME)
    assert done.run is not None
    for table in ("pages", "coverage"):
        then, now = (
            [r for r in tables.load(run.table_path(table)).to_pylist() if r["provider_id"] != ID]
            for run in (before, done.run)
        )
        assert then == now
        assert now
    assert (done.run.path / "trackers" / "other.example.ndjson").exists()
    assert done.run.scope == before.scope
    assert done.run.info["carried_from"] == before.run_id
    assert done.run.info["vantage"] == {"name": "here"}


def test_what_was_crawled_stands_beside_what_was_brought(store: Store, tmp_path: Path) -> None:
    base(
        store,
        [row(ID, f"{SITE}/", "home"), row(ID, f"{SITE}/team", "team"),
         row(ID, f"{SITE}/faq", "faq")],
        [failed(f"{SITE}/faq", "faq", "render_failed"), failed(f"{SITE}/x", "other", "timeout")],
        [Skipped(ID, "https://elsewhere.example/", "other", "off_site")],
    )  # fmt: skip
    done = bring(store, tmp_path, HOME, FAQ)
    kinds = {p.url.removeprefix(SITE): p.kind for p in own(done.run, Page)}
    # The crawl's home page is the newer one; its frame of the FAQ was none.
    assert kinds == {"/": "raw", "/team": "raw", "/faq": "import"}
    assert classes(done.run) == {"/x": "timeout"}
    assert done.left_out["crawled later"] == 1
    assert [s.url for s in own(done.run, Skipped)] == ["https://elsewhere.example/"]


def test_a_newer_capture_takes_the_place_of_a_crawled_one(store: Store, tmp_path: Path) -> None:
    base(store, [row(ID, f"{SITE}/", "home", at="2026-11-01T00:00:00Z")], [])
    (home,) = own(bring(store, tmp_path, HOME).run, Page)
    assert (home.kind, home.captured_at) == ("import", WHEN)


@pytest.mark.parametrize(("linked", "saved"), [("/faq", "/faq/"), ("/faq/", "/faq")])
def test_a_page_is_there_with_and_without_its_last_slash(
    store: Store, tmp_path: Path, linked: str, saved: str
) -> None:
    base(store, [], [failed(f"{SITE}{linked}", "faq", "robots")])
    home = Record(f"{SITE}/", page("Quillmoor", linked, "/safety"))
    done = bring(store, tmp_path, home, Record(f"{SITE}{saved}", page("Questions")))
    assert classes(done.run) == {"/safety": "not_imported"}
    assert done.missing == (f"{SITE}/safety",)


def test_a_repeat_may_refer_to_a_later_file(store: Store, tmp_path: Path) -> None:
    again = Record(f"{SITE}/faq", b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit")
    paths = [tmp_path / "new.warc.gz", tmp_path / "old.warc.gz"]
    for path, record in zip(paths, (again, FAQ), strict=True):
        path.write_bytes(warc(HOME, record))
    done = import_files(store, paths, ID)
    assert not done.left_out


def test_other_sites_are_left_out(store: Store, tmp_path: Path) -> None:
    away = Record("https://elsewhere.example/", page("Elsewhere"))
    done = bring(store, tmp_path, HOME, away)
    assert {p.url for p in own(done.run, Page)} == {HOME.url}
    assert done.left_out["of another site"] == 1
    nothing = bring(store, tmp_path, away)
    assert nothing.run is None
    assert len(store.run_ids()) == 1
    assert store.partial_run() is None


def test_www_scheme_and_redirects_lead_to_the_home_page(store: Store, tmp_path: Path) -> None:
    landing = Record("https://www.quillmoor.example/en", page("Quillmoor", "/faq"))
    hop = Record(f"{SITE}/", b"", "301 Moved", (("Location", landing.url),))
    faq = Record("https://www.quillmoor.example/faq", page("Questions"))
    done = bring(store, tmp_path, hop, landing, faq)
    pages = own(done.run, Page)
    assert [(p.expected_type, p.status) for p in pages] == [
        ("home", 301), ("home", 200), ("faq", 200),
    ]  # fmt: skip
    assert pages[1].final_url == landing.url
    assert classes(done.run) == {}


def test_of_what_was_captured_twice_the_latest_page_counts(store: Store, tmp_path: Path) -> None:
    old = replace(HOME, body=page("Old"), at="2026-11-01T00:00:00Z")
    gate = Record(f"{SITE}/", b"", "302 Found", (("Location", "/"),), at="2026-11-21T00:00:00Z")
    (home,) = own(bring(store, tmp_path, HOME, old, gate).run, Page)
    assert home.payload_bytes == len(HOME.body)


def test_pages_that_are_none_are_failures_here_too(store: Store, tmp_path: Path) -> None:
    gate = b"<title>Just a moment...</title><script>_cf_chl_opt={}</script>"
    shell = b"<div id='root'></div><script src=/a.js></script>"
    soft = page("Page not found", text="Sorry.")
    home = Record(f"{SITE}/", page("Quillmoor", "/a", "/b", "/faq"))
    done = bring(
        store, tmp_path, home, Record(f"{SITE}/a", gate), Record(f"{SITE}/b", shell),
        Record(f"{SITE}/faq", soft),
    )  # fmt: skip
    # Captured once, a page that says "not found" is no dead link: that takes two looks.
    assert classes(done.run) == {
        "/a": "challenge", "/b": "render_failed", "/faq": "not_imported"
    }  # fmt: skip


def test_a_sample_will_do(store: Store, tmp_path: Path) -> None:
    doctors = [f"/team/{n}" for n in range(9)]
    home = Record(f"{SITE}/", page("Quillmoor", *doctors))
    brought = [Record(f"{SITE}{path}", page(path)) for path in doctors[:5]]
    done = bring(store, tmp_path, home, *brought)
    assert classes(done.run) == {}
    assert {s.reason for s in own(done.run, Skipped)} == {"sampled_out"}
    (team,) = (c for c in own(done.run, Coverage) if c.expected_type == "team")
    assert (team.discovered, team.captured, team.sampled_out, team.failed) == (9, 5, 4, 0)


def test_without_the_home_page_the_site_was_not_looked_at(store: Store, tmp_path: Path) -> None:
    base(store, [], [failed(f"{SITE}/", "home", "robots")])
    done = bring(store, tmp_path, FAQ)
    assert classes(done.run) == {"/": "robots"}
    assert done.run is not None
    assert done.run.info["not_looked_at"] == {ID: "robots"}


@pytest.mark.parametrize(
    ("provider_id", "said"), [("nobody", "no provider 'nobody'"), ("past.example", "not active")]
)
def test_whose_site_it_is_has_to_be_known(
    store: Store, tmp_path: Path, provider_id: str, said: str
) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(warc(HOME))
    with pytest.raises(UsageError, match=said):
        import_files(store, [path], provider_id)


def test_an_interrupted_crawl_comes_first_and_leftovers_of_an_import_go(
    store: Store, tmp_path: Path
) -> None:
    left = store.start_run("20261101T000000Z")
    (left / ".import").mkdir()
    assert bring(store, tmp_path, HOME).run is not None
    assert not left.exists()
    crawl = store.start_run("20261102T000000Z")
    (crawl / "ledger.sqlite").touch()
    with pytest.raises(UsageError, match="crawl --resume"):
        bring(store, tmp_path, HOME)
    assert crawl.exists()


def test_what_goes_wrong_on_the_way_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crawlers.imports.run.carry_logs", full)
    with pytest.raises(Exception, match="disk is full"):
        bring(store, tmp_path, HOME)
    assert store.partial_run() is None
    assert store.run_ids() == []
