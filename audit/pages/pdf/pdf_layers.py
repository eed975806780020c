"""Layers of a PDF that are switched off: in its file, and never on the page.

Drafts, stamps and other languages lie on them. PDFium draws a page as its layers are set, but gives
no account of them; so a page is drawn with and without what belongs to a layer, and compared.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from itertools import islice
from typing import Any

import pypdfium2.raw as c

_LAYER = "OC"  # ISO 32000-1, 14.6: the tag of optional content
_MAX_OBJECTS, _MAX_LAYERS, _MAX_MARKS = 5_000, 40, 8
_SIDE = 1000.0  # pixels


class Layers:
    """Takes off what is switched off, page by page; one that has drawn enough leaves the rest."""

    def __init__(self, *, declared: bool) -> None:
        self._declared, self._left = declared, 2 * _MAX_LAYERS

    def take_off(self, page: Any) -> None:
        """Remove from a page, as PDFium has it, the objects that no viewer shows."""
        layers = self._layers(page)
        before = _drawn(page) if layers else b""
        for objects in islice(layers, max(0, self._left)):
            self._left -= 1
            _show(objects, shown=False)
            if _drawn(page) == before:
                for one in objects:
                    c.FPDFPage_RemoveObject(page.raw, one)
            else:
                _show(objects, shown=True)

    def _layers(self, page: Any) -> list[list[Any]]:
        """The objects of each layer; a drawing within the drawing may be one without a mark."""
        found: dict[object, list[Any]] = defaultdict(list)
        for number in range(min(c.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
            one = c.FPDFPage_GetObject(page.raw, number)
            name = _layer_of(one)
            if name is None and self._declared:
                name = f"\n{number}" if c.FPDFPageObj_GetType(one) == c.FPDF_PAGEOBJ_FORM else None
            if name is not None:
                found[name].append(one)
        return list(found.values())[:_MAX_LAYERS]


def _layer_of(one: Any) -> str | None:
    """What tells the layer of an object from others; nothing for what is on none."""
    for number in range(min(c.FPDFPageObj_CountMarks(one), _MAX_MARKS)):
        mark = c.FPDFPageObj_GetMark(one, number)
        if _text(c.FPDFPageObjMark_GetName, mark) == _LAYER:
            named = _text(c.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
            return named or str(ctypes.addressof(mark.contents))
    return None


def _text(read: Any, *about: Any) -> str:
    buffer, size = (ctypes.c_ushort * 256)(), ctypes.c_ulong()
    if not read(*about, buffer, ctypes.sizeof(buffer), size):
        return ""
    return bytes(buffer)[: size.value].decode("utf-16-le", "ignore").rstrip("\0")


def _show(objects: list[Any], *, shown: bool) -> None:
    for one in objects:
        c.FPDFPageObj_SetIsActive(one, shown)


def _drawn(page: Any) -> bytes:
    longest = max(page.get_width(), page.get_height(), 1.0)
    return bytes(page.render(scale=min(1.0, _SIDE / longest)).buffer)
