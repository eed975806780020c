"""What the reader is told of a passage, besides its words."""

from __future__ import annotations

from collections.abc import Iterable

from audit.stances.found import Found, Passage


def about(passage: Passage) -> tuple[str, ...]:
    """What the reader is told of a passage: who speaks, on what page, of which line."""
    return f"V={passage.voice}", f"P={passage.page_type}", *_lines(passage)


def heard(claims: Iterable[Found]) -> list[str]:
    """What the reader is told of the patterns: which fired, and whether they took it back."""
    fired = {f"F={c.rule_id}:{c.stance}:{'aside' if c.set_aside else ''}" for c in claims}
    return sorted(fired)


def _lines(passage: Passage) -> tuple[str, ...]:
    return tuple(f"L={line}" for line in sorted(passage.lines)) or ("L=mixed",)
