"""One body under two addresses: it fills no sample twice, and the home page's may be no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.walk.twins import Twins
from data import provider_file
from data.models import Failure, Page, Provider, Skipped
from data.store import Store
from tests.crawlers.sites_served import WORDS, crawl, page, serve

SITE = "https://clinic.example"
HOST = "twice.localhost"


@pytest.mark.parametrize(
    ("first", "second", "is_met"),
    [
        ("/faq", "/faq.html", True),
        ("/faq/", "/faq/index.php", True),
        ("/faq", "/FAQ/", True),
        ("/faq", "/faq", False),
        ("/faq", "/terms", False),
        ("/faq?p=1", "/faq.html?p=2", False),
        ("/faq", "/faq.pdf", False),
    ],
)
def test_two_spellings_with_one_body_are_one_page(first: str, second: str, is_met: bool) -> None:
    for known in ([], [(SITE + first, "digest")]):
        twins = Twins(f"{SITE}/", known)
        assert not twins.is_met(SITE + first, "digest")
        assert twins.is_met(SITE + second, "digest") is is_met
        assert not twins.is_met(SITE + second, "another body")


def test_without_a_browser_a_home_page_in_a_pages_place_is_no_page(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    home = page("Care", "/safety|Safety", "/home|Home", text=f"{WORDS}<script></script>")
    with serve() as web:
        web.routes[HOST] = dict.fromkeys(("/", "/safety", "/home"), home)
        provider_file.write(store.providers_path, [Provider(HOST, "Care", web.url(HOST))])
        assert crawl(store.path, "--render", "never").returncode == 0
        place = web.url(HOST, "/safety")
    (lost,) = store.run().read("failures", Failure)
    assert (lost.url, lost.failure_class) == (place, "render_failed")
    assert lost.remedy.startswith("the home page was sent in its place")


def test_a_sample_holds_five_pages_and_not_three_twice(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    posts = [f"/blog/post-{name}" for name in ("a", "b", "c", "d", "e", "f", "g")]
    with serve() as web:
        spelt = [place for post in posts for place in (post, f"{post}.html")]
        web.routes[HOST] = {
            "/": page("Care", *spelt),
            **{post: page(post) for post in posts},
            **{f"{post}.html": page(post) for post in posts},
        }
        provider_file.write(store.providers_path, [Provider(HOST, "Care", web.url(HOST))])
        assert crawl(store.path).returncode == 0
    run = store.run()
    read = {p.payload_sha256 for p in run.read("pages", Page) if "/blog/" in p.url}
    assert len(read) == 5
    left = {s.url.removeprefix(web.url(HOST, "")) for s in run.read("skipped", Skipped)}
    assert {f"{post}.html" for post in posts[5:]} <= left
