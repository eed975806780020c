"""Runs in which little was judged, or that know less than the one before, and what breaks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import frames, server
from data import tables
from data.findings import View
from data.store import Store
from tests.dashboard.drawn import draw, soup, texts


def test_a_run_in_which_nobody_was_judged_clears_nobody(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(view.store.path, tmp_path / "store")
    monkeypatch.setenv(frames.STORE_VARIABLE, str(folder))
    audit = Store.open(folder).run().audit()
    for name in ("findings", "evidence"):
        tables.write(audit.table_path(name), name, [])
    (lead,) = texts(soup(draw()), ".kw-lead")
    assert "About 14 of them this judgement says nothing at all" in lead
    assert "could be looked at" not in lead
    assert "Nothing was judged." in soup(draw("provider")).get_text()


def test_what_nobody_foresaw_is_said_and_no_traceback_is_shown(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise KeyError("one thing")

    monkeypatch.setattr("dashboard.frames.current", fail)
    shown = soup(AppTest.from_file(str(server.APP), default_timeout=60).run()).get_text()
    assert "could not be drawn. Unexpected KeyError" in shown and "Traceback" not in shown


def test_a_choice_that_another_run_does_not_know_is_named_and_never_replaced(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(view.store.path, tmp_path / "store")
    monkeypatch.setenv(frames.STORE_VARIABLE, str(folder))
    gone, later = view.run.scope[1], "20261125T031500Z"
    without(gone, shutil.copytree(folder / "runs" / view.run.run_id, folder / "runs" / later))
    app = draw("provider", run=view.run.run_id)
    app.selectbox[0].set_value(gone).run()
    app.query_params["run"] = later
    app.run()
    assert app.selectbox[0].value is None
    assert f"provider '{gone}' in the address is not known" in soup(app).get_text()
    app = draw(run=view.run.run_id)
    app.multiselect[2].set_value([gone]).run()
    app.query_params["run"] = later
    app.run()
    assert app.multiselect[2].value == []
    assert f"provider '{gone}' in the address is not known" in soup(app).get_text()


def without(provider_id: str, run: Path) -> None:
    """Take a provider out of a run's list; nobody asks for the rest of it then."""
    told = json.loads((run / "run.json").read_text(encoding="utf-8"))
    told["scope"].remove(provider_id)
    (run / "run.json").write_text(json.dumps(told), encoding="utf-8")
