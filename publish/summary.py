"""The tables at the end of a run: what was stated, what was not found, what nobody could see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from data.findings import View
from data.models import Outcome
from data.printable import one_line

Row = dict[str, Any]

CAVEAT = (
    "Not stated is not the same as not done. Almost nothing of this is required on a website."
    " Unreviewed: read the quotes before you name anyone."
)
INVENTED = "DEMO: these providers are invented."
# Column heads by what an outcome means for the kind of rule; the order is the outcomes' own.
_OUTCOMES = (
    (Outcome.MET, "green"),
    (Outcome.CONCERN, "yellow"),
    (Outcome.NEEDS_REVIEW, "cyan"),
    (Outcome.NOT_APPLICABLE, "dim"),
    (Outcome.NOT_TESTED, "magenta"),
)
_REST = ("to be\nreviewed", "does not\napply", "could\nnot look")
_SAFEGUARDS = ("share\nstating", "stated", "not found\nor denied", *_REST)
_CLAIMS = ("share\nmaking", "not\nmade", "made", *_REST)
_PROVIDERS = ("pages\nread", "met", "concern", *_REST)
# The first column and the numbers; together they fit a terminal of 80 columns.
_NAME_WIDTH, _NUMBER_WIDTHS = 24, (9, 6, 9, 8, 8, 8)


def summary(view: View) -> RenderableType:
    """Three tables over all findings of a view: by safeguard, by claim, by provider."""
    rows: list[Row] = view.findings().to_pylist()
    date = str(view.run.info["finished_at"])[:10]
    head = f"{len(view.providers)} providers, {date}, {len(rows)} findings"
    head += " (counted: provider x service line x rule)"
    safeguards, claims = (_rules(view, rows, claims=c) for c in (False, True))
    return Group(
        Text(f"{INVENTED} {head}" if view.is_demo else head, style="bold"),
        "",
        _by_rule("Safeguards: who states them", _SAFEGUARDS, safeguards, rows, Outcome.MET),
        "",
        _by_rule("Claims: who makes them", _CLAIMS, claims, rows, Outcome.CONCERN),
        "",
        _by_provider(view, rows),
        "",
        Text(CAVEAT),
    )


def show(view: View, console: Console) -> None:
    """Print the summary."""
    console.print(summary(view))


def _rules(view: View, rows: list[Row], *, claims: bool) -> list[Row]:
    """The safeguards, or the claims; the largest gap first."""
    chosen = [r for r in view.rules if (r["kind"] == "prohibited-claim") == claims]
    return sorted(chosen, key=lambda rule: (_met(rows, rule["id"]), rule["id"]))


def _met(rows: list[Row], rule_id: str) -> float:
    outcomes = _outcomes(r for r in rows if r["rule_id"] == rule_id)
    judged = outcomes[Outcome.MET] + outcomes[Outcome.CONCERN]
    return outcomes[Outcome.MET] / judged if judged else 1.0


def _by_rule(
    title: str, heads: Sequence[str], rules: list[Row], rows: list[Row], share_of: Outcome
) -> Table:
    table = _table(title, heads)
    for rule in rules:
        outcomes = _outcomes(r for r in rows if r["rule_id"] == rule["id"])
        table.add_row(Text(rule["short"]), _share(outcomes, share_of), *_cells(outcomes))
    return table


def _share(outcomes: Counter[str], of: Outcome) -> str:
    """A share of what could be judged; nothing where nothing could."""
    judged = outcomes[Outcome.MET] + outcomes[Outcome.CONCERN]
    return f"{outcomes[of] / judged:.0%} of {judged}" if judged else "·"


def _by_provider(view: View, rows: list[Row]) -> Table:
    table = _table("Providers", _PROVIDERS)
    for provider in sorted(view.providers, key=lambda p: str(p["name"]).casefold()):
        found = [r for r in rows if r["provider_id"] == provider["provider_id"]]
        pages = max((r["pages_searched"] for r in found), default=0)
        name = Text(one_line(provider["name"]))
        table.add_row(name, str(pages), *_cells(_outcomes(found)))
    return table


def _table(title: str, heads: Sequence[str]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1, 0, 0),
        header_style="bold",
    )
    table.add_column("", overflow="fold", min_width=_NAME_WIDTH)
    styles = ["", *(style for _, style in _OUTCOMES)]
    for head, style, width in zip(heads, styles, _NUMBER_WIDTHS, strict=True):
        table.add_column(head, justify="right", style=style, width=width)
    return table


def _outcomes(rows: Iterable[Row]) -> Counter[str]:
    return Counter(row["outcome"] for row in rows)


def _cells(outcomes: Counter[str]) -> list[str]:
    return [str(outcomes[outcome] or "·") for outcome, _ in _OUTCOMES]
