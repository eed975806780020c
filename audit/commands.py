"""The audit's commands: ``audit``, ``check`` and ``rules``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from data.errors import EXIT_NOTHING_LOOKED_AT, UsageError
from data.printable import one_line, printable

_STORE = click.option(
    "--store", required=True, type=click.Path(path_type=Path), help="The store's folder."
)


@click.command()
@_STORE
@click.option("--run", "run_id", help="A run's id; the latest one if left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def audit(store: Path, run_id: str | None, as_json: bool) -> None:
    """Judge the captures of a run; can be repeated offline at any time."""
    from audit.progress import audit_with_progress
    from data import lock
    from data.store import Store

    opened = Store.open(store)
    with lock.hold(store, "audit"):
        run = opened.run(run_id)
        judged, issues = audit_with_progress(opened, run)
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
    """Audit one HTML file, folder, WARC/WACZ, web address or - (stdin), without a store."""
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


@click.group()
def rules() -> None:
    """The rule catalogue."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_rules(as_json: bool) -> None:
    """One line a rule."""
    from audit import catalog

    known = catalog.bundled().rules.values()
    if as_json:
        rows = [
            {"id": r.id, "kind": r.kind, "severity": r.severity, "title": r.title} for r in known
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for rule in known:
        click.echo(f"{rule.id:32} {rule.severity:9} {rule.kind:20} {rule.title}")


@rules.command("show")
@click.argument("rule_id")
def show_rule(rule_id: str) -> None:
    """Everything about one rule: what, why, sources, examples."""
    from audit import catalog

    rule = catalog.bundled().rules.get(rule_id)
    if rule is None:
        raise UsageError(f"no rule {rule_id!r}.", "'ketawatch rules list' names them.")
    click.echo("\n".join(_describe(rule)))


def _describe(rule: object) -> list[str]:
    from audit.rule import Rule

    assert isinstance(rule, Rule)  # noqa: S101 - for the type checker
    lines = [
        f"{rule.id}: {rule.title}",
        f"  kind: {rule.kind}; severity: {rule.severity} ({rule.severity_reason})",
        f"  applies to: {', '.join(rule.lines)}",
        f"  what: {rule.requirement}",
        f"  why: {rule.why}",
        f"  what would satisfy it: {rule.satisfy}",
        f"  basis: {rule.basis}; required on a website: {rule.web_disclosure_mandated}",
        f"  absence is said only after reading: {', '.join(rule.searched)}",
        f"  effective from {rule.effective_from}; to be reviewed by {rule.review_by}",
    ]
    lines += [f"  source: {s.title} ({s.date}; {s.text_status}) {s.url}" for s in rule.sources]
    lines += [
        f"  example, {e.stance}: {json.dumps(e.text, ensure_ascii=False)}" for e in rule.examples
    ]
    return lines


@rules.command("test")
@click.pass_context
def run_examples(ctx: click.Context) -> None:
    """Run every inline example."""
    from audit import claims, examples

    engine = claims.bundled_engine()
    total = failed = 0
    for rule in engine.catalog.rules.values():
        total += len(rule.examples)
        for failure in examples.failures(engine, rule):
            failed += 1
            click.echo(
                f"{failure.rule_id}: expected {failure.example.stance}, got {failure.got}:"
                f" {json.dumps(failure.example.text, ensure_ascii=False)}"
            )
    click.echo(f"{total - failed} of {total} examples of {len(engine.catalog.rules)} rules hold")
    if failed:
        ctx.exit(1)


COMMANDS: tuple[click.Command, ...] = (audit, check, rules)
