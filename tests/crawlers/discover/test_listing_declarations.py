"""The YAML declarations: those that ship are sound, and a wrong one is named by file and key."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.demo_pages import DEMO, DIRECTORY, DemoPages
from crawlers.discover.listing import BUNDLED, load, load_all
from crawlers.identity.provider_ids import SHARED_HOSTS_FILE, host_of, shared_hosts
from crawlers.identity.providers import merge
from crawlers.readers.page import Fetched
from data import provider_file
from data.errors import UsageError
from data.models import Listing

GOOD = """\
name: invented
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url}
min_rows: 1
max_rows: 10
shape_seen: 2026-11-24
"""


def declare(folder: Path, text: str) -> Path:
    file = folder / "invented.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_bundled_declarations_load_and_are_named_like_their_files() -> None:
    sources = load_all(BUNDLED.glob("*.yml"))
    assert {s.name for s in sources} == {f.stem for f in BUNDLED.glob("*.yml")}
    assert sources[0].local is not None, "what people vetted leads"
    assert all(s.declared.terms for s in sources)


def test_every_public_website_tells_of_terms_and_robots_or_is_off() -> None:
    websites = [s for s in load_all(BUNDLED.glob("*.yml")) if s.declared.url]
    assert all(s.declared.robots for s in websites)
    read = [s for s in websites if not s.off]
    assert read, "at least one is read"
    assert all(s.declared.terms_seen and s.declared.robots_seen for s in read)
    assert all(s.declared.robots_seen for s in websites if s.declared.forbidden)


def test_the_starter_list_reads_whole_within_its_bounds() -> None:
    source = load(BUNDLED / "starter.yml")
    assert source.local is not None
    frame = source.frame("2026-11-24", public=False)
    page = source.reader.read(Fetched(source.local.name, source.local.read_bytes()), frame)
    assert page.issues == []
    assert source.declared.min_rows <= len(page.rows) <= source.declared.max_rows


def test_starter_rows_are_valid_providers_and_judge_nobody() -> None:
    local = load(BUNDLED / "starter.yml").local
    assert local is not None
    providers, issues = provider_file.read(local)
    assert issues == []
    assert all(p.first_listed and p.source and not p.service_lines for p in providers)
    assert all(p.notes and "https://" in p.notes for p in providers if p.status == "closed")
    hosts = [host_of(p.homepage) for p in providers if p.homepage]
    assert not [host for host in hosts if shared_hosts().identifies_nobody(host)]


def test_shared_hosts_ship_without_notes() -> None:
    with SHARED_HOSTS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["host", "kind"]
    assert all(len(row) == 2 and all(row) for row in rows)
    assert len({host for host, _ in rows}) == len(rows)


def test_paths_are_relative_to_the_declaration(tmp_path: Path) -> None:
    assert load(declare(tmp_path, GOOD)).local == tmp_path / "rows.csv"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("path: rows.csv", "pfad: rows.csv", "pfad: unknown key"),
        ("path: rows.csv", "", "url: a source has either a url or a path"),
        ("path: rows.csv", "url: rows.csv", "url: 'rows.csv' is not a web address"),
        ("reader: list", "reader: magic", "reader: 'magic' is none of"),
        ("title: An invented list\n", "", "title: missing"),
        ("columns: {name: name, website: url}\n", "", "columns: missing"),
        ("website: url", "web: url", "columns.web: unknown"),
        ("name: name, ", "", "columns.name: unknown, or 'name' is missing"),
        ("min_rows: 1\n", "min_rows: one\n", "min_rows: 'one' is not a whole number"),
        ("min_rows: 1\n", "min_rows: 11\n", "min_rows: 11 is above max_rows"),
        ("path: rows.csv", 'saved: ["../x.csv"]', "saved: a pattern names files, and no folder"),
        ("2026-11-24", "soon", "shape_seen: 'soon' is not a day"),
        ("name: invented", "name: ../up", "name: '../up' is not made of"),
        ("title: An", "title: [An", "not readable as YAML"),
        ("min_rows: 1\n", "min_rows: 1\nmin_rows: 0\n", "key 'min_rows' stands twice"),
    ],
)
def test_a_wrong_declaration_is_named_by_file_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = declare(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(UsageError) as error:
        load(file)
    assert str(error.value).startswith(f"{file}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["search.csv", "Search results.CSV", "SEARCH (1).csv"])
def test_a_saved_file_is_found_however_its_name_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    for file in (name, "~$search.csv", "._search.csv", "search.csv.part"):
        (tmp_path / "sources" / file).write_text("title\nVale\n", encoding="utf-8")
    found = load(BUNDLED / "search_export.yml").with_saved(tmp_path)
    assert found.local is not None and found.local.name == name


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    file = declare(tmp_path, GOOD)
    with pytest.raises(UsageError, match="name: 'invented' is also in"):
        load_all([file, file])


def test_the_demo_directory_is_read_over_all_its_pages(tmp_path: Path) -> None:
    base = f"http://{DIRECTORY}.localhost:8742/"
    text = (DEMO / "directory.yml").read_text(encoding="utf-8").replace("{base}", base)
    source = load(declare(tmp_path, text))
    frame, pages = source.frame("2026-11-24", public=False), DemoPages(8742)
    rows: list[Listing] = []
    following: str | None = source.reader.first(source.declared.url)
    while following:
        reply = pages.reply(f"{DIRECTORY}.localhost", urlsplit(following).path, {})
        assert reply is not None and reply.status == 200
        page = source.reader.read(Fetched(following, reply.body), frame)
        assert page.issues == []
        rows, following = rows + page.rows, page.following
    result = merge([], rows, shared_hosts(), "2026-11-24")
    assert source.declared.min_rows <= len(rows) <= source.declared.max_rows
    assert {"duplicate", "no website", "shared host"} == set(result.excluded)
    assert not [p for p in result.providers if "utm_" in (p.homepage or "")]
