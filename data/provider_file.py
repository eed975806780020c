"""``providers.csv``: the list of providers, which people may write by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import UsageError
from data.models import Issue, Provider
from data.store import disk_errors, write_text
from data.vocabulary import SERVICE_LINES, ProviderStatus

COLUMNS = tuple(f.name for f in fields(Provider))
REQUIRED = COLUMNS[:3]
_LISTS = {"service_lines", "states", "source"}
_LONGEST_ID = 200  # bytes; file systems take 255, and ".warc.gz" and the like come on top


@dataclass(frozen=True, slots=True)
class _Record:
    """A row as it stands: the number of its first line, its text, and its cells if it has any."""

    line: int
    text: str
    cells: list[str] | csv.Error


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
    records = _records(_lines(path))
    header = next(records, _Record(1, "", []))
    if isinstance(header.cells, csv.Error):
        raise UsageError(f"{path}: line {header.line}: not CSV: {header.cells}.", "Mend the line.")
    _check_header(f"{path}: line {header.line}", header.cells)
    known: set[str] = set()
    for record in records:
        problem = _problem(header.cells, record.cells, known)
        if problem is not None:
            place = f"{path}: line {record.line}"
            yield record.text, Issue(place, problem, "Row left out; mend it.")
        elif not isinstance(record.cells, csv.Error):
            provider = _provider(dict(zip(header.cells, record.cells, strict=True)))
            known.add(provider.provider_id)
            yield record.text, provider


def _lines(path: Path) -> list[str]:
    try:
        # Not as text: line ends within cells stay as they are.
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(
            f"{path}: no such file.", "Run 'ketawatch discover', or write one by hand."
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error}).", "Save it as UTF-8.") from error
    return list(io.StringIO(text, newline=""))


def _records(lines: list[str]) -> Iterator[_Record]:
    """Each record that is not blank; after a bad one, the very next line goes on.

    A quote that is never closed would otherwise swallow every row below it.
    """
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start:], strict=True)
        first = start
        try:
            for cells in reader:
                end = start + reader.line_num
                if cells:
                    yield _Record(first + 1, "".join(lines[first:end]), cells)
                first = end
            return
        except csv.Error as error:
            yield _Record(first + 1, lines[first], error)
            start = first + 1


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


def _problem(header: list[str], row: list[str] | csv.Error, known: set[str]) -> str | None:
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
    if provider_id in known:
        return f"provider_id: {provider_id!r} stands twice."
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
    if usable and address.isprintable() and " " not in address:
        return None
    return f"homepage: {homepage!r} is not a web address (https://...)."


def _bad_words(cells: dict[str, str]) -> str | None:
    lines = _split(cells.get("service_lines", ""))
    unknown = [line for line in lines if line not in SERVICE_LINES]
    if unknown:
        return f"service_lines: {unknown[0]!r} is none of {', '.join(SERVICE_LINES)}."
    status = cells.get("status", "").strip()
    if status and status not in tuple(ProviderStatus):
        return f"status: {status!r} is none of {', '.join(ProviderStatus)}."
    return None


def _provider(cells: dict[str, str]) -> Provider:
    text = {k: v.strip() or None for k, v in cells.items() if k not in _LISTS}
    status = text.get("status") or ProviderStatus.ACTIVE
    if text["homepage"] is None and status == ProviderStatus.ACTIVE:
        status = ProviderStatus.HOMEPAGE_UNKNOWN
    return Provider(
        provider_id=cells["provider_id"].strip(),
        name=cells["name"].strip(),
        homepage=text["homepage"],
        service_lines=_split(cells.get("service_lines", "")),
        states=_split(cells.get("states", "")),
        source=_split(cells.get("source", "")),
        source_url=text.get("source_url"),
        first_listed=text.get("first_listed"),
        last_verified=text.get("last_verified"),
        status=status,
        notes=text.get("notes"),
    )


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
