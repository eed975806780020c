"""Plain words of which one has to stand in a text for a term to stand there."""

from __future__ import annotations

import string
from typing import Any

import pytest
import re2
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from audit.concepts.terms import Word, edges, telling

WORD_CHARS = frozenset(string.ascii_letters + string.digits + "_")
# Few letters, so that terms are often found.
texts = st.text(st.sampled_from("abc -.1"), max_size=24)
words = st.text(st.sampled_from("abc -"), min_size=1, max_size=4)
signs = ["a", "b", "c", " ", "-", ".", r"\w", r"\d", r"\s", r"\.", "[ab]", "[^ab]", "[a-c]", "[-a]"]
edge_signs = [r"\b", "^", "$"]
counts = ["", "", "", "?", "*", "+", "{1}", "{2}", "{0,1}", "{0,2}", "{1,2}", "{2,}"]


def terms(single: list[str]) -> st.SearchStrategy[str]:
    """Terms of the lexicon's syntax out of such signs."""
    counted = st.tuples(st.sampled_from(single), st.sampled_from(counts)).map("".join)
    return st.recursive(st.one_of(words, words, counted), _joined, max_leaves=8)


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, min_size=2, max_size=4).map("".join)
    group = st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
    return st.one_of(row, st.tuples(group, st.sampled_from(counts)).map("".join))


def compiled(term: str) -> Any:
    options = re2.Options()
    options.longest_match = True
    options.log_errors = False
    return re2.compile(term, options)


def is_accepted(term: str) -> bool:
    try:
        compiled(term)
    except re2.error:
        return False
    return True


def bounded(term: str) -> Any:
    """A term as it is searched for: whole words, where it has a letter at its ends."""
    begins, ends = edges(term)
    return compiled((r"\b" if begins else "") + f"(?:{term})" + (r"\b" if ends else ""))


def stands(word: Word, text: str) -> bool:
    """Whether a word stands in a text with the edges that it has to have."""
    places = [n for n in range(len(text)) if text.startswith(word.text, n)]
    return any(
        (not word.begins or is_edge(text, n))
        and (not word.ends or is_edge(text, n + len(word.text)))
        for n in places
    )


def is_edge(text: str, at: int) -> bool:
    r"""Whether a word begins or ends there, as RE2's ``\b`` has it."""
    before = at > 0 and text[at - 1] in WORD_CHARS
    return before != (at < len(text) and text[at] in WORD_CHARS)


@settings(max_examples=500)
@given(terms(signs + edge_signs), texts)
@example("(?:abc|bca)(?: a)?", "b bca c")
@example("abc.*abc", "abcabc")
@example("[ab]c+ab", "accab")
@example("(?:ab){2}c", "ababc")
@example("-abc", "c-abc")
@example("abc ", "abc a")
@example("abc[.]?$", "a abc")
@example("^abc(?:,|$)", "abc")
def test_where_a_term_stands_one_of_its_words_stands(term: str, text: str) -> None:
    assume(is_accepted(term))
    found = [m[0] for m in bounded(term).finditer(text) if m[0]]
    if found:
        for group in telling(term):
            assert any(stands(word, text) for word in group), (found, group)


@settings(max_examples=300)
@given(terms([*signs, "^", "$"]))
@example("(?:each|every) doses?")
@example("(?:abc|bca[a-c])")
@example("^abc")
@example("abc[.]?$")
@example("abc-")
def test_where_a_whole_word_stands_the_term_stands(term: str) -> None:
    assume(is_accepted(term))
    for word in (word for group in telling(term) for word in group):
        if word.whole:
            assert (word.begins, word.ends) == edges(term)
            assert compiled(term).fullmatch(word.text)
            assert stands_in_a_text(term, word.text)


def stands_in_a_text(term: str, plain: str) -> bool:
    """Whether a term is found where a plain text stands between others, with edges at its ends."""
    before = "1 " if plain[0] in WORD_CHARS else "1"
    after = " 1" if plain[-1] in WORD_CHARS else "1"
    found = bounded(term).finditer(before + plain + after)
    end = len(before + plain)
    return any(m.start() < end and len(before) < m.end() for m in found)


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("nurses?", ["nurse", "nurses"]),
        ("(?:each|every) dose", ["each dose", "every dose"]),
        ("blood[- ]pressure", ["blood pressure", "blood-pressure"]),
        (r"dr\. ash", ["dr. ash"]),
        (r"\bours?\b", ["our", "ours"]),
    ],
)
def test_few_plain_texts_are_told_whole(term: str, told: list[str]) -> None:
    (found,) = telling(term)
    assert sorted(word.text for word in found) == told
    assert all(word.whole for word in found)


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (r"no (?:\w+ ){0,3}nurse", ["nurse"]),
        (r"\d+ doses? a day", [" dose a day", " doses a day"]),
        (r"(?:nurse|\w+) stays?", [" stay", " stays"]),
        ("(?:nobody|no one) else[.!]?$", ["no one else", "nobody else"]),
        ("^abc", ["abc"]),
        (r"\d+", ["0", "9"]),
        (r"we (?:watch|guard)\w* over", ["guard", "watch"]),
        (r"(?:a|b|c|d|e)(?:a|b|c|d|e)(?:a|b|c|d|e)(?:a|b|c) dose", [" dose"]),
    ],
)
def test_of_others_the_part_that_tells_most_is_told(term: str, told: list[str]) -> None:
    found = telling(term)[0]
    assert all(any(text in word.text for word in found) for text in told)
    assert not any(word.whole for word in found)


@pytest.mark.parametrize("term", ["a?", "(?:ab)*", r"\w+ \w+", "[^a]bc?", "(?:ab|.)"])
def test_of_some_nothing_plain_is_known(term: str) -> None:
    assert telling(term) == ()


@pytest.mark.parametrize(
    ("term", "at_ends"),
    [
        ("doses?", (True, True)),
        (r"\$\d+", (False, True)),
        ("[$\u00a3]\\d+", (False, True)),
        (r"(?:\$|usd )\d+", (False, True)),
        ("\\d+%", (True, False)),
        (r"(?:free|100%)", (True, False)),
        (r"\$?\d+", (True, True)),
    ],
)
def test_a_sign_at_an_end_needs_no_edge_of_a_word(term: str, at_ends: tuple[bool, bool]) -> None:
    assert edges(term) == at_ends


@pytest.mark.parametrize("term", ["(?:ab", "ab)", "(?:a(?:b)"])
def test_a_group_without_its_other_end_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"group|not expected"):
        telling(term)
