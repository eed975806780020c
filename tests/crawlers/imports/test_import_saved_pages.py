"""Pages that a browser saved, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.imports.file import take_file
from crawlers.imports.spool import Spool
from data.errors import UsageError
from tests.crawlers.brought_files import take
from tests.crawlers.captured_files import SITE, WHEN, page


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
        (b"MZ\x00\x00<html>", "neither WACZ, WARC, HTML, MHTML nor PDF"),
        (b"just text", "neither WACZ, WARC, HTML, MHTML nor PDF"),
        (b"", "neither WACZ, WARC, HTML, MHTML nor PDF"),
    ],
)
def test_files_that_are_none(spool: Spool, tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        take(spool, tmp_path, content)


def test_a_file_that_is_not_there(spool: Spool, tmp_path: Path) -> None:
    for path in (tmp_path / "none.wacz", tmp_path):
        with pytest.raises(UsageError, match="not readable"):
            list(take_file(path, spool, None, None))


MAIL = (
    b"From: Ada <ada@quillmoor.example>\r\nDate: Fri, 20 Nov 2026 11:00:00 +0100\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>A nurse sits with you al=\r\nways.\r\n"
)


@pytest.mark.parametrize("content", [MAIL, b' {"log": {"text": "<p>hi</p>"}}', b"{\\rtf1 <x>}"])
def test_a_file_that_holds_a_page_in_other_words_is_none(
    spool: Spool, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(UsageError, match="neither WACZ, WARC, HTML, MHTML nor PDF"):
        take(spool, tmp_path, content, f"{SITE}/faq")
