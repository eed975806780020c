r"""What modules look for in texts, as data with examples: ``disowned.yml`` beside ``disowned.py``.

A file has groups, and ``parts`` that several terms need; ``{name}`` in a term stands for any of the
terms of that part, which in turn may name parts above it::

    parts:
      it:
        - it
        - that
    untrue:
      stands: first
      before: '\W*(?:{opening},? )?'
      terms:
        - '{it} is (?:false|untrue)'
      after: '(?=[.!])'
      examples:
        - matches: it is false.
        - not: it is false alarms that we fear.

A part may be one expression instead of a list. ``stands`` tells where one of the terms has to
stand: ``first`` in the text, ``alone`` (it is the whole text), or ``anywhere``. ``before`` and
``after`` surround whichever term it is; left out where it stands anywhere they are ``\b``, so that
the terms are whole words. ``any_case: true``: capitals and small letters are alike.

Terms are expressions of Python's ``re``, not of RE2 as in ``context.yml``: many of them look ahead
or back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from audit.concepts import declarations
from audit.concepts.concept_parts import KEY as _PARTS
from audit.concepts.concept_parts import NAMED, written_out
from audit.concepts.one_look import OneLook

_REQUIRED = {"stands", "terms", "examples"}
_OPTIONAL = {"before", "after", "any_case"}
_STANDS = ("first", "alone", "anywhere")
_EFFECTS = ("matches", "not")


class Find(Protocol):
    """Where an expression stands in a text, from a place on; ``None`` where it does not."""

    def __call__(self, text: str, start: int = 0, /) -> re.Match[str] | None: ...


@dataclass(frozen=True, slots=True)
class Group:
    """One expression; ``examples``: texts, and whether it stands in them."""

    pattern: re.Pattern[str]
    find: Find
    is_anywhere: bool
    examples: tuple[tuple[str, bool], ...]


class Expressions:
    """The expressions of one file by name, read when the first of them is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __getitem__(self, name: str) -> Find:
        return self._finds[name]

    @cached_property
    def _finds(self) -> dict[str, Find]:
        groups = read(self.path)
        looked = OneLook({n: group.pattern for n, group in groups.items() if group.is_anywhere})
        finds = {name: group.find for name, group in groups.items()}
        return finds | {name: _unless_told(name, finds[name], looked) for name in looked.told}


def _unless_told(name: str, find: Find, looked: OneLook) -> Find:
    may_stand = looked.may_stand
    return lambda text, start=0, /: find(text, start) if name in may_stand(text) else None


def beside(module: str) -> Expressions:
    """The expressions of a module (``__file__``): those of the YAML file that has its name."""
    return Expressions(Path(module).with_suffix(".yml"))


def read(path: Path) -> dict[str, Group]:
    """Read and check the groups of one file.

    Raises:
        UsageError: a key is unknown or missing, a name is no part's, a part is not used, or terms
            are no expression.
    """
    raw = declarations.read(path, required={"groups"}, optional={_PARTS})
    parts: dict[str, str] = {}
    for name, given in raw.get(_PARTS, {}).items():
        either = given if isinstance(given, str) else _either(path, raw[_PARTS], name)
        parts[name] = written_out(either, parts)
    used = set(NAMED.findall(str(raw)))
    for name in parts:
        if name not in used:
            raise declarations.wrong(path, f"{_PARTS}: {name}", "not used")
    return {name: _group(path, name, declared, parts) for name, declared in raw["groups"].items()}


def _either(path: Path, raw: dict[str, Any], key: str) -> str:
    return "|".join(declarations.texts(path, raw, key))


def _group(path: Path, name: str, declared: dict[str, Any], parts: dict[str, str]) -> Group:
    where = f"groups: {name}."
    declarations.check_keys(path, declared, required=_REQUIRED, optional=_OPTIONAL, where=where)
    stands = declared["stands"]
    if stands not in _STANDS:
        known = ", ".join(_STANDS)
        raise declarations.wrong(path, f"{where}stands", f"{stands!r} is none of {known}")
    edge = r"\b" if stands == "anywhere" else ""
    before, after = (declared.get(key, edge) for key in ("before", "after"))
    whole = written_out(f"{before}(?:{_either(path, declared, 'terms')}){after}", parts)
    flags = re.IGNORECASE if declared.get("any_case") else re.NOFLAG
    expression = _compiled(path, where, whole, flags)
    finds = {"first": expression.match, "alone": expression.fullmatch}
    examples = tuple(_example(path, where, example) for example in declared["examples"])
    find = finds.get(stands, expression.search)
    return Group(expression, find, stands not in finds, examples)


def _compiled(path: Path, where: str, whole: str, flags: re.RegexFlag) -> re.Pattern[str]:
    if unknown := NAMED.search(whole):
        raise declarations.wrong(path, f"{where}terms", f"{unknown[0]} is no part above it")
    try:
        return re.compile(whole, flags)
    except re.error as error:
        beside = whole[max((error.pos or 0) - 20, 0) : (error.pos or 0) + 20]
        raise declarations.wrong(path, f"{where}terms", f"{error} ({beside!r})") from error


def _example(path: Path, where: str, declared: Any) -> tuple[str, bool]:
    if isinstance(declared, dict) and len(declared) == 1:
        effect, text = next(iter(declared.items()))
        if effect in _EFFECTS and isinstance(text, str):
            return text, effect == "matches"
    known = " or ".join(_EFFECTS)
    raise declarations.wrong(path, f"{where}examples", f"{declared!r} is no {known} with a text")
