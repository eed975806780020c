"""``ketawatch.toml``: who runs this, and within which limits. Secrets stay in the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from data.errors import UsageError

FILE_NAME = "ketawatch.toml"
CONTACT_VARIABLE = "KETAWATCH_CONTACT"
STORE_FORMAT = 1

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


@dataclass(frozen=True, slots=True)
class Config:
    """What ``ketawatch.toml`` and the environment say."""

    contact: str = ""
    max_unreachable: float = 0.2
    limits: Limits = Limits()
    sources: dict[str, bool] = field(default_factory=dict)
    own_hosts: dict[str, list[str]] = field(default_factory=dict)
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
    _refuse_unknown(path, raw, {f.name for f in fields(Config)}, "")
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
    own_hosts = _table(path, raw, "own_hosts")
    for key, value in own_hosts.items():
        _require(path, f"own_hosts.{key}", value, list, "a list of host names")
        for host in value:
            _require(path, f"own_hosts.{key}", host, str, "a host name")
    return Config(
        contact=os.environ.get(CONTACT_VARIABLE, "").strip() or contact.strip(),
        max_unreachable=float(share),
        limits=Limits(**limits),
        sources=sources,
        own_hosts=own_hosts,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
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
