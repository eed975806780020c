"""Text folded for matching, with the way back to the text as it stands on the page.

Patterns are written in plain lower-case ASCII; pages hold curly apostrophes, no-break spaces, soft
hyphens, ligatures, look-alike letters and text that was decoded wrongly twice. What is folded is
only ever matched: quotes are sliced from the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from audit.text.respelling import DAMAGED, PATTERN, respelt

# What compatibility decomposition leaves, or would turn into another word: "№" would become "no",
# "½" after a digit another number, "approved²" and "Spravato™" one word with their mark.
_SPECIAL = {
    **dict.fromkeys("‘’‚‛′‵ʹʻʼʽˈ´＇", "'"),
    **dict.fromkeys("“”„‟«»″‶", '"'),
    **dict.fromkeys("‐‑‒–−﹣－⁃", "-"),
    **dict.fromkeys("—―", " - "),
    **dict.fromkeys("✓✔☑✅🗸\uf00c\uf058", "✓"),  # the last two in the most common font of icons
    **dict.fromkeys("✗✘✕✖☒❌❎🗙\uf00d\uf057", "✗"),
    **dict.fromkeys("†‡", "*"),
    **dict.fromkeys("™®©℠ªº", ""),
    **{mark: f"^{digit}" for digit, mark in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "№": "#",
    "⁄": "/",
    "ı": "i",
    "ß": "ss",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
}
# Cyrillic and Greek letters that look like Latin ones, and small capitals.
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвкмнтαβεικνορτυχμᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijsdhlqwbkmhtabeiknoptyxuabcdefghijklmnoprstuvwyz",
)
_FRACTION = "VULGAR FRACTION"
# Texts up to this length are remembered: some hundred kB in all, whatever is read.
_SHORT = 400

# UTF-8 that was read as windows-1252, once: a lead byte's character and its continuation bytes'.
_CONTINUATION = "".join(
    bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
_LATER = f"[{re.escape(_CONTINUATION)}]"
_MOJIBAKE = rf"[\u00c2-\u00df]{_LATER}|[\u00e0-\u00ef]{_LATER}{{2}}|[\u00f0-\u00f4]{_LATER}{{3}}"
# A character's name that was escaped twice or more, and so is seen: "don&rsquo;t".
_NAMED = r"&(?:amp;){0,3}(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}\d?);"
_PIECE = re.compile(
    rf"(?P<plain>[!-%'-~]+(?: [!-%'-~]+)*)|(?P<space>\s+)"
    rf"|(?P<damaged>{PATTERN})|(?P<twice>{_MOJIBAKE})|(?P<named>{_NAMED})|.",
    re.S,
)


class Folded(NamedTuple):
    """Folded text; ``starts`` and ``ends`` place each of its characters in the original.

    Both are ``None`` where every character stands for the one at its own place.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the original that holds ``[start, end)``, which is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text; white space becomes single spaces, characters that are not seen vanish."""
    return _remembered(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> Folded:
    # A sentence is folded for its words, its mentions, its signs ..., a heading for each of these.
    return _fold(text)


def _fold(text: str) -> Folded:
    text = respelt(text)
    named = "&" in text and ";" in text
    if text.isascii() and text.isprintable() and "  " not in text and not named:
        return Folded(text.lower())
    folded = _Folding()
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if match.lastgroup == "plain":
            folded.add_plain(match.group().lower(), start)
        elif match.lastgroup == "space":
            folded.add(" ", start, end)
        elif match.lastgroup == "damaged":
            folded.add("".join(map(_fold_character, DAMAGED[match.group()])), start, end)
        elif match.lastgroup == "twice":
            folded.add(_once(match.group()), start, end)
        elif match.lastgroup == "named":
            name = re.sub("&(?:amp;)+", "&", match.group())
            folded.add("".join(map(_fold_character, unescape(name))), start, end)
        else:
            folded.add(_fold_character(match.group()), start, end)
    return Folded("".join(folded.pieces), tuple(folded.starts), tuple(folded.ends))


class _Folding:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add_plain(self, text: str, start: int) -> None:
        self.pieces.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def add(self, text: str, start: int, end: int) -> None:
        if text.startswith(" ") and self.pieces and self.pieces[-1].endswith(" "):
            text = text[1:]
        if text:
            self.pieces.append(text)
            self.starts.extend([start] * len(text))
            self.ends.extend([end] * len(text))


def _once(text: str) -> str:
    """The text behind one wrongly decoded character, folded; the text itself if there is none."""
    raw = b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in text)
    try:
        return "".join(map(_fold_character, raw.decode("utf-8")))
    except UnicodeDecodeError:
        return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    known = _SPECIAL.get(character)
    if known is not None:
        return known
    if "\x80" <= character < "\xa0":  # windows-1252 that was taken for ISO 8859-1
        return "".join(map(_fold_character, bytes([ord(character)]).decode("cp1252", "ignore")))
    decomposed = unicodedata.normalize("NFKD", character)
    if _FRACTION in unicodedata.name(character, ""):
        decomposed = " " + decomposed
    seen = "".join(c for c in decomposed.lower() if unicodedata.category(c) not in _UNSEEN)
    return "".join(_SPECIAL.get(c, c) for c in seen.translate(_LOOK_ALIKE))


# Format characters (zero width, soft hyphen), controls, combining marks, surrogates.
_UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}
