"""One audit as a database, and the queries for its findings and their evidence."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from data import tables
from data.store import Audit, Run

# A near miss is shown in its own columns; as the quote it stands only where a person has to look.
FINDINGS = """
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
# Evidence without its page or its passage: a quote that nobody could check.
LOST = """
select e.finding_id from evidence e
left join pages pg on pg.capture_id = e.capture_id
left join passages s on s.capture_id = e.capture_id and s.css_path = e.css_path
  and s.block_ordinal = e.block_ordinal
where pg.capture_id is null or s.capture_id is null limit 1
"""
EVIDENCE = "select e.* from evidence e join findings f on f.finding_id = e.finding_id"
ORDER = " order by f.provider_id, f.service_line, f.rule_id"
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


def connect(run: Run, audit: Audit) -> duckdb.DuckDBPyConnection:
    """A database of one audit: its tables, and what run and audit tell of providers and rules."""
    db = duckdb.connect()
    # Arrow reads the files: DuckDB would take brackets and stars in a folder's name as globs.
    for name in tables.AUDIT_TABLES:
        db.register(name, tables.load(audit.table_path(name)))
    db.register("pages", tables.load(run.table_path("pages")))
    db.register("rules", pa.Table.from_pylist([_rule_row(r) for r in audit.info["rules"]], _RULES))
    db.register(
        "providers", pa.Table.from_pylist([_provider_row(p) for p in run.info["providers"]], _PROV)
    )
    info = {"run_id": run.run_id, "audit_id": audit.audit_id}
    info |= {k: audit.info[k] for k in ("ruleset_version", "tool_version")}
    db.register("info", pa.Table.from_pylist([info]))
    return db
