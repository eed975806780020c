"""Which addresses are the provider's own."""

from __future__ import annotations

from collections.abc import Iterable

from crawlers.provider_ids import host_of, shared_hosts, website_id


class Scope:
    """A provider's site: its registrable domain with sub-domains, and the hosts named as its own."""

    def __init__(self, homepage: str, own_hosts: Iterable[str] = ()) -> None:
        self._shared = shared_hosts()
        self._site = website_id(homepage, self._shared)
        self._host = host_of(homepage)
        self._own = {host.lower() for host in own_hosts}

    def contains(self, url: str) -> bool:
        """Whether an address belongs to the site."""
        host = host_of(url)
        if host in self._own or host == self._host:
            return True
        return self._site is not None and website_id(url, self._shared) == self._site
