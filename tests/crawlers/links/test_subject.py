"""Of many pages of one kind, which are read first."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.links.page_links import links
from crawlers.links.subject import leads

SITE = "https://ketamine-clinic.example"


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/blog/ketamine-and-sleep", ()),
        ("/blog/2026/Esketamine_at_home.html", ()),
        ("/post?p=7&t=spravato", ()),
        ("/post?p=7", ("What KAP is like",)),
        ("/post?p=7", ("Read more", "Your first K.A.P. session")),
        ("/blog/under%6bETAMINE", ()),
        # A list leads to all others.
        ("/blog/", ()),
        ("/our-locations.html", ()),
    ],
)
def test_what_names_ketamine_or_lists_others_leads(path: str, texts: tuple[str, ...]) -> None:
    assert leads(f"{SITE}{path}", *texts)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/blog/five-ways-to-sleep", ("Five ways to sleep", "Sleep")),
        ("/post?p=7", ("Read more",)),
        ("/blog/kapok-trees", ("A kaput phone",)),
        ("/blog/2", ()),
        ("/", ()),
    ],
)
def test_all_else_does_not(path: str, texts: tuple[str, ...]) -> None:
    assert not leads(f"{SITE}{path}", *texts)


CARD = "<div><article><h3>On ketamine</h3><p>Words</p><div>{}</div></article>{}</div>"
TITLED = "<article><h3>On sleep</h3></article>"


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        (CARD.format("<a href=/1>Read more</a>", TITLED), "On ketamine"),
        (CARD.format("<a href=/1><img src=x alt=Picture></a>", TITLED), "On ketamine"),
        # It has words of its own, the heading is another card's, or a whole list's.
        (CARD.format(f"<a href=/1>{'Five ways to sleep again ' * 2}</a>", TITLED), ""),
        (f"<h2>On ketamine</h2>{TITLED}<p><a href=/1>Read more</a></p>", ""),
        ("<body><h1>On ketamine</h1><a href=/1>Read more</a>", ""),
    ],
)
def test_the_heading_of_a_links_card(html: str, heading: str) -> None:
    (link,) = links(LexborHTMLParser(html))
    assert link.heading == heading
