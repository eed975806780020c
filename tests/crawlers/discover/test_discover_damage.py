"""Discovery where a source, a file or the disk is damaged: named, and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawlers.discover.listing import load
from crawlers.discover.listing_spider import ListingSpider
from crawlers.readers.page import Fetched, PageRows
from data import health, provider_file
from data.errors import DiskError
from tests.crawlers.discovery_world import CARD, DIRECTORY, World, served


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with served(tmp_path) as made:
        yield made


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


def test_a_dead_host_is_one_line(world: World) -> None:
    world.sources[0].write_text(DIRECTORY.format(base="http://127.0.0.1:9"), encoding="utf-8")
    result = world.discover("cards")
    assert result.exit_code == 5
    (issue,) = result.issues
    assert issue.what.startswith("http://127.0.0.1:9/page-1.html: ")
    assert "\n" not in str(issue)


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


def test_last_good_rows_of_another_encoding_are_damaged_and_a_mac_s_are_none(world: World) -> None:
    world.discover("rows")
    (world.store.listings_path / "._rows.jsonl").write_bytes(b"\0\5\x16\7\xff")
    assert world.discover("rows").issues == []
    (world.store.listings_path / "other.jsonl").write_bytes(b'{"name": "Caf\xe9"}\n')
    (issue,) = world.discover("rows").issues
    assert "other.jsonl: not UTF-8" in str(issue)


def test_a_damaged_zip_stops_its_own_source_alone(world: World) -> None:
    folder = world.store.path / "sources"
    folder.mkdir()
    (folder / "NPPES_Data_Dissemination_May_2026_V2.zip").write_bytes(b"PK\3\4 broken off")
    result = world.discover("rows", "nppes_file")
    assert set(world.providers()) == {"example.com"}
    assert "cannot be unpacked" in result.per_source["nppes_file"].reason


def test_a_page_that_breaks_its_reader_is_no_end_of_the_list(world: World) -> None:
    """Else the pages before would pass for all there is."""
    world.discover("cards")
    before = world.listings("cards")
    spider = ListingSpider(load(world.sources[0]), "2026-11-24", world.rows)

    def broken(page: Fetched) -> PageRows:
        raise KeyError(page.address)

    spider.rows = broken  # type: ignore[method-assign]
    assert list(spider.parse(HtmlResponse(f"{world.base}/page-1.html", body=b""))) == []
    assert "KeyError" in str(spider._harvest.failure)
    assert world.listings("cards") == before
