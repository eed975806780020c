"""A reading aid for triage: the concerns of a service line, weighed, with what is not known.

The formula, its weights and the five steps of the supervised path stand in ``risk.yml``. What is
not known widens the interval and never moves the score; below a floor of what could be judged
there is no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit.concepts import declarations
from data.vocabulary import Line, Outcome, Reason

FILE = Path(__file__).parent / "risk.yml"
# What is read of a finding.
COLUMNS = ["provider_id", "service_line", "rule_id", "severity", "outcome", "reason"]
_KEYS = {"version", "formula", "weights", "floor", "caveat", "steps"}


@dataclass(frozen=True, slots=True)
class Method:
    """The published method: the fields are the keys of ``risk.yml``."""

    version: str
    formula: str
    weights: Mapping[str, int]
    floor: float
    caveat: str
    steps: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the supervised path: how many of its statements were found, of how many."""

    name: str
    stated: int
    not_found: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Risk:
    """One provider's service line.

    ``score``, ``low`` and ``high`` run from 0 to 100; the score is ``None`` below the floor.
    ``judged`` of ``applicable`` rules could be judged.
    """

    provider_id: str
    service_line: str
    score: float | None
    low: float
    high: float
    judged: int
    applicable: int
    steps: tuple[Step, ...]

    @property
    def share_judged(self) -> float:
        """The share of the rules that apply which could be judged."""
        return self.judged / self.applicable


@lru_cache(maxsize=1)
def method() -> Method:
    """The method that ships with ketawatch."""
    raw = declarations.read(FILE, required=_KEYS, optional=set())
    return Method(
        version=declarations.text(FILE, raw, "version"),
        formula=declarations.text(FILE, raw, "formula"),
        weights=raw["weights"],
        floor=raw["floor"],
        caveat=declarations.text(FILE, raw, "caveat"),
        steps={name: tuple(rules) for name, rules in raw["steps"].items()},
    )


def risks(findings: Iterable[Mapping[str, Any]]) -> list[Risk]:
    """The aid for each provider and service line, by their names.

    Findings about a provider as a whole (line ``all``) count for each of its lines.

    Args:
        findings: rows with ``COLUMNS``.
    """
    by_provider: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in findings:
        lines = by_provider.setdefault(row["provider_id"], {})
        lines.setdefault(row["service_line"], []).append(row)
    found = []
    for provider_id, lines in sorted(by_provider.items()):
        whole = lines.pop(Line.ALL, [])
        for line, rows in sorted(lines.items()):
            risk = _risk(provider_id, line, [*rows, *whole])
            if risk:
                found.append(risk)
    return found


def _risk(provider_id: str, line: str, rows: list[Mapping[str, Any]]) -> Risk | None:
    applying = [r for r in rows if r["outcome"] != Outcome.NOT_APPLICABLE]
    if not applying:
        return None
    judged = [r for r in applying if r["outcome"] in (Outcome.MET, Outcome.CONCERN)]
    concern, known, all_ = (
        _weight(chosen)
        for chosen in ([r for r in judged if r["outcome"] == Outcome.CONCERN], judged, applying)
    )
    enough = len(judged) / len(applying) >= method().floor
    return Risk(
        provider_id=provider_id,
        service_line=line,
        score=100 * concern / known if enough and known else None,
        low=100 * concern / all_,
        high=100 * (concern + all_ - known) / all_,
        judged=len(judged),
        applicable=len(applying),
        steps=tuple(_step(name, ids, applying) for name, ids in method().steps.items()),
    )


def _weight(rows: Iterable[Mapping[str, Any]]) -> int:
    return sum(method().weights[r["severity"]] for r in rows)


def _step(name: str, rule_ids: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Step:
    mine = [r for r in rows if r["rule_id"] in rule_ids]
    stated = sum(r["reason"] == Reason.STATED for r in mine)
    not_found = sum(r["outcome"] == Outcome.CONCERN for r in mine)
    return Step(name, stated, not_found, len(mine) - stated - not_found)
