"""What a passage denies of one line, and goes on to deny without naming it again.

"The spray itself is not in the $179. The pharmacy bills you for it separately": the second sentence
is about the spray as well, and accuses no lozenge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from audit.catalog.rule import Rule
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found
from data.vocabulary import Stance


def of_its_line(claims: Iterable[Found], rules: Mapping[str, Rule]) -> Iterator[Found]:
    """The claims of a passage, denials of a safeguard with the line of the one before them."""
    before: dict[tuple[str, str], frozenset[str]] = {}
    for claim in sorted(claims, key=lambda c: c.start):
        key = claim.rule_id, claim.stance
        accuses = claim.stance == Stance.DENIES and (rules[claim.rule_id].kind, key[1]) in ACCUSES
        before[key] = claim.lines or (before.get(key, claim.lines) if accuses else claim.lines)
        yield replace(claim, lines=before[key])
