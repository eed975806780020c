"""``ketawatch.toml``: who runs this, and within which limits. Secrets stay in the environment."""

from __future__ import annotations

import math
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from data.errors import UsageError

FILE_NAME = "ketawatch.toml"
CONTACT_VARIABLE = "KETAWATCH_CONTACT"
# Many such addresses are as good as a password, so it may stay out of the file.
PING_VARIABLE = "KETAWATCH_PING_URL"
STORE_FORMAT = 1
# With a port where it has one; what is more than that would silently be no address's host.
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")

_TEMPLATE = f"""\
# Configuration of this ketawatch store.
store_format = {STORE_FORMAT}

# Who a website's owner can write to: an e-mail address or a web page. No public host is crawled
# while this is empty. The environment variable {CONTACT_VARIABLE} wins over this line.
contact = ""

# The share of providers that may be out of reach before a run ends with exit code 3.
max_unreachable = 0.2

[limits]
max_pages = 60          # a provider
max_bytes = 26214400    # a provider, as sent
max_seconds = 600       # a provider
max_page_seconds = 30   # a page, from the first byte asked to the last one sent

[schedule]
# max_hours = 6         # of one 'run'; what is left is done by the next call
# every_days = 7        # how often 'run' is called: 'status' says when it is overdue

[disk]
reserve_mb = 256        # a run stops, resumable, before less than this is free

[retention]
keep_runs = 12          # so many of the latest runs are never pruned

[alive]
# url = "https://..."   # asked (GET) at the end of each good 'run'; KETAWATCH_PING_URL wins
# private = false       # whether its host may lie in a private network

[metrics]
# file = "ketawatch.prom"   # for node_exporter's textfile collector; relative to this folder

[sources]
# starter = false       # switch a listing source off (or on) by name

[own_hosts]
# "provider.com" = ["help.provider-support.com"]
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one provider's site a run captures, at most."""

    max_pages: int = 60
    max_bytes: int = 25 * 1024 * 1024
    max_seconds: int = 600
    max_page_seconds: int = 30


@dataclass(frozen=True, slots=True)
class Operation:
    """How a store is kept for months: the tables schedule, disk, retention, alive, metrics.

    Attributes:
        max_hours: of one ``run``; 0 for no limit.
        every_days: how often ``run`` is to be called; 0 where nobody said so.
        reserve_mb: a run stops before less than so many MiB are free.
        keep_runs: so many of the latest runs are never pruned.
        alive_url: asked at the end of each good run; empty for none.
        alive_private: whether its host may lie in a private network.
        metrics_file: where the metrics go, relative to the store.
    """

    max_hours: float = 0.0
    every_days: float = 0.0
    reserve_mb: int = 256
    keep_runs: int = 12
    alive_url: str = ""
    alive_private: bool = False
    metrics_file: str = "ketawatch.prom"


# Table and key of each field, what it has to be, and its least value.
_OPERATION: dict[str, tuple[str, str, Any, str, float]] = {
    "max_hours": ("schedule", "max_hours", (int, float), "a number of hours", 0),
    "every_days": ("schedule", "every_days", (int, float), "a number of days", 0),
    "reserve_mb": ("disk", "reserve_mb", int, "a whole number", 0),
    "keep_runs": ("retention", "keep_runs", int, "a whole number", 1),
    "alive_url": ("alive", "url", str, "a web address", 0),
    "alive_private": ("alive", "private", bool, "true or false", 0),
    "metrics_file": ("metrics", "file", str, "a file name", 0),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What ``ketawatch.toml`` and the environment say."""

    contact: str = ""
    max_unreachable: float = 0.2
    limits: Limits = Limits()
    sources: dict[str, bool] = field(default_factory=dict)
    own_hosts: dict[str, list[str]] = field(default_factory=dict)
    operation: Operation = Operation()
    store_format: int = STORE_FORMAT


def write_template(path: Path) -> None:
    """Write the commented default configuration, for a person to fill in."""
    path.write_text(_TEMPLATE, encoding="utf-8")


def load(path: Path) -> Config:
    """Read the configuration; a missing file means the defaults.

    Raises:
        UsageError: the file is no TOML, has an unknown key or a value of the wrong kind, or
            belongs to a newer version of ketawatch.
    """
    raw = _read_toml(path)
    _refuse_newer(path, raw.get("store_format", STORE_FORMAT))
    operated = {place[0] for place in _OPERATION.values()}
    _refuse_unknown(path, raw, ({f.name for f in fields(Config)} - {"operation"}) | operated, "")
    limits = _table(path, raw, "limits")
    _refuse_unknown(path, limits, {f.name for f in fields(Limits)}, "limits.")
    for key, value in limits.items():
        _require(path, f"limits.{key}", value, int, "a whole number above 0")
        if value <= 0:
            raise UsageError(f"{path}: limits.{key}: {value} is not above 0.", "Raise it.")
    share = raw.get("max_unreachable", 0.2)
    _require(path, "max_unreachable", share, (int, float), "a number from 0 to 1")
    if not 0 <= share <= 1:
        raise UsageError(f"{path}: max_unreachable: {share} is not between 0 and 1.")
    contact = raw.get("contact", "")
    _require(path, "contact", contact, str, "a text")
    sources = _table(path, raw, "sources")
    for key, value in sources.items():
        _require(path, f"sources.{key}", value, bool, "true or false")
    return Config(
        contact=_from_environment(CONTACT_VARIABLE) or contact.strip(),
        max_unreachable=float(share),
        limits=Limits(**limits),
        sources=sources,
        own_hosts=_own_hosts(path, raw),
        operation=_operation(path, raw),
    )


def _own_hosts(path: Path, raw: dict[str, Any]) -> dict[str, list[str]]:
    own_hosts = _table(path, raw, "own_hosts")
    for key, value in own_hosts.items():
        _require(path, f"own_hosts.{key}", value, list, "a list of host names")
        for host in value:
            _require(path, f"own_hosts.{key}", host, str, "a host name")
            named = _HOST.fullmatch(host)
            if not named or not 0 < int(named["port"] or 1) < 65536:
                raise UsageError(
                    f"{path}: own_hosts.{key}: {host!r} is not a host name.",
                    "Such as help.example.com, without https:// and path.",
                )
    return own_hosts


def _operation(path: Path, raw: dict[str, Any]) -> Operation:
    values: dict[str, Any] = {}
    for name, (table, key, kind, wanted, least) in _OPERATION.items():
        known = {place[1] for place in _OPERATION.values() if place[0] == table}
        _refuse_unknown(path, _table(path, raw, table), known, f"{table}.")
        value = _table(path, raw, table).get(key)
        if value is None:
            continue
        _require(path, f"{table}.{key}", value, kind, wanted)
        if isinstance(value, (int, float)) and not value >= least:  # NaN is not either
            raise UsageError(f"{path}: {table}.{key}: {value} is below {least}.", "Raise it.")
        if name == "metrics_file" and not Path(value).name:
            raise UsageError(f"{path}: {table}.{key}: {value!r} names no file.", "Leave it out.")
        if value == math.inf:
            raise UsageError(f"{path}: {table}.{key}: {value} is no number.", "Leave it out.")
        values[name] = value
    values["alive_url"] = _from_environment(PING_VARIABLE) or values.get("alive_url", "")
    return Operation(**values)


def _from_environment(variable: str) -> str:
    # Of programs that read a file of variables, some leave the quotes around a value.
    value = os.environ.get(variable, "").strip()
    return value[1:-1].strip() if value[:1] in ("'", '"') and value[-1:] == value[:1] else value


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: unreadable ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable as TOML: {error}.", "Mend the line.") from error


def _refuse_newer(path: Path, version: object) -> None:
    if not isinstance(version, int):
        raise UsageError(f"{path}: store_format: {version!r} is not a whole number.")
    if version > STORE_FORMAT:
        raise UsageError(
            f"{path}: store_format {version} was made by a newer ketawatch (this one reads up to"
            f" {STORE_FORMAT}).",
            "Update ketawatch; nothing was changed.",
        )


def _refuse_unknown(path: Path, table: dict[str, Any], known: set[str], prefix: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(
                f"{path}: {prefix}{key}: unknown key.", f"Known: {', '.join(sorted(known))}."
            )


def _table(path: Path, raw: dict[str, Any], key: str) -> dict[str, Any]:
    value = raw.get(key, {})
    _require(path, key, value, dict, "a table")
    return dict(value)


def _require(path: Path, key: str, value: object, kind: Any, wanted: str) -> None:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise UsageError(f"{path}: {key}: {value!r} is not {wanted}.")
