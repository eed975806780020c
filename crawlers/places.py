"""Where a site sends us: an address that can be asked, without anybody's name or password."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string


def absolute(url: str, place: str | None) -> str | None:
    """The address that a redirect, a refresh or a ``Sitemap`` line names; None where there is none.

    A user in it (``http://bank.example:80@elsewhere.example/``) is left out: we log in nowhere, and
    Twisted takes all that stands before the path for the host and its port.

    Args:
        url: the address that answered.
        place: what it said, as it was sent.
    """
    if not place:
        return None
    try:
        parts = urlsplit(urljoin(url, safe_url_string(place)))
    except ValueError:
        return None
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return urldefrag(urlunsplit(plain)).url or None
