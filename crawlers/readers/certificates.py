"""Certificate-transparency search output: domain names that appear in public certificates.

Shape: the JSON of https://crt.sh/?q=...&output=json, a list of certificates, each with its names in
``name_value``, one a line, wildcards among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from crawlers.identity.provider_ids import clean_url, host_of, shared_hosts, website_id
from crawlers.readers.page import Fetched, PageRows, ShapeError, collect, parse_json
from crawlers.readers.row import Frame


@dataclass(frozen=True, slots=True)
class Certificates:
    """``query``: the search's parameters; ``contains``: what a name must hold to be a row."""

    query: dict[str, str]
    contains: str

    def first(self, url: str) -> str:
        return f"{url}?{urlencode(self.query)}"

    def read(self, page: Fetched, frame: Frame) -> PageRows:
        certificates = parse_json(page)
        if not isinstance(certificates, list):
            raise ShapeError(f"{page.address}: the answer is no list of certificates.")
        names = [
            name
            for certificate in certificates
            if isinstance(certificate, dict)
            for name in str(certificate.get("name_value", "")).split("\n")
        ]
        if certificates and not any(names):
            raise ShapeError(f"{page.address}: no 'name_value' in any certificate.")
        return collect(
            [
                frame.listing({"name": domain, "website": f"https://{host}/"}, domain)
                for domain, host in sorted(self._sites(names).items())
            ]
        )

    def _sites(self, names: list[str]) -> dict[str, str]:
        """Provider id -> its shortest host that holds the word; many names are one site."""
        sites: dict[str, str] = {}
        for name in names:
            host = name.strip().lower().removeprefix("*.").removeprefix("www.")
            url = clean_url(f"https://{host}") if self.contains in host else None
            if url is None or "." not in host:
                continue
            host = host_of(url)
            domain = website_id(url, shared_hosts()) or host
            sites[domain] = min(sites.get(domain, host), host, key=lambda h: (len(h), h))
        return sites
