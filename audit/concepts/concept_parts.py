r"""Parts: names for the expressions that one concept file needs again and again.

They stand under ``parts``, between ``what`` and ``terms``::

    parts:
      doctor: 'doctors?|physicians?|clinicians?'
    terms:
      - '{doctor} (?:\w+ ){0,2}evaluates? you'
      - 'an evaluation by (?:a|our) {doctor}'

``{doctor}`` stands for ``(?:doctors?|physicians?|clinicians?)`` in the terms and exceptions of that
file and in the parts below it; other files do not see it. No part has the name of a concept, so
that a name in a term means one thing, and each is used twice or more: otherwise the expression
itself is easier to read.
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path
from typing import Any

from audit.concepts import declarations
from data.errors import UsageError

KEY = "parts"
NAMED = re.compile(r"\{([a-z][a-z-]*)\}")


def read(path: Path, raw: dict[str, Any], concepts: Set[str]) -> dict[str, str]:
    """The parts of one file by name, each with those above it written out.

    Raises:
        UsageError: a part has no proper name or that of a concept, no expression, or one use.
    """
    if KEY not in raw:
        return {}
    declared = raw[KEY]
    if not isinstance(declared, dict) or not declared:
        raise declarations.wrong(path, KEY, "not a mapping of names to expressions")
    whole: dict[str, str] = {}
    for name, expression in declared.items():
        _check_name(path, name, concepts)
        if not isinstance(expression, str) or not expression.strip():
            problem = f"{expression!r} is no expression (put it in quotes)"
            raise declarations.wrong(path, f"{KEY}: {name}", problem)
        whole[name] = written_out(expression, whole)
    _check_use(path, raw, declared)
    return whole


def written_out(term: str, parts: dict[str, str]) -> str:
    """A term with these parts in place of their names; names of concepts stay."""
    return NAMED.sub(lambda name: f"(?:{parts[name[1]]})" if name[1] in parts else name[0], term)


def _check_name(path: Path, name: object, concepts: Set[str]) -> None:
    if not NAMED.fullmatch(f"{{{name}}}") or not isinstance(name, str):
        problem = f"{path}: {KEY}: {name!r} is no name."
        raise UsageError(problem, "Use lower-case letters and dashes.")
    if name in concepts:
        raise UsageError(
            f"{path}: {KEY}: {name} is the name of a concept.", "Give the part another name."
        )


def _check_use(path: Path, raw: dict[str, Any], declared: dict[str, str]) -> None:
    """Refuse parts that save nothing."""
    keys = [key for key in ("terms", "except") if key in raw]
    written = [term for key in keys for term in declarations.texts(path, raw, key)]
    used = NAMED.findall(" ".join([*written, *declared.values()]))
    for name in declared:
        if name not in used:
            raise UsageError(f"{path}: {KEY}: {name} is not used.", "Take it out.")
        if used.count(name) == 1:
            raise UsageError(
                f"{path}: {KEY}: {name} is used once only.", "Write it out where it is used."
            )
