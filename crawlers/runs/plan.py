"""Whom a run looks at, within which limits, and about how long that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import sleep

from crawlers.browser.escalation import AUTO
from crawlers.conduct.settings import FIRST_DELAY_S, LEAST_DELAY_S
from crawlers.identity.provider_ids import host_of, is_private
from crawlers.links.links import canonical
from data import provider_file
from data.config import FILE_NAME, Limits
from data.errors import UsageError
from data.models import Issue, Provider
from data.store import Store, new_run_id
from data.vocabulary import ProviderStatus

CONCURRENT, CONCURRENT_AT_HOME = 8, 16

# A provider's website as it was met so far: pages, robots.txt and sitemaps beside them, bytes.
_FEW_PAGES, _BESIDE_PAGES = 12, 4
_SLOWEST_ANSWER_S = 2.0


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What the operator asks for; None and empty mean the usual.

    ``delay`` is in seconds between two requests to a host; ``providers_file`` stands in for the
    store's ``providers.csv``; ``resume`` insists on an interrupted run; ``until`` is the moment on
    the monotonic clock at which the crawl stops, to be resumed.
    """

    providers_file: Path | None = None
    only: tuple[str, ...] = ()
    limit: int | None = None
    delay: float | None = None
    max_pages: int | None = None
    allow_private: bool = False
    resume: bool = False
    render: str = AUTO
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The providers of a run, and how many were left out for which reason."""

    providers: list[Provider]
    limits: Limits
    left_out: Counter[str] = field(default_factory=Counter)
    issues: list[Issue] = field(default_factory=list)

    @property
    def homepages(self) -> list[str]:
        """Addresses of the home pages."""
        return [home_of(provider) for provider in self.providers]

    @property
    def at_home(self) -> bool:
        """Whether no host of the run is on the public web."""
        return all(is_private(host_of(url)) for url in self.homepages)

    @property
    def concurrent(self) -> int:
        """How many providers are looked at at once."""
        return CONCURRENT_AT_HOME if self.at_home else CONCURRENT


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run may take. ``seconds_low`` is for small sites, the rest are upper bounds."""

    providers: int
    max_requests: int
    seconds_low: float
    seconds_high: float
    bytes_high: int

    def __str__(self) -> str:
        low, high = _minutes(self.seconds_low), _minutes(self.seconds_high)
        return (
            f"{self.providers} providers, {self.max_requests} requests at most; about {low} to"
            f" {high}, and up to {self.bytes_high / 1024**2:,.0f} MiB."
        )


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:,.0f} min"


def home_of(provider: Provider) -> str:
    """The provider's home page as it is asked for."""
    homepage = provider.homepage or ""
    return canonical(homepage, homepage) or homepage


def free_run_id(store: Store) -> str:
    """The name of a run that begins now.

    Raises:
        UsageError: the clock went back, so it would not be the latest.
    """
    latest = max(store.run_ids(), default="")
    if latest > new_run_id():
        # Runs are in the order of their names: a new one would count as older than it.
        raise UsageError(
            f"{store.path}: the latest run, {latest}, lies in the future.",
            "Set this machine's clock.",
        )
    while (store.path / "runs" / new_run_id()).exists():
        sleep(0.1)
    return new_run_id()


def make(store: Store, options: CrawlOptions) -> Plan:
    """Choose the providers of a new run.

    Raises:
        UsageError: an id is not known, or nobody is left to look at.
    """
    path = options.providers_file or store.providers_path
    rows, issues = provider_file.read(path)
    known = {provider.provider_id for provider in rows}
    for provider_id in options.only:
        if provider_id not in known:
            raise UsageError(f"{path}: no provider {provider_id!r}.", "See its first column.")
    left_out = Counter(reason for _, reason in _judged(rows, options) if reason)
    chosen = [provider for provider, reason in _judged(rows, options) if not reason]
    if not chosen:
        bad = [f"{len(issues)} bad rows, the first: {issues[0]}"] if issues else []
        why = "; ".join(filter(None, [_counts(left_out), *bad])) or "the list is empty"
        raise UsageError(
            f"{path}: no provider to look at ({why}).",
            "Run 'ketawatch discover', or add an active provider with a homepage.",
        )
    config = store.config()
    most = options.max_pages or config.limits.max_pages
    if options.providers_file is None:
        issues += _nobodys_hosts(config.own_hosts, known)
    return Plan(chosen, replace(config.limits, max_pages=most), left_out, issues)


def _nobodys_hosts(own_hosts: Iterable[str], known: Collection[str]) -> Iterator[Issue]:
    """Hosts that were meant for somebody: what stands on them would be told as not found."""
    for provider_id in own_hosts:
        if provider_id not in known:
            yield Issue(
                f"{FILE_NAME}: own_hosts.{provider_id}",
                "no such provider, so these hosts count as nobody's.",
                "Write the id as it stands in providers.csv.",
            )


def _counts(left_out: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()))


def _judged(rows: Iterable[Provider], options: CrawlOptions) -> Iterator[tuple[Provider, str]]:
    """Each provider with the reason why it is left out; empty where it is not."""
    taken = 0
    for provider in rows:
        reason = _reason_against(provider, options)
        if not reason and options.limit is not None and taken >= options.limit:
            reason = "limit"
        taken += not reason
        yield provider, reason


def _reason_against(provider: Provider, options: CrawlOptions) -> str:
    if options.only and provider.provider_id not in options.only:
        return "only"
    if provider.homepage is None or provider.status == ProviderStatus.HOMEPAGE_UNKNOWN:
        return "homepage unknown"
    return "" if provider.in_scope else "not active"


def estimate(plan: Plan, delay: float | None) -> Estimate:
    """What a run of this plan may take."""
    count, limits = len(plan.providers), plan.limits
    turns = -(-count // plan.concurrent)
    few = min(_FEW_PAGES, limits.max_pages) + _BESIDE_PAGES
    most = limits.max_pages + _BESIDE_PAGES
    low = LEAST_DELAY_S if delay is None else delay
    high = (FIRST_DELAY_S if delay is None else delay) + _SLOWEST_ANSWER_S
    return Estimate(
        providers=count,
        max_requests=count * most,
        seconds_low=turns * few * low,
        seconds_high=turns * min(limits.max_seconds, most * high),
        bytes_high=count * limits.max_bytes,
    )
