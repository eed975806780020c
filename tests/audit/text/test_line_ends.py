"""Words cut at the end of a line, and hyphens that are their word's own."""

from __future__ import annotations

from collections import Counter

import pytest

from audit.text.line_ends import joined, words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A nurse moni-", "tors you", "A nurse monitors you"),
        ("a regis-", "tered nurse", "a registered nurse"),
        ("the cli-", "nician's notes", "the clinician's notes"),
        ("in-", "formation", "information"),
        ("a short-", "er stay", "a shorter stay"),
        ("over the week-", "end.", "over the weekend."),
        ("of-", "fice hours", "office hours"),
        ("moni\u00ad", "tored", "monitored"),
        ("used off-", "label here", "used off-label here"),
        ("non-", "addictive", "non-addictive"),
        ("an at-", "home dose", "an at-home dose"),
        ("FDA-", "approved", "FDA-approved"),
        ("Schedule-", "III drugs", "Schedule-III drugs"),
        ("a 24-", "hour line", "a 24-hour line"),
        ("one-on-", "one care", "one-on-one care"),
        ("long‐", "term use", "long‐term use"),
        ("stop -", "then go", "stop - then go"),
        ("it ends", "here", "it ends here"),
        ("yes/no-", "- maybe", "yes/no- - maybe"),
    ],
)
def test_a_hyphen_goes_unless_it_is_the_words_own(before: str, after: str, expected: str) -> None:
    assert joined(before, after, Counter()) == expected


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [
        ("", "pretreatment"),
        ("the pre-treatment visit", "pre-treatment"),
        ("a pretreatment visit, pre-treatment, pretreatment", "pretreatment"),
    ],
)
def test_the_document_decides_by_what_it_writes_elsewhere(elsewhere: str, expected: str) -> None:
    assert joined("pre-", "treatment", Counter(words(elsewhere))) == expected


def test_two_words_of_the_document_make_a_compound() -> None:
    known = Counter(words("An evidence review of music during sessions"))
    assert joined("evidence-", "review", known) == "evidence-review"
    assert joined("evi-", "dence", known) == "evidence"
