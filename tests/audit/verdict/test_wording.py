"""The sentence of a finding: the rule's message, then what was searched, when; never a verdict."""

from __future__ import annotations

import re
from typing import Any

import pytest

from audit.catalog import catalog, rule_file
from audit.verdict import wording
from data.vocabulary import Reason

DAY = "2026-11-24"
RULES = catalog.bundled().rules.values()


def say(reason: Reason, message: str = "", **other: Any) -> str:
    return wording.summary(reason, pages=14, quotes=1, date=DAY, message=message, **other)


def test_the_rules_message_comes_before_what_was_searched() -> None:
    said = say(Reason.DENIED, "The pages say that no clinician watches.")
    assert said == (
        "The pages say that no clinician watches:"
        " said in 1 statement among the 14 pages captured on 2026-11-24."
    )


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("No price was found.", "No price was found on the 14 pages"),
        ("No seal is claimed", "No seal is claimed: not found on the 14 pages"),
    ],
)
def test_an_absence_is_said_with_what_was_searched(message: str, said: str) -> None:
    assert say(Reason.NOT_STATED, message) == f"{said} captured on 2026-11-24."


def test_a_sample_is_said_where_nothing_was_found_and_nowhere_else() -> None:
    absent = say(Reason.NOT_CLAIMED, "No claim was found", sampled=["blog", "faq"])
    assert absent.endswith(f"{DAY}, which are a sample where there are many (blog, faq).")
    assert "sample" not in say(Reason.CLAIMED, "A claim is made", sampled=["blog"])


@pytest.mark.parametrize(
    ("by_hand", "ending"),
    [(0, f"on {DAY}."), (3, f"on {DAY}, 3 of them by a person."), (14, f"on {DAY}, by a person.")],
)
def test_what_a_person_captured_is_said(by_hand: int, ending: str) -> None:
    assert say(Reason.NOT_STATED, "No price was found.", by_hand=by_hand).endswith(ending)
    assert say(Reason.STATED, "A price is told.", by_hand=by_hand).endswith(ending)


def test_it_is_said_also_where_no_pages_are_counted() -> None:
    for reason in (Reason.NEAR_MISS, Reason.COVERAGE_TOO_LOW, Reason.ROBOTS):
        assert say(reason, by_hand=3).endswith(" (3 of 14 pages captured by a person).")


def test_captures_of_several_days_are_not_told_as_of_one() -> None:
    said = say(Reason.NOT_STATED, "No price was found.", since="2026-11-20")
    assert said.endswith("captured from 2026-11-20 to 2026-11-24.")
    assert say(Reason.CLAIM_ABSENT, since=DAY).endswith(f"captured on {DAY}.")


def test_what_rules_have_no_message_for_is_said_all_the_same() -> None:
    assert say(Reason.BLOG_ONLY).startswith("Said only in blog or news posts, in 1 statement")
    assert say(Reason.CLAIM_ABSENT) == f"The claim was not found on the 14 pages captured on {DAY}."


def test_every_reason_of_every_rule_has_its_sentence() -> None:
    for rule in RULES:
        for reason in Reason:
            can_follow = reason in rule_file.KINDS[rule.kind] or reason in wording._SENTENCES
            if can_follow:
                said = say(reason, rule.messages.get(reason, ""))
                assert DAY in said and said.endswith(".") and ".:" not in said, (rule.id, reason)


@pytest.mark.parametrize("reason", wording._SENTENCES)
def test_no_sentence_accuses(reason: Reason) -> None:
    assert not re.search("unsafe|illegal|violat|breach", say(reason))


def test_braces_in_a_message_stay_braces() -> None:
    assert say(Reason.STATED, "A {thing} was named.").startswith("A {thing} was named: said in")
