"""A list at a URL or a path: CSV with a header, JSON (a list of objects) or GeoJSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from crawlers.readers.page import Fetched, PageRows, ShapeError, collect, parse_json
from crawlers.readers.row import Frame
from data.models import Issue, Listing


@dataclass(frozen=True, slots=True)
class Table:
    """What a list calls our fields.

    Attributes:
        columns: our field -> the list's column; dots lead into nested JSON objects.
        format: ``csv``, ``json`` or ``geojson``; by the address's ending where empty.
        items: for JSON, the dotted way to the list of rows, where it is not the whole document.
    """

    columns: dict[str, str]
    format: str = ""
    items: str = ""

    def first(self, url: str) -> str:
        return url

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        ending = PurePosixPath(urlsplit(page.address).path).suffix.removeprefix(".")
        kind = (self.format or ending).lower()
        if kind == "csv":
            return collect(list(self._csv_rows(page, frame)))
        if kind in ("json", "geojson"):
            return collect(list(self._json_rows(page, frame, kind)))
        raise ShapeError(f"{page.address}: format {kind!r} is none of csv, json, geojson.")

    def _csv_rows(self, page: Fetched, frame: Frame) -> Iterator[Listing | Issue]:
        reader = csv.DictReader(io.StringIO(_text(page), newline=""), restkey="", strict=True)
        missing = [c for c in self.columns.values() if c not in (reader.fieldnames or [])]
        if missing:
            raise ShapeError(f"{page.address}: line 1: column {missing[0]!r} is missing.")
        while True:
            where = f"line {reader.line_num + 1}"
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Issue(f"{frame.source}: {where}", f"not CSV: {error}.", "Row left out.")
                continue
            if "" in cells or None in cells.values():
                problem = "not as many cells as the header has."
                yield Issue(f"{frame.source}: {where}", problem, "Row left out.")
            else:
                yield frame.listing({f: cells[c] for f, c in self.columns.items()}, where)

    def _json_rows(self, page: Fetched, frame: Frame, kind: str) -> Iterator[Listing | Issue]:
        way = self.items or ("features" if kind == "geojson" else "")
        items = _follow(parse_json(page), way)
        if not isinstance(items, list):
            raise ShapeError(f"{page.address}: no list of rows at {way or 'the top'!r}.")
        for number, item in enumerate(items, start=1):
            where = f"row {number}"
            properties = _follow(item, "properties") if kind == "geojson" else item
            if not isinstance(properties, dict):
                yield Issue(f"{frame.source}: {where}", "not an object.", "Row left out.")
                continue
            cells = {f: _cell(_follow(properties, c)) for f, c in self.columns.items()}
            yield frame.listing(cells, where)


def _text(page: Fetched) -> str:
    try:
        return page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ShapeError(f"{page.address}: not UTF-8 ({error}).") from error


def _follow(value: Any, way: str) -> Any:
    for step in filter(None, way.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _cell(value: Any) -> str | None:
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return None if value is None or isinstance(value, dict) else str(value)
