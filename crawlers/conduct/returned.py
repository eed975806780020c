"""Cookies that a redirect sets and the same address wants back: shown there, and then forgotten.

Some sites send a visitor in a circle until the cookie comes back that they set on the way. A
browser gives it back; nothing of it is kept beyond the one address that was asked for.
"""

from __future__ import annotations

import re

from crawlers.conduct.evidence import Exchange
from crawlers.identity.provider_ids import host_of

_COOKIE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21-\x2b\x2d-\x3a\x3c-\x7e]*)\s*(?:;.*)?")
_MOST, _MOST_BYTES = 20, 4_096


class Returned:
    """What was set on the way to one page, by host, and which addresses were shown it."""

    def __init__(self) -> None:
        self._set: dict[str, dict[str, str]] = {}
        self._shown: dict[str, str] = {}

    def take(self, answer: Exchange) -> None:
        """Remember what an answer sets for its host."""
        for name, value in answer.headers:
            said = _COOKIE.fullmatch(value.strip()) if name.lower() == "set-cookie" else None
            if said:
                self._set.setdefault(host_of(answer.url), {})[said[1]] = said[2]

    def cookies(self, url: str) -> str:
        """What is to be shown to an address that was asked before; empty: nothing that is new."""
        kept = list(self._set.get(host_of(url), {}).items())[:_MOST]
        told = "; ".join(f"{name}={value}" for name, value in kept)
        return "" if told == self._shown.get(url) or len(told) > _MOST_BYTES else told

    def show(self, url: str) -> str:
        """The same, and note that it is shown."""
        self._shown[url] = told = self.cookies(url)
        return told
