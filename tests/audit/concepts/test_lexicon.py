"""Concepts: whole words, exceptions, and concepts within terms."""

from __future__ import annotations

import json
import random
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.concepts import denials, lexicon
from audit.concepts.mentions import Together
from audit.concepts.terms import edges, telling
from audit.concepts.word_index import Place
from audit.text.folding import fold
from data.errors import UsageError

PASSAGES = Path(__file__).parents[3] / "training" / "passages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lexicon of two concepts, one of which is part of the other."""
    write(tmp_path, "dose", "terms: ['doses?', sprays?]")
    write(tmp_path, "each-dose", "terms: ['(?:each|every) {dose}']\nexcept: ['each dose of tea']")
    return tmp_path


@lru_cache(maxsize=1)
def shipped() -> lexicon.Lexicon:
    return lexicon.load()


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


def test_parts_stand_in_terms_exceptions_and_parts_below_them(folder: Path) -> None:
    parts = "parts: {few: 'two|three', pack: '{few} boxes', per: 'each {dose}'}"
    terms = "terms: ['{pack} of {few}', '{pack}? left', '{per}|{per} of {few}']"
    write(folder, "odd", f"{parts}\n{terms}\nexcept: ['{{few}} boxes of tea']")
    words = lexicon.load(folder)
    pack, per = "(?:(?:two|three) boxes)", "(?:each (?:doses?|sprays?))"
    assert words.terms("odd") == [
        f"{pack} of (?:two|three)",
        f"{pack}? left",
        f"{per}|{per} of (?:two|three)",
    ]
    assert ("odd", "two boxes of three") in found(folder, "two boxes of three")
    assert "odd" not in words.mentions("two boxes of tea")


def test_a_concept_whose_terms_have_parts_is_one_of_plain_terms(folder: Path) -> None:
    write(folder, "odd", "parts: {few: 'two|three'}\nterms: ['{few} boxes', '{few} bags']")
    write(folder, "whole", "terms: ['all {odd}']")
    assert lexicon.load(folder).terms("whole") == ["all (?:(?:two|three) boxes|(?:two|three) bags)"]


def test_a_part_is_seen_by_its_own_file_alone(folder: Path) -> None:
    write(folder, "odd", "parts: {few: 'two|three'}\nterms: ['{few} boxes', '{few} bags']")
    write(folder, "other", "terms: ['{few} jars']")
    with pytest.raises(UsageError, match=r"other\.yml: terms: \{few\} is neither a part"):
        lexicon.load(folder)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ("{dose: x}", "parts: dose is the name of a concept. Give the part another name."),
        ("{few: x, spare: y}", "parts: spare is not used. Take it out."),
        ("{few: x, once: y}", "parts: once is used once only. Write it out where it is used."),
        ("{few: ''}", "parts: few: '' is no expression (put it in quotes)."),
        ("{few: 2}", "parts: few: 2 is no expression (put it in quotes)."),
        ("{few: '('}", "parts: few: '(': "),
        ("{few: 'a)|(?:b'}", "parts: few: 'a)|(?:b': "),
        ("{few: '{no-such}'}", "parts: few: {no-such} is neither a part above it nor a concept"),
        ("{few: '{late}', late: x}", "parts: few: {late} is neither a part above it nor a concept"),
        ("{few: '{few}'}", "parts: few: {few} is neither a part above it nor a concept"),
        ("{Few: x}", "parts: 'Few' is no name. Use lower-case letters and dashes."),
        ("{2: x}", "parts: 2 is no name. Use lower-case letters and dashes."),
        ("{}", "parts: not a mapping of names to expressions."),
        ("[few]", "parts: not a mapping of names to expressions."),
    ],
)
def test_what_a_wrong_part_gets(folder: Path, parts: str, named: str) -> None:
    write(folder, "odd", f"parts: {parts}\nterms: ['{{few}}', '{{few}} of {{late}}', '{{once}}']")
    with pytest.raises(UsageError, match=r"odd\.yml") as caught:
        lexicon.load(folder)
    assert named in str(caught.value) and "\n" not in str(caught.value)


def test_folders_mean_nothing_and_a_name_stands_for_one_concept(folder: Path) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    write(folder / "deep" / "er", "odd", "terms: [odd one]")
    assert found(folder, "an odd one") == [("odd", "odd one")]
    write(folder, "odd", "terms: [x]")
    with pytest.raises(UsageError, match=r"odd\.yml: concept: .*odd\.yml has the same name"):
        lexicon.load(folder)


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
    assert concept in shipped().mentions(said)
    assert concept not in shipped().mentions(not_said)


@lru_cache(maxsize=1)
def told() -> list[str]:
    """Texts out of the shipped terms: whole ones, and the parts that tell of others."""
    terms = {term for concept in shipped().concepts for term in shipped()._terms[concept]}
    return sorted({word.text for term in terms for group in telling(term) for word in group})


@cache
def searched(*terms: str) -> Any:
    """Some terms as one plain RE2 expression."""
    options = re2.Options()
    options.longest_match = True
    ends = [[r"\b" if edge else "" for edge in edges(term)] for term in terms]
    whole = (f"{a}(?:{term}){b}" for term, (a, b) in zip(terms, ends, strict=True))
    return re2.compile("|".join(whole), options)


def denies(text: str) -> bool:
    return denials.holds_one(text.encode(), 0, len(text.encode()))


def told_at(terms: list[str], text: str, start: int) -> int:
    """The end of the longest term that begins at a place, and swallows no denial."""
    ends = [0]
    for term in terms:
        match = searched(term).search(text, start)
        swallows = match and not denials.writes_one(term) and denies(match[0])
        if match and match.start() == start and not swallows:
            ends.append(match.end())
    return max(ends)


def plainly(concept: str, text: str) -> list[Place]:
    """Where a concept stands, by a plain search."""
    terms, barred = shipped()._terms[concept], shipped()._barred.get(concept)
    found = [m.span() for m in searched(*terms).finditer(text) if m[0]]
    if any(denies(text[a:b]) for a, b in found):
        found, start = [], 0
        while start < len(text):
            end = told_at(terms, text, start)
            found += [(start, end)] if end else []
            start = end or start + 1
    inside = [m.span() for m in searched(*barred).finditer(text)] if found and barred else []
    return [(a, b) for a, b in found if not any(x <= a and b <= y for x, y in inside)]


def differences(text: str) -> list[str]:
    """Concepts for which the search by plain words and the plain search differ."""
    mentions = shipped().mentions(text)
    suspected = set(shipped().named(mentions.possible))
    different = []
    for concept in shipped().concepts:
        expected = plainly(concept, text)
        if mentions.places(concept) != expected or (expected and concept not in suspected):
            different.append(f"{concept}: {mentions.places(concept)} is not {expected}")
    return different


separators = st.sampled_from(
    [" ", " ", " ", ", ", "; ", ". ", "-", "", "'", "% ", "+", "\u00e9", " 18 "]
)
pieces = st.builds(lambda n, s: told()[n % len(told())] + s, st.integers(0, 10**6), separators)


@settings(max_examples=150)
@given(st.lists(pieces, min_size=1, max_size=12))
def test_mentions_are_what_a_plain_search_finds(parts: list[str]) -> None:
    text = "".join(parts)
    assert differences(text) == [], text


def test_mentions_are_what_a_plain_search_finds_in_passages() -> None:
    lines = [
        line
        for path in sorted(PASSAGES.glob("train-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for line in random.Random(11).sample(lines, 300):
        text = fold(json.loads(line)["text"]).text
        assert differences(text) == [], text


@pytest.mark.parametrize(
    ("terms", "text", "places"),
    [
        (["'ll be"], "she'll be back", [(3, 9)]),
        (["nad[+]?"], "nad+ and nad+ drips", [(0, 3), (9, 12)]),
        (["most of (?:our )?"], "most of our drips, most of it", [(0, 12), (19, 27)]),
        (["whenever[.!]?$"], "whenever you like, whenever", [(19, 27)]),
        (["^ash pharmacy"], "ash pharmacy, our ash pharmacy", [(0, 12)]),
        (["doses?", "dose of tea"], "a dose of tea", [(2, 13)]),
    ],
)
def test_edges(terms: list[str], text: str, places: list[Place]) -> None:
    assert lexicon.Lexicon({"thing": terms}).mentions(text).places("thing") == places


def test_sets_of_concepts_are_numbers(folder: Path) -> None:
    words = lexicon.load(folder)
    assert words.named(words.mask(["each-dose", "dose", "unknown"])) == ["dose", "each-dose"]
    assert words.bit("dose") | words.bit("each-dose") == words.mask(words.concepts)
    assert words.bit("unknown") == 0 and "unknown" not in words


def test_several_texts_together(folder: Path) -> None:
    words = lexicon.load(folder)
    both = Together([words.mentions("each"), words.mentions("a dose")])
    assert "dose" in both and "each-dose" not in both


words_of_overlaps = st.lists(st.sampled_from(["aab", "bba", "abab", "tea", "teas", "for", "two"]))


@given(words_of_overlaps)
def test_terms_that_overlap_are_told_apart_as_by_one_expression(said: list[str]) -> None:
    terms = ["a+b(?: tea)?", r"tea(?: for \w+)?", r"\w+ tea", "tea for", "two", r"(?:ab)+ \w+ two"]
    text = " ".join(said)
    words = lexicon.Lexicon({"thing": terms})
    assert words.mentions(text).places("thing") == words.locate("thing", text)
    assert words.mentions(f"{text} é").places("thing") == words.locate("thing", f"{text} é")
