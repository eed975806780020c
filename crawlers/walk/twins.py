"""One body under two addresses: ``/faq`` and ``/faq.html``, or the home page's under many.

A page under two spellings of its address is read twice, and counts once. An application's host
sends the home page for every address, and scripts make another page of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from crawlers.conduct.evidence import Exchange
from crawlers.links.links import spelling


class Twins:
    """The bodies that a site's addresses answered with, by what their spellings have in common."""

    def __init__(self, home: str, known: Iterable[tuple[str, str]]) -> None:
        """Start with what was met before: addresses, each with its body's digest."""
        self._home = spelling(home)
        self._met: dict[tuple[str, str], str] = {}
        for url, digest in known:
            self._met.setdefault((spelling(url), digest), url)

    def echoes_home(self, answer: Exchange | None) -> bool:
        """Whether an answer is the home page's, byte by byte."""
        if answer is None:
            return False
        return (self._home, hashlib.sha256(answer.body).hexdigest()) in self._met

    def is_met(self, url: str, digest: str) -> bool:
        """Whether the same body came from another spelling of this address; it is remembered."""
        return self._met.setdefault((spelling(url), digest), url) != url
