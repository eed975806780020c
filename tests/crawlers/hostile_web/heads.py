"""Heads of answers that no parser should trust: floods, nonsense, and answers before the answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from tests.crawlers.hostile_web.trap_case import CAPTURED, Case, fixed, forever, raw
from tests.crawlers.sites_served import page

_PAGE = page("Care").body
_GOOD = f"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: {len(_PAGE)}"


def _flood(path: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for n in itertools.count():
        yield b"".join(b"X-%d-%d: %s\r\n" % (n, k, b"f" * 200) for k in range(200))


def _endless_line(path: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    yield from forever(b"l" * 65536)


def _early_hints(path: str) -> Iterator[bytes]:
    yield from forever(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)


def _lines(head: str, body: bytes = _PAGE) -> Callable[[str], Iterator[bytes]]:
    return lambda path: raw(head, [body])


CASES = (
    Case("header-flood", fixed({"/": _flood}), {"/": "too_large"}, megabytes=40),
    Case("endless-header", fixed({"/": _endless_line}), {"/": "too_large"}, megabytes=40),
    Case("answers-before-the-answer", fixed({"/": _early_hints}), {"/": "too_large"}, megabytes=40),
    Case("no-http", fixed({"/": _lines("SSH-2.0-OpenSSH_9.2", b"")}), {"/": "reset"}),
    Case(
        "status-999",
        fixed({"/": _lines(_GOOD.replace("200 OK", "999 Denied"))}),
        {"/": "server_error"},
    ),
    Case(
        "status-nonsense",
        fixed({"/": _lines(_GOOD.replace("200 OK", "two hundred"))}),
        {"/": "reset"},
    ),
    Case("status-0", fixed({"/": _lines(_GOOD.replace("200 OK", "0 Zero"))}), {"/": "http_0"}),
    Case("two-lengths", fixed({"/": _lines(_GOOD + "\nContent-Length: 7")}), {"/": "reset"}),
    Case("header-without-colon", fixed({"/": _lines(_GOOD + "\nnonsense")}), {"/": CAPTURED}),
    Case(
        "escape-codes-in-head", fixed({"/": _lines(_GOOD + "\nX-A: \x1b[2J\x1b]0;owned\x07\xff")})
    ),
    Case(
        "cookie-flood",
        fixed(
            {"/": _lines(_GOOD + "".join(f"\nSet-Cookie: c{n}={'v' * 60}" for n in range(2000)))}
        ),
    ),
    Case("hangs-up", fixed({"/": lambda path: iter(())}), {"/": "reset"}),
)
