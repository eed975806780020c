"""Names over and under what somebody says of himself: a patient's, or that of one who treats."""

from __future__ import annotations

import re

# "Step A.", "Vitamin B.", "Signature, patient" are no names.
_NAME = (
    r"(?!(?:step|plan|part|section|appendix|exhibit|schedule|option|building|suite|unit|room|group"
    r"|form|phase|type|class|stage|level|vitamin|hepatitis|figure|table|note|annex|patient|client"
    r"|member|full|printed|print|your|name|signature|signed|date|initials|witness|thanks)\b)"
    r"(?-i:[A-Z])[\w'’-]+"
)
_DASH, _THEN = r"[-–—―~]", r"\s?[,|(–—-]\s?"
# "— Ana R.", "Ana R., Austin", "Ana, verified patient".
_PATIENT_BELOW = re.compile(
    rf"{_DASH}?\s?{_NAME} (?-i:[A-Z])\.(?:{_THEN}[\w .,'’-]{{2,30}}\)?)?"
    rf"|{_DASH}\s?{_NAME} (?-i:[A-Z])"
    rf"|{_DASH}?\s?{_NAME}(?: (?-i:[A-Z])[\w'’-]*\.?)?{_THEN}"
    r"(?:[a-z]+ ){0,3}(?:patient|client|member|customer)\)?",
    re.IGNORECASE,
)
# "Ana R.", "Bo T., teacher".
_PATIENT_ABOVE = re.compile(rf"{_NAME} (?-i:[A-Z])\.(?:,? [\w .'’-]{{2,30}})?", re.IGNORECASE)
# Any name with an age or a town; "Before, during and after" is none.
_ANYBODY = re.compile(rf"{_NAME}(?: (?-i:[A-Z])[\w'’-]*\.?)?, (?!.*\band\b)[\w .'’-]{{2,30}}", re.I)
_LETTERS = (
    r"(?-i:M\.?D|D\.?O|NP|PMHNP|FNP|APRN|DNP|CRNA|RN|BSN|PA-C|PhD|PsyD|PharmD|LCSW|LMFT|LPC|LMHC)\b"
)
# Nobody who was treated is called so where he is quoted; a nurse may be, who then is not taken
# for a patient.
_STAFF = re.compile(
    rf"\bdr\b|\b{_LETTERS}|(?<=\., )(?-i:PA)$|\b(?-i:CEO|COO|CMO)\b|founder|owner|president"
    r"|director|\b(?:nurse|practitioner|physician|doctor|psychiatrist|psychologist|therapist|counsell?or"
    r"|anesthesi\w+|clinician|pharmacist|guide|coach|facilitator|coordinator|manager|staff|team"
    r"|lead|board|faculty|care)\b",
    re.IGNORECASE,
)
# "Ana R., Bethesda, MD" lives in Maryland.
_OF_TOWN = re.compile(rf"({_NAME} [A-Z]\., [A-Z][a-z]+(?: [A-Z][a-z]+)?), (?:MD|PA)")
# "Thank you, Dr. Rowan" is said by a patient.
_WHOLE_NAME = rf"{_NAME}(?: (?-i:[A-Z])\.?)? {_NAME}"
_CLINICIAN = re.compile(
    rf"{_DASH}?\s?(?:Dr\.? {_NAME}(?: (?-i:[A-Z])[\w.'’-]*){{0,2}}(?:,.*)?"
    rf"|{_WHOLE_NAME},? {_LETTERS}.*"
    rf"|{_WHOLE_NAME}{_THEN}(?:our |the )?(?:(?:co-?)?founder|(?:medical|clinical) director)\b"
    r"(?! of an? ).*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[!?]|\b(?:you|thanks?|is|was|has|my|me)\b|[a-z]{3}\.$", re.IGNORECASE)
_SIGNED_WORDS = 12


def is_patients(signature: str) -> bool:
    """Whether a line is a patient's name, as one stands under what patients say."""
    town = _OF_TOWN.fullmatch(signature)
    name = town[1] if town else signature
    return _PATIENT_BELOW.fullmatch(name) is not None and not _STAFF.search(name)


def names_patient(heading: str) -> bool:
    """Whether a heading is a patient's name, whatever stands over it."""
    return _PATIENT_ABOVE.fullmatch(heading) is not None and not _STAFF.search(heading)


def names_anybody(heading: str) -> bool:
    """Whether a heading is a name with a town, an age or a trade."""
    return _ANYBODY.fullmatch(heading) is not None


def is_clinicians(signature: str) -> bool:
    """Whether a line is the name of one who treats, and no sentence about him."""
    if len(signature.split()) > _SIGNED_WORDS or _SENTENCE.search(signature):
        return False
    return _CLINICIAN.fullmatch(signature) is not None
