"""The engine against labelled passages: figures per rule, per kind and overall, and every error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from audit.claims.claims import Engine
from audit.evaluation.gold import GoldRecord
from audit.evaluation.scoring import Tally, bootstrap_f1, wilson
from audit.stances.found import Found
from data.vocabulary import Stance

SILENT = "silent"
# A passage takes one stance on a rule: a denial outweighs the words that it turns round.
_STRONGEST = (Stance.DENIES, Stance.QUALIFIES, Stance.STATES)


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule in one passage: what the gold says and what the engine says."""

    record: GoldRecord
    rule_id: str
    gold: str
    predicted: str

    @property
    def tally(self) -> Tally:
        """A wrong stance is both a label too many and one too few."""
        if self.gold == self.predicted:
            return Tally(right=1)
        return Tally(wrong=int(self.predicted != SILENT), missed=int(self.gold != SILENT))


def labels(found: Iterable[Found]) -> dict[str, str]:
    """Rule id -> stance, of the claims that are asserted, in the order of the rules."""
    stances: dict[str, set[str]] = {}
    for claim in found:
        if claim.set_aside is None:
            stances.setdefault(claim.rule_id, set()).add(claim.stance)
    return {rule_id: strongest(stances[rule_id]) for rule_id in sorted(stances)}


def strongest(stances: Collection[str]) -> str:
    """The one stance that a passage is said to take, of those that were found in it."""
    return next(stance for stance in _STRONGEST if stance in stances)


def predict(engine: Engine, records: Iterable[GoldRecord]) -> list[dict[str, str]]:
    """The labels of each record, in order."""
    return [labels(engine.find(record.passage)) for record in records]


def judge(
    records: Sequence[GoldRecord], predictions: Sequence[dict[str, str]]
) -> list[list[Judged]]:
    """For each scored record the rules on which gold or engine is not silent."""
    judged = []
    for record, predicted in zip(records, predictions, strict=True):
        if record.labels is None:
            continue
        rules = sorted((record.labels.keys() | predicted.keys()) - record.disputed)
        judged.append(
            [
                Judged(record, r, record.labels.get(r, SILENT), predicted.get(r, SILENT))
                for r in rules
            ]
        )
    return judged


def report(engine: Engine, judged: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """All figures, ready for JSON: shares from 0 to 1, ``None`` where nothing was to be shared."""
    rules = engine.catalog.rules
    every = [j for passage in judged for j in passage]
    by_rule = {r: _figures([[j for j in p if j.rule_id == r] for p in judged]) for r in rules}
    kinds = sorted({rule.kind for rule in rules.values()})
    by_kind = {
        kind: _figures([[j for j in p if rules[j.rule_id].kind == kind] for p in judged])
        for kind in kinds
    }
    scores = [f["f1"] for f in by_rule.values() if f["right"] + f["missed"]]
    silent = [p for p in judged if all(j.gold == SILENT for j in p)]
    false = sum(1 for p in silent if p)
    return {
        "passages": len(judged),
        "micro": _figures(judged),
        "macro_f1": sum(scores) / len(scores) if scores else None,
        "silent_passages": len(silent),
        "false_label_rate": false / len(silent) if silent else None,
        "false_label_interval": wilson(false, len(silent)),
        "kinds": by_kind,
        "rules": by_rule,
        "confusion": _confusion(every),
        "errors": [_error(j) for j in every if j.gold != j.predicted],
    }


def _figures(passages: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    tallies = [sum((j.tally for j in passage), Tally()) for passage in passages]
    total = sum(tallies, Tally())
    return {
        "right": total.right,
        "wrong": total.wrong,
        "missed": total.missed,
        "precision": total.precision,
        "precision_interval": wilson(total.right, total.right + total.wrong),
        "recall": total.recall,
        "recall_interval": wilson(total.right, total.right + total.missed),
        "f1": total.f1,
        "f1_interval": bootstrap_f1(tallies),
    }


def _confusion(every: Iterable[Judged]) -> dict[str, dict[str, int]]:
    """Gold stance -> predicted stance -> how often, without the pairs that are silent in both."""
    counts = Counter((j.gold, j.predicted) for j in every)
    stances = (*Stance, SILENT)
    return {g: {p: counts[g, p] for p in stances if counts[g, p]} for g in stances}


def _error(judged: Judged) -> dict[str, str]:
    passage = judged.record.passage
    return {
        "id": judged.record.id,
        "rule_id": judged.rule_id,
        "gold": judged.gold,
        "predicted": judged.predicted,
        "family": judged.record.family,
        "heading": passage.heading,
        "text": passage.text,
    }
