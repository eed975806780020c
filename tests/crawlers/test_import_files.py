"""What is taken out of the files that people bring, hostile ones included."""

from __future__ import annotations

import gzip
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import import_records, import_spool
from crawlers.evidence import Exchange
from crawlers.import_file import take_file
from crawlers.import_records import MOST_RECORD_BYTES, when
from crawlers.import_spool import Spool
from data.errors import UsageError
from data.models import Issue
from tests.crawlers.captured_files import SITE, WHEN, Record, page, wacz, warc

# 21,495,808 zeros, packed with brotli.
MANY_ZEROS = bytes.fromhex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd5ffeff1fe19f0088c30200ddfb23"
)
CHUNKED = {"Transfer-Encoding": "chunked"}
PACKED = gzip.compress(b"<p>onetwo!", mtime=0)
HOME = Record(f"{SITE}/", page("Quillmoor"))


@pytest.fixture
def spool() -> Iterator[Spool]:
    with tempfile.TemporaryFile() as file:
        yield Spool(file)


def take(
    spool: Spool, folder: Path, content: bytes, url: str | None = None, at: str | None = None
) -> tuple[list[Exchange], list[Issue]]:
    path = folder / "brought"
    path.write_bytes(content)
    issues = list(take_file(path, spool, url, at))
    return [spool.exchange(taken) for taken in spool], issues


@pytest.mark.parametrize(
    "content",
    [
        warc(HOME),
        warc(HOME, gzip=False),
        gzip.compress(warc(HOME, gzip=False), mtime=0),
        wacz(warc(HOME)),
        wacz(warc(HOME), packed=True),
    ],
    ids=["by record", "plain", "as a whole", "wacz", "packed wacz"],
)  # fmt: skip
def test_archives_in_every_packing(spool: Spool, tmp_path: Path, content: bytes) -> None:
    (found,), issues = take(spool, tmp_path, content)
    assert (found.url, found.status, found.at, issues) == (f"{SITE}/", 200, WHEN, [])
    assert found.body == HOME.body


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Transfer-Encoding": "chunked"}, b"6\r\n<p>one\r\n4;x=1\r\ntwo!\r\n0\r\n\r\n"),
        ({"Transfer-Encoding": "chunked"}, b"<p>onetwo!"),
        ({"Content-Encoding": "gzip"}, PACKED),
        ({"Content-Encoding": "gzip"}, b"<p>onetwo!"),
        ({"Content-Encoding": "br"}, b"\x8b\x04\x80<p>onetwo!\x03"),
        ({"Content-Encoding": "br"}, b"<p>onetwo!"),
    ],
)
def test_bodies_as_other_tools_keep_them(
    spool: Spool, tmp_path: Path, headers: dict[str, str], body: bytes
) -> None:
    sent = (("Content-Type", "text/html"), *headers.items())
    (found,), _ = take(spool, tmp_path, warc(Record(f"{SITE}/", body, headers=sent)))
    assert found.decoded == b"<p>onetwo!"
    assert found.header("Transfer-Encoding") is None


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (CHUNKED, b"6\r\n<p>one\r\n4\r\ntwo!\r\n"),  # hung up before the last chunk
        (CHUNKED, b"6\r\n<p>one\r\nff\r\ntwo!"),
        (CHUNKED, b"ff\r\n<p>onetwo!"),
        (CHUNKED, b"6\n<p>one\n4\ntwo!\n0\n\n"),
        (CHUNKED, b"00000006  \r\n<p>one\r\n4 ;x\r\ntwo!\r\n0\r\n\r\n"),
        ({"Content-Encoding": "gzip, gzip"}, gzip.compress(PACKED, mtime=0)),
        ({"Content-Encoding": "utf-8"}, b"<p>onetwo!"),
    ],
)
def test_bodies_as_broken_servers_sent_them(
    spool: Spool, tmp_path: Path, headers: dict[str, str], body: bytes
) -> None:
    sent = (("Content-Type", "text/html"), *headers.items())
    (found,), issues = take(spool, tmp_path, warc(Record(f"{SITE}/", body, headers=sent)))
    assert (found.decoded, issues) == (b"<p>onetwo!", [])


@pytest.mark.parametrize("gzipped", [False, True])
def test_lines_may_end_as_on_unix(spool: Spool, tmp_path: Path, gzipped: bool) -> None:
    other = Record(f"{SITE}/faq", page("FAQ"))
    content = warc(HOME, other, gzip=False).replace(b"\r\n", b"\n")
    content = re.sub(  # lengths are those of the blocks as they are now
        rb"Content-Length: (\d+)\n\n(HTTP[^\0]*?)(?=\n\nWARC/|\n\n$)",
        lambda found: b"Content-Length: %d\n\n%s" % (len(found[2]), found[2]),
        content,
    )
    found, issues = take(spool, tmp_path, gzip.compress(content, mtime=0) if gzipped else content)
    assert [(e.url, e.body) for e in found] == [(r.url, r.body) for r in (HOME, other)]
    assert issues == []


@pytest.mark.parametrize("before", ["100 Continue\r\n", "103 Early Hints\r\nLink: </a>\r\n"])
def test_an_answer_may_have_others_before_it(spool: Spool, tmp_path: Path, before: str) -> None:
    status = f"{before}\r\nHTTP/1.1 200 OK"
    (found,), _ = take(spool, tmp_path, warc(Record(f"{SITE}/", HOME.body, status)))
    assert (found.status, found.body) == (200, HOME.body)


@pytest.mark.parametrize("header", ["WARC-Truncated: length", "WARC-Segment-Number: 1"])
def test_half_a_page_is_none(spool: Spool, tmp_path: Path, header: str) -> None:
    half = warc(HOME, gzip=False).replace(b"WARC-Date", f"{header}\r\nWARC-Date".encode())
    found, _ = take(spool, tmp_path, half)
    assert found == []
    assert spool.left_out["cut short when it was captured"] == 1


def test_a_wrong_length_is_told_and_never_passed_over(spool: Spool, tmp_path: Path) -> None:
    wrong = re.sub(rb"Length: \d+", b"Length: 200", warc(HOME, gzip=False))
    _, (issue,) = take(spool, tmp_path, wrong + warc(HOME, gzip=False))
    assert "unreadable after 1 captures" in issue.what


@pytest.mark.parametrize("name", ["archive/DATA.WARC.GZ", "archive/data.Warc"])
def test_a_name_s_case_hides_no_archive(spool: Spool, tmp_path: Path, name: str) -> None:
    content = wacz(warc(HOME), names=(name,))
    assert [e.url for e in take(spool, tmp_path, content)[0]] == [HOME.url]


def test_only_pages_and_redirects_are_taken(spool: Spool, tmp_path: Path) -> None:
    kinds = [
        Record(f"{SITE}/style.css", b"a{}", headers=(("Content-Type", "text/css"),)),
        Record(f"{SITE}/gone", page("Gone"), "404 Not Found"),
        Record(f"{SITE}/part", page("Part"), "206 Partial Content"),
        Record(f"{SITE}/old", b"", "301 Moved", (("Location", "/new"),)),
        Record(f"{SITE}/new", page("New"), kind="resource"),
        Record("urn:view:x", b"x", kind="resource"),
        Record("file:///etc/passwd", page("No")),
        Record("http://[bad/", page("No")),
        Record(f"{SITE}/tomorrow", page("Not yet"), at="2999-01-01T00:00:00Z"),
    ]
    found, _ = take(spool, tmp_path, warc(*kinds))
    assert [(e.url.removeprefix(SITE), e.status) for e in found] == [("/old", 301), ("/new", 200)]
    assert dict(+spool.left_out) == {
        "no page": 1,
        "not answered with a page": 2,
        "no web address": 3,
        "no date, or one in the future": 1,
    }


def test_the_answer_to_a_form_is_nobodys_public_page(spool: Spool, tmp_path: Path) -> None:
    sent = Record(f"{SITE}/intake", page("Thank you, Ada"), sent="POST")
    found, _ = take(spool, tmp_path, warc(Record(f"{SITE}/", page("Home"), sent="GET"), sent))
    assert [e.url for e in found] == [f"{SITE}/"]
    assert spool.left_out["answer to something sent"] == 1


def test_a_damaged_warc_costs_what_comes_after_the_damage(spool: Spool, tmp_path: Path) -> None:
    whole, more = warc(HOME), warc(Record(f"{SITE}/faq", page("FAQ")))
    broken = bytearray(whole + more)
    broken[len(whole) + 40 : len(whole) + 60] = bytes(20)
    after = warc(Record(f"{SITE}/team", page("Team")))
    found, issues = take(spool, tmp_path, wacz(bytes(broken), after))
    assert [e.url.removeprefix(SITE) for e in found] == ["/", "/team"]
    assert len(issues) == 1
    assert "unreadable after 1 captures" in str(issues[0])


@pytest.mark.parametrize("end", [-200, -20, -9])
def test_a_warc_that_ends_too_soon_gives_no_half_page(
    spool: Spool, tmp_path: Path, end: int
) -> None:
    content = warc(HOME) + warc(Record(f"{SITE}/faq", os.urandom(3_000).hex().encode()))[:end]
    found, _ = take(spool, tmp_path, content)
    assert [e.url.removeprefix(SITE) for e in found] in (["/"], ["/", "/faq"])
    assert all(len(e.body) in (len(HOME.body), 6_000) for e in found)


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


def test_a_saved_page_tells_its_address_and_day(spool: Spool, tmp_path: Path) -> None:
    marked = (
        b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://quillmoor.example/faq"
        b" \n saved date: Fri Nov 20 2026 11:00:00 GMT+0100 (Central European Standard Time)\n-->"
    ) + page("FAQ")
    web = b"<!-- saved from url=(0031)https://quillmoor.example/team/ -->\r\n" + page("Team")
    take(spool, tmp_path, marked)
    found, issues = take(spool, tmp_path, web)
    assert [e.url.removeprefix(SITE) for e in found] == ["/faq", "/team/"]
    assert found[0].at == WHEN
    assert "taken to be captured when the file was written" in str(issues[0])
    assert all(taken.is_file for taken in spool)


def test_what_was_typed_goes_before_what_a_page_says(spool: Spool, tmp_path: Path) -> None:
    web = b"<!-- saved from url=(0031)https://elsewhere.example/ -->" + page("Team")
    (found,), issues = take(spool, tmp_path, web, f"{SITE}/team", "2026-11-19T00:00:00Z")
    assert (found.url, found.at, issues) == (f"{SITE}/team", "2026-11-19T00:00:00Z", [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (page("No address"), "Name the address with --url"),
        (b"%PDF-1.7 ...", "Name the address with --url"),
        (b"<!-- saved from url=(0009)file:///x -->" + page("Own"), "'file:///x' is no web address"),
        (b"MZ\x00\x00<html>", "neither WACZ, WARC, HTML nor PDF"),
        (b"just text", "neither WACZ, WARC, HTML nor PDF"),
        (b"", "neither WACZ, WARC, HTML nor PDF"),
    ],
)
def test_files_that_are_none(spool: Spool, tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        take(spool, tmp_path, content)


def test_a_file_that_is_not_there(spool: Spool, tmp_path: Path) -> None:
    for path in (tmp_path / "none.wacz", tmp_path):
        with pytest.raises(UsageError, match="not readable"):
            list(take_file(path, spool, None, None))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-11-20T10:00:00.123456Z", WHEN),
        ("2026-11-20T11:00:00+01:00", WHEN),
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        ("20261120100000", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("soon", None),
    ],
)
def test_dates(said: str, kept: str | None) -> None:
    assert when(said) == kept


MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quillmoor.example/faq\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>A nurse sits with you al=\r\nways.\r\n"
)


@pytest.mark.parametrize("content", [MHTML, b' {"log": {"text": "<p>hi</p>"}}', b"{\\rtf1 <x>}"])
def test_a_file_that_holds_a_page_in_other_words_is_none(
    spool: Spool, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(UsageError, match="neither WACZ, WARC, HTML nor PDF"):
        take(spool, tmp_path, content, f"{SITE}/faq")


@pytest.mark.parametrize("kind", ["response", "resource"])
def test_a_pdf_is_taken_whatever_it_was_sent_as(spool: Spool, tmp_path: Path, kind: str) -> None:
    sent = (("Content-Type", "binary/octet-stream"),)
    pdf = Record(f"{SITE}/consent.pdf", b"%PDF-1.7 ...", headers=sent, kind=kind)
    other = Record(f"{SITE}/x.bin", b"MZ", headers=sent, kind=kind)
    (found,), _ = take(spool, tmp_path, warc(pdf, other))
    assert (found.url, found.content_type) == (pdf.url, "application/pdf")
