"""What ``check`` takes for a page in a folder: by its first bytes, whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.check import Input, inputs
from data.models import Issue

PAGE = b"<!DOCTYPE html><title>t</title><p>A nurse stays with you.</p>"
ONE_PART = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>=20"
MAIL = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>=20"


@pytest.mark.parametrize(
    "name", ["faq", "faq.php", "faq.aspx", "faq.php?id=3", "faq.shtml", "FAQ.HTM", "faq.html.1"]
)
def test_a_page_of_a_copied_site_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PAGE)
    (found,) = inputs(str(tmp_path))
    assert isinstance(found, Input) and found.body == PAGE


@pytest.mark.parametrize(
    "start",
    [
        b"\xef\xbb\xbf\r\n<html lang=en>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html>',
        b"<!-- saved -->\n<HTML>",
        b"%PDF-1.7\n",
    ],
)
def test_its_first_bytes_tell(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "consent").write_bytes(start)
    (found,) = inputs(str(tmp_path))
    assert isinstance(found, Input)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.js", b"document.write('<html>')"),
        ("a.svg", b"<?xml version='1.0'?><svg></svg>"),
        ("a.css", b"html { margin: 0 }"),
        ("a.md", b"# About\n<html>"),
        ("a", b""),
    ],
)
def test_what_belongs_to_a_page_is_none(tmp_path: Path, name: str, body: bytes) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / name).write_bytes(body)
    (found,) = inputs(str(tmp_path))
    assert isinstance(found, Input) and found.label.endswith("page.html")


@pytest.mark.parametrize("name", ["saved.mhtml", "saved.mht", "saved.html"])
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("body", [MAIL, ONE_PART, b"\xef\xbb\xbf" + MAIL])
def test_a_web_archive_in_the_form_of_a_mail_is_named(
    tmp_path: Path, name: str, alone: bool, body: bytes
) -> None:
    (tmp_path / name).write_bytes(body)
    (found,) = inputs(str(tmp_path / name if alone else tmp_path))
    assert isinstance(found, Issue) and "MHTML" in str(found) and name in str(found)
