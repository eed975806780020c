"""``ketawatch merges``: which providers may be one, and what people decide about it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from data.errors import UsageError
from data.option_types import NamedPath
from data.printable import one_line

if TYPE_CHECKING:
    from crawlers.merges.merges import By, Desk
    from data.decisions import Decision

WHO_VARIABLE = "KETAWATCH_WHO"

_Command = Callable[..., Any]
_store = click.option(
    "--store", "folder", required=True, type=NamedPath(), help="The store's folder."
)
_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


def _by(command: _Command) -> _Command:
    """The options of every decision."""
    who = click.option("--who", default="", help=f"Who decides; {WHO_VARIABLE} or your login name.")
    why = click.option("--why", required=True, help="Why; it is kept with the decision.")
    return _store(who(why(command)))


@click.group()
def merges() -> None:
    """Which providers may be one: list the evidence, accept, reject, and undo.

    Decisions are kept in DIR/decisions.sqlite, are only ever added, and are never asked again.
    """


@merges.command("list")
@_store
@_json
@click.option(
    "--csv",
    "sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them to a file with an empty column 'decision', for 'merges apply'.",
)
@click.option("--force", is_flag=True, help="Replace that file where it exists.")
def list_(folder: Path, as_json: bool, sheet: Path | None, force: bool) -> None:
    """The pairs of providers that wait for a decision, the likeliest first, with their evidence."""
    from crawlers.merges import report as merges_report
    from crawlers.merges import sheet as merges_sheet
    from crawlers.merges.merges import Desk
    from data.store import Store, disk_errors, write_text

    if sheet and sheet.exists() and not force:  # somebody may have filled it in
        raise UsageError(f"{sheet}: exists.", "Name another file, or add --force.")
    desk = Desk(Store.open(folder))
    for issue in desk.issues:
        click.echo(str(issue), err=True)
    if sheet:
        with disk_errors(sheet):
            write_text(sheet, merges_sheet.as_sheet(desk))
        click.echo(f"{sheet}: fill in 'decision' (accept, reject) and 'why'.", err=True)
        return
    click.echo(merges_report.to_json(desk) if as_json else merges_report.as_text(desk))


@merges.command()
@click.argument("pair")
@click.option("--keep", default="", metavar="ID", help="The id that stays.")
@_by
def accept(pair: str, folder: Path, who: str, why: str, keep: str) -> None:
    """Join PAIR (its short name in the list, or 'ID|ID') into one provider."""
    with _desk(folder) as desk:
        _say(desk.accept(pair, _decider(who, why), keep))


@merges.command()
@click.argument("pair")
@_by
def reject(pair: str, folder: Path, who: str, why: str) -> None:
    """Settle that PAIR is two providers; it is never proposed again."""
    with _desk(folder) as desk:
        _say(desk.reject(pair, _decider(who, why)))


@merges.command()
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--store", "folder", required=True, type=NamedPath())
@click.option("--who", default="", help=f"Who decides; {WHO_VARIABLE} or your login name.")
def apply(sheet: Path, folder: Path, who: str) -> None:
    """Carry out the decisions that were filled in in SHEET, a file of 'merges list --csv'."""
    from crawlers.merges.sheet import carry_out, read_sheet
    from data.decisions import Decision

    with _desk(folder) as desk:
        for done in carry_out(desk, read_sheet(sheet), partial(_decider, who)):
            if isinstance(done, Decision):
                _say(done)
            else:
                click.echo(one_line(done), err=True)


@merges.command()
@click.argument("decision_id", type=int)
@_by
def undo(decision_id: int, folder: Path, who: str, why: str) -> None:
    """Take back the decision of this number; the rows that it changed are put back."""
    with _desk(folder) as desk:
        _say(desk.undo(decision_id, _decider(who, why)))


@merges.command()
@click.argument("provider_id")
@click.argument("website")
@_by
def alias(provider_id: str, website: str, folder: Path, who: str, why: str) -> None:
    """Settle that listings with WEBSITE belong to PROVIDER_ID too, as after a move."""
    with _desk(folder) as desk:
        _say(desk.alias(provider_id, website, _decider(who, why)))


@merges.command()
@click.argument("provider_id")
@click.argument("website")
@_by
def homepage(provider_id: str, website: str, folder: Path, who: str, why: str) -> None:
    """Give PROVIDER_ID the homepage WEBSITE, for instance one that waits as homepage unknown."""
    with _desk(folder) as desk:
        _say(desk.homepage(provider_id, website, _decider(who, why)))


@merges.command()
@_store
@_json
def log(folder: Path, as_json: bool) -> None:
    """Every decision about who is one provider: number, day, who, what and why."""
    from crawlers.merges import report as merges_report
    from crawlers.merges.merges import Desk
    from data.store import Store

    decisions = Desk(Store.open(folder)).log()
    told = merges_report.log_to_json if as_json else merges_report.log_as_text
    click.echo(told(decisions))


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    from crawlers.merges.merges import Desk
    from data.lock import hold
    from data.store import Store

    store = Store.open(folder)
    with hold(store.path, "merges"):
        yield Desk(store)


def _decider(who: str, why: str) -> By:
    from crawlers.merges.merges import By

    return By(who or os.environ.get(WHO_VARIABLE, "") or _login(), why)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # a user of whom the system knows a number
        raise UsageError(
            "--who: nobody is named, and this user has no login name.",
            f"Name yourself with --who, or in {WHO_VARIABLE}.",
        ) from error


def _say(decision: Decision) -> None:
    from crawlers.merges.report import log_as_text

    click.echo(log_as_text([decision]))
