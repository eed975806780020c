"""Under which other name a home page may be reached, as a visitor or a browser would try. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from crawlers.identity.provider_ids import host_of, machine_address, shared_hosts, website_id


def other_name(url: str, failure_class: str) -> str | None:
    """Another address of the same front page; None where another name would change nothing.

    Many a domain has an address with ``www.`` alone, a certificate for one of both names, or
    nobody at the port for plain HTTP.

    Args:
        url: the home page's address, as somebody wrote it down.
        failure_class: why it was not reached.
    """
    parts = urlsplit(url)
    if failure_class == "refused":
        is_plain = parts.scheme == "http" and parts.port is None
        return urlunsplit(parts._replace(scheme="https")) if is_plain else None
    twin = _twin(url) if failure_class in ("dns", "tls") else None
    return urlunsplit(parts._replace(netloc=twin)) if twin else None


def _twin(url: str) -> str | None:
    """The host with ``www.`` more or less, where the rest is a whole domain."""
    host, netloc = host_of(url), urlsplit(url).netloc
    bare = host.removeprefix("www.")
    if machine_address(host) is not None or website_id(url, shared_hosts()) != bare:
        return None
    return f"www.{netloc}" if host == bare else netloc.lower().removeprefix("www.")
