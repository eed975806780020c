"""What a sentence accuses of, and takes back: the likelier reading stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.weighed import CLAIM, NURSE, found, read_by

MADE, DISOWNED = (CLAIM, "states"), (CLAIM, "denies")
WAITS, AWAY = (NURSE, "states"), (NURSE, "denies")


def asides(
    folder: Path, text: str, scores: dict[tuple[str, str], int]
) -> dict[tuple[str, str], str | None]:
    known = read_by(folder, {"gladly": scores})
    return {(c.rule_id, c.stance): c.set_aside for c in found(known, text)}


@pytest.mark.parametrize(
    ("made", "disowned", "aside"), [(2, 3, "near_miss"), (2, 2, None), (3, 2, None), (2, -1, None)]
)
def test_a_claim_is_not_made_where_its_sentence_more_likely_disowns_it(
    tmp_path: Path, made: int, disowned: int, aside: str | None
) -> None:
    text = "Gladly we claim it, and we disown it."
    told = asides(tmp_path, text, {MADE: made, DISOWNED: disowned})
    assert told == {MADE: aside, DISOWNED: None}


def test_nobody_is_said_to_lack_what_the_same_sentence_more_likely_has(tmp_path: Path) -> None:
    text = "Gladly a nurse waits, and no other time does a nurse waits."
    assert asides(tmp_path, text, {WAITS: 4, AWAY: 1}) == {WAITS: None, AWAY: "near_miss"}


def test_what_is_disclosed_is_not_doubted_for_what_its_sentence_denies(tmp_path: Path) -> None:
    text = "Gladly a nurse waits, and no other time does a nurse waits."
    assert asides(tmp_path, text, {WAITS: 1, AWAY: 4}) == {WAITS: None, AWAY: None}


def test_another_sentence_takes_nothing_back(tmp_path: Path) -> None:
    text = "Gladly we claim it. Soon enough we disown it."
    assert asides(tmp_path, text, {MADE: 1, DISOWNED: 9})[MADE] is None
