"""Names of hosts in letters beyond ASCII, as browsers ask for them (UTS 46, not transitional).

``straße.example`` and ``strasse.example`` are two domains, which may be two companies'. IDNA 2003,
as Python's own codec and w3lib have it, takes the one for the other.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import idna
from w3lib.url import safe_url_string


def ascii_name(host: str) -> str:
    """A host's name as DNS knows it, lower-case.

    What IDNA 2008 has no room for (a snowman) is as IDNA 2003 has it; no name at all stays.
    """
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except UnicodeError:
        pass
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def safe_address(address: str) -> str:
    """An address in ASCII, escaped where it has to be.

    Raises:
        ValueError: it is none.
    """
    host = "" if address.isascii() else urlsplit(address).hostname or ""
    if host.isascii():
        return safe_url_string(address)
    parts = urlsplit(address)
    before, at, place = parts.netloc.rpartition("@")
    _, colon, port = place.partition(":")
    return safe_url_string(
        parts._replace(netloc=f"{before}{at}{ascii_name(host)}{colon}{port}").geturl()
    )
