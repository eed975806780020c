"""One rule of the catalogue, as the engine and the verdict see it."""

from __future__ import annotations

from dataclasses import dataclass

from audit.catalog.frames import Count, Frame
from audit.catalog.sources import Source
from data.vocabulary import AT_HOME_LINES, Line, Stance

# Where a rule names no pages of its own, these were read before "not claimed" is said.
CLAIM_SEARCH = ("home", "how-it-works", "faq", "treatment", "pricing")

# The groups of the catalogue in reading order, by the part of an id before the dot.
GROUPS = {
    "supervision": "Supervision of a dose",
    "screening": "Screening before treatment",
    "followup": "Follow-up",
    "risk": "Risks",
    "disclosure": "Disclosures",
    "claim": "Claims",
    "testimonial": "Testimonials",
    "price": "Price",
    "identity": "Identity",
    "privacy": "Privacy",
    "spravato": "Spravato",
}

# Rules that apply to Spravato's own text as well (labelling guide, "Everywhere").
_SPRAVATO_TOO = ("spravato", "claim", "testimonial", "price", "identity")
# What a rule is about, where its file does not say: what a drug does, what comes of it and what it
# is licensed for, or the house's care.
_DRUG, _CARE, _HOUSE, _COMPARISON = "drug", "care", "house", "comparison"
SUBJECTS = (_DRUG, _CARE, _HOUSE, _COMPARISON)
_OF_THE_DRUG = ("claim", "risk", "disclosure")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with the stance that it takes on the rule: ``states``, ``denies`` or ``silent``."""

    text: str
    stance: str
    heading: str = ""
    voice: str = "provider"
    page_type: str = "other"
    line: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the fields are the keys of its file.

    ``kind``: ``required-disclosure`` and ``identity`` rules look for a statement,
    ``prohibited-claim`` rules for a claim that should not stand there. ``scope``: a finding for
    each service ``line`` among ``lines``, or one for the ``provider``. ``absence_needs``: types of
    page that must have been read before "not found" is said. ``requirement`` is what counts,
    ``why`` why it matters, ``satisfy`` what a page could say. ``sources`` are keys of
    ``data/reference/sources.yml``; ``basis`` says how binding they are. ``review_by`` is when a
    person looks at the rule again; past ``effective_until`` it gives "rule expired". ``subject``
    is what a passage must speak of to be shown as a nearest miss, the closest first: one of each
    set of concepts. ``qualifier`` is what a ``required-qualifier`` rule wants beside the claim,
    and ``qualifier_about`` of what its passage has to speak where it stands farther off;
    ``about``: the ``drug``, of which what is said of another drug is no answer, the ``care``, a
    ``comparison`` of the drug with another one, or the ``house``, whatever treatment is named
    beside it (a vitamin shot may be the present for a review); where it is empty, the group
    decides; ``spravato_too``: a text about Spravato or another treatment alone speaks to it too;
    ``spravato_beside`` are the stances in which who names Spravato speaks of something else beside
    it, and ``denied_of_all`` tells whether a denial is of all lines: ``always``, or where it is
    ``unnamed`` of which; ``denied_each`` are the concepts of which a denial takes back only those
    that it names ("We do not treat OCD"), and ``parts_apart`` those of which a denial that names
    one outweighs a statement that names none ("$149 a month: visits"); ``needs_pattern``: several
    things have to be said together, or by whom, so that the second reader, who knows likeness, may
    not hear it alone.
    ``voices`` whose words assert; ``mirrors`` a rule whose frames count here with the opposite
    stance; ``triggered_by`` rules whose claims count as its own; ``only_where`` concepts of which a
    site has to speak for the rule to apply; ``absence`` the reason where nothing was found, if it
    is not the one of its kind; ``halves`` of which a page may say the one here and, further down,
    the other there (``audit.site.halves``); ``messages`` a neutral sentence for each reason (by its
    name) that can follow; ``changelog`` what changed in the rule, and when.
    """

    id: str
    title: str
    short: str
    kind: str
    scope: str
    lines: tuple[str, ...]
    absence_needs: tuple[str, ...]
    severity: str
    severity_reason: str
    basis: str
    requirement: str
    why: str
    satisfy: str
    web_disclosure_mandated: str
    sources: tuple[Source, ...]
    effective_from: str
    review_by: str
    effective_until: str | None
    unit: str
    notes: str
    subject: tuple[tuple[frozenset[str], ...], ...]
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    messages: dict[str, str]
    changelog: tuple[str, ...]
    qualifier: Count | None = None
    qualifier_about: frozenset[str] = frozenset()
    spravato_beside: frozenset[str] = frozenset()
    denied_of_all: str = ""
    voices: tuple[str, ...] = ("provider",)
    mirrors: str = ""
    triggered_by: tuple[str, ...] = ()
    only_where: tuple[str, ...] = ()
    denied_each: tuple[str, ...] = ()
    parts_apart: tuple[str, ...] = ()
    needs_pattern: bool = False
    about: str = ""
    spravato_too: bool = False
    absence: str = ""
    pending_events: tuple[str, ...] = ()
    halves: tuple[frozenset[str], ...] = ()

    @property
    def group(self) -> str:
        """The part of the id before the dot, for example ``supervision``."""
        return self.id.split(".", 1)[0]

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept that the rule names."""
        subject = (concepts for near in self.subject for concepts in near)
        qualifying = self.qualifier.concepts if self.qualifier else frozenset[str]()
        about = self.qualifier_about
        return qualifying.union(about, *(f.concepts for f in self.frames), *subject, *self.halves)

    @property
    def hears_other_lines(self) -> bool:
        """Whether a text about Spravato or another treatment alone can speak to the rule."""
        return self.spravato_too or self.group in _SPRAVATO_TOO

    @property
    def is_of_the_house(self) -> bool:
        """Whether the rule is about the house itself, whichever treatment is named beside it."""
        return self.about == _HOUSE

    @property
    def is_of_effect(self) -> bool:
        """Whether the rule is about the drug itself: what is said of another one is no answer."""
        default = _DRUG if self.group in _OF_THE_DRUG else _CARE
        return (self.about or default) in (_DRUG, _COMPARISON)

    @property
    def compares(self) -> bool:
        """Whether the rule is about ketamine beside another drug: what is said of that counts."""
        return self.about == _COMPARISON

    def lines_meant(self, stance: str, own: frozenset[str], page: frozenset[str]) -> frozenset[str]:
        """The lines of which words speak that name the lines ``own``, on a page about ``page``.

        "The same as Spravato", "we do not send Spravato": they speak of what else is there. "No
        injections at home", "nobody here is a guide": of all there is. On a page about Spravato
        "not at home" says where.
        """
        denied = stance == Stance.DENIES
        if stance in self.spravato_beside:
            if denied and own == AT_HOME_LINES and page == {Line.SPRAVATO}:
                return frozenset()
            spray = {Line.AT_HOME_NASAL} if denied and Line.SPRAVATO in own else set[Line]()
            return (own - {Line.SPRAVATO} - spray) or (page - {Line.SPRAVATO})
        if denied and (self.denied_of_all == "always" or (self.denied_of_all and not own)):
            return frozenset(self.lines)
        return own

    def past_review(self, day: str) -> bool:
        """Whether the rule waited for a new look on a day (``2026-11-24``)."""
        return day > self.review_by

    @property
    def hears_reports(self) -> bool:
        """Whether what a study is quoted to say counts: it is about the drug, not about care."""
        return self.group in ("claim", "risk")

    @property
    def searched(self) -> tuple[str, ...]:
        """Page types that must have been read before absence is said."""
        return self.absence_needs or CLAIM_SEARCH
