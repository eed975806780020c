"""``ketawatch evaluate``: its answers, its predictions, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audit.claims import engines
from audit.evaluate_command import evaluate
from audit.evaluation import evaluation, gold
from data.errors import UsageError
from tests.audit.small_engine import engine, rule, says

ROOT = Path(__file__).resolve().parents[3]
CLAIM = "claim.made"
RECORDS: list[dict[str, Any]] = [
    {"id": "1", "text": "We claim it.", "labels": {CLAIM: "states"}},
    {"id": "2", "text": "We claim it.\x1b[2J\n\u202e", "labels": {}, "heading": "Why?"},
    {"id": "3", "text": "We claim it. Caf\u00e9."},
    {"id": "\u00e9", "text": "We like tea.", "labels": {}},
]
PREDICTED: list[dict[str, Any]] = [
    {"id": "1", "labels": {CLAIM: "states"}},
    {"id": "2", "labels": {CLAIM: "states"}},
    {"id": "3", "labels": {CLAIM: "states"}},
    {"id": "\u00e9", "labels": {}},
]
ENGINE = engine(rule(CLAIM, "prohibited-claim", says("{claims-it}")))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold file for a rule set of one rule."""
    monkeypatch.setattr(engines, "bundled_engine", lambda: ENGINE)
    return written(tmp_path, RECORDS)


def written(folder: Path, records: list[dict[str, Any]]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    """What the command writes to stdout; its error is raised."""
    result = CliRunner().invoke(evaluate, [str(a) for a in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    assert result.stderr == ""
    return result.stdout


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_is_the_whole_report(path: Path) -> None:
    records = gold.read(path, ENGINE.catalog.rules)
    judged = evaluation.judge(records, evaluation.predict(ENGINE, records))
    expected = json.loads(json.dumps(evaluation.report(ENGINE, judged)))
    assert json.loads(run(path, "--json")) == expected


def test_the_table_has_every_rule_and_kind_and_every_error(path: Path) -> None:
    told = run(path).splitlines()
    begins = [line.split()[0] for line in told[1:4]]
    assert begins == [CLAIM, "prohibited-claim", "micro"]
    assert told[1].split()[1:3] == ["0.500", "[0.095,"] and told[1].split()[-3:] == ["1", "1", "0"]
    assert any("0.500 of 2" in line for line in told)
    (error,) = [line for line in told if "silent -> states" in line]
    assert error.startswith(f"2  {CLAIM}: ") and "Why? | We claim it." in error


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_passages_do_not_steer_the_terminal(path: Path, options: list[str]) -> None:
    assert not set(run(path, *options)) & set("\x1b\u202e")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_names_of_passages_do_not_steer_the_terminal(path: Path, options: list[str]) -> None:
    written(path.parent, [{"id": "1\x1b[2J\u202e", "text": "We claim it.", "labels": {}}])
    assert not set(run(path, *options)) & set("\x1b\u202e")


def test_predictions_have_a_line_for_each_record(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "predicted.jsonl"
    told = run(path, "--predictions", out)
    assert lines(out.read_text(encoding="utf-8")) == PREDICTED
    assert "micro" in told
    assert "\u00e9" in out.read_text(encoding="utf-8")


def test_predictions_on_stdout_stand_there_alone(path: Path) -> None:
    assert lines(run(path, "--predictions", "-")) == PREDICTED
    assert lines(run(path, "--predictions", "-", "--json")) == PREDICTED


def test_predictions_can_be_judged_as_a_gold_file(path: Path, tmp_path: Path) -> None:
    """What is predicted is written with the keys of the guide, so files can be compared."""
    out = tmp_path / "predicted.jsonl"
    run(path, "--predictions", out)
    texts = [r["text"] for r in RECORDS]
    said = [p | {"text": t} for p, t in zip(lines(out.read_text("utf-8")), texts, strict=True)]
    report = json.loads(run(written(tmp_path, said), "--json"))
    assert report["errors"] == [] and report["micro"]["right"] == 3


def test_a_target_that_exists_is_left_alone(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "predicted.jsonl"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"predicted\.jsonl: exists already.*--force") as caught:
        run(path, "--predictions", out)
    assert caught.value.exit_code == 2
    assert out.read_text(encoding="utf-8") == "mine"
    run(path, "--predictions", out, "--force")
    assert lines(out.read_text(encoding="utf-8")) == PREDICTED


def test_the_labels_are_never_a_target(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    (tmp_path / "link.jsonl").symlink_to(path)
    for target in (path, tmp_path / "link.jsonl"):
        with pytest.raises(UsageError, match="is the gold file itself"):
            run(path, "--predictions", target, "--force")
    assert path.read_bytes() == before


def test_a_missing_folder_is_told_before_the_work(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        run(path, "--predictions", tmp_path / "none" / "predicted.jsonl")


def test_a_file_named_dash_is_not_meant(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    (path.parent / "-").write_text("mine", encoding="utf-8")
    assert lines(run(path, "--predictions", "-")) == PREDICTED
    assert (path.parent / "-").read_text(encoding="utf-8") == "mine"


def test_without_labels_nothing_is_scored(path: Path) -> None:
    written(path.parent, [{"id": "1", "text": "We claim it."}])
    report = json.loads(run(path, "--json"))
    assert (report["passages"], report["micro"]["f1"]) == (0, None)
    assert "-" in run(path)


def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    wrong = written(tmp_path, [{"id": "1", "text": "x", "labels": {"claim.unheard": "states"}}])
    done = subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), "evaluate", str(wrong)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert f"{wrong}: line 1: labels: no rule 'claim.unheard'" in done.stderr
