"""``ketawatch import``: what only a person can reach, captured by a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.errors import EXIT_NOTHING_LOOKED_AT, UsageError
from data.option_types import NamedPath

if TYPE_CHECKING:
    from crawlers.imports.run import Imported


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--store", "folder", required=True, type=NamedPath(), help="The store's folder.")
@click.option("--provider", "provider_id", required=True, metavar="ID", help="Whose site it is.")
@click.option("--url", help="The address of a saved page or PDF that does not say it itself.")
@click.option(
    "--date",
    "said",
    metavar="TIME",
    help="When a saved page or PDF was captured, such as 2026-11-24 or 2026-11-24T10:00:00Z.",
)
@click.pass_context
def import_(
    context: click.Context,
    files: tuple[Path, ...],
    folder: Path,
    provider_id: str,
    url: str | None,
    said: str | None,
) -> None:
    """Bring in captures made by a person (WACZ, WARC, saved HTML or MHTML, PDF), as a new run.

    The run carries everything else of the last run. Nothing is fetched. Only public pages belong
    here: what was sent in a form, or stands behind a log-in, does not. Exit code 4: nothing of the
    provider's site was in the files.
    """
    from crawlers.imports.records import when
    from crawlers.imports.run import import_files
    from data.lock import hold
    from data.store import Store

    if url is not None and len(files) > 1:
        raise UsageError("--url names one page, and there are several files.", "Import it alone.")
    at = when(said) if said else None
    if said and at is None:
        raise UsageError(f"--date {said!r} is no date, or one to come.", "Write 2026-11-24.")
    store = Store.open(folder)
    with hold(store.path, "import"):
        done = import_files(store, files, provider_id, url, at)
    _tell(done, store.path)
    context.exit(0 if done.run else EXIT_NOTHING_LOOKED_AT)


def _tell(done: Imported, store: Path) -> None:
    for issue in done.issues:
        click.echo(str(issue), err=True)
    for path in done.unproven:
        click.echo(
            f"{path.name}: carries no digests of what is in it, so nobody can tell whether it is"
            " as it was made. Its own SHA-256 is kept.",
            err=True,
        )
    if done.left_out:
        counts = ", ".join(f"{n} {reason}" for reason, n in sorted(done.left_out.items()))
        click.echo(f"Left out: {counts}.", err=True)
    if done.run is None:
        click.echo("No page of the provider's site was imported; nothing was changed.", err=True)
        return
    days = sorted(page.captured_at[:10] for page in done.pages)
    when = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    click.echo(f"run {done.run.run_id}: {len(done.pages)} captures of {when} imported")
    if done.missing:
        click.echo(
            f"{len(done.missing)} pages that they link to were captured by nobody, and count as not"
            f" looked at, for example {done.missing[0]}",
            err=True,
        )
    click.echo(f"Now run 'ketawatch audit --store {store}'.", err=True)
