"""From public listings to ``providers.csv``: read, check against bounds, merge, keep, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.discover.harvest import NO_CONTACT, Harvest, harvest
from crawlers.discover.listing import BUNDLED, NEVER_READ, SAVED_FOLDER, Source, load_all
from crawlers.identity.provider_ids import shared_hosts
from crawlers.identity.resolve import Resolved, resolve
from crawlers.identity.settled import settle
from crawlers.merges import provider_rows
from crawlers.readers import last_good
from data import health
from data.config import CONTACT_VARIABLE, FILE_NAME
from data.decisions import Decisions
from data.errors import EXIT_OK, EXIT_SOURCE_OUT_OF_BOUNDS, EXIT_USAGE, UsageError, worst_exit
from data.models import Issue, Listing, Provider
from data.store import Store, disk_errors, now

SWITCHED_OFF = "off: switched off"
_CONTACT_REMEDY = f"Set 'contact' in {FILE_NAME}, or {CONTACT_VARIABLE}."


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What became of one source: rows taken over now, or standing from the last good reading."""

    title: str
    rows: int
    min_rows: int
    max_rows: int
    at: str
    ok: bool
    reason: str = ""

    @property
    def off(self) -> bool:
        """Whether it was not to be read at all."""
        return self.reason.startswith(("off: ", NEVER_READ))

    def entry(self) -> dict[str, str | int | bool]:
        """The source's entry in the health file."""
        return {
            "rows": self.rows,
            "min": self.min_rows,
            "max": self.max_rows,
            "at": self.at,
            "ok": self.ok,
            "off": self.off,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class DiscoverResult:
    """What a discovery did.

    Attributes:
        providers: all providers known now.
        new: those among them that were not known before.
        joined: certain merges beyond those by domain, each written down as a decision.
        proposed: pairs that may be one, waiting for ``ketawatch merges list``.
        excluded: listings by the reason for which they are not looked at.
    """

    providers: int
    new: int
    joined: int
    proposed: int
    per_source: dict[str, SourceResult]
    excluded: Counter[str]
    issues: list[Issue]
    exit_code: int


def discover(
    store: Store,
    *,
    extra_sources: Sequence[Path] = (),
    only: Collection[str] | None = None,
    allow_private: Collection[str] = (),
    progress: Callable[[str], None] = lambda line: None,
) -> DiscoverResult:
    """Read the listing sources and merge them into the store's ``providers.csv``.

    The caller holds the store's lock. A source that fails or breaks its bounds changes nothing: its
    last good rows stand, and the others go on.

    Args:
        store: where providers, listings and health are kept.
        extra_sources: declarations beside the bundled ones.
        only: names of the sources to read; all that are on where it is None.
        allow_private: hosts outside the public web that may be asked.
        progress: gets a line a source.

    Raises:
        UsageError: a declaration is wrong, or a source is named that does not exist.
        DiskError: the disk is full; what stood before stands.
    """
    sources = load_all([*sorted(BUNDLED.glob("*.yml")), *extra_sources])
    known, bad_rows = provider_rows.known(store)
    chosen = list(_choose(sources, store, only))
    at = now()
    readings = _read(store, [s for s, off in chosen if not off], allow_private, at[:10])
    for r in readings:
        progress(r.said)
    resolved, unread = _resolve(store, known, readings, at)
    results = {r.source.name: _result(r.source, len(r.rows), at, r.broken) for r in readings}
    results |= {s.name: _result(s, 0, at, off) for s, off in chosen if off}
    _keep(store, resolved, known, [r.source.name for r in readings if not r.broken])
    health.note_sources(store.path, {name: r.entry() for name, r in results.items()})
    issues = [*bad_rows, *(issue for r in readings for issue in r.issues), *unread]
    return _told(resolved, results, issues)


def _resolve(
    store: Store, known: Sequence[Provider], readings: Sequence[_Reading], at: str
) -> tuple[Resolved, list[Issue]]:
    elsewhere, unread = provider_rows.listings(store, [r.source.name for r in readings])
    rows = [row for reading in readings for row in reading.rows]
    settled = settle(Decisions(store.path).all())
    return resolve(known, rows, elsewhere, settled, shared_hosts(), at[:10]), unread


def _told(
    resolved: Resolved, results: dict[str, SourceResult], issues: list[Issue]
) -> DiscoverResult:
    return DiscoverResult(
        providers=len(resolved.merged.providers),
        new=resolved.merged.new,
        joined=len(resolved.joined),
        proposed=len(resolved.proposals),
        per_source=results,
        excluded=resolved.merged.excluded,
        issues=issues,
        exit_code=_exit_code(results),
    )


def _choose(
    sources: Sequence[Source], store: Store, only: Collection[str] | None
) -> Iterator[tuple[Source, str]]:
    """The sources asked for, each with why it is off, or an empty text."""
    switches = store.config().sources
    known = {source.name for source in sources}
    for place, names in (
        (f"{store.path / FILE_NAME}: sources", switches),
        ("--source", only or ()),
    ):
        for name in names:
            if name not in known:
                raise UsageError(
                    f"{place}: {name}: no such source.", f"Known: {', '.join(sorted(known))}."
                )
    for source in (s.with_saved(store.path) for s in sources):
        asked = source.name in only if only is not None else switches.get(source.name, False)
        off = "" if source.saved else source.off
        if asked and (off.startswith(NEVER_READ) or (off and only is not None)):
            raise UsageError(f"{source.name}: {off.rstrip('.')}.", _remedy(source))
        if only is None or asked:
            switched_on = switches.get(source.name, source.declared.on) or only is not None
            yield source, off or ("" if switched_on else SWITCHED_OFF)


def _remedy(source: Source) -> str:
    """What somebody can do who asked for a source that is not read."""
    if source.declared.saved:
        names = " or ".join(source.declared.saved)
        return f"Save it by hand as {names} in the store's folder '{SAVED_FOLDER}'."
    return "Leave it out." if source.declared.forbidden else f"See {source.file}."


@dataclass(frozen=True, slots=True)
class _Reading:
    """Rows to merge: fresh ones, or where the source is ``broken`` (why) its last good ones."""

    source: Source
    rows: list[Listing]
    broken: str
    issues: list[Issue]

    @property
    def said(self) -> str:
        """What became of it, in a line."""
        kept = "not taken over" if self.broken else f"{len(self.rows)} rows"
        older = ", ".join(file.name for file in self.source.older)
        beside = f" (the newest file that fits; not read: {older})" if older else ""
        return f"{self.source.name}: {kept}{beside}"


def _read(
    store: Store, sources: Sequence[Source], allow_private: Collection[str], today: str
) -> list[_Reading]:
    harvests = harvest(sources, store, allow_private, today)
    return [_settle(store, source, harvests[source.name]) for source in sources]


def _settle(store: Store, source: Source, found: Harvest) -> _Reading:
    broken = found.failure or _out_of_bounds(source, len(found.rows))
    if not broken:
        return _Reading(source, found.rows, "", found.issues)
    try:
        rows = last_good.read(store, source.name)
    except UsageError as error:
        rows, found.issues = [], [*found.issues, Issue(source.name, error.message, error.remedy)]
    stand = f"Its {len(rows)} last good rows stand." if rows else "It has no earlier rows."
    remedy = _CONTACT_REMEDY if broken == NO_CONTACT else stand
    return _Reading(source, rows, broken, [*found.issues, Issue(source.name, broken, remedy)])


def _out_of_bounds(source: Source, rows: int) -> str:
    low, high = source.declared.min_rows, source.declared.max_rows
    return "" if low <= rows <= high else f"{rows} rows, expected {low} to {high}."


def _result(source: Source, rows: int, at: str, reason: str) -> SourceResult:
    declared = source.declared
    ok = not reason or reason.startswith(("off: ", NEVER_READ))
    return SourceResult(declared.title, rows, declared.min_rows, declared.max_rows, at, ok, reason)


def _keep(
    store: Store, resolved: Resolved, known: Sequence[Provider], fresh: Collection[str]
) -> None:
    merged = resolved.merged
    with disk_errors(store.path):
        # Decisions first: rows that follow from them can be made again, and they cannot.
        provider_rows.write_down(store, resolved.joined, known)
        for name in fresh:
            last_good.write(store, name, (r for r in merged.listings if r.source == name))
        if merged.providers != known or not store.providers_path.exists():
            provider_rows.keep(store.providers_path, merged.providers)


def _exit_code(results: Mapping[str, SourceResult]) -> int:
    codes = (
        EXIT_OK if r.ok else EXIT_USAGE if r.reason == NO_CONTACT else EXIT_SOURCE_OUT_OF_BOUNDS
        for r in results.values()
    )
    return worst_exit(codes)
