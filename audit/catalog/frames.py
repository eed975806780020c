"""Frames: how a rule's concepts must stand together for a claim to be made.

A frame has ``says`` (a pattern of ``audit.catalog.patterns``: concepts in this order, in one
statement), ``all`` (concepts in any order, in one statement), or ``at_least`` and ``of`` (so many
of these things, anywhere in the passage).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from audit.catalog.patterns import DEFAULT_GAP, Slot, in_any_order, in_order

SILENT = "silent"
_OPPOSITE = {"states": "denies", "denies": "states"}


@dataclass(frozen=True, slots=True)
class Count:
    """So many of these things; each is one concept (or one of several), or a pattern."""

    at_least: int
    of: tuple[tuple[Slot, ...], ...]

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that it names."""
        return frozenset[str]().union(*(slot.concepts for entry in self.of for slot in entry))


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to make a claim.

    ``stance`` is what it gives as it stands, ``if_negated`` with a negated head, ``if_yes`` and
    ``if_no`` as a question so answered (``if_yes`` is ``stance`` unless declared); ``""`` is none.
    One of ``needs_heading`` has to stand in the heading, one of ``needs_context`` in the unit or
    its heading, one of ``needs_nearby`` anywhere in the passage; none of ``unless`` may stand in
    the clause, none of ``unless_nearby`` anywhere. A ``near_miss`` comes close to the claim and
    does not make it: it is shown, never asserted. A frame with ``count`` has no slots; things in a
    negated statement count only where it says ``even_negated``. The lines that the words speak of
    must be among ``only_lines`` (where it names some) and not all among ``not_lines``. A ``bold``
    frame hears much that is no claim and leaves it to the second reader: what that turns down is no
    near miss either. A ``plain`` one discloses in so many words that the reader is not asked: words
    that it was never taught say little to it. ``by_rarity``: the order in which to look for the
    slots, the rarest first.
    """

    stance: str
    slots: tuple[Slot, ...]
    ordered: bool
    unless: frozenset[str] = frozenset()
    unless_nearby: frozenset[str] = frozenset()
    needs_heading: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    needs_nearby: frozenset[str] = frozenset()
    if_negated: str = ""
    if_yes: str = ""
    if_no: str = ""
    conditional_counts: bool = False
    near_miss: bool = False
    count: Count | None = None
    even_negated: bool = False
    only_lines: frozenset[str] = frozenset()
    not_lines: frozenset[str] = frozenset()
    bold: bool = False
    plain: bool = False
    by_rarity: tuple[int, ...] = ()

    @property
    def is_mute(self) -> bool:
        """Whether its words say nothing, however they are said."""
        stances = (self.stance, self.if_negated, self.if_yes, self.if_no)
        return not any(stances) and self.count is None

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that the frame names."""
        own = frozenset[str]().union(*(s.concepts for s in self.slots))
        counted = self.count.concepts if self.count else frozenset[str]()
        barred = self.unless | self.unless_nearby | counted
        return own | barred | self.needs_heading | self.needs_context | self.needs_nearby


def parse(declared: dict[str, Any]) -> Frame:
    """A frame from its declaration (keys as in ``audit/rules``).

    Raises:
        ValueError: the pattern cannot be read.
    """
    said = {key: "" if value == SILENT else value for key, value in declared.items()}
    return Frame(
        stance=said["stance"],
        slots=_slots(declared),
        ordered="says" in declared,
        unless=frozenset(declared.get("unless", ())),
        unless_nearby=frozenset(declared.get("unless_nearby", ())),
        needs_heading=frozenset(declared.get("heading", ())),
        needs_context=frozenset(declared.get("context", ())),
        needs_nearby=frozenset(declared.get("nearby", ())),
        if_negated=said.get("if_negated", ""),
        if_yes=said.get("if_yes", said["stance"]),
        if_no=said.get("if_no", ""),
        conditional_counts=declared.get("conditional_counts", False),
        near_miss=declared.get("near_miss", False),
        count=parse_count(declared) if "at_least" in declared else None,
        even_negated=declared.get("even_negated", False),
        only_lines=frozenset(declared.get("only_lines", ())),
        not_lines=frozenset(declared.get("not_lines", ())),
        bold=declared.get("bold", False),
        plain=declared.get("plain", False),
    )


def _slots(declared: dict[str, Any]) -> tuple[Slot, ...]:
    gap = declared.get("gap", DEFAULT_GAP)
    if "says" in declared:
        return in_order(declared["says"], gap)
    return in_any_order(declared["all"], gap) if "all" in declared else ()


def parse_count(declared: dict[str, Any]) -> Count:
    """The counting part of a declaration: ``at_least`` of the things listed in ``of``.

    Raises:
        ValueError: an entry cannot be read, or there are too few of them.
    """
    entries = tuple(in_order(e if "{" in e else f"{{{e}}}") for e in declared["of"])
    if not 1 <= declared["at_least"] <= len(entries):
        raise ValueError(f"at_least {declared['at_least']} of {len(entries)} things")
    return Count(declared["at_least"], entries)


def mirrored(frame: Frame) -> Frame:
    """The same words for the rule that asks for the opposite: what states there denies here."""
    return replace(
        frame,
        stance=_OPPOSITE.get(frame.stance, ""),
        if_negated=_OPPOSITE.get(frame.if_negated, ""),
        if_yes=_OPPOSITE.get(frame.if_yes, ""),
        if_no=_OPPOSITE.get(frame.if_no, ""),
    )
