"""robots.txt in every broken form: what can be read of it is obeyed, whatever it looks like."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    TEXT,
    Case,
    Here,
    Route,
    Routes,
    forever,
    raw,
)
from tests.crawlers.sites_served import Answer, page, redirect

_PACKED = {**TEXT, "Content-Encoding": "gzip"}
_RULE = "User-agent: *\nDisallow: /staff"
_KEPT_OUT = {"/": CAPTURED, "/staff": "robots"}


def _site(robots: Route) -> Routes:
    return {"/": page("Care", "/staff|Team"), "/staff": page("Team"), "/robots.txt": robots}


def _obeyed(name: str, body: bytes | str, **headers: str) -> Case:
    """A file whose rule has to be found and kept."""
    sent = body.encode() if isinstance(body, str) else body
    answer = Answer(sent, 200, {**TEXT, **headers})
    return Case(f"robots-{name}", lambda here: _site(answer), _KEPT_OUT, never=("/staff",))


def _void(name: str, robots: Route, most: int = 6) -> Case:
    """A file that says nothing: everything may be asked."""
    ends = {"/": CAPTURED, "/staff": CAPTURED}
    return Case(f"robots-{name}", lambda here: _site(robots), ends, most)


def _shut(name: str, robots: Route, ends: str = "robots") -> Case:
    """A file that cannot be read though it may be there: nothing may be asked."""
    return Case(f"robots-{name}", lambda here: _site(robots), {"/": ends}, never=("/staff",))


def _endless(path: str) -> Iterator[bytes]:
    head = f"HTTP/1.1 200 OK\nContent-Type: text/plain\n\n{_RULE}"
    return raw(head, forever(b"Allow: /any\n" * 7000))


def _inside(here: Here) -> Routes:
    return _site(redirect(f"http://127.0.0.1:{here.private}/robots.txt"))


def _behind_a_user(here: Here) -> Routes:
    rules = Answer(_RULE.encode(), 200, TEXT)
    there = f"http://bank.example:80@{here.host}:{here.port}/rules"
    return {**_site(redirect(there)), "/rules": rules}


def _slow(seconds: str) -> Routes:
    return _site(Answer(f"User-agent: *\nCrawl-delay: {seconds}".encode(), 200, TEXT))


CASES = (
    _obeyed("with-byte-order-mark", b"\xef\xbb\xbf" + _RULE.encode()),
    _obeyed("with-old-line-ends", _RULE.replace("\n", "\r")),
    _obeyed("with-odd-case", "uSER-aGENT:*\n\n  dISALLOW :  /staff   # no"),
    _obeyed("for-us-alone", "User-agent: KetaWatch\nDisallow: /staff\nUser-agent: *\nDisallow:"),
    _obeyed("with-a-wildcard", "User-agent: *\nDisallow: /*aff$"),
    _obeyed("escaped", "User-agent: *\nDisallow: /%73taff"),
    _obeyed("misspelt", "User-agent: *\nDissallow: /staff"),
    _obeyed("of-bytes", b"\x80\xff\x00nonsense\n" + _RULE.encode() + b"\n\xfe"),
    _obeyed("huge", f"{_RULE}\n" + "Allow: /a-very-long-line-of-nothing\n" * 30_000),
    _obeyed("gzipped", gzip.compress(_RULE.encode()), **_PACKED),
    _obeyed("sent-as-a-page", _RULE, **{"Content-Type": "text/html"}),
    _void("a-web-page", Answer(b"<!doctype html><p>Disallow: /staff</p>", 200, HTML)),
    _void("forbidden", Answer(b"User-agent: *\nDisallow: /", 403, TEXT)),
    _void("in-a-circle", redirect("/robots.txt"), most=9),
    _void("empty", Answer(b"", 200, TEXT)),
    _void("sent-to-nonsense", redirect("http://[bad")),
    _void("with-maps-of-nonsense", Answer(b"Sitemap: http://[bad\nSitemap: /\x01", 200, TEXT)),
    Case("robots-behind-a-user", _behind_a_user, _KEPT_OUT, never=("/staff",)),
    _shut("out-of-order", Answer(b"", 500, TEXT)),
    _shut("busy", Answer(b"", 429, TEXT)),
    _void("a-bomb", Answer(gzip.compress(bytes(60 << 20)), 200, _PACKED)),
    Case(
        "robots-without-end",
        lambda here: _site(_endless),
        _KEPT_OUT,
        never=("/staff",),
        megabytes=80,
    ),
    _shut("hung-up-on", lambda path: iter(()), "reset"),
    Case("robots-inside", _inside, {"/": "guard"}, never=("/staff",)),
    Case("robots-asks-for-a-day", lambda here: _slow("86400"), {"/": "robots"}),
    Case(
        "robots-asks-for-nonsense",
        lambda here: _slow("-1e999"),
        {"/": CAPTURED, "/staff": CAPTURED},
    ),
)
