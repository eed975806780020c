"""A source of listings, as one YAML file declares it: what to read, how, and what to expect.

The keys below are those of every source; the others are the fields of its reader's class in
``crawlers.readers``.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from crawlers.identity.provider_ids import is_private
from crawlers.readers.page import Reader
from crawlers.readers.readers import READERS
from crawlers.readers.row import FIELDS, Frame
from data import yaml_text
from data.errors import UsageError

BUNDLED = Path(__file__).parents[1] / "listings"
SAVED_FOLDER = "sources"

NEVER_READ = "never read: "
NEVER_SEEN = "off: the shape of its pages was never seen"
TERMS_NEVER_SEEN = "off: its terms or its robots.txt were never seen"

_KINDS = {str: "a text (quote it)", int: "a whole number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """The keys of every source.

    Attributes:
        name: short name, also of ``listings/<name>.jsonl`` in a store.
        title: what people call it.
        reader: a name in ``crawlers.readers.READERS``.
        min_rows: fewer rows than this, or more than ``max_rows``, and nothing is taken over.
        url: where the first page is; or ``path``: a file, relative to the declaration.
        saved: patterns of files that a person puts into ``DIR/sources``; the newest one that is
            there is read, and then the web is not. Those that fit ``not_saved`` as well are passed
            over: they are named alike and hold something else.
        on: read unless the configuration says otherwise.
        shape_seen: the day on which the shape of its pages was last seen; never seen, never read.
        terms: what its owner says of reuse; ``terms_seen`` is the day of the page that says it.
        robots: what its robots.txt says; ``robots_seen`` is the day of the copy that was read.
            A public website is read only if both were seen (robots.txt is obeyed besides).
        forbidden: why a robot may not read it; it is listed, and never asked.
    """

    name: str
    title: str
    reader: str
    min_rows: int
    max_rows: int
    url: str = ""
    path: str = ""
    saved: tuple[str, ...] = ()
    not_saved: tuple[str, ...] = ()
    on: bool = True
    shape_seen: date | None = None
    terms: str = ""
    terms_seen: date | None = None
    robots: str = ""
    robots_seen: date | None = None
    forbidden: str = ""
    foreign_suffixes: tuple[str, ...] = ()
    other_treatments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A checked declaration with its reader.

    ``local`` is the file that is read, if it is one; ``saved`` says that a person saved it, and
    ``older`` are those that fit as well and are not read.
    """

    file: Path
    declared: Declaration
    reader: Reader
    local: Path | None
    saved: bool = False
    older: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """The source's short name."""
        return self.declared.name

    @property
    def host(self) -> str:
        """The host that it is read from; empty for a local file."""
        return urlsplit(self.declared.url).hostname or ""

    @property
    def off(self) -> str:
        """Why the web is not read for it, whatever the configuration says; empty if it may be."""
        declared = self.declared
        if declared.forbidden:
            return f"{NEVER_READ}{declared.forbidden}"
        if declared.shape_seen is None:
            return NEVER_SEEN
        public = bool(declared.url) and not is_private(self.host)
        if public and not (declared.terms_seen and declared.robots_seen):
            return TERMS_NEVER_SEEN
        if not declared.url and self.local is None:
            return f"off: no {' or '.join(declared.saved)} in the store's folder '{SAVED_FOLDER}'"
        return ""

    def with_saved(self, store: Path) -> Source:
        """The source as it is read for a store: from the newest file that a person saved there."""
        declared = self.declared
        found = [
            file
            for file in (store / SAVED_FOLDER).glob("*")
            if _fits(file, declared.saved) and not _fits(file, declared.not_saved)
        ]
        if not found:
            return self
        *older, newest = sorted(found, key=lambda file: (file.stat().st_mtime_ns, file.name))
        return replace(self, local=newest, saved=True, older=tuple(older))

    def frame(self, seen_on: str, public: bool) -> Frame:
        """The frame for rows that are read on the day ``seen_on``."""
        return Frame(
            source=self.name,
            address=self.declared.url or Path(self.declared.path).name,
            seen_on=seen_on,
            public=public,
            foreign_suffixes=self.declared.foreign_suffixes,
            other_treatments=self.declared.other_treatments,
        )


def _fits(file: Path, patterns: Iterable[str]) -> bool:
    name = file.name.lower()
    return any(fnmatchcase(name, pattern.lower()) for pattern in patterns) and file.is_file()


def load_all(files: Iterable[Path]) -> list[Source]:
    """Load declarations; those of local files come first, so that what people vetted leads.

    Raises:
        UsageError: a declaration is wrong, or two have the same name.
    """
    sources: dict[str, Source] = {}
    for file in files:
        source = load(file)
        if source.name in sources:
            raise UsageError(
                f"{file}: name: {source.name!r} is also in {sources[source.name].file}.",
                "Rename one.",
            )
        sources[source.name] = source
    return sorted(sources.values(), key=lambda s: (s.local is None, s.name))


def load(file: Path) -> Source:
    """Load one declaration.

    Raises:
        UsageError: the file is unreadable, or a key is unknown, missing or of the wrong kind.
    """
    raw = _read_yaml(file)
    reader_class = READERS.get(str(raw.get("reader")))
    if reader_class is None:
        known = ", ".join(sorted(READERS))
        raise UsageError(f"{file}: reader: {raw.get('reader')!r} is none of {known}.")
    common, own = _hints(Declaration), _hints(reader_class)
    for key in raw:
        if key not in common and key not in own:
            known = ", ".join([*common, *own])
            raise UsageError(f"{file}: {key}: unknown key.", f"Known: {known}.")
    declared = Declaration(**_values(file, raw, Declaration, common))
    reader: Reader = reader_class(**_values(file, raw, reader_class, own))
    _check(file, declared, raw)
    local = file.parent / declared.path if declared.path else None
    return Source(file, declared, reader, local)


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        raw = yaml_text.parsed(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{file}: not readable as YAML: {reason}.", "Mend it.") from error
    if not isinstance(raw, dict):
        raise UsageError(f"{file}: not a list of keys and values.")
    return raw


def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _values(file: Path, raw: dict[str, Any], record: Any, hints: dict[str, Any]) -> dict[str, Any]:
    for field in fields(record):
        if field.default is MISSING and field.name not in raw:
            raise UsageError(f"{file}: {field.name}: missing.")
    return {k: _value(file, k, v, hints[k]) for k, v in raw.items() if k in hints}


def _value(file: Path, key: str, value: Any, hint: Any) -> Any:
    kind = typing.get_origin(hint) or hint
    if kind is tuple:
        _require(file, key, value, isinstance(value, list), "a list")
        return tuple(str(v) for v in value)
    if kind is dict:
        _require(file, key, value, isinstance(value, dict), "a set of keys and values")
        return {str(k): str(v) for k, v in value.items()}
    if kind in (str, int, bool):
        _require(file, key, value, type(value) is kind, _KINDS[kind])
    else:
        _require(file, key, value, value is None or type(value) is date, "a day (2026-11-24)")
    return value


def _require(file: Path, key: str, value: Any, right: bool, wanted: str) -> None:
    if not right:
        raise UsageError(f"{file}: {key}: {value!r} is not {wanted}.")


def _check(file: Path, declared: Declaration, raw: dict[str, Any]) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", declared.name):
        raise UsageError(f"{file}: name: {declared.name!r} is not made of a-z, 0-9, _ and -.")
    if bool(declared.url) == bool(declared.path) and not (declared.saved and not declared.path):
        raise UsageError(f"{file}: url: a source has either a url or a path.")
    if any("/" in p or "\\" in p or p.startswith(".") for p in declared.saved):
        raise UsageError(f"{file}: saved: a pattern names files, and no folder.")
    if declared.url and urlsplit(declared.url).scheme not in ("http", "https"):
        raise UsageError(f"{file}: url: {declared.url!r} is not a web address (https://...).")
    if not 0 <= declared.min_rows <= declared.max_rows:
        raise UsageError(f"{file}: min_rows: {declared.min_rows} is above max_rows, or below 0.")
    for key in ("columns", "fields"):
        named = set(raw.get(key) or ()) if key in raw else {"name"}
        if "name" not in named or named - FIELDS:
            wrong = next(iter(sorted(named - FIELDS)), "name")
            raise UsageError(
                f"{file}: {key}.{wrong}: unknown, or 'name' is missing.",
                f"Known: {', '.join(sorted(FIELDS))}.",
            )
