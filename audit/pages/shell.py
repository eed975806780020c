"""Pages that are an empty frame until scripts fill them."""

from __future__ import annotations

import re

from audit.pages.markup import Markup

_FEW_WORDS = 40
# Where frameworks mount an application: nothing, or a loading notice, stands in it.
_MOUNT = re.compile(
    r'<(?:(?:div|main|section)[^>]* id="(?:root|app|__next|__nuxt|___gatsby|app-root|svelte'
    r'|react-root|main-app)"[^>]*'
    r"|app-root[^>]*)>"
    r"(?:\s*<(?:div|span|p|svg|img)[^>]*>){0,4}\s*+(?:loading|please wait)?[\s.…]*+</",
    re.IGNORECASE,
)
_ASKS_FOR_SCRIPTS = re.compile(
    r"(?:enable|requires?|need|turn on|activate)\b[^<]{0,40}\bjava ?script|java ?script\b[^<]{0,40}"
    r"\b(?:enabled?|required|disabled)",
    re.IGNORECASE,
)


def is_shell(markup: Markup, words: int) -> bool:
    """Whether a page has scripts, next to no words, and a place or a notice that waits for them."""
    if words >= _FEW_WORDS or not markup.scripts:
        return False
    return any(pattern.search(markup.html) for pattern in (_MOUNT, _ASKS_FOR_SCRIPTS))
