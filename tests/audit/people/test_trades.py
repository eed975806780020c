"""The trade that letters and words tell, and none where they tell of somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from audit.concepts import word_lists
from audit.people import names, trades
from data.errors import UsageError

TRADES = trades.bundled()
FOLDER = Path(trades.__file__).parent


@pytest.mark.parametrize(("text", "trade"), TRADES.examples)
def test_each_example_is_read_as_it_says(text: str, trade: str) -> None:
    assert TRADES.of_phrase(text.removeprefix("a ").removeprefix("our ")) == trade
    assert TRADES.of_phrase(text) == trade


def test_of_several_trades_the_first_in_the_file_counts() -> None:
    assert TRADES.of_letters(["RN", "PMHNP"]) == "psychiatric-nurse-practitioner"
    assert TRADES.first({"nurse", "therapist"}) == "therapist"
    assert TRADES.of_letters(["MBA"]) == TRADES.of_letters([]) == ""


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({"nurse"}, "our nurse"),
        ({"physician", "nurse-anesthetist"}, "our prescriber"),
        ({"nurse", "physician"}, "our clinical staff"),
        ({"nurse", "guide"}, ""),
        ({"nurse", ""}, ""),
        ({""}, ""),
    ],
)
def test_two_of_one_name_are_what_both_are(of: set[str], said: str) -> None:
    assert TRADES.said(of) == said


def test_letters_that_trades_ask_for_are_known_ones() -> None:
    raw = yaml.safe_load((FOLDER / "trades.yml").read_text(encoding="utf-8"))
    asked = {letters for told in raw["trades"].values() for letters in told.get("letters", ())}
    known = {names.CREDENTIALS.value(text) for text in names.CREDENTIALS.texts}
    assert asked
    assert asked <= known


@pytest.mark.parametrize("name", ["names", "first_names"])
def test_word_lists_of_the_room_can_be_read(name: str) -> None:
    assert all(word_lists.expressions(FOLDER / f"{name}.yml").values())


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        ("said: our cook", "words: missing"),
        ("{said: our cook, words: [cook], pay: 1}", "pay: unknown key"),
        ("{said: our cook, words: [{cook: 1}]}", "not a list of texts"),
    ],
)
def test_a_wrong_trade_is_named(declared: str, problem: str, tmp_path: Path) -> None:
    inside = declared if declared.startswith("{") else f"{{{declared}}}"
    file = tmp_path / "trades.yml"
    ends = "no_trade: [former]\nno_trade_then: [aide]\nexamples: []\nparts: {}\n"
    file.write_text(f"trades: {{cook: {inside}}}\n{ends}", encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        trades.load(file)
