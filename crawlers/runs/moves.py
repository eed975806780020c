"""Providers whose home page leads for good to another domain: moves, for a person to decide.

A clinic that goes by another name, one that was bought, a domain that somebody else has now: the
redirect is the same. So it is told, and nothing is followed before somebody has looked at it.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping

from crawlers.identity.likeness import pair_key
from crawlers.identity.provider_ids import shared_hosts, website_id
from crawlers.responses.failures import seen_in
from data.failure_reasons import OFF_SITE
from data.models import Failure, Issue, Page
from data.vocabulary import PageType

_FOR_GOOD = frozenset({301, 308})


def proposed(pages: Iterable[Page], failures: Iterable[Failure]) -> dict[str, str]:
    """Provider id -> where its home page leads, each step for good, and ends at one's own domain.

    Args:
        pages: the run's captures, redirects too.
        failures: its failures.
    """
    away = {
        (f.provider_id, f.url): seen_in(f)
        for f in failures
        if f.failure_class == OFF_SITE and f.expected_type == PageType.HOME
    }
    steps: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for page in pages:
        if (page.provider_id, page.url) in away:
            steps[page.provider_id, page.url].add(page.status)
    return {
        provider_id: target
        for (provider_id, url), target in sorted(away.items())
        if steps[provider_id, url]
        and steps[provider_id, url] <= _FOR_GOOD
        and website_id(target, shared_hosts())
    }


def told(moves: Mapping[str, str], known: Iterable[str]) -> list[Issue]:
    """What is to be said of each, with the decision that a person may make.

    Args:
        moves: as ``proposed`` gives them.
        known: ids of the providers that the run is about.
    """
    listed = set(known)
    return [
        Issue(
            provider_id,
            f"its home page leads for good to {target}, another domain.",
            "Look who is there. The same provider: " + _decision(provider_id, target, listed),
        )
        for provider_id, target in moves.items()
    ]


def _decision(provider_id: str, target: str, listed: set[str]) -> str:
    """The commands that keep the id and follow it to where it is now."""
    there = website_id(target, shared_hosts()) or ""
    follow = f"ketawatch merges homepage {shlex.quote(provider_id)} {shlex.quote(target)}"
    if there in listed and there != provider_id:
        pair = shlex.quote(pair_key(provider_id, there))
        keep = f"ketawatch merges accept {pair} --keep {shlex.quote(provider_id)}"
        return f"{keep}, then {follow}. Another one, or none: mend the status in providers.csv."
    return f"{follow}. Another one, or none: mend the status in providers.csv."
