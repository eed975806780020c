"""What a copy, a disk or another version damaged is named by its file and key."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import status, tables
from data.errors import UsageError
from data.findings import open_view
from data.models import Finding, Page
from data.store import Run, Store

RULES = "audits/rules-1+engine-1"


def spoil(path: Path, **changed: object) -> None:
    """Change keys of a JSON file; None takes one out."""
    told = json.loads(path.read_text(encoding="utf-8")) | changed
    kept = {key: value for key, value in told.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path)), path)


@pytest.mark.parametrize("name", ["run.json", f"{RULES}/audit.json"])
@pytest.mark.parametrize("text", ["", "null", "[]", "3", '"x"', "[" * 100_000])
def test_a_file_that_is_no_set_of_keys_is_named(sample_store: Store, name: str, text: str) -> None:
    path = sample_store.run().path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=rf"{path.name}: unreadable"):
        open_view(sample_store)


@pytest.mark.parametrize(
    ("name", "key", "value", "said"),
    [
        ("run.json", "scope", None, "scope: missing"),
        ("run.json", "scope", "a;b", "scope: not a list"),
        ("run.json", "providers", None, "providers: missing"),
        ("run.json", "finished_at", None, "finished_at: missing"),
        ("run.json", "store_format", "1", "store_format: not a whole number"),
        (f"{RULES}/audit.json", "rules", None, "rules: missing"),
        (f"{RULES}/audit.json", "counts", [], "counts: not a set"),
        (f"{RULES}/audit.json", "tool_version", None, "tool_version: missing"),
    ],
)
def test_a_key_that_is_missing_or_wrong_is_named(
    sample_store: Store, name: str, key: str, value: object, said: str
) -> None:
    spoil(sample_store.run().path / name, **{key: value})

    def read_all() -> None:
        open_view(sample_store).findings()
        status.describe(sample_store)

    with pytest.raises(UsageError, match=rf"{Path(name).name}: {said}"):
        read_all()


def test_what_another_version_had_more_or_may_lack_is_no_damage(sample_store: Store) -> None:
    run = sample_store.run()
    findings = run.audit().table_path("findings")
    before = run.read("pages", Page), run.audit().read("findings", Finding)
    for path in (findings, run.table_path("pages")):
        rewrite(path, lambda t: t.append_column("later", pa.array(["x"] * t.num_rows)))
    rewrite(run.table_path("pages"), lambda t: t.drop_columns(["render_reason"]))
    assert (run.read("pages", Page), run.audit().read("findings", Finding)) == before
    assert "later" not in open_view(sample_store).evidence().column_names


def test_a_column_that_no_record_can_do_without_is_named(sample_store: Store) -> None:
    path = sample_store.run().audit().table_path("findings")
    rewrite(path, lambda t: t.drop_columns(["summary"]))
    with pytest.raises(UsageError, match=r"findings\.parquet: column 'summary' is missing"):
        open_view(sample_store).findings()


def test_a_column_of_another_kind_is_named(sample_store: Store) -> None:
    path = sample_store.run().table_path("pages")
    at = tables.SCHEMAS["pages"].names.index("status")
    rewrite(path, lambda t: t.set_column(at, "status", pa.array(["ok"] * t.num_rows)))
    with pytest.raises(UsageError, match=r"pages\.parquet: unreadable"):
        sample_store.run().read("pages", Page)


@pytest.mark.parametrize("lost", ["pages", "passages"])
def test_a_quote_whose_page_or_passage_is_gone_is_not_shown(sample_store: Store, lost: str) -> None:
    run = sample_store.run()
    path = run.table_path(lost) if lost == "pages" else run.audit().table_path(lost)
    rewrite(path, lambda t: t.slice(0, 0))
    with pytest.raises(UsageError, match=r"evidence\.parquet: what finding .* rests on"):
        open_view(sample_store).findings()


def test_a_pointer_that_is_empty_points_at_no_audit(sample_store: Store) -> None:
    run = sample_store.run()
    (run.path / "audits" / "CURRENT").write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has no audit yet"):
        run.audit()
    (run.path / "audits" / "CURRENT").write_bytes(b"\xff\n")
    with pytest.raises(UsageError, match=r"Known: rules-1\+engine-1"):
        run.audit()


@pytest.mark.parametrize("name", ["../../other/audits/x", "\0", "..", ".partial-x", "rules*"])
def test_an_audit_s_name_leads_nowhere_else(sample_store: Store, name: str) -> None:
    run = sample_store.run()
    other = run.path.parent / "other" / "audits" / "x"
    shutil.copytree(run.audit().path, other)
    shutil.copytree(run.audit().path, run.path / "audits" / ".partial-x")
    with pytest.raises(UsageError, match="has no audit"):
        Run(run.path).audit(name)


@pytest.mark.parametrize("every", ["1e9", "1e300"])
def test_no_interval_is_too_long_to_be_waited_for(sample_store: Store, every: str) -> None:
    settings = sample_store.path / "ketawatch.toml"
    settings.write_text(f"[schedule]\nevery_days = {every}\n", encoding="utf-8")
    assert not status.overdue(sample_store)
