"""Names over and under what somebody says of himself: a patient's, or that of one who treats."""

from __future__ import annotations

from audit.concepts import expressions

_WORDING = expressions.beside(__file__)
_SIGNED_WORDS = 12


def is_patients(signature: str) -> bool:
    """Whether a line is a patient's name, as one stands under what patients say."""
    name = signature.rpartition(", ")[0] if _WORDING["of_town"](signature) else signature
    return _WORDING["patient_below"](name) is not None and not _WORDING["staff"](name)


def names_patient(heading: str) -> bool:
    """Whether a heading is a patient's name, whatever stands over it."""
    return _WORDING["patient_above"](heading) is not None and not _WORDING["staff"](heading)


def names_anybody(heading: str) -> bool:
    """Whether a heading is a name with a town, an age or a trade."""
    return _WORDING["anybody"](heading) is not None


def is_staffs(signature: str) -> bool:
    """Whether a short line names somebody of the house, in whatever way he serves it."""
    return len(signature.split()) <= _SIGNED_WORDS and _WORDING["staff"](signature) is not None


def is_clinicians(signature: str) -> bool:
    """Whether a line is the name of one who treats, and no sentence about him."""
    if len(signature.split()) > _SIGNED_WORDS or _WORDING["sentence"](signature):
        return False
    return _WORDING["clinician"](signature) is not None
