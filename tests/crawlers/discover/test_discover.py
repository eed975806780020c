"""Discovery over a real loopback server and real files: merging, registries, robots, switches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.discover import discover as module
from crawlers.discover.discover import SWITCHED_OFF
from crawlers.discover.listing import BUNDLED, NEVER_SEEN, TERMS_NEVER_SEEN
from crawlers.discover.report import as_text, to_json
from data.errors import UsageError
from tests.crawlers.discovery_world import DIRECTORY, ROWS, World, served


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with served(tmp_path) as made:
        yield made


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
    said: list[str] = []
    result = module.discover(
        world.store, extra_sources=world.sources, only=["rows"], progress=said.append
    )
    assert result.issues == []
    assert said == ["rows: 2 rows (the newest file that fits; not read: mine-1.csv)"]
    assert set(world.providers()) == {"example.net"}
    assert result.excluded == {"private address": 1}, "what came from the web points to the web"


def test_unknown_sources_are_refused(world: World) -> None:
    with pytest.raises(UsageError, match="--source: nowhere: no such source"):
        world.discover("nowhere")
    (world.store.path / "ketawatch.toml").write_text("[sources]\nnowhere = true\n")
    with pytest.raises(UsageError, match=r"ketawatch\.toml: sources: nowhere: no such source"):
        world.discover("rows")


def test_reports_for_people_and_programs(world: World) -> None:
    result = world.discover("rows")
    assert as_text(result).splitlines() == ["rows  1 rows", "providers: 1 (1 new)"]
    assert json.loads(to_json(result))["sources"]["rows"]["ok"] is True
