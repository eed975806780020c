"""Copies of a site that its sitemaps can name by mistake: where it is tried out, or was before.

Pure: no I/O.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_LABEL = re.compile(
    r"(?:www-?)?(?:stag(?:e|ing)|dev(?:el(?:opment)?)?|test(?:ing)?|uat|qa|preview|sandbox|beta|old"
    r"|new|demo|tmp|temp|backup|wp|wordpress|origin)(?:-?(?:site|web|server))?-?\d*"
)


def is_copy(url: str, front: str) -> bool:
    """Whether an address lies at a sub-domain for trying out, and the home page does not.

    Args:
        url: an address of the site.
        front: the home page, where it was found in the end.
    """
    host, own = urlsplit(url).hostname or "", urlsplit(front).hostname or ""
    return host != own and _LABEL.fullmatch(host.split(".")[0]) is not None


def moved_to(place: str, front: str) -> str | None:
    """The same path at the home page's host; None for what is no whole address."""
    parts, home = urlsplit(place.strip()), urlsplit(front)
    if parts.scheme not in ("http", "https") or not parts.path.strip("/"):
        return None
    return urlunsplit(parts._replace(scheme=home.scheme, netloc=home.netloc))
