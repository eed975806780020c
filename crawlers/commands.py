"""The commands of this room."""

from __future__ import annotations

from pathlib import Path

import click

from crawlers.discover.command import discover
from crawlers.doctor_command import doctor
from crawlers.imports.command import import_
from crawlers.merges.command import merges
from data.cluster_options import Wanted, worker_options
from data.option_types import Finite, NamedPath


@click.command()
@click.option("--store", "folder", required=True, type=NamedPath(), help="The store's folder.")
@click.option(
    "--providers",
    "providers_file",
    type=click.Path(path_type=Path),
    help="A list of providers in place of DIR/providers.csv.",
)
@click.option("--only", multiple=True, metavar="ID", help="Look at this provider (repeatable).")
@click.option("--limit", type=click.IntRange(min=1), help="Look at this many providers at most.")
@click.option(
    "--delay",
    type=Finite(min=0),
    help="Seconds between two requests to a host, without AutoThrottle; 0 is for loopback.",
)
@click.option("--max-pages", type=click.IntRange(min=1), help="Capture so many pages a provider.")
@click.option(
    "--allow-private-networks",
    "allow_private",
    is_flag=True,
    help="Open private addresses, for the listed homepages and own_hosts alone.",
)
@click.option(
    "--render",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Whether pages go through a browser: where they need it, never, or all of them.",
)
@click.option("--resume", is_flag=True, help="Finish an interrupted run, and start no new one.")
@worker_options
@click.pass_context
def crawl(
    context: click.Context,
    folder: Path,
    providers_file: Path | None,
    only: tuple[str, ...],
    limit: int | None,
    delay: float | None,
    max_pages: int | None,
    allow_private: bool,
    render: str,
    resume: bool,
    workers: int | None,
    scheduler: str | None,
    shared: str | None,
) -> None:
    """Capture provider websites into a new run; an interrupted one is finished first.

    Exit codes: 3 when more providers than max_unreachable could not be looked at, 4 when none
    could, 6 when another process holds the store, 130 when interrupted.
    """
    from crawlers.crawl import CrawlOptions, estimate
    from crawlers.crawl import crawl as run
    from data.lock import hold
    from data.store import Store

    store = Store.create(folder) if providers_file else Store.open(folder)
    options = CrawlOptions(
        providers_file, only, limit, delay, max_pages, allow_private, resume, render
    )
    with hold(store.path, "crawl"):
        click.echo(str(estimate(store, options)), err=True)
        with Wanted(workers, scheduler, shared).hired(store.path) as crew:
            result = run(store, options, crew=crew)
    for issue in result.issues:
        click.echo(str(issue), err=True)
    context.exit(result.exit_code)


COMMANDS: tuple[click.Command, ...] = (discover, merges, crawl, import_, doctor)
