"""Inline elements side by side without a blank: one word, or two boxes of a style sheet."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pages.pages import read


def said(body: str) -> str:
    page = read(f"<body><div>{body}</div>".encode(), url="https://clinic.example/x")
    return "\n".join(b.text for b in page.blocks)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<span>84%</span><span>of members report relief</span>", "84% of members report relief"),
        ("<b>9 in 10</b><i>patients return</i>", "9 in 10 patients return"),
        ("<span>$450</span><span>per session</span>", "$450 per session"),
        ("<span>$450</span><span>each</span>", "$450 each"),
        ("$450<span class='tooltip-text'>without the medicine</span> a visit",
         "$450 without the medicine a visit"),
        ("$49<sup>99</sup> a month", "$49 99 a month"),
        ("<em>Starting at</em><strong>$1,200</strong>", "Starting at $1,200"),
        ("not<s>always</s>safe", "not safe"),
        ("It was<del>$499</del>$299", "It was $299"),
        ("<span><b>No needles.</b></span><span>We send lozenges.</span>",
         "No needles. We send lozenges."),
        ("<span>paid at each visit</span><span>Call us today</span>",
         "paid at each visit Call us today"),
        ("<a href=a>Read our safety notes</a><span>Updated in May</span>",
         "Read our safety notes Updated in May"),
        ("<span>Is it safe?</span><em>mostly it is</em>", "Is it safe? mostly it is"),
        ("<b>FDA status</b>Not approved, <i>it is</i>not", "FDA status Not approved, it is not"),
        ("Ketamine is <b>not</b>FDA approved", "Ketamine is not FDA approved"),
        ("Ketamine is<b>NOT</b>a <i>cure</i>", "Ketamine is NOT a cure"),
        ("You do <u>not</u>need a visit", "You do not need a visit"),
        ("<span>Is it approved</span><span>No</span>", "Is it approved No"),
        ("<b>Monitoring</b>A nurse stays", "Monitoring A nurse stays"),
        ("<span>takes about</span><span>40 minutes a session</span>",
         "takes about 40 minutes a session"),
    ],
)  # fmt: skip
def test_texts_that_no_writer_joins_are_two(body: str, text: str) -> None:
    assert said(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("It is not<sup>1</sup> approved", "It is not¹ approved"),
        ("Nurses<sup><a href=#n>10, 2</a></sup> stay", "Nurses¹⁰, ² stay"),
        ("84%<sup>3</sup> of members", "84%³ of members"),
        ("approved.<sup>2</sup></div><div><sup>2</sup>As of May", "approved.²\n²As of May"),
        ("10 m<sup>2</sup> of rooms", "10 m² of rooms"),
        ("for all<sup>100</sup>, <sup>*</sup>24<sup>h</sup>", "for all100, *24h"),
    ],
)
def test_numbers_of_notes_are_no_part_of_their_word(body: str, text: str) -> None:
    assert said(body) == text
    data = json.dumps({"a": f"What it says here: {body}".partition("</div>")[0]})
    script = f"<script type=application/json>{data}</script>"
    assert said(f"What it says here: {body}{script}") == f"What it says here: {text}"
    assert said(script) == f"What it says here: {text}".partition("\n")[0]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<b>K</b>etamine helps", "Ketamine helps"),
        ("Cure<s>d</s>s and $<s>499</s>299", "Cures and $299"),
        ("<b>K</b><i>etamine</i> helps", "Ketamine helps"),
        ("H<sub>2</sub>O and H<sub>2</sub><b>O is water</b>", "H2O and H2O is water"),
        ("$<span>450</span>", "$450"),
        ("<span>$</span><span>450</span><span>/month</span>", "$450/month"),
        ("<span>1</span><sup>st</sup> visit", "1st visit"),
        ("<b>1</b><i>st of May</i>", "1st of May"),
        ("<span>50</span><span>mg</span>", "50mg"),
        ("<span>2</span><span>,</span><span>850</span>", "2,850"),
        ("<b>Mind</b><i>Rise</i> is open", "MindRise is open"),
        ("Visit <b>Mind</b><i>Rise today, friend</i>", "Visit MindRise today, friend"),
        ("<b>non</b>-<i>stop care</i>", "non-stop care"),
        ("A <b>not</b>ice, <b>not</b>hing, <b>Never</b>theless", "A notice, nothing, Nevertheless"),
        ("a <b>k</b>not, <i>can</i><b>notes</b>, <b>Ka</b>Not", "a knot, cannotes, KaNot"),
        ("<b>Vita</b>Nova and <i>Our</i>Care", "VitaNova and OurCare"),
        ("we give <b>(es)</b><i>ketamine to adults</i>", "we give (es)ketamine to adults"),
        ("<b>www.</b><i>clinic.example is ours</i>", "www.clinic.example is ours"),
        ("<span>patient</span><span>’s own words</span>", "patient’s own words"),
        ("<b>eske</b><wbr><i>tamine for you</i>", "esketamine for you"),
    ],
)  # fmt: skip
def test_what_is_only_styled_stays_one(body: str, text: str) -> None:
    assert said(body) == text


WORDS = st.lists(st.from_regex(r"[a-z]{1,9}|[A-Z][a-z]{0,8}", fullmatch=True), min_size=1)
SENTENCES = WORDS.map(lambda words: " ".join(words[:12]))
STYLES = st.sampled_from(["b", "i", "em", "strong", "span", "span class=x", "u", "small"])


def styled(style: str, text: str) -> str:
    return f"<{style}>{text}</{style.split(maxsplit=1)[0]}>"


@given(SENTENCES, st.integers(0, 100), st.integers(0, 100), STYLES)
def test_a_style_within_a_text_changes_nothing(text: str, one: int, two: int, style: str) -> None:
    start, end = sorted((one % (len(text) + 1), two % (len(text) + 1)))
    assert said(text[:start] + styled(style, text[start:end]) + text[end:]) == text


@given(SENTENCES, st.data(), STYLES, STYLES)
def test_a_word_is_never_cut_at_a_small_letter(
    text: str, data: st.DataObject, one: str, two: str
) -> None:
    cuts = [m.start() for m in re.finditer(r"(?<=\S)[a-z]", text)]
    if cuts:
        at = data.draw(st.sampled_from(cuts))
        assert said(styled(one, text[:at]) + styled(two, text[at:])) == text


@given(st.integers(1, 100), SENTENCES, STYLES, STYLES)
def test_a_share_never_runs_into_its_words(share: int, text: str, one: str, two: str) -> None:
    assert said(styled(one, f"{share}%") + styled(two, text)) == f"{share}% {text}"


@given(st.text(alphabet="aZ9$% .,)’-é", max_size=8), st.text(alphabet="aZ9$% .,(’-é", max_size=8))
def test_only_a_blank_is_ever_added(one: str, two: str) -> None:
    assert "".join(said(f"a{styled('b', one)}{styled('i', two)}b").split()) == "".join(
        f"a{one}{two}b".split()
    )
