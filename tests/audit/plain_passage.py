"""What the patterns alone assert of one text on one line."""

from __future__ import annotations

from audit.claims.engines import patterns
from audit.stances.found import Passage


def stances(rule: str, text: str, line: str) -> set[str]:
    """The stances on a rule that are asserted."""
    found = patterns().find(Passage(text=text, lines=frozenset({line})))
    return {f.stance for f in found if f.rule_id == rule and f.set_aside is None}
