"""The tables at the end of a run: what was stated, what was not found, what nobody could see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from audit.catalog.rule import GROUPS
from data.findings import View
from data.printable import one_line
from data.vocabulary import Outcome

Row = dict[str, Any]

CAVEAT = (
    "To review, n/a (does not apply) and not seen (could not look) are in no share."
    " Not stated is not the same as not done. Almost nothing of this is required on a website."
    " Unreviewed: read the quotes before you name anyone."
)
INVENTED = "DEMO: these providers are invented."
# With more of them a table would only scroll by.
PROVIDERS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rules that are shown in one table: which kinds, and what its share and its count are of."""

    title: str
    kinds: tuple[str, ...]
    share_of: Outcome
    share: str
    concerns: str


_KINDS = (
    _Kind(
        "Safeguards: who states them\n('not found' counts denials)",
        ("required-disclosure", "identity"),
        Outcome.MET,
        "stating,\nof judged",
        "not\nfound",
    ),
    _Kind(
        "Claims: who makes them",
        ("prohibited-claim",),
        Outcome.CONCERN,
        "making,\nof judged",
        "made",
    ),
    _Kind(
        "Claims that need a qualifier:\nwho leaves it out",
        ("required-qualifier",),
        Outcome.CONCERN,
        "without,\nof judged",
        "made\nso",
    ),
    _Kind(
        "In the background of the pages:\nat whom it was observed",
        ("technical",),
        Outcome.CONCERN,
        "observed,\nof judged",
        "seen",
    ),
)
# What is in no share, each with its head and colour.
_REST = (
    (Outcome.NEEDS_REVIEW, "to\nreview", "cyan"),
    (Outcome.NOT_APPLICABLE, "n/a", "dim"),
    (Outcome.NOT_TESTED, "not\nseen", "magenta"),
)
# The first columns; with the numbers they fit a terminal of 80 columns.
_GROUP_WIDTH, _RULE_WIDTH, _NAME_WIDTH = 11, 32, 40


def summary(view: View) -> RenderableType:
    """Tables over all findings of a view: by safeguard, by claim, by provider."""
    rows: list[Row] = view.findings().to_pylist()
    head = f"{len(view.providers)} providers, {view.captured_on}, {len(rows)} findings"
    head += " (counted: provider x service line x rule)"
    by_rule: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_rule[row["rule_id"]][row["outcome"]] += 1
    parts: list[RenderableType] = [
        Text(f"{INVENTED} {head}" if view.is_demo else head, style="bold"),
        *(_by_rule(kind, view.rules, by_rule) for kind in _KINDS if _any(kind, view, by_rule)),
        _by_provider(view, rows),
        Group(*_notes(view, by_rule), Text(CAVEAT)),
    ]
    return Group(parts[0], *(piece for part in parts[1:] for piece in ("", part)))


def show(view: View, console: Console) -> None:
    """Print the summary."""
    console.print(summary(view))


def _any(kind: _Kind, view: View, by_rule: dict[str, Counter[str]]) -> bool:
    return any(r["kind"] in kind.kinds and _judged(by_rule[r["id"]]) for r in view.rules)


def _by_rule(kind: _Kind, rules: Iterable[Row], by_rule: dict[str, Counter[str]]) -> Table:
    """Rules by group, in each the largest gap first; those that nobody was judged on are a note."""
    table = _table()
    table.add_column("", min_width=_GROUP_WIDTH, style="bold")
    table.add_column(kind.title, min_width=_RULE_WIDTH, overflow="fold")
    _add_numbers(table, ((kind.share, "green", 10), (kind.concerns, "yellow", 5)))
    last = ""
    for group, rule in _in_order(kind, rules, by_rule):
        outcomes = by_rule[rule["id"]]
        share = f"{outcomes[kind.share_of] / _judged(outcomes):.0%} of {_judged(outcomes)}"
        name = Text("" if group == last else group)
        table.add_row(name, Text(_short(rule)), share, *_cells(outcomes, Outcome.CONCERN))
        last = group
    return table


def _short(rule: Row) -> str:
    return str(rule.get("short") or rule["title"])


def _in_order(
    kind: _Kind, rules: Iterable[Row], by_rule: dict[str, Counter[str]]
) -> Iterator[tuple[str, Row]]:
    order = {group: place for place, group in enumerate(GROUPS)}
    chosen = []
    for rule in rules:
        outcomes, group = by_rule[rule["id"]], rule["id"].partition(".")[0]
        if rule["kind"] in kind.kinds and _judged(outcomes):
            met = outcomes[Outcome.MET] / _judged(outcomes)
            chosen.append((order.get(group, len(order)), group, met, rule["id"], rule))
    for _, group, _, _, rule in sorted(chosen, key=lambda found: found[:4]):
        yield group, rule


def _by_provider(view: View, rows: Sequence[Row]) -> RenderableType:
    by_provider: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_provider[row["provider_id"]].append(row)
    named = sorted(view.providers, key=lambda p: str(p["name"]).casefold())
    if len(named) > PROVIDERS_SHOWN:
        return _unseen(named, by_provider)
    table = _table()
    table.add_column("Providers", min_width=_NAME_WIDTH, overflow="fold")
    _add_numbers(table, (("pages\nread", "", 5), ("met", "green", 5), ("con-\ncern", "yellow", 5)))
    for provider in named:
        found = by_provider[provider["provider_id"]]
        pages = max((r["pages_searched"] for r in found), default=0)
        outcomes = Counter(r["outcome"] for r in found)
        cells = _cells(outcomes, Outcome.MET, Outcome.CONCERN)
        table.add_row(Text(one_line(provider["name"])), str(pages), *cells)
    return table


def _unseen(providers: Sequence[Row], by_provider: dict[str, list[Row]]) -> Text:
    """Of many providers, those whom nobody could look at; the rest is for other places."""
    unseen = [
        one_line(p["name"])
        for p in providers
        if {r["outcome"] for r in by_provider[p["provider_id"]]} == {Outcome.NOT_TESTED}
    ]
    whom = "; ".join(unseen) or "none"
    text = f"{len(providers)} providers: 'ketawatch dashboard' and 'export' show each of them."
    return Text(f"{text} Could not be looked at ({len(unseen)}): {whom}.")


def _notes(view: View, by_rule: dict[str, Counter[str]]) -> Iterator[Text]:
    names = {rule["id"]: _short(rule) for rule in view.rules}
    idle = [short for rule_id, short in names.items() if not _judged(by_rule[rule_id])]
    if idle:
        yield Text(f"Nobody was judged on: {', '.join(idle)}.", style="dim")
    if view.past_review:
        past = ", ".join(f"{names[rule_id]} ({day})" for rule_id, day in view.past_review.items())
        yield Text(f"Rules past their review date on {view.captured_on}: {past}.")


def _table() -> Table:
    return Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")


def _add_numbers(table: Table, first: Iterable[tuple[str, str, int]]) -> None:
    rest = ((head, style, 5) for _, head, style in _REST)
    for head, style, width in (*first, *rest):
        table.add_column(head, justify="right", style=style, min_width=width, no_wrap=True)


def _judged(outcomes: Counter[str]) -> int:
    return outcomes[Outcome.MET] + outcomes[Outcome.CONCERN]


def _cells(outcomes: Counter[str], *first: Outcome) -> list[str]:
    return [str(outcomes[o] or "·") for o in (*first, *(o for o, _, _ in _REST))]
