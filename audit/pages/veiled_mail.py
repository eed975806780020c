"""Addresses of mail that a proxy hides from robots, and a browser's script shows again.

Cloudflare writes ``<a data-cfemail="2a4b...">[email protected]</a>``: the first byte is a key, each
of the others a character of the address combined with it (exclusive or).
"""

from __future__ import annotations

import re
from html import escape

_VEILED = re.compile(r'(<(a|span) [^<>]*data-cfemail="([0-9a-f]{8,400})"[^<>]*>)[^<]*(?=</\2>)')
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def unveiled(markup: str) -> str:
    """Canonical markup with the addresses that a visitor reads."""
    return _VEILED.sub(_shown, markup) if "data-cfemail" in markup else markup


def _shown(found: re.Match[str]) -> str:
    tag, _, written = found.groups()
    if len(written) % 2:
        return found[0]
    key, *letters = bytes.fromhex(written)
    address = bytes(letter ^ key for letter in letters).decode("utf-8", "replace")
    return f"{tag}{escape(address)}" if _ADDRESS.fullmatch(address) else found[0]
