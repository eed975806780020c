"""``ketawatch dashboard``: check everything first, then serve the app from this process."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from data.errors import UsageError
from data.option_types import NamedPath

LOOPBACK = "127.0.0.1"


@click.command()
@click.option(
    "--store",
    type=NamedPath(),
    required=True,
    help="The folder with the runs.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to listen on.")
def dashboard(store: Path, port: int, host: str) -> None:
    """Show the published findings of a store in the browser, until Ctrl-C."""
    from dashboard import server
    from data.findings import open_view
    from data.store import Store

    view = open_view(Store.open(store))
    address = claim_address(host, port)
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    click.echo(f"Run {view.run.run_id} of {store}: {url} (Ctrl-C ends it)", err=True)
    if not address.startswith("127.") and address != "::1":
        click.echo(
            f"Warning: --host {host} lets other machines read everything here; there is no log-in.",
            err=True,
        )
    server.serve(store, host, port)


def claim_address(host: str, port: int) -> str:
    """The numeric address of ``host``, after trying that the port can be had.

    Raises:
        UsageError: the host has no address here, or the port is in use or not allowed.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        # Python refuses a name with a label that is too long before anybody looks it up.
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"--host {host}: no address ({why}).", f"Use --host {LOOPBACK}."
        ) from error
    with socket.socket(family, kind) as trial:
        # As the server does: a port in TIME_WAIT is free. Windows names it the other way round.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(place)
        except OSError as error:
            raise UsageError(
                f"--port {port} on {host} cannot be used ({error.strerror}).",
                f"Choose another one: --port {port + 1 if port < 65535 else 8501}.",
            ) from error
    return str(place[0])


COMMANDS: tuple[click.Command, ...] = (dashboard,)
