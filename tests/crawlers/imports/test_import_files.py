"""What is taken out of the files that people bring."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from crawlers.imports.records import when
from crawlers.imports.spool import Spool
from tests.crawlers.brought_files import take
from tests.crawlers.captured_files import SITE, WHEN, Record, page, wacz, warc

CHUNKED = {"Transfer-Encoding": "chunked"}
PACKED = gzip.compress(b"<p>onetwo!", mtime=0)
HOME = Record(f"{SITE}/", page("Quillmoor"))


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


def test_a_status_line_in_small_letters_is_one(spool: Spool, tmp_path: Path) -> None:
    small = warc(HOME, gzip=False).replace(b"HTTP/1.1 200 OK", b"http/1.1 200 ok")
    assert [e.url for e in take(spool, tmp_path, small)[0]] == [HOME.url]


def test_the_answer_to_a_form_is_nobodys_public_page(spool: Spool, tmp_path: Path) -> None:
    sent = Record(f"{SITE}/intake", page("Thank you, Ada"), sent="POST")
    found, _ = take(spool, tmp_path, warc(Record(f"{SITE}/", page("Home"), sent="GET"), sent))
    assert [e.url for e in found] == [f"{SITE}/"]
    assert spool.left_out["answer to something sent"] == 1


@pytest.mark.parametrize("kind", ["response", "resource"])
def test_a_pdf_is_taken_whatever_it_was_sent_as(spool: Spool, tmp_path: Path, kind: str) -> None:
    sent = (("Content-Type", "binary/octet-stream"),)
    pdf = Record(f"{SITE}/consent.pdf", b"%PDF-1.7 ...", headers=sent, kind=kind)
    other = Record(f"{SITE}/x.bin", b"MZ", headers=sent, kind=kind)
    (found,), _ = take(spool, tmp_path, warc(pdf, other))
    assert (found.url, found.content_type) == (pdf.url, "application/pdf")


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
