"""Pages that need JavaScript: rendered where that is needed, kept beside what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from data import provider_file, warc
from data.models import REQUEST_LOG, Failure, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import WORDS, Answer, Route, Web, crawl, page, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}


def app(script: str) -> Answer:
    """An empty frame with a script in it."""
    return Answer(
        f'<title>App</title><body><div id="root"></div><script>{script}</script></body>'.encode(),
        headers=HTML,
    )


def fills(html: str) -> str:
    return f"document.getElementById('root').innerHTML = `{html}`;"


SPA = fills(f"<h1>Care</h1><p>{WORDS}</p><a href='/faq'>FAQ</a>")
SAYS = "onclick='{}.textContent=&quot;{}&quot;'"
FOLDED = fills(
    f"<h1>Questions</h1><p>{WORDS}</p>"
    f"<button aria-expanded=false {SAYS.format('answer', 'Yes, a nurse stays.')}>Nurse?</button>"
    "<div id=answer></div><div id=cookie-consent>"
    f"<button {SAYS.format('refused', 'R')}>Reject all</button>"
    f"<button {SAYS.format('refused', 'A')}>Accept all</button></div><i id=refused></i>"
)
ROUTES = fills(
    f"<h1>Care</h1><p>{WORDS}</p><a href='#/faq'>Answers</a><a href='#!/risks'>Risks</a>"
    "<a href='#/'>Home</a><a href='#/home'>Home</a><a href='#top'>Top</a><a href='#/login'>In</a>"
    # A place that is nowhere is a page; one that is there, or promises nothing, is none.
    "<a href='#pricing'>Cost</a><a href='#safety'>Safety</a><i id='safety'></i><a href='#x'>X</a>"
)
# Its server knows the first of its pages alone.
PRESSED = fills(
    f"<h1>Care</h1><p>{WORDS}</p><a href='/safety'>Safety</a><a href='/form.pdf'>Consent form</a>"
)
# It asks its own site for words in a way in which others send it something.
ASKS = (
    fills("<nav><a href='/faq'>FAQ</a></nav><h1>Care</h1><div class='skeleton'></div>")
    + "fetch('/graphql', {method: 'POST', body: '{}'}).then((r) => r.json()).catch(() => {});"
)
# What stands in its place at first is no page, and its scripts bring one.
CURTAIN = (
    "<p>You must be 18 or older to enter this site.</p><div id='root'>Soon</div>"
    f"<script>{SPA.replace('<h1>', '<nav><a href=/faq>FAQ</a></nav><h1>')}</script>"
)
# What it says if it fails lies in an application's frame from the beginning.
SPARE = (
    "<p hidden>Something went wrong. Please reload the page.</p><main id='view'></main>"
    f"<script>{SPA.replace('root', 'view')}</script>"
)
# A page on which scripts fail in our browser; what was sent is whole but for a skeleton.
CRASHES = (
    f"<body><h1>Care</h1><p>{WORDS}</p><a href='/faq'>FAQ</a><div class='skeleton'></div>"
    "<script>document.body.textContent ="
    " 'Application error: a client-side exception has occurred'</script>"
)
GONE = fills("<h1>404</h1><p>Page not found</p><a href='#/faq'>Answers</a>")
TELLS = (
    "fetch('/collect', {method: 'POST', body: 'x'}).catch(() => {});"
    "navigator.sendBeacon('/beacon', 'x');"
    "const f = document.createElement('form'); f.action = '/sent'; f.method = 'get';"
    "document.body.append(f); setTimeout(() => f.submit(), 300);"
)


def sites(web: Web, private: Web) -> dict[str, dict[str, Route]]:
    spies = (
        f"new Image().src = '{private.url('private.localhost', '/secret')}';"
        f"fetch('http://169.254.169.254/latest').catch(() => {{}});"
    )
    return {
        "spa.localhost": {"/": app(SPA), "/faq": app(FOLDED)},
        "form.localhost": {"/": app(SPA + TELLS), "/sent?": page("Sent"), "/sent": page("Sent")},
        "spy.localhost": {"/": app(SPA + spies)},
        "leaves.localhost": {"/": app(f"location = '{web.url('spa.localhost', '/faq')}'")},
        "routes.localhost": {"/": app(ROUTES)},
        "pressed.localhost": {"/": app(PRESSED)},
        "gone-from.localhost": {"/": page("Plain", "/safety|Safety")},
        "asks.localhost": {"/": app(ASKS), "/faq": page("FAQ")},
        "spare.localhost": {"/": Answer(SPARE.encode(), headers=HTML), "/faq": page("FAQ")},
        "curtain.localhost": {"/": Answer(CURTAIN.encode(), headers=HTML), "/faq": page("FAQ")},
        "crashes.localhost": {"/": Answer(CRASHES.encode(), headers=HTML), "/faq": page("FAQ")},
        "gone.localhost": {"/": page("Home", "/away|Away"), "/away": app(GONE)},
        "never.localhost": {"/": app("for (;;) {}")},
        "empty.localhost": {"/": app("")},
        "plain.localhost": {"/": page("Plain", "/book|Book a visit"), "/book": page("Book")},
    }


@dataclass(frozen=True)
class Seen:
    web: Web
    private: Web
    store: Store
    pages: dict[str, list[Page]]
    failures: dict[str, list[Failure]]

    def text(self, page: Page) -> str:
        return warc.read(self.store.path / page.warc_file, page.warc_offset).body().decode()

    def of(self, host: str, kind: str) -> list[Page]:
        return [p for p in self.pages[host] if p.kind == kind and p.content_type != REQUEST_LOG]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    with serve() as web, serve() as private:
        web.routes |= sites(web, private)
        private.routes["private.localhost"] = {"/secret": page("Secret")}
        store = Store.create(tmp_path_factory.mktemp("rendering") / "store")
        rows = [Provider(host, host, web.url(host)) for host in web.routes]
        provider_file.write(store.providers_path, rows)
        done = crawl(store.path)
        assert done.returncode in (0, 3), done.stderr
        yield Seen(web, private, store, by_host(store, Page), by_host(store, Failure))


def by_host(store: Store, kind: type[Any]) -> dict[str, list[Any]]:
    table = "pages" if kind is Page else "failures"
    found: dict[str, list[Any]] = defaultdict(list)
    for row in store.run().read(table, kind):
        found[row.provider_id].append(row)
    return found


def test_an_empty_frame_is_filled_and_its_links_are_followed(seen: Seen) -> None:
    first, second = seen.of("spa.localhost", "rendered")
    assert "a nurse sits with you" in seen.text(first)
    assert second.url.endswith("/faq")
    assert not seen.failures["spa.localhost"]


def test_what_was_sent_and_what_was_seen_stand_side_by_side(seen: Seen) -> None:
    (raw, _), (rendered, _) = (seen.of("spa.localhost", kind) for kind in ("raw", "rendered"))
    assert rendered.parent_capture_id == raw.capture_id
    assert raw.render_reason == rendered.render_reason == "shell"
    assert "a nurse sits with you" not in seen.text(raw).partition("<script>")[0]


def test_a_picture_stands_beside_it(seen: Seen) -> None:
    (_, rendered) = seen.of("spa.localhost", "rendered")
    records = list(warc.records(seen.store.path / rendered.warc_file))
    pictures = [r for r in records if r.target_uri.startswith("urn:fullPage:")]
    assert [p.payload[:3] for p in pictures] == [b"\xff\xd8\xff"] * 2


def test_what_is_folded_is_opened_and_cookies_are_refused(seen: Seen) -> None:
    text = seen.text(seen.of("spa.localhost", "rendered")[1])
    assert "Yes, a nurse stays." in text
    assert '<i id="refused">R</i>' in text


def test_nothing_is_submitted(seen: Seen) -> None:
    asked = {(method, path) for host, method, path in seen.web.log if host == "form.localhost"}
    read = {"/", "/faq", "/robots.txt", "/sitemap.xml"}
    assert asked == {("GET", path) for path in read}
    assert seen.of("form.localhost", "rendered")


def test_no_private_address_is_reached_from_within_a_page(seen: Seen) -> None:
    assert seen.of("spy.localhost", "rendered")
    assert seen.private.log == []


@pytest.mark.parametrize("host", ["leaves.localhost", "never.localhost", "empty.localhost"])
def test_a_frame_that_stays_empty_is_a_failure_of_rendering(seen: Seen, host: str) -> None:
    (failure,) = seen.failures[host]
    assert failure.failure_class == "render_failed"


def test_pages_behind_the_sign_of_a_place_are_known_not_to_have_been_read(seen: Seen) -> None:
    missing = {f.url.partition("#")[2]: f for f in seen.failures["routes.localhost"]}
    assert {r: f.expected_type for r, f in missing.items()} == {
        "/faq": "faq",
        "!/risks": "safety",
        "pricing": "pricing",
    }
    assert {f.failure_class for f in missing.values()} == {"render_failed"}
    assert "scripts show it" in missing["/faq"].remedy
    assert seen.of("routes.localhost", "rendered")


def test_what_a_server_lacks_and_scripts_may_show_is_not_called_dead(seen: Seen) -> None:
    classes = {f.url.rpartition("/")[2]: f for f in seen.failures["pressed.localhost"]}
    assert classes["safety"].failure_class == "render_failed"
    assert "the scripts of the page that links to it may" in classes["safety"].remedy
    assert classes["form.pdf"].failure_class == "dead_link"
    (plain,) = seen.failures["gone-from.localhost"]
    assert plain.failure_class == "dead_link"


def test_a_page_that_still_waits_for_what_we_did_not_ask_is_not_read(seen: Seen) -> None:
    (failure,) = seen.failures["asks.localhost"]
    assert (failure.expected_type, failure.failure_class) == ("home", "render_failed")
    assert "POST" in failure.remedy
    # Its links are followed all the same.
    assert any(p.url.endswith("/faq") for p in seen.of("asks.localhost", "raw"))


def test_what_stands_before_a_page_at_first_is_looked_behind(seen: Seen) -> None:
    for host in ("curtain.localhost", "spare.localhost"):
        assert seen.of(host, "rendered")
        assert not seen.failures[host]


def test_what_fails_in_our_browser_is_our_failure_and_its_links_are_followed(seen: Seen) -> None:
    (failure,) = seen.failures["crashes.localhost"]
    assert failure.failure_class == "render_failed"
    assert any(p.url.endswith("/faq") for p in seen.of("crashes.localhost", "raw"))


def test_a_page_that_is_none_has_no_further_pages_in_it(seen: Seen) -> None:
    assert [f.url.partition("#")[2] for f in seen.failures["gone.localhost"]] == [""]


def test_a_plain_page_is_not_rendered_but_a_booking_page_is(seen: Seen) -> None:
    (rendered,) = seen.of("plain.localhost", "rendered")
    assert rendered.url.endswith("/book")
    assert rendered.render_reason == "trackers"
