"""Concepts: whole words, exceptions, and concepts within terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import lexicon
from data.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lexicon of two concepts, one of which is part of the other."""
    write(tmp_path, "dose", "terms: ['doses?', sprays?]")
    write(tmp_path, "each-dose", "terms: ['(?:each|every) {dose}']\nexcept: ['each dose of tea']")
    return tmp_path


def write(folder: Path, name: str, rest: str) -> None:
    (folder / f"{name}.yml").write_text(f"concept: {name}\nwhat: A test.\n{rest}\n")


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    words = lexicon.load(folder)
    mentions = words.mentions(text)
    return [(c, text[a:b]) for c in words.concepts for a, b in mentions.places(c)]


def test_a_term_stands_for_whole_words(folder: Path) -> None:
    assert found(folder, "two doses, overdosed, dosing") == [("dose", "doses")]


def test_a_concept_within_a_term(folder: Path) -> None:
    assert ("each-dose", "every sprays") in found(folder, "every sprays")
    assert ("each-dose", "each dose") in found(folder, "with each dose")


def test_exceptions_are_no_mention(folder: Path) -> None:
    words = lexicon.load(folder)
    assert "each-dose" not in words.mentions("each dose of tea")
    assert words.mentions("each dose of tea, each dose").places("each-dose") == [(18, 27)]
    assert found(folder, "each dose of tea") == [("dose", "dose")]


@pytest.mark.parametrize(
    ("rest", "named"),
    [
        ("terms: ['{no-such}']", "no-such"),
        ("terms: ['{each-dose}']", "each-dose"),
        ("terms: ['(']", "terms"),
        ("terms: [x]\nexcept: ['(']", "except"),
        ("terms: []", "terms"),
        ("terms: [x]\nmood: [y]", "mood"),
    ],
)
def test_what_a_wrong_file_gets(folder: Path, rest: str, named: str) -> None:
    write(folder, "odd", rest)
    with pytest.raises(UsageError, match=r"odd\.yml") as caught:
        lexicon.load(folder)
    assert named in str(caught.value) and "\n" not in str(caught.value)


def test_a_name_that_is_not_the_files(folder: Path) -> None:
    (folder / "odd.yml").write_text("concept: even\nwhat: A test.\nterms: [x]\n")
    with pytest.raises(UsageError, match=r"odd\.yml: concept"):
        lexicon.load(folder)


@pytest.mark.parametrize(
    ("concept", "said", "not_said"),
    [
        ("check-reading", "we check your pulse", "clinician check-ins"),
        ("check-reading", "we monitor your pulse", "a blood pressure monitor"),
        ("goes-wrong", "in an emergency", "twelve years in emergency medicine"),
        ("during-dose", "for each treatment", "adults with treatment-resistant depression"),
        ("generic-emergency", "the suicide line", "recurrent thoughts of suicide"),
    ],
)
def test_exceptions_that_ship(concept: str, said: str, not_said: str) -> None:
    shipped = lexicon.load()
    assert concept in shipped.mentions(said)
    assert concept not in shipped.mentions(not_said)
