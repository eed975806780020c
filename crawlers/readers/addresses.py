"""A website as a cell of a list holds it: wrapped, quoted, one of several, or by way of others."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

# The second of several, and what a document or a spreadsheet puts around one.
_ANOTHER = re.compile(r"[\s,;|]+(?=https?:/|www[.]).*", re.IGNORECASE | re.DOTALL)
_WITHIN = re.compile(r"https?://[^\s\"'<>()\[\]]+", re.IGNORECASE)
_WRAPPED = ("<", "[", "(", '"', "'", "=")
# Search engines and networks lead out by way of themselves.
_WAY_OUT = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/url|lm?\.(?:facebook|instagram)\.com/(?:l\.php)?)\?",
    re.IGNORECASE,
)
_END = re.compile(r"(?:%20|%C2%A0|[,;\s])+$")


def first_address(cell: str) -> str:
    """The first address in a cell, as far as one can be told; else the cell as it stands."""
    if cell.startswith(_WRAPPED):
        found = _WITHIN.search(cell)
        cell = found[0] if found else cell.strip("<>()[]\"'=")
    way_out = _WAY_OUT.match(cell)
    if way_out:
        led = dict(parse_qsl(cell[way_out.end() :]))
        cell = next((led[name] for name in ("q", "url", "u") if led.get(name)), cell)
    path, mark, query = _ANOTHER.sub("", cell).partition("?")
    plain = path.replace("\\", "/")
    return f"{plain}?{query}" if mark else _END.sub("", plain)
