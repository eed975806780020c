"""Which of a site's addresses are captured; every other one is in the ledger with a reason.

One loopback crawl of one site that has a calendar, a shop's facets, pages for every state, other
languages, addresses with sessions, and sitemaps of every kind.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data import provider_file
from data.models import Coverage, Failure, Page, Provider, Skipped
from data.store import Store
from tests.crawlers.sites_served import WORDS, Answer, Web, crawl, page, redirect, serve

HOST = "harbor.localhost"
STATES = (
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "delaware",
    "florida",
    "georgia",
)
PDF = Answer(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"})


def html(head: str, *links: str) -> Answer:
    body = page("Page", *links).body.replace(b"<title>", f"{head}<title>".encode(), 1)
    return Answer(body, headers={"Content-Type": "text/html"})


def listed(*places: str) -> bytes:
    urls = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    return f"<urlset>{urls}</urlset>".encode()


def index(*places: str) -> Answer:
    files = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    text = f"<sitemapindex>{files}</sitemapindex>"
    return Answer(text.encode(), headers={"Content-Type": "text/html"})  # the wrong type


def maps(web: Web) -> dict[str, Answer]:
    """robots.txt, and the sitemaps that it leads to."""

    def at(path: str) -> str:
        return web.url(HOST, path)

    spanish = (
        f"<url><loc>{at('/cost')}</loc>"
        f"<link rel='alternate' hreflang='es' href='{at('/precios')}'/></url>"
    )
    return {
        "/robots.txt": Answer(b"Sitemap: /index.xml\nSitemap: https://elsewhere.example/map.xml"),
        "/index.xml": index(
            *(
                "/pages.xml.gz",
                "/deep.xml",
                "/broken.xml",
                "/resting.xml",
                "/not-one.xml",
                "/index.xml",
            )
        ),
        "/pages.xml.gz": Answer(
            gzip.compress(listed(at("/in-the-sitemap"), "https://elsewhere.example/x")),
            headers={"Content-Type": "application/octet-stream"},
        ),
        "/deep.xml": index("/deeper.xml"),
        "/deeper.xml": index("/deepest.xml"),
        "/deepest.xml": Answer(listed(at("/too-deep"))),
        "/broken.xml": Answer(listed(at("/before-the-fault"))[:-9] + spanish.encode() + b"<url><l"),
        "/resting.xml": Answer(b"", 503, {"Retry-After": "0"}),
        "/not-one.xml": page("No such map"),
    }


def front(web: Web) -> Answer:
    """The home page, with links of every kind."""
    return page(
        "Harbor",
        *(
            "/index.html|Home",
            "/faq?from=menu|FAQ",
            "/faq?from=footer|FAQ",
            "/based/|How it works",
        ),
        *("/sent-on|Safety", "/staff;jsessionid=1A?PHPSESSID=2|Team", "/team/(S(abc))/|Team"),
        *("/places?view=map|Locations", "/shop?size=1|Shop", "/book/|Book", "/blog/|Blog"),
        *(f"/book/2026-11-{day:02}" for day in range(1, 31)),
        *(f"/shop?size={n}&tint={n % 3}" for n in range(20)),
        *(f"/ketamine-clinic-{state}|{state}" for state in STATES),
        *("/es/|Español", f"http://consent.{HOST}:{web.port}/|Consent form", "/page.html|Page"),
    )


def alike() -> dict[str, Answer]:
    """Pages of which there are many: states, days, facets."""
    return {
        **{f"/ketamine-clinic-{state}": page(state) for state in STATES},
        **{f"/book/2026-11-{day:02}": page(f"Day {day}") for day in range(1, 31)},
        **{f"/shop?size={n}&tint={n % 3}": page(f"Item {n}") for n in range(20)},
    }


def pages() -> dict[str, Answer]:
    """What stands behind the links."""
    return {
        "/faq?from=menu": html('<link rel="canonical" href="/faq">', "/faq|FAQ"),
        "/faq?from=footer": html('<link rel="canonical" href="/faq">'),
        "/based/": html('<base href="/elsewhere/">', "steps|Steps"),
        "/elsewhere/steps": page("Steps"),
        "/sent-on": html('<meta http-equiv="refresh" content="0; url=/safety-facts">'),
        "/safety-facts": page("Safety"),
        "/staff": page("Staff"),
        "/team/": page("Team"),
        "/places": page("Places"),
        "/page.html": html(
            '<link rel="canonical" href="/"><link rel="alternate" hreflang="fr" href="/page-fr">',
            "/post?replytocom=1|Reply",
        ),
        "/post": page("Post", "/post?replytocom=2|Reply"),
        "/book/": page("Book"),
        "/blog/": page("Blog", "/numbered/1", "/numbered/2"),
        "/cost": page("Cost"),
        "/in-the-sitemap": page("Seldom seen"),
        "/before-the-fault": page("Seldom seen, too"),
        "/shop?size=1": page("Shop"),
        "/numbered/1": Answer(
            b"<embed src=/form.pdf><object data=/guide.pdf></object>" + WORDS.encode(),
            headers={"Content-Type": "text/html"},
        ),
        "/numbered/2": redirect("/"),
        "/form.pdf": PDF,
        "/guide.pdf": PDF,
    }


def site(web: Web) -> dict[str, Answer]:
    return maps(web) | {"/": front(web)} | alike() | pages()


@dataclass(frozen=True, slots=True)
class Found:
    """What the crawl left behind, by path."""

    web: Web
    pages: dict[str, Page]
    skipped: dict[str, str]
    failures: dict[str, str]
    coverage: dict[str, Coverage]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    folder: Path = tmp_path_factory.mktemp("harbor")
    with serve() as web:
        web.routes[HOST] = dict(site(web))
        web.routes[f"consent.{HOST}"] = {"/": page("Consent"), "/robots.txt": Answer(b"")}
        store = Store.create(folder / "store")
        provider_file.write(store.providers_path, [Provider(HOST, "Harbor", web.url(HOST))])
        done = crawl(store.path, "--render", "never", "--max-pages", "100")
        assert done.returncode == 0, done.stderr
        run, front = store.run(), web.url(HOST, "")
        yield Found(
            web,
            {p.url.removeprefix(front): p for p in run.read("pages", Page) if p.status == 200},
            {s.url.removeprefix(front): s.reason for s in run.read("skipped", Skipped)},
            {f.url.removeprefix(front): f.failure_class for f in run.read("failures", Failure)},
            {c.expected_type: c for c in run.read("coverage", Coverage)},
        )


def test_what_stands_behind_base_refresh_sessions_and_embedding_is_captured(found: Found) -> None:
    wanted = {"/elsewhere/steps", "/staff", "/team/", "/form.pdf", "/guide.pdf"}
    assert wanted <= set(found.pages)
    assert found.pages["/form.pdf"].kind == "pdf"
    assert found.pages["/sent-on"].final_url.endswith(("/sent-on", "/safety-facts"))
    assert found.web.asked(HOST)["/safety-facts"] == 1


def test_a_sub_domain_for_consent_forms_is_the_providers(found: Found) -> None:
    url = f"http://consent.{HOST}:{found.web.port}/"
    assert found.pages[url].expected_type == "consent"


def test_an_address_that_a_page_calls_itself_is_not_asked_again(found: Found) -> None:
    asked = found.web.asked(HOST)
    assert asked["/faq"] == 0
    # A page that calls the home page its canonical address is a page all the same.
    assert asked["/page.html"] == asked["/"] == 1
    assert asked["/index.html"] == 0
    assert found.skipped["/index.html"] == "duplicate"


def test_calendars_and_facets_are_cut_and_the_page_behind_them_is_kept(found: Found) -> None:
    asked = found.web.asked(HOST)
    days = [path for path in asked if path.startswith("/book/2026")]
    items = [path for path in asked if path.startswith("/shop?")]
    # A day is a page's less often than what a query asks for.
    assert (len(days), len(items)) == (3, 10)
    assert sum(reason == "trap" for reason in found.skipped.values()) == 20 + 11 + 3 + 7
    assert asked["/places"] == asked["/post"] == 1
    assert {found.skipped[p] for p in ("/places?view=map", "/post?replytocom=2")} == {"trap"}


def test_pages_for_every_state_are_sampled_and_that_is_said(found: Found) -> None:
    asked = [path for path in found.web.asked(HOST) if path.startswith("/ketamine-clinic-")]
    left = [p for p, reason in found.skipped.items() if reason == "sampled_out"]
    assert len(asked) + len(left) == len(STATES)
    assert {p.rpartition("-")[0] for p in left} == {"/ketamine-clinic"}
    row = found.coverage["location"]
    assert (row.captured, row.sampled_out) == (5, len(STATES) + 1 - 5)
    assert row.discovered == row.captured + row.sampled_out + row.skipped + row.failed


def test_other_languages_are_left_out_and_their_originals_are_not(found: Found) -> None:
    left = {p for p, reason in found.skipped.items() if reason == "other_language"}
    assert left == {"/es/", "/precios", "/page-fr"}
    assert "/cost" in found.pages


def test_sitemaps_lead_on_however_they_are_sent(found: Found) -> None:
    assert {"/in-the-sitemap", "/before-the-fault"} <= set(found.pages)
    assert found.pages["/in-the-sitemap"].found_on == found.web.url(HOST, "/pages.xml.gz")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/deepest.xml", "sitemap_limit"),
        ("/broken.xml", "sitemap_cut"),
        ("/resting.xml", "sitemap_unread"),
        ("/not-one.xml", "sitemap_unread"),
        ("https://elsewhere.example/map.xml", "off_site"),
        ("https://elsewhere.example/x", "off_site"),
    ],
)
def test_what_no_sitemap_told_is_said(found: Found, path: str, reason: str) -> None:
    assert found.skipped[path] == reason


def test_every_address_has_one_end(found: Found) -> None:
    ends = [set(found.pages), set(found.skipped), set(found.failures)]
    assert not ends[0] & ends[1]
    assert not ends[1] & ends[2]
    assert not found.failures
    total = sum(c.discovered for c in found.coverage.values())
    maps = sum(r.startswith(("sitemap", "off_site", "dupl")) for r in found.skipped.values())
    # Beside the pages: /numbered/2, which led to the home page.
    assert total == len(found.pages) + len(found.skipped) - maps + 1
