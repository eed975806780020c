"""One row a provider and service line, one column a rule: ready for pandas or R."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa

KEYS = ("provider_id", "provider_name", "service_line")


def schema(rule_ids: Iterable[str]) -> pa.Schema:
    """The keys, then a column for each rule, sorted."""
    return pa.schema([(name, pa.string()) for name in (*KEYS, *sorted(set(rule_ids)))])


def build(findings: pa.Table, rule_ids: Iterable[str]) -> pa.Table:
    """The outcome of each rule, null where the pair makes no finding; rows and rules sorted.

    Args:
        findings: rows with at least the columns ``KEYS``, ``rule_id`` and ``outcome``.
        rule_ids: the columns wanted, whether or not there is a finding.
    """
    lines: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in findings.select([*KEYS, "rule_id", "outcome"]).to_pylist():
        provider_id, name, line = (row[key] for key in KEYS)
        lines[provider_id, line, name][row["rule_id"]] = row["outcome"]
    return pa.Table.from_pylist(
        [
            {"provider_id": provider_id, "provider_name": name, "service_line": line} | outcomes
            for (provider_id, line, name), outcomes in sorted(lines.items())
        ],
        schema=schema(rule_ids),
    )
