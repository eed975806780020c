"""A store with an invented list of six rows, and ``ketawatch merges`` on it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from crawlers.discover.discover import discover
from crawlers.merges.command import merges
from data import provider_file
from data.models import Provider
from data.store import Store

DECLARATION = """\
name: rows
title: An invented list
reader: list
path: rows.csv
columns: {name: name, website: url, city: city|town, state: state, phone: phone, npi: npi}
min_rows: 1
max_rows: 99
shape_seen: 2026-11-24
"""
ROWS = """\
name,url,state,phone,npi
Stillmere,https://stillmere.com,TX,,
Stillmere Help,https://stillmere.zendesk.com/hc,,,
=Harrow Hill,https://harrow.org,OK,,
Harrow Hill LLC,,OK,,1234567890
Elmfield Ketamine,https://elmfield.net,TX,512-555-0142,
ELMFIELD KETAMINE LLC,,TX,512-555-0142,1987654321
"""


class Folder:
    """A store with an invented list, and the commands on it."""

    def __init__(self, path: Path, rows: str = ROWS) -> None:
        self.rows = path / "rows.csv"
        self.source = path / "rows.yml"
        self.source.write_text(DECLARATION, encoding="utf-8")
        self.rows.write_text(rows, encoding="utf-8")
        self.store = Store.create(path / "store")
        self.discover()

    def discover(self) -> tuple[int, int]:
        result = discover(self.store, extra_sources=[self.source], only=["rows"])
        assert result.exit_code == 0
        return result.joined, result.proposed

    def __call__(self, *arguments: str) -> Result:
        store = ["--store", str(self.store.path)]
        result = CliRunner().invoke(merges, [*arguments, *store], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    def decide(self, *arguments: str) -> Result:
        return self(*arguments, "--who", "Ada", "--why", "I called them")

    def providers(self) -> dict[str, Provider]:
        rows, issues = provider_file.read(self.store.providers_path)
        assert issues == []
        return {row.provider_id: row for row in rows}

    def short(self, provider_id: str) -> str:
        """The short name of the one proposal with this provider."""
        told = json.loads(self("list", "--json").stdout)
        found = [t for t in told if provider_id in {p["provider_id"] for p in t["providers"]}]
        return str(found[0]["pair"])
