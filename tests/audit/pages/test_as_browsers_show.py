"""What a browser makes of bytes before it shows them: XHTML, veiled addresses, what is no text."""

from __future__ import annotations

import gzip

import pytest

from audit.pages.pages import PageRefused, read

XHTML = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title/><script src="a.js"/><script>//<![CDATA[
if (a<b) { go() }
//]]></script></head><body><div class="line"/><p>A nurse<br/> stays. <![CDATA[Ask & see.]]></p>
<iframe src="/x"/><p>Call us.</p></body></html>"""


def said(body: str | bytes, content_type: str = "text/html") -> list[str]:
    raw = body if isinstance(body, bytes) else body.encode()
    page = read(raw, url="https://clinic.example/x", content_type=content_type)
    return [b.text for b in page.blocks]


def test_an_element_of_xhtml_closes_itself() -> None:
    assert said(XHTML, "application/xhtml+xml; charset=utf-8") == [
        "A nurse stays. Ask & see.",
        "Call us.",
    ]


def test_in_html_it_does_not() -> None:
    assert said("<p>A nurse stays.<script src=a.js /></p><p>Call us.</p>") == ["A nurse stays."]


@pytest.mark.parametrize("name", ["xmp", "plaintext"])
def test_what_is_shown_as_it_is_written_is_read(name: str) -> None:
    assert said(f"<p>Call us.</p><{name}><b>A nurse</b> stays & waits.") == [
        "Call us.",
        "<b>A nurse</b> stays & waits.",
    ]


@pytest.mark.parametrize("name", ["iframe", "noembed", "noframes"])
def test_what_stands_in_for_something_that_is_shown_is_not(name: str) -> None:
    assert said(f"<p>Call us.</p><{name}>A nurse stays.</{name}>") == ["Call us."]


def veiled(address: str, key: int = 0x54) -> str:
    return bytes([key, *(letter ^ key for letter in address.encode())]).hex()


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        (veiled("care@clinic.example"), "care@clinic.example"),
        (veiled("not an address"), "[email protected]"),
        (veiled("<b>@clinic.example"), "[email protected]"),
        ("54a", "[email protected]"),
    ],
)
def test_an_address_that_is_veiled_is_shown(hidden: str, shown: str) -> None:
    link = f'<a href="/e" class="__cf_email__" data-cfemail="{hidden}">[email&#160;protected]</a>'
    (text,) = said(f"<p>Write to {link} at any time.</p>")
    assert text.replace("\xa0", " ") == f"Write to {shown} at any time.".replace("\xa0", " ")


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"<p>A nurse stays.</p>" * 9, mtime=0),
        b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 9,
        b"PK\x03\x04" + bytes(range(256)) * 9,
        bytes(range(14, 256)) * 9,
    ],
)
def test_what_is_no_text_is_not_read(body: bytes) -> None:
    with pytest.raises(PageRefused, match="no text"):
        said(body)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-2022-jp", "cp1252"])
def test_text_with_odd_bytes_is_read(encoding: str) -> None:
    text = "看護師がいます。" if encoding != "cp1252" else "It’s – naïve"
    body = f"<p>{text}</p>".encode(encoding)
    assert said(body, f"text/html; charset={encoding}") == [text]


@pytest.mark.parametrize(
    ("look", "region"),
    [
        ("class='wow fadeIn' style='visibility: hidden; animation-name: none'", "main"),
        ("class='wow fadeIn' style='display: none'", "hidden"),
        ("class='wowed' style='visibility: hidden'", "hidden"),
    ],
)
def test_what_moves_in_when_it_is_scrolled_to_is_seen(look: str, region: str) -> None:
    body = f"<main><div {look}><p>A nurse stays with you.</p></div></main>"
    (block,) = read(body.encode(), url="https://clinic.example/x").blocks
    assert (block.region, block.hidden) == (region, region == "hidden")
