"""What viewers show of a PDF beside plain text: letters turned twice, notes typed onto a page."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import document, stream


def test_a_size_below_zero_turns_letters_that_are_turned_already() -> None:
    turned = b"BT /F -12 Tf -1 0 0 -1 72 %d Tm (%s) Tj ET "
    drawn = turned % (700, b"A nurse stays") + turned % (686, b"until you are well.")
    (block,) = read(document([stream(drawn)]), url="https://clinic.example/f.pdf").blocks
    assert block.text == "A nurse stays until you are well."


def test_what_was_typed_onto_a_page_is_read() -> None:
    note = b"<</Type/Annot/Subtype/FreeText/Rect[72 600 400 640]/AP<</N 7 0 R>>/F %d>>"
    looks = b"/Type/XObject/Subtype/Form/BBox[0 0 328 40]/Resources<</Font<</F 3 0 R>>>>"
    typed = stream(b"BT /F 12 Tf 2 10 Td (Not for minors.) Tj ET", looks)

    def said(flags: int) -> list[str]:
        body = document(
            [stream(b"BT /F 12 Tf 72 700 Td (A nurse stays.) Tj ET")], [note % flags, typed]
        )
        body = body.replace(b"/Type/Page/Parent", b"/Annots[6 0 R]/Type/Page/Parent")
        return [b.text for b in read(body, url="https://clinic.example/f.pdf").blocks]

    hidden, printed = 2, 4  # ISO 32000-1, table 165
    assert said(printed) == ["A nurse stays.", "Not for minors."]
    assert said(hidden) == ["A nurse stays."]


@pytest.mark.parametrize("kind", [b"Stamp", b"Widget/FT/Tx/T(who)/V(Dr. Ada Quill)"])
def test_what_was_stamped_or_filled_in_is_read(kind: bytes) -> None:
    note = b"<</Type/Annot/Subtype/%s/Rect[72 600 400 640]/AP<</N 7 0 R>>/F 4>>" % kind
    looks = b"/Type/XObject/Subtype/Form/BBox[0 0 328 40]/Resources<</Font<</F 3 0 R>>>>"
    filled = stream(b"BT /F 12 Tf 2 10 Td (Dr. Ada Quill) Tj ET", looks)
    body = document([stream(b"BT /F 12 Tf 72 700 Td (Your doctor:) Tj ET")], [note, filled])
    body = body.replace(b"/Type/Page/Parent", b"/Annots[6 0 R]/Type/Page/Parent")
    found = read(body, url="https://clinic.example/f.pdf").blocks
    assert "Dr. Ada Quill" in " ".join(b.text for b in found)


def test_blanks_after_the_end_do_not_cut_a_file_short() -> None:
    body = document([stream(b"BT /F 12 Tf 72 700 Td (A nurse stays.) Tj ET")])
    padded = b"\n\n" + body + b"\0" * 2000  # what stands before it makes its table wrong
    (block,) = read(padded, url="https://clinic.example/f.pdf").blocks
    assert block.text == "A nurse stays."
