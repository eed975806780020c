"""The NPPES monthly file: every health care provider of the US in one CSV of several gigabytes.

https://download.cms.gov/nppes/NPI_Files.html: a ZIP whose ``npidata_pfile_*.csv`` has some 330
columns, named in its first line, and a line a provider. It is read as a stream, from the ZIP or
unpacked, so that memory holds one line and the rows that are kept. It knows no websites.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crawlers.readers.page import Fetched, PageRows, ShapeError, collect
from crawlers.readers.row import Frame
from data.models import Issue, Listing

_NPI = "NPI"
_ENTITY = "Entity Type Code"
_ORGANIZATION = "2"
_NAMES = ("Provider Organization Name (Legal Business Name)", "Provider Other Organization Name")
_CITY = "Provider Business Practice Location Address City Name"
_STATE = "Provider Business Practice Location Address State Name"
_COUNTRY = "Provider Business Practice Location Address Country Code (If outside U.S.)"
_PHONE = "Provider Business Practice Location Address Telephone Number"
_GONE, _BACK = "NPI Deactivation Date", "NPI Reactivation Date"
_TAXONOMY = re.compile(r"Healthcare Provider Taxonomy Code_\d+")
_MEMBER = re.compile(r"(?:.*/)?npidata_pfile_\d+-\d+\.csv", re.IGNORECASE)
# Broken off, damaged, packed in a way that Python does not know (Deflate64), or with a password.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_NEEDED = (_NPI, _ENTITY, *_NAMES, _CITY, _STATE, _COUNTRY, _PHONE, _GONE, _BACK)


@dataclass(frozen=True, slots=True)
class NppesFile:
    """Which organizations are kept.

    Attributes:
        names: words of which a name must hold one, in any case; a word counts within a word.
        taxonomies: beginnings of taxonomy codes of which one must fit; all do where it is empty.
        row_url: a person's page, with ``{npi}`` in it.
    """

    names: tuple[str, ...]
    taxonomies: tuple[str, ...]
    row_url: str

    def first(self, url: str) -> str:
        return url

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        """It has several gigabytes: it is read from a file only."""
        raise ShapeError(f"{page.address}: too large to be read from the web; save it as a file.")

    def read_file(self, path: Path, frame: Frame, most: int) -> PageRows:
        try:
            with _lines(path) as lines:
                reader = csv.reader(lines, strict=True)
                columns = _Columns(path, next(reader, []))
                kept = self._kept(reader, columns, frame)
                return collect(list(islice(kept, most + 1)))
        except csv.Error as error:
            raise ShapeError(f"{path}: line 1: not CSV: {error}.") from error
        except _BROKEN_ZIP as error:
            raise ShapeError(
                f"{path}: cannot be unpacked ({error}).",
                "Fetch it again, or unpack it and save the npidata_pfile_*.csv in it.",
            ) from error

    def _kept(
        self, reader: Iterator[list[str]], columns: _Columns, frame: Frame
    ) -> Iterator[Listing | Issue]:
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Issue(f"{frame.source}: row {number}", f"not CSV: {error}.", "Row left out.")
                continue
            if len(cells) == columns.width and self._wanted(cells, columns):
                yield self._listing(cells, columns, frame, f"row {number}")

    def _wanted(self, cells: list[str], columns: _Columns) -> bool:
        # The name is asked first: it leaves out nearly all of eight million rows.
        told = " ".join(cells[n] for n in columns.names).lower()
        if not any(word.lower() in told for word in self.names):
            return False
        deactivated = cells[columns.at[_GONE]] and not cells[columns.at[_BACK]]
        if cells[columns.at[_ENTITY]] != _ORGANIZATION or deactivated:
            return False
        codes = [cells[n] for n in columns.taxonomies if cells[n]]
        return not self.taxonomies or any(code.startswith(self.taxonomies) for code in codes)

    def _listing(
        self, cells: list[str], columns: _Columns, frame: Frame, where: str
    ) -> Listing | Issue:
        legal, other = (cells[n].strip() for n in columns.names)
        npi = cells[columns.at[_NPI]]
        told = other if self._says(other) and not self._says(legal) else legal or other
        return frame.listing(
            {
                "name": told,
                "npi": npi,
                "page": self.row_url.replace("{npi}", npi),
                "city": cells[columns.at[_CITY]],
                "state": cells[columns.at[_STATE]],
                "country": cells[columns.at[_COUNTRY]],
                "phone": cells[columns.at[_PHONE]],
            },
            where,
        )

    def _says(self, name: str) -> bool:
        return any(word.lower() in name.lower() for word in self.names)


class _Columns:
    """Where each column stands."""

    def __init__(self, path: Path, header: list[str]) -> None:
        self.width = len(header)
        self.at = {name: n for n, name in enumerate(header)}
        missing = [name for name in _NEEDED if name not in self.at]
        if missing:
            raise ShapeError(f"{path}: line 1: column {missing[0]!r} is missing.")
        self.names = tuple(self.at[name] for name in _NAMES)
        self.taxonomies = tuple(n for n, name in enumerate(header) if _TAXONOMY.fullmatch(name))


@contextmanager
def _lines(path: Path) -> Iterator[io.TextIOWrapper]:
    """The file's text; the right member of a ZIP is unpacked as it is read."""
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".zip":
            raise zipfile.BadZipFile("its end is missing")
        with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as text:
            yield text
        return
    with zipfile.ZipFile(path) as archive:
        member = next((n for n in archive.namelist() if _MEMBER.fullmatch(n)), None)
        if member is None:
            raise ShapeError(f"{path}: no npidata_pfile_*.csv in it.")
        with (
            archive.open(member) as raw,
            io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="") as text,
        ):
            yield text
