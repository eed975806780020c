"""Which of many expressions may stand in a text, by one look of RE2 at all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

import re2

# Texts of which is remembered what may stand there: each is asked for one expression after another.
_REMEMBERED = 64
_MEMORY = 4 << 20
# RE2 reads this as it stands, Python as "none to three".
_AT_MOST = "{,"


class OneLook:
    """Expressions by name: most of them stand in hardly any text, and Python tries each everywhere.

    ``told``: those that RE2 can read, as they look neither ahead nor back. In a text that is not
    plain all may stand: there the two differ on what a letter or a blank is.
    """

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        options = re2.Options()
        options.never_capture, options.log_errors, options.max_mem = True, False, _MEMORY
        self._set = re2.Set.SearchSet(options)
        self.told: list[str] = []
        for name, pattern in patterns.items():
            with suppress(re2.error):
                self._set.Add(_for_re2(pattern))
                self.told.append(name)
        # It stands in every text; where it was not found RE2 has run out of memory.
        self._anywhere = self._set.Add("")
        self._set.Compile()
        self._every = frozenset(self.told)
        self.may_stand = lru_cache(maxsize=_REMEMBERED)(self._may_stand)

    def _may_stand(self, text: str) -> frozenset[str]:
        """The names of those that may stand somewhere in a text."""
        if not (text.isascii() and text.isprintable()):
            return self._every
        *found, last = sorted(self._set.Match(text) or [-1])
        return frozenset(self.told[n] for n in found) if last == self._anywhere else self._every


def _for_re2(pattern: re.Pattern[str]) -> str:
    if _AT_MOST in pattern.pattern:
        raise re2.error(_AT_MOST)
    return f"(?i){pattern.pattern}" if pattern.flags & re.IGNORECASE else pattern.pattern
