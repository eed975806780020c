"""Shapes in PDFs: lists, numbered clauses, questions, tables, lines to be filled in."""

from __future__ import annotations

from audit.pages.blocks import Block
from audit.pages.pages import read
from tests.audit.pdf_writer import Text, document, lines, pdf, stream


def blocks(page: list[Text], kind: str = "") -> list[Block]:
    found = read(pdf(page), url="https://clinic.example/form.pdf").blocks
    return [b for b in found if not kind or b.kind == kind]


def test_lists_keep_their_lead_in_and_lose_their_bullets() -> None:
    found = blocks(
        [
            *lines("You may not take part if you have:"),
            *lines("• high blood pressure that is not\n  under control\n• a psychosis", 84, 686),
            Text("o", 108, 650),
            Text("now or before", 126, 650),
            Text("•", 84, 638),
            Text("a full bladder", 102, 638),
            *lines("Ask us when you are not sure.", top=622),
        ]
    )
    whole = found[0]
    assert whole.kind == "list"
    assert whole.text.split("\n") == [
        "You may not take part if you have:",
        "high blood pressure that is not under control",
        "a psychosis",
        "now or before",
        "a full bladder",
    ]
    assert [(b.text, b.lead_in) for b in found if b.kind == "list-item"] == [
        ("high blood pressure that is not under control", "You may not take part if you have:"),
        ("a psychosis", "You may not take part if you have:"),
        ("now or before", "a psychosis"),
        ("a full bladder", "You may not take part if you have:"),
    ]
    assert found[-1].text == "Ask us when you are not sure."


def test_numbers_count_clauses_or_belong_to_headings() -> None:
    found = blocks(
        [
            Text("1. Risks", 72, 720, 10, bold=True),
            *lines(
                "1. I feel well.\n2. I was told of the risks, and of what\nelse could help me.",
                top=700,
            ),
        ]
    )
    assert [(b.kind, b.text) for b in found if b.kind != "list-item"] == [
        ("heading", "1. Risks"),
        ("list", "I feel well.\nI was told of the risks, and of what else could help me."),
    ]


def test_a_cross_before_an_item_is_part_of_what_is_read() -> None:
    found = blocks([*lines("Included:"), *lines("✗ a driver\n✗ a meal", top=686)], kind="list")
    assert found[0].text == "Included:\n✗ a driver\n✗ a meal"


def test_questions_have_their_answers() -> None:
    (answer,) = blocks(
        [Text("May I drive home?", 72, 720, 14), *lines("No.\nSomebody drives you.")], kind="faq"
    )
    assert answer.text == "May I drive home?\nNo.\nSomebody drives you."
    assert answer.heading == "May I drive home?"


def test_lines_to_fill_in_are_form_labels() -> None:
    drawn = [
        *lines("Name: ____________  Date: ______\nSignature: ______________"),
        *lines(
            "I, ________, have read this form and have\nasked all that I wanted to ask.", top=650
        ),
    ]
    assert [(b.kind, b.text) for b in blocks(drawn)] == [
        ("form-label", "Name: ____________ Date: ______"),
        ("form-label", "Signature: ______________"),
        ("paragraph", "I, ________, have read this form and have asked all that I wanted to ask."),
    ]


def test_a_price_behind_dots_is_nothing_to_fill_in() -> None:
    drawn = lines("Ketamine infusion .......... $450\nVisit ............ $1,200 / month")
    found = [b for b in read(pdf(drawn), url="").blocks if b.kind == "paragraph"]
    assert "$450" in found[0].text and "$1,200" in found[-1].text


def test_table_rows_have_their_cells_and_column_heads() -> None:
    cells = [
        ("Service", "Price"),
        ("First visit", "$250"),
        ("A session with", "$400"),
        ("a nurse", ""),
    ]
    drawn = [
        Text(text, left, 700 - 12 * n, bold=n == 0)
        for n, row in enumerate(cells)
        for text, left in zip(row, (72, 300), strict=True)
        if text
    ]
    found = blocks(drawn, kind="table-row")
    assert [[b.text[slice(*part)] for part in b.parts] for b in found] == [
        ["Service", "Price"],
        ["First visit", "$250"],
        ["A session with a nurse", "$400"],
    ]
    assert found[1].lead_in == "Service | Price"


def test_drawn_bullets_begin_items() -> None:
    drawn = b"BT /F 10 Tf 72 700 Td (We check:) Tj ET "
    for base, text in ((688, b"your pulse"), (676, b"your breath")):
        drawn += b"BT /F 10 Tf 90 %d Td (%s) Tj ET 80 %d 3 3 re f " % (base, text, base + 2)
    drawn += b"300 650 3 3 re f "  # part of a drawing: nothing stands beside it
    found = read(document([stream(drawn)]), url="")
    assert found.blocks[0].text == "We check:\nyour pulse\nyour breath"


def test_letters_of_a_font_of_pictures_are_what_it_draws() -> None:
    font = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Wingdings-Regular/FirstChar 32/LastChar 255"
        b"/Widths[%s]/FontDescriptor 7 0 R>>" % (b"800 " * 224)
    )
    looks = (
        b"<</Type/FontDescriptor/FontName/ABCDEF+Wingdings-Regular/Flags 4/StemV 80/ItalicAngle 0"
        b"/FontBBox[0 -200 1000 900]/Ascent 900/Descent -200/CapHeight 700>>"
    )
    line = b"BT /B 12 Tf 72 %d Td (%s) Tj /F 12 Tf 20 0 Td (%s) Tj ET "
    drawn = line % (700, b"\xfc", b"A driver") + line % (686, b"\xfb", b"Minors")
    body = document([stream(drawn)], [font, looks]).replace(b"/B 4 0 R", b"/B 6 0 R")
    found = read(body, url="https://clinic.example/f.pdf").blocks
    assert found[0].text == "A driver\n✗ Minors"
