"""What is judged, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass

from data.vocabulary import ClaimStatus, PageType, Voice


@dataclass(frozen=True, slots=True)
class Passage:
    """What is judged: a text with what stands around it."""

    text: str
    heading: str = ""
    lead_in: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    kind: str = "paragraph"
    voice: str = Voice.PROVIDER
    page_type: str = PageType.OTHER
    lines: frozenset[str] = frozenset()
    region: str = "main"


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in a passage; ``lines`` is empty where neither text nor heading names a line.

    ``decided_by``: ``pattern``, ``reader`` or ``both``; ``score`` is the reader's, above 0 where it
    agrees. ``bold``: only frames that leave much to the reader found it; ``plain``: one that leaves
    nothing to it.
    """

    rule_id: str
    stance: str
    start: int
    end: int
    set_aside: str | None
    lines: frozenset[str]
    voice: str
    decided_by: str = "pattern"
    score: float | None = None
    bold: bool = False
    plain: bool = False

    @property
    def status(self) -> str:
        """Asserted, or set aside for a reason."""
        return ClaimStatus.ASSERTED if self.set_aside is None else ClaimStatus.SET_ASIDE
