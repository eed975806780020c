"""What a PDF strikes out is withdrawn, as ``<del>`` is; other lines strike nothing out."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import Text, document, pdf, stream

NURSE = "A nurse stays until you are well."
# How wide that is in Helvetica of 10 points.
WIDTH = 143
SHOWN = b"BT /F 10 Tf 72 700 Td (%s) Tj ET BT /F 10 Tf 72 650 Td (Call us.) Tj ET "


def said(drawn: bytes, text: str = NURSE) -> list[str]:
    body = document([stream(SHOWN % text.encode() + drawn)])
    return [b.text for b in read(body, url="https://clinic.example/f.pdf").blocks]


@pytest.mark.parametrize(
    "line",
    [
        b"0.7 w 72 703 m %d 703 l S" % (72 + WIDTH),
        b"72 702.4 %d 0.8 re f" % WIDTH,
        b"1 0 0 RG 1 w 70 702.5 m %d 702.5 l S" % (76 + WIDTH),
        b"q 1 0 0 1 0 300 cm 0.7 w 72 403 m %d 403 l S Q" % (72 + WIDTH),
    ],
)
def test_a_line_through_a_text_strikes_it_out(line: bytes) -> None:
    assert said(line) == ["Call us."]


def test_the_rest_of_the_line_stays() -> None:
    assert said(b"0.7 w 109 703 m 133 703 l S") == ["A nurse until you are well.", "Call us."]


@pytest.mark.parametrize(
    "line",
    [
        b"0.7 w 72 698 m %d 698 l S" % (72 + WIDTH),  # below it
        b"0.7 w 72 709 m %d 709 l S" % (72 + WIDTH),  # above it
        b"0.7 w 30 703 m 580 703 l S",  # a rule that goes on behind it
        b"1 G 0.7 w 72 703 m %d 703 l S" % (72 + WIDTH),  # white
        b"72 703 m %d 703 l W n" % (72 + WIDTH),  # drawn with nothing
        b"1 1 0 rg 72 697 %d 12 re f" % WIDTH,  # a marker
        b"0.7 w 140 600 m 140 790 l S",  # a border
    ],
)
def test_other_lines_do_not(line: bytes) -> None:
    assert said(line) == [NURSE, "Call us."]


def test_a_line_in_a_drawing_of_its_own_stands_where_that_is_placed() -> None:
    looks = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    line = stream(b"0.7 w 0 3 m %d 3 l S" % WIDTH, looks)
    for placed, left in (
        (b"1 0 0 1 72 700", ["Call us."]),
        (b"1 0 0 1 72 500", [NURSE, "Call us."]),
    ):
        drawn = SHOWN % NURSE.encode() + b"q %s cm /X Do Q" % placed
        body = document([stream(drawn)], extra=[line], resources=b"/XObject<</X 6 0 R>>")
        assert [b.text for b in read(body, url="").blocks] == left


def test_what_a_viewers_user_has_struck_out_is_withdrawn() -> None:
    corners = b"72 709 %d 709 72 698 %d 698" % (72 + WIDTH, 72 + WIDTH)
    note = b"<</Type/Annot/Subtype/%s/Rect[72 698 216 710]/QuadPoints[%s]/F 4>>"

    def shown(kind: bytes) -> list[str]:
        body = document([stream(SHOWN % NURSE.encode())], [note % (kind, corners)])
        body = body.replace(b"/Type/Page/Parent", b"/Annots[6 0 R]/Type/Page/Parent")
        return [b.text for b in read(body, url="").blocks]

    assert shown(b"StrikeOut") == ["Call us."]
    assert shown(b"Highlight") == [NURSE, "Call us."]


def test_lines_on_a_page_that_lies_on_its_side() -> None:
    drawn = (
        b"BT /F 10 Tf 0 1 -1 0 100 72 Tm (%s) Tj ET BT /F 10 Tf 0 1 -1 0 150 72 Tm (Call us.) Tj ET"
        b" 0.7 w 97 72 m 97 %d l S" % (NURSE.encode(), 72 + WIDTH)
    )
    assert [b.text for b in read(document([stream(drawn)]), url="").blocks] == ["Call us."]


def test_a_plain_page_has_nothing_struck_out() -> None:
    (block,) = read(pdf([Text(NURSE, 72, 700)]), url="").blocks
    assert block.text == NURSE
