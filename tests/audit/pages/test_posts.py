"""Posts that no address or markup calls so: known by what a column is called, author and date."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from data.vocabulary import PageType

SITE = "https://clinic.example"
TEXT = f"<p>{'Every winter the stream behind our mill freezes and I read at night. ' * 3}</p>"


def type_of(title: str, begins: tuple[str, ...], path: str) -> PageType:
    """The type of a page that begins with a title and short paragraphs, and then goes on."""
    heading, *short = begins
    said = "".join(f"<p>{text}</p>" for text in short)
    html = f"<title>{title}</title><h1>{heading}</h1>{said}{TEXT}"
    return read(html.encode(), url=SITE + path).page_type


@pytest.mark.parametrize(
    ("title", "begins", "path"),
    [
        ("Notes from the mill", ("Notes from the mill", "Ana Ruiz Jan 19, 2026 Notes"), "/notes-3"),
        ("What it means | Alder Journal", ("What", "By Ana Ruiz", "March 3, 2026"), "/journal-fda"),
        ("A quiet room", ("A quiet room", "Letters", "12 May 2026"), "/letters-3"),
        ("On sleep", ("On sleep", "Written by Dr. Ana Ruiz", "2026-02-11"), "/on-sleep"),
        ("On ketamine", ("Sleep", "Ana Ruiz · Feb. 2, 2026 · 4 min read"), "/ketamine-and-sleep"),
        ("Dispatches from Quillby: spring", ("Spring",), "/dispatches-spring"),
        ("Field notes: the long wait", ("The long wait", "April 2026"), "/wait"),
        ("A diary of a slow week", ("A slow week", "by Ana Ruiz, MD"), "/diary/slow-week"),
        ("The Thursday column", ("Thursday", "Posted on June 5, 2026"), "/thursday-column"),
        ("Journal | Alder", ("Journal",), "/writing"),
    ],
)
def test_a_post_by_another_name_is_a_blogs(title: str, begins: tuple[str, ...], path: str) -> None:
    assert type_of(title, begins, path) == "blog"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("In this blog, we look at what the mill does to sleep.", "blog"),
        ("In today's blog post I tell how the stream freezes.", "blog"),
        ("We have a blog, and in this place we tell how the stream freezes.", "other"),
    ],
)
def test_a_page_that_calls_itself_a_post_is_one(said: str, kind: str) -> None:
    body = f"<title>The stream</title><h1>The stream</h1><p>{said} {TEXT[3:]}"
    assert read(body.encode(), url=f"{SITE}/the-stream").page_type == kind


REVIEWED = "Medically reviewed by Ana Ruiz, MD", "Last updated March 3, 2026"


@pytest.mark.parametrize(
    ("title", "begins", "path"),
    [
        ("Notes for your visit", ("Notes for your visit",), "/notes-for-your-visit"),
        ("Session notes", ("Session notes", "Updated March 3, 2026"), "/session-notes"),
        ("Letters of medical necessity", ("Letters",), "/letters-of-medical-necessity"),
        ("A journal to write in", ("A journal to write in",), "/journal-to-write-in"),
        ("Integration journal", ("Your integration journal", "By mail"), "/journal-prompts"),
        ("Ketamine infusions", ("Ketamine infusions", *REVIEWED), "/infusions"),
        ("Lozenges", ("Lozenges", "By Ana Ruiz, MD", "March 3, 2026"), "/ketamine-lozenges"),
        ("Our story", ("Since 2019", "By Ana Ruiz"), "/story"),
        ("Notice of privacy practices", ("Notice", "By Ana Ruiz", "March 3, 2026"), "/npp"),
        ("Letters from our patients", ("Letters from our patients",), "/letters"),
        ("Release notes for nurses", ("Handover", "By phone, March 3, 2026"), "/handover"),
        ("Your visit", ("Your visit", "Bring your notes.", "By bus"), "/visit-notes"),
    ],
)
def test_notes_and_letters_of_treatment_are_no_posts(
    title: str, begins: tuple[str, ...], path: str
) -> None:
    assert type_of(title, begins, path) not in ("blog", "news")


def test_an_author_and_a_date_below_the_beginning_make_no_post() -> None:
    below = f"<title>Hello</title><h1>Hello</h1>{TEXT}<p>By Ana Ruiz</p><p>March 3, 2026</p>"
    assert read(below.encode(), url=f"{SITE}/hello").page_type == "other"
    assert type_of("Alder", ("Alder", "By Ana Ruiz", "March 3, 2026"), "/") == "home"


def test_blanks_without_end_part_nothing() -> None:
    blanks = "\u00a0" * 100_000
    assert type_of(f"a{blanks}b", (f"a{blanks}b",), "/on-sleep") == PageType.OTHER
