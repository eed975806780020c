"""The words that facts are made of: lists and numbers, and faults in them are named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from audit.facts import words
from audit.facts.numbers import number
from data.errors import UsageError


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("2,400", "2400"),
        ("six", "6"),
        ("10k", "10000"),
        ("1.5 million", "1500000"),
        ("99.50", "99.5"),
    ],
)
def test_numbers(said: str, digits: str) -> None:
    assert number(said) == digits


def test_what_is_no_number_is_said_so() -> None:
    with pytest.raises(ValueError, match="no number"):
        number("many")


def test_every_word_list_can_be_read() -> None:
    lists = {"payers", "conditions", "seals", "dose_forms"}
    files = {path.stem for path in words.FOLDER.glob("*.yml")}
    assert lists < files
    assert all(words.words(name).texts for name in lists)
    assert all(words.expressions(name) for name in files - lists)


def test_word_lists_are_the_same_for_both_of_yamls_loaders() -> None:
    for path in words.FOLDER.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        slow = yaml.load(text, Loader=yaml.SafeLoader)
        assert slow == yaml.load(text, Loader=yaml.CSafeLoader), path.name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("payers: [a]", "not a mapping"),
        ("payers: {Elm: [Elm]}", "not in lower case"),
        ("payers: {Elm: elm}", "not a list of texts"),
        ("others: {}", "unknown key"),
    ],
)
def test_a_wrong_word_list_is_named(
    text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "payers.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    with pytest.raises(UsageError, match=problem):
        words.words.__wrapped__("payers")


@pytest.mark.parametrize("text", ["cues: {a: ['(']}", "cues: {a: ['{b}'], b: [c]}"])
def test_a_wrong_expression_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cues.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    with pytest.raises(UsageError, match=r"cues\.yml: a: "):
        words.written.__wrapped__("cues")
