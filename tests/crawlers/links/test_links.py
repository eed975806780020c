"""Which links are followed, in what order, and under what address they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.links.links import (
    ORDER,
    canonical,
    expected_type,
    folder_of_index,
    is_reduced,
    rank,
    refusal,
    untrapped,
)
from data.vocabulary import PageType

BASE = "https://clinic.example/about/"
FRONT = "https://www.clinic.example/"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("team", "https://clinic.example/about/team"),
        ("/team#nurses", "https://clinic.example/team"),
        (" /team?utm_source=x&b=2&a=1&gclid=7 ", "https://clinic.example/team?a=1&b=2"),
        ("/a;jsessionid=1F?PHPSESSID=2&sid=3&p=4", "https://clinic.example/a?p=4"),
        ("/team?hsLang=en&_kx=a1&sscid=b2&lang=en", "https://clinic.example/team?lang=en"),
        ("HTTPS://Clinic.Example:443", "https://clinic.example/"),
        ("//other.example/x", "https://other.example/x"),
        ("mailto:a@clinic.example", None),
        ("javascript:void(0)", None),
        ("tel:+1", None),
        ("data:text/html,x", None),
        ("http://[bad", None),
        ("https://user:secret@clinic.example/", None),
        # As browsers read them.
        (r"\team\nurses", "https://clinic.example/team/nurses"),
        (r"..\team?a=\b", "https://clinic.example/team?a=%5Cb"),
        ("///other.example/x", "https://other.example/x"),
        ("https:///other.example/x", "https://other.example/x"),
        ("http:/other.example/x", "http://other.example/x"),
        ("https:team", "https://clinic.example/about/team"),
        ("/te\nam\t", "https://clinic.example/team"),
        # To many a server these are other pages than what a tidier spelling asks for.
        ("/?about", "https://clinic.example/?about"),
        ("/i.php?/about/us", "https://clinic.example/i.php?/about/us"),
        ("/x?a=1;b=2", "https://clinic.example/x?a=1;b=2"),
        # So short a number is a page's, not a session's, unless something else chooses the page.
        ("/p.cfm?cid=12", "https://clinic.example/p.cfm?cid=12"),
        ("/p.cfm?cid=82910473", "https://clinic.example/p.cfm"),
        ("/p.cfm?sid=12&id=3", "https://clinic.example/p.cfm?id=3"),
        ("/a%2Bb", "https://clinic.example/a%2Bb"),
        ("/%7ejo/a%2fb/100%/%2e%2e/c", "https://clinic.example/~jo/a%2Fb/c"),
    ],
)
def test_an_address_is_kept_without_what_does_not_choose_the_page(
    href: str, kept: str | None
) -> None:
    assert canonical(href, BASE) == kept


@given(st.text(max_size=60))
def test_any_href_is_an_address_or_none(href: str) -> None:
    kept = canonical(href, BASE)
    assert kept is None or kept.startswith(("http://", "https://"))
    assert kept is None or canonical(kept, kept) == kept


def test_the_home_pages_host_goes_by_one_name() -> None:
    for href in ("http://clinic.example/faq", "https://www.clinic.example/faq", "/faq"):
        assert canonical(href, BASE, FRONT) == "https://www.clinic.example/faq"
    assert canonical("http://help.clinic.example/", BASE, FRONT) == "http://help.clinic.example/"
    assert canonical("http://clinic.example:8/", BASE, FRONT) == "http://clinic.example:8/"


@pytest.mark.parametrize(
    ("path", "anchor", "page_type"),
    [
        ("/faq/", "", PageType.FAQ),
        ("/How_It_Works.html", "", PageType.HOW_IT_WORKS),
        ("/x1", "Is it safe?", PageType.SAFETY),
        ("/x2", "Frequently  asked questions", PageType.FAQ),
        ("/blog/is-it-safe", "Safety", PageType.BLOG),
        ("/privacy-policy", "", PageType.LEGAL),
        ("/tag/news-of-ours/", "", PageType.BLOG),
        ("/", "Home", PageType.OTHER),
        ("/x3", "A very long teaser about prices, safety and everything " * 3, PageType.OTHER),
        ("/x4", "Contact", PageType.OTHER),
        # What fails at an address that promises nothing is no gap.
        ("/f-a-q", "", PageType.FAQ),
        ("/frequentlyaskedquestions", "", PageType.FAQ),
        ("/x5", "F.A.Q.", PageType.FAQ),
        ("/x5", "Q & A", PageType.FAQ),
        ("/docs/informedconsent.pdf", "", PageType.CONSENT),
        ("/uploads/2024/01/Ketamine-Consent-Form-v2.pdf", "", PageType.CONSENT),
        ("/termsofservice", "", PageType.LEGAL),
        ("/x5", "T&Cs", PageType.LEGAL),
        ("/sideeffects", "", PageType.SAFETY),
        ("/x5", "Is ketamine safe?", PageType.SAFETY),
        ("/x5", "Am I a good candidate?", PageType.ELIGIBILITY),
        ("/x5", "Is ketamine right for you?", PageType.ELIGIBILITY),
        ("/how-it-works-2", "", PageType.HOW_IT_WORKS),
        ("/new-patients", "", PageType.HOW_IT_WORKS),
        ("/about-ketamine", "", PageType.HOW_IT_WORKS),
        ("/about-ketamine-haven", "", PageType.TEAM),
        ("/ketamineinfusions", "", PageType.TREATMENT),
        ("/what-we-treat", "", PageType.TREATMENT),
        ("/x5", "Our answers to stress", PageType.OTHER),
    ],
)
def test_what_an_address_and_its_text_promise(path: str, anchor: str, page_type: PageType) -> None:
    assert expected_type(f"https://clinic.example{path}", anchor) == page_type


def test_a_sub_domain_counts_as_the_first_part_of_the_path() -> None:
    assert expected_type("https://blog.clinic.example/") == PageType.BLOG
    assert expected_type("https://www.clinic.example/") == PageType.OTHER


@pytest.mark.parametrize(
    "host", ["the-clinic.co.uk", "ketamine-austin-tx.webflow.io", "www.the-clinic.co.uk"]
)
def test_a_site_s_own_name_promises_nothing(host: str) -> None:
    assert expected_type(f"https://{host}/contact") == PageType.OTHER


def test_the_home_page_s_host_promises_and_refuses_nothing() -> None:
    front = "https://app.clinic.example/"
    assert refusal(f"{front}steps") == "login"
    assert refusal(f"{front}steps", front=front) is None
    assert refusal("https://my.clinic.example/steps", front=front) == "login"
    blog = "https://blog.clinic.example/"
    assert expected_type(f"{blog}contact", front=blog) == PageType.OTHER


def test_every_page_type_has_its_place() -> None:
    assert set(ORDER) == set(PageType)
    assert rank(PageType.HOME) == 0
    ranks = [rank(kind, leads=leads) for kind in ORDER[1:] for leads in (True, False)]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/events/2026-11-24/", "trap"),
        ("/calendar/list/2026/11", "trap"),
        ("/post?replytocom=7", "trap"),
        ("/shop?orderby=price", "trap"),
        ("/shop?filter_color=red", "trap"),
        ("/shop/?add-to-cart=12", "trap"),
        ("/print/page", "trap"),
        ("/feed/", "trap"),
        ("/a/b/a/b/a/b", "trap"),
        ("/" + "x" * 600, "trap"),
        ("/1/2/3/4/5/6/7/8/9/10/11/12/13", "trap"),
        ("/login", "login"),
        ("/wp-login.php", "login"),
        ("/my-account/orders", "login"),
        ("/cart/", "login"),
        ("/portal/faq", None),
        ("/my-account/payments", "login"),
        ("/photo.JPG", "file_type"),
        ("/agreed.docx", None),
        ("/list.xlsx", "file_type"),
        ("/consent.pdf", None),
        ("/about.html", None),
        ("/dr.smith", None),
        ("/es/seguridad", "other_language"),
        *(
            (f"/{code}/faq", "other_language")
            for code in ("es-ES", "fr_FR", "ko-kr", "fil", "zh-TW")
        ),
        *((f"/{name}/faq", None) for name in ("it-iv", "it-support", "pl-help", "en-us", "vita")),
        ("/faq?lang=es", "other_language"),
        ("/faq?lang=spanish", "other_language"),
        ("/de/", None),
        ("/faq?lang=en", None),
        ("/?page_id=12", None),
        ("/sign-up", None),
    ],
)
def test_what_is_not_worth_a_request(path: str, reason: str | None) -> None:
    assert refusal(f"https://clinic.example{path}") == reason


def test_a_language_that_the_link_names_decides() -> None:
    url = "https://clinic.example/ar/"
    assert refusal(url, "ar") == "other_language"
    assert refusal(url, "en-US") is None
    assert refusal(url) is None


def test_portals_have_hosts_of_their_own() -> None:
    assert refusal("https://portal.clinic.example/") == "login"
    assert refusal("https://secure.clinic.example/consent-form") is None
    assert refusal("https://help.clinic.example/") is None


@pytest.mark.parametrize(
    ("named", "asked", "same"),
    [
        ("/faq", "/faq?from=menu", True),
        ("/faq", "/faq/index.html", True),
        ("/faq", "/faq.html", True),
        ("/faq?id=1", "/faq?id=1&from=menu", True),
        ("/", "/faq", False),
        ("/care", "/care?type=drip", False),
        ("/faq?id=1", "/faq?id=2", False),
        ("/", "/?page_id=2", False),
        ("/faq?all=1", "/faq", False),
    ],
)
def test_when_an_address_is_another_with_something_left_out(
    named: str, asked: str, same: bool
) -> None:
    assert is_reduced(f"https://c.example{named}", f"https://c.example{asked}") is same


def test_a_trap_leads_back_to_its_plain_page() -> None:
    assert untrapped("https://c.example/places?view=map&id=2") == "https://c.example/places?id=2"
    assert untrapped("https://c.example/places") is None
    assert folder_of_index("https://c.example/faq/index.html") == "https://c.example/faq/"
    assert folder_of_index("https://c.example/faq/index-2.html") is None


def test_sessions_are_dropped_wherever_they_stand() -> None:
    assert (
        canonical("/(S(x1y2))/faq;jsessionid=3?usp=4&a=5", BASE) == "https://clinic.example/faq?a=5"
    )


def test_a_language_that_is_none_is_ignored() -> None:
    assert refusal("https://clinic.example/faq", "/https://x") is None
    assert refusal("https://clinic.example/faq", "zh-Hant") == "other_language"
    assert refusal("https://clinic.example/faq", "uk") == "other_language"
    assert {refusal("https://clinic.example/faq", x) for x in ("us", "us-en", "EN_gb")} == {None}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/index.php?option=com_content&view=article&id=5&Itemid=101", None),
        ("/index.php?option=com_search&view=search", "trap"),
        ("/?view=map", "trap"),
        ("/?q=node/5", None),
        ("/?q=patient-safety", None),
        ("/?q=search/node/x", "trap"),
        ("/search?q=nurse", "trap"),
        ("/?q=two+words", "trap"),
        ("/?q=calendar/2026-05", "trap"),
        ("/?q=comment/reply/5", "trap"),
        ("/?q=es/seguridad", "other_language"),
        ("/?q=cart", "login"),
        ("/index.php?option=com_shop&view=cart", "trap"),
        ("/index.php?option=com_events&view=month", "trap"),
        ("/index.php?option=com_content&view=article&id=5&format=feed", "trap"),
    ],
)
def test_systems_without_speaking_addresses_choose_the_page_in_the_query(
    place: str, reason: str | None
) -> None:
    assert refusal(f"https://clinic.example{place}") == reason


def test_a_trap_leads_back_to_the_page_that_the_query_chooses() -> None:
    page = "https://c.example/index.php?id=5&option=com_content&view=article"
    assert untrapped(f"{page}&print=1") == page


@pytest.mark.parametrize("key", ["lang", "language", "locale", "hl", "lng"])
def test_a_query_names_the_language(key: str) -> None:
    for code, reason in (("es", "other_language"), ("en_US", None), ("us", None), ("-73.9", None)):
        assert refusal(f"https://clinic.example/faq?{key}={code}") == reason


@pytest.mark.parametrize(
    "place",
    [
        *("/unsubscribe?e=1", "/unsubscribe/x9", "/node/5/delete", "/vote/up", "/?delete=5"),
        *("/?remove_item=3", "/?do=logout", "/wiki?do=edit", "/?like_comment=5", "/?unsubscribe=1"),
        *("/?wc-ajax=add", "/?add_wishlist=1"),
    ],
)
def test_a_guest_follows_nothing_that_acts(place: str) -> None:
    assert refusal(f"https://clinic.example{place}") == "trap"


@pytest.mark.parametrize(
    "place",
    [
        *("/index.php?action=faq", "/index.cfm?action=consent_form", "/blog?view=pricing"),
        *("/index.php?do=faq", "/removed-teeth", "/opt-out", "/what-we-remove"),
        *("/vote", "/privacy/delete", "/legal/remove/", "/remove/anxiety"),
    ],
)
def test_a_page_may_be_chosen_by_any_name(place: str) -> None:
    assert refusal(f"https://clinic.example{place}") is None
