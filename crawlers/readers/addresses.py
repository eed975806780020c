"""A website as a cell of a list holds it: wrapped, quoted, one of several, or by way of others."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

# The second of several, and what a document or a spreadsheet puts around one.
_ANOTHER = re.compile(r"[\s,;|]+(?=https?:/|www[.]).*", re.IGNORECASE | re.DOTALL)
_WITHIN = re.compile(r"https?://[^\s\"'<>()\[\]\u2018-\u201f\u2039\u203a]+", re.IGNORECASE)
_MARKS = "<>()[]\"'=\u2018\u2019\u201c\u201d\u2039\u203a\u00ab\u00bb"
_WRAPPED = tuple(_MARKS)
# "Website: vale.com", "URL: https://vale.com".
_LABEL = re.compile(r"^[a-z ]{2,20}(?<!http)(?<!https):\s+(?=\S)", re.IGNORECASE)
_BROKEN_WWW = re.compile(r"^(https?://)?www\.\s+", re.IGNORECASE)
# An address without its scheme, and what people write behind it: a second one, or a remark.
_BARE = r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/[^\s,;|]*)?"
_AND_MORE = re.compile(
    rf"""^((?:https?://)?{_BARE})
    (?: \s*[,;|]\s+ | \s*[,;|]\s*(?=(?:https?:|{_BARE})) | \s+(?:[-\u2013\u2014/&|]|and|or)\s+
      | \s+(?=\() | \s+(?={_BARE}) )\S.*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# Search engines, networks and mail filters lead out by way of themselves.
_WAY_OUT = re.compile(
    r"""(?:https?://(?:
        www\.google\.[a-z.]{2,6}/url | (?:lm?\.)(?:facebook|instagram|messenger)\.com/(?:l\.php)?
      | (?:www\.)?youtube\.com/redirect | (?:www\.)?linkedin\.com/redir/redirect
      | (?:[a-z]+\.)?yelp\.com/biz_redir | (?:html\.)?duckduckgo\.com/l/ | slack-redir\.net/link
      | [a-z0-9]+\.safelinks\.protection\.outlook\.com/ )
      | /url)\?""",
    re.IGNORECASE | re.VERBOSE,
)
_LED_BY = ("q", "url", "u", "uddg")
_DEFENDED = re.compile(r"https?://urldefense\.(?:com|us)/v3/__(https?:/.+?)__;", re.IGNORECASE)
_END = re.compile(r"(?:%20|%C2%A0|[,;\s])+$")


def first_address(cell: str) -> str:
    """The first address in a cell, as far as one can be told; else the cell as it stands."""
    cell = _BROKEN_WWW.sub(r"\1www.", _LABEL.sub("", cell))
    if cell.startswith(_WRAPPED):
        found = _WITHIN.search(cell)
        cell = found[0] if found else cell.strip(_MARKS)
    cell = _led_out(cell)
    path, mark, query = _AND_MORE.sub(r"\1", _ANOTHER.sub("", cell)).partition("?")
    plain = path.replace("\\", "/")
    return f"{plain}?{query}" if mark else _without_marks(_END.sub("", plain))


def _led_out(cell: str) -> str:
    if defended := _DEFENDED.match(cell):
        return defended[1]
    way_out = _WAY_OUT.match(cell)
    if not way_out:
        return cell
    led = dict(parse_qsl(cell[way_out.end() :]))
    return next((led[name] for name in _LED_BY if led.get(name)), cell)


def _without_marks(address: str) -> str:
    """Without what closes something that was opened before the address."""
    while address and address[-1] in _MARKS and not (address[-1] == ")" and "(" in address):
        address = address[:-1]
    return address
