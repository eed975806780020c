"""The kinds of facts that a provider tells about itself: the closed list behind ``facts.kind``."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """What a fact is about; its value and unit are described in ``publish/dictionary.toml``."""

    SERVICE_LINE = "service-line"
    DOSE_FORM = "dose-form"
    CONDITION = "condition"
    PRICE = "price"
    PRICE_FROM = "price-from"
    PRICE_TO = "price-to"
    PRICE_COVERS = "price-covers"
    INSURANCE = "insurance"
    SESSIONS = "sessions"
    SESSIONS_FROM = "sessions-from"
    SESSIONS_TO = "sessions-to"
    RESPONSE_FIGURE = "response-figure"
    RESPONSE_FIGURE_FROM = "response-figure-from"
    RESPONSE_FIGURE_TO = "response-figure-to"
    STATE_SERVED = "state-served"
    STATE_COUNT = "state-count"
    CLINICIAN = "clinician"
    CLINICIAN_ROLE = "clinician-role"
    PHARMACY = "pharmacy"
    PHARMACY_TYPE = "pharmacy-type"
    CERTIFICATION = "certification"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    FOUNDED = "founded"
    TRACK_RECORD = "track-record"
