"""The view of findings as frames and look-ups: the only cache, and the only reader of the store."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from audit.verdict import risk
from audit.verdict.risk import Risk
from dashboard import words
from data import tables
from data.errors import UsageError
from data.findings import Filter, View, open_view
from data.models import Coverage, Failure, Page, Skipped
from data.store import Run, Store
from data.vocabulary import Outcome

STORE_VARIABLE = "KETAWATCH_DASHBOARD_STORE"
PINS = ("run", "audit")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frames:
    """One audit of one run in memory, shared by all sessions: never change anything in it.

    ``findings`` has the export's columns, and ``rule_group`` and ``segment`` of ``words``.
    The other frames have the columns of their tables. ``unseen`` holds the providers of whom
    nothing at all could be judged, each with the first of its reasons. ``risks`` holds the reading
    aid by provider and service line.
    """

    view: View
    rules: dict[str, Row]
    providers: dict[str, Row]
    findings: pd.DataFrame
    evidence: pd.DataFrame
    pages: pd.DataFrame
    skipped: pd.DataFrame
    failures: pd.DataFrame
    coverage: pd.DataFrame
    facts: pd.DataFrame
    passages: dict[tuple[str, str, int], Row]
    unseen: dict[str, str]
    risks: dict[str, dict[str, Risk]]

    @property
    def captured_on(self) -> str:
        """The date of the run."""
        return self.view.captured_on

    def name(self, provider_id: str) -> str:
        """What a provider calls itself."""
        return str(self.providers[provider_id]["name"])

    def today(self, provider_id: str) -> str:
        """The id that an id goes by in this run, after what people decided."""
        return self.view.today(Filter(providers=(provider_id,))).providers[0]

    def labels(self) -> dict[str, str]:
        """Ids of the providers in scope -> name and id, by name; names alone are not unique."""
        ids = sorted(self.view.run.scope, key=lambda p: (self.name(p).casefold(), p))
        return {p: f"{self.name(p)} ({p})" for p in ids}


def current() -> Frames:
    """The audit that the address asks for (``run``, ``audit``), else the latest published one.

    Raises:
        UsageError: the store, run or audit is not there.
    """
    folder = os.environ.get(STORE_VARIABLE)
    if not folder:
        raise UsageError("No store was named.", "Start with 'ketawatch dashboard --store DIR'.")
    run_id, audit_id = map(_pinned, PINS)
    run = Store.open(Path(folder)).run(run_id)
    return _load(folder, run.run_id, run.audit(audit_id).audit_id)


def _pinned(name: str) -> str | None:
    # The menu drops the address's parameters; who came for one run must not slip into another.
    asked: str | None = st.query_params.get(name) or st.session_state.get(f"pinned-{name}")
    if asked:
        st.session_state[f"pinned-{name}"] = st.query_params[name] = asked
    return asked


@st.cache_resource(max_entries=4, show_spinner="Reading the findings ...")
def _load(folder: str, run_id: str, audit_id: str) -> Frames:
    view = open_view(Store.open(Path(folder)), run_id, audit_id)
    table = view.findings()
    findings = _frame(table)
    findings["rule_group"] = findings["rule_id"].map(words.group_of)
    findings["segment"] = findings["reason"].map(words.segment_of)
    return Frames(
        view=view,
        rules={rule["id"]: {"absence_needs": []} | rule for rule in view.rules},
        providers={p["provider_id"]: p for p in view.providers},
        findings=findings,
        evidence=_frame(view.evidence()),
        pages=_frame(tables.table("pages", _pages(view.run))),
        skipped=_frame(tables.table("skipped", view.run.read("skipped", Skipped))),
        failures=_frame(tables.table("failures", view.run.read("failures", Failure))),
        coverage=_frame(tables.table("coverage", view.run.read("coverage", Coverage))),
        facts=_frame(view.facts()),
        passages=view.passages(),
        unseen=_unseen(findings),
        risks=_risks(table),
    )


def _pages(run: Run) -> list[Page]:
    """The captures that are pages: redirects and error pages are kept, and are none."""
    failed: defaultdict[str, set[str]] = defaultdict(set)
    for failure in run.read("failures", Failure):
        failed[failure.provider_id].add(failure.url)
    return [p for p in run.read("pages", Page) if p.is_page(failed[p.provider_id])]


def _unseen(findings: pd.DataFrame) -> dict[str, str]:
    judged = findings.loc[findings["outcome"] != Outcome.NOT_TESTED, "provider_id"].unique()
    nothing = findings[~findings["provider_id"].isin(judged)]
    reasons = nothing.groupby("provider_id")["reason"].first()
    return {str(provider): str(reason) for provider, reason in reasons.items()}


def _risks(findings: pa.Table) -> dict[str, dict[str, Risk]]:
    found: defaultdict[str, dict[str, Risk]] = defaultdict(dict)
    for one in risk.risks(findings.select(risk.COLUMNS).to_pylist()):
        found[one.provider_id][one.service_line] = one
    return dict(found)


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=_pandas_type)
    return frame


def _pandas_type(arrow: pa.DataType) -> pd.Int64Dtype | None:
    # Without the nullable type, one missing offset would turn all offsets into floats.
    return pd.Int64Dtype() if arrow == pa.int64() else None


def records(frame: pd.DataFrame) -> list[Row]:
    """Rows as dictionaries in which what is missing is ``None``."""
    cells = frame.astype(object)
    rows = cells.where(cells.notna(), None).to_dict("records")
    return [{str(column): value for column, value in row.items()} for row in rows]
