"""What belongs to a provider's site, and which of its hosts may lie outside the public web."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.conduct.guard import is_localhost
from crawlers.identity.host_names import ascii_name
from crawlers.identity.provider_ids import (
    SITE_BUILDER,
    host_of,
    is_private,
    machine_address,
    shared_hosts,
    website_id,
)
from crawlers.links.annexes import Annex

_PORTS = {"http": 80, "https": 443}


def site_key(url: str) -> str:
    """What two addresses of one site have in common: registrable domain, or machine and port.

    A host that many providers share stands for itself alone. Names outside the public suffix list
    (``clinic.localhost:8742``) are told apart by port, too: another port is another server.
    """
    parts = urlsplit(url)
    return _key_of(f"{parts.scheme}://{parts.netloc}")


@lru_cache(maxsize=10_000)  # one site has few hosts and many links
def _key_of(origin: str) -> str:
    host = host_of(origin)
    key = website_id(origin, shared_hosts()) or host
    named_privately = is_private(host) and machine_address(host) is None and "." in host
    return f"{key}_{_port(origin)}" if named_privately else key


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or _PORTS.get(parts.scheme, 0)


def own_keys(homepage: str, own_hosts: Collection[str]) -> frozenset[str]:
    """Keys of the sites that are a provider's own before its crawl finds any other."""
    origins = (f"{scheme}://{host}/" for host in map(_as_asked, own_hosts) for scheme in _PORTS)
    return frozenset(site_key(url) for url in (homepage, *origins))


def _as_asked(entry: str) -> str:
    """A host that the operator wrote down, with or without a port, as it stands in addresses."""
    if entry.isascii():
        return entry.lower()
    host, colon, port = entry.partition(":")
    return f"{ascii_name(host)}{colon}{port}"


class SiteScope:
    """One provider's site: its registrable domain with sub-domains, and its own other hosts.

    ``own_hosts`` are the operator's; ``annexes`` are those that the crawl detects on its way, which
    it does where ``may_widen``: they are public hosts, and those need a contact.
    """

    def __init__(
        self, homepage: str, own_hosts: Collection[str] = (), *, may_widen: bool = False
    ) -> None:
        self.homepage, self.may_widen = homepage, may_widen
        self.annexes: list[Annex] = []
        self._key = site_key(homepage)
        self._own = set(map(_as_asked, own_hosts))
        kind = shared_hosts().kind(host_of(homepage))
        # On a host that many share, only what lies below the provider's own path is the provider's.
        self._folder = "" if kind in (None, SITE_BUILDER) else urlsplit(homepage).path.rstrip("/")
        self._shared = kind not in (None, SITE_BUILDER)

    def holds(self, url: str) -> bool:
        """Whether an address is part of the site."""
        return self.owns(url) or any(annex.holds(url) for annex in self.annexes)

    def owns(self, url: str) -> bool:
        """Whether it lies in the site as it was known before the crawl: no annex."""
        parts = urlsplit(url)
        if self._own & {host_of(url), parts.netloc.lower()}:
            return True
        if site_key(url) != self._key:
            return False
        path = parts.path.rstrip("/")
        return not self._shared or path == self._folder or path.startswith(f"{self._folder}/")


def open_hosts(homepages: Iterable[str], own_hosts: Iterable[str]) -> Iterator[str]:
    """``host:port`` entries for the guard: what ``--allow-private-networks`` opens, and no more."""
    for homepage in homepages:
        parts = urlsplit(homepage)
        host = parts.hostname or ""
        shown = f"[{host}]" if ":" in host else host
        ports = [parts.port] if parts.port else list(_PORTS.values())
        yield from (f"{shown}:{port}" for port in ports)
        if not is_localhost(host) and machine_address(host) is None:
            twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
            yield from (f"{twin}:{port}" for port in ports)
    yield from map(_as_asked, own_hosts)
