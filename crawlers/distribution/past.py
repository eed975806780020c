"""What earlier runs hold of a provider, where a worker can read it."""

from __future__ import annotations

from pathlib import Path

from crawlers.distribution.order import Post
from data.depot import Depot
from data.revisits import Original, originals
from data.store import Store, write_json
from data.warc import WarcError


def earlier(post: Post, provider_id: str, folder: Path) -> Store | None:
    """The store with earlier runs: the run's own, or a copy of the little that is needed.

    Args:
        post: whether workers see the run's store, or only the shared one.
        provider_id: whose archives are copied.
        folder: where they are copied to.

    Returns:
        A store for ``crawlers.ledger.past``; None where no earlier run is found.
    """
    if post.shared is None:
        return Store(Path(post.store))
    depot = Depot(post.shared)
    for run_id in reversed(post.earlier):
        name = f"runs/{run_id}/captures/{provider_id}.warc.gz"
        if depot.has(name) and _copy(depot, name, folder):
            write_json(folder / "runs" / run_id / "run.json", {})  # by which a run is known
            return Store(folder)
    return None


def _copy(depot: Depot, name: str, folder: Path) -> bool:
    """Bring an archive, and those that its unchanged pages lie in; tells if it holds any page."""
    depot.get(name, folder / name)
    held = _originals(folder, name)
    for place in sorted({original.warc_file for original in held.values()} - {name}):
        if depot.has(place):
            depot.get(place, folder / place)
    return any(not uri.endswith("/robots.txt") for uri in held)


def _originals(folder: Path, name: str) -> dict[str, Original]:
    try:
        return originals(folder, name)
    except WarcError:
        return {}
