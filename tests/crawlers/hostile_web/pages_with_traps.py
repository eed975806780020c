"""Pages that would have a browser or a naive crawler do what it must not."""

from __future__ import annotations

from tests.crawlers.hostile_web.links_without_end import BOUND
from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    RENDERED,
    RENDERED_OR_NOT,
    Case,
    Here,
    Routes,
    html,
)
from tests.crawlers.sites_served import WORDS, Answer, page


def _app(script: str, more: str = "") -> Answer:
    """An empty frame that a browser has to fill, and what it does beside."""
    fill = f"document.getElementById('root').innerHTML = `<h1>Care</h1><p>{WORDS}</p>`;"
    text = f'<title>App</title><div id="root"></div>{more}<script>{fill}{script}</script>'
    return Answer(text.encode(), 200, HTML)


_FORM = '<form id=f method={0} action="/sent"><input name=mail value=a@b.example></form>'


def _forms(here: Here) -> Routes:
    submit = "document.getElementById('f').submit();"
    return {
        "/": _app(submit, _FORM.format("post")),
        "/robots.txt": Answer(b"Sitemap: /none.xml"),
        "*": page("Sent"),
    }


def _get_form(here: Here) -> Routes:
    return {"/": _app("setTimeout(() => f.submit(), 400)", _FORM.format("get")), "*": page("Sent")}


def _plain_form(here: Here) -> Routes:
    body = f'<body onload="f.submit()">{_FORM.format("get")}{_FORM.format("post")}'
    return {"/": html(f'{body}<a href="#" onclick="f.submit()">Send</a>')}


def _beacons(here: Here) -> Routes:
    script = (
        "navigator.sendBeacon('/sent', 'x'); fetch('/sent', {method: 'POST', body: 'x'});"
        "fetch('/sent', {method: 'PUT'}); fetch('/sent', {method: 'DELETE'});"
        "const x = new XMLHttpRequest(); x.open('POST', '/sent'); x.send('x');"
    )
    return {"/": _app(script)}


def _inside(here: Here) -> Routes:
    places = [
        f"{host}:{here.private}" for host in ("127.0.0.1", "2130706433", "[::1]", "localhost")
    ]
    script = "".join(
        f"fetch('http://{p}/f', {{mode: 'no-cors'}}).catch(() => 0);"
        f"new Image().src = 'http://{p}/i'; try {{ new WebSocket('ws://{p}/w') }} catch (e) {{}};"
        f"window.open('http://{p}/o');"
        for p in places
    )
    frames = "".join(
        f'<iframe src="http://{p}/r"></iframe><object data="http://{p}/d"></object>' for p in places
    )
    return {"/": _app(script, frames)}


def _leaves_inside(here: Here) -> Routes:
    return {"/": _app(f"location = 'http://127.0.0.1:{here.private}/'")}


def _scrolls(here: Here) -> Routes:
    script = (
        "onscroll = () => root.insertAdjacentHTML('beforeend', '<p style=height:2000px>More</p>');"
    )
    return {"/": _app(script)}


def _frames(here: Here) -> Routes:
    return {
        "/": html("".join(f'<iframe src="/frame-{n}"></iframe>' for n in range(300))),
        "*": page("Framed"),
    }


_RESTLESS = "setInterval(() => history.pushState(0, '', '/p' + Math.random()), 5);"
_TALKS = "alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'; print();"
_OPENS = "for (let n = 0; n < 200; n++) window.open('/popup-' + n);"
_LOADS = "for (let n = 0; n < 200; n++) fetch('/data-' + n);"
_GROWS = (
    "let s = 'x'; setInterval(() => { s += s.slice(0, 1e6); root.append(s.slice(0, 1e5)) }, 5);"
)
_FILES = "const a = document.createElement('a'); a.href = '/file.exe'; a.download = 'f'; a.click();"

_ODD_LINKS = (
    '<a href="javascript:steal()">a</a><a href="data:text/html,b">b</a><a href="file:///etc/hosts">c</a>'
    '<a href="mailto:a@b.example">d</a><a href="tel:1">e</a><a href="blob:x">f</a>'
    '<a href=" jav&#x09;ascript:x">g</a><a href="http://">h</a><a href="//">i</a><a href="http://[::">j</a>'
    '<a href="http://a b/">k</a><a href="?">l</a><a href="http:/faq">m</a><a href="%00">n</a>'
    '<a href="http://x:99999/">o</a><a href="\\\\evil.example\\x">p</a>'
)


def _languages(here: Here) -> Routes:
    head = "".join(
        f'<link rel=alternate hreflang={code} href="/{code}/">'
        for code in ("es", "fr", "zh", "x-default")
    )
    return {
        "/": html('<a href="/pt/" hreflang=pt>Português</a>', head),
        "/x-default/": page("Default"),
    }


CASES = (
    Case("form-sends-itself", _forms, {"/": RENDERED}, most=5, never=("/sent",)),
    Case("get-form-sends-itself", _get_form, {"/": RENDERED}, most=5, never=("/sent",)),
    Case("form-on-load", _plain_form, most=4, never=("/sent",)),
    Case("beacons", _beacons, {"/": RENDERED}, most=5, never=("/sent",)),
    Case("script-looks-inside", _inside, {"/": RENDERED}, most=5),
    # A busy machine may not give these a turn beside a script that never ends: then they have
    # another one, alone, so that each may be asked twice by the browser.
    Case("script-goes-inside", _leaves_inside, {"/": RENDERED_OR_NOT}, most=6),
    Case("infinite-scroll", _scrolls, {"/": RENDERED}, most=6),
    Case("restless-address", lambda here: {"/": _app(_RESTLESS)}, {"/": RENDERED_OR_NOT}, most=6),
    Case("talks-to-the-visitor", lambda here: {"/": _app(_TALKS)}, {"/": RENDERED}, most=5),
    Case("opens-windows", lambda here: {"/": _app(_OPENS)}, {"/": RENDERED}, most=5),
    Case("loads-without-end", lambda here: {"/": _app(_LOADS)}, {"/": RENDERED_OR_NOT}, most=410),
    Case("grows-without-end", lambda here: {"/": _app(_GROWS)}, {"/": RENDERED}, most=5),
    Case(
        "script-without-end",
        lambda here: {"/": _app("for (;;) {}")},
        {"/": "render_failed"},
        most=5,
    ),
    Case("pushes-a-file", lambda here: {"/": _app(_FILES)}, {"/": RENDERED_OR_NOT}, most=7),
    Case("frames-without-end", _frames, most=BOUND),
    Case("odd-links", lambda here: {"/": html(_ODD_LINKS)}, most=10),
    Case(
        "base-elsewhere",
        lambda here: {
            "/": html('<a href="faq">FAQ</a>', '<base href="https://elsewhere.example/">')
        },
        most=3,
        never=("/faq",),
    ),
    Case(
        "base-inside",
        lambda here: {
            "/": html('<a href="faq">FAQ</a>', f'<base href="http://127.0.0.1:{here.private}/">')
        },
        most=3,
        never=("/faq",),
    ),
    Case(
        "base-nonsense",
        lambda here: {
            "/": html('<a href="/faq">FAQ</a>', '<base href="http://[x">'),
            "/faq": page("FAQ"),
        },
        {"/": CAPTURED, "/faq": CAPTURED},
    ),
    Case(
        "canonical-elsewhere",
        lambda here: {"/": html("", '<link rel=canonical href="https://elsewhere.example/">')},
        most=3,
    ),
    Case(
        "languages",
        _languages,
        {"/": CAPTURED, "/es/": "skipped:other_language", "/pt/": "skipped:other_language"},
        never=("/es", "/fr", "/zh", "/pt"),
    ),
)
