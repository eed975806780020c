"""Pages that browsers saved as MHTML: in the shapes that they write, and no mail."""

from __future__ import annotations

import asyncio
import base64
import quopri
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from audit.pages.pages import read
from crawlers.browser import chromium
from crawlers.imports.run import import_files
from crawlers.imports.spool import Spool
from data import provider_file
from data.errors import UsageError
from data.models import Provider
from data.store import Store
from tests.crawlers.brought_files import take
from tests.crawlers.captured_files import SITE, page
from tests.crawlers.sites_served import Answer, serve

WORDS = "A nurse sits with you \u2014 always = the whole session. " * 9
BLINK = "----MultipartBoundary--qA7x2Lm0----"


def part(body: bytes, url: str = "", coding: str = "quoted-printable", kind: str = "text/html",
         name: str = "") -> bytes:  # fmt: skip
    coded = {
        "quoted-printable": quopri.encodestring(body).replace(b"\n", b"\r\n"),
        "base64": base64.encodebytes(body).replace(b"\n", b"\r\n"),
        "8bit": body,
    }[coding]
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n"
    head += f"Content-ID: <{name}>\r\n" if name else ""
    head += f"Content-Location: {url}\r\n" if url else ""
    return head.encode() + b"\r\n" + coded


def blink(*parts: bytes, url: str = f"{SITE}/faq", more: str = "", end: bool = True) -> bytes:
    """As Chromium writes it."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\n"
        "Subject: =?utf-8?Q?Questions=20=E2=80=94=20Quillmoor?=\r\n"
        f"Date: Fri, 20 Nov 2026 11:00:00 +0100\r\n{more}MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{BLINK}"\r\n\r\n'
    ).encode()
    line = f"\r\n--{BLINK}".encode()
    return head + line + b"\r\n" + (line + b"\r\n").join(parts) + line + (b"--\r\n" if end else b"")


HTML = f"<!doctype html><meta charset=utf-8><title>FAQ</title><p>{WORDS}</p>".encode()
FRAME = b"<p>Words in a frame. <a href=/terms>Terms</a></p>"
CSS = part(b"a{}", "cid:css-1@mhtml.blink", "8bit", "text/css")


def test_a_byte_order_mark_before_the_head_is_no_matter(spool: Spool, tmp_path: Path) -> None:
    taken = take(spool, tmp_path, b"\xef\xbb\xbf" + blink(part(HTML, f"{SITE}/faq")))
    assert [(t.exchange.url, spool.exchange(t).body.strip()) for t in spool.taken] == [
        (f"{SITE}/faq", HTML)
    ], taken


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_the_page_is_taken_as_it_was_before_it_was_wrapped(
    spool: Spool, tmp_path: Path, coding: str
) -> None:
    content = blink(CSS, part(HTML, f"{SITE}/faq", coding))
    (found,), issues = take(spool, tmp_path, content)
    assert (found.url, found.at, issues) == (f"{SITE}/faq", "2026-11-20T10:00:00Z", [])
    assert found.body.rstrip() == HTML
    assert [taken.is_file for taken in spool] == [True]


def test_frames_have_their_own_addresses_and_the_page_comes_first(
    spool: Spool, tmp_path: Path
) -> None:
    content = blink(
        part(FRAME, f"{SITE}/frame"),
        part(HTML, f"{SITE}/faq"),
        part(FRAME, "https://elsewhere.example/w"),
        part(b"<p>no address</p>"),
        part(FRAME, "cid:frame-1@mhtml.blink"),
        part(FRAME, f"{SITE}/faq"),
    )
    found, _ = take(spool, tmp_path, content)
    assert [e.url.removeprefix(SITE) for e in found] == [
        "/faq", "/frame", "https://elsewhere.example/w",
    ]  # fmt: skip
    assert b"nurse" in found[0].body
    assert spool.left_out["a frame without an address"] == 2


@pytest.mark.parametrize(
    ("kind", "body", "sent"),
    [
        ('text/html; charset="windows-1252"', "Caf\u00e9".encode("cp1252"), "windows-1252"),
        ("text/html; charset=iso-8859-1", "Caf\u00e9".encode("latin-1"), "iso-8859-1"),
        ("text/html; charset=klingon", "Caf\u00e9".encode(), None),
    ],
)
def test_letters_are_read_as_the_part_says(
    spool: Spool, tmp_path: Path, kind: str, body: bytes, sent: str | None
) -> None:
    content = blink(part(b"<p>" + body + b" nurse</p>", f"{SITE}/faq", "base64", kind))
    (found,), _ = take(spool, tmp_path, content)
    assert found.content_type == (f"text/html; charset={sent}" if sent else "text/html")
    text = read(found.body, url=found.url, content_type=found.content_type)
    assert [b.text for b in text.blocks] == ["Caf\u00e9 nurse"]


def test_the_page_is_the_one_that_the_head_names(spool: Spool, tmp_path: Path) -> None:
    """As Internet Explorer and Opera wrote it: wrapped twice, by id, in letters of their own."""
    inner = (
        part(FRAME, f"{SITE}/frame") + b"\r\n--b\r\n" + part(HTML, f"{SITE}/team", name="main@x")
    )
    content = (
        b'From: "Saved by Windows Internet Explorer 11"\r\nMIME-Version: 1.0\r\n'
        b'Content-Type: multipart/related; start="<main@x>"; boundary=a\r\n\r\nParts.\r\n--a\r\n'
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
        + inner
        + b"\r\n--b--\r\n--a--\r\n"
    )
    found, issues = take(spool, tmp_path, content)
    assert [e.url for e in found] == [f"{SITE}/team", f"{SITE}/frame"]
    assert "taken to be captured when the file was written" in str(issues[0])


def test_what_was_typed_goes_before_what_the_file_says(spool: Spool, tmp_path: Path) -> None:
    content = blink(part(HTML, "file:///C:/saved.htm"), url="file:///C:/saved.htm")
    with pytest.raises(UsageError, match="Name the address with --url"):
        take(spool, tmp_path, content)
    (found,), issues = take(spool, tmp_path, content, f"{SITE}/x", "2026-11-19T00:00:00Z")
    assert (found.url, found.at, issues) == (f"{SITE}/x", "2026-11-19T00:00:00Z", [])


DEEP = b"MIME-Version: 1.0\r\n" + b"".join(
    b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (blink(part(HTML, f"{SITE}/faq"), end=False), "cut short"),
        (blink(part(HTML, f"{SITE}/faq"))[:900], "cut short"),
        (blink(part(HTML, f"{SITE}/faq", "base64").rstrip(b"=\r\n")[:-3]), "cut short"),
        (blink(CSS), "holds no saved web page"),
        (blink(part(HTML), more="To: ada@quillmoor.example\r\n"), "holds no saved web page"),
        (blink(part(HTML), more="Received: from a by b\r\n"), "holds no saved web page"),
        (DEEP, "wrapped too deep|holds no saved web page"),
    ],
    ids=["no end", "half", "half a letter", "no page", "to somebody", "came by mail", "deep"],
)
def test_what_is_not_whole_or_no_page_is_refused(
    spool: Spool, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        take(spool, tmp_path, content, f"{SITE}/faq")
    assert not spool.taken


def test_an_import_takes_the_page_and_its_own_frames(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    provider_file.write(store.providers_path, [Provider("q", "Quillmoor", f"{SITE}/")])
    file = tmp_path / "home.mhtml"
    other = part(FRAME, "https://elsewhere.example/w")
    home = part(page("Quillmoor", "/terms"), f"{SITE}/")
    file.write_bytes(blink(home, part(FRAME, f"{SITE}/frame"), other, url=f"{SITE}/"))
    done = import_files(store, [file], "q")
    assert sorted(p.url.removeprefix(SITE) for p in done.pages) == ["/", "/frame"]
    assert {p.kind for p in done.pages} == {"import"}
    assert done.left_out["of another site"] == 1
    assert f"{SITE}/terms" in done.missing


@pytest.mark.skipif(chromium.find() is None, reason="needs Chromium")
def test_what_chromium_saves_today_is_read(spool: Spool, tmp_path: Path) -> None:
    script = "document.querySelector('x-a').attachShadow({mode: 'open'}).innerHTML = '<p>Shade</p>'"
    body = f"<title>Quillmoor</title><p>{WORDS}</p><x-a></x-a><script>{script}</script>"
    frame = '<iframe src="/frame"></iframe>'
    kind = {"Content-Type": "text/html; charset=utf-8"}
    with serve() as web:
        web.routes["quillmoor.localhost"] = {
            "/": Answer(f"<!doctype html>{body}{frame}".encode(), headers=kind),
            "/frame": Answer(FRAME, headers=kind),
        }
        home = web.url("quillmoor.localhost")
        content = asyncio.run(_saved(home))
    found, issues = take(spool, tmp_path, content.encode())
    assert [e.url for e in found] == [home, f"{home}frame"]
    assert issues == []
    text = read(found[0].body, url=home, content_type=found[0].content_type)
    assert [b.text for b in text.blocks] == ["Quillmoor", WORDS.strip(), "Shade"]


async def _saved(url: str) -> str:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox"]
        )
        try:
            shown = await browser.new_page()
            await shown.goto(url)
            session = await shown.context.new_cdp_session(shown)
            taken = await session.send("Page.captureSnapshot", {"format": "mhtml"})
            return str(taken["data"])
        finally:
            await browser.close()
