"""The one view: verdicts joined with the right quotes, and filters that never give too little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data import tables, warc
from data.errors import UsageError
from data.finding_rows import COLUMNS, QUOTE_CONTEXT, SCHEMA
from data.findings import Filter, View, open_view
from data.models import Evidence, Finding, finding_id
from data.store import Store
from data.vocabulary import Outcome

CONTRACT = """
finding_id, run_id, provider_id, provider_name, homepage, service_line, rule_id, rule_title,
rule_kind, severity, outcome, reason, confidence, quote, quote_prefix, quote_suffix, url,
page_title, page_type, region, heading, css_path, block_ordinal, char_start, char_end, captured_at,
payload_sha256, warc_file, warc_record_id, text_fragment_url, pages_searched, page_types_searched,
page_types_missing, nearest_miss, nearest_miss_url, ruleset_version, tool_version, lifecycle,
first_seen_run, review_status, review_note, provider_reply, audit_id, summary, basis,
web_disclosure_mandated, rule_sources, states, listing_source, evidence_count
"""


@pytest.fixture
def view(sample_store: Store) -> View:
    return open_view(sample_store)


def row_of(view: View, provider: str, rule: str) -> dict[str, Any]:
    wanted = Filter(providers=(provider,), rules=(rule,))
    (row,) = view.findings(wanted).to_pylist()
    return row


def test_the_columns_are_the_contract_s_in_its_order(view: View) -> None:
    assert list(COLUMNS) == CONTRACT.replace(",", " ").split()
    assert view.findings().schema == SCHEMA


def test_rules_past_their_review_on_the_day_of_the_run_are_named(view: View) -> None:
    assert view.captured_on == "2026-11-24"
    assert view.past_review == {"disclosure.off-label": "2026-11-23"}


def test_a_finding_id_is_stable() -> None:
    assert finding_id("a.example", "all", "x.y") == "8e1e01cd8991d539"


def test_rows_come_in_order_of_provider_line_and_rule(view: View) -> None:
    rows = view.findings().to_pylist()
    keys = [(row["provider_id"], row["service_line"], row["rule_id"]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == 8


def test_a_quote_stands_in_its_passage_and_in_the_archive(view: View) -> None:
    passages = view.passages()
    quoted = [row for row in view.findings().to_pylist() if row["quote"] is not None]
    assert len(quoted) == 4
    for row in quoted:
        claim = next(e for e in view.evidence().to_pylist() if e["finding_id"] == row["finding_id"])
        place = (claim["capture_id"], row["css_path"], row["block_ordinal"])
        text = passages[place]["text"]
        start, end = row["char_start"], row["char_end"]
        assert text[start:end] == row["quote"]
        assert text[:start].endswith(row["quote_prefix"])
        assert text[end:].startswith(row["quote_suffix"])
        assert len(row["quote_prefix"]) == min(start, QUOTE_CONTEXT)
        assert len(row["quote_suffix"]) == min(len(text) - end, QUOTE_CONTEXT)
        archived = list(warc.records(view.store.path / row["warc_file"]))
        assert row["quote"].encode("utf-8") in archived[0].body()
        assert archived[0].record_id == row["warc_record_id"]


def test_absence_has_no_quote_and_no_place(view: View) -> None:
    row = row_of(view, "calm-harbor.example", "supervision.vitals")
    assert (row["outcome"], row["reason"]) == (Outcome.CONCERN, "not_stated")
    for column in ("quote", "quote_prefix", "url", "css_path", "char_start", "text_fragment_url"):
        assert row[column] is None
    assert row["evidence_count"] == 0
    assert row["pages_searched"] == 1


def test_a_near_miss_is_the_quote_only_where_a_person_has_to_look(view: View) -> None:
    row = row_of(view, "007", "disclosure.off-label")
    assert row["outcome"] == Outcome.NEEDS_REVIEW
    assert row["quote"] == row["nearest_miss"] == "A coach may be around"
    assert row["nearest_miss_url"] == "https://seven.example/"


def rewrite(view: View, finding: Finding, evidence: list[Evidence]) -> None:
    """Give one finding other evidence, on disk."""
    others = view.audit.read("findings", Finding)
    kept = [f for f in others if f.finding_id != finding.finding_id]
    tables.write(view.audit.table_path("findings"), "findings", [*kept, finding])
    tables.write(view.audit.table_path("evidence"), "evidence", evidence)


def test_rank_decides_which_quote_is_shown_and_a_near_miss_stands_apart(view: View) -> None:
    row = next(r for r in view.evidence().to_pylist() if r["role"] == "claim")
    claim = _claim(row)
    finding = next(
        f for f in view.audit.read("findings", Finding) if f.finding_id == row["finding_id"]
    )
    ranked = [
        Evidence(finding.finding_id, 3, "near_miss", _claim(row, quote="third")),
        Evidence(finding.finding_id, 2, "near_miss", _claim(row, quote="second")),
        Evidence(finding.finding_id, 1, "claim", claim),
    ]
    rewrite(view, finding, ranked)
    shown = row_of(view, finding.provider_id, finding.rule_id)
    assert (shown["quote"], shown["nearest_miss"]) == (claim.quote, "second")
    assert shown["evidence_count"] == 3
    ranks = [e["rank"] for e in view.evidence().to_pylist()]
    assert ranks == sorted(ranks)


def test_a_near_miss_beside_an_absence_is_no_quote(view: View) -> None:
    row = next(r for r in view.evidence().to_pylist() if r["role"] == "near_miss")
    absent = next(f for f in view.audit.read("findings", Finding) if f.reason == "not_stated")
    rewrite(view, absent, [Evidence(absent.finding_id, 1, "near_miss", _claim(row))])
    shown = row_of(view, absent.provider_id, absent.rule_id)
    assert (shown["quote"], shown["url"]) == (None, None)
    assert shown["nearest_miss"] == "A coach may be around"


def _claim(row: dict[str, Any], **changes: Any) -> Any:
    from data.models import Claim

    cells = {k: v for k, v in row.items() if k not in ("finding_id", "rank", "role")}
    return Claim(**(cells | changes))


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 8),
        (Filter(providers=("007", "1e5")), 5),
        (Filter(rules=("supervision.vitals",)), 3),
        (Filter(outcomes=(Outcome.CONCERN, Outcome.NOT_TESTED)), 3),
        (Filter(providers=("1e5",), outcomes=("concern",)), 0),
    ],
)
def test_filters(view: View, wanted: Filter, count: int) -> None:
    assert view.findings(wanted).num_rows == count
    ids = set(view.findings(wanted).column("finding_id").to_pylist())
    assert set(view.evidence(wanted).column("finding_id").to_pylist()) <= ids
    assert view.evidence(wanted).schema == tables.SCHEMAS["evidence"]


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(providers=("7",)),
        Filter(rules=("x' or 1=1 --",)),
        Filter(outcomes=("pass",)),
        Filter(findings=("0" * 16,)),
    ],
)
def test_a_filter_that_names_something_unknown_is_refused(view: View, wanted: Filter) -> None:
    ((column, values),) = wanted.columns().items()
    with pytest.raises(UsageError, match=column):
        view.findings(wanted)
    with pytest.raises(UsageError) as refused:
        view.evidence(wanted)
    assert repr(values[0]) in refused.value.message


def test_a_run_without_an_audit_hides_no_other_and_says_what_to_do(sample_store: Store) -> None:
    partial = sample_store.start_run("20261201T000000Z")
    sample_store.finish_run(partial, {"scope": [], "providers": []})
    with pytest.raises(UsageError, match="ketawatch audit"):
        open_view(sample_store, "20261201T000000Z")
    assert open_view(sample_store).run.run_id == "20261124T031500Z"


def test_the_folder_s_name_is_no_pattern(sample_store: Store, tmp_path: Path) -> None:
    assert "[" in sample_store.path.name
    moved = sample_store.path.rename(tmp_path / 'it\'s {x} %20 "y"')
    assert open_view(Store(moved)).findings().num_rows == 8
