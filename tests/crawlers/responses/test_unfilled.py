"""What a page leaves to its scripts: it is no sign that nothing stands there."""

from __future__ import annotations

import pytest

from crawlers.responses.lazy import PERHAPS
from crawlers.responses.page_facts import look
from crawlers.responses.unfilled import AWAITED, FOLDED, HELD_BACK, LATER, MENU

WORDS = "<p>We offer care for people with low mood, and a nurse sits with you.</p>"
SCRIPT = "<script src=/app.js></script>"
TWO = ("Who should not have it?", "How long does it last?")


def left(body: str, script: str = SCRIPT) -> set[str]:
    html = f"<!doctype html><body><main>{WORDS}{body}</main>{script}</body>"
    return set(look(html.encode(), "https://clinic.example/faq", "text/html").unfilled)


def each(item: str) -> str:
    """An item for each of two questions."""
    return "".join(item.format(n=n, q=question) for n, question in enumerate(TWO))


PANEL = (
    "<div><h3><button aria-expanded=false aria-controls=p{n} id=b{n}>{q}</button></h3>"
    "<div id=p{n} role=region aria-labelledby=b{n} hidden>%s</div></div>"
)
TAB = (
    "<button role=tab aria-selected=false aria-controls=t>Risks</button>"
    "<div role=tabpanel id=t></div>"
)
LOOSE = "<div class=item><button class=q><b>{q}</b><svg></svg></button>%s</div>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (each(PANEL % ""), {HELD_BACK, LATER}),
        (PANEL.format(n=1, q="Risks") % "", {HELD_BACK}),
        (TAB, {HELD_BACK}),
        (each(LOOSE % ""), {HELD_BACK, FOLDED, LATER}),
        # One alone may be a chat's, or open a window over the page.
        ("<button>Any worries?</button>", {FOLDED}),
        ("<section><button>Safety information</button></section><p>Words", {FOLDED}),
        ("<button>Read more</button>", {FOLDED}),
        ("<button aria-expanded=false>Side effects</button>", {FOLDED}),
        # In no button, and told by what stands between them, which is nothing.
        (each("<div class=item><h3>{q}</h3><span>+</span></div>"), {LATER}),
        ("<div id=faq-list></div>", {AWAITED, LATER}),
        ("<div id=content></div>", {AWAITED, LATER}),
        ("<div class='grid gap-4'></div>", {LATER}),
        ("<section class='our-team grid'></section>", {LATER, PERHAPS}),
        ("<div class=elfsight-app-1f2e></div>", {LATER}),
    ],
)
def test_what_is_not_in_the_page(body: str, expected: set[str]) -> None:
    assert left(body) == expected
    assert left(body, script="") == set()


@pytest.mark.parametrize(
    "body",
    [
        each(PANEL % "<p>Nobody who is pregnant."),
        (PANEL % "<img src=x>").format(n=1, q="Risks"),
        each(LOOSE % "<div>About an hour.</div>"),
        # What a browser saw in it, and put beside it.
        each((PANEL % "").replace("</div></div>", "</div><div data-opened>An hour.</div></div>")),
        each("<h4><button class=q aria-expanded=false>{q}</button></h4><div>An hour.</div>"),
        each("<details><summary>{q}</summary>About an hour.</details>"),
        each("<dt>{q}</dt><dd>About an hour.</dd>"),
        # Lists of links, fields to fill in, what patients are asked.
        each("<li><a href=#a{n}>{q}</a></li>"),
        f"<form>{each('<p>{q}</p>')}<button>Read more</button></form>",
        each("<label>{q}</label><input>"),
        # Pressed for something else than to read.
        *(f"<button aria-expanded=false>{text}</button>" for text in ("Search", "Chat with us")),
        *(f"<button>{text}</button>" for text in ("Book a visit", "Start the assessment", "Next")),
        "<button aria-label='Accessibility menu' aria-expanded=false></button>",
        "<div class=faq-icon></div><div class=spacer></div><div id=map></div>",
        "<button disabled>Read more</button>",
    ],
)
def test_what_is_there_or_is_nothing_to_read(body: str) -> None:
    assert left(body) == set()


def test_answers_in_the_pages_data_are_not_held_back() -> None:
    data = '<script type="application/ld+json">{"acceptedAnswer": {"text": "An hour."}}</script>'
    assert left(each(PANEL % ""), script=data) == {FOLDED, LATER}


BUTTON = "<button>Patients<svg></svg></button>"


@pytest.mark.parametrize(
    ("bar", "expected"),
    [
        (f"<footer>{BUTTON}</footer>", {MENU}),
        (f"<header><nav><a href=/faq>FAQ</a>{BUTTON}</nav></header>", {MENU}),
        ("<div role=navigation><button aria-label='Open menu'></button></div>", {MENU}),
        ("<header><a class=nav-link>Safety</a></header>", {MENU}),
        ("<nav><a href='#'>Care</a></nav>", {MENU}),
        ("<nav><a href='#'>Care</a><ul><li><a href=/iv>IV</a></ul></nav>", set()),
        ("<footer><a href='#'>Back to top</a><a href='#'><svg></svg></a></footer>", set()),
        (f"<footer>{BUTTON}<ul><li><a href=/faq>FAQ</a></ul></footer>", set()),
        (
            "<nav><button aria-controls=m>Menu</button></nav><ul id=m><a href=/faq>FAQ</a></ul>",
            set(),
        ),
        ("<header><button>Search</button><button>Log in</button></header>", set()),
        ("<footer><form><button>Join</button></form></footer>", set()),
    ],
)
def test_menus_whose_links_are_not_in_the_page(bar: str, expected: set[str]) -> None:
    assert left(bar) == expected
