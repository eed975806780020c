"""The summary of a run: the whole catalogue fits a terminal, and nobody disappears from it."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pytest
from rich.console import Console

from audit import version
from audit.catalog import catalog
from audit.catalog.rule import GROUPS
from data.findings import View, open_view
from data.store import Store
from data.vocabulary import Reason
from publish import summary

RULES: list[dict[str, Any]] = version.describe(catalog.bundled())["rules"]
SAID = {"required-disclosure": "stated", "identity": "stated", "technical": "observed"}


def view(reasons: list[str], rules: list[dict[str, Any]] = RULES, **other: Any) -> View:
    """A run in which each provider has one reason for all rules; "" is what its kind asks for."""
    rows = [
        {
            "provider_id": f"p{number}.example",
            "rule_id": rule["id"],
            "outcome": Reason(reason or SAID.get(rule["kind"], "claimed")).outcome.value,
            "pages_searched": 3,
        }
        for number, reason in enumerate(reasons)
        for rule in rules
    ]
    found = {
        "rules": rules,
        "providers": [
            {"provider_id": f"p{n}.example", "name": f"Provider {n:02}"}
            for n in range(len(reasons))
        ],
        "findings": lambda: pa.Table.from_pylist(rows),
        "captured_on": "2026-11-24",
        "is_demo": True,
        "past_review": {},
    }
    return cast("View", SimpleNamespace(**(found | other)))


def printed(shown: View) -> list[str]:
    """What a terminal of 80 columns shows."""
    console = Console(width=80, file=io.StringIO(), color_system=None)
    summary.show(shown, console)
    return cast("io.StringIO", console.file).getvalue().splitlines()


def place(lines: list[str], text: str) -> int:
    """The number of the first line that holds the text."""
    return next(number for number, line in enumerate(lines) if text in line)


def test_the_whole_catalogue_fits_a_terminal() -> None:
    lines = printed(view(["", "not_stated", "unreachable"] * 4))
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 100 and len(RULES) == 60
    flat = " ".join(" ".join(lines).split())
    for rule in RULES:
        assert rule["short"].split(" ")[0] in flat


def test_safeguards_come_first_then_claims_each_by_group() -> None:
    lines = printed(view([""]))
    heads = [place(lines, t) for t in ("Safeguards:", "Claims:", "need a qualifier", "Providers")]
    assert heads == sorted(heads)
    safeguards = [line.split(" ")[0] for line in lines[heads[0] : heads[1]]]
    groups = [name for name in safeguards if name in GROUPS]
    assert groups == [g for g in GROUPS if g in groups] and len(groups) >= 8
    assert lines[heads[0] + 2].startswith("supervision ")


def test_shares_are_of_what_was_judged_and_the_rest_has_columns_of_its_own() -> None:
    rule = next(r for r in RULES if r["id"] == "supervision.vitals")
    reasons = ["stated", "stated", "denied", "near_miss", "no_such_service", "robots", "blocked"]
    lines = printed(view(reasons, [rule]))
    row = lines[place(lines, rule["short"])].split()
    assert row[-7:] == ["67%", "of", "3", "1", "1", "1", "2"]


def test_the_share_of_a_claim_counts_those_who_make_it() -> None:
    rule = next(r for r in RULES if r["id"] == "claim.non-addictive")
    lines = printed(view(["claimed", "not_claimed", "disowned", "not_claimed"], [rule]))
    assert lines[place(lines, rule["short"])].split()[-7:] == ["25%", "of", "4", "1", *"···"]


def test_in_a_group_the_largest_gap_comes_first() -> None:
    rules = [r for r in RULES if r["id"] in ("screening.pdmp", "screening.pregnancy")]
    rows = [
        {"provider_id": "p0.example", "rule_id": rule_id, "outcome": outcome, "pages_searched": 1}
        for rule_id, outcome in (("screening.pdmp", "met"), ("screening.pregnancy", "concern"))
    ]
    lines = printed(view([""], rules, findings=lambda: pa.Table.from_pylist(rows)))
    assert place(lines, "pregnancy as exclusion") < place(lines, "database check")


def test_what_nobody_was_judged_on_is_named() -> None:
    lines = printed(view(["unreachable", "near_miss"]))
    note = " ".join(lines[place(lines, "Nobody was judged on") :])
    assert RULES[0]["short"] in note and not any("Safeguards" in line for line in lines)


def test_of_many_providers_those_whom_nobody_could_look_at_are_named() -> None:
    reasons = ["stated"] * summary.PROVIDERS_SHOWN + ["robots"]
    flat = " ".join(" ".join(printed(view(reasons))).split())
    assert "Could not be looked at (1): Provider 20." in flat and "Provider 03" not in flat
    few = " ".join(printed(view(reasons[1:])))
    assert "Provider 03" in few and "Provider 19" in few


@pytest.mark.parametrize(("past", "shown"), [({"claim.sameness": "2026-11-20"}, True), ({}, False)])
def test_rules_past_their_review_are_named(past: dict[str, str], shown: bool) -> None:
    flat = " ".join(" ".join(printed(view([""], past_review=past))).split())
    note = "past their review date on 2026-11-24: same as an approved product (2026-11-20)"
    assert (note in flat) is shown


def test_a_real_store_is_summed_up(sample_store: Store) -> None:
    flat = " ".join(" ".join(printed(open_view(sample_store))).split())
    assert "3 providers, 2026-11-24, 8 findings" in flat
    assert "disclosure.off-label (2026-11-23)" in flat and "Unreviewed" in flat
