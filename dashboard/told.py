"""What a provider tells about itself, in groups that a reader can take in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dashboard import words
from dashboard.frames import Frames, Row, records
from data import text_fragment
from data.fact_kinds import FactKind

GROUPS: dict[str, tuple[FactKind, ...]] = {
    "Services and how the medicine is given": (FactKind.SERVICE_LINE, FactKind.DOSE_FORM),
    "Conditions advertised": (FactKind.CONDITION,),
    "Prices, and what they cover": (
        FactKind.PRICE,
        FactKind.PRICE_FROM,
        FactKind.PRICE_TO,
        FactKind.PRICE_COVERS,
    ),
    "Insurance": (FactKind.INSURANCE,),
    "Number of sessions": (FactKind.SESSIONS, FactKind.SESSIONS_FROM, FactKind.SESSIONS_TO),
    "Response figures claimed": (
        FactKind.RESPONSE_FIGURE,
        FactKind.RESPONSE_FIGURE_FROM,
        FactKind.RESPONSE_FIGURE_TO,
    ),
    "States served": (FactKind.STATE_SERVED, FactKind.STATE_COUNT),
    "Clinicians named": (FactKind.CLINICIAN, FactKind.CLINICIAN_ROLE),
    "Pharmacy and certifications": (
        FactKind.PHARMACY,
        FactKind.PHARMACY_TYPE,
        FactKind.CERTIFICATION,
    ),
    "Telephone and address": (FactKind.TELEPHONE, FactKind.ADDRESS),
    "Founding claims": (FactKind.FOUNDED, FactKind.TRACK_RECORD),
}
_BEFORE = {
    FactKind.PRICE_FROM: "from",
    FactKind.PRICE_TO: "up to",
    FactKind.SESSIONS_FROM: "from",
    FactKind.SESSIONS_TO: "up to",
    FactKind.RESPONSE_FIGURE_FROM: "from",
    FactKind.RESPONSE_FIGURE_TO: "up to",
}
# Their unit is what the value belongs to.
_BELONGS_TO = {
    FactKind.CLINICIAN,
    FactKind.CLINICIAN_ROLE,
    FactKind.PRICE_COVERS,
    FactKind.INSURANCE,
    FactKind.CERTIFICATION,
}
_NO_UNIT = {FactKind.ADDRESS, FactKind.FOUNDED}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Facts that one quote carries: what each says, and the quote with its page."""

    said: list[str]
    line: str | None
    quote: str
    url: str
    link: str


def build(data: Frames, provider_id: str) -> dict[str, list[Quoted]]:
    """Groups of a provider's facts, without empty ones; facts of the same quote stand together."""
    rows = records(data.facts[data.facts["provider_id"] == provider_id])
    groups = {title: [r for r in rows if r["kind"] in kinds] for title, kinds in GROUPS.items()}
    return {title: _quoted(found) for title, found in groups.items() if found}


def _quoted(rows: list[Row]) -> list[Quoted]:
    together: defaultdict[tuple[str, str, str, str | None], list[str]] = defaultdict(list)
    for row in rows:
        place = row["url"], row["css_path"], row["quote"], row["service_line"]
        together[place].append(_said(row))
    return [
        Quoted(said, line, quote, url, text_fragment.link(url, quote, css_path))
        for (url, css_path, quote, line), said in together.items()
    ]


def _said(row: Row) -> str:
    """One fact in a few words, such as "from 249 USD per month"."""
    kind = FactKind(row["kind"])
    unit = None if kind in _NO_UNIT else row["unit"]
    if unit and kind in _BELONGS_TO:
        unit = f"({unit})"
    value = words.LINES.get(row["value"], row["value"])
    return " ".join(filter(None, (_BEFORE.get(kind), value, unit)))
