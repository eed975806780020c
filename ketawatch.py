"""The command line: collects each room's commands and wires those that need several rooms."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from data import run_log, streams
from data.cluster_options import Wanted, worker_options
from data.errors import (
    EXIT_INTERRUPTED,
    EXIT_UNEXPECTED,
    EXIT_USAGE,
    KetawatchError,
    unforeseen,
    worst_exit,
)
from data.option_types import Finite, NamedPath
from data.printable import one_line
from data.version import VERSION

_ROOMS = ("data", "crawlers", "audit", "publish", "dashboard")
_DEMO_STORE = Path("ketawatch-demo")
_DEMO_SOURCE = "demo_directory"  # the name in its declaration; data.findings tells a demo by it
_TRACEBACK_VARIABLE = "KETAWATCH_TRACEBACK"
_EXISTING_STORE = click.option(
    "--store", required=True, type=NamedPath(), help="The store's folder."
)


class _AllRooms(click.Group):
    """The commands of this file and of every room's ``commands.py``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._all())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._all().get(cmd_name)

    def _all(self) -> dict[str, click.Command]:
        rooms = [c for room in _ROOMS for c in import_module(f"{room}.commands").COMMANDS]
        return {str(c.name): c for c in (*rooms, *self.commands.values())}


@click.group(cls=_AllRooms)
@click.version_option(VERSION)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """What online ketamine providers tell the public, with evidence that anyone can check.

    Exit codes: 0 done; 1 unexpected error; 2 bad arguments or configuration; 3 too many providers
    could not be looked at; 4 nothing could be looked at; 5 a source broke its bounds; 6 another run
    holds the store; 130 interrupted, resumable.
    """
    ctx.obj = _fetch


@cli.command()
@_EXISTING_STORE
@click.option("--limit", type=click.IntRange(min=1), help="Look at this many providers at most.")
@click.option(
    "--max-hours",
    type=Finite(min=0),
    help="Stop crawling after so many hours (exit code 130); the next call goes on. 0: no limit.",
)
@click.option(
    "--source-file",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A declaration of your own, read beside the bundled ones (repeatable).",
)
@click.option(
    "--allow-private-host",
    "source_hosts",
    multiple=True,
    help="A host outside the public web that sources may be read from (repeatable).",
)
@click.option(
    "--allow-private-networks",
    "allow_private",
    is_flag=True,
    help="Open private addresses, for the listed homepages and own_hosts alone.",
)
@click.option("--delay", type=Finite(min=0), help="As for 'crawl'; 0 is for loopback.")
@click.option("--render", type=click.Choice(["auto", "never", "always"]), default="auto")
@worker_options
@click.pass_context
def run(
    ctx: click.Context,
    store: Path,
    limit: int | None,
    max_hours: float | None,
    sources: tuple[Path, ...],
    source_hosts: tuple[str, ...],
    allow_private: bool,
    delay: float | None,
    render: str,
    workers: int | None,
    scheduler: str | None,
    shared: str | None,
) -> None:
    """Discover, crawl and audit: what a scheduler calls; finishes an interrupted run first.

    However it ends, DIR/health.json, DIR/ketawatch.prom and DIR/logs tell.
    """
    from crawlers import scheduled
    from crawlers.crawl import CrawlOptions
    from data import lock
    from data.store import Store

    opened = Store.create(store)
    hours = opened.config().operation.max_hours if max_hours is None else max_hours
    options = CrawlOptions(limit=limit, delay=delay, allow_private=allow_private, render=render)
    hired = Wanted(workers, scheduler, shared).hired(store)
    with lock.hold(store, "run"), run_log.kept(store), hired as crew:
        order = scheduled.Order(options, sources, source_hosts, hours, crew)
        code = scheduled.call(opened, order, partial(_judge, crew=crew), _say)
        _show_summary(opened)
        run_log.say(f"ended with exit code {code}")
    ctx.exit(code)


@cli.command()
@click.option("--store", type=NamedPath(), default=_DEMO_STORE, show_default=True)
@click.option("--no-dashboard", is_flag=True, help="Stop after the summary.")
@click.pass_context
def demo(ctx: click.Context, store: Path, no_dashboard: bool) -> None:
    """The whole path on invented provider sites that this command serves on loopback."""
    from crawlers import demo_web, scheduled
    from crawlers.crawl import CrawlOptions
    from data import lock
    from data.store import Store

    opened = Store.create(store)
    with lock.hold(store, "demo"), demo_web.serve(_demo_port(opened)) as web:
        click.echo(f"Serving {len(web.hosts)} invented sites on port {web.port}.", err=True)
        codes = [_discover_demo(opened, web)]
        # Without a browser: the demo says the same on a machine that has one.
        options = CrawlOptions(allow_private=True, delay=0.0, render="never")
        codes.append(scheduled.look(opened, options, _judge, _say))
        _show_summary(opened)
        click.echo(f"\nThe findings are in {store}.", err=True)
        if not no_dashboard:
            ctx.invoke(_dashboard_command(), store=store)
    ctx.exit(worst_exit(codes))


def _fetch(address: str, allow_private: bool) -> Any:
    """A page from the web for ``check``, which cannot reach the web by itself."""
    from audit.check import Input
    from crawlers.walk.single_page import fetch_page
    from data import config

    page = fetch_page(address, config.load(Path(config.FILE_NAME)), allow_private=allow_private)
    return Input(address, page.decoded, page.url, page.content_type)


def _demo_port(store: Any) -> int | None:
    """The port that an interrupted demo has in its addresses, which go on from there."""
    from urllib.parse import urlsplit

    from data import provider_file

    if store.partial_run() is None or not store.providers_path.exists():
        return None
    homepages = (urlsplit(p.homepage or "") for p in provider_file.read(store.providers_path)[0])
    return next((h.port for h in homepages if (h.hostname or "").endswith(".localhost")), None)


def _discover_demo(store: Any, web: Any) -> int:
    """Read the invented directory, as any other source; its address is known only now."""
    from crawlers import scheduled
    from crawlers.demo_pages import DEMO
    from data import provider_file

    if store.providers_path.exists():
        # An earlier demo may have served its sites on another port.
        rows, _ = provider_file.read(store.providers_path)
        kept = [row for row in rows if row.source != (_DEMO_SOURCE,)]
        provider_file.write(store.providers_path, kept)
    declared = (DEMO / "directory.yml").read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"{_DEMO_SOURCE}.yml"
        source.write_text(declared.replace("{base}", web.directory_url), encoding="utf-8")
        return scheduled.read_sources(
            store, _say, extra_sources=[source], only=[_DEMO_SOURCE], allow_private=web.hosts
        )


def _judge(store: Any, run: Any, crew: Any = None) -> Any:
    """The audit as the crawlers' room is handed it; the problems that it met."""
    from audit.progress import audit_with_progress

    return audit_with_progress(store, run, crew)[1]


def _show_summary(store: Any) -> None:
    from rich.console import Console

    from data.findings import open_view
    from publish import summary

    summary.show(open_view(store), Console())


def _dashboard_command() -> click.Command:
    from dashboard.commands import dashboard

    return dashboard


def _say(message: str) -> None:
    run_log.say(message)
    click.echo(one_line(message), err=True)


def main() -> None:
    """Run a command; a problem for a person is one line on standard error and its exit code."""
    streams.prepare()
    _stop_where_told_to()
    try:
        # Outside of click's standalone mode an exit code comes back as the value.
        sys.exit(cli.main(standalone_mode=False) or 0)
    except KetawatchError as error:
        _end(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("Interrupted; what was finished is kept.", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Somebody closed the pipe (``| head``): less was read than asked for, and nobody listens.
        streams.leave()
        sys.exit(EXIT_UNEXPECTED)
    except OSError as error:
        streams.leave()
        # No file can have such a name: it can only have been given.
        code = EXIT_USAGE if error.errno == errno.ENAMETOOLONG else EXIT_UNEXPECTED
        _end(f"{streams.place_of(error)}: {error.strerror or error}.", code)
    except Exception as error:
        if os.environ.get(_TRACEBACK_VARIABLE):
            raise
        _end(
            f"{unforeseen(error)} A defect of ketawatch, please report it; with"
            f" {_TRACEBACK_VARIABLE}=1 in the environment it says more.",
            EXIT_UNEXPECTED,
        )


def _stop_where_told_to() -> None:
    """Let SIGTERM end a command as Ctrl-C does: what a scheduler stops tidies up and leaves word.

    A crawl has a handler of its own for as long as it goes on.
    """

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    here = threading.current_thread() is threading.main_thread()
    if here and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, stop)


def _end(message: str, code: int) -> None:
    click.echo(f"ketawatch: {one_line(message)}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
