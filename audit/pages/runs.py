"""Runs of text as a browser writes them: white space collapsed, lines broken where they end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.text.left_open import goes_on

BREAK = "\0"  # a ``<br>``; parsed text never holds this character
_PARAGRAPH = re.compile(r"\0\s*\0[\0\s]*")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"[•●▪■◆◦‣·✓✔✅☑✗✘✕✖❌❎⛔🚫☐☒►▶➤➔→*–—-]|\(?\d{1,2}[.)]")
_LINE_END = tuple('.!?:;”"…)')
_BLANK = f"{BREAK} \t\n\r\f"
# So much of a line tells whether its sentence goes on.
_TAIL = 60
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0 "


def texts(raw: str, *, one_line: bool = False) -> list[str]:
    """The texts of a run of canonical markup; two breaks in a row part paragraphs.

    Args:
        raw: its pieces, joined.
        one_line: breaks are for looks, as in a heading.
    """
    if "&" in raw:
        raw = unescape(raw)
    if one_line:
        raw = raw.replace(BREAK, " ")
    if BREAK in raw:
        return [text for part in _PARAGRAPH.split(raw) if (text := _lines(part)).strip(_NOTHING)]
    text = collapse(raw)
    return [text] if text and (text.isascii() or text.strip(_NOTHING)) else []


def unescape(text: str) -> str:
    """Canonical text to characters; only these are escaped in it."""
    text = text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")


def collapse(text: str) -> str:
    """White space to single blanks, as browsers do: a no-break space stays what it is."""
    if text.isascii():
        return " ".join(text.split())
    return _SPACE.sub(" ", text).strip(" ")


def is_open(raw: str) -> bool:
    """Whether a run breaks off in the midst of a sentence."""
    text = raw.rstrip(_BLANK)
    return text != "" and not text.endswith(_LINE_END)


def key(text: str) -> str:
    """A text without white space and case, to tell whether it is the same."""
    return "".join(text.split()).casefold()


def _lines(text: str) -> str:
    """One text; a ``<br>`` ends a line unless the sentence plainly runs on."""
    return in_lines(text.split(BREAK))


def in_lines(lines: Iterable[str]) -> str:
    """Lines as one text, a line for each that begins something new."""
    joined = last = ""
    for line in map(collapse, lines):
        if line and joined:
            ends = joined.endswith(_LINE_END) or line[0].isupper() or _BULLET.match(line)
            joined += "\n" if ends and not _runs_on(last, line) else " "
        joined += line
        last = line or last
    return joined


def _runs_on(last: str, line: str) -> bool:
    return _BULLET.match(line) is None and goes_on(last[-_TAIL:].rstrip(), line)
