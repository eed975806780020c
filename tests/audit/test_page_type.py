"""What a page is for."""

from __future__ import annotations

import re

import pytest

from audit.page_type import bundled, folded_path
from audit.pages import read
from data.models import PageType

SITE = "https://clinic.example"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "home"),
        ("/", "home"),
        ("/index.html", "home"),
        ("/How_It_Works.php", "how-it-works"),
        ("/what-to-expect/", "how-it-works"),
        ("/faqs", "faq"),
        ("/frequently-asked-questions/", "faq"),
        ("/blog/ketamine-faq", "blog"),
        ("/2025/03/our-prices/", "blog"),
        ("/news/we-moved", "news"),
        ("/safety-information", "safety"),
        ("/am-i-a-candidate", "eligibility"),
        ("/who-we-treat/", "eligibility"),
        ("/ketamine-cost-denver/", "pricing"),
        ("/insurance", "pricing"),
        ("/our%20team/", "team"),
        ("/about-us/", "team"),
        ("/terms-and-conditions", "legal"),
        ("/privacy-policy/", "legal"),
        ("/legal/informed-consent", "consent"),
        ("/telehealth-consent/", "consent"),
        ("/conditions/depression/", "treatment"),
        ("/iv-ketamine-infusions", "treatment"),
        ("/locations/denver/", "location"),
        ("/new-mexico", "location"),
        ("/patient-stories/", "testimonial"),
        ("/careers", None),
        ("/contact/", None),
    ],
)
def test_by_address(path: str, expected: str | None) -> None:
    assert bundled().by_path(SITE + path) == expected


def test_addresses_are_folded() -> None:
    assert folded_path("https://a.b/About_Us/Our%20Team.html?x=/faq") == "/about-us/our-team/"
    assert folded_path("https://a.b") == folded_path("https://a.b//") == "/"


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


def test_expressions_keep_to_what_re2_knows() -> None:
    import re2

    for _, expression in (*bundled().path, *bundled().title):
        if "(?<" not in expression.pattern:
            assert re2.compile(expression.pattern).groups == re.compile(expression.pattern).groups


def test_every_type_but_other_can_be_told() -> None:
    assert {name for name, _ in bundled().path} == set(PageType) - {PageType.OTHER}
