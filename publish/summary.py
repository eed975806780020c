"""The table at the end of a run: what was stated, what was not found, and what nobody could see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from data.findings import View
from data.models import Outcome
from data.printable import one_line

CAVEAT = (
    "Not stated is not the same as not done. Almost nothing of this is required on a website."
    " Unreviewed: read the quotes before you name anyone."
)
# Column heads by what an outcome means for the kind of rule; the order is the outcomes' own.
_OUTCOMES = (
    (Outcome.MET, "green"),
    (Outcome.CONCERN, "yellow"),
    (Outcome.NEEDS_REVIEW, "cyan"),
    (Outcome.NOT_APPLICABLE, "dim"),
    (Outcome.NOT_TESTED, "magenta"),
)
_REST = ("to be\nreviewed", "does not\napply", "could not\nlook")
_SAFEGUARDS = ("stated", "not found,\nor denied", *_REST)
_CLAIMS = ("not found,\nor disowned", "said", *_REST)
_PROVIDERS = ("met", "concern", *_REST)


def summary(view: View) -> RenderableType:
    """Three tables over all findings of a view: by safeguard, by claim, by provider."""
    rows = view.findings().to_pylist()
    date = str(view.run.info["finished_at"])[:10]
    return Group(
        Text(f"{len(view.providers)} providers, {date}, {len(rows)} findings", style="bold"),
        _by_rule(
            "Safeguards: who states them", _SAFEGUARDS, _rules(view, rows, claims=False), rows
        ),
        _by_rule("Claims: who makes them", _CLAIMS, _rules(view, rows, claims=True), rows),
        _by_provider(view, rows),
        Text("Counted: providers x service lines. " + CAVEAT),
    )


def show(view: View, console: Console) -> None:
    """Print the summary."""
    console.print(summary(view))


def _rules(view: View, rows: list[dict[str, Any]], *, claims: bool) -> list[dict[str, Any]]:
    """The safeguards, or the claims; the largest gap first."""
    chosen = [r for r in view.rules if (r["kind"] == "prohibited-claim") == claims]
    return sorted(chosen, key=lambda rule: (_share_met(rows, rule["id"]), rule["id"]))


def _share_met(rows: list[dict[str, Any]], rule_id: str) -> float:
    outcomes = Counter(row["outcome"] for row in rows if row["rule_id"] == rule_id)
    judged = outcomes[Outcome.MET] + outcomes[Outcome.CONCERN]
    return outcomes[Outcome.MET] / judged if judged else 1.0


def _by_rule(
    title: str, heads: Sequence[str], rules: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> Table:
    table = _table(title, heads)
    for rule in rules:
        cells = _cells(r for r in rows if r["rule_id"] == rule["id"])
        table.add_row(Text(rule["title"]), *cells)
    return table


def _by_provider(view: View, rows: list[dict[str, Any]]) -> Table:
    table = _table("Providers", ("pages\nread", *_PROVIDERS), lead=1)
    for provider in sorted(view.providers, key=lambda p: str(p["name"]).casefold()):
        found = [r for r in rows if r["provider_id"] == provider["provider_id"]]
        pages = max((r["pages_searched"] for r in found), default=0)
        table.add_row(Text(one_line(provider["name"])), str(pages), *_cells(found))
    return table


def _table(title: str, heads: Sequence[str], lead: int = 0) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=False
    )
    table.add_column("", overflow="fold")
    styles = [""] * lead + [style for _, style in _OUTCOMES]
    for head, style in zip(heads, styles, strict=True):
        table.add_column(head, justify="right", style=style)
    return table


def _cells(rows: Iterable[dict[str, Any]]) -> list[str]:
    counts = Counter(row["outcome"] for row in rows)
    return [str(counts[outcome] or "·") for outcome, _ in _OUTCOMES]
