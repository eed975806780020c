"""The process that opens PDFs: bytes on stdin, runs of text with their places on stdout.

PDFium is C++ and cannot be stopped from within. Here a hostile file costs this process, which may
use so much memory and time and no more, and never the audit.
"""

from __future__ import annotations

import ctypes
import json
import sys
from contextlib import suppress
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from audit.pages.pdf import pdf_strikes
from audit.pages.pdf.pdf_bullets import drawn_bullets
from audit.pages.pdf.pdf_glyphs import PageReader
from audit.pages.pdf.pdf_layers import Layers
from audit.pages.pdf.pdf_paper import Paper

MAX_PAGES = 300
MAX_PAGE_CHARACTERS = 60_000
MAX_CHARACTERS = 1_000_000
MAX_MEMORY_BYTES = 1 << 30
MAX_CPU_S = 10

# Letters: fewer over a picture are a stamp on a scan; over attached files, a portfolio's cover.
_FEW_LETTERS, _COVER = 100, 600
_MAX_OBJECTS, _MAX_NOTES = 5_000, 500
_WRITTEN = frozenset({c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_STAMP, c.FPDF_ANNOT_WIDGET})


class Refused(Exception):  # noqa: N818 - a decision about the file, not a fault
    """The file is not read, for the reason given."""


def main() -> None:
    """Read one PDF, and write what it says, or why it is not read, as JSON."""
    _limit()
    try:
        answer = _document(sys.stdin.buffer.read())
    except Refused as reason:
        answer = {"refused": str(reason)}
    json.dump(answer, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: there the caller's clock alone ends it
        return
    for limit, most in (
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MAX_CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # where less is allowed already, or none can be set
            resource.setrlimit(limit, (most, most))


def _document(body: bytes) -> dict[str, Any]:
    document = _open(body)
    count = len(document)
    if count > MAX_PAGES:
        raise Refused(f"it has {count} pages, and at most {MAX_PAGES} are read")
    # Viewers mend the tables of a file that was cut short, and show what is left of it.
    ends = b"%%EOF" in body.rstrip(b"\0 \t\r\n")[-1024:]
    if not c.FPDF_DocumentHasValidCrossReferenceTable(document) and not ends:
        raise Refused("it is cut short")
    if c.FPDF_GetFormType(document) == c.FORMTYPE_XFA_FULL:
        raise Refused("a program within it (XFA) draws its pages, which are not among them")
    pages: list[dict[str, Any]] = []
    layers = Layers(declared=b"/OCProperties" in body)
    left = MAX_CHARACTERS
    for number in range(count):
        pages.append(_page(document, number, layers, min(left, MAX_PAGE_CHARACTERS)))
        left -= sum(len(run.text) for run in pages[-1]["runs"])
    said = MAX_CHARACTERS - left
    if count == 1 and said < _COVER and c.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("it is a cover for files attached to it")
    title = document.get_metadata_value("Title")
    return {"title": title, "lang": _language(document), "pages": pages}


def _open(body: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise Refused("it is encrypted, and opens with a password only") from error
        raise Refused("it is damaged, or no PDF") from error
    if len(document) == 0:
        raise Refused("it is damaged: it has no pages")
    return document


def _language(document: Any) -> str:
    size = c.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    c.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0")


def _page(document: Any, number: int, layers: Layers, most: int) -> dict[str, Any]:
    try:
        page = _with_notes(document, number)
        if not _is_picture(page):  # its text is hidden on purpose, and read all the same
            layers.take_off(page)
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise Refused(f"it is damaged: page {number + 1} cannot be read") from error
    count = text.count_chars()
    if count > most:
        raise Refused(f"it has more text up to page {number + 1} than is read")
    reader = PageReader(text.raw, count, page.get_bbox(), Paper(page), pdf_strikes.lines(page))
    runs = reader.runs()
    # Over a scan, what was read in the picture is written so that nobody sees it.
    if reader.unseen and not _is_picture(page):
        runs = [run for number, run in enumerate(runs) if number not in reader.unseen]
    runs += drawn_bullets(page, runs)
    sparse = sum(len(run.text) for run in runs) < _FEW_LETTERS
    answer = {
        "runs": runs,
        "unknown": reader.unknown,
        "picture": sparse and _is_picture(page),
    }
    text.close()
    page.close()
    return answer


def _with_notes(document: Any, number: int) -> Any:
    """A page with what was typed or stamped onto it, or into its form: annotations of their own."""
    page = document[number]
    kinds = (
        _kind_of_note(page, note) for note in range(min(c.FPDFPage_GetAnnotCount(page), _MAX_NOTES))
    )
    if _WRITTEN.isdisjoint(kinds):
        return page
    c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _kind_of_note(page: Any, number: int) -> int:
    note = c.FPDFPage_GetAnnot(page, number)
    kind: int = c.FPDFAnnot_GetSubtype(note)
    c.FPDFPage_CloseAnnot(note)
    return kind


def _is_picture(page: Any) -> bool:
    """Whether a picture fills at least half of the page, as in a scan."""
    half = page.get_width() * page.get_height() / 2
    for drawn in islice(page.get_objects(max_depth=4), _MAX_OBJECTS):
        if drawn.type == c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            if (right - left) * (top - bottom) >= half:
                return True
    return False


if __name__ == "__main__":
    main()
