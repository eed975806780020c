"""Layers of a PDF: what lies on one that is switched off is on no page."""

from __future__ import annotations

import pytest

from audit.pages.pages import read
from tests.audit.pdf_writer import PICTURE, document, stream

ALWAYS, SOMETIMES = "A nurse stays.", "Nobody does."
SHOWN = b"BT /F 10 Tf 72 700 Td (A nurse stays.) Tj ET "
LAID = b"BT /F 10 Tf 72 650 Td (Nobody does.) Tj ET"
LAYER = b"<</Type/OCG/Name(Draft)>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/OC 6 0 R/Resources<</Font<</F 3 0 R>>>>"


def texts(state: bytes, content: bytes, *extra: bytes, resources: bytes) -> list[str]:
    body = document([stream(content)], [LAYER, *extra], resources)
    set_so = b"/OCProperties<</OCGs[6 0 R]/D<</%s[6 0 R]>>>>" % state
    body = body.replace(b"/Lang(en-US)", b"/Lang(en-US)" + set_so)
    return [b.text for b in read(body, url="https://clinic.example/f.pdf").blocks]


@pytest.mark.parametrize(("state", "said"), [(b"OFF", [ALWAYS]), (b"ON", [ALWAYS, SOMETIMES])])
class TestLayers:
    def test_text_on_a_layer(self, state: bytes, said: list[str]) -> None:
        content = SHOWN + b"/OC /L BDC " + LAID + b" EMC"
        assert texts(state, content, resources=b"/Properties<</L 6 0 R>>") == said

    def test_a_drawing_on_a_layer(self, state: bytes, said: list[str]) -> None:
        drawing = stream(LAID, FORM)
        assert texts(state, SHOWN + b"/X Do", drawing, resources=b"/XObject<</X 7 0 R>>") == said


def test_what_was_read_in_a_scan_is_kept_whatever_its_layer() -> None:
    scan = b"q 612 0 0 792 0 0 cm /I Do Q /OC /L BDC BT 3 Tr /F 10 Tf 72 650 Td (%s) Tj ET EMC"
    said = b"A nurse stays with you until the medicine has worn off. " * 3
    layers = b"/Properties<</L 6 0 R>>/XObject<</I 7 0 R>>"
    found = texts(b"OFF", scan % said, PICTURE, resources=layers)
    assert found == [said.decode().strip()]
