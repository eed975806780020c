"""The rule catalogue: one YAML file a rule in ``audit/rules/<group>/``, checked when it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit import declarations, frames, lexicon, sources
from audit.sources import Source
from data.models import SERVICE_LINES, PageType, Severity, Stance

FOLDER = Path(__file__).parent / "rules"
# The kinds that ``audit.verdict`` can judge; a rule of another kind would never make a finding.
KINDS = ("required-disclosure", "prohibited-claim", "identity")
# Where a rule names no pages of its own, these were read before "not claimed" is said.
CLAIM_SEARCH = ("home", "how-it-works", "faq", "treatment", "pricing")

_REQUIRED = {
    "id", "title", "short", "kind", "scope", "lines", "absence_needs", "severity",
    "severity_reason", "basis", "requirement", "why", "satisfy", "web_disclosure_mandated",
    "sources",
    "effective_from", "review_by", "frames", "examples",
}  # fmt: skip
_OPTIONAL = {"effective_until", "notes", "unit", "subject"}
_TEXT_KEYS = """
    title short kind scope severity severity_reason basis requirement why satisfy
    web_disclosure_mandated effective_from review_by notes
"""
_FRAME_REQUIRED = {"stance"}
_FRAME_OPTIONAL = {
    "says", "all", "gap", "unless", "unless_nearby", "heading", "context",
    "nearby", "if_negated", "if_yes",
    "if_no", "conditional_counts", "near_miss",
}  # fmt: skip
_EXAMPLE_KEYS = {"heading", "voice", "page_type", "line", "why"}


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the stance that it takes on the rule: ``states``, ``denies`` or ``silent``."""

    text: str
    stance: str
    heading: str = ""
    voice: str = "provider"
    page_type: str = "other"
    line: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the fields are the keys of its file.

    ``kind``: ``required-disclosure`` and ``identity`` rules look for a statement,
    ``prohibited-claim`` rules for a claim that should not stand there. ``scope``: a finding for
    each service ``line`` among ``lines``, or one for the ``provider``. ``absence_needs``: types of
    page that must have been read before "not found" is said. ``requirement`` is what counts,
    ``why`` why it matters, ``satisfy`` what a page could say. ``sources`` are keys of
    ``data/reference/sources.yml``; ``basis`` says how binding they are. ``review_by`` is when a
    person looks at the rule again; past ``effective_until`` it gives "rule expired". ``subject``
    is what a passage must speak of to be shown as a nearest miss, the closest first: one of each
    set of concepts.
    """

    id: str
    title: str
    short: str
    kind: str
    scope: str
    lines: tuple[str, ...]
    absence_needs: tuple[str, ...]
    severity: str
    severity_reason: str
    basis: str
    requirement: str
    why: str
    satisfy: str
    web_disclosure_mandated: str
    sources: tuple[Source, ...]
    effective_from: str
    review_by: str
    effective_until: str | None
    unit: str
    notes: str
    subject: tuple[tuple[frozenset[str], ...], ...]
    frames: tuple[frames.Frame, ...]
    examples: tuple[Example, ...]

    @property
    def group(self) -> str:
        """The part of the id before the dot, for example ``supervision``."""
        return self.id.split(".", 1)[0]

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that the rule names."""
        subject = (concepts for near in self.subject for concepts in near)
        return frozenset[str]().union(*(f.concepts for f in self.frames), *subject)

    @property
    def searched(self) -> tuple[str, ...]:
        """Page types that must have been read before absence is said."""
        return self.absence_needs or CLAIM_SEARCH


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rules by id, and the version that names exactly this rule set."""

    rules: dict[str, Rule]
    version: str


def load(folder: Path = FOLDER, words: lexicon.Lexicon | None = None) -> Catalog:
    """Read and check every rule file.

    Raises:
        UsageError: naming the file and the key that is unknown, missing or wrong.
    """
    known = words or lexicon.load()
    known_sources = sources.load()
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*/*.yml")):
        rule = _rule(path, known_sources, known)
        if rule.id in rules:
            raise declarations.wrong(path, "id", f"{rule.id!r} stands in another file too")
        rules[rule.id] = rule
    files = [*folder.glob("*/*.yml"), *lexicon.FOLDER.glob("*.yml"), sources.FILE]
    files.append(Path(__file__).parent / "context.yml")
    return Catalog(dict(sorted(rules.items())), digest(files))


@lru_cache(maxsize=1)
def bundled() -> Catalog:
    """The catalogue that ships with ketawatch, read once a process."""
    return load()


def digest(files: Iterable[Path]) -> str:
    """The first 10 hex digits of SHA-256 over names and texts, the same on every system."""
    total = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.as_posix().rsplit("/", 3)[-3:]):
        total.update(path.name.encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()[:10]


def _rule(path: Path, known: dict[str, Source], words: lexicon.Lexicon) -> Rule:
    raw = declarations.read(path, required=_REQUIRED, optional=_OPTIONAL)
    rule_id = declarations.text(path, raw, "id")
    if rule_id != f"{path.parent.name}.{path.stem}":
        raise declarations.wrong(path, "id", f"{rule_id!r} does not fit the file's place")
    _check_words(path, raw)
    for key in raw["sources"]:
        if key not in known:
            raise declarations.wrong(path, "sources", f"{key!r} is not in {sources.FILE.name}")
    texts = {key: declarations.text(path, raw, key, "") for key in _TEXT_KEYS.split()}
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
        **texts,
    )


def _check_words(path: Path, raw: dict[str, Any]) -> None:
    closed: dict[str, tuple[str, ...]] = {
        "kind": KINDS,
        "scope": ("line", "provider"),
        "severity": tuple(Severity),
    }
    for key, allowed in closed.items():
        if raw[key] not in allowed:
            raise declarations.wrong(path, key, f"{raw[key]!r} is none of {', '.join(allowed)}")
    for key, allowed in {"lines": tuple(SERVICE_LINES), "absence_needs": tuple(PageType)}.items():
        for value in declarations.texts(path, raw, key):
            if value not in allowed:
                raise declarations.wrong(path, key, f"{value!r} is none of {', '.join(allowed)}")


def _subject(path: Path, names: list[str], words: lexicon.Lexicon) -> tuple[frozenset[str], ...]:
    sets = tuple(frozenset(name.split("|")) for name in names)
    for concept in sorted(frozenset[str]().union(*sets)):
        if concept not in words:
            raise declarations.wrong(path, "subject", f"no concept {concept!r} in audit/lexicon")
    return sets


def _frame(
    path: Path, number: int, declared: dict[str, Any], words: lexicon.Lexicon
) -> frames.Frame:
    where = f"frames[{number}]"
    declarations.check_keys(
        path, declared, required=_FRAME_REQUIRED, optional=_FRAME_OPTIONAL, where=f"{where}."
    )
    if ("says" in declared) == ("all" in declared):
        raise declarations.wrong(path, where, "needs either 'says' or 'all'")
    for key in ("stance", "if_negated", "if_yes", "if_no"):
        if declared.get(key) and declared[key] not in (*Stance, frames.SILENT):
            raise declarations.wrong(path, f"{where}.{key}", f"{declared[key]!r} is no stance")
    try:
        frame = frames.parse(declared)
    except ValueError as error:
        raise declarations.wrong(path, where, str(error)) from error
    for concept in sorted(frame.concepts):
        if concept not in words:
            raise declarations.wrong(path, where, f"no concept {concept!r} in audit/lexicon")
    return frame


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
