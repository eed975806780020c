"""The audit's commands: ``audit`` and ``check`` here, ``evaluate`` and ``rules`` beside."""

from __future__ import annotations

import json
from pathlib import Path

import click

from audit.evaluate_command import evaluate
from audit.rules_command import rules
from data.cluster_options import Wanted, worker_options
from data.errors import EXIT_NOTHING_LOOKED_AT
from data.option_types import NamedPath
from data.printable import one_line, printable

_STORE = click.option("--store", required=True, type=NamedPath(), help="The store's folder.")


@click.command()
@_STORE
@click.option("--run", "run_id", help="A run's id; the latest one if left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@worker_options
def audit(
    store: Path,
    run_id: str | None,
    as_json: bool,
    workers: int | None,
    scheduler: str | None,
    shared: str | None,
) -> None:
    """Judge the captures of a run; can be repeated offline at any time."""
    from audit.progress import audit_with_progress
    from data import lock
    from data.store import Store

    opened = Store.open(store)
    with lock.hold(store, "audit"):
        run = opened.run(run_id)
        with Wanted(workers, scheduler, shared).hired(store) as crew:
            judged, issues = audit_with_progress(opened, run, crew)
    for issue in issues:
        click.echo(str(issue), err=True)
    answer = {"run_id": run.run_id, "audit_id": judged.audit_id, "counts": judged.info["counts"]}
    if as_json:
        click.echo(json.dumps(answer))
        return
    counts = ", ".join(f"{n} {outcome}" for outcome, n in judged.info["counts"].items())
    click.echo(f"run {run.run_id}: audit {judged.audit_id} published ({counts})")


@click.command()
@click.argument("path")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, a list of pages.")
@click.option("--all", "everything", is_flag=True, help="Add claims that were set aside, and why.")
@click.option(
    "--allow-private-networks",
    "allow_private",
    is_flag=True,
    help="Let the host of a web address lie on a private network.",
)
@click.pass_context
def check(
    ctx: click.Context, path: str, as_json: bool, everything: bool, allow_private: bool
) -> None:
    """Audit one HTML or PDF file, folder, WARC/WACZ, web address or - (stdin), without a store."""
    from audit.check import check_all, is_address

    # The audit has no way to the web; who called it hands one in.
    found = [ctx.obj(path, allow_private)] if is_address(path) else None
    pages, issues = check_all(path, include_set_aside=everything, found=found)
    for issue in issues:
        click.echo(str(issue), err=True)
    if as_json:
        click.echo(printable(json.dumps(pages, ensure_ascii=False, indent=1)))
    else:
        _print_pages(pages)
    if not pages:
        click.echo(f"{one_line(path)}: no page was read.", err=True)
        ctx.exit(EXIT_NOTHING_LOOKED_AT)


def _print_pages(pages: list[dict[str, object]]) -> None:
    for page in pages:
        rows = page["claims"]
        assert isinstance(rows, list)  # noqa: S101 - for the type checker
        click.echo(one_line(str(page["path"])) + f"  ({page['page_type']}, {len(rows)} claims)")
        for row in rows:
            aside = f" [{row['reason']}]" if row.get("reason") else ""
            click.echo(f"  {row['rule_id']}: {row['stance']}{aside}")
            click.echo(printable(f"    {json.dumps(row['quote'], ensure_ascii=False)}"))


COMMANDS: tuple[click.Command, ...] = (audit, check, evaluate, rules)
