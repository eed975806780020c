"""Records of an archive that say: as before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawlers.imports.spool import Spool
from tests.crawlers.brought_files import take
from tests.crawlers.captured_files import HTML, SITE, Record, page, warc

HOME = Record(f"{SITE}/", page("Quillmoor"))


def as_before(url: str, refers: str, sent: str = "") -> bytes:
    """A record without a body of its own; ``sent`` is the method of its request, if any."""
    headers = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\n\r\n".encode()
    told = warc(Record(url, headers, kind="revisit"), gzip=False)
    told = told.replace(b"Content-Length", f"{refers}\r\nContent-Length".encode(), 1)
    name = re.search(rb"WARC-Record-ID: (\S+)", told)
    if not sent or name is None:
        return told
    request = Record(url, f"{sent} / HTTP/1.1\r\n\r\n".encode(), kind="request")
    of = b"WARC-Concurrent-To: " + name[1] + b"\r\nContent-Length"
    return told + warc(request, gzip=False).replace(b"Content-Length", of, 1)


DIGEST = "WARC-Payload-Digest: sha1:ABC"


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("refers", [DIGEST, f"WARC-Refers-To-Target-URI: {SITE}/faq"])
def test_a_page_that_was_as_another_one_is_a_page(
    spool: Spool, tmp_path: Path, refers: str, is_first: bool
) -> None:
    whole = warc(Record(f"{SITE}/faq", page("Answers")), gzip=False)
    whole = whole.replace(b"Content-Length", f"{DIGEST}\r\nContent-Length".encode(), 1)
    again = as_before(f"{SITE}/answers", refers)
    found, issues = take(spool, tmp_path, again + whole if is_first else whole + again)
    assert [(e.url, e.body) for e in found] == [
        (f"{SITE}/faq", page("Answers")),
        (f"{SITE}/answers", page("Answers")),
    ]
    assert issues == []


def test_a_page_that_was_as_one_that_is_not_there_is_told(spool: Spool, tmp_path: Path) -> None:
    found, _ = take(spool, tmp_path, as_before(f"{SITE}/faq", DIGEST))
    assert (found, dict(+spool.left_out)) == ([], {"a repeat of what is not there": 1})


def test_a_redirect_that_was_as_before_leads_where_it_says(spool: Spool, tmp_path: Path) -> None:
    nothing = f"{DIGEST}\r\nContent-Length".encode()
    to = (("Content-Type", HTML), ("Location", "/b"))
    first = warc(Record(f"{SITE}/a", status="301 Moved", headers=to), gzip=False)
    head = f"HTTP/1.1 301 Moved\r\nContent-Type: {HTML}\r\nLocation: /d\r\n\r\n".encode()
    again = warc(Record(f"{SITE}/c", head, kind="revisit"), gzip=False)
    both = (told.replace(b"Content-Length", nothing, 1) for told in (first, again))
    found, _ = take(spool, tmp_path, b"".join(both))
    assert [(e.url, e.header("Location")) for e in found] == [
        (f"{SITE}/a", "/b"),
        (f"{SITE}/c", "/d"),
    ]


def test_what_was_sent_twice_is_no_page_either(spool: Spool, tmp_path: Path) -> None:
    form = Record(f"{SITE}/intake", page("Thank you"), sent="POST")
    again = as_before(f"{SITE}/thanks", f"WARC-Refers-To-Target-URI: {SITE}/", sent="POST")
    found, _ = take(spool, tmp_path, warc(HOME, form, gzip=False) + again)
    assert [e.url for e in found] == [HOME.url]
