"""Where a site sends us: an address that can be asked, without anybody's name or password."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from crawlers.identity.host_names import safe_address

# What the URL standard (https://url.spec.whatwg.org/) has browsers leave out of any address.
_AROUND = "".join(map(chr, range(33)))
_WITHIN = str.maketrans("", "", "\t\n\r")
_WEB = re.compile(r"(https?):(/*)", re.IGNORECASE)
# Not where a sign that means itself stands before it, and the two would make another one.
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_QUERY = re.compile(r"[?#]")
_ASCII = "".join(map(chr, range(33, 127)))


def absolute(url: str, place: str | None) -> str | None:
    """The address that a redirect, a refresh or a ``Sitemap`` line names; None where there is none.

    A user in it (``http://bank.example:80@elsewhere.example/``) is left out: we log in nowhere, and
    Twisted takes all that stands before the path for the host and its port.

    Args:
        url: the address that answered.
        place: what it said, as text.
    """
    if not place:
        return None
    try:
        parts = urlsplit(urljoin(url, safe_address(as_browsers_read(place, url))))
    except ValueError:
        return None
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return urldefrag(urlunsplit(plain)).url or None


def as_browsers_read(place: str, base: str) -> str:
    r"""An address as a browser takes it: ``\faq``, ``///host/faq`` and ``https:/host`` are ones.

    Args:
        place: as it stands in a link or a header.
        base: what it is relative to.
    """
    text = place.strip(_AROUND).translate(_WITHIN)
    mark = _QUERY.search(text)
    at = mark.start() if mark else len(text)
    head, rest = text[:at].replace("\\", "/"), text[at:]
    scheme = _WEB.match(head)
    if scheme:
        is_relative = len(scheme[2]) < 2 and base.lower().startswith(f"{scheme[1].lower()}:")
        after = head[scheme.end() :]
        head = f"{scheme[2]}{after}" if is_relative else f"{scheme[1]}://{after}"
    elif head.startswith("//"):
        head = f"//{head.lstrip('/')}"
    return head + rest


def plain_escapes(text: str) -> str:
    """``%7e`` is ``~``, and ``%2f`` is ``%2F`` and not ``/`` (RFC 3986, section 6.2.2)."""
    return _ESCAPE.sub(_plain_escape, text)


def _plain_escape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if _UNRESERVED.fullmatch(letter) else found[0].upper()


def header_text(value: str | None) -> str | None:
    """An address in a header, whose bytes are UTF-8, or stay the very bytes that they are.

    Args:
        value: the header, read byte by byte as Latin-1.
    """
    if value is None or value.isascii():
        return value
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        return value  # whoever kept it had read it already
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return quote(raw, safe=_ASCII)
