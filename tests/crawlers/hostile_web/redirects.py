"""Redirects that lead nowhere, elsewhere, or to machines that nobody outside may reach."""

from __future__ import annotations

from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    Case,
    Here,
    Routes,
    fixed,
    html,
    raw,
)
from tests.crawlers.sites_served import Answer, page, redirect

# Digits that a careless normalisation makes ordinary, as they go over the wire.
_WIDE = "１２７".encode().decode("latin-1")
LOOP, GUARD, AWAY = "redirect_loop", "guard", "off_site_redirect"


def _count_up(path: str) -> Answer:
    return redirect(f"/hop/{int(path.rpartition('/')[2] or 0) + 1}")


def _refresh(target: str, seconds: int = 0) -> Answer:
    return html("", f'<meta http-equiv="refresh" content="{seconds}; url={target}">')


def _refresh_up(path: str) -> Answer:
    return _refresh(f"/hop/{int(path.rpartition('/')[2] or 0) + 1}")


def _to(*targets: str) -> dict[str, str]:
    """Paths that stand for where a home page sends its visitor."""
    return {f"/to-{n}": target for n, target in enumerate(targets)}


def _inside(here: Here) -> dict[str, str]:
    """Every spelling of an address that nobody may reach."""
    return _to(
        f"http://127.0.0.1:{here.private}/",
        f"http://2130706433:{here.private}/",
        f"http://0177.0.0.1:{here.private}/",
        f"http://0x7f000001:{here.private}/",
        f"http://127.1:{here.private}/",
        f"http://[::1]:{here.private}/",
        f"http://[::ffff:127.0.0.1]:{here.private}/",
        f"http://[::ffff:7f00:1]:{here.private}/",
        f"http://localhost:{here.private}/",
        f"http://localhost.:{here.private}/",
        f"http://0.0.0.0:{here.private}/",
        f"http://{here.host}@127.0.0.1:{here.private}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "file:///etc/hostname",
        "ftp://127.0.0.1/",
        f"http://{_WIDE}.0.0.1:{here.private}/",
    )


def _odd(here: Here) -> list[str]:
    """Places that no book allows; UTF-8 and Latin-1 go over the wire as they are."""
    return [
        "/café".encode().decode("latin-1"),
        "/caf\xe9",
        r"\b",
        f"///{here.host}:{here.port}/c",
        f"http:///{here.host}:{here.port}/d",
        "/e f#g",
    ]


def _inside_routes(here: Here) -> Routes:
    places = _inside(here)
    return {"/": page("Care", *places), **{path: redirect(to) for path, to in places.items()}}


def _by_refresh(here: Here) -> Routes:
    return {
        "/": page("Care", "/meta", "/header"),
        "/meta": _refresh(f"http://2130706433:{here.private}/"),
        "/header": redirect(f"http://127.0.0.1:{here.private}/", 307),
    }


def _linked(here: Here) -> Routes:
    return {"/": page("Care", *_inside(here).values())}


CASES = (
    Case(
        "circle",
        fixed({"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")}),
        {"/": LOOP},
    ),
    Case("to-itself", fixed({"*": redirect}), {"/": LOOP}),
    Case("hops-without-end", fixed({"*": _count_up}), {"/": LOOP}, most=14),
    Case("refresh-circle", fixed({"/": _refresh("/a"), "/a": _refresh("/")}), {"/": LOOP}),
    Case("refresh-without-end", fixed({"*": _refresh_up}), {"/": LOOP}, most=14),
    Case("refresh-of-itself", fixed({"/": _refresh("/", 5)})),
    Case("slow-refresh", fixed({"/": _refresh("http://elsewhere.example/", 600)})),
    Case("to-another-site", fixed({"/": redirect("https://elsewhere.example/")}), {"/": AWAY}),
    Case("refresh-to-another-site", fixed({"/": _refresh("//elsewhere.example/")}), {"/": AWAY}),
    Case(
        "redirects-inside",
        _inside_routes,
        {"/": CAPTURED, **{f"/to-{n}": GUARD for n in range(20)}},
        most=25,
    ),
    Case("refreshes-inside", _by_refresh, {"/": CAPTURED, "/meta": GUARD, "/header": GUARD}),
    Case("links-inside", _linked, most=3),
    Case("redirect-to-script", fixed({"/": redirect("javascript:alert(1)")}), {"/": GUARD}),
    Case("redirect-to-data", fixed({"/": redirect("data:text/html,hi")}), {"/": GUARD}),
    Case("redirect-to-nowhere", fixed({"/": Answer(b"", 302, HTML)}), {"/": "http_302"}),
    Case("redirect-to-nonsense", fixed({"/": redirect("http://[bad")}), {"/": "http_302"}),
    Case(
        "split-location",
        fixed(
            {
                "/": lambda path: raw(
                    "HTTP/1.1 302 Found\nLocation: /a%0d%0aX:1\x0bb c\nContent-Length: 0"
                ),
                "*": page("On"),
            }
        ),
    ),
    Case(
        "places-as-browsers-read-them",
        lambda here: {
            "/": page("Care", *_to(*_odd(here))),
            **{path: redirect(place) for path, place in _to(*_odd(here)).items()},
            **{path: page("On") for path in ("/caf%C3%A9", "/caf%E9", "/b", "/c", "/d", "/e%20f")},
        },
        {"/": CAPTURED, **{f"/to-{n}": CAPTURED for n in range(6)}},
        most=16,
    ),
    Case(
        "refresh-header",
        fixed({"/": Answer(b"<p>on", 200, {**HTML, "Refresh": "0; url=/on"}), "/on": page("On")}),
    ),
    Case("refresh-to-script", fixed({"/": _refresh("javascript:alert(1)")})),
    Case(
        "refresh-that-is-text",
        fixed({"/": html('<textarea><meta http-equiv="refresh" content="0;url=/no"></textarea>')}),
        never=("/no",),
    ),
    Case(
        "hidden-user",
        lambda here: {
            "/": redirect(f"http://bank.example:80@{here.host}:{here.port}/in"),
            "/in": page("In"),
        },
    ),
)
