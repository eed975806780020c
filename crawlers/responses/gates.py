"""Pages that ask their visitor to say something first: of age, that they agree, what they are.

We say nothing of the kind, and press nothing that does. Where the page's words stand behind the
question they are read; where they are not sent at all, the page is known and was not read. A quiz
that begins with "Are you 18 or older?" is none: what leads on says "Enter", or "I am over 18".
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_WORDS = 70
_NUMBER = r"(?:1[89]|2[01]|eighteen|twenty[- ]one)"
_ASKS = re.compile(
    r"\b(?:are you|you are|i am|must be)(?: (?:at least|over|above|aged?))*(?: the age of)?"
    rf" {_NUMBER}\b"
    r"|\bage verification\b|\b(?:verify|confirm) your age\b|\bof legal age\b"
    r"|\bare you an? (?:(?:us|u\.s\.|licensed|registered) )*(?:health ?care|medical)"
    r" (?:professional|provider)\b",
    re.IGNORECASE,
)
# A banner on cookies says the like, and the page stands behind it.
_ASKS_TO_AGREE = re.compile(
    r"\b(?:accept|agree to) (?:our|the|these|all) [^.?!]{0,80}\b(?:to|before you|in order to)"
    r" (?:continue|proceed|enter|view|access|read|see)\b"
    r"|\bbefore you (?:continue|enter|proceed)\b",
    re.IGNORECASE,
)
# What a button or a link of a gate's says, and one of a quiz does not.
_SITE = r"(?: (?:the |this |our )?(?:web ?)?(?:site|page))"
_OLD = rf"(?:at least |over |above |not |under )*{_NUMBER}\b.{{0,20}}"
_LEADS_ON = re.compile(
    rf"(?:yes\W+)?(?:enter|(?:enter|continue|proceed)(?: to)?{_SITE})"
    rf"|(?:no\W+)?(?:exit|leave){_SITE}?"
    rf"|(?:(?:yes|no)\W+)?i(?:['’]m| am) {_OLD}"
    r"|(?:yes\W+)?i (?:agree|accept)|(?:agree|accept) (?:and|&) (?:enter|continue|proceed)",
    re.IGNORECASE,
)
_AROUND = ["nav", "header", "footer", "select"]
_PRESSED = "a, button, [role=button], input[type=submit], input[type=button]"


def look(tree: LexborHTMLParser, own_words: int) -> str:
    """What a page asks its visitor to say before there is anything to read; empty: nothing.

    Args:
        tree: the page without scripts.
        own_words: how many words it has beside links, buttons and what stands around all pages.
    """
    if tree.body is None or own_words > _MOST_WORDS:
        return ""
    own = tree.clone()
    own.strip_tags(_AROUND)
    said = " ".join(own.body.text(separator=" ").split()) if own.body else ""
    asks = _ASKS.search(said)
    if asks is None and "cookie" not in said.lower():
        asks = _ASKS_TO_AGREE.search(said)
    if asks is None or not any(map(_leads_on, own.css(_PRESSED))):
        return ""
    return f"it asks first: '{asks[0][:60]}'"


def _leads_on(node: LexborNode) -> bool:
    said = node.text(separator=" ") or node.attributes.get("value") or ""
    return _LEADS_ON.fullmatch(re.sub(r"^\W+|\W+$", "", " ".join(said.split()))) is not None
