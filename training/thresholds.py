"""From which score on the reader is believed: chosen on passages that nobody had seen."""

from __future__ import annotations

from typing import Any

from learnt_from import Data
from linear_model import Label, Matrix, is_labelled

from audit.claims.claims import Engine
from audit.stances.accusing import ACCUSES

LABELS_OF = {
    "required-disclosure": ("states", "denies"),
    "identity": ("states", "denies"),
    "prohibited-claim": ("states", "denies"),
    "required-qualifier": ("states", "qualifies", "denies"),
    "technical": ("states", "denies"),
}
# What a wrong hit costs, where a right one is worth 1. What is vetoed is shown as a near miss and
# never counts as absent: better one veto too many.
COST_OF_VETOED, COST_ALONE = 2.0, 1.0
# Half of the passages say something of some rule, of a page's blocks a tenth at most: who is accused
# by the reader alone is accused wrongly oftener than passages show.
COST_OF_ACCUSING = 10.0
# A claim that wants a qualifier is no misdeed, and real pages make it in more ways than others; and
# who disowns a claim is not cleared by a likeness of that.
COST_OF_CLAIM = COST_OF_DISOWNING = 2.0
# Above it, what is vetoed is right nearly as often as what is kept. Disclosures between .25 and 1 are
# right in 4 of 19 on four sets of passages by other writers. Those between 1 and 2 are in 11 of 27
# there, half of which are traps, and mostly right on whole sites: the demo's, with a veto of 2, had
# three more "needs review" that should not have been. What accuses is wrong oftener: of the claims
# that want a qualifier between 1.5 and 2.5 two of 14 were right, of the denials of disclosures
# between .25 and 1.25 three of 12, and 17 pairs of whole sites had as many right answers without them.
HIGHEST_VETO = {
    ("prohibited-claim", "states"): 2.5,
    ("prohibited-claim", "denies"): 2.5,
    ("required-disclosure", "states"): 1.25,
    ("required-disclosure", "denies"): 1.25,
    ("required-qualifier", "states"): 2.5,
}
HIGHEST_VETO_ELSEWHERE = 1.5
# A headcount of a page ("about half of those who come have had both") scores like a figure of success;
# on four sets of passages by other writers nothing is lost by asking for this much more.
SURER_ALONE = {("required-qualifier", "states"): 0.5}


def bars(engine: Engine, data: Data, labels: list[Label], scores: Matrix) -> list[list[Any]]:
    """For each kind and stance the thresholds that serve best on unseen passages."""
    found = []
    for kind, stances in LABELS_OF.items():
        for stance in stances:
            columns = {
                rule_id: n
                for n, (rule_id, s) in enumerate(labels)
                if s == stance and engine.catalog.rules[rule_id].kind == kind
            }
            veto = _veto(data, columns, (kind, stance), labels, scores)
            alone = _alone(data, columns, (kind, stance), scores)
            # A name, a number or a licence has to stand there: a likeness of one is none.
            found.append([kind, stance, veto, None if kind == "identity" else alone])
    _raise_accusing(found)
    for kind, stance, veto, alone in found:
        print(f"{kind:20} {stance:10} veto {veto:6.2f} alone {alone}")
    return found


def _raise_accusing(found: list[list[Any]]) -> None:
    """To accuse alone the reader has to be surer than to credit a rule of the same kind."""
    for said in found:
        others = [o[3] for o in found if o[0] == said[0] and (o[0], o[1]) not in ACCUSES and o[3]]
        if (said[0], said[1]) in ACCUSES and said[3] is not None and others:
            said[3] = max(said[3], max(others) + 0.001)


def _veto(
    data: Data, columns: dict[str, int], said: tuple[str, str],
    labels: list[Label], scores: Matrix,
) -> float:  # fmt: skip
    """Below which score a pattern's hit is rather wrong than right."""
    _, stance = said
    column = {label: n for n, label in enumerate(labels)}
    seen: dict[tuple[int, str], tuple[float, bool]] = {}
    for i in data.unseen:
        record = data.records[i]
        for claim in data.found[i]:
            if claim.rule_id in columns and claim.stance == stance and not claim.set_aside:
                if claim.rule_id in record.disputed:
                    continue
                also = {"states": "qualifies", "qualifies": "states"}.get(stance, stance)
                other = column.get((claim.rule_id, also))
                score = scores[i, columns[claim.rule_id]]
                if other is not None:
                    score = max(score, scores[i, other])
                seen[i, claim.rule_id] = float(score), is_labelled(record, claim.rule_id, stance)
    cost_of_wrong = COST_OF_ACCUSING if said in ACCUSES else COST_OF_VETOED
    best, lowest, running = -9.0, 0.0, 0.0
    for score, right in sorted(seen.values()):
        running += 1 if right else -cost_of_wrong
        if running < lowest:
            lowest, best = running, score + 1e-6
    return round(min(best, HIGHEST_VETO.get(said, HIGHEST_VETO_ELSEWHERE)), 3)


def _alone(
    data: Data, columns: dict[str, int], said: tuple[str, str], scores: Matrix
) -> float | None:
    """The score from which on the reader alone is rather right than wrong."""
    seen = []
    for i in data.unseen:
        record = data.records[i]
        if record.passage.voice != "provider" or "other-treatment" in record.passage.lines:
            continue
        hit = {claim.rule_id for claim in data.found[i]}
        for rule_id, n in columns.items():
            if rule_id not in hit and rule_id not in record.disputed and scores[i, n] > -1:
                seen.append((float(scores[i, n]), is_labelled(record, rule_id, said[1])))
    cost_of_wrong = COST_OF_ACCUSING if said in ACCUSES else COST_ALONE
    if said == ("required-qualifier", "states"):
        cost_of_wrong = COST_OF_CLAIM
    if said == ("prohibited-claim", "denies"):
        cost_of_wrong = COST_OF_DISOWNING
    bar, highest, running = None, 0.0, 0.0
    for score, right in sorted(seen, reverse=True):
        running += 1 if right else -cost_of_wrong
        if running > highest:
            highest, bar = running, score
    return None if bar is None else round(max(bar, 0.05) + SURER_ALONE.get(said, 0.0), 3)
