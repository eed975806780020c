"""Marks of what is still to come: sure ones, weak ones, and what looks like them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.responses.lazy import MISSING, PERHAPS, look


def left(body: str) -> set[str]:
    html = f"<!doctype html><body><main><p>Words.</p>{body}</main><script src=/a.js></script>"
    return set(look(LexborHTMLParser(html), html.encode()))


@pytest.mark.parametrize(
    "body",
    [
        "<div>Loading questions…</div>",
        "<p>Please wait while the policy is loaded...</p>",
        "<div w3-include-html=/parts/faq.html></div>",
        "<turbo-frame src=/consent-form></turbo-frame>",
        "<div name=termly-embed data-id=1></div>",
        "<div><p v-for='f in all'>{{ f.answer }}</p></div>",
    ],
)
def test_what_is_said_to_come_is_missing(body: str) -> None:
    assert MISSING in left(body)


@pytest.mark.parametrize(
    "body",
    [
        "<div>Loading…</div>",
        "<div hx-get=/part hx-trigger=revealed></div>",
        "<astro-island component-url=/x.js client=visible></astro-island>",
        "<section class=any></section>",
        "<div class=lazy-part></div>",
        "<div data-lazy-component=Any></div>",
        "<div style='min-height:600px'></div>",
        "<care-notes></care-notes>",
        "<div><template>Not for who is pregnant.</template></div>",
        "<ul></ul><div class=list-sentinel></div>",
        "<template data-dgst='BAILOUT_TO_CLIENT_SIDE_RENDERING'></template>",
        "<!--[--><span></span><!--]-->",
        "<template x-for='f in faqs'><p x-text=f.a></p></template>",
    ],
)
def test_other_marks_are_worth_a_look(body: str) -> None:
    assert left(body) == {PERHAPS}


@pytest.mark.parametrize(
    "body",
    [
        "<div></div><div class=spacer></div><div class=section-divider></div>",
        "<div id=bgMedia_comp-1 class=x></div><div id=comp-2 class=y></div>",
        "<div class=lazy-image style='min-height:300px'></div>",
        "<section style='background:url(/a.jpg)'></section>",
        "<div class=cookie-widget></div><div class=chat-widget></div>",
        "<turbo-frame class=cart src=/cart></turbo-frame>",
        "<wix-image></wix-image><cart-drawer></cart-drawer><loading-spinner></loading-spinner>",
        "</main><template>Not for who is pregnant.</template><main>Words",
        "<span></span><!--[--><p>Words</p><!--]-->",
        "<p>Loading your dose takes a minute. We answer questions.</p>",
        "<p>Dear {{ name }}</p>",
        "<video><source src=/a.mp4></video>",
    ],
)
def test_what_looks_alike_is_nothing_to_wait_for(body: str) -> None:
    assert left(body) == set()
