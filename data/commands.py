"""The commands of this room: what a store holds, and what of it may go."""

from __future__ import annotations

from pathlib import Path

import click

from data.option_types import NamedPath

_STORE = click.option(
    "--store", "folder", required=True, type=NamedPath(), help="The store's folder."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@click.command()
@_STORE
@_JSON
def status(folder: Path, as_json: bool) -> None:
    """What was done and is due: providers, sources, runs, audits, who could not be looked at."""
    import json

    from data import status as store_status
    from data.store import Store

    found = store_status.describe(Store.open(folder))
    click.echo(json.dumps(found, indent=1) if as_json else store_status.as_text(found))


@click.command()
@_STORE
@click.option(
    "--keep-runs",
    type=click.IntRange(min=1),
    help="Latest looks at each provider that stay; retention.keep_runs unless given.",
)
@click.option("--yes", is_flag=True, help="Remove it; without this, only tell what would go.")
@_JSON
def prune(folder: Path, keep_runs: int | None, yes: bool, as_json: bool) -> None:
    """Remove old captures that nothing points at; without --yes, only tell which.

    The latest captures of each provider stay, and all that prove a change, that a person decided
    on or brought, or that hold pages unchanged since. Findings, quotes and history always stay.
    """
    import json

    from data import retention
    from data.lock import hold
    from data.store import Store

    store = Store.open(folder)
    with hold(store.path, "prune"):
        found = retention.plan(store, keep_runs or store.config().operation.keep_runs)
        if yes:
            retention.carry_out(store, found)
    told = found.as_dict() | {"removed": yes}
    click.echo(json.dumps(told, indent=1) if as_json else retention.as_text(found, removed=yes))


COMMANDS: tuple[click.Command, ...] = (status, prune)
