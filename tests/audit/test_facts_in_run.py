"""An audit keeps the facts of every provider beside its findings."""

from __future__ import annotations

import pytest

from audit import provider_audit
from audit import run as audit_run
from audit.pages import pages
from data.findings import open_view
from data.models import Fact
from data.store import Store

BODY = b"<p>(208) 555-0142</p><p>Each infusion costs $450.</p>"


def test_an_audit_writes_facts_that_the_view_gives_back(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(body: bytes, *, url: str, content_type: str | None) -> pages.PageText:
        return pages.read(BODY, url=url)

    monkeypatch.setattr(provider_audit, "read", read)
    audit, _ = audit_run.audit_run(sample_store, sample_store.run())
    said = [(f.provider_id, f.kind, f.value) for f in audit.read("facts", Fact)]
    assert sorted(said) == [
        ("007", "price", "450"),
        ("007", "telephone", "+12085550142"),
        ("calm-harbor.example", "price", "450"),
        ("calm-harbor.example", "telephone", "+12085550142"),
    ]
    rows = open_view(sample_store).facts().to_pylist()
    assert {(r["value"], r["url"]) for r in rows if r["provider_id"] == "007"} == {
        ("450", "https://seven.example/"),
        ("+12085550142", "https://seven.example/"),
    }
