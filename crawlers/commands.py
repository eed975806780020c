"""The crawlers' commands: ``discover`` and ``crawl``."""

from __future__ import annotations

from pathlib import Path

import click

from crawlers.discover_command import discover


@click.command()
@click.option(
    "--store", required=True, type=click.Path(path_type=Path), help="The store's folder."
)
@click.option(
    "--providers",
    "providers_file",
    type=click.Path(path_type=Path),
    help="Another list of providers than the store's providers.csv.",
)
@click.option("--only", multiple=True, metavar="ID", help="Look at this provider; may be repeated.")
@click.option("--limit", type=click.IntRange(min=1), help="Look at this many providers at most.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0),
    help="Seconds between requests to a host, fixed; without it AutoThrottle decides.",
)
@click.option("--max-pages", type=click.IntRange(min=1), help="Pages a provider, at most.")
@click.option(
    "--allow-private-networks",
    "allow_private",
    is_flag=True,
    help="Let the hosts of the providers' homepages (and own_hosts) lie on a private network.",
)
@click.option("--resume", is_flag=True, help="Finish the interrupted run; an error if there is none.")
@click.pass_context
def crawl(
    ctx: click.Context,
    store: Path,
    providers_file: Path | None,
    only: tuple[str, ...],
    limit: int | None,
    delay: float | None,
    max_pages: int | None,
    allow_private: bool,
    resume: bool,
) -> None:
    """Capture provider sites into a new run, or finish an interrupted one."""
    from crawlers.crawl import CrawlOptions, estimate
    from crawlers.crawl import crawl as crawl_run
    from data import lock
    from data.store import Store

    opened = Store.create(store) if providers_file else Store.open(store)
    options = CrawlOptions(
        providers_file, only, limit, delay, max_pages, allow_private, resume
    )
    with lock.hold(store, "crawl"):
        click.echo(str(estimate(opened, options)), err=True)
        result = crawl_run(opened, options)
    for issue in result.issues:
        click.echo(str(issue), err=True)
    for provider_id, reason in result.not_looked_at.items():
        click.echo(f"could not look at {provider_id}: {reason}", err=True)
    click.echo(f"run {result.run.run_id}: {result.looked_at} providers looked at")
    ctx.exit(result.exit_code)


COMMANDS: tuple[click.Command, ...] = (discover, crawl)
