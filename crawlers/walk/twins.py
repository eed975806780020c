"""One page under two addresses (``/faq`` and ``/faq.html``): it is read twice, and counts once."""

from __future__ import annotations

from collections.abc import Iterable

from crawlers.links.links import spelling


class Twins:
    """The bodies that a site's addresses answered with, by what their spellings have in common."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        """Start with what was met before: addresses, each with its body's digest."""
        self._met: dict[tuple[str, str], str] = {}
        for url, digest in known:
            self._met.setdefault((spelling(url), digest), url)

    def is_met(self, url: str, digest: str) -> bool:
        """Whether the same body came from another spelling of this address; it is remembered."""
        return self._met.setdefault((spelling(url), digest), url) != url
