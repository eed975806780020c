"""robots.txt as people write it, made into the lines that its parser knows.

What a line forbids is found where that can be told: a guest who is in doubt stays outside. Sources
of the ways to write it: RFC 9309, Google's robotstxt, and the tests of crawler-commons.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from crawlers.identity.host_names import ascii_name
from data.content_coding import undo

# Marks of byte order, and what hides in text that was copied from a page.
_UNSEEN = str.maketrans(
    {"\0": "", "\ufeff": "", "\u200b": "", "\u2060": "", "\u00a0": " ", "\uff1a": ":"}
)
_GZIP = b"\x1f\x8b"
_BEFORE = re.compile(
    r"\A\s*(?:<!--(?:(?!-->).){0,2000}-->\s*|<pre\b[^<>]{0,200}>\s*)+", re.DOTALL | re.I
)
# Line ends that a form, a script or a page made text of.
_WRITTEN_END = re.compile(r"<br\s*/?>|\\r\\n|\\n", re.IGNORECASE)
# "Disallow: /a"; and in a list "- Disallow: /a".
_LINE = re.compile(r"[ \t]*(?:[-\u2022*][ \t]+)?([a-z][a-z _-]{2,20}?)[ \t]*:[ \t]*(.*)", re.I)
_AGENT = re.compile(r"user[ _-]?agents?", re.IGNORECASE)
_VERSION = re.compile(r"(?<=[a-z_-])/.*", re.IGNORECASE)
# With its misspellings, which the parser takes for the same.
_FORBIDS = re.compile(r"d[a-z]{2,4}l+[ao]w", re.IGNORECASE)
_DELAY = re.compile(r"crawl[ _-]?delay", re.IGNORECASE)
_ALL = frozenset({"/", "/*"})
_QUOTES = "\"'\u2018\u2019\u201c\u201d`"
_SECONDS = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?[ \t]*(?:s(?:ec(?:ond)?s?)?\.?)?", re.IGNORECASE)


def decoded(body: bytes, most: int) -> str:
    """UTF-8 as it should be, or the UTF-16 that some editors write, whether or not it says so.

    A file that was packed by hand is unpacked, up to so many bytes. What a cache or a browser wrote
    before the first line, as a comment or ``<pre>``, is left out: more than that is a web page.
    """
    if body.startswith(_GZIP):
        body = undo(body, "gzip", most)
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-16-le" if body[1:4:2] == b"\0\0" else "utf-8"
    return _BEFORE.sub("", body.decode(encoding, errors="replace").translate(_UNSEEN))


def usual(text: str, host: str) -> str:
    """The lines as the parser knows them, in the file of a host."""
    lines = _WRITTEN_END.sub("\n", text).splitlines()
    return "\n".join(written for line in lines for written in _usual_line(line, host))


def _usual_line(line: str, host: str) -> Iterator[str]:
    found = _LINE.fullmatch(line.partition("#")[0].rstrip())
    if found is None:
        yield line
        return
    field, value = found[1], found[2].strip().strip(_QUOTES).strip()
    if _AGENT.fullmatch(field):
        yield from (f"User-agent: {name}" for name in _agents(value))
    elif field.lower() == "allow":
        yield f"{field}: {found[2].strip()}"  # in doubt, nothing is opened
    elif _FORBIDS.fullmatch(field):
        yield f"{field}: {_path(value, host)}"
    elif _DELAY.fullmatch(field):
        said = _SECONDS.fullmatch(value)
        yield f"Crawl-delay: {said[1]}.{said[2] or 0}" if said else line
    else:
        yield line


def _agents(value: str) -> list[str]:
    """Names without their versions, which are no part of them (RFC 9309, section 2.2.1).

    Some have several on one line.
    """
    names = [_VERSION.sub("", name.strip()) for name in value.split(",")]
    return list(filter(None, names)) or [""]


def _path(value: str, host: str) -> str:
    """A path as the parser takes it: a whole address is its path, and ``staff/`` is ``/staff/``.

    Whoever closes all of another host (``https://staging.clinic.example/``) closes nothing here. A
    path there is kept to all the same: the file may have been written for that host, and moved.
    """
    if value.lower().startswith(("http://", "https://")):
        try:
            parts = urlsplit(value)
            of_host = parts.hostname or ""
        except ValueError:
            return value
        value = urlunsplit(parts._replace(scheme="", netloc="")) or "/"
        if value in _ALL and _bare(of_host) != _bare(host):
            return ""
    return f"/{value}" if value and value[0] not in "/*$%" else value


def _bare(host: str) -> str:
    return ascii_name(host).rstrip(".").removeprefix("www.")
