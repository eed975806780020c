"""A block as readers of facts see it: plain, in statements, with who says what and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from audit.claims.claims import Engine
from audit.facts.plain import plain
from audit.facts.statements import Place, places
from audit.facts.told import shape
from audit.facts.words import expressions, written
from audit.pages.pages import Block, PageText
from audit.stances.assertion import negated, set_aside
from audit.stances.context import Cue
from data.vocabulary import PageType

_OTHER_TREATMENT = "other-treatment"
_OURS = ("ketamine", "spravato", "esketamine")
_ASIDES = expressions("asides")
_OTHER_SERVICE = shape(rf"\b(?:{written('asides')['other_services']})\b")
_TITLE_ENDS = re.compile(r"\s[|–—-]\s")
# Who reads these aloud is the patient.
_PATIENTS_PAGES = {PageType.CONSENT}


class Passage:
    """One block of a page, and those that follow it; what costs time is worked out if asked."""

    def __init__(
        self, engine: Engine, page: PageText, blocks: Sequence[Block], index: int, text: str = ""
    ) -> None:
        self.engine, self.page, self.block = engine, page, blocks[index]
        self._blocks, self._index = blocks, index
        self.text = self.block.text
        self.plain = text or plain(self.text)

    @cached_property
    def heading(self) -> str:
        """The nearest heading, plain."""
        return plain(self.block.heading)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the block says, without questions."""
        made = (Statement(self, place) for place in places(self.block))
        return tuple(s for s in made if s.text and not s.text.rstrip("\"' )").endswith("?"))

    @cached_property
    def denied(self) -> bool:
        """Whether the heading says that what is below is not so."""
        return _ASIDES["head_denies"].search(self.heading) is not None

    @cached_property
    def is_of_other_treatment(self) -> bool:
        """Whether block, headings or page speak of another treatment, and not of ketamine."""
        own = is_of_other_treatment(self.engine, f"{self.heading} {self.plain}")
        return own or self.is_under_other_treatment

    @cached_property
    def is_under_other_treatment(self) -> bool:
        """Whether the headings or the page do, whatever stands in the block itself."""
        path = plain(" ".join(self.block.heading_path))
        # What comes first in a title is the page's, the rest is the site's.
        title = plain(_TITLE_ENDS.split(self.page.title, maxsplit=1)[0])
        return is_of_other_treatment(self.engine, f"{path} {title}")

    @cached_property
    def may_quote_somebody(self) -> bool:
        """Whether "I" in it may be a patient: in quotation marks, or a review in data."""
        return self.block.kind == "json-ld" or self.plain.lstrip().startswith('"')

    def following(self, count: int) -> Iterator[Block]:
        """The next blocks of the page."""
        yield from self._blocks[self._index + 1 : self._index + 1 + count]


class Statement:
    """A sentence, list item or cell, with what it is read with; offsets are the block's.

    Attributes:
        text: its own words, plain; ``start`` and ``end`` place it in the block.
        lead: what leads in to it, plain.
        asked: the question that it answers, plain.
        heads: the heads of its column, plain.
    """

    def __init__(self, passage: Passage, place: Place) -> None:
        self.passage, self.place = passage, place
        self.start, self.end = place.span.start, place.span.end
        self.text = passage.plain[self.start : self.end]
        lead, asked = place.lead, place.asked
        self.lead = passage.plain[lead.start : lead.end] if lead else ""
        self.asked = passage.plain[asked.start : asked.end] if asked else ""
        self.heads = plain(place.heads) if place.heads else ""

    @cached_property
    def _cues(self) -> list[Cue]:
        return self.passage.engine.context.cues(self.text)

    @cached_property
    def is_real(self) -> bool:
        """Whether it tells what is so now: no wish, no example, and no patient's own words."""
        said = f"{self.lead} {self.text}"
        aside = any(_ASIDES[key].search(said) for key in ("not_real", "patients_words"))
        if aside or self.passage.page.page_type in _PATIENTS_PAGES:
            return False
        return not (self.passage.may_quote_somebody and _ASIDES["first_person"].search(said))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether it speaks of the trade, of researchers or of other clinics."""
        return _ASIDES["of_others"].search(f"{self.lead} {self.text}") is not None

    @cached_property
    def lead_denies(self) -> bool:
        """Whether what leads in to it says that it is not so."""
        return bool(self.lead) and _ASIDES["head_denies"].search(self.lead) is not None

    def is_said(self, start: int, end: int) -> bool:
        """Whether what stands at these places is the provider's own plain talk, denied or not."""
        aside = not self.is_real or self.is_of_others or self.lead_denies
        return not aside and set_aside(self._cues, start, end) is None

    def is_asserted(self, start: int, end: int) -> bool:
        """Whether what stands at these places is the provider's own plain talk, and affirmed."""
        return self.is_said(start, end) and not self.is_negated(start, end)

    def is_negated(self, start: int, end: int) -> bool:
        """Whether a negation reaches these places of its text."""
        return negated(self._cues, start, end)

    @cached_property
    def is_of_other_treatment(self) -> bool:
        """Whether it speaks of another treatment, and not of ketamine."""
        return is_of_other_treatment(self.passage.engine, f"{self.lead} {self.text}")

    @property
    def span(self) -> tuple[int, int]:
        """Its own place in the block, for a quote."""
        return self.start, self.end


def is_of_other_treatment(engine: Engine, text: str) -> bool:
    """Whether a plain text names a treatment that is not ketamine, and ketamine nowhere."""
    if any(word in text for word in _OURS):
        return False
    return bool(_OTHER_SERVICE.search(text) or engine.lexicon.locate(_OTHER_TREATMENT, text))


def is_for_staff(page: PageText) -> bool:
    """Whether a page is for people who want to work there: its sums are wages."""
    return _ASIDES["for_staff"].search(plain(page.title)) is not None
