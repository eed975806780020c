"""``ketawatch rules list`` and ``show``: the catalogue for people and programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from audit import rules_command
from audit.catalog import catalog

RULE = catalog.bundled().rules["supervision.vitals"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(rules_command.rules, list(arguments), standalone_mode=False)
    assert result.exception is None
    return result.stdout


@pytest.fixture(params=[(RULE.review_by, False), ("2099-01-01", True)], ids=["in time", "past"])
def past(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the day on which the command runs lies after the rule's review date."""
    day, is_past = request.param
    monkeypatch.setattr(rules_command, "today", lambda: day)
    return bool(is_past)


def test_a_rule_past_its_review_date_says_so_wherever_it_is_listed(past: bool) -> None:
    mark = f"[past its review date, {RULE.review_by}]"
    (listed,) = [line for line in run("list").splitlines() if line.startswith(RULE.id)]
    assert (mark in listed) is past
    assert (mark in run("show", RULE.id).splitlines()[0]) is past
    (row,) = [row for row in json.loads(run("list", "--json")) if row["id"] == RULE.id]
    assert (row["past_review"], row["review_by"]) == (past, RULE.review_by)


def test_show_says_everything_about_a_rule() -> None:
    shown = run("show", RULE.id)
    texts = [RULE.title, RULE.requirement, RULE.why, RULE.satisfy, RULE.web_disclosure_mandated]
    texts += [source.title for source in RULE.sources] + list(RULE.messages.values())
    texts += [json.dumps(e.text, ensure_ascii=False) for e in RULE.examples] + list(RULE.changelog)
    assert [text for text in texts if text not in shown] == []


def test_today_is_a_day_as_rules_write_it() -> None:
    assert len(rules_command.today()) == len(RULE.review_by) == 10
