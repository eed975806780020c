"""Who is behind a web address: the identity by which listings become one provider. No network.

The rules are the contract's section 4: the registrable domain (Public Suffix List with its private
section, the snapshot bundled with tldextract), host and port for an address that names a machine,
the full host under a site builder, nobody on a host that many providers share.
"""

from __future__ import annotations

import csv
import hashlib
import ipaddress
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

import tldextract

import data
from crawlers.identity.host_names import safe_address

SHARED_HOSTS_FILE = Path(data.__file__).parent / "reference" / "shared_hosts.csv"
SITE_BUILDER = "sitebuilder"

_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
# Parameters that tell where a visitor came from; anything else may choose the page and stays.
_TRACKING = re.compile(
    r"utm_\w+|hsa_\w+|mtm_\w+|pk_\w+|_hs\w+|hsctatracking|mc_[ce]id|_gl|_ga|_ke|gclid|gclsrc|dclid"
    r"|gbraid|wbraid|gad_\w+|fbclid|msclkid|ttclid|twclid|li_fat_id|yclid|igshid|srsltid|vero_id",
    re.IGNORECASE,
)
# "https://http://", "http//", "https:/", "http:// ", "http;//", "https//:", "htp://": what hands
# and forms make of it.
_SCHEMES = re.compile(
    r"^(?:ht?tps?(?:[:;]\s*+/{0,2}|//:?)\s*+)*ht?tp(s?)(?:[:;]\s*+/{0,2}|//:?)\s*+"
    r"(?=[^\s/:?#]+[.:/]|\[)",
    re.IGNORECASE,
)
# White space, and the marks that come along when an address is copied from a document.
_COPIED = '"<>\u201c\u201d'  # as mails and documents set addresses off
_UNSEEN = " \t\r\n\f\v\u00a0\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
# Endings that are no public suffix, and that names of a machine or a network have all the same
# (https://www.iana.org/assignments/special-use-domain-names, RFC 6762 appendix G).
_SPECIAL = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan"}
    | {"test", "invalid", "example", "onion", "arpa"}
)
_LONGEST_HOST = 200  # it names files, too
_DEFAULT_PORTS = {"http": 80, "https": 443}


def clean_url(text: str) -> str | None:
    """A listed website as a web address without tracking parameters; None where it is none.

    A bare host gets ``https://``; a path alone (``/``) is the listing's own page, not a homepage.
    A scheme that was typed twice, or without its marks, is one.
    """
    address = _SCHEMES.sub(
        lambda typed: f"http{typed[1].lower()}://", text.strip(_UNSEEN + _COPIED)
    )
    if address.startswith("/") and not address.startswith("//"):
        return None
    bare = "://" not in address
    try:
        parts = urlsplit(safe_address(f"https://{address.lstrip('/')}" if bare else address))
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    host = (parts.hostname or "").rstrip(".")
    usable = parts.scheme in _DEFAULT_PORTS and "@" not in parts.netloc and port != 0
    if not usable or not _is_host(host) or (bare and "." not in host) or _is_mistyped(host):
        return None
    return urlunsplit(
        parts._replace(
            netloc=_netloc(parts, host, port),
            query=_kept(parts.query),
            path=parts.path or "/",
            fragment="",
        )
    )


def _is_host(host: str) -> bool:
    named = len(host) <= _LONGEST_HOST and _HOST.fullmatch(host) is not None
    return named or machine_address(host) is not None


def _is_mistyped(host: str) -> bool:
    """Whether a host is half a name, or ends in what no name can: ``www``, ``clinic.con``."""
    ending = host.rpartition(".")[2]
    known = "." not in host or machine_address(host) or ending in _SPECIAL
    return host == "www" or (not known and not _SUFFIXES(host).suffix)


def _netloc(parts: SplitResult, host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{shown}:{port}"


def _kept(query: str) -> str:
    pieces = (piece for piece in query.split("&") if piece)
    return "&".join(p for p in pieces if not _TRACKING.fullmatch(p.partition("=")[0]))


def host_of(url: str) -> str:
    """The host of a clean address, lower-case."""
    return urlsplit(url).hostname or ""


@lru_cache(maxsize=10_000)  # asked several times for every link of a site
def machine_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a host name is, if it is one."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_private(host: str) -> bool:
    """Whether a host lies outside the public web: no public address, or no public suffix."""
    address = machine_address(host)
    return not address.is_global if address else not _SUFFIXES(host).suffix


@lru_cache(maxsize=10_000)
def labels_below(host: str) -> tuple[str, ...]:
    """The labels before a site's own name; none of a machine, or where a builder gives the name."""
    if machine_address(host) or shared_hosts().kind(host) == SITE_BUILDER:
        return ()
    domain = _SUFFIXES(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])
    below = host.removeprefix("www.").removesuffix(domain).rstrip(".")
    return tuple(below.split(".")) if below else ()


class SharedHosts:
    """Hosts that many providers share; a host counts with its sub-domains."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = dict(kinds)

    def kind(self, host: str) -> str | None:
        """The kind of the longest listed host that ``host`` is or lies under."""
        labels = host.split(".")
        ends = (".".join(labels[i:]) for i in range(len(labels)))
        return next((self._kinds[end] for end in ends if end in self._kinds), None)

    def identifies_nobody(self, host: str) -> bool:
        """Whether a homepage there says nothing about who its provider is.

        A site builder's customer has a sub-domain; the builder's own host is everybody's.
        """
        kind = self.kind(host)
        if kind == SITE_BUILDER:
            return host.removeprefix("www.") in self._kinds
        return kind is not None or _is_public_suffix(host)


def _is_public_suffix(host: str) -> bool:
    parts = _SUFFIXES(host)
    return bool(parts.suffix) and not parts.domain


@cache
def shared_hosts() -> SharedHosts:
    """The bundled list, ``data/reference/shared_hosts.csv``."""
    with SHARED_HOSTS_FILE.open(encoding="utf-8", newline="") as file:
        return SharedHosts({row["host"]: row["kind"] for row in csv.DictReader(file)})


def website_id(url: str, shared: SharedHosts) -> str | None:
    """The provider id that a clean address stands for; None where the host identifies nobody."""
    host = host_of(url)
    if shared.identifies_nobody(host):
        return None
    if machine_address(host) or "." not in host:
        return _machine_id(urlsplit(url), host)
    if shared.kind(host) == SITE_BUILDER:
        return host.removeprefix("www.")
    # Names that no public suffix covers (``clinic.localhost``) go by their last two labels.
    return _SUFFIXES(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def _machine_id(parts: SplitResult, host: str) -> str:
    address = machine_address(host)
    name = address.exploded.replace(":", "-") if address else host
    return f"{name}_{parts.port or _DEFAULT_PORTS[parts.scheme]}"


def waiting_id(name: str, city: str | None, state: str | None, npi: str | None) -> str:
    """The id of a provider without a homepage: by its NPI, else by name and place."""
    if npi:
        return f"npi-{npi}"
    key = f"{name}|{city or ''}|{state or ''}".lower()
    return f"name-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:12]}"
