"""Bytes to text: byte-order marks, headers, declarations, and pages that are mislabelled."""

from __future__ import annotations

import pytest

from audit.pages.decoding import decode

TEXT = "<p>We don’t – naïve café</p>"
PLAIN = "text/html"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_wins_over_the_header(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "text/html; charset=windows-1252") == TEXT


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", None),
        ("utf-8", "text/html; charset=UTF-8"),
        ("cp1252", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=windows-1252"),
        ("cp1252", None),
        ("utf-16-le", "text/html; charset=utf-16"),
        ("utf-16-le", None),
        ("utf-16-be", None),
    ],
)
def test_as_declared(encoding: str, content_type: str | None) -> None:
    assert decode(TEXT.encode(encoding), content_type) == TEXT


def test_meta_is_read_where_the_header_is_silent() -> None:
    page = '<meta charset="shift_jis"><p>日本</p>'
    assert decode(page.encode("shift_jis"), PLAIN) == page


@pytest.mark.parametrize(
    ("encoding", "claimed"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-8", "nonsense"),
        ("utf-8", "iso-8859-2"),
        ("utf-8", "iso-8859-15"),
        ("utf-8", "windows-1250"),
        ("utf-8", "windows-1251"),
        ("utf-8", "gb2312"),
        ("utf-16-be", "utf-16"),
    ],
)
def test_wrong_declaration(encoding: str, claimed: str) -> None:
    assert decode(TEXT.encode(encoding), f"text/html; charset={claimed}") == TEXT


def test_a_stray_byte_spoils_nothing_else() -> None:
    assert decode(b"caf\xc3\xa9 don\x92t \x81") == "café don’t \x81"


def test_many_stray_bytes_leave_utf8_what_it_is() -> None:
    pasted = (TEXT * 300).encode() + b"don\x92t " * 1500
    assert decode(pasted, "text/html; charset=utf-8") == TEXT * 300 + "don’t " * 1500


def test_a_page_of_another_alphabet_is_read_as_it_says() -> None:
    page = "<p>Привет, это не UTF-8</p>"
    assert decode(page.encode("koi8-r"), "text/html; charset=koi8-r") == page


def test_utf16_in_a_meta_cannot_be_true() -> None:
    page = "<meta charset=utf-16><p>é</p>"
    assert decode(page.encode()) == page


def test_no_text_codec_is_run() -> None:
    assert decode(b"<meta charset=hex><p>x</p>") == "<meta charset=hex><p>x</p>"
