"""The one view of findings: verdicts joined with quotes, captures, history and decisions.

Every export, page and dossier reads this view, so that what is exported is what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from data import aliases, facts, history, tables
from data import finding_queries as queries
from data.errors import UsageError
from data.finding_rows import SCHEMA, finished
from data.store import Audit, Run, Store
from data.vocabulary import Outcome

DEMO_SOURCE = "demo_directory"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings: each field a set of accepted values, empty for all."""

    providers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The view's column -> accepted values, without the empty ones."""
        named = {
            "provider_id": self.providers,
            "rule_id": self.rules,
            "outcome": self.outcomes,
            "finding_id": self.findings,
        }
        return {column: values for column, values in named.items() if values}


class View:
    """One audit of one run, ready to be read; opened by ``open_view``."""

    def __init__(self, store: Store, run: Run, audit: Audit) -> None:
        self.store, self.run, self.audit = store, run, audit
        self.rules: list[dict[str, Any]] = audit.info["rules"]
        self.providers: list[dict[str, Any]] = run.info["providers"]

    @property
    def captured_on(self) -> str:
        """The day of the run."""
        return str(self.run.info["started_at"])[:10]

    @property
    def past_review(self) -> dict[str, str]:
        """Rules that waited for a person's new look on the day of the run: id -> review date."""
        dates = {rule["id"]: rule.get("review_by") for rule in self.rules}
        return {rule_id: day for rule_id, day in dates.items() if day and self.captured_on > day}

    @property
    def is_demo(self) -> bool:
        """Whether every provider is one of the invented ones that ship with ketawatch."""
        sources = [list(provider["source"]) for provider in self.providers]
        return bool(sources) and all(source == [DEMO_SOURCE] for source in sources)

    def findings(self, wanted: Filter = Filter()) -> pa.Table:
        """Findings in the columns of ``SCHEMA``, by provider, service line and rule.

        Raises:
            UsageError: a filter names a provider, rule, outcome or finding that is not there.
        """
        self.check(wanted)
        self._require_whole()
        rows = self._query(queries.FINDINGS + _where(wanted) + queries.ORDER, wanted).to_pylist()
        lifecycle = history.lifecycles(self._audits(), aliases.of(self.store))
        return pa.Table.from_pylist([finished(row, lifecycle) for row in rows], schema=SCHEMA)

    def evidence(self, wanted: Filter = Filter()) -> pa.Table:
        """All quotes behind the findings wanted, in the columns of the evidence table."""
        self.check(wanted)
        sql = queries.EVIDENCE + _where(wanted) + " order by f.finding_id, e.rank"
        return self._query(sql, wanted).cast(tables.SCHEMAS["evidence"])

    def facts(self, wanted: Filter = Filter()) -> pa.Table:
        """What the providers wanted tell about themselves, in the columns of ``facts.SCHEMA``."""
        self.check(wanted)
        return facts.read(self.run, self.audit, wanted.providers)

    def today(self, wanted: Filter) -> Filter:
        """The same filter, with ids that were given up replaced by those that they are today."""
        names = aliases.Names(aliases.of(self.store), self.run.scope)
        sql = "select finding_id, provider_id, service_line, rule_id from findings"
        former = {
            old: str(row["finding_id"])
            for row in (self._query(sql).to_pylist() if wanted.findings else ())
            for old in names.former_findings(
                row["provider_id"], row["service_line"], row["rule_id"]
            )
        }
        return replace(
            wanted,
            providers=tuple(names.today(provider) for provider in wanted.providers),
            findings=tuple(former.get(finding, finding) for finding in wanted.findings),
        )

    def passages(self) -> dict[tuple[str, str, int], dict[str, Any]]:
        """Whole blocks behind the evidence, by capture id, CSS path and ordinal."""
        rows = self._query("select * from passages").to_pylist()
        return {(r["capture_id"], r["css_path"], r["block_ordinal"]): r for r in rows}

    def check(self, wanted: Filter) -> None:
        """Refuse a filter that names something unknown, which would silently give too little.

        Raises:
            UsageError: naming the value and where to look up the known ones.
        """
        ids = self._query("select finding_id from findings").to_pylist()
        known: dict[str, set[str]] = {
            "provider_id": set(self.run.scope),
            "rule_id": {rule["id"] for rule in self.rules},
            "outcome": set(Outcome),
            "finding_id": {row["finding_id"] for row in ids},
        }
        for column, values in wanted.columns().items():
            for value in values:
                if value not in known[column]:
                    raise UsageError(
                        f"{column} {value!r} is not known in run {self.run.run_id}.",
                        "'ketawatch status' and 'ketawatch rules list' show what there is.",
                    )

    def _require_whole(self) -> None:
        """Refuse evidence without its page or its passage: a quote that nobody could check."""
        for lost in self._query(queries.LOST).to_pylist():
            raise UsageError(
                f"{self.audit.table_path('evidence')}: what finding {lost['finding_id']} rests on"
                f" is not in {self.run.table_path('pages').name} or"
                f" {self.audit.table_path('passages').name}.",
                "Bring all of them back from one copy.",
            )

    def _query(self, sql: str, wanted: Filter = Filter()) -> pa.Table:
        with queries.connect(self.run, self.audit) as db:
            found: pa.Table = db.sql(sql, params=_values(wanted)).to_arrow_table()
        return found

    def _audits(self) -> Iterable[tuple[Run, Audit]]:
        for run_id in self.store.run_ids():
            if run_id < self.run.run_id:
                run = self.store.run(run_id)
                if run.current_audit_id() is not None:
                    yield run, run.audit()
        yield self.run, self.audit


def open_view(store: Store, run_id: str | None = None, audit_id: str | None = None) -> View:
    """The published audit of the latest run that has one, or of the run and audit named.

    Raises:
        UsageError: there is no such run, or it has no such audit.
    """
    run = store.audited_run() if run_id is None else store.run(run_id)
    return View(store, run, run.audit(audit_id))


def _where(wanted: Filter) -> str:
    clauses = [f"list_contains(?, f.{column})" for column in wanted.columns()]
    return " where " + " and ".join(clauses) if clauses else ""


def _values(wanted: Filter) -> list[list[str]]:
    return [list(values) for values in wanted.columns().values()]
