"""Attributes in which an element carries the data that a script draws it from.

Inertia and Livewire keep a whole page so, React and Vue the properties of one component.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = (
    r"(?:data-page|wire:(?:snapshot|initial-data)|(?:v-bind)?:[\w-]+"
    r"|data-(?:[\w-]+-)?(?:props|state|model|payload|json|items|faqs?|questions|slides|tabs|data"
    r"|context|value))"
)
_WRITTEN = re.compile(rf' {_NAME}="[\[{{]')
_NAMED = re.compile(_NAME)


def hold_data(written: str) -> bool:
    """Whether attributes, as they are written, may hold data."""
    may_hold = '="{' in written or '="[' in written
    return may_hold and _WRITTEN.search(written) is not None


def data_of(given: dict[str, str]) -> Iterator[str]:
    """What looks like data in an element's attributes."""
    for name, value in given.items():
        if value.startswith(("{", "[")) and _NAMED.fullmatch(name):
            yield value
