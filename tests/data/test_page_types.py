"""What addresses, link texts and titles tell of a page: the words that crawler and audit share."""

from __future__ import annotations

import re

import pytest
import re2

from data.page_types import bundled, folded_path
from data.vocabulary import PageType

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
        ("/category/ketamine/", "blog"),
        ("/tag/depression", "blog"),
        ("/author/ana-r", "blog"),
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
        ("/ketamine-treatment-springfield-florida", "location"),
        ("/spravato-dayton-oh-tx/", "location"),
        ("/therapy/washington", "treatment"),
        ("/is-ketamine-for-me", "eligibility"),
        ("/term-of-service", "legal"),
        ("/hippa-notice", "legal"),
        ("/blog-how-to-rest.html", "blog"),
        ("/BlogDetails/4", "blog"),
        ("/hc/en-us/articles/360012-Is-it-safe", "faq"),
        ("/clinic/en/articles/812345-what-it-costs", "faq"),
        ("/article/12-refunds", "faq"),
        ("/support/articles/refunds", "faq"),
        ("/en/articles/why-we-care", "blog"),
        ("/patient-stories/", "testimonial"),
        ("/careers", None),
        ("/contact/", None),
    ],
)
def test_by_address(path: str, expected: str | None) -> None:
    assert bundled().by_path(folded_path(SITE + path)) == expected


def test_addresses_are_folded() -> None:
    assert folded_path("https://a.b/About_Us/Our%20Team.html?x=/faq") == "/about-us/our-team/"
    assert folded_path("https://a.b") == folded_path("https://a.b//") == "/"
    assert folded_path("https://a.b/x_1/", ["help", "us"]) == "/help/us/x-1/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is  it SAFE?", "safety"),
        ("FAQ", "faq"),
        ("Unsafeguarded", None),
        ("Home", None),
        ("", None),
    ],
)
def test_by_link_text(text: str, expected: str | None) -> None:
    assert bundled().by_anchor(text) == expected


def test_by_title_without_the_sites_name() -> None:
    assert bundled().by_title("Side effects | Safety First Clinic") == "safety"
    assert bundled().by_title("Welcome - Pricing Street Clinic") is None


def test_expressions_keep_to_what_re2_knows() -> None:
    for _, expression in (*bundled().path, *bundled().anchor, *bundled().title):
        if "(?<" not in expression.pattern:
            assert re2.compile(expression.pattern).groups == re.compile(expression.pattern).groups


def test_every_type_but_other_can_be_told() -> None:
    assert {name for name, _ in bundled().path} == set(PageType) - {PageType.OTHER}
