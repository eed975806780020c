"""What frameworks and builders show late, under a condition, or never."""

from __future__ import annotations

import pytest

from audit.pages.pages import read

NURSE = "A nurse stays with you."
EVERYWHERE = "elementor-hidden-desktop elementor-hidden-tablet elementor-hidden-"


def seen(html: str) -> list[tuple[str, bool]]:
    blocks = read(f"<body>{html}".encode(), url="https://clinic.example/x").blocks
    return [(b.text, b.hidden) for b in blocks]


@pytest.mark.parametrize(
    "box",
    [
        "<template x-if=open>{}</template>",
        "<template v-if='tab == 1'>{}</template>",
        "<template v-else>{}</template>",
        "<div id=more popover>{}</div>",
        "<div hidden=until-found>{}</div>",
        "<div hidden id=S1>{}</div>",
        f"<section class='{EVERYWHERE}mobile'>{{}}</section>",
        f"<section class='{EVERYWHERE}phone'>{{}}</section>",
        "<div class='vc_hidden-lg vc_hidden-md vc_hidden-sm vc_hidden-xs'>{}</div>",
    ],
)
def test_what_may_be_shown_is_hidden(box: str) -> None:
    assert seen(box.format(f"<p>{NURSE}</p>")) == [(NURSE, True)]
    # Where a script has shown it already, its own copy stands beside it.
    assert seen(box.format(f"<p>{NURSE}</p>") + f"<p>{NURSE}</p>") == [(NURSE, False)]


@pytest.mark.parametrize(
    "box",
    [
        "<div hidden id='S:0'>{}</div>",  # React sends it after the page and puts it in its place
        "<div hidden id='S:1a'>{}</div>",
        "<section class='elementor-hidden-desktop elementor-hidden-tablet'>{}</section>",
        "<div class='vc_hidden-sm vc_hidden-xs'>{}</div>",
        "<div class=cloned-from-us>{}</div>",
    ],
)
def test_what_is_shown_on_some_screen_or_later_is_seen(box: str) -> None:
    assert seen(box.format(f"<p>{NURSE}</p>")) == [(NURSE, False)]


@pytest.mark.parametrize(
    "looks",
    ["w-condition-invisible", "slick-slide slick-cloned", "owl-item cloned",
     "swiper-slide swiper-slide-duplicate", "splide__slide splide__slide--clone"],
)  # fmt: skip
def test_what_is_never_shown_or_a_slides_copy_is_not_read(looks: str) -> None:
    html = f"<div class='{looks}'><p>{NURSE}</p></div><p>We call you.</p>"
    assert seen(html) == [("We call you.", False)]


def test_a_template_that_nothing_shows_is_not_read() -> None:
    inside = f"<p>{NURSE}</p><img alt='A nurse'><input placeholder=Name><i data-tip='{NURSE}'></i>"
    assert seen(f"<template id=card>{inside}</template>") == []
    assert seen(f"<div class='slick-cloned'>{inside}</div>") == []
