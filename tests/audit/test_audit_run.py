"""One page that breaks our reader costs that page, not the audit."""

from __future__ import annotations

import pytest

from audit import pages
from audit import run as audit_run
from data.store import Store


def test_a_defect_on_one_page_is_named_and_the_rest_goes_on(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_once(body: bytes, *, url: str, content_type: str | None) -> object:
        if "seven.example" in url:
            raise IndexError("string index out of range")
        return pages.read(body, url=url, content_type=content_type)

    monkeypatch.setattr(audit_run, "read", breaks_once)
    audit, issues = audit_run.audit_run(sample_store, sample_store.run())
    (issue,) = {(i.where, i.what) for i in issues if "defect" in i.what}
    assert issue[0].startswith("https://seven.example/")
    assert "IndexError" in issue[1]
    assert sum(audit.info["counts"].values()) > 0
