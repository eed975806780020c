"""A rule set of a few made-up words, for tests of the engine that no rule file should move."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from audit.catalog import frames
from audit.catalog.catalog import Catalog
from audit.catalog.rule import Rule
from audit.claims.claims import Engine
from audit.concepts import lexicon
from audit.concepts.lexicon import Lexicon
from audit.reader.reader import Reader
from audit.stances import context
from data.vocabulary import SERVICE_LINES

# Words that stand in no shipped concept's way.
WORDS = {
    "claims-it": ["we claim it", "it is claimed"],
    "limits-it": ["some limits hold", "a limit holds"],
    "second-limit": ["another limit holds"],
    "disowns-it": ["we disown it"],
    "nurse-thing": ["a nurse waits"],
}
_KINDS = {"required-disclosure", "identity", "prohibited-claim", "required-qualifier", "technical"}


def rule(rule_id: str, kind: str, *declared: dict[str, Any], **changes: Any) -> Rule:
    """A rule with these frames; ``changes`` are fields that are not as in most rules."""
    assert kind in _KINDS
    fields: dict[str, Any] = {
        "id": rule_id, "title": rule_id, "short": rule_id, "kind": kind, "scope": "line",
        "lines": tuple(SERVICE_LINES), "absence_needs": ("home",), "severity": "high",
        "severity_reason": "", "basis": "", "requirement": "", "why": "", "satisfy": "",
        "web_disclosure_mandated": "no", "sources": (), "effective_from": "2026-01-01",
        "review_by": "2027-01-01", "effective_until": None, "unit": "site", "notes": "",
        "subject": (), "frames": tuple(map(frames.parse, declared)), "examples": (),
        "messages": {}, "changelog": (),
    }  # fmt: skip
    return Rule(**fields | changes)


def says(pattern: str, stance: str = "states", **more: Any) -> dict[str, Any]:
    """A frame's declaration, as a rule file has it."""
    return {"stance": stance, "says": pattern, **more}


def qualifier(at_least: int, *of: str) -> frames.Count:
    """What a rule wants beside its claim."""
    return frames.parse_count({"at_least": at_least, "of": list(of)})


@lru_cache(maxsize=1)
def words() -> Lexicon:
    """The shipped concepts, because lines and offers are made of them, and the made-up ones."""
    shipped = lexicon.load()
    return Lexicon(shipped._terms | WORDS, shipped._barred)


def engine(*rules: Rule, reader: Reader | None = None) -> Engine:
    """An engine that knows these rules only."""
    known = Catalog({r.id: r for r in sorted(rules, key=lambda r: r.id)}, "test")
    return Engine(known, words(), context.load(), reader)
