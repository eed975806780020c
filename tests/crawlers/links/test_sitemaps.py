"""Sitemaps as they are really sent: zipped in pieces, broken, huge, as the wrong thing."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.links import sitemaps
from crawlers.links.sitemaps import SitemapFile, read, urgency

A, B = "https://clinic.example/a", "https://clinic.example/b?x=1&y=2"
URLSET = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://x.example/image">'
    f"<url><loc> {A} </loc><image:image><image:loc>https://clinic.example/p.jpg</image:loc>"
    "</image:image></url>"
    "<url><loc>https://clinic.example/b?x=1&y=2</loc>"
    '<xhtml:link rel="alternate" hreflang="es" href="https://clinic.example/uno"/></url></urlset>'
).encode()


def test_addresses_and_what_language_they_are_in() -> None:
    found = read(URLSET)
    assert found.pages == (A, B)  # with the ampersand that should have been escaped
    assert found.languages == (("https://clinic.example/uno", "es"),)
    assert found.is_sitemap
    assert not found.cut


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(URLSET, mtime=0),
        gzip.compress(URLSET[:200], mtime=0) + gzip.compress(URLSET[200:], mtime=0),
        b"\xef\xbb\xbf\n" + URLSET,
        URLSET.replace(b"<url>", b"<URL>").replace(b"</url>", b"</URL>"),
        URLSET.replace(A.encode(), f'<a href="{A}">{A}</a>'.encode()),
        f"{A}\n{B}\n".encode(),
        f"\ufeff{A}\r\n{B}\r\nnonsense".encode(),
    ],
)
def test_however_it_is_packed(body: bytes) -> None:
    assert read(body).pages == (A, B)


TWO = [b"<loc>https://clinic.example/a</loc>", b"<loc>https://clinic.example/b</loc>"]
PLAIN = b"<urlset>" + b"".join(b"<url>%s</url>" % loc for loc in TWO) + b"</urlset>"
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://clinic.example/"/>'
    b'<entry><link rel="self" href="https://x.example/"/>'
    b'<link rel="alternate" href="https://clinic.example/a"/></entry>'
    b'<entry><link href="https://clinic.example/b"/></entry></feed>'
)
WIDE = '<?xml version="1.0" encoding="UTF-16"?>' + PLAIN.decode()


@pytest.mark.parametrize(
    "body",
    [
        WIDE.encode("utf-16"),
        WIDE.encode("utf-16-le"),
        WIDE.encode(),
        "https://clinic.example/a\r\nhttps://clinic.example/b".encode("utf-16"),
        b"  HTTPS://clinic.example/a\n\thttps://clinic.example/b\n".replace(b"HTTPS", b"https"),
        b"Notice: deprecated in /x.php\n<?xml version='1.0'?>\n" + PLAIN,
        b"<br />\n<b>Warning</b>: x\n" + PLAIN,
        b'<rss version="2.0"><channel><link>https://clinic.example/</link>'
        + b"".join(b"<item>%s</item>" % loc.replace(b"loc>", b"link>") for loc in TWO)
        + b"</channel></rss>",
        ATOM,
    ],
    ids=[
        "utf-16",
        "no mark",
        "narrow all the same",
        "wide text",
        "indented text",
        "notice",
        "warning",
        "rss",
        "atom",
    ],
)
def test_whatever_a_server_makes_of_it(body: bytes) -> None:
    found = read(body)
    assert found.pages == ("https://clinic.example/a", "https://clinic.example/b")
    assert not found.cut


def test_an_ampersand_that_was_escaped_twice_is_one() -> None:
    body = PLAIN.replace(b"/b<", b"/b?x=1&amp;amp;y=2<")
    assert read(body).pages[1] == "https://clinic.example/b?x=1&y=2"


def test_what_stands_before_a_fault_counts_and_the_rest_is_said_to_be_missing() -> None:
    short = gzip.compress(URLSET, mtime=0)[:-30]
    assert read(short).cut
    assert read(short).is_sitemap
    assert read(URLSET[:-9]).cut
    assert not read(URLSET + b"\n<!-- made by a plugin -->\n").cut
    assert read(URLSET[: URLSET.index(b"<url><loc>https")]).pages == (A,)
    assert read(URLSET.replace(b"</loc><image", b"</lock><image")).pages[-1] == B


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"<html><url><loc>https://a.example/</loc></url></html>",
        b"<!doctype html>\nhttps://a.example/\n",
        b"\x1f\x8bno",
        b"{}",
    ],
)
def test_anything_else_is_no_sitemap(body: bytes) -> None:
    found = read(body)
    assert (found.pages, found.files, found.is_sitemap) == ((), (), False)


def test_an_index_leads_to_files_of_which_pages_come_first() -> None:
    names = ["post-sitemap.xml", "sitemap-2.xml", "page-sitemap.xml", "product_tag.xml"]
    body = "".join(f"<sitemap><loc>https://c.example/{n}</loc></sitemap>" for n in names)
    found = read(f"<sitemapindex>{body}</sitemapindex>".encode())
    assert found.pages == ()
    assert [f.rpartition("/")[2] for f in sorted(found.files, key=urgency)] == [
        *("page-sitemap.xml", "sitemap-2.xml", "post-sitemap.xml", "product_tag.xml")
    ]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test reaches at once."""
    monkeypatch.setattr(sitemaps, "MAX_ADDRESSES", 50)
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 100_000)
    monkeypatch.setattr(sitemaps, "MAX_EVENTS", 500)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("many", "cut"), [(50, False), (55, True)])
def test_a_huge_one_is_read_so_far_and_says_so(many: int, cut: bool) -> None:
    places = [f"https://a.example/{n}" for n in range(many)]
    entries = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    for body in (f"<urlset>{entries}</urlset>", "\n".join(places)):
        found = read(body.encode())
        assert (len(found.pages), found.cut) == (50, cut)


@pytest.mark.usefixtures("small")
def test_neither_a_bomb_nor_entities_nor_endless_elements_cost_much() -> None:
    assert read(gzip.compress(bytes(100_001), mtime=0)) == SitemapFile(is_sitemap=False, cut=True)
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(20))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>&l20;</loc></url></urlset>'
    assert read(bomb.encode()).pages == ()
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert read(f"{outside}<urlset><url><loc>&f;</loc></url></urlset>".encode()).pages == ()
    assert read(b"<urlset>" + b"<a/>" * 300 + b"</urlset>").cut


@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    for given_body in (body, gzip.compress(body, mtime=0), b"<urlset>" + body):
        assert isinstance(read(given_body), SitemapFile)


@pytest.mark.parametrize(
    "body",
    [
        b"<!-- " + b"licence " * 900 + b"-->\n" + PLAIN,
        PLAIN.decode().encode("utf-16-be"),
        b"<rss><channel>"
        + b"".join(b"<item>%s</item>" % loc.replace(b"loc>", b"guid>") for loc in TWO)
        + b"</channel></rss>",
        b"<urlset>%s</urlset>"
        % b"".join(b"<url> https://clinic.example/%s </url>" % name for name in (b"a", b"b")),
        b"https://clinic.example/a\t2026-11-24\nhttps://clinic.example/b\t2026-11-24\n",
        gzip.compress(gzip.compress(PLAIN, mtime=0), mtime=0),
    ],
    ids=[
        *("a long comment first", "utf-16-be without a mark", "guids"),
        *("no element for addresses", "a list with columns", "packed twice"),
    ],
)
def test_addresses_in_less_usual_files(body: bytes) -> None:
    assert read(body).pages == ("https://clinic.example/a", "https://clinic.example/b")


def test_what_an_entry_is_called_tells_what_it_is() -> None:
    mixed = b"<urlset><sitemap>%s</sitemap><url>%s</url></urlset>" % (TWO[0], TWO[1])
    found = read(mixed)
    assert found.files == ("https://clinic.example/a",)
    assert found.pages == ("https://clinic.example/b",)
