"""Marks that were damaged on their way to a page: "isnâ€™t", "isn‚Äôt", "isn\\'t".

Read as it stands, such a word denies nothing, and its sentence says the opposite.
"""

from __future__ import annotations

import re

# Stands in the place of characters that are left out; it vanishes in folding.
_NOTHING = "\u200b"

_MARKS, _SHORT_MARKS = "’‘“”–—…•™", "®\u00a0"
# What UTF-8 is most often taken for, beside windows-1252. Of those with an alphabet in their upper
# half, two characters may be a word: there only marks of three are told.
_CODECS, _NO_ALPHABETS = ("cp1250", "cp1251"), ("mac-roman", "cp437", "cp850")
# A Chinese reader takes the letter after an apostrophe with it.
_AFTER_APOSTROPHE = "tsrvldm"


def _misread(text: str, codec: str) -> str:
    """A text's UTF-8, taken for something else; controls stand in the gaps of windows-1252."""
    if codec != "cp1252":
        return text.encode().decode(codec, errors="replace")
    read = (bytes([b]).decode(codec, errors="ignore") or chr(b) for b in text.encode())
    return "".join(read)


def _damaged() -> dict[str, str]:
    found = {_misread(mark, codec): mark for codec in _CODECS for mark in _MARKS}
    for mark in _MARKS + _SHORT_MARKS:
        found |= {_misread(mark, codec): mark for codec in _NO_ALPHABETS}
        once = _misread(mark, "cp1252")
        twice = _misread(once, "cp1252")
        found |= {once: mark, twice: mark, _misread(twice, "cp1252"): mark}
        controls = _misread(mark, "latin-1")
        found |= {controls: mark, _misread(controls, "latin-1"): mark}
        found[_misread(controls, "cp1252")] = mark
    found |= {_misread(f"’{letter}", "gbk"): f"’{letter}" for letter in _AFTER_APOSTROPHE}
    return {text: mark for text, mark in found.items() if "\ufffd" not in text}


# Each damaged mark, and what it was; "â€" alone has lost its last byte, and "Â" a no-break space.
DAMAGED = {"â€": "”", "Â": "", **_damaged()}
_LONGEST_FIRST = sorted(DAMAGED.keys() - {"Â"}, key=len, reverse=True)
_EACH = "|".join((*map(re.escape, _LONGEST_FIRST), r"(?<![A-Z])Â(?=\s)"))
PATTERN = rf"(?=[{''.join(sorted({text[0] for text in DAMAGED}))}])(?:{_EACH})"

# An apostrophe that got lost, stands there twice or behind a stroke, or was one in another code.
_LOST = re.compile(
    r"(?<=[a-z])(?:\?{1,3}|\ufffd{1,3}|\\['’]|''|’’|[âÕ¹¿])(?=(?:t|s|re|ve|ll|d|m)\b)",
    re.IGNORECASE,
)
_LOST_MARKS = (*"?\ufffd\\âÕ¹¿", "''", "’’")
_VERB = r"\b(?:is|are|do|does|did|was|were|has|have|had|wo|would|could|should|ca|must|need)"
# "isn" is no word, so whatever stands between it and a "t" was an apostrophe.
_IN_NOT = re.compile(
    rf"{_VERB}n(?P<mark>(?:[^\w\s.,;:!?()/|*-]|_|[^\x00-\x7f\s]){{1,12}}"
    r"|(?:â€|aEUR)\(?TM\)?|\s?(?:['’‘´]|â€™)\s?)t(?![\w'’-])",
    re.IGNORECASE,
)
# Most texts hold none of these; that is quickly seen.
_ODD = re.compile(r"[^\w\s.,;:!?()/|*'’“”–—-]|[^\x00-\x7f’“”–—]|_")
_LOOSE = ("n '", "n ’", "n' ", "n’ ", "n''", "n’’", "TM")
_LOST_IN_NOT = re.compile(rf"(?!ca|must|need){_VERB}n(?P<mark> )t\b", re.IGNORECASE)
_EARLY_IN_NOT = re.compile(rf"({_VERB})['’]nt\b", re.IGNORECASE)
_APART_IN_NOT = re.compile(rf"{_VERB}(?P<mark> )n['’]t\b", re.IGNORECASE)
# Struck out letter by letter, or by marks of plain text: "~~a nurse stays~~".
_STRUCK = re.compile(r"(?:[^\n][\u0335\u0336])+|~~(?=\S)[^~\n]{1,400}(?<=\S)~~")
_SPELT_OUT = re.compile(r"(?<![\w-])n([ -])o\1t(?![\w-])", re.IGNORECASE)
# "It is not ... approved", "it is not (yet) approved": what denies reaches over a pause.
_PAUSED = re.compile(
    r"\b(?:(?<!\bif )(?<!\bor )not|never|[a-z]+n['’]t)"
    r"(?:(?P<dots>\s*(?:…|\.(?:\s?\.)+))(?=\s)|\s\((?=yet\))yet\))",
    re.IGNORECASE,
)
# Marks of plain text: "it is _not_ approved".
_UNDERLINED = re.compile(r"(?<!\w)_(not|never|no|cannot)_(?!\w)", re.IGNORECASE)


def respelt(text: str) -> str:
    """The same text where apostrophes stand in their places, a character for a character."""
    text = text.replace("`", "'")
    if "\u0336" in text or "\u0335" in text or "~~" in text:
        text = _STRUCK.sub(lambda found: _NOTHING * len(found[0]), text)
    if any(mark in text for mark in _LOST_MARKS):
        text = _LOST.sub(_apostrophe, text)
    if _ODD.search(text) or any(mark in text for mark in _LOOSE):
        text = _IN_NOT.sub(_apostrophe, text)
    if "n t" in text:
        text = _LOST_IN_NOT.sub(_apostrophe, text)
    if " n'" in text or " n’" in text:
        text = _APART_IN_NOT.sub(lambda found: found[0].replace(" ", _NOTHING), text)
    if "o t" in text or "-o-" in text or "O T" in text or "-O-" in text:
        text = _SPELT_OUT.sub(lambda found: re.sub("[ -]", _NOTHING, found[0]), text)
    if "…" in text or ".." in text or ". ." in text or "(yet)" in text:
        text = _PAUSED.sub(lambda found: re.sub(r"[…().]", _NOTHING, found[0]), text)
    if "'nt" in text or "’nt" in text:
        text = _EARLY_IN_NOT.sub(r"\1n't", text)
    return _UNDERLINED.sub(r"*\1*", text) if "_" in text else text


def _apostrophe(found: re.Match[str]) -> str:
    start, end = found.span("mark") if "mark" in found.re.groupindex else found.span()
    before, after = found[0][: start - found.start()], found[0][end - found.start() :]
    return f"{before}'{_NOTHING * (end - start - 1)}{after}"
