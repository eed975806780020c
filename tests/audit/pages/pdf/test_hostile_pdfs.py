"""PDFs that cannot be read, or are made to break a reader: refused, each with its reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import audit
from audit.pages.pages import MAX_BYTES, PageRefused, read
from audit.pages.pdf import pdf_document
from tests.audit.pdf_writer import PICTURE, Text, document, lines, pdf, stream

SAID = b"BT /F 10 Tf 72 700 Td (A nurse stays with you for the whole session.) Tj ET "
SCAN = stream(b"q 612 0 0 792 0 0 cm /I Do Q BT /F 6 Tf 9 9 Td (Scanned on a sunny day) Tj ET")
LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(%s)(%s)]" % (
    *(b"o" * 32, b"u" * 32, b"i" * 16, b"i" * 16),
)
LONG = pdf(*[lines("A nurse stays with you.\n" * 40)] * 3)


def scans(pages: int) -> bytes:
    return document([SCAN] * pages, [PICTURE], b"/XObject<</I 6 0 R>>")


def laughs(depth: int) -> bytes:
    """A drawing that holds another one twice, and so on: a text that is drawn 2**depth times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%s>>"
    forms = [
        stream(b"/X Do /X Do", form % (b"/XObject<</X %d 0 R>>" % (7 + n))) for n in range(depth)
    ]
    forms.append(stream(SAID, form % b"/Font<</F 3 0 R>>"))
    return document([stream(b"/X Do")], forms, b"/XObject<</X 6 0 R>>")


def reason(body: bytes, content_type: str | None = None) -> str:
    with pytest.raises(PageRefused) as refused:
        read(body, url="https://clinic.example/form.pdf", content_type=content_type)
    assert refused.value.reason == str(refused.value)
    return refused.value.reason


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (scans(3), "pictures of text"),
        (document([stream(b"0 0 m 9 9 l S")]), "holds no text"),
        (document([stream(SAID)], trailer=LOCKED), "encrypted"),
        (document([stream(SAID)], repeat=2000), "2000 pages"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + b"1 0 obj <</Type /Catalog>> endobj\n" * 99, "damaged"),
        (b"\x89PNG\r\n\0\0", "no PDF"),
        (b"", "no PDF"),
        (b"%PDF-1.7\n" + b" " * pdf_document.MAX_BYTES, "larger than"),
        (pdf([Text("word " * 20, 1, 780 - n, 1) for n in range(770)]), "more text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(body: bytes, words: str) -> None:
    assert words in reason(body, "application/pdf")


XFA = document([stream(SAID)], [stream(b"<xdp/>")]).replace(
    b"/Type/Catalog", b"/AcroForm<</Fields[]/XFA 6 0 R>>/NeedsRendering true/Type/Catalog"
)
COVER = document(
    [stream(SAID)],
    [b"<</Type/Filespec/F(a)/UF(a)/EF<</F 7 0 R>>>>", stream(b"a", b"/Type/EmbeddedFile")],
).replace(b"/Type/Catalog", b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>/Type/Catalog")


@pytest.mark.parametrize(("body", "words"), [(XFA, "XFA"), (COVER, "cover for files")])
def test_a_page_that_stands_for_others_is_not_taken_for_them(body: bytes, words: str) -> None:
    assert words in reason(body)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_short_is_not_taken_for_the_whole(cut: float) -> None:
    assert "damaged" in (why := reason(LONG[: int(cut * len(LONG))])) or "cut short" in why


@pytest.mark.parametrize(
    "body",
    [
        laughs(40),
        document([stream(b" " * (1 << 30), packed=2)]),
        document([stream(b"0 0 m 9 9 l S " * 9_000_000, packed=2)]),
    ],
    ids=["drawn 2**40 times", "a gigabyte of blanks", "nine million lines"],
)
def test_bombs_cost_no_more_than_their_own_process(body: bytes) -> None:
    assert len(body) < MAX_BYTES
    assert "memory or time" in reason(body)


@pytest.mark.parametrize(
    "body",
    [
        document([stream(b"q " * 500_000 + SAID)]),
        document([stream(b"[" * 500_000 + b"] TJ " + SAID), stream(SAID)]),
        document([stream(SAID)], [b"[" * 100_000 + b"]" * 100_000]),
        document([stream(b"0 0 m 9 9 l S " * 100_000 + SAID, packed=1)]),
        document([stream(b"80 702 3 3 re f " * 10_000 + SAID, packed=1)]),
        document([stream(b"BT /F 10 Tf 72 700 Td " + b"(A) Tj 9 0 Td " * 5_000 + b"ET " + SAID)]),
        b"junk before it\n" + pdf(lines("A nurse stays with you for the whole session.")),
        pdf(lines("A nurse stays with you for the whole session.")) + b"\0" * 2_000,
    ],
)
def test_odd_files_are_read(body: bytes) -> None:
    assert any("A nurse stays" in b.text for b in read(body, url="").blocks)


def test_pages_that_are_pictures_make_the_rest_incomplete() -> None:
    body = document([stream(SAID), SCAN], [PICTURE], b"/XObject<</I 6 0 R>>")
    found = read(body, url="")
    assert (found.truncated, found.blocks[0].css_path) == (True, "page[1]")


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_document, "MAX_WALL_S", 0)
    assert "memory or time" in reason(pdf(lines("A nurse stays.")))


def test_a_page_about_pdfs_is_a_page() -> None:
    html = b"<!-- no %PDF-1.7 --><p>%PDF-1.7 is how such a file begins.</p>"
    assert read(html, url="").blocks[0].text == "%PDF-1.7 is how such a file begins."


def test_nobody_pays_for_pdfs_who_has_none() -> None:
    code = (
        "import sys; from audit.pages.pages import read; read(b'<p>x', url='');"
        "sys.exit([m for m in sys.modules if 'pdf' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(audit.__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "[]\n")
