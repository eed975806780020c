"""Which of many expressions may stand in a text, by one look of RE2 at all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

import re2

# Texts of which is remembered what may stand there: each is asked for one expression after another.
_REMEMBERED = 64
_MEMORY = 32 << 20
# RE2 reads this as it stands, Python as "none to three".
_AT_MOST = "{,"


class OneLook:
    """Expressions by name.

    Most of them stand in hardly any text, and Python tries each at every letter. What RE2 cannot
    read, as it looks ahead or back, may stand anywhere, and so may all in a text that is not plain:
    there the two differ on what a letter or a blank is.
    """

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        options = re2.Options()
        options.never_capture, options.log_errors, options.max_mem = True, False, _MEMORY
        self._set, self._told = re2.Set.SearchSet(options), [""]
        self._anywhere = self._set.Add("")
        for name, pattern in patterns.items():
            with suppress(re2.error):
                self._set.Add(_for_re2(pattern))
                self._told.append(name)
        self._set.Compile()
        self._every = frozenset(patterns)
        self._untold = self._every.difference(self._told)
        self.may_stand = lru_cache(maxsize=_REMEMBERED)(self._may_stand)

    def _may_stand(self, text: str) -> frozenset[str]:
        """The names of those that may stand somewhere in a text."""
        if not (text.isascii() and text.isprintable()):
            return self._every
        found = self._set.Match(text)
        # What stands anywhere is not found where RE2 has run out of memory.
        if not found or self._anywhere not in found:
            return self._every
        return self._untold.union(self._told[number] for number in found if number)


def _for_re2(pattern: re.Pattern[str]) -> str:
    if _AT_MOST in pattern.pattern:
        raise re2.error(_AT_MOST)
    return f"(?i){pattern.pattern}" if pattern.flags & re.IGNORECASE else pattern.pattern
