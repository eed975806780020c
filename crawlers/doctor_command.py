"""``ketawatch doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from data.option_types import NamedPath


@click.command()
@click.option("--store", type=NamedPath(), help="The store's folder.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def doctor(context: click.Context, store: Path | None, as_json: bool) -> None:
    """What this machine lacks (contact, Chromium, disk, clock), and the remedy."""
    import json

    from crawlers import doctor as machine
    from data.errors import worst_exit

    checks = machine.examine(store)
    if as_json:
        click.echo(json.dumps([c.as_dict() for c in checks], indent=1))
    else:
        click.echo("\n".join(str(check) for check in checks))
    context.exit(worst_exit(check.exit_code for check in checks))
