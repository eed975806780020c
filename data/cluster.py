"""Worker processes beyond this one: Dask's, started here or found at a scheduler's address.

Crawl and audit map whole providers over the same workers. Dask runs whatever code it is sent, so
the scheduler that is started here listens on loopback alone and takes only encrypted connections
with a certificate made for this one command; anything wider is the operator's own scheduler, and
trust and TLS are the operator's, too (docs/workers.md).
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from data.errors import KetawatchError, UsageError

if TYPE_CHECKING:
    from distributed import Client

# So many providers are looked at at once in each worker that is started here.
AT_ONCE = 8
# A scheduler answers soon or not at all; workers may still be starting.
_CONNECT_S, _WAIT_S = 15, 60
_GONE_S = 300
_HERE = "127.0.0.1"
# A terminal's Ctrl-C reaches all processes; whoever started the workers tells them what it means.
_NO_CTRL_C = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
_SETTINGS = {
    # A worker that was killed frees its leases after this time; the usual half minute is long for
    # a scheduler that lives on the same machine.
    "distributed.scheduler.locks.lease-timeout": "10s",
    "distributed.scheduler.locks.lease-validation-interval": "2s",
    # Dask's own web pages are open to whoever can reach the port.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers that are ready.

    ``shared`` is the address at which they put what is finished, in the layout of a store; None
    means the store's own path, which they all see.
    """

    client: Client
    shared: str | None = None


@contextmanager
def hired(
    workers: int | None,
    scheduler: str | None,
    shared: str | None,
    scratch: Path,
    say: Callable[[str], None],
) -> Iterator[Crew | None]:
    """Workers for as long as the block lasts; None where this process is to do it alone.

    Args:
        workers: start so many on this machine.
        scheduler: or use those of a scheduler that runs already (``tcp://host:8786``).
        shared: see ``Crew``.
        scratch: where workers on this machine keep what is not finished yet.
        say: is told what a person should know.

    Raises:
        UsageError: both were named, Dask is not installed, or nobody answers.
    """
    if workers and scheduler:
        raise UsageError("--workers and --scheduler exclude each other.", "Name one of them.")
    if not workers and not scheduler:
        if shared:
            raise UsageError("--shared is for workers.", "Add --workers or --scheduler.")
        yield None
        return
    _require_dask()
    with _started(workers, scratch) if workers else _found(str(scheduler), say) as client:
        yield Crew(client, shared)


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"Workers need Dask, which is not installed ({error}).",
            "Install 'dask[distributed]' beside ketawatch, or leave --workers out.",
        ) from error


@contextmanager
def _started(workers: int, scratch: Path) -> Iterator[Client]:
    import dask
    from distributed import Client, LocalCluster

    scratch.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {
        "n_workers": workers,
        "threads_per_worker": AT_ONCE,
        "host": _HERE,
        "security": True,
        "dashboard_address": None,
        "silence_logs": logging.CRITICAL,
        "preload": [_NO_CTRL_C],
        "scheduler_kwargs": {"dashboard_address": f"{_HERE}:0"},
        "local_directory": str(scratch),
    }
    with (
        dask.config.set(_SETTINGS),
        LocalCluster(**options) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _found(address: str, say: Callable[[str], None]) -> Iterator[Client]:
    from distributed import Client

    # What matters comes back as an error, with a line for a person. Dask gives its client's log a
    # level of its own.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if address.startswith("tcp:") and not _is_loopback(address):
        say(
            f"{address} is not encrypted: whoever reaches that port can run code on the workers."
            " docs/workers.md tells how to use TLS."
        )
    try:
        _knock(address)
        client = Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"{address}: no scheduler to talk to ({error}).",
            "Start one with 'dask scheduler', or name its address and certificates.",
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT_S)
        except TimeoutError as error:
            raise UsageError(
                f"{address}: the scheduler has no workers.", f"Start 'dask worker {address}'."
            ) from error
        yield client


def _knock(address: str) -> None:
    """See whether somebody listens: a client that found nobody would leave its threads behind."""
    from distributed.comm.addressing import get_address_host_port

    socket.create_connection(get_address_host_port(address), timeout=_CONNECT_S).close()


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def vigil(client: Client) -> Callable[[], None]:
    """A check, for while orders are out, that there is still somebody to do them.

    Raises:
        KetawatchError: when called after the last worker has been gone for five minutes.
    """
    seen = monotonic()

    def check() -> None:
        nonlocal seen
        if client.scheduler_info()["workers"]:
            seen = monotonic()
        elif monotonic() - seen > _GONE_S:
            raise KetawatchError(
                "All workers are gone.", "Start some and call again; what was finished is kept."
            )

    return check
