"""``ketawatch rules``: the catalogue, for people and programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from data.errors import UsageError

if TYPE_CHECKING:
    from audit.catalog.rule import Rule


@click.group()
def rules() -> None:
    """The rule catalogue."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_rules(as_json: bool) -> None:
    """One line a rule."""
    from audit.catalog import catalog

    known = catalog.bundled().rules.values()
    if as_json:
        click.echo(json.dumps([_row(rule) for rule in known], ensure_ascii=False, indent=1))
        return
    for rule in known:
        click.echo(f"{rule.id:32} {rule.severity:9} {rule.kind:20} {rule.title}{_overdue(rule)}")


@rules.command("show")
@click.argument("rule_id")
def show_rule(rule_id: str) -> None:
    """Everything about one rule: what, why, sources, messages, examples, changes."""
    from audit.catalog import catalog

    rule = catalog.bundled().rules.get(rule_id)
    if rule is None:
        raise UsageError(f"no rule {rule_id!r}.", "'ketawatch rules list' names them.")
    click.echo("\n".join(_describe(rule)))


def today() -> str:
    """The day on which the catalogue is shown, in UTC."""
    return datetime.now(UTC).date().isoformat()


def _overdue(rule: Rule) -> str:
    """What is said of a rule that waits for a new look, wherever it is shown."""
    return f" [past its review date, {rule.review_by}]" if rule.past_review(today()) else ""


def _row(rule: Rule) -> dict[str, str | bool]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "severity": rule.severity,
        "title": rule.title,
        "review_by": rule.review_by,
        "past_review": rule.past_review(today()),
    }


def _describe(rule: Rule) -> list[str]:
    lines = [
        f"{rule.id}: {rule.title}{_overdue(rule)}",
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
    lines += [f"  said where {reason}: {message}" for reason, message in rule.messages.items()]
    lines += [
        f"  example, {e.stance}: {json.dumps(e.text, ensure_ascii=False)}" for e in rule.examples
    ]
    return [*lines, *(f"  changed {change}" for change in rule.changelog)]


@rules.command("test")
@click.pass_context
def run_examples(ctx: click.Context) -> None:
    """Run every inline example: what the patterns of each rule make of it."""
    from audit import examples
    from audit.claims import engines

    engine = engines.patterns()
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
