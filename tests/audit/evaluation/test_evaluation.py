"""The report on a gold file of a dozen lines, counted by hand."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from audit.claims.claims import Engine
from audit.evaluation import evaluation, gold
from audit.evaluation.scoring import wilson
from audit.stances.found import Found
from tests.audit.small_engine import engine, qualifier, rule, says

CLAIM, NURSE, LIMITED = "claim.made", "screening.made", "claim.limited"


@lru_cache(maxsize=1)
def three_rules() -> Engine:
    return engine(
        rule(CLAIM, "prohibited-claim", says("{claims-it}"), says("{disowns-it}", "denies")),
        rule(NURSE, "required-disclosure", says("{nurse-thing}")),
        rule("identity.made", "identity", says("{second-limit}")),
    )


# (text, gold labels or None, disputed)
PASSAGES: list[tuple[str, dict[str, str] | None, list[str]]] = [
    ("We claim it.", {CLAIM: "states"}, []),
    ("We disown it.", {CLAIM: "denies"}, []),
    ("We claim it. We disown it.", {CLAIM: "denies"}, []),
    ("A nurse waits. We claim it.", {CLAIM: "states", NURSE: "states"}, []),
    ("We claim it.", {}, []),  # a false label
    ("We like tea.", {NURSE: "states"}, []),  # a label that is missing
    ("We disown it.", {CLAIM: "states"}, []),  # both: the wrong stance
    ("We claim it. A nurse waits.", {CLAIM: "states"}, [NURSE]),  # the coders differ on the nurse
    ("We like tea.", {}, []),
    ("We like coffee.", {}, []),
    ("We claim it.", None, []),  # to be predicted only
]


@pytest.fixture
def records(tmp_path: Path) -> list[gold.GoldRecord]:
    path = tmp_path / "gold.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number, (text, labels, disputed) in enumerate(PASSAGES):
            raw: dict[str, Any] = {"id": str(number), "text": text, "disputed": disputed}
            raw |= {"family": "plain", "heading": "Why?"}
            raw |= {} if labels is None else {"labels": labels}
            out.write(json.dumps(raw) + "\n")
    return gold.read(path, three_rules().catalog.rules)


@pytest.fixture
def report(records: list[gold.GoldRecord]) -> dict[str, Any]:
    predicted = evaluation.predict(three_rules(), records)
    return evaluation.report(three_rules(), evaluation.judge(records, predicted))


def counts(figures: dict[str, Any]) -> tuple[int, int, int]:
    return figures["right"], figures["wrong"], figures["missed"]


def test_every_record_is_predicted(records: list[gold.GoldRecord]) -> None:
    predicted = evaluation.predict(three_rules(), records)
    assert len(predicted) == len(PASSAGES)
    assert predicted[3] == {CLAIM: "states", NURSE: "states"}
    assert predicted[8] == {} and predicted[10] == {CLAIM: "states"}


def test_right_wrong_and_missed(report: dict[str, Any]) -> None:
    assert report["passages"] == 10
    assert counts(report["rules"][CLAIM]) == (5, 2, 1)
    assert counts(report["rules"][NURSE]) == (1, 0, 1)
    assert counts(report["rules"]["identity.made"]) == (0, 0, 0)
    assert counts(report["micro"]) == (6, 2, 2)


def test_shares_and_their_intervals(report: dict[str, Any]) -> None:
    micro = report["micro"]
    assert (micro["precision"], micro["recall"], micro["f1"]) == (0.75, 0.75, 0.75)
    assert micro["precision_interval"] == wilson(6, 8) == micro["recall_interval"]
    assert micro["f1_interval"][0] < 0.75 < micro["f1_interval"][1]
    nothing = report["rules"]["identity.made"]
    shares = ("precision", "recall", "f1", "precision_interval", "recall_interval", "f1_interval")
    assert [nothing[key] for key in shares] == [None] * 6


def test_the_mean_is_over_rules_with_a_label(report: dict[str, Any]) -> None:
    assert report["macro_f1"] == pytest.approx((10 / 13 + 2 / 3) / 2)


def test_by_kind(report: dict[str, Any]) -> None:
    kinds = report["kinds"]
    assert set(kinds) == {"prohibited-claim", "required-disclosure", "identity"}
    assert counts(kinds["prohibited-claim"]) == (5, 2, 1)
    assert counts(kinds["required-disclosure"]) == (1, 0, 1)


def test_silent_passages(report: dict[str, Any]) -> None:
    """Three say nothing by the gold, and the engine hears something in one of them."""
    assert report["silent_passages"] == 3
    assert report["false_label_rate"] == pytest.approx(1 / 3)
    assert report["false_label_interval"] == wilson(1, 3)


def test_confusion_by_stance(report: dict[str, Any]) -> None:
    assert report["confusion"] == {
        "states": {"states": 4, "denies": 1, "silent": 1},
        "denies": {"denies": 2},
        "qualifies": {},
        "silent": {"states": 1},
    }


def test_every_error_with_its_passage(report: dict[str, Any]) -> None:
    told = [(e["id"], e["rule_id"], e["gold"], e["predicted"]) for e in report["errors"]]
    assert told == [
        ("4", CLAIM, "silent", "states"),
        ("5", NURSE, "states", "silent"),
        ("6", CLAIM, "states", "denies"),
    ]
    assert report["errors"][0]["text"] == "We claim it."
    assert (report["errors"][0]["heading"], report["errors"][0]["family"]) == ("Why?", "plain")


def test_the_report_is_json_and_the_same_each_time(
    report: dict[str, Any], records: list[gold.GoldRecord]
) -> None:
    again = evaluation.report(
        three_rules(), evaluation.judge(records, evaluation.predict(three_rules(), records))
    )
    assert json.dumps(report, allow_nan=False) == json.dumps(again, allow_nan=False)


def test_a_rule_that_is_never_found_counts_in_the_mean(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    said = {"id": "1", "text": "We claim it.", "labels": {CLAIM: "states", NURSE: "states"}}
    path.write_text(json.dumps(said), encoding="utf-8")
    records = gold.read(path, [CLAIM, NURSE])
    judged = evaluation.judge(records, evaluation.predict(three_rules(), records))
    assert evaluation.report(three_rules(), judged)["macro_f1"] == 0.5


def test_without_any_gold_there_is_nothing_to_share() -> None:
    empty = evaluation.report(three_rules(), [])
    assert empty["passages"] == empty["silent_passages"] == 0
    assert empty["macro_f1"] is empty["false_label_rate"] is empty["micro"]["f1"] is None


def test_a_qualified_claim_is_neither_bare_nor_silent(tmp_path: Path) -> None:
    limited = rule(
        LIMITED, "required-qualifier", says("{claims-it}"), qualifier=qualifier(1, "limits-it")
    )
    known = engine(limited)
    path = tmp_path / "gold.jsonl"
    texts = ("We claim it. Some limits hold.", "We claim it.")
    path.write_text(
        "".join(
            json.dumps({"id": t, "text": t, "labels": {LIMITED: "qualifies"}}) + "\n" for t in texts
        )
    )
    records = gold.read(path, [LIMITED])
    answer = evaluation.report(known, evaluation.judge(records, evaluation.predict(known, records)))
    assert counts(answer["micro"]) == (1, 1, 1)
    assert answer["confusion"]["qualifies"] == {"qualifies": 1, "states": 1}


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["states"], "states"), (["qualifies", "states"], "qualifies"),
        (["states", "denies"], "denies"), (["qualifies", "denies"], "denies"),
    ],
)  # fmt: skip
def test_the_strongest_stance_is_the_passages(stances: list[str], expected: str) -> None:
    found = [Found(CLAIM, s, 0, 1, None, frozenset(), "provider") for s in stances]
    assert evaluation.labels(found) == {CLAIM: expected}


def test_what_was_set_aside_is_no_label() -> None:
    found = [Found(CLAIM, "states", 0, 1, "near_miss", frozenset(), "provider")]
    assert evaluation.labels(found) == {}
