"""What hostile and damaged files cost: what comes after the damage, and no more."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.imports import records as import_records
from crawlers.imports import spool as import_spool
from crawlers.imports.file import take_file
from crawlers.imports.records import MOST_RECORD_BYTES
from crawlers.imports.spool import Spool
from data.errors import UsageError
from tests.crawlers.brought_files import take
from tests.crawlers.captured_files import SITE, WHEN, Record, page, wacz, warc

# 21,495,808 zeros, packed with brotli.
MANY_ZEROS = bytes.fromhex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd5ffeff1fe19f0088c30200ddfb23"
)
HOME = Record(f"{SITE}/", page("Quillmoor"))


def test_a_damaged_warc_costs_what_comes_after_the_damage(spool: Spool, tmp_path: Path) -> None:
    whole, more = warc(HOME), warc(Record(f"{SITE}/faq", page("FAQ")))
    broken = bytearray(whole + more)
    broken[len(whole) + 40 : len(whole) + 60] = bytes(20)
    after = warc(Record(f"{SITE}/team", page("Team")))
    found, issues = take(spool, tmp_path, wacz(bytes(broken), after))
    assert [e.url.removeprefix(SITE) for e in found] == ["/", "/team"]
    assert len(issues) == 1
    assert "unreadable after 1 captures" in str(issues[0])


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("end", [5, 60, 300, -200, -20, -9])
def test_a_warc_that_ends_too_soon_gives_no_half_page_and_says_so(
    spool: Spool, tmp_path: Path, end: int, plain: bool
) -> None:
    more = warc(Record(f"{SITE}/faq", os.urandom(3_000).hex().encode()))
    home, rest = (gzip.decompress(c) if plain else c for c in (warc(HOME), more))
    found, issues = take(spool, tmp_path, home + rest[:end])
    assert [e.url.removeprefix(SITE) for e in found] in (["/"], ["/", "/faq"])
    assert all(len(e.body) in (len(HOME.body), 6_000) for e in found)
    (issue,) = issues
    assert "unreadable after" in str(issue)


def test_a_whole_warc_is_not_said_to_be_cut(spool: Spool, tmp_path: Path) -> None:
    """However it is packed; what other records follow the last page is of no account."""
    metadata = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 3\r\n\r\nx=1\r\n\r\n"
    by_record = warc(HOME) + gzip.compress(metadata, mtime=0)
    whole = gzip.decompress(warc(HOME)) + metadata
    for number, content in enumerate((by_record, whole, gzip.compress(whole, mtime=0))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert take(spool, folder, content)[1] == []


def test_names_in_an_archive_lead_nowhere(spool: Spool, tmp_path: Path) -> None:
    names = ("../../../evil.warc.gz", "/etc/evil.warc", "archive/..\\evil.warc.gz")
    contents = [warc(Record(f"{SITE}/{n}", page(str(n)))) for n in range(3)]
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    found, _ = take(spool, inside, wacz(*contents, names=names))
    assert len(found) == 3
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["brought"]


def bomb(size: int) -> bytes:
    """A record of so many zeros, packed twice."""
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: "
        f"{WHEN}\r\nWARC-Target-URI: {SITE}/bomb\r\nContent-Type: application/http\r\n"
        f"Content-Length: {size}\r\n\r\n"
    )
    return wacz(gzip.compress(head.encode() + bytes(min(size, 64 * 1024**2)), mtime=0), packed=True)


def test_a_bomb_is_told_from_a_page_and_not_unpacked(spool: Spool, tmp_path: Path) -> None:
    take(spool, tmp_path, bomb(MOST_RECORD_BYTES + 1))
    (taken,) = spool
    assert (taken.exchange.url, taken.offset) == (f"{SITE}/bomb", None)


def test_an_archive_that_promises_too_much_is_left(spool: Spool, tmp_path: Path) -> None:
    found, issues = take(spool, tmp_path, bomb(10**15))
    assert found == []
    assert "says that it holds more than 64 GiB" in str(issues[0])


def test_a_bomb_in_a_page_is_no_page(spool: Spool, tmp_path: Path) -> None:
    sent = (("Content-Type", "text/html"), ("Content-Encoding", "br"))
    found, _ = take(spool, tmp_path, warc(Record(f"{SITE}/", MANY_ZEROS, headers=sent)))
    assert (found, spool.left_out["damaged"]) == ([], 1)


def test_a_huge_archive_is_cut(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_spool, "MOST_CAPTURES", 3)
    found, issues = take(spool, tmp_path, warc(*[HOME] * 5))
    assert len(found) == 3
    assert "only the first 3" in str(issues[0])
    monkeypatch.setattr(import_records, "MOST_DECLARED_BYTES", 100)
    assert "unreadable after 0 captures" in str(take(spool, tmp_path, warc(HOME))[1][0])


def test_broken_zips_are_issues(spool: Spool, tmp_path: Path) -> None:
    whole = wacz(warc(HOME), packed=True)
    damaged = whole.replace(whole[60:90], bytes(30))
    for content in (whole[: len(whole) // 2], damaged, b"PK\x03\x04nothing", wacz()):
        _, issues = take(spool, tmp_path, content)
        assert len(issues) == 1
    locked = io.BytesIO(whole)
    with zipfile.ZipFile(locked) as archive:
        flags_at = archive.infolist()[0].header_offset + 6
    encrypted = bytearray(whole)
    encrypted[flags_at] |= 1
    encrypted[whole.index(b"PK\x01\x02") + 8] |= 1
    _, issues = take(spool, tmp_path, bytes(encrypted))
    assert "unreadable" in str(issues[0])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600), st.integers(0, 400), st.sampled_from(["warc", "wacz", "plain"]))
def test_no_bytes_break_it(noise: bytes, at: int, kind: str) -> None:
    whole = {"warc": warc(HOME), "wacz": wacz(warc(HOME)), "plain": warc(HOME, gzip=False)}[kind]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        content = whole[:at] + noise + whole[at + len(noise) // 2 :]
        try:
            take(Spool(file), Path(folder), content, f"{SITE}/", WHEN)
        except UsageError:
            return
        assert len(list(take_file(Path(folder) / "brought", Spool(file), f"{SITE}/", WHEN))) < 5
