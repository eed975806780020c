"""What merging reads and leaves in a store: providers, last good rows, its own decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from crawlers.identity.resolve import Joined
from crawlers.readers import last_good
from data import provider_file
from data.decisions import Decisions, Kind
from data.errors import UsageError
from data.models import Issue, Listing, Provider
from data.store import Store, write_text

BY_PROGRAM = "ketawatch"  # who made a decision that no person made


def known(store: Store) -> tuple[list[Provider], list[Issue]]:
    """The rows of ``providers.csv``, and an issue for each bad one; nothing where it is missing."""
    path = store.providers_path
    return provider_file.read(path) if path.exists() else ([], [])


def keep(path: Path, providers: Sequence[Provider]) -> None:
    """Replace the rows; those that could not be read stay as they are, at the end, to be mended."""
    bad_rows = provider_file.left_out(path) if path.exists() else ""
    write_text(path, provider_file.dumps(providers) + bad_rows)


def listings(store: Store, without: Collection[str] = ()) -> tuple[list[Listing], list[Issue]]:
    """The last good rows of every source but these, and an issue for each unreadable file."""
    rows: list[Listing] = []
    issues: list[Issue] = []
    for file in sorted(store.listings_path.glob("*.jsonl")):
        # A Mac leaves "._name" beside a file that it copies.
        if file.stem in without or file.name.startswith("."):
            continue
        try:
            rows += last_good.read(store, file.stem)
        except UsageError as error:
            issues.append(Issue(file.stem, error.message, error.remedy))
    return rows, issues


def write_down(store: Store, joined: Iterable[Joined], known: Sequence[Provider]) -> None:
    """Keep each certain merge as a decision, with its evidence and the row that it changed."""
    rows = {provider.provider_id: asdict(provider) for provider in known}
    for merge in joined:
        evidence = [str(line) for line in merge.likeness.evidence]
        value = {"into": merge.into, "score": merge.likeness.score, "evidence": evidence}
        if merge.into in rows:
            value["kept_row"] = rows[merge.into]
        why = f"certain ({merge.likeness.score} points): {'; '.join(evidence)}"
        Decisions(store.path).add(Kind.MERGE, merge.gone, value, who=BY_PROGRAM, why=why)
