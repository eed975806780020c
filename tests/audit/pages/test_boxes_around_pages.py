"""Boxes around a page, called after what stands beside it, and boxes that are what they say."""

from __future__ import annotations

import pytest

from audit.pages.pages import read

NURSE = "A nurse stays with you for the whole session."


def told(html: str) -> tuple[str, str]:
    (block,) = read(f"<body>{html}".encode(), url="https://clinic.example/x").blocks
    assert block.text == NURSE
    return block.region, block.kind


@pytest.mark.parametrize(
    "looks",
    [
        "site-content has-sidebar", "content-sidebar", "page-with-footer", "no-footer",
        "has-modal", "nav-open", "cookie-free", "popup-enabled", "page-reviews-enabled",
        "review-your-options", "has-testimonials", "reviews-and-faq", "with-reviews",
    ],
)  # fmt: skip
def test_what_a_box_has_is_not_what_it_is(looks: str) -> None:
    assert told(f"<div class='{looks}'><p>{NURSE}</p></div>") == ("main", "paragraph")


@pytest.mark.parametrize(
    "wrapper",
    ["class=content-sidebar-wrap", "class=sticky-footer-wrapper", "class=nav-container",
     "class=cookies", "class=right-sidebar", "class=testimonials", "role=complementary"],
)  # fmt: skip
def test_the_main_part_of_a_page_is_that_in_any_box(wrapper: str) -> None:
    assert told(f"<div {wrapper}><main><p>{NURSE}</p></main></div>") == ("main", "paragraph")


@pytest.mark.parametrize(
    ("looks", "region", "kind"),
    [
        ("footer-wrapper", "footer", "paragraph"),
        ("site-footer no-print", "footer", "paragraph"),
        ("sidebar-wrap", "aside", "paragraph"),
        ("right-sidebar", "aside", "paragraph"),
        ("cookie-notice", "modal", "paragraph"),
        ("elementor-location-header", "header", "paragraph"),
        ("modal modal-open", "modal", "paragraph"),
        ("reviews", "main", "testimonial"),
        ("google-reviews-widget", "main", "testimonial"),
        ("patient_review", "main", "testimonial"),
        ("home-testimonials has-3-columns", "main", "testimonial"),
    ],
)
def test_other_boxes_are_what_they_are_called(looks: str, region: str, kind: str) -> None:
    assert told(f"<div class='{looks}'><p>{NURSE}</p></div>") == (region, kind)


def test_what_is_hidden_stays_so_in_its_main_part() -> None:
    assert told(f"<div style='display:none'><main><p>{NURSE}</p></main></div>")[0] == "hidden"
