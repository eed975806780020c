"""Gold files: passages with the stance that each takes on the rules, one JSON object a line.

The keys are those of the labelling guide: ``id``, ``text``, and, where known, ``heading``,
``page_type``, ``service_line``, ``voice``, ``labels`` (rule id -> stance, complete: a rule that is
not listed is silent; without ``labels`` the passage is predicted and not scored), ``disputed``
(rules on which the coders differ: not scored). Other keys are kept by nobody and refused by nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.stances.found import Passage
from audit.stances.lines import OTHER_TREATMENT
from data import json_text
from data.errors import UsageError
from data.vocabulary import SERVICE_LINES, PageType, Stance, Voice

# "mixed" and "none" name no line: what the passage itself says decides.
_NO_LINE = ("", "mixed", "none")
_LINES = (*SERVICE_LINES, OTHER_TREATMENT, *_NO_LINE)


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """One labelled passage; ``labels`` is ``None`` where it is only to be predicted."""

    id: str
    passage: Passage
    labels: dict[str, str] | None
    disputed: frozenset[str] = frozenset()
    family: str = ""


def read(path: Path, rule_ids: Collection[str]) -> list[GoldRecord]:
    """All records of a gold file, in its order.

    Args:
        path: a JSON Lines file in UTF-8.
        rule_ids: the rules that labels may name.

    Raises:
        UsageError: naming the file, the line and the field that is wrong.
    """
    records: list[GoldRecord] = []
    seen: set[str] = set()
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = _record(_Place(path, number), line, rule_ids)
                    if record.id in seen:
                        raise _Place(path, number).wrong("id", f"{record.id!r} stands there twice")
                    seen.add(record.id)
                    records.append(record)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable: {error}.", "Give JSON Lines in UTF-8.") from error
    return records


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    line: int

    def wrong(self, field: str, problem: str) -> UsageError:
        return UsageError(f"{self.path}: line {self.line}: {field}: {problem}.")


def _record(place: _Place, line: str, rule_ids: Collection[str]) -> GoldRecord:
    try:
        raw = json_text.parsed(line)
    except ValueError as error:
        raise place.wrong("JSON", str(error)) from error
    if not isinstance(raw, dict):
        raise place.wrong("JSON", "not an object")
    labels = raw.get("labels")
    if labels is not None:
        _check_labels(place, labels, rule_ids)
    return GoldRecord(
        id=_text(place, raw, "id"),
        passage=passage(place, raw),
        labels=labels,
        disputed=_disputed(place, raw.get("disputed") or (), rule_ids),
        family=str(raw.get("family", "")),
    )


def passage(place: _Place, raw: dict[str, Any]) -> Passage:
    """The passage of a record, as the engine reads it."""
    line = _one_of(place, raw, "service_line", _LINES, "")
    return Passage(
        text=_text(place, raw, "text"),
        heading=_text(place, raw, "heading") if raw.get("heading") else "",
        voice=_one_of(place, raw, "voice", tuple(Voice), Voice.PROVIDER),
        page_type=_one_of(place, raw, "page_type", tuple(PageType), PageType.OTHER),
        lines=frozenset() if line in _NO_LINE else frozenset({line}),
    )


def _text(place: _Place, raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str):
        raise place.wrong(key, "missing" if value is None else f"{value!r} is no text")
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise place.wrong(key, "holds half a character (a lone surrogate)")
    return value


def _disputed(place: _Place, named: object, rule_ids: Collection[str]) -> frozenset[str]:
    """A list of rules, or an object with the rules as its keys."""
    if not isinstance(named, list | tuple | dict):
        raise place.wrong("disputed", f"{named!r} is no list of rules")
    for rule_id in named:
        if not isinstance(rule_id, str) or rule_id not in rule_ids:
            raise place.wrong("disputed", f"no rule {rule_id!r}")
    return frozenset(named)


def _one_of(
    place: _Place, raw: dict[str, Any], key: str, allowed: tuple[str, ...], default: str
) -> str:
    value = raw.get(key)
    value = default if value is None else value
    if value not in allowed:
        known = ", ".join(filter(None, allowed))
        raise place.wrong(key, f"{value!r} is none of {known}")
    return str(value)


def _check_labels(place: _Place, labels: object, rule_ids: Collection[str]) -> None:
    if not isinstance(labels, dict):
        raise place.wrong("labels", "not an object of rule ids and stances")
    for rule_id, stance in labels.items():
        if rule_id not in rule_ids:
            raise place.wrong("labels", f"no rule {rule_id!r} ('ketawatch rules list' names them)")
        if stance not in tuple(Stance):
            raise place.wrong("labels", f"{rule_id}: {stance!r} is none of {', '.join(Stance)}")
