"""Who is one provider: ids, merging, what stays as it was, and why a row was left out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.identity.provider_ids import SharedHosts, clean_url, shared_hosts, website_id
from crawlers.identity.providers import Merged, merge
from data.models import Listing, Provider

TODAY = "2026-11-24"


def listed(website: str | None, name: str = "Vale", **more: str) -> Listing:
    return Listing(
        source=more.pop("source", "a"), source_url="", name=name, website=website, **more
    )


def merged(*rows: Listing, known: tuple[Provider, ...] = ()) -> Merged:
    return merge(known, rows, shared_hosts(), TODAY)


def ids(result: Merged) -> list[str]:
    return [p.provider_id for p in result.providers]


@pytest.mark.parametrize(
    ("website", "provider_id"),
    [
        ("https://www.vale.com/ketamine", "vale.com"),
        ("HTTPS://Vale.COM", "vale.com"),
        ("help.vale.co.uk", "vale.co.uk"),
        ("https://vale.wixsite.com/home", "vale.wixsite.com"),
        ("https://www.vale.squarespace.com", "vale.squarespace.com"),
        ("http://127.0.0.1:8001/", "127.0.0.1_8001"),
        ("http://93.184.216.34/", "93.184.216.34_80"),
        ("http://[::1]:8001/", "0000-0000-0000-0000-0000-0000-0000-0001_8001"),
        ("http://www.vale.localhost:8742/", "vale.localhost"),
        ("http://localhost:8742/", "localhost_8742"),
        ("https://bücher.de", "xn--bcher-kva.de"),
    ],
)
def test_provider_id_of_a_website(website: str, provider_id: str) -> None:
    assert ids(merged(listed(website))) == [provider_id]


@pytest.mark.parametrize(
    "website",
    [
        "https://intercom.help/vale/en",
        "https://healingmaps.com/listing/vale/",
        "https://vale.zendesk.com",
        "https://sites.google.com/view/vale",
        "https://www.squarespace.com/vale",
        "https://wixsite.com/vale",
        "https://maps.google.com/?q=vale",
        "https://youtu.be/vale",
        "https://wa.me/15125550142",
        "https://tinyurl.com/vale",
        "https://web.archive.org/web/2024/https://vale.com/",
        "https://www.mapquest.com/us/texas/vale-1",
        "https://fb.com/vale",
        "https://outlook.office365.com/owa/calendar/vale@vale.com/bookings/",
        "https://square.link/u/vale",
        "https://apps.apple.com/us/app/vale/id1",
        "https://mailchi.mp/vale/news",
        "https://en.wikipedia.org/wiki/Vale",
        "https://app.gohighlevel.com/v2/preview/vale",
    ],
)
def test_a_shared_host_is_nobodys_homepage(website: str) -> None:
    rows = listed(website), listed(website, name="Dale")
    result = merged(*rows)
    assert len(result.providers) == 2
    assert {p.status for p in result.providers} == {"homepage unknown"}
    assert result.excluded == {"shared host": 2}


@pytest.mark.parametrize(
    "builder",
    [
        "strikingly.com",
        "webs.com",
        "wixsite.com",
        "square.site",
        "myclickfunnels.com",
        "my.canva.site",
    ],
)
def test_two_that_one_company_built_the_websites_of_are_two(builder: str) -> None:
    sites = f"vale.{builder}", f"dale.{builder}"
    result = merged(*(listed(f"https://{site}/start", name=site) for site in sites))
    assert ids(result) == list(sites)


def test_a_mistyped_ending_costs_a_provider_its_homepage_and_not_its_place() -> None:
    result = merged(
        listed("https://vale.con", name="Vale"), listed("https://dale.con", name="Dale")
    )
    assert [p.status for p in result.providers] == ["homepage unknown"] * 2
    assert result.excluded == {"not a web address": 2}


def test_without_a_website_the_id_comes_from_npi_or_name_and_place() -> None:
    result = merged(
        listed(None, name="KETAMINE VALE LLC", npi="1234567890"),
        listed("/", name="Vale Clinic", city="Oakvale", state="TX"),
        listed("call us", name="Dale"),
    )
    digest = hashlib.sha256(b"vale clinic|oakvale|tx").hexdigest()[:12]
    assert ids(result)[:2] == ["npi-1234567890", f"name-{digest}"]
    assert result.excluded == {"no website": 2, "not a web address": 1}
    assert all(p.homepage is None for p in result.providers)


def test_duplicates_become_one_provider_with_every_source() -> None:
    result = merged(
        listed("https://vale.com/locations/b", name="Vale B", state="TX", seen_on="2026-11-02"),
        listed("https://vale.com/?utm_source=x&id=7#top", state="OK", seen_on="2026-11-01"),
        listed("http://www.vale.com/locations/c", source="b", state="TX"),
    )
    (provider,) = result.providers
    assert provider.homepage == "https://vale.com/?id=7"
    assert (provider.name, provider.states) == ("Vale", ("TX", "OK"))
    assert (provider.source, provider.first_listed) == (("a", "b"), "2026-11-01")
    assert [row.excluded for row in result.listings] == [None, "duplicate", "duplicate"]
    assert {row.provider_id for row in result.listings} == {"vale.com"}


def test_a_row_written_by_hand_stands_and_gains_provenance_only() -> None:
    by_hand = Provider("my-clinic", "As I call it", "https://www.vale.com/start", notes="mine")
    result = merged(listed("https://vale.com", name="Vale Inc", state="TX"), known=(by_hand,))
    (provider,) = result.providers
    assert result.new == 0
    assert replace(provider, source=(), source_url=None, first_listed=None) == by_hand
    assert provider.source == ("a",)


def test_known_providers_that_no_source_lists_stay_and_lead() -> None:
    known = (Provider("gone.com", "Gone", "https://gone.com"), Provider("npi-1", "Waits"))
    assert ids(merged(listed("https://vale.com"), known=known)) == ["gone.com", "npi-1", "vale.com"]


def test_a_homepage_that_somebody_found_keeps_the_old_id() -> None:
    found = Provider("npi-1234567890", "Vale", "https://vale.com")
    result = merged(
        listed("https://www.vale.com/x"), listed(None, npi="1234567890"), known=(found,)
    )
    assert ids(result) == ["npi-1234567890"]
    assert [row.excluded for row in result.listings] == [None, "duplicate"]


def test_merging_again_changes_nothing() -> None:
    rows = (
        listed("https://vale.com"),
        listed("https://intercom.help/v"),
        listed("/", npi="1234567890"),
    )
    once = merged(*rows)
    twice = merged(*rows, known=tuple(once.providers))
    assert (twice.providers, twice.new, twice.excluded) == (once.providers, 0, once.excluded)


def test_closed_providers_are_kept_and_their_rows_say_so() -> None:
    result = merged(listed("https://vale.com", status="closed", notes="https://news.example/1"))
    (provider,) = result.providers
    assert (provider.status, provider.notes) == ("closed", "https://news.example/1")
    assert result.excluded == {"closed": 1}


def test_rows_outside_the_frame_make_no_provider() -> None:
    result = merged(listed("https://vale.com", excluded="non-US"), listed("https://dale.com"))
    assert ids(result) == ["dale.com"]
    assert result.excluded == {"non-US": 1}


@pytest.mark.parametrize(
    ("listed_as", "clean"),
    [
        ("https://vale.com/a?gclid=1&p=7&UTM_Medium=x&fbclid", "https://vale.com/a?p=7"),
        ("vale.com", "https://vale.com/"),
        ("//vale.com:443/a b", "https://vale.com/a%20b"),
        ("http://vale.com.:8080", "http://vale.com:8080/"),
        ("mailto:a@vale.com", None),
        ("javascript:alert(1)", None),
        ("https://user:word@vale.com/", None),
        ("ftp://vale.com", None),
        ("https://va le.com", None),
        ("https://vale.com:port/", None),
        ("https://vale.com:0/", None),
        # As hands and forms make it.
        ("https://https://vale.com", "https://vale.com/"),
        ("http://https//vale.com/a", "https://vale.com/a"),
        ("http//www.vale.com", "http://www.vale.com/"),
        ("https:/vale.com", "https://vale.com/"),
        ("http:// vale.com", "http://vale.com/"),
        ("\ufeffhttps://vale.com\u200b", "https://vale.com/"),
        ("https://http.com/https://vale.com", "https://http.com/https://vale.com"),
        (f"https://{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.com", None),
        ("<https://vale.com/a>", "https://vale.com/a"),
        ('"vale.com"', "https://vale.com/"),
        ("\u201chttps://vale.com\u201d ", "https://vale.com/"),
        # Two names, and maybe two companies.
        ("https://Straße.de:8443/über", "https://xn--strae-oqa.de:8443/%C3%BCber"),
        ("https://STRASSE.de", "https://strasse.de/"),
        ("bücher.de", "https://xn--bcher-kva.de/"),
        ("\N{SNOWMAN}.com", "https://xn--n3h.com/"),
        ("https://user:word@straße.de/", None),
        ("<a@vale.com>", None),
        ("<n/a>", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_clean_url(listed_as: str, clean: str | None) -> None:
    assert clean_url(listed_as) == clean


@given(st.text() | st.from_regex(r"https?://[^\s/]{1,20}(/\S{0,20})?", fullmatch=True))
def test_whatever_is_listed_gives_a_usable_id_or_none(text: str) -> None:
    url = clean_url(text)
    if url is not None:
        assert clean_url(url) == url
        key = website_id(url, SharedHosts({}))
        assert key is None or re.fullmatch(r"[a-z0-9_][a-z0-9._-]{0,199}", key)
