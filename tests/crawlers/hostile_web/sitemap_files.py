"""Sitemaps that are bombs, circles, endless or not theirs: one more hint, never a trap."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from types import MappingProxyType

from crawlers.links.sitemaps import MAX_FILES
from tests.crawlers.hostile_web.links_without_end import BOUND
from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    XML,
    Case,
    Here,
    Route,
    Routes,
    forever,
    raw,
)
from tests.crawlers.sites_served import Answer, page

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _xml(body: str, entities: str = "") -> Answer:
    return Answer(f'<?xml version="1.0"?>{entities}{body}'.encode(), 200, XML)


def _pages(*places: str) -> str:
    entries = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    return f"<urlset {_NAMESPACE}>{entries}</urlset>"


def _index(*places: str) -> str:
    entries = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    return f"<sitemapindex {_NAMESPACE}>{entries}</sitemapindex>"


def _with(here: Here, sitemap: Route, more: Routes = MappingProxyType({})) -> Routes:
    return {"/": page("Care"), "/sitemap.xml": sitemap, "/faq": page("FAQ"), **more}


def _laughs(here: Here) -> Routes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE u [<!ENTITY l0 "{here.url("/faq")}">{lines}]>'
    return _with(here, _xml(_pages(here.url("/faq"), "&l9;"), bomb))


def _blowup(here: Here) -> Routes:
    bomb = f'<!DOCTYPE u [<!ENTITY x "{"x" * 100_000}">]>'
    return _with(here, _xml(_pages("&x;" * 20_000), bomb))


def _outside(here: Here) -> Routes:
    """Entities that would have a careless parser read files and ask private machines."""
    private = f"http://127.0.0.1:{here.private}/dtd"
    entities = (
        f'<!DOCTYPE u SYSTEM "{private}" [<!ENTITY f SYSTEM "file:///etc/hostname">'
        f'<!ENTITY g SYSTEM "{private}"><!ENTITY % p SYSTEM "{private}"> %p;]>'
    )
    return _with(here, _xml(_pages(here.url("/faq?a=&f;"), here.url("/b&g;")), entities))


def _huge(here: Here) -> Routes:
    body = _pages(*(here.url(f"/place-{n}") for n in range(100_000)))
    packed = gzip.compress(body.encode())
    sitemap = Answer(packed, 200, {"Content-Type": "application/gzip"})
    return _with(here, sitemap, {"*": page("Place")})


def _bomb(here: Here) -> Routes:
    head = f"<urlset {_NAMESPACE}><url><loc>{here.url('/faq')}</loc></url>".encode()
    return _with(here, Answer(gzip.compress(head + b" " * (200 << 20)), 200, XML))


def _circle(here: Here) -> Routes:
    index = _xml(_index(here.url("/sitemap.xml"), here.url("/other.xml")))
    return _with(here, index, {"/other.xml": index})


def _many_files(here: Here) -> Routes:
    index = _xml(_index(*(here.url(f"/map-{n}.xml") for n in range(500))))
    return _with(here, index, {"*": _xml(_pages(here.url("/faq")))})


def _deep(here: Here) -> Routes:
    """Each index leads to one more index."""

    def deeper(path: str) -> Answer:
        return _xml(_index(here.url(path.replace(".xml", "-x.xml"))))

    return _with(here, _xml(_index(here.url("/deep.xml"))), {"*": deeper})


def _strangers(here: Here) -> Routes:
    places = (f"http://127.0.0.1:{here.private}/a", "http://169.254.169.254/b", "file:///etc/hosts")
    return _with(here, _xml(_pages(*places, "https://elsewhere.example/c", here.url("/faq"))))


def _private_files(here: Here) -> Routes:
    robots = f"User-agent: *\nSitemap: http://127.0.0.1:{here.private}/sitemap.xml\n"
    index = _xml(_index(f"http://127.0.0.1:{here.private}/a.xml", "file:///etc/hosts"))
    lines = robots + f"Sitemap: {here.url('/sitemap.xml')}"
    return _with(here, index, {"/robots.txt": Answer(lines.encode())})


def _endless(path: str) -> Iterator[bytes]:
    return raw(
        "HTTP/1.1 200 OK\nContent-Type: application/xml", forever(b"<url><loc>/</loc>" * 4000)
    )


def _nested_tags(here: Here) -> Routes:
    return _with(here, _xml("<urlset>" + "<url>" * 100_000))


_WITH_FAQ = {"/": CAPTURED, "/faq": CAPTURED}

CASES = (
    Case("sitemap-of-laughs", _laughs),
    Case("sitemap-quadratic", _blowup, megabytes=3),
    Case("sitemap-with-outside-entities", _outside, most=7),
    Case("sitemap-huge", _huge, most=BOUND + 1),
    Case("sitemap-bomb", _bomb, megabytes=3),
    Case("sitemap-circle", _circle, most=6),
    Case("sitemap-of-many-files", _many_files, _WITH_FAQ, most=MAX_FILES + 6),
    Case("sitemap-ever-deeper", _deep, most=8),
    Case("sitemap-of-strangers", _strangers, _WITH_FAQ),
    Case("sitemap-at-private-places", _private_files),
    Case("sitemap-without-end", lambda here: _with(here, _endless), megabytes=80),
    Case("sitemap-of-nested-tags", _nested_tags),
    Case("sitemap-that-is-a-page", lambda here: _with(here, Answer(b"<html><p>no", 200, HTML))),
)
