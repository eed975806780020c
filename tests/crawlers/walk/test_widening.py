"""A site grows by what the provider links as its own elsewhere; a private address stays shut."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.scope import SiteScope
from crawlers.ledger.addresses import Address, Step
from crawlers.ledger.ledger import Ledger
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.links.page_links import MAX_LINKS
from crawlers.responses.page_facts import look
from crawlers.walk.sitemap_discovery import SiteDiscovery
from data import provider_file
from data.models import Failure, Page, Provider, Skipped
from data.store import Store
from data.vocabulary import PageType
from tests.crawlers.sites_served import Answer, Web, command, environment, page, redirect, serve

HOME = "https://quietharbor.example/"
FORM = "https://docs.google.com/forms/d/e/1F/viewform"
DESK = "https://intercom.help/quietharbor/en/"


class Site:
    """One site's discovery over a real ledger; each page is one step."""

    def __init__(self, ledger: Ledger, *, may_widen: bool = True) -> None:
        self.scope = SiteScope(HOME, may_widen=may_widen)
        self.ledger = SiteLedger(ledger, "harbor")
        provider = Provider("harbor", "Quiet Harbor Ketamine", HOME)
        self._found = SiteDiscovery(provider, self.scope, self.ledger)

    def read(self, url: str, *links: str) -> None:
        """Take up a page with such links, each ``href|text``."""
        body, step = page("Page", *links).body, Step()
        answer = Exchange(url, 200, [("Content-Type", "text/html")], body, "2026")
        facts = look(body, url, "text/html")
        self._found.in_page(step, Address(url, PageType.OTHER), answer, facts)
        self.ledger.write(step)

    def read_sitemap(self, *places: str) -> None:
        """Take up a sitemap."""
        listed, step = "".join(f"<url><loc>{place}</loc></url>" for place in places), Step()
        answer = Exchange(HOME, 200, [], f"<urlset>{listed}</urlset>".encode(), "2026")
        address = Address(f"{HOME}sitemap.xml", PageType.OTHER, sitemap=True)
        asyncio.run(self._found.in_sitemap(step, address, answer))
        self.ledger.write(step)

    def redirect(self, url: str, place: str, kind: str = PageType.OTHER) -> bool:
        """Take up where an address redirects to; whether that is the provider's."""
        step = Step()
        is_own = self._found.adopt(step, Address(url, kind, HOME, 1), place)
        self.ledger.write(step)
        return is_own

    @property
    def waiting(self) -> dict[str, str]:
        """What is queued, with its expected type."""
        return {a.url: a.expected_type for a in self.ledger.waiting()}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger.create(tmp_path, {}, ["harbor"])
    yield made
    made.close()


def test_a_help_desk_and_a_consent_form_are_taken_up(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(
        HOME,
        f"{DESK}|Help",
        f"{DESK}articles/123456-how-long|How long",
        f"{FORM}|Informed consent",
        "https://calendly.com/quietharbor/intro?month=2026-11|Get started",
        "https://intercom.help/somebody/en/|Help",
    )
    assert site.waiting == {
        DESK: "faq",
        f"{DESK}articles/123456-how-long": "faq",
        FORM: "consent",
        "https://calendly.com/quietharbor/intro": "other",
    }
    reasons = {row.url: row.reason for row in ledger.records(Skipped)}
    assert reasons["https://intercom.help/somebody/en/"] == "off_site"


def test_an_own_page_in_somebody_s_wrapper_is_taken_out_of_it(ledger: Ledger) -> None:
    site = Site(ledger)
    filtered = "https://nam02.safelinks.protection.outlook.com/?url="
    viewer = "https://docs.google.com/gview?url="
    site.read(
        HOME,
        f"{filtered}https%3A%2F%2Fquietharbor.example%2Ffaq&data=x|Answers",
        f"{viewer}https%3A%2F%2Fwww.quietharbor.example%2Fconsent.pdf|Form",
        "/pdfjs/web/viewer.html?file=%2Frisks.pdf|Risks",
        f"{filtered}https%3A%2F%2Felsewhere.example%2F|Friends",
    )
    assert site.waiting == {
        f"{HOME}faq": "faq",
        f"{HOME}consent.pdf": "consent",
        f"{HOME}risks.pdf": "safety",
    }
    (row,) = ledger.records(Skipped)
    assert (row.url.startswith("https://nam02."), row.reason) == (True, "off_site")


def test_what_was_left_out_before_is_taken_back(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, f"{FORM}?usp=sharing|A form", "https://elsewhere.example/|Friends")
    assert site.waiting == {}
    site.read(f"{HOME}start", f"{FORM}|Consent form")
    assert FORM in site.waiting
    assert [row.url for row in ledger.records(Skipped)] == ["https://elsewhere.example/"]


def test_what_a_sitemap_named_before_is_taken_back_too(ledger: Ledger) -> None:
    site, answer = Site(ledger), f"{DESK}articles/123456-is-it-safe"
    site.read_sitemap(answer, "https://elsewhere.example/")
    assert site.waiting == {}
    site.read(HOME, f"{DESK}|Help")
    assert set(site.waiting) == {DESK, answer}
    assert [row.url for row in ledger.records(Skipped)] == ["https://elsewhere.example/"]


def test_only_the_providers_own_pages_widen_it(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, f"{DESK}|Help")
    site.read(DESK, "https://quietharbor.zendesk.com/hc|Old help", f"{DESK}next|Next")
    assert set(site.waiting) == {DESK, f"{DESK}next"}
    assert len(site.scope.annexes) == 1


STORED = "https://static1.squarespace.com/static/5f/t/6/agreed.pdf"


@pytest.mark.parametrize(
    ("place", "kind", "is_own"),
    [
        (STORED, "consent", True),
        (f"{DESK}articles/123456-is-it-safe", "faq", True),
        (FORM, "consent", True),
        # Somebody else's, or nothing that tells whose.
        (FORM, "other", False),
        ("https://calendly.com/someone-else/intro", "eligibility", False),
        ("https://static1.squarespace.com/static/5f/t/6/nurse.jpg", "team", False),
        ("https://elsewhere.example/consent", "consent", False),
        ("https://www.facebook.com/quietharbor", "other", False),
    ],
)
def test_where_the_site_redirects_to_may_be_the_providers_too(
    ledger: Ledger, place: str, kind: str, is_own: bool
) -> None:
    site = Site(ledger)
    assert site.redirect(f"{HOME}s/1", place, kind) is is_own
    assert site.waiting == ({place: kind} if is_own else {})
    # Nobody else's page widens it, and nothing does without a contact.
    assert not site.redirect("https://calendly.com/quietharbor/x", STORED)
    assert not Site(ledger, may_widen=False).redirect(f"{HOME}s/2", STORED)


def test_a_resumed_site_knows_its_annexes(ledger: Ledger) -> None:
    Site(ledger).read(HOME, f"{DESK}|Help")
    again = Site(ledger)
    assert again.scope.holds(f"{DESK}articles/1-x")
    assert [row[4] for row in ledger.annexes()] == [HOME]


def test_without_a_contact_nobody_else_is_asked(ledger: Ledger) -> None:
    site = Site(ledger, may_widen=False)
    site.read(HOME, f"{DESK}|Help")
    assert site.waiting == {}


def test_there_is_a_limit(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, *(f"https://quietharbor{n}.zendesk.com/hc|Help" for n in range(20)))
    assert len(site.waiting) == len(site.scope.annexes) == 6


def test_a_builder_s_store_may_hold_more_documents_than_there_are_places(ledger: Ledger) -> None:
    site = Site(ledger)
    forms = [f"https://static1.squarespace.com/static/5f/{n}.pdf" for n in range(25)]
    site.read(HOME, *forms, *(f"https://quietharbor{n}.zendesk.com/|Help" for n in range(9)))
    assert sum(url in site.waiting for url in forms) == 20
    assert len(site.waiting) == 20 + 6


def test_a_links_text_tells_what_a_sitemap_did_not(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, "/x1", "/x2", "/faq")
    site.read(f"{HOME}more", "/x1|Informed consent", "/x2|Read", "/faq|Prices")
    assert site.waiting == {f"{HOME}x1": "consent", f"{HOME}x2": "other", f"{HOME}faq": "faq"}
    first = site.ledger.next_page()
    assert first is not None
    assert [first.url, site.ledger.waiting()[1].url] == [f"{HOME}faq", f"{HOME}x1"]


def test_of_many_posts_those_about_ketamine_are_read_first(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read_sitemap(*(f"{HOME}blog/post-{n}" for n in range(9)))
    site.read(HOME, "/blog/ketamine-and-sleep|Read more", "/blog/post-3|What ketamine is like")
    site.read(f"{HOME}other", "/blog|News", "/blog/post-8|On ketamine and vows")
    order = [address.url.removeprefix(HOME) for address in site.ledger.waiting()]
    assert order[:4] == ["blog/ketamine-and-sleep", "blog", "blog/post-3", "blog/post-8"]
    assert len(order) == 11


def test_a_sitemap_of_a_copy_names_the_site_s_own_pages(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read_sitemap("https://staging.quietharbor.example/faq", "https://old.example/safety")
    # Those that promise nothing are not tried.
    site.read_sitemap("https://staging.quietharbor.example/our-garden")
    assert site.waiting == {f"{HOME}faq": "faq", f"{HOME}safety": "safety"}
    assert {(row.url, row.reason) for row in ledger.records(Skipped)} == {
        ("https://staging.quietharbor.example/faq", "copy"),
        ("https://staging.quietharbor.example/our-garden", "copy"),
        ("https://old.example/safety", "off_site"),
    }
    # What a page leads to is no copy, whatever its host is called.
    site.read(HOME, "https://staging.quietharbor.example/faq|Answers")
    assert "https://staging.quietharbor.example/faq" in site.waiting


def test_a_sitemap_that_names_one_page_of_the_site_is_its_own(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read_sitemap(f"{HOME}faq", "https://old.example/safety", "https://intercom.help/x/a")
    assert site.waiting == {f"{HOME}faq": "faq"}


def test_a_page_with_more_links_than_are_looked_at_is_named(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, *(f"/page-of-many-{n}" for n in range(MAX_LINKS + 1)))
    assert len(site.waiting) == MAX_LINKS
    (row,) = ledger.records(Skipped)
    assert (row.url, row.reason) == (HOME, "links_cut")


def test_a_link_that_says_something_of_a_visitor_is_left_out(ledger: Ledger) -> None:
    site = Site(ledger)
    site.read(HOME, "/in?age=ok|Yes, I am over 18", "/faq|I agree", "/faq|FAQ", "/terms|I accept")
    site.read(f"{HOME}other", "/safety|I agree", "/eligibility|Yes, we treat adults over 18")
    site.read_sitemap(f"{HOME}safety")
    # What anything else leads to is asked for, whether it was met before or comes after.
    told = {f"{HOME}{name}": name for name in ("faq", "eligibility", "safety")}
    assert site.waiting == told
    left = {row.url: (row.reason, row.expected_type) for row in ledger.records(Skipped)}
    assert left == {
        f"{HOME}in?age=ok": ("attests", "other"),
        f"{HOME}terms": ("attests", "legal"),
    }
    # A run that goes on knows it.
    Site(ledger).read(f"{HOME}more", "/in?age=ok|I am 21 or older", "/terms|Terms of use")
    assert site.waiting == {**told, f"{HOME}terms": "legal"}


NAMES = """
import socket
real = socket.getaddrinfo
def pretend(host, port, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host
    return real("127.0.0.1" if name.endswith(".zendesk.com") else host, port, *rest, **more)
socket.getaddrinfo = pretend
"""


def widened(
    folder: Path, web: Web, own_hosts: str, *, moved: bool = False
) -> tuple[Store, dict[str, str]]:
    """Crawl a site whose help desk's public name leads to this machine; classes of failure."""
    desk = f"http://quietharbor.zendesk.com:{web.port}/hc/en-us"
    web.routes["quietharbor.localhost"] = {
        "/": page("Harbor", "/help|Help center" if moved else f"{desk}|Help center"),
        "/help": redirect(desk),
    }
    web.routes["quietharbor.zendesk.com"] = {"/hc/en-us": page("Help"), "/robots.txt": Answer()}
    store = Store.create(folder / "store")
    (store.path / "ketawatch.toml").write_text(own_hosts, encoding="utf-8")
    home = web.url("quietharbor.localhost")
    provider_file.write(store.providers_path, [Provider("harbor", "Quiet Harbor", home)])
    (folder / "sitecustomize.py").write_text(NAMES, encoding="utf-8")
    done = subprocess.run(
        command(store.path, "--render", "never"),
        capture_output=True,
        encoding="utf-8",
        env={**environment(), "PYTHONPATH": str(folder), "KETAWATCH_CONTACT": "a@b.example"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    failures = store.run().read("failures", Failure)
    return store, {f.url: f.failure_class for f in failures}


@pytest.mark.parametrize("moved", [False, True])
def test_a_detected_host_never_opens_a_private_address(tmp_path: Path, moved: bool) -> None:
    with serve() as web:
        store, failures = widened(tmp_path, web, "", moved=moved)
        url = f"http://quietharbor.zendesk.com:{web.port}/hc/en-us"
        assert failures == {url: "guard"}
        assert not web.asked("quietharbor.zendesk.com")
        assert store.run().info["annexes"] == {"harbor": [f"quietharbor.zendesk.com:{web.port}"]}


def test_a_configured_one_does(tmp_path: Path) -> None:
    with serve() as web:
        own = f'[own_hosts]\nharbor = ["quietharbor.zendesk.com:{web.port}"]\n'
        store, failures = widened(tmp_path, web, own)
        assert failures == {}
        assert web.asked("quietharbor.zendesk.com")["/hc/en-us"] == 1
        assert [p.expected_type for p in store.run().read("pages", Page)] == ["home", "faq"]
