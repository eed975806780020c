"""Where a concept's file lies: with the one rule that uses it, with a group of rules, or above all.

``audit/lexicon/supervision/vitals/`` holds what only that rule is made of,
``audit/lexicon/supervision/`` what rules of the group share, and ``audit/lexicon/`` what several
groups or the engine itself use. The place means nothing to the engine; it is for whoever looks for
the words of a rule. ``python -m audit.concept_places`` moves the files that lie elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from audit.catalog import catalog
from audit.catalog.frames import mirrored
from audit.catalog.rule import Rule
from audit.claims import offers
from audit.concepts import concept_files, concept_parts, lexicon

_QUOTED = re.compile(r'"([a-z][a-z-]*)"')


def misplaced() -> dict[Path, Path]:
    """Where each file that lies in the wrong folder should lie."""
    moves = {}
    users = _users()
    for path in concept_files.files():
        right = concept_files.FOLDER / _folder(users[path.stem]) / path.name
        if right != path:
            moves[path] = right
    return moves


def _folder(users: set[str]) -> str:
    """The folder for what these rules use; an empty name stands for the engine."""
    groups = {user.partition(".")[0] for user in users}
    if len(groups) != 1:
        return ""
    (group,) = groups
    return "/".join(next(iter(users)).split(".")) if len(users) == 1 else group


def _users() -> dict[str, set[str]]:
    """Which rules use a concept, by themselves or within the terms of another concept."""
    users: dict[str, set[str]] = defaultdict(set)
    rules = catalog.bundled().rules
    for rule in rules.values():
        for concept in _own(rule, rules.values()):
            users[concept].add(rule.id)
    for concept in _of_the_engine():
        users[concept].add("")
    for path in concept_files.files():
        for part in concept_parts.NAMED.findall(path.read_text(encoding="utf-8")):
            users[part] |= users[path.stem]
    return users


def _own(rule: Rule, rules: Iterable[Rule]) -> frozenset[str]:
    """The concepts that stand in a rule's file, without those of the rule that it mirrors."""
    others = [
        mirrored(frame) for other in rules if other.id == rule.mirrors for frame in other.frames
    ]
    frames = tuple(frame for frame in rule.frames if frame not in others)
    return replace(rule, frames=frames).concepts.union(rule.only_where)


def _of_the_engine() -> set[str]:
    """What tells the lines, and what the engine's code calls by name."""
    words = lexicon.load()
    named = {name for offer in offers.load(words) for name in offer.frame.concepts}
    for code in Path(__file__).parent.rglob("*.py"):
        named.update(n for n in _QUOTED.findall(code.read_text(encoding="utf-8")) if n in words)
    return named


if __name__ == "__main__":
    for path, right in misplaced().items():
        right.parent.mkdir(parents=True, exist_ok=True)
        path.rename(right)
