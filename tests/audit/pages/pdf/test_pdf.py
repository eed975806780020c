"""PDFs as a person reads them: lines, columns, lists, headings, running heads, cut words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pages.blocks import Block
from audit.pages.pages import PageText, read
from audit.pages.pdf import pdf
from audit.pages.pdf.pdf_document import Document
from audit.pages.pdf.pdf_rows import Run
from audit.text.folding import fold
from tests.audit.pdf_writer import PICTURE, Text, document, lines, stream
from tests.audit.pdf_writer import pdf as written

LEFT = """
    Ketamine is given off-label for low mood. A regis-
    tered nurse sits with you for as long as a session
    lasts and reads your blood pressure every ten min-
    utes, and nobody is left alone in the room until
    the medicine has worn off and you are steady.
"""
RIGHT = """
    Somebody you trust must drive you home, and you do
    not drive until the morning after a night of sleep,
    whatever you feel like by then. Tell us here at once
    if your heart races, if you feel ill, or if you see
    or hear things that frighten you afterwards.
"""


def page(*pages: list[Text], title: str = "") -> PageText:
    return read(written(*pages, title=title), url="https://clinic.example/form.pdf")


def blocks(*pages: list[Text], kind: str = "") -> list[Block]:
    return [b for b in page(*pages).blocks if not kind or b.kind == kind]


def texts(*pages: list[Text], kind: str = "") -> list[str]:
    return [b.text for b in blocks(*pages, kind=kind)]


def test_lines_make_paragraphs_under_their_headings() -> None:
    found = blocks(
        [
            Text("Consent to ketamine treatment", 72, 740, 18),
            Text("What you agree to", 72, 715, 10, bold=True),
            *lines(LEFT, top=700),
            Text("RISKS", 72, 620),
            *lines("Some people feel sick.\nSome see double.", top=600),
        ]
    )
    assert [(b.kind, b.heading) for b in found] == [
        ("heading", ""),
        ("heading", "Consent to ketamine treatment"),
        ("paragraph", "What you agree to"),
        ("heading", "Consent to ketamine treatment"),
        ("paragraph", "RISKS"),
        ("paragraph", "RISKS"),
    ]
    assert found[2].text.startswith("Ketamine is given off-label for low mood. A registered nurse")
    assert found[2].heading_path == ("Consent to ketamine treatment", "What you agree to")


@pytest.mark.parametrize("order", ["column by column", "line by line", "right column first"])
def test_columns_are_read_one_after_the_other(order: str) -> None:
    left, right = lines(LEFT, left=50), lines(RIGHT, left=320)
    drawn = {
        "column by column": [*left, *right],
        "line by line": [t for pair in zip(left, right, strict=True) for t in pair],
        "right column first": [*right, *left],
    }[order]
    across = [
        Text("All of this is read aloud to you before your first visit, line by line.", 50, 730)
    ]
    below = [
        Text("Every page is signed at its end, in ink, by you and by a witness of age.", 50, 610)
    ]
    found = texts([*across, *drawn, *below])
    assert [text.split()[0] for text in found] == ["All", "Ketamine", "Somebody", "Every"]
    assert "every ten minutes, and nobody is left alone" in found[1]
    assert found[2].endswith("or hear things that frighten you afterwards.")


def test_what_goes_on_in_the_next_column_or_page_is_one_paragraph() -> None:
    first = LEFT.strip().removesuffix(".") + " and"
    found = blocks(lines(first), [*lines("also well enough to walk."), *lines(RIGHT, top=670)])
    assert found[0].text.endswith("you are steady and also well enough to walk.")
    assert [b.css_path for b in found] == ["page[1]", "page[2]"]


def test_ligatures_are_found_by_their_letters_and_quoted_as_they_stand() -> None:
    (text,) = texts([Text("An oﬃce visit is the ﬁrst step; ﬂights are not.", 72, 700)])
    assert fold(text).text == "an office visit is the first step; flights are not."


def test_running_heads_and_feet_are_said_once() -> None:
    pages = [
        [
            Text("Quiet Harbor Clinic", 72, 760),
            *lines(f"{LEFT}\nThis is sheet {n}."),
            Text(f"Page {n} of 3", 280, 30),
            Text("Not for use in an emergency.", 72, 42),
        ]
        for n in (1, 2, 3)
    ]
    found = page(*pages).blocks
    margins = [(b.text, b.region, b.css_path) for b in found if b.region != "main"]
    assert margins == [
        ("Quiet Harbor Clinic", "header", "page[1]"),
        ("Not for use in an emergency.", "footer", "page[1]"),
        ("Page 1 of 3", "footer", "page[1]"),
    ]
    said = " ".join(b.text for b in found if b.region == "main")
    assert [f"This is sheet {n}." in said for n in (1, 2, 3)] == [True] * 3


def test_raised_figures_are_not_part_of_their_word() -> None:
    (text,) = texts(
        [Text("approved", 72, 700), Text("2", 113, 704, 6), Text("by nobody", 122, 700)]
    )
    assert text == "approved² by nobody"


@pytest.mark.parametrize(
    "places",
    [
        (b"0 1 -1 0 100 72", b"0 1 -1 0 112 72"),
        (b"-1 0 0 -1 500 100", b"-1 0 0 -1 500 112"),
        (b"0 -1 1 0 112 700", b"0 -1 1 0 100 700"),
    ],
)
def test_pages_that_lie_on_their_side_are_read(places: tuple[bytes, bytes]) -> None:
    said = (b"A nurse stays with you", b"for the whole session.")
    drawn = b"".join(
        b"BT /F 10 Tf %s Tm (%s) Tj ET " % pair for pair in zip(places, said, strict=True)
    )
    found = read(document([stream(drawn)]), url="")
    assert [b.text for b in found.blocks] == ["A nurse stays with you for the whole session."]


def test_a_stamp_across_the_page_is_not_in_the_text() -> None:
    stamp = b"BT /F 40 Tf 0 1 -1 0 300 300 Tm (DRAFT) Tj ET "
    drawn = b"".join(
        b"BT /F 10 Tf 72 %d Td (A nurse stays, always.) Tj ET " % n for n in (700, 650)
    )
    found = read(document([stream(stamp + drawn)]), url="")
    assert [b.text for b in found.blocks] == ["A nurse stays, always."] * 2


@pytest.mark.parametrize(
    "hidden",
    [
        b"3 Tr /F 10 Tf 72 650 Td",
        b"/F 0.5 Tf 72 650 Td",
        b"/F 10 Tf 72 -300 Td",
        b"/F 10 Tf 900 650 Td",
    ],
)
def test_what_the_page_does_not_show_is_not_said(hidden: bytes) -> None:
    drawn = b"BT /F 10 Tf 72 700 Td (A nurse stays.) Tj ET BT %s (Nobody does.) Tj ET" % hidden
    found = read(document([stream(drawn)]), url="")
    assert [b.text for b in found.blocks] == ["A nurse stays."]


def test_what_was_read_in_a_scan_is_kept() -> None:
    said = b"A nurse stays with you until the medicine has worn off. " * 3
    drawn = b"q 612 0 0 792 0 0 cm /X Do Q BT 3 Tr /F 6 Tf 40 700 Td (%s) Tj ET" % said.strip()
    body = document([stream(drawn)], extra=[PICTURE], resources=b"/XObject<</X 6 0 R>>")
    assert read(body, url="").blocks[0].text.startswith("A nurse stays with you")


@pytest.mark.parametrize(
    ("title", "first", "expected"),
    [
        ("Ketamine consent form", "Please read this", ("Ketamine consent form", "consent")),
        ("Microsoft Word - kc_v3.docx", "Informed consent", ("kc v3", "consent")),
        ("untitled", "Notice of privacy practices", ("Notice of privacy practices", "legal")),
        ("", "Our prices", ("Our prices", "pricing")),
    ],
)
def test_what_a_document_calls_itself(title: str, first: str, expected: tuple[str, str]) -> None:
    drawn = [Text(first, 72, 740, 18), *lines(LEFT)]
    found = read(written(drawn, title=title), url="consent-form-of-ours.pdf")
    assert (found.title, found.page_type) == expected
    assert (found.lang, found.shell, found.truncated, found.canonical) == (
        "en-US",
        False,
        False,
        "",
    )
    assert found.words == len(f"{first} {LEFT}".split()) - 2  # two words were cut in two


def test_the_address_tells_what_a_form_is_for() -> None:
    found = read(written(lines(LEFT)), url="https://clinic.example/files/Informed_Consent.pdf")
    assert found.page_type == "consent"


def test_the_same_bytes_give_the_same_blocks_each_with_a_name_of_its_own() -> None:
    body = written(lines(LEFT), [*lines(RIGHT), *lines("• a\n• b", top=500)])
    one, other = read(body, url=""), read(body, url="")
    assert one == other
    names = [(b.css_path, b.ordinal) for b in one.blocks]
    assert [ordinal for _, ordinal in names] == list(range(len(names)))
    assert {path for path, _ in names} == {"page[1]", "page[2]"}


_SIZES = st.sampled_from([6.0, 9.0, 10.0, 10.5, 14.0])
_WORDS = st.lists(
    st.sampled_from(
        ["nurse", "stays", "•", "1.", "-", "o", "You:", "risk?", "✗", "____", "off-", "Page", "a."]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    text, size = draw(_WORDS), draw(_SIZES)
    left = draw(st.integers(0, 500))
    return Run(
        text,
        left,
        left + len(text) * size / 2,
        draw(st.integers(0, 780)),
        size,
        draw(st.booleans()),
    )


@given(st.lists(st.lists(runs(), max_size=25), min_size=1, max_size=4))
def test_wherever_text_stands_none_of_it_is_lost(pages: list[list[Run]]) -> None:
    found = pdf.page_text(Document("", "", tuple(map(tuple, pages)), incomplete=False), "")
    # A running head is kept once, of a list's blocks each says it again: so it is sets here.
    said = {w for b in found.blocks for w in b.text.replace("-", "").split()}
    for run in (run for page in pages for run in page):
        for word in run.text.split():
            if word.isalpha() and len(word) > 1:
                assert any(word in other for other in said)
    for block in found.blocks:
        assert block.text == block.text.strip() != ""
        assert all(0 <= a <= b <= len(block.text) for a, b in block.parts)
    assert len({(b.css_path, b.ordinal) for b in found.blocks}) == len(found.blocks)
