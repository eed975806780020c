"""A term's gap never swallows a denial."""

from __future__ import annotations

import pytest

from audit.concepts import lexicon
from audit.concepts.word_index import Place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("you are watched", [(4, 15)]),
        ("you are closely watched", [(4, 23)]),
        ("you are not watched", []),
        ("you are never watched, they are watched", [(28, 39)]),
        ("you are not only watched", [(4, 24)]),
        ("é, you are not watched, you are watched", [(28, 39)]),
        ("as if they are nobody watched", []),
        ("you are not seen here", [(4, 16)]),
    ],
)
def test_a_gap_swallows_no_denial(text: str, places: list[Place]) -> None:
    words = lexicon.Lexicon({"thing": [r"are (?:\w+ ){0,2}watched", r"are (?:\w+|not) seen"]})
    assert words.mentions(text).places("thing") == places
    assert words.locate("thing", text) == places


def test_where_the_longest_term_swallows_a_denial_a_shorter_one_stands() -> None:
    words = lexicon.Lexicon({"thing": [r"a nurse(?: \w+){0,4} stays", "a nurse"]})
    assert words.locate("thing", "a nurse who never stays") == [(0, 7)]


def test_an_exception_reaches_over_a_denial() -> None:
    words = lexicon.Lexicon({"thing": ["watched"]}, {"thing": [r"\w+ watched over"]})
    assert words.locate("thing", "not watched over, watched") == [(18, 25)]
