"""The service lines that a provider offers, in its own words, and the dose forms in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.facts.plain import plain
from audit.facts.told import Told
from audit.facts.words import words
from audit.site.site import Offer, SiteReading
from data.fact_kinds import FactKind
from data.vocabulary import Line

_OFFERS = re.compile(r"\b(?:offer|provid|prescrib|specializ|administer|deliver)")
_FORMS = words("dose_forms")
# Which forms an offer of a line can be an offer of: "lozenges between infusions" offers lozenges.
_ORAL = {"capsule", "lozenge", "oral-solution", "rapid-dissolve-tablet", "sublingual-tablet"}
_FORMS_OF = {
    Line.AT_HOME_ORAL: _ORAL | {"troche"},
    Line.AT_HOME_NASAL: {"nasal-spray"},
    Line.AT_HOME_INJECTION: {"autoinjector", "subcutaneous-injection"},
    Line.IN_CLINIC_IV: {"iv-infusion"},
    Line.IN_CLINIC_IM: {"intramuscular-injection"},
    Line.SPRAVATO: {"spravato"},
}


def told(reading: SiteReading) -> Iterator[tuple[Offer, Told]]:
    """A fact for each line that is offered, and for each dose form that an offer of it names."""
    offers = [o for o in reading.offers if o.line in reading.offered]
    for offer in sorted(offers, key=_plainness):
        start, end = offer.start, offer.end
        yield offer, Told(FactKind.SERVICE_LINE, offer.line, start, end)
        forms = _FORMS_OF.get(Line(offer.line), frozenset[str]())
        for form in _FORMS.find(plain(offer.block.text), start, end):
            if form.value in forms:
                yield offer, Told(FactKind.DOSE_FORM, form.value, start, end)


def _plainness(offer: Offer) -> tuple[bool, bool, bool]:
    """What is best quoted first: "we offer ketamine", then other words, last an entry of a menu."""
    said = plain(offer.block.text)[offer.start : offer.end]
    return offer.is_entry, _OFFERS.search(said) is None, "ketamine" not in said
