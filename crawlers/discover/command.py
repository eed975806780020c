"""``ketawatch discover``."""

from __future__ import annotations

from pathlib import Path

import click

from data.option_types import NamedPath


@click.command()
@click.option("--store", "folder", required=True, type=NamedPath(), help="The store's folder.")
@click.option("--source", "only", multiple=True, help="Read this source only (repeatable).")
@click.option(
    "--source-file",
    "extra",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A declaration of your own, read beside the bundled ones (repeatable).",
)
@click.option(
    "--allow-private-host",
    "allow_private",
    multiple=True,
    help="A host outside the public web that may be asked (repeatable).",
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def discover(
    context: click.Context,
    folder: Path,
    only: tuple[str, ...],
    extra: tuple[Path, ...],
    allow_private: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read the listing sources and merge them into DIR/providers.csv.

    Rows that you wrote or mended there stay as they are. A source that cannot be read, or yields
    fewer or more rows than expected, keeps its last good rows (exit code 5); the others go on.
    Providers that are certainly one are joined, doubtful ones wait in 'ketawatch merges list'.
    """
    from crawlers.discover.discover import discover as run
    from crawlers.discover.report import as_text, to_json
    from data.lock import hold
    from data.store import Store

    store = Store.create(folder)
    with hold(store.path, "discover"):
        result = run(
            store,
            extra_sources=extra,
            only=only or None,
            allow_private=allow_private,
            progress=lambda line: click.echo(line, err=True),
        )
    for issue in result.issues:
        click.echo(str(issue), err=True)
    click.echo(to_json(result) if as_json else as_text(result))
    context.exit(result.exit_code)
