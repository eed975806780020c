"""Words in pieces: the longest that are known, in order, and no more than the network can hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.reader import transformer
from audit.reader.word_pieces import APART, FIRST, NOTHING, UNKNOWN, WordPieces

KNOWN = [NOTHING, UNKNOWN, FIRST, APART, ":", "keta", "##mine", "##s", "k", "you", "'", "t", "don",
         "psychiatric", "psychological", "and", "##ly", "review", "harm"]  # fmt: skip


def cut(text: str, heading: str = "", about: tuple[str, ...] = ()) -> list[str]:
    numbers, _ = WordPieces(KNOWN).of_passage(text, heading, about)
    return [KNOWN[n] for n in numbers]


def test_a_word_is_cut_into_the_longest_pieces_that_are_known() -> None:
    assert cut("Ketamine k ketamines") == [
        FIRST, ":", APART, "keta", "##mine", "k", "keta", "##mine", "##s", APART
    ]  # fmt: skip


def test_a_word_without_known_pieces_is_unknown_as_a_whole() -> None:
    assert cut("you ketaxyz you") == [FIRST, ":", APART, "you", UNKNOWN, "you", APART]


def test_text_is_folded_and_marks_stand_for_themselves() -> None:
    assert cut("Don’t") == [FIRST, ":", APART, "don", "'", "t", APART]


def test_an_examination_of_the_mind_is_read_as_the_reader_knows_it() -> None:
    assert cut("Psychological review")[3:-1] == ["psychiatric", "review"]
    assert cut("psychological and k review")[3:-1] == ["psychiatric", "and", "k", "review"]
    assert cut("psychological harm, psychologically")[3:-1] == [
        "psychological", "harm", UNKNOWN, "psychological", "##ly"
    ]  # fmt: skip


def test_what_is_told_comes_before_the_text() -> None:
    numbers, told = WordPieces(KNOWN).of_passage("you", "Ketamine", ("k=you",))
    assert [KNOWN[n] for n in numbers[:told]] == [FIRST, "k", "you", ":", "keta", "##mine", APART]
    assert [KNOWN[n] for n in numbers[told:]] == ["you", APART]


def test_of_a_passage_without_end_the_beginning_is_seen() -> None:
    assert len(cut("you " * 10**6, "ketamine " * 1000)) == 3 + 48 + 256
    assert cut("x" * 10**6)[3:] == [UNKNOWN, APART]


@given(st.text(max_size=200))
def test_any_text_has_pieces_and_its_words_come_back(text: str) -> None:
    net = transformer.bundled()
    assert net is not None
    numbers, told = net.pieces.of_passage(text, "", ())
    assert 2 <= told < len(numbers) <= 3 + 256 + 1


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_pieces_put_together_are_the_word(word: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = [*KNOWN[:5], *letters, *(f"##{c}" for c in letters), "ab", "##ab"]
    numbers, told = WordPieces(known).of_passage(word, "", ())
    assert "".join(known[n].removeprefix("##") for n in numbers[told:-1]) == word
