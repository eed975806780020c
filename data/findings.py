"""The one view of findings: verdicts joined with quotes, captures, history and decisions.

Every export, page and dossier reads this view, so that what is exported is what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from data import aliases, facts, history, tables, text_fragment
from data.errors import UsageError
from data.store import Audit, Run, Store
from data.vocabulary import Outcome

QUOTE_CONTEXT = 32
DEMO_SOURCE = "demo_directory"

# The columns of every export, in the contract's order.
_COLUMNS = [
    "finding_id",
    "run_id",
    "provider_id",
    "provider_name",
    "homepage",
    "service_line",
    "rule_id",
    "rule_title",
    "rule_kind",
    "severity",
    "outcome",
    "reason",
    "confidence",
    "quote",
    "quote_prefix",
    "quote_suffix",
    "url",
    "page_title",
    "page_type",
    "region",
    "heading",
    "css_path",
    "block_ordinal",
    "char_start",
    "char_end",
    "captured_at",
    "payload_sha256",
    "warc_file",
    "warc_record_id",
    "text_fragment_url",
    "pages_searched",
    "page_types_searched",
    "page_types_missing",
    "nearest_miss",
    "nearest_miss_url",
    "ruleset_version",
    "tool_version",
    "lifecycle",
    "first_seen_run",
    "review_status",
    "review_note",
    "provider_reply",
    "audit_id",
    "summary",
    "basis",
    "web_disclosure_mandated",
    "rule_sources",
    "states",
    "listing_source",
    "evidence_count",
]
_NUMBERS = {"block_ordinal", "char_start", "char_end", "pages_searched", "evidence_count"}
SCHEMA = pa.schema([pa.field(c, pa.int64() if c in _NUMBERS else pa.string()) for c in _COLUMNS])
COLUMNS = tuple(SCHEMA.names)


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
        rows = self._query(_FINDINGS_SQL + _where(wanted) + _ORDER, wanted).to_pylist()
        lifecycle = history.lifecycles(self._audits(), aliases.of(self.store))
        return pa.Table.from_pylist([_finish(row, lifecycle) for row in rows], schema=SCHEMA)

    def evidence(self, wanted: Filter = Filter()) -> pa.Table:
        """All quotes behind the findings wanted, in the columns of the evidence table."""
        self.check(wanted)
        sql = _EVIDENCE_SQL + _where(wanted) + " order by f.finding_id, e.rank"
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
        for lost in self._query(_LOST_SQL).to_pylist():
            raise UsageError(
                f"{self.audit.table_path('evidence')}: what finding {lost['finding_id']} rests on"
                f" is not in {self.run.table_path('pages').name} or"
                f" {self.audit.table_path('passages').name}.",
                "Bring all of them back from one copy.",
            )

    def _query(self, sql: str, wanted: Filter = Filter()) -> pa.Table:
        with self._connect() as db:
            found: pa.Table = db.sql(sql, params=_values(wanted)).to_arrow_table()
        return found

    def _connect(self) -> duckdb.DuckDBPyConnection:
        db = duckdb.connect()
        # Arrow reads the files: DuckDB would take brackets and stars in a folder's name as globs.
        for name in tables.AUDIT_TABLES:
            db.register(name, tables.load(self.audit.table_path(name)))
        db.register("pages", tables.load(self.run.table_path("pages")))
        db.register("rules", pa.Table.from_pylist([_rule_row(r) for r in self.rules], _RULES))
        db.register(
            "providers", pa.Table.from_pylist([_provider_row(p) for p in self.providers], _PROV)
        )
        info = {"run_id": self.run.run_id, "audit_id": self.audit.audit_id}
        info |= {k: self.audit.info[k] for k in ("ruleset_version", "tool_version")}
        db.register("info", pa.Table.from_pylist([info]))
        return db

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


_RULES = pa.schema(
    [(c, pa.string()) for c in ("id", "title", "kind", "basis", "web_disclosure_mandated", "src")]
)
_PROV = pa.schema([(c, pa.string()) for c in ("id", "name", "homepage", "states", "source")])


def _rule_row(rule: dict[str, Any]) -> dict[str, Any]:
    sources = ";".join(f"{s['key']} {s['url']}".strip() for s in rule["sources"])
    return {name: rule.get(name) for name in _RULES.names} | {"src": sources}


def _provider_row(provider: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": provider["provider_id"],
        "name": provider["name"],
        "homepage": provider["homepage"],
        "states": ";".join(provider["states"]) or None,
        "source": ";".join(provider["source"]) or None,
    }


# A near miss is shown in its own columns; as the quote it stands only where a person has to look.
_FINDINGS_SQL = """
select f.finding_id, i.run_id, f.provider_id, p.name as provider_name, p.homepage,
  f.service_line, f.rule_id, r.title as rule_title, r.kind as rule_kind, f.severity, f.outcome,
  f.reason, f.confidence, e.quote, s.text as passage, pg.final_url as url, s.page_title,
  e.page_type, e.region, e.heading, e.css_path, e.block_ordinal, e.char_start, e.char_end,
  pg.captured_at, pg.payload_sha256, pg.warc_file, pg.warc_record_id, f.pages_searched,
  f.page_types_searched, f.page_types_missing, n.quote as nearest_miss,
  np.final_url as nearest_miss_url, i.ruleset_version, i.tool_version, i.audit_id, f.summary,
  r.basis, r.web_disclosure_mandated, r.src as rule_sources, p.states,
  p.source as listing_source, coalesce(c.n, 0) as evidence_count
from findings f
cross join info i
left join providers p on p.id = f.provider_id
left join rules r on r.id = f.rule_id
left join evidence e on e.finding_id = f.finding_id and e.rank = 1
  and (e.role <> 'near_miss' or f.outcome = 'needs_review')
left join pages pg on pg.capture_id = e.capture_id
left join passages s on s.capture_id = e.capture_id and s.css_path = e.css_path
  and s.block_ordinal = e.block_ordinal
left join (select *, row_number() over (partition by finding_id order by rank) as k
  from evidence where role = 'near_miss') n on n.finding_id = f.finding_id and n.k = 1
left join pages np on np.capture_id = n.capture_id
left join (select finding_id, count(*) as n from evidence group by finding_id) c
  on c.finding_id = f.finding_id
"""
_LOST_SQL = """
select e.finding_id from evidence e
left join pages pg on pg.capture_id = e.capture_id
left join passages s on s.capture_id = e.capture_id and s.css_path = e.css_path
  and s.block_ordinal = e.block_ordinal
where pg.capture_id is null or s.capture_id is null limit 1
"""
_EVIDENCE_SQL = "select e.* from evidence e join findings f on f.finding_id = e.finding_id"
_ORDER = " order by f.provider_id, f.service_line, f.rule_id"


def _where(wanted: Filter) -> str:
    clauses = [f"list_contains(?, f.{column})" for column in wanted.columns()]
    return " where " + " and ".join(clauses) if clauses else ""


def _values(wanted: Filter) -> list[list[str]]:
    return [list(values) for values in wanted.columns().values()]


def _finish(row: dict[str, Any], lifecycle: dict[str, tuple[str | None, str]]) -> dict[str, Any]:
    passage = row.pop("passage")
    stage, first_seen = lifecycle[row["finding_id"]]
    row |= {"lifecycle": stage, "first_seen_run": first_seen, "review_status": "unreviewed"}
    row |= {"review_note": None, "provider_reply": None}
    row |= {"quote_prefix": None, "quote_suffix": None, "text_fragment_url": None}
    if row["quote"] is not None:
        start, end = row["char_start"], row["char_end"]
        row["quote_prefix"] = passage[max(0, start - QUOTE_CONTEXT) : start]
        row["quote_suffix"] = passage[end : end + QUOTE_CONTEXT]
        row["text_fragment_url"] = text_fragment.link(row["url"], row["quote"], row["css_path"])
    return row
