"""White letters on bare paper, which nobody can read."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import document, stream

SHOWN, WHITE = (
    b"BT /F 12 Tf 72 700 Td (A nurse stays.) Tj ET ",
    b"BT /F 12 Tf 72 650 Td (No one.) Tj ET",
)
SHADING = (
    b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 600 0]/Extend[true true]"
    b"/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[.2 .2 .2]/N 1>>>>"
)
BOX = b"60 640 400 30 re "


def said(drawn: bytes, extra: tuple[bytes, ...] = (), resources: bytes = b"") -> list[str]:
    body = document([stream(drawn)], extra, resources)
    return [b.text for b in read(body, url="https://clinic.example/f.pdf").blocks]


@pytest.mark.parametrize("white", [b"1 g ", b"1 1 1 rg ", b"0 0 0 0 k "])
def test_white_letters_on_bare_paper_are_not_read(white: bytes) -> None:
    assert said(SHOWN + white + WHITE) == ["A nurse stays."]
    assert said(b"1 g " + BOX + b"f 0 g " + SHOWN + white + WHITE) == ["A nurse stays."]


@pytest.mark.parametrize(
    ("behind", "extra", "resources"),
    [
        (b"0 0 .4 rg " + BOX + b"f ", (), b""),
        (b"0 0 .4 RG 30 w 60 655 m 460 655 l S ", (), b""),
        (b"q " + BOX + b"W n /S sh Q ", (SHADING,), b"/Shading<</S 6 0 R>>"),
        (
            b"/Pattern cs /P scn " + BOX + b"f ",
            (b"<</PatternType 2/Shading %s>>" % SHADING,),
            b"/Pattern<</P 6 0 R>>",
        ),
    ],
)
def test_white_letters_on_anything_else_are(
    behind: bytes, extra: tuple[bytes, ...], resources: bytes
) -> None:
    assert said(behind + b"0 g " + SHOWN + b"1 g " + WHITE, extra, resources) == [
        "A nurse stays.",
        "No one.",
    ]


def test_white_letters_with_an_outline_are_read() -> None:
    assert said(SHOWN + b"1 g 0 G BT 2 Tr /F 12 Tf 72 650 Td (No one.) Tj ET") == [
        "A nurse stays.",
        "No one.",
    ]


def test_they_are_looked_for_where_a_viewer_turns_the_page() -> None:
    drawn = SHOWN + b"0 0 .4 rg " + BOX + b"f 1 g " + WHITE + b" BT /F 12 Tf 72 100 Td (Hid.) Tj ET"
    body = document([stream(drawn)]).replace(
        b"/MediaBox", b"/Rotate 90/CropBox[50 50 500 792]/MediaBox"
    )
    found = read(body, url="https://clinic.example/f.pdf").blocks
    assert [b.text for b in found] == ["A nurse stays.", "No one."]
