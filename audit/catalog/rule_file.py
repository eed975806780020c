"""Reading of one rule's YAML file, with messages for its writer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from audit.catalog import frames, sources
from audit.catalog.rule import SUBJECTS, Example, Rule
from audit.catalog.sources import Source
from audit.concepts import declarations, lexicon
from data.vocabulary import SERVICE_LINES, PageType, Reason, Severity, Stance, Voice

# What can follow from what is said, by kind: a rule file has a message for each.
KINDS: dict[str, tuple[str, ...]] = {
    "required-disclosure": (Reason.STATED, Reason.DENIED, Reason.NOT_STATED),
    "identity": (Reason.STATED, Reason.DENIED, Reason.NOT_STATED),
    "prohibited-claim": (Reason.CLAIMED, Reason.DISOWNED, Reason.NOT_CLAIMED),
    "required-qualifier": (
        Reason.QUALIFIED, Reason.UNQUALIFIED, Reason.DISOWNED, Reason.CLAIM_ABSENT,
    ),
    "technical": (Reason.OBSERVED, Reason.NOT_OBSERVED),
}  # fmt: skip

_REQUIRED = {
    "id", "title", "short", "kind", "scope", "lines", "absence_needs", "severity",
    "severity_reason", "basis", "requirement", "why", "satisfy", "web_disclosure_mandated",
    "sources", "effective_from", "review_by", "frames", "examples", "messages", "changelog",
}  # fmt: skip
_OPTIONAL = {
    "effective_until", "notes", "unit", "subject", "qualifier", "voices", "mirrors",
    "triggered_by", "only_where", "absence", "pending_events", "spravato_beside", "denied_of_all",
    "denied_each", "parts_apart", "halves", "needs_pattern", "about", "spravato_too",
}  # fmt: skip
_TEXT_KEYS = """
    title short kind scope severity severity_reason basis requirement why satisfy
    web_disclosure_mandated effective_from review_by notes mirrors absence about
"""
_LIST_KEYS = ("triggered_by", "only_where", "pending_events", "denied_each", "parts_apart")
_FRAME_REQUIRED = {"stance"}
_FRAME_OPTIONAL = {
    "says", "all", "gap", "unless", "unless_nearby", "heading", "context",
    "nearby", "if_negated", "if_yes", "if_no", "conditional_counts", "near_miss", "bold", "plain",
    "at_least", "of", "even_negated", "only_lines", "not_lines",
}  # fmt: skip
_DATE = r"\d{4}-\d\d-\d\d"
_CHANGE = re.compile(_DATE + r": \S.*")
_EXAMPLE_KEYS = {"heading", "voice", "page_type", "line", "why"}


def read(path: Path, known: dict[str, Source], words: lexicon.Lexicon) -> Rule:
    """The rule of one file; frames of a rule that it mirrors are added by the catalogue.

    Raises:
        UsageError: naming the file and the key that is unknown, missing or wrong.
    """
    raw = declarations.read(path, required=_REQUIRED, optional=_OPTIONAL)
    rule_id = declarations.text(path, raw, "id")
    if rule_id != f"{path.parent.name}.{path.stem}":
        raise declarations.wrong(path, "id", f"{rule_id!r} does not fit the file's place")
    _check_words(path, raw)
    _check_dates(path, raw)
    _check_messages(path, raw)
    for key in ("only_where", "denied_each", "parts_apart"):
        _check_concepts(path, key, raw.get(key, ()), words)
    _check_sources(path, raw, known)
    plain: dict[str, Any] = {k: declarations.text(path, raw, k, "") for k in _TEXT_KEYS.split()}
    plain |= {key: tuple(raw.get(key, ())) for key in _LIST_KEYS}
    return Rule(
        id=rule_id,
        lines=tuple(raw["lines"]),
        absence_needs=tuple(raw["absence_needs"]),
        sources=tuple(known[key] for key in raw["sources"]),
        effective_until=raw.get("effective_until"),
        unit=raw.get("unit", "site"),
        subject=tuple(_subject(path, s, words) for s in raw.get("subject", ())),
        frames=tuple(_frame(path, i, f, words) for i, f in enumerate(raw["frames"], 1)),
        examples=tuple(_example(path, i, e) for i, e in enumerate(raw["examples"], 1)),
        messages={r: declarations.text(path, raw["messages"], r) for r in raw["messages"]},
        changelog=_changelog(path, raw),
        qualifier=_qualifier(path, raw["qualifier"], words) if "qualifier" in raw else None,
        qualifier_about=frozenset(raw.get("qualifier", {}).get("elsewhere_with", ())),
        spravato_beside=frozenset(raw.get("spravato_beside", ())),
        denied_of_all=raw.get("denied_of_all", ""),
        voices=tuple(raw.get("voices", (Voice.PROVIDER,))),
        needs_pattern=_flag(path, raw, "needs_pattern"),
        spravato_too=_flag(path, raw, "spravato_too"),
        halves=_halves(path, raw, words),
        **plain,
    )


def _check_sources(path: Path, raw: dict[str, Any], known: dict[str, Source]) -> None:
    for key in raw["sources"]:
        if key not in known:
            raise declarations.wrong(path, "sources", f"{key!r} is not in {sources.FILE.name}")


def _check_words(path: Path, raw: dict[str, Any]) -> None:
    closed: dict[str, tuple[str, ...]] = {
        "kind": tuple(KINDS),
        "scope": ("line", "provider"),
        "severity": tuple(Severity),
        "denied_of_all": ("", "always", "unnamed"),
        "about": ("", *SUBJECTS),
    }
    for key, allowed in closed.items():
        if raw.get(key, "") not in allowed:
            raise declarations.wrong(path, key, f"{raw[key]!r} is none of {', '.join(allowed)}")
    lists: dict[str, Iterable[str]] = {
        "lines": SERVICE_LINES,
        "absence_needs": PageType,
        "voices": Voice,
        "spravato_beside": Stance,
    }
    for key, known in lists.items():
        if key in raw:
            _check_list(path, raw, key, known)
    if raw.get("absence", Reason.CLAIM_ABSENT) != Reason.CLAIM_ABSENT:
        raise declarations.wrong(path, "absence", f"is {Reason.CLAIM_ABSENT!r} or left out")
    if ("qualifier" in raw) != (raw["kind"] == "required-qualifier"):
        raise declarations.wrong(path, "qualifier", f"and kind {raw['kind']!r} do not fit")


def _flag(path: Path, raw: dict[str, Any], key: str) -> bool:
    if not isinstance(raw.get(key, False), bool):
        raise declarations.wrong(path, key, "neither true nor false")
    return bool(raw.get(key, False))


def _check_list(path: Path, raw: dict[str, Any], key: str, allowed: Iterable[str]) -> None:
    known = tuple(allowed)
    for value in declarations.texts(path, raw, key):
        if value not in known:
            raise declarations.wrong(path, key, f"{value!r} is none of {', '.join(known)}")


def _check_dates(path: Path, raw: dict[str, Any]) -> None:
    """Dates are compared as texts, so they have to be whole."""
    for key in ("effective_from", "review_by", "effective_until"):
        if not re.fullmatch(_DATE, declarations.text(path, raw, key, "0000-00-00")):
            raise declarations.wrong(path, key, f"{raw[key]!r} is no date like 2026-11-25")


def _check_messages(path: Path, raw: dict[str, Any]) -> None:
    """A message for every reason that can follow from what is said, and for no other."""
    if not isinstance(raw["messages"], dict):
        raise declarations.wrong(path, "messages", "not a text for each reason")
    wanted = KINDS[raw["kind"]]
    optional = {Reason.CLAIM_ABSENT} if raw["kind"] == "technical" else set[str]()
    declarations.check_keys(
        path, raw["messages"], required=set(wanted), optional=optional, where="messages."
    )


def _changelog(path: Path, raw: dict[str, Any]) -> tuple[str, ...]:
    changes = declarations.texts(path, raw, "changelog")
    if not changes or not all(_CHANGE.fullmatch(change) for change in changes):
        raise declarations.wrong(path, "changelog", "needs lines like '2026-11-25: what changed'")
    return tuple(changes)


def _halves(path: Path, raw: dict[str, Any], words: lexicon.Lexicon) -> tuple[frozenset[str], ...]:
    halves = tuple(_subject(path, raw.get("halves", ()), words))
    if len(halves) not in (0, 2):
        raise declarations.wrong(path, "halves", f"two are needed, not {len(halves)}")
    return halves


def _subject(path: Path, names: list[str], words: lexicon.Lexicon) -> tuple[frozenset[str], ...]:
    sets = tuple(frozenset(name.split("|")) for name in names)
    _check_concepts(path, "subject", frozenset[str]().union(*sets), words)
    return sets


def _frame(
    path: Path, number: int, declared: dict[str, Any], words: lexicon.Lexicon
) -> frames.Frame:
    where = f"frames[{number}]"
    declarations.check_keys(
        path, declared, required=_FRAME_REQUIRED, optional=_FRAME_OPTIONAL, where=f"{where}."
    )
    if sum(key in declared for key in ("says", "all", "at_least")) != 1:
        raise declarations.wrong(path, where, "needs either 'says', 'all' or 'at_least'")
    for key in ("only_lines", "not_lines"):
        _check_list(path, {key: declared.get(key, [])}, key, SERVICE_LINES)
    for key in ("stance", "if_negated", "if_yes", "if_no"):
        if declared.get(key) and declared[key] not in (*Stance, frames.SILENT):
            raise declarations.wrong(path, f"{where}.{key}", f"{declared[key]!r} is no stance")
    try:
        frame = frames.parse(declared)
    except (ValueError, KeyError) as error:
        raise declarations.wrong(path, where, str(error)) from error
    _check_concepts(path, where, frame.concepts, words)
    return frame


def _qualifier(path: Path, declared: dict[str, Any], words: lexicon.Lexicon) -> frames.Count:
    declarations.check_keys(
        path,
        declared,
        required={"at_least", "of"},
        optional={"elsewhere_with"},
        where="qualifier.",
    )
    try:
        count = frames.parse_count(declared)
    except ValueError as error:
        raise declarations.wrong(path, "qualifier", str(error)) from error
    about = declared.get("elsewhere_with", ())
    _check_concepts(path, "qualifier", count.concepts.union(about), words)
    return count


def _check_concepts(path: Path, where: str, names: Iterable[str], words: lexicon.Lexicon) -> None:
    for concept in sorted(names):
        if concept not in words:
            raise declarations.wrong(path, where, f"no concept {concept!r} in audit/lexicon")


def _example(path: Path, number: int, declared: dict[str, Any]) -> Example:
    stances = [s for s in (*Stance, "silent") if s in declared]
    where = f"examples[{number}]"
    if len(stances) != 1:
        raise declarations.wrong(path, where, "needs one of states, denies, qualifies, silent")
    declarations.check_keys(
        path, declared, required={stances[0]}, optional=_EXAMPLE_KEYS, where=f"{where}."
    )
    extra = {key: str(declared[key]) for key in _EXAMPLE_KEYS if key in declared}
    return Example(text=str(declared[stances[0]]), stance=stances[0], **extra)
