"""What a page may try, as it loads or as something in it is pressed: nothing but GET leaves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from crawlers.browser import chromium
from crawlers.browser import start as browser_start
from crawlers.browser.browser import Chromium
from crawlers.browser.rendered import Rendered
from crawlers.conduct.guard import Guard
from tests.crawlers.crawled_world import self_signed
from tests.crawlers.sites_served import WORDS, Answer, Web, serve

HOST = "told.localhost"
TYPED = {"Content-Type": "text/html; charset=utf-8"}
FORMS = (
    "<form id=sends method=post action=/told/sent><input name=a></form>"
    "<form id=asks action=/told/asked><input name=a><button id=go>Go</button></form>"
    "<form id=framed method=post target=inner action=/told/framed><input name=a></form>"
    "<iframe name=inner></iframe>"
)
LINK = "const a = document.createElement('a'); document.body.append(a); a.href = '/told/went'; "
# What a press sets going; the address of each begins with what nobody may ask for.
TRIES = {
    "post": "fetch('/told/post', {method: 'POST', body: 'x'})",
    "put": "fetch('/told/put', {method: 'PUT', body: 'x'})",
    "kept": "fetch('/told/kept', {method: 'POST', keepalive: true, body: 'x'})",
    "beacon": "navigator.sendBeacon('/told/beacon', 'x')",
    "later": "fetchLater('/told/later', {method: 'POST', body: 'x', activateAfter: 0})",
    "worker": "new Worker('/worker.js')",
    "shared": "new SharedWorker('/worker.js')",
    "submit": "document.getElementById('sends').submit()",
    "request": "document.getElementById('asks').requestSubmit()",
    "click": "document.getElementById('go').click()",
    "framed": "document.getElementById('framed').requestSubmit()",
    "open": "window.open('/told/went')",
    "blank": LINK + "a.target = '_blank'; a.click()",
    "download": LINK + "a.download = 'x.pdf'; a.click()",
    "goes": "location.replace('/told/went')",
    "call": "location.href = 'tel:+15550100'",
    "socket": "new WebSocket(`wss://${location.host}/told/socket`)",
    "video": "const v = document.createElement('video'); v.src = '/told/video.mp4'; v.play()",
}
# The browser's own telling, of what a page's policy does not allow.
POLICY = {"Content-Security-Policy": "img-src 'none'; report-to here; report-uri /told/report"}
# Labels of what is a patient's alone to do or to say; and of what only shows something.
COMMANDS = (
    *(
        "Log out",
        "I consent",
        "I consent to the privacy policy",
        "I understand the risks",
        "Opt in",
    ),
    *("Yes, I am over 18", "I am 21 or older", "Chat with us", "Call now", "Play video", "Submit"),
    *("Book now", "Reserve", "Buy now", "Unsubscribe", "Delete my data", "Accept terms"),
    *("Give consent", "I have read the consent form", "Enable notifications"),
)
SHOWS = (
    *("Side effects", "Safety information", "Informed consent", "Terms of use", "Preparation"),
    *("I am pregnant. What now?", "No side effects?"),
)
# More of them that only do something where nothing says that they open anything.
DOES = (
    "Cancel membership",
    "Verify insurance",
    "Complete screening",
    "Consent",
    "Help",
    "Get help",
)
SHAPES = {
    "plain": "<div><button onclick='{}'>{}</button></div>",
    "role": "<div role=button tabindex=0 onclick='{}'>{}</div>",
    "marked": "<div><button aria-expanded=false data-action=go onclick='{}'>{}</button></div>",
    "shared": "<div class=accordion><button type=button onclick='{}'>{}</button></div>",
    "bar": "<footer><button onclick='{}'>{}</button></footer>",
}
INSIDE = "<form><button type=button onclick='{}'>{}</button></form>"
SAYS = 'fetch("/pressed/{}")'


def document(body: str, **headers: str) -> Answer:
    html = f"<!doctype html><title>Care</title><h1>Care</h1>{body}<p>{WORDS}</p>{FORMS}"
    return Answer(html.encode(), headers={**TYPED, **headers})


def name(label: str) -> str:
    return re.sub(r"\W+", "-", label.lower()).strip("-")


def labelled(shape: str, form: str, labels: tuple[str, ...]) -> str:
    """Buttons that tell the server when they are pressed."""
    told = ((SAYS.format(f"{shape}/{name(label)}"), label) for label in labels)
    return "".join(form.format(script, label) for script, label in told)


def pages(web: Web) -> dict[str, Answer]:
    where = {"Reporting-Endpoints": f'here="{web.url(HOST, "/told/report")}"'.replace("p:", "ps:")}
    made = {"/policy": document("<img src=/seen.png>", **POLICY, **where)}
    for what, script in TRIES.items():
        pressed = f'<button onclick="{SAYS.format(what)}; {script}">'.replace('("', "('")
        pressed = pressed.replace('")', "')")
        made[f"/{what}"] = document(f"<script></script>{pressed}Side effects</button>")
    for shape, form in SHAPES.items():
        made[f"/{shape}-never"] = document(labelled(shape, form, COMMANDS))
        made[f"/{shape}-shows"] = document(labelled(shape, form, SHOWS[:5]))
    made["/does"] = document(labelled("plain", SHAPES["plain"], DOES))
    made["/folds"] = document(labelled("marked", SHAPES["marked"], SHOWS[5:]))
    made["/inside"] = document(labelled("inside", INSIDE, SHOWS))
    return made


@dataclass(frozen=True)
class Seen:
    web: Web
    pages: dict[str, Rendered]

    @property
    def pressed(self) -> set[str]:
        """What told the server that it was pressed."""
        asked = self.web.asked(HOST)
        return {path.removeprefix("/pressed/") for path in asked if path.startswith("/pressed/")}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    certificate = self_signed(tmp_path_factory.mktemp("tls") / "own.pem")
    trusting = (*browser_start._ARGUMENTS, "--ignore-certificate-errors")
    with pytest.MonkeyPatch.context() as patched, serve(certificate) as web:
        patched.setattr(browser_start, "_ARGUMENTS", trusting)
        told = b"fetch('/told/worker', {method: 'POST', body: 'x'})"
        script = Answer(told, headers={"Content-Type": "text/javascript"})
        web.routes[HOST] = {**pages(web), "/worker.js": script}
        yield Seen(web, asyncio.run(_visit(web)))


async def _visit(web: Web) -> dict[str, Rendered]:
    executable = chromium.find()
    assert executable is not None, "these tests need Chromium"
    browser = Chromium(executable, "ketawatch tests", Guard([f"{HOST}:{web.port}"]))
    paths = [path for path in web.routes[HOST] if not path.endswith(".js")]
    try:
        urls = [web.url(HOST, path).replace("http:", "https:") for path in paths]
        looks = [browser.render(url, lambda url: HOST in url) for url in urls]
        return dict(zip(paths, await asyncio.gather(*looks), strict=True))
    finally:
        await browser.stop()


def test_nothing_but_get_leaves_and_no_form_is_sent(seen: Seen) -> None:
    assert {method for _, method, _ in seen.web.log} == {"GET"}
    assert not [path for path in seen.web.asked(HOST) if path.startswith("/told")]
    # They were tried, once the log was closed.
    assert set(TRIES) <= seen.pressed
    logged = [asked.url for page in seen.pages.values() for asked in page.asked]
    assert logged
    assert not [url for url in logged if "/pressed" in url or "/told/post" in url]
    assert not {path: page.trouble for path, page in seen.pages.items() if page.trouble}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_a_patients_to_do_is_not_pressed(seen: Seen, shape: str) -> None:
    assert not {f"{shape}/{name(label)}" for label in COMMANDS} & seen.pressed
    assert {f"{shape}/{name(label)}" for label in SHOWS[:5]} <= seen.pressed


def test_a_button_that_does_something_is_not_pressed(seen: Seen) -> None:
    assert not {f"plain/{name(label)}" for label in DOES} & seen.pressed
    assert not any(told.startswith("inside/") for told in seen.pressed)
    assert {f"marked/{name(label)}" for label in SHOWS[5:]} <= seen.pressed
