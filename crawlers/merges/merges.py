"""Decisions about who is one provider, and what each does to ``providers.csv``.

A decision is written down first and the rows follow; the caller holds the store's lock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from crawlers.identity.likeness import Likeness, compare, pair_key
from crawlers.identity.profiles import profiles
from crawlers.identity.provider_ids import clean_url, shared_hosts, website_id
from crawlers.identity.resolution import commons_of
from crawlers.identity.resolve import compare_all
from crawlers.identity.settled import Settled, settle
from crawlers.merges import provider_rows
from crawlers.merges.merged_rows import as_before, from_json, joined
from data.decisions import Decision, Decisions, Kind
from data.errors import UsageError
from data.models import Listing, Provider
from data.store import Store, disk_errors
from data.vocabulary import ProviderStatus

_IDENTITY = (Kind.MERGE, Kind.SPLIT, Kind.ALIAS, Kind.HOMEPAGE)
_LETTERS = str.maketrans("0123456789", "ghkmnpqrst")


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why."""

    who: str
    why: str


class Desk:
    """One store's providers, listings and decisions, as they stand when it is opened."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._decisions = Decisions(store.path)
        self.settled: Settled = settle(self._decisions.all())
        self.providers: list[Provider] = provider_rows.known(store)[0]
        rows, self.issues = provider_rows.listings(store)
        self._listings = [_under(row, self.settled.today(row.provider_id or "")) for row in rows]

    def proposals(self) -> list[Likeness]:
        """Pairs that may be one and wait for somebody, the likeliest first."""
        return compare_all(self.providers, self._listings, self.settled, shared_hosts())

    def log(self) -> list[Decision]:
        """Every decision about identity with every undoing of one, oldest first."""
        wanted = {*_IDENTITY, Kind.UNDO}
        return [
            d
            for d in self._decisions.all()
            if d.kind in wanted and (d.kind != Kind.UNDO or d.subject in _IDENTITY)
        ]

    def row(self, provider_id: str) -> Provider:
        """A row of ``providers.csv``.

        Raises:
            UsageError: there is none of this id.
        """
        for provider in self.providers:
            if provider.provider_id == provider_id:
                return provider
        raise UsageError(f"{provider_id}: no such provider.", "See the ids in providers.csv.")

    def find(self, key: str) -> Likeness:
        """A proposal by its short name, or any two providers as ``ID|ID``.

        Raises:
            UsageError: nothing goes by this name.
        """
        found = [p for p in self.proposals() if key in (short_name(p.pair), p.pair)]
        if found:
            return found[0]
        first, bar, second = key.partition("|")
        if not bar or first == second:
            raise UsageError(f"{key}: no such proposal.", "See 'ketawatch merges list'.")
        providers = [self.row(first.strip()), self.row(second.strip())]
        told = profiles(self.providers, self._listings, shared_hosts())
        one, other = (told[p.provider_id] for p in providers)
        return compare(one, other, commons_of(told.values()))

    def accept(self, key: str, by: By, keep: str = "") -> Decision:
        """Join a pair: one row stays and takes up what it lacked, the other one leaves the file.

        Args:
            key: as ``find`` takes it.
            by: who decides, and why.
            keep: the id that stays; by itself the one with a homepage, else the older row.
        """
        likeness = self.find(key)
        pair = [self.row(likeness.a), self.row(likeness.b)]
        pair.sort(key=lambda p: (p.homepage is None, self.providers.index(p)))
        if keep and keep not in (likeness.a, likeness.b):
            raise UsageError(f"--keep: {keep} is none of {likeness.a}, {likeness.b}.")
        kept, gone = sorted(pair, key=lambda p: p.provider_id != keep) if keep else pair
        value = {
            "into": kept.provider_id,
            "score": likeness.score,
            "evidence": [str(line) for line in likeness.evidence],
            "row": asdict(gone),
            "kept_row": asdict(kept),
        }
        made = self._add(Kind.MERGE, gone.provider_id, value, by)
        self._keep([p if p is not kept else joined(kept, gone) for p in self._without(gone)])
        return made

    def reject(self, key: str, by: By) -> Decision:
        """Settle that a pair is two; it is never asked again."""
        likeness = self.find(key)
        return self._add(Kind.SPLIT, likeness.pair, {"score": likeness.score}, by)

    def alias(self, provider_id: str, website: str, by: By) -> Decision:
        """Settle that listings of a further domain belong to a provider, as after a move.

        Raises:
            UsageError: the address stands for nobody, or for another provider already.
        """
        self.row(provider_id)
        domain = self._free_domain(website, provider_id)
        return self._add(Kind.ALIAS, domain, {"into": provider_id}, by)

    def homepage(self, provider_id: str, website: str, by: By) -> Decision:
        """Give a provider the homepage that somebody found.

        Raises:
            UsageError: the address stands for nobody, or for another provider already.
        """
        provider = self.row(provider_id)
        self._free_domain(website, provider_id)
        url = clean_url(website)
        made = self._add(
            Kind.HOMEPAGE, provider_id, {"homepage": url, "before": provider.homepage}, by
        )
        waiting = provider.status == ProviderStatus.HOMEPAGE_UNKNOWN
        status = str(ProviderStatus.ACTIVE) if waiting else provider.status
        found = replace(provider, homepage=url, status=status)
        self._keep([found if p is provider else p for p in self.providers])
        return made

    def undo(self, decision_id: int, by: By) -> Decision:
        """Take a decision back and put the rows back that it changed.

        A listing that had been joined before it ever had a row gets one at the next discovery.
        """
        decision = next((d for d in self.log() if d.decision_id == decision_id), None)
        if decision is None or decision.kind == Kind.UNDO:
            raise UsageError(
                f"{decision_id}: no decision about identity that can be undone.",
                "See 'ketawatch merges log'; an undone decision is made again as a new one.",
            )
        made = self._decisions.undo(decision_id, who=by.who, why=by.why)
        if decision.kind == Kind.MERGE:
            self._part(decision)
        elif decision.kind == Kind.HOMEPAGE:
            self._forget_homepage(decision)
        return made

    def _part(self, decision: Decision) -> None:
        gone, before = (decision.value.get(key) for key in ("row", "kept_row"))
        providers = self.providers
        if before:
            kept = from_json(before)
            made = joined(kept, from_json(gone)) if gone else None
            providers = [
                as_before(p, kept, made) if p.provider_id == kept.provider_id else p
                for p in providers
            ]
        if gone and all(p.provider_id != decision.subject for p in providers):
            providers = [*providers, from_json(gone)]
        self._keep(providers)

    def _forget_homepage(self, decision: Decision) -> None:
        before = decision.value.get("before")
        status = ProviderStatus.ACTIVE if before else ProviderStatus.HOMEPAGE_UNKNOWN
        self._keep(
            [
                replace(p, homepage=before, status=str(status))
                if p.provider_id == decision.subject and p.homepage == decision.value["homepage"]
                else p
                for p in self.providers
            ]
        )

    def _free_domain(self, website: str, provider_id: str) -> str:
        url = clean_url(website)
        domain = website_id(url, shared_hosts()) if url else None
        if domain is None:
            raise UsageError(
                f"{website}: no website of one provider.",
                "Name an address on the provider's own domain.",
            )
        holder = self.settled.today(domain)
        if holder != provider_id and any(p.provider_id == holder for p in self.providers):
            raise UsageError(
                f"{website}: {holder} is a provider already.",
                f"Join them: ketawatch merges accept '{pair_key(provider_id, holder)}'.",
            )
        return domain

    def _without(self, gone: Provider) -> list[Provider]:
        return [p for p in self.providers if p is not gone]

    def _add(self, kind: Kind, subject: str, value: dict[str, Any], by: By) -> Decision:
        return self._decisions.add(kind, subject, value, who=by.who, why=by.why)

    def _keep(self, providers: Sequence[Provider]) -> None:
        if list(providers) != self.providers:
            with disk_errors(self._store.path):
                provider_rows.keep(self._store.providers_path, providers)
        self.providers = list(providers)
        self.settled = settle(self._decisions.all())


def short_name(pair: str) -> str:
    """What a proposal goes by on the command line: stable, because it is made from the two ids.

    Of letters alone: a spreadsheet would take ``00123456`` and ``12345e67`` for numbers.

    Args:
        pair: the two ids, as ``likeness.pair_key`` writes them.
    """
    return hashlib.sha256(pair.encode("utf-8")).hexdigest()[:8].translate(_LETTERS)


def _under(row: Listing, provider_id: str) -> Listing:
    return replace(row, provider_id=provider_id or None)
