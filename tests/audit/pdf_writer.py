"""Small PDFs, written by hand: text where a test wants it, and files that are made to break."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LIGATURES = {"ﬁ": 1, "ﬂ": 2, "ﬀ": 3, "ﬃ": 4, "ﬄ": 5, "✗": 6}
_ENCODING = (
    b"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/ff/ffi/ffl/uni2717]>>"
)
_PAGE = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding %s>>"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at a place: points from the left and from the bottom of the page."""

    text: str
    left: float
    base: float
    size: float = 10
    bold: bool = False


def lines(
    said: str, left: float = 72, top: float = 700, size: float = 10, pitch: float = 12
) -> list[Text]:
    """The lines of ``said``, one below the other."""
    found = enumerate(said.strip().split("\n"))
    return [Text(line.strip(), left, top - n * pitch, size) for n, line in found]


def pdf(*pages: Sequence[Text], title: str = "") -> bytes:
    """A PDF with these pages."""
    contents = [stream(_drawn(page)) for page in pages]
    return document(contents, info=b"/Title(%s)" % _escaped(title) if title else b"")


def document(
    contents: Sequence[bytes],
    extra: Sequence[bytes] = (),
    resources: bytes = b"",
    info: bytes = b"",
    trailer: bytes = b"",
    repeat: int = 1,
) -> bytes:
    """A PDF of content streams, one a page, and of further objects, which are numbered from 6."""
    first = 6 + len(extra)
    count = len(contents) * repeat
    kids = [b"%d 0 R" % (first + len(contents) + n) for n in range(count)]
    held = b"/Resources<</Font<</F 3 0 R/B 4 0 R>>%s>>" % resources
    pages = [
        b"<<%s%s/Contents %d 0 R>>" % (_PAGE, held, first + n % len(contents)) for n in range(count)
    ]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en-US)>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(kids)),
        _FONT % (b"Helvetica", _ENCODING),
        _FONT % (b"Helvetica-Bold", _ENCODING),
        b"<<%s>>" % info,
        *extra,
        *contents,
        *pages,
    ]
    return _file(objects, trailer)


def stream(content: bytes, entries: bytes = b"", *, packed: int = 0) -> bytes:
    """A stream, compressed so many times."""
    for _ in range(packed):
        content = zlib.compress(content, 9)
    filters = b"/Filter[%s]" % (b"/FlateDecode" * packed) if packed else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (entries, filters, len(content), content)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(places)
    ends = b"/Size %d/Root 1 0 R/Info 5 0 R%s" % (len(objects) + 1, trailer)
    return out + table + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (ends, len(out))


def _drawn(page: Sequence[Text]) -> bytes:
    return b"\n".join(
        b"BT /%s %f Tf 1 0 0 1 %f %f Tm (%s) Tj ET"
        % (b"B" if t.bold else b"F", t.size, t.left, t.base, _escaped(t.text))
        for t in page
    )


def _escaped(text: str) -> bytes:
    raw = b"".join(bytes([LIGATURES[c]]) if c in LIGATURES else c.encode("cp1252") for c in text)
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


# A grey picture, to be drawn as large as one likes.
PICTURE = stream(
    b"\x80" * 64,
    b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8",
)
