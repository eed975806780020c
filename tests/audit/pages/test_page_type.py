"""What a page is for."""

from __future__ import annotations

from audit.pages.pages import read
from data.vocabulary import PageType

SITE = "https://clinic.example"


def type_of(html: str, url: str = f"{SITE}/p-7") -> PageType:
    return read(html.encode(), url=url).page_type


def test_title_decides_where_the_address_is_silent() -> None:
    assert type_of("<title>Side effects | Rest Ketamine Clinic</title>") == "safety"
    assert type_of("<title>Rest</title><h1>Our prices: what it costs</h1>") == "pricing"
    assert type_of("<title>Careers - Ketamine Clinic</title><p>Join us") == "other"


def test_publishers_word_for_a_post_wins_over_the_address() -> None:
    post = '<script type=application/ld+json>{"@type":"BlogPosting"}</script>'
    assert type_of(post, f"{SITE}/what-ketamine-costs") == "blog"
    assert type_of(post, f"{SITE}/") == "home"


def test_shape_decides_where_nothing_else_does() -> None:
    assert type_of("<h3>Is it safe?</h3><p>Mostly, with care.</p>" * 5) == "faq"
    assert type_of("<blockquote>It helped me a lot.</blockquote>" * 5) == "testimonial"
    assert type_of("<p>Hello.</p>" * 5) == "other"


def test_a_files_path_is_no_address() -> None:
    assert type_of("<p>Hello.", "saved/blog/index.html") == "other"


def test_an_address_that_asks_for_a_page_is_not_the_front_door() -> None:
    prices = "<title>Our prices</title>"
    assert type_of(prices, f"{SITE}/?page_id=12") == "pricing"
    assert type_of(prices, f"{SITE}/index.php?p=12") == "pricing"
    assert type_of(prices, f"{SITE}/?utm_source=p") == "home"
    assert type_of(prices, f"{SITE}/?page=home") == "home"
    assert type_of(prices, f"{SITE}/?page=1") == "home"
