"""Folding for matching, and the way back to the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.text.folding import fold

# Mostly what pages hold: letters, marks that change length, what vanishes, and look-alikes.
_ODD = "’‘“”–—‑\u00a0\u202f\u2009\u00ad\u200b\u2060\ufeffﬁﬂﬀİßœÆ№½™®¹²†✓✗éñ…µкаеΑ\u0301\n\t€âÃ©Â"
texts = st.text(st.one_of(st.sampled_from(_ODD), st.characters(max_codepoint=127), st.characters()))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("We don’t say “FDA‑approved”", 'we don\'t say "fda-approved"'),
        ("no\u00a0office\u202fvisit", "no office visit"),
        ("unmoni\u00adtored non\u200baddictive", "unmonitored nonaddictive"),
        ("safe—not approved", "safe - not approved"),
        ("it is — in short – new", "it is - in short - new"),
        ("ﬁrst ﬂoor, oﬀ‐label", "first floor, off-label"),
        ("kеtаminе", "ketamine"),  # three Cyrillic letters
        ("İstanbul café Straße", "istanbul cafe strasse"),
        ("cafe\u0301", "cafe"),
        ("№ 1", "# 1"),
        ("2½ mg", "2 1/2 mg"),
        ("Spravato™ and Spravato®", "spravato and spravato"),
        ("approved¹", "approved^1"),
        ("✔ yes ✘ no", "✓ yes ✗ no"),
        ("wonâ€™t cost Â£5 at the cafÃ©", "won't cost £5 at the cafe"),
        ("ＦＤＡ", "fda"),
        ("don&rsquo;t &amp; won&#39;t&nbsp;do", "don't & won't do"),
        ("Terms &foo; R&D; ok", "terms &foo; r&d; ok"),
        ("isn?t, isn\ufffdt, isn t, they?re", "isn't, isn't, isn't, they're"),
        ("isn`t, is'nt, is’nt", "isn't, isn't, isn't"),
        ("it is _not_ so, snake_case, ____", "it is *not* so, snake_case, ____"),
        ("Why? The isn tent", "why? the isn tent"),
        ("isn\x92t \x96 ever", "isn't - ever"),
        ("one\ntwo", "one two"),
    ],
)
def test_what_patterns_see(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_ascii_keeps_its_places() -> None:
    folded = fold("A nurse stays.")
    assert folded.original_span(2, 7) == (2, 7)


def test_quotes_come_from_the_original() -> None:
    text = "It’s not “FDA‑approved”\u00a0for this — ﬁrst of all."
    folded = fold(text)
    start = folded.text.index("fda-approved")
    assert text[slice(*folded.original_span(start, start + 12))] == "FDA‑approved"
    start = folded.text.index("first")
    assert text[slice(*folded.original_span(start, start + 5))] == "ﬁrst"


@given(texts)
@example("  a \u00a0 b")
@example("â€™Â")
def test_every_character_has_its_place(text: str) -> None:
    folded = fold(text)
    spans = [folded.original_span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    for before, after in pairwise(spans):
        assert before == after or before[1] <= after[0]


@given(texts, st.data())
def test_original_slice_folds_to_the_folded_slice(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    # Widened to whole original characters: half of a ligature has no place of its own.
    span = folded.original_span(start, end)
    while start and folded.original_span(start - 1, start)[0] == span[0]:
        start -= 1
    while end < len(folded.text) and folded.original_span(end, end + 1)[1] == span[1]:
        end += 1
    assert fold(text[slice(*span)]).text.strip() == folded.text[start:end].strip()


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert "  " not in once
    assert once == once.lower()
