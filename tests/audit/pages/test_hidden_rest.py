"""The rest of a sentence that is hidden until somebody asks for more."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import read
from audit.site import site
from tests.audit.captured_page import captured

REST = "approved by the FDA for depression."


def texts(html: str) -> list[tuple[str, bool]]:
    blocks = read(f"<body>{html}".encode(), url="https://clinic.example/x").blocks
    return [(b.text, b.hidden) for b in blocks]


SPLIT = [
    f"<p>Ketamine is not <i>...</i><span style='display:none'>{REST}</span></p><button>x",
    f"<p>Ketamine is not <span class=hidden>{REST}</span> <a href=#>Read more</a></p>",
    f"<p>Ketamine is not&hellip;<span class=d-none><b>{REST}</b></span><br></p>",
    f"<p>Ketamine is not...</p><div style='display:none'><p>{REST}</p></div>",
    "<p>Ketamine is not...<br>Approved by the FDA for depression.",
]


@pytest.mark.parametrize("html", SPLIT)
def test_a_sentence_is_read_with_its_hidden_rest(html: str) -> None:
    body = f"<p>We offer ketamine lozenges for use at home.</p>{html}"
    claims = site.read_site(bundled_engine(), [captured(body)]).claims
    assert {c.stance for c in claims if c.rule_id == "claim.fda-approved"} == {"denies"}


def test_it_stands_where_it_is_written() -> None:
    assert texts(SPLIT[1])[0] == (f"Ketamine is not {REST} Read more", False)
    html = "<p>We give <b>ketamine</b> <span hidden>to <b>adults</b></span></p><p>Call us."
    assert texts(html) == [("We give ketamine to adults", False), ("Call us.", False)]


@pytest.mark.parametrize(
    ("html", "seen", "hidden"),
    [
        ("<p>Ketamine is <i hidden>never</i> approved here", "Ketamine is approved here", "never"),
        ("<p>Call us. <i hidden>we are open</i>", "Call us.", "we are open"),
        ("<p>Our house <i hidden>Opens at nine</i>", "Our house", "Opens at nine"),
        ("<p>Pay <i class=sr-only>in dollars</i>", "Pay", "in dollars"),
    ],
)
def test_other_hidden_words_stand_apart(html: str, seen: str, hidden: str) -> None:
    assert texts(html) == [(seen, False), (hidden, True)]


def test_of_two_the_last_may_be_the_rest() -> None:
    html = "<p>We <i hidden>truly</i> care <i hidden>for you</i></p>"
    assert texts(html) == [("We care for you", False), ("truly", True)]


def test_what_is_taken_out_around_it_takes_it_along() -> None:
    html = "<p>Call us.<a class=sr-only>We treat <small hidden>you</small></a></p>"
    assert texts(html) == [("Call us.", False), ("We treat you", True)]
