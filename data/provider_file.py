"""``providers.csv``: the list of providers, which people may write by hand."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import UsageError
from data.models import SERVICE_LINES, Issue, Provider, ProviderStatus

COLUMNS = tuple(f.name for f in fields(Provider))
REQUIRED = COLUMNS[:3]
_LISTS = {"service_lines", "states", "source"}


def read(path: Path) -> tuple[list[Provider], list[Issue]]:
    """Read the file: the good rows, and one issue for each bad one, with its line number.

    Raises:
        UsageError: there is no such file, it is not UTF-8, or a required column is missing.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(
            f"{path}: no such file.", "Run 'ketawatch discover', or write one by hand."
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error}).", "Save it as UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    _check_header(path, reader.fieldnames or [])
    return _read_rows(path, reader)


def _check_header(path: Path, header: Iterable[str]) -> None:
    names = list(header)
    missing = [c for c in REQUIRED if c not in names]
    if missing:
        raise UsageError(
            f"{path}: line 1: column {missing[0]!r} is missing.",
            f"The first line names the columns: {','.join(COLUMNS)}.",
        )
    unknown = [c for c in names if c not in COLUMNS]
    if unknown:
        raise UsageError(
            f"{path}: line 1: unknown column {unknown[0]!r}.", f"Known: {','.join(COLUMNS)}."
        )


def _read_rows(path: Path, reader: csv.DictReader[str]) -> tuple[list[Provider], list[Issue]]:
    providers: dict[str, Provider] = {}
    issues: list[Issue] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return list(providers.values()), issues
        except csv.Error as error:
            issues.append(Issue(f"{path}: line {line}", f"not CSV: {error}.", "Row left out."))
            continue
        problem = _problem(cells, providers)
        if problem:
            issues.append(Issue(f"{path}: line {line}", problem, "Row left out; mend it."))
        else:
            provider = _provider(cells)
            providers[provider.provider_id] = provider


def _problem(cells: dict[str, str], known: dict[str, Provider]) -> str | None:
    if "" in cells:
        return f"more cells than the {len(cells) - 1} columns."
    if None in cells.values():
        return "fewer cells than columns."
    provider_id = cells["provider_id"].strip()
    if not provider_id:
        return "provider_id: empty."
    if any(c in provider_id for c in '/\\|;<>:"?*') or provider_id.startswith("."):
        return f"provider_id: {provider_id!r} has a character that a file name cannot hold."
    if provider_id in known:
        return f"provider_id: {provider_id!r} stands twice."
    if not cells["name"].strip():
        return "name: empty."
    return _bad_homepage(cells["homepage"]) or _bad_words(cells)


def _bad_homepage(homepage: str) -> str | None:
    address = homepage.strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if usable and not any(c.isspace() for c in address):
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
    """The file's text for these providers, RFC 4180 with LF line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for provider in providers:
        cells = (getattr(provider, column) for column in COLUMNS)
        writer.writerow([";".join(c) if isinstance(c, tuple) else c or "" for c in cells])
    return out.getvalue()


def write(path: Path, providers: Iterable[Provider]) -> None:
    """Replace the file as a whole; a reader sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(dumps(providers), encoding="utf-8")
    os.replace(beside, path)
