"""What joining two rows of ``providers.csv`` makes of them, and how it is taken back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from data.models import Provider
from data.vocabulary import ProviderStatus


def from_json(row: dict[str, Any]) -> Provider:
    """A row as a decision keeps it: JSON has no tuples."""
    names = {f.name for f in fields(Provider)}
    values: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in names
    }
    return Provider(**values)


def joined(kept: Provider, gone: Provider) -> Provider:
    """The row that stays, with what it lacked."""
    homepage = kept.homepage or gone.homepage
    waits = kept.status == ProviderStatus.HOMEPAGE_UNKNOWN and homepage
    return replace(
        kept,
        homepage=homepage,
        status=str(ProviderStatus.ACTIVE) if waits else kept.status,
        service_lines=_union(kept.service_lines, gone.service_lines),
        states=_union(kept.states, gone.states),
        source=_union(kept.source, gone.source),
        first_listed=min(filter(None, (kept.first_listed, gone.first_listed)), default=None),
    )


def _union(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *other]))


_CHANGED = ("homepage", "status", "service_lines", "states", "source", "first_listed")


def as_before(now: Provider, before: Provider, made: Provider | None) -> Provider:
    """What a merge had changed goes back; what somebody mended or decided since stays.

    Args:
        now: the row as it stands.
        before: the row as it stood before the merge.
        made: the row as the merge had left it; None where nobody wrote that down, and then all that
            it may have changed goes back.
    """
    back = {
        name: getattr(before, name)
        for name in _CHANGED
        if made is None or getattr(now, name) == getattr(made, name)
    }
    return replace(now, **back)
