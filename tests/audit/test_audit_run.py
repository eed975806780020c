"""A page that breaks our reader, or is not what was captured, costs that page, not the audit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit import provider_audit
from audit import run as audit_run
from audit.pages import pages
from data import tables
from data.models import Finding, Page
from data.store import Store


def test_a_defect_on_one_page_is_named_and_the_rest_goes_on(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_once(body: bytes, *, url: str, content_type: str | None) -> object:
        if "seven.example" in url:
            raise IndexError("string index out of range")
        return pages.read(body, url=url, content_type=content_type)

    monkeypatch.setattr(provider_audit, "read", breaks_once)
    audit, issues = audit_run.audit_run(sample_store, sample_store.run())
    (issue,) = {(i.where, i.what) for i in issues if "defect" in i.what}
    assert issue[0].startswith("https://seven.example/")
    assert "IndexError" in issue[1]
    assert sum(audit.info["counts"].values()) > 0


def test_a_capture_whose_bytes_are_not_those_recorded_is_not_believed(sample_store: Store) -> None:
    run = sample_store.run()
    pages_now = run.read("pages", Page)
    changed = [
        replace(p, payload_sha256="0" * 64) if p.provider_id == "007" else p for p in pages_now
    ]
    tables.write(run.table_path("pages"), "pages", changed)
    audit, issues = audit_run.audit_run(sample_store, sample_store.run())
    assert any("digest is not the one recorded" in issue.what for issue in issues)
    findings = [f for f in audit.read("findings", Finding) if f.provider_id == "007"]
    assert findings
    assert {f.outcome for f in findings} == {"not_tested"}


def test_a_page_under_two_addresses_is_one_page(sample_store: Store) -> None:
    run = sample_store.run()
    now = run.read("pages", Page)
    own = [p for p in now if p.provider_id == "007" and p.status == 200]
    again = [
        replace(p, capture_id=f"{p.capture_id}-again", url=f"{p.url}.html",
                final_url=f"{p.final_url}.html", expected_type="other")
        for p in own
    ]  # fmt: skip
    # Whichever comes first: the home page stays one.
    tables.write(run.table_path("pages"), "pages", [*again, *now])
    audit, _ = audit_run.audit_run(sample_store, sample_store.run())
    findings = [f for f in audit.read("findings", Finding) if f.provider_id == "007"]
    assert {f.pages_searched for f in findings} == {len({p.payload_sha256 for p in own})}
    assert any(f.outcome != "not_tested" for f in findings)


def test_a_pdf_is_read_whatever_it_was_sent_as(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str | None] = []

    def reads(body: bytes, *, url: str, content_type: str | None) -> object:
        given.append(content_type)
        return pages.read(body, url=url, content_type=content_type)

    run = sample_store.run()
    sent = [
        replace(
            p, content_type="binary/octet-stream", kind="pdf" if p.provider_id == "007" else p.kind
        )
        for p in run.read("pages", Page)
    ]
    tables.write(run.table_path("pages"), "pages", sent)
    monkeypatch.setattr(provider_audit, "read", reads)
    audit_run.audit_run(sample_store, sample_store.run())
    assert len(given) == sum(p.provider_id == "007" and 200 <= p.status < 300 for p in sent) > 0
