"""A list at a URL or a path: CSV with a header, JSON (objects), GeoJSON, or a script's literal."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from crawlers.readers.page import Fetched, PageRows, ShapeError, collect, parse_json
from crawlers.readers.row import Frame
from crawlers.readers.script import literal
from data.csv_text import NOT_UTF8_REMEDY, Record, decoded, not_utf8, records
from data.models import Issue, Listing

# Marks of byte order and zero width, as they come along with what is copied.
_UNSEEN = "\ufeff\u200b\u200e\u00a0"
_GROUP = "\0group"  # no list has such a column


@dataclass(frozen=True, slots=True)
class Table:
    """What a list calls our fields.

    Attributes:
        columns: our field -> the list's column; dots lead into nested JSON objects. Of several
            names (``phone|Phone number``) the first one that is there counts, in any case of
            letters; where none is, the field stays empty, unless it is the name.
        format: ``csv``, ``json``, ``geojson`` or ``js``; by the address's ending where empty.
        items: for JSON, the dotted way to the list of rows, where it is not the whole document.
        group: for JSON whose rows stand in a list under a key each: the field that the key is.
    """

    columns: dict[str, str]
    format: str = ""
    items: str = ""
    group: str = ""

    def first(self, url: str) -> str:
        return url

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        ending = PurePosixPath(urlsplit(page.address).path).suffix.removeprefix(".")
        kind = (self.format or ending).lower()
        if kind == "csv":
            return collect(list(self._csv_rows(page, frame)))
        if kind in ("json", "geojson", "js"):
            return collect(list(self._json_rows(page, frame, kind)))
        raise ShapeError(f"{page.address}: format {kind!r} is none of csv, json, geojson, js.")

    def _csv_rows(self, page: Fetched, frame: Frame) -> Iterator[Listing | Issue]:
        rows = records(_text(page))
        header = next(rows, Record(1, "", []))
        if isinstance(header.cells, csv.Error):
            raise ShapeError(f"{page.address}: line {header.line}: not CSV: {header.cells}.")
        columns = self._named(f"{page.address}: line {header.line}", header.cells)
        if "website" in self.columns and "website" not in columns:
            names = self.columns["website"].replace("|", ", ")
            where = f"{frame.source}: line {header.line}"
            remedy = "Add its name to a copy of the declaration (--source-file)."
            yield Issue(where, f"no column for websites ({names}), so nobody has one.", remedy)
        for record in rows:
            where, cells = f"line {record.line}", record.cells
            if isinstance(cells, csv.Error):
                yield Issue(f"{frame.source}: {where}", f"not CSV: {cells}.", "Row left out.")
            elif cells == header.cells:  # of another file that somebody added to this one
                continue
            elif _fits(cells, len(header.cells), columns.values()):
                yield frame.listing({f: cells[n] for f, n in columns.items()}, where)
            else:
                problem = "not as many cells as the header has."
                yield Issue(f"{frame.source}: {where}", problem, "Row left out.")

    def _named(self, place: str, header: Sequence[str]) -> dict[str, int]:
        """Our field -> the place of its column in this very file; of two alike the first."""
        exact = {name: n for n, name in reversed(list(enumerate(header)))}
        plain = [name.strip().strip(_UNSEEN).lower() for name in header]
        known = {name: n for n, name in reversed(list(enumerate(plain)))}
        columns: dict[str, int] = {}
        for field, spec in self.columns.items():
            names = [name.strip() for name in spec.split("|")]
            found = next((known[n.lower()] for n in names if n.lower() in known), None)
            if len(names) == 1:
                found = exact.get(spec)
            if found is not None:
                columns[field] = found
            elif len(names) == 1 or field == "name":
                raise ShapeError(f"{place}: column {spec!r} is missing.")
        return columns

    def _json_rows(self, page: Fetched, frame: Frame, kind: str) -> Iterator[Listing | Issue]:
        way = self.items or ("features" if kind == "geojson" else "")
        items = self._ungrouped(_follow(_parsed(page, kind), way))
        if not isinstance(items, list):
            raise ShapeError(f"{page.address}: no list of rows at {way or 'the top'!r}.")
        for number, item in enumerate(items, start=1):
            where = f"row {number}"
            properties = _follow(item, "properties") if kind == "geojson" else item
            if not isinstance(properties, dict):
                yield Issue(f"{frame.source}: {where}", "not an object.", "Row left out.")
                continue
            cells = {f: _first(properties, spec) for f, spec in self.columns.items()}
            if self.group:
                cells[self.group] = _cell(item.get(_GROUP))
            yield frame.listing(cells, where)

    def _ungrouped(self, items: Any) -> Any:
        """Lists under a key each as one list, whose rows hold the key."""
        if not self.group or not isinstance(items, dict):
            return items
        return [
            {**row, _GROUP: key} if isinstance(row, dict) else row
            for key, rows in items.items()
            for row in (rows if isinstance(rows, list) else [rows])
        ]


def _parsed(page: Fetched, kind: str) -> Any:
    return parse_json(page) if kind != "js" else literal(_text(page), page.address)


def _first(row: Any, spec: str) -> str | None:
    cells = (_cell(_follow(row, name.strip())) for name in spec.split("|"))
    return next((cell for cell in cells if cell is not None), None)


def _text(page: Fetched) -> str:
    try:
        return decoded(page.body)
    except UnicodeDecodeError as error:
        raise ShapeError(f"{page.address}: {not_utf8(error)}.", NOT_UTF8_REMEDY) from error


def _fits(cells: Sequence[str], width: int, used: Iterable[int]) -> bool:
    """Whether a row has every cell that is asked for, and none beside the columns.

    Spreadsheets leave out empty cells at a row's end, or add some.
    """
    return all(n < len(cells) for n in used) and not any(cells[width:])


def _follow(value: Any, way: str) -> Any:
    for step in filter(None, way.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _cell(value: Any) -> str | None:
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return None if value is None or isinstance(value, dict) else str(value)
