"""``ketawatch export``."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.errors import UsageError
from data.option_types import NamedPath
from data.printable import printable
from data.vocabulary import Outcome
from publish import formats

if TYPE_CHECKING:
    from data.findings import View
    from publish.export import Export, Request

# Named here too, because reading them from publish.export would load every format library.
TABLES = ("findings", "evidence", "providers", "matrix", "risk", "facts")
_STDOUT = "-"


@click.command()
@click.option("--store", required=True, type=NamedPath(), help="The store's folder.")
@click.option("--out", required=True, metavar="PATH", help="The file to write; - is stdout.")
@click.option("--format", "format_", required=True, type=click.Choice(formats.names()))
@click.option("--table", type=click.Choice(TABLES), default="findings", show_default=True)
@click.option("--run", metavar="ID", help="The run; the latest one unless named.")
@click.option("--provider", "providers", multiple=True, metavar="ID", help="Only this provider.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule.")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="Only this outcome; every outcome unless given.",
)
@click.option("--finding", "findings", multiple=True, metavar="ID", help="Only this finding.")
@click.option(
    "--selection",
    type=click.Path(path_type=Path),
    help="Only the findings that a file names: one id a line, or an export (CSV, JSON).",
)
@click.option("--force", is_flag=True, help="Replace the file where it exists.")
def export(
    store: Path,
    out: str,
    format_: str,
    table: str,
    run: str | None,
    providers: tuple[str, ...],
    rules: tuple[str, ...],
    outcomes: tuple[str, ...],
    findings: tuple[str, ...],
    selection: Path | None,
    force: bool,
) -> None:
    """Write findings, their evidence, the providers, a matrix or the reading aid to a file.

    Every outcome is written unless filtered; repeat a filter to accept several values. Beside the
    file stands NAME.manifest.json with filters, counts, versions and digests, and beside a CSV its
    twin for spreadsheets, NAME.spreadsheet.csv.
    """
    from data.findings import Filter, open_view
    from data.store import Store
    from publish import selection as picked
    from publish.export import Request, to_file

    if selection is not None:
        findings += picked.read(selection)
    view = open_view(Store.open(store), run)
    wanted = view.today(Filter(providers, rules, outcomes, findings))
    request = Request(table, format_, wanted)
    if table == "risk":
        _say_method()
    if out == _STDOUT:
        _to_stdout(view, request)
    else:
        _tell(to_file(view, request, Path(out), force), out)


def _say_method() -> None:
    """The formula and the caveat go wherever the number goes."""
    from audit.verdict import risk

    method = risk.method()
    click.echo(f"{method.caveat} {method.version}: {method.formula}.", err=True)


def _to_stdout(view: View, request: Request) -> None:
    from data.store import disk_errors
    from publish import export as exporting

    if not formats.load(request.format).text and sys.stdout.isatty():
        raise UsageError(
            f"--out -: a terminal cannot show {request.format}.", "Name a file, or redirect it."
        )
    with disk_errors(Path("standard output")):
        if sys.stdout.isatty():
            done = _to_terminal(view, request)
        else:
            done = exporting.to_stream(view, request, sys.stdout.buffer)
    _tell(done, "standard output")
    click.echo("Neither manifest nor spreadsheet twin is written with --out -.", err=True)


def _to_terminal(view: View, request: Request) -> Export:
    """Show the file: what would steer the terminal is written as ``\\uXXXX``."""
    from publish import export as exporting

    whole = io.BytesIO()
    done = exporting.to_stream(view, request, whole)
    lines = whole.getvalue().decode("utf-8").split("\r\n")
    click.echo("\r\n".join(map(printable, lines)), nl=False)
    return done


def _tell(done: Export, out: str) -> None:
    for issue in done.issues:
        click.echo(str(issue), err=True)
    others = "".join(f", {path.name}" for path in done.files[1:])
    click.echo(f"{out}: {done.rows:,} rows{others}", err=True)


COMMANDS: tuple[click.Command, ...] = (export,)
