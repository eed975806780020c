"""Bodies that are larger, slower, shorter or other than they say."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    Case,
    Here,
    Routes,
    fixed,
    forever,
    raw,
)
from tests.crawlers.sites_served import WORDS, Answer, page

_MB = 1024 * 1024
_PAGE = page("Care").body
_WHOLE = gzip.compress(_PAGE)


def _packed(body: bytes, encoding: str = "gzip", **more: str) -> Answer:
    return Answer(body, 200, {**HTML, "Content-Encoding": encoding, **more})


@lru_cache(maxsize=1)
def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(200 * _MB), 9)


def _zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("terms.html", bytes(100 * _MB))
    return made.getvalue()


def _drip() -> Iterator[bytes]:
    for byte in forever(b"x"):
        yield byte
        time.sleep(0.2)


def _endless(path: str) -> Iterator[bytes]:
    return raw("HTTP/1.1 200 OK\nContent-Type: text/html", forever(b"<p>more</p>" * 6000))


def _endless_chunks(path: str) -> Iterator[bytes]:
    head = "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked"
    return raw(head, forever(b"10000\r\n" + b"y" * 65536 + b"\r\n"))


def _slow_body(path: str) -> Iterator[bytes]:
    return raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 9999", _drip())


def _slow_head(path: str) -> Iterator[bytes]:
    return iter(_drip())


def _silent(path: str) -> Iterator[bytes]:
    time.sleep(60)
    return iter(())


def _torn_chunks(path: str) -> Iterator[bytes]:
    head = "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked"
    return raw(head, [b"ffff\r\n<p>cut"])


def _bad_chunks(path: str) -> Iterator[bytes]:
    head = "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked"
    return raw(head, [b"zz\r\nno number\r\n"])


def _typed(kind: str, body: bytes = _PAGE) -> Routes:
    return {"/": Answer(body, 200, {"Content-Type": kind} if kind else {})}


def _charset(name: str, body: bytes) -> Case:
    kind = f"text/html; charset={name}"
    return Case(f"charset-{name}".replace("_", "-"), fixed(_typed(kind, body)))


def _documents(here: Here) -> Routes:
    pdf = {"Content-Type": "application/pdf"}
    return {
        "/": page("Care", "/consent.pdf|Consent", "/terms.pdf|Terms", "/guide.pdf|Guide"),
        "/consent.pdf": Answer(b"MZ\x90 not at all a PDF" * 50, 200, pdf),
        "/terms.pdf": page("Terms, and no PDF"),
        "/guide.pdf": Answer(b"", 200, pdf),
    }


CASES = (
    Case("gzip-bomb", lambda here: {"/": _packed(_gzip_bomb())}, {"/": "too_large"}),
    Case(
        "gzip-bomb-in-gzip",
        lambda here: {"/": _packed(gzip.compress(_gzip_bomb()), "gzip, gzip")},
        {"/": "too_large"},
    ),
    Case(
        "deflate-bomb",
        lambda here: {"/": _packed(zlib.compress(bytes(60 * _MB)), "deflate")},
        {"/": "too_large"},
    ),
    Case(
        "zip-bomb",
        lambda here: {
            "/": page("Care", "/a.zip|Terms", "/terms|Terms"),
            "/terms": Answer(_zip_bomb(), 200, {"Content-Type": "application/zip"}),
        },
        {"/": CAPTURED, "/a.zip": "skipped:file_type", "/terms": "not_html"},
        never=("/a.zip",),
    ),
    Case("torn-gzip", lambda here: {"/": _packed(gzip.compress(_PAGE)[:-40])}, {"/": "truncated"}),
    Case("gzip-that-is-none", lambda here: {"/": _packed(_PAGE)}),
    Case(
        "unknown-encoding",
        lambda here: {"/": _packed(b"\x8b\x00\xff\x80" * 400, "br")},
        {"/": "not_html"},
    ),
    Case(
        "gzip-twice", lambda here: {"/": _packed(gzip.compress(gzip.compress(_PAGE)), "gzip, gzip")}
    ),
    Case("gzip-with-wrong-checksum", fixed({"/": _packed(gzip.compress(_PAGE)[:-8] + bytes(8))})),
    Case(
        "length-of-what-was-packed",
        fixed({"/": Answer(_WHOLE, 200, {**HTML, "Content-Encoding": "gzip"}, len(_PAGE))}),
    ),
    Case("endless-body", fixed({"/": _endless}), {"/": "too_large"}, megabytes=80),
    Case("endless-chunks", fixed({"/": _endless_chunks}), {"/": "too_large"}, megabytes=80),
    Case("slow-body", fixed({"/": _slow_body}), {"/": "timeout"}),
    Case("slow-head", fixed({"/": _slow_head}), {"/": "timeout"}),
    Case("silence", fixed({"/": _silent}), {"/": "timeout"}),
    Case("longer-than-said", fixed({"/": Answer(_PAGE + b"<p>tail", 200, HTML, len(_PAGE))})),
    Case("shorter-than-said", fixed({"/": Answer(_PAGE, 200, HTML, 10**6)}), {"/": "truncated"}),
    Case("said-to-be-huge", fixed({"/": Answer(_PAGE, 200, HTML, 10**12)}), {"/": "too_large"}),
    Case(
        "length-below-zero",
        fixed({"/": lambda path: raw("HTTP/1.1 200 OK\nContent-Length: -5", [_PAGE])}),
        {"/": "reset"},
    ),
    Case("torn-chunks", fixed({"/": _torn_chunks}), {"/": "truncated"}),
    Case("bad-chunks", fixed({"/": _bad_chunks}), {"/": "truncated"}),
    Case("nothing-at-all", fixed({"/": Answer(b"", 200, HTML)}), {"/": "empty"}),
    Case("no-words", fixed({"/": Answer(b"<title></title><p>  </p>", 200, HTML)}), {"/": "empty"}),
    Case("page-sent-as-picture", fixed(_typed("image/png")), {"/": "not_html"}),
    Case(
        "picture-sent-as-page",
        fixed(_typed("text/html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)),
        {"/": "not_html"},
    ),
    Case("json-home", fixed(_typed("application/json", b"{}")), {"/": "not_html"}),
    Case("no-type", fixed(_typed(""))),
    Case("any-type", fixed(_typed("*/*"))),
    Case("nonsense-type", fixed(_typed(";;;=/"))),
    _charset("klingon", _PAGE),
    _charset("utf-16", _PAGE),
    _charset("utf-7", _PAGE),
    Case(
        "charset-idna",
        fixed(_typed("text/html; charset=idna")),
    ),
    Case("null-bytes", fixed(_typed("text/html", _PAGE.replace(b" ", b"\0 ")))),
    Case(
        "documents-that-are-none",
        _documents,
        {
            "/": CAPTURED,
            "/consent.pdf": "not_html",
            "/terms.pdf": CAPTURED,
            "/guide.pdf": "not_html",
        },
    ),
    Case("ten-thousand-deep", fixed(_typed("text/html", b"<div>" * 10_000 + WORDS.encode()))),
    Case("hundred-thousand-deep", fixed(_typed("text/html", b"<b><i>" * 50_000 + WORDS.encode()))),
    Case(
        "huge-attribute",
        fixed(_typed("text/html", _PAGE + b'<p title="' + b"z" * 3 * _MB + b'">')),
        megabytes=4,
    ),
    Case("unclosed-comment", fixed(_typed("text/html", _PAGE + b"<!--" * 200_000))),
    Case(
        "many-attributes",
        fixed(
            _typed(
                "text/html", _PAGE + b"<p " + b" ".join(b"a%d=1" % n for n in range(20_000)) + b">"
            )
        ),
    ),
)
