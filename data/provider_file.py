"""``providers.csv``: the list of providers, which people may write by hand."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

from data.csv_text import (
    NOT_UTF8_REMEDY,
    Record,
    decoded,
    not_utf8,
    records,
    without_empty_end,
)
from data.errors import UsageError
from data.models import Issue, Provider
from data.store import disk_errors, write_text
from data.vocabulary import SERVICE_LINES, ProviderStatus

COLUMNS = tuple(f.name for f in fields(Provider))
REQUIRED = COLUMNS[:3]
_LISTS = {"service_lines", "states", "source"}
_LONGEST_ID = 200  # bytes; file systems take 255, and ".warc.gz" and the like come on top


def read(path: Path) -> tuple[list[Provider], list[Issue]]:
    """Read the file: the good rows, and one issue for each bad one, with its line number.

    Raises:
        UsageError: there is no such file, it is not UTF-8, or a required column is missing.
    """
    judged = [provider_or_issue for _, provider_or_issue in _rows(path)]
    return (
        [row for row in judged if isinstance(row, Provider)],
        [row for row in judged if isinstance(row, Issue)],
    )


def left_out(path: Path) -> str:
    """The text of the bad rows as it stands, so that whoever rewrites the file can keep it.

    Raises:
        UsageError: as ``read`` does.
    """
    texts = (text for text, row in _rows(path) if isinstance(row, Issue))
    return "".join(text.rstrip("\r\n") + "\r\n" for text in texts)


def _rows(path: Path) -> Iterator[tuple[str, Provider | Issue]]:
    rows = records(_text(path))
    header = next(rows, Record(1, "", []))
    place = f"{path}: line {header.line}"
    if isinstance(header.cells, csv.Error):
        raise UsageError(f"{place}: not CSV: {header.cells}.", "Mend the line.")
    names = [name.strip().lower() for name in without_empty_end(header.cells)]
    _check_header(place, names)
    known: dict[str, str] = {}
    for record in rows:
        cells = _fitted(record, names)
        problem = _problem(names, cells, known)
        if problem is not None:
            place = f"{path}: line {record.line}"
            yield record.text, Issue(place, problem, "Row left out; mend it.")
        elif not isinstance(cells, csv.Error):
            provider = _provider(dict(zip(names, cells, strict=True)))
            known[_as_file(provider.provider_id)] = provider.provider_id
            yield record.text, provider


def _text(path: Path) -> str:
    try:
        # Not as text: line ends within cells stay as they are.
        return decoded(path.read_bytes())
    except FileNotFoundError as error:
        raise UsageError(
            f"{path}: no such file.", "Run 'ketawatch discover', or write one by hand."
        ) from error
    except OSError as error:
        raise UsageError(f"{path}: unreadable ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: {not_utf8(error)}.", NOT_UTF8_REMEDY) from error


def _fitted(record: Record, names: list[str]) -> list[str] | csv.Error:
    """The cells, with those at the end that a spreadsheet left out or added for nothing.

    A row that lacks more than columns that may be missing, or that the file ends in, stays short.
    """
    if isinstance(record.cells, csv.Error):
        return record.cells
    cells, lacking = record.cells[: len(names)], names[len(record.cells) :]
    if any(cell.strip() for cell in record.cells[len(names) :]):
        return record.cells
    may_lack = record.is_whole and not set(lacking) & set(REQUIRED)
    return cells + [""] * len(lacking) if may_lack else cells


def _as_file(provider_id: str) -> str:
    """What the id is to a file system that takes capitals, or ways to write an accent, for one."""
    return unicodedata.normalize("NFC", provider_id).casefold()


def _check_header(place: str, names: list[str]) -> None:
    missing = [c for c in REQUIRED if c not in names]
    if missing:
        raise UsageError(
            f"{place}: column {missing[0]!r} is missing.",
            f"The first line names the columns: {','.join(COLUMNS)}.",
        )
    unknown = [c for c in names if c not in COLUMNS]
    if unknown:
        raise UsageError(f"{place}: unknown column {unknown[0]!r}.", f"Known: {','.join(COLUMNS)}.")
    twice = [c for c in names if names.count(c) > 1]
    if twice:
        raise UsageError(f"{place}: column {twice[0]!r} stands twice.", "Rename or remove one.")


def _problem(header: list[str], row: list[str] | csv.Error, known: Mapping[str, str]) -> str | None:
    if isinstance(row, csv.Error):
        return f"not CSV: {row}."
    if len(row) != len(header):
        return f"{len(row)} cells, but {len(header)} columns."
    cells = dict(zip(header, row, strict=True))
    provider_id = cells["provider_id"].strip()
    if not provider_id:
        return "provider_id: empty."
    if not _names_a_file(provider_id):
        return f"provider_id: {provider_id!r} cannot be the name of a file."
    other = known.get(_as_file(provider_id))
    if other == provider_id:
        return f"provider_id: {provider_id!r} stands twice."
    if other is not None:
        return f"provider_id: {provider_id!r} and {other!r} are one name to some file systems."
    if not cells["name"].strip():
        return "name: empty."
    return _bad_homepage(cells["homepage"]) or _bad_words(cells)


def _names_a_file(provider_id: str) -> bool:
    return (
        provider_id.isprintable()
        and not any(c in provider_id for c in '/\\|;<>:"?*')
        and not provider_id.startswith(".")
        and len(provider_id.encode("utf-8")) <= _LONGEST_ID
    )


def _bad_homepage(homepage: str) -> str | None:
    address = homepage.strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if usable and parts.username is not None:
        return "homepage: a log-in (name:password@) would stand in every export; take it out."
    if usable and address.isprintable() and " " not in address:
        return None
    return f"homepage: {homepage!r} is not a web address (https://...)."


def _bad_words(cells: dict[str, str]) -> str | None:
    lines = _words(cells.get("service_lines", ""))
    unknown = [line for line in lines if line not in SERVICE_LINES]
    if unknown:
        return f"service_lines: {unknown[0]!r} is none of {', '.join(SERVICE_LINES)}."
    status = cells.get("status", "").strip()
    if status and status.lower() not in tuple(ProviderStatus):
        return f"status: {status!r} is none of {', '.join(ProviderStatus)}."
    return None


def _provider(cells: dict[str, str]) -> Provider:
    text = {k: v.strip() or None for k, v in cells.items() if k not in _LISTS}
    status = (text.get("status") or ProviderStatus.ACTIVE).lower()
    if text["homepage"] is None and status == ProviderStatus.ACTIVE:
        status = ProviderStatus.HOMEPAGE_UNKNOWN
    return Provider(
        provider_id=cells["provider_id"].strip(),
        name=cells["name"].strip(),
        homepage=text["homepage"],
        service_lines=_words(cells.get("service_lines", "")),
        states=_split(cells.get("states", "")),
        source=_split(cells.get("source", "")),
        source_url=text.get("source_url"),
        first_listed=text.get("first_listed"),
        last_verified=text.get("last_verified"),
        status=status,
        notes=text.get("notes"),
    )


def _words(cell: str) -> tuple[str, ...]:
    """Words of a closed list, which spreadsheets like to begin with a capital."""
    return _split(cell.lower())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def dumps(providers: Iterable[Provider]) -> str:
    """The file's text for these providers, RFC 4180 with its CRLF line ends."""
    out = io.StringIO(newline="")
    # With LF alone, Python's writer would leave a CR within a cell without quotes.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for provider in providers:
        cells = (getattr(provider, column) for column in COLUMNS)
        writer.writerow([";".join(c) if isinstance(c, tuple) else c or "" for c in cells])
    return out.getvalue()


def write(path: Path, providers: Iterable[Provider]) -> None:
    """Replace the file as a whole; a reader sees the old one or the new one."""
    with disk_errors(path):
        write_text(path, dumps(providers))
