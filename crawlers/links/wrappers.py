"""Addresses within addresses: a mail filter's, a search engine's, a viewer's around a file.

Words that were pasted from a mail bring its filter's links with them, and a consent form is often
shown in somebody's viewer. What the provider means is the address inside, which is its own.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

_SAFE_LINKS = "safelinks.protection.outlook.com"
# Host, expression for the path, and the fields of which one has the address.
_WRAPPERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (_SAFE_LINKS, r"/.*", ("url",)),
    ("google.com", r"/url", ("q", "url")),
    ("docs.google.com", r"/(?:gview|viewer|viewerng/viewer)", ("url",)),
    ("view.officeapps.live.com", r"/op/\w+\.aspx", ("src",)),
    ("l.facebook.com", r"/l\.php", ("u",)),
    ("lm.facebook.com", r"/l\.php", ("u",)),
    ("l.instagram.com", r"/.*", ("u",)),
)
# urldefense.com/v3/__https://clinic.example/faq__;!!x
_DEFENSE = re.compile(r"/v3/__(https?:/.+?)__;.*")
# PDF.js, wherever it stands: /pdfjs/web/viewer.html?file=/consent.pdf
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
_PDF_VIEWER = re.compile(r".*/(?:viewer|pdf-?viewer)(?:\.html|\.php|/)?", re.IGNORECASE)


def within(url: str) -> str | None:
    """The address within another one, as it stands there; None where there is none.

    Args:
        url: an absolute address.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    for name, path, fields in _WRAPPERS:
        if (host == name or host.endswith(f".{name}")) and re.fullmatch(path, parts.path):
            return _field(parts, fields)
    if host == "urldefense.com" and (found := _DEFENSE.fullmatch(parts.path)):
        return re.sub(r"^(https?):/+", r"\1://", found[1])
    file = _field(parts, ("file",)) if _PDF_VIEWER.fullmatch(parts.path) else None
    return file if file and _PDF.search(file) else None


def _field(parts: SplitResult, names: tuple[str, ...]) -> str | None:
    given = parse_qs(parts.query)
    return next((given[name][0] for name in names if name in given), None)
