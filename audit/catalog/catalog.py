"""The rule catalogue: one YAML file a rule in ``audit/rules/<group>/``, checked when it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from audit.catalog import rule_file, sources
from audit.catalog.frames import mirrored
from audit.catalog.rule import Rule
from audit.concepts import concept_files, declarations, lexicon
from data.errors import UsageError

_ROOM = Path(__file__).parents[1]
FOLDER = _ROOM / "rules"


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
        rule = rule_file.read(path, known_sources, known)
        if rule.id in rules:
            raise declarations.wrong(path, "id", f"{rule.id!r} stands in another file too")
        rules[rule.id] = rule
    files = [*folder.glob("*/*.yml"), *concept_files.files(), sources.FILE]
    files.append(_ROOM / "stances" / "context.yml")
    return Catalog({rid: _with_mirror(rules[rid], rules) for rid in sorted(rules)}, digest(files))


def _with_mirror(rule: Rule, rules: dict[str, Rule]) -> Rule:
    if not rule.mirrors:
        return rule
    if rule.mirrors not in rules:
        raise UsageError(f"{rule.id}: mirrors: no rule {rule.mirrors!r}.")
    turned = tuple(map(mirrored, rules[rule.mirrors].frames))
    return replace(rule, frames=(*rule.frames, *turned))


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
