"""Whatever a text says, quotes stand where they say, and nothing is slow or lost."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import facts
from audit.facts import collect
from audit.facts.gate import LONGEST
from audit.facts.passage import Passage
from audit.facts.plain import plain
from audit.pages.blocks import Block
from audit.site import site
from audit.site.read_page import ReadPage
from data.fact_kinds import FactKind
from tests.audit.fact_pages import ENGINE, captured, facts_of, told
from tests.audit.facts import (
    test_facts_backing,
    test_facts_conditions,
    test_facts_contact,
    test_facts_courses,
    test_facts_insurance,
    test_facts_people,
    test_facts_prices,
    test_facts_states,
)

# Sentences that carry facts, and what may stand around and inside them.
CARRIERS = [
    re.sub(r"<[^>]+>", " ", body).strip()
    for body, _ in chain(
        test_facts_prices.SAID,
        test_facts_insurance.SAID,
        test_facts_conditions.SAID,
        test_facts_courses.COURSES,
        test_facts_courses.SHARES,
        test_facts_people.SAID,
        test_facts_people.ROLES,
        test_facts_contact.PHONES,
        test_facts_contact.ADDRESSES,
        test_facts_states.SAID,
        test_facts_backing.FOUNDED,
        test_facts_backing.RECORD,
        test_facts_backing.PHARMACY,
        test_facts_backing.SEALS,
    )
]
ODD = [
    "İstanbul ",
    "“",
    "”",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "—",
    "\n",
    "• ",
    "🌱 ",
    "ﬁ",
    "\u202e",
    "$",
]
TEXTS = st.lists(st.sampled_from(CARRIERS + ODD), min_size=1, max_size=6).map("".join)
HEADS = st.sampled_from(["", "Conditions we treat", "States we serve", "In a crisis", "Pricing"])


def a_page(text: str, heading: str) -> ReadPage:
    """A home page with one block, as it is, over a footer that names ketamine."""
    read = captured("")
    block = Block(text, "paragraph", "main", heading, (heading,) if heading else ())
    ours = Block("Ketamine", "paragraph", "footer", ordinal=1)
    return ReadPage(read.page, replace(read.text, blocks=(block, ours)))


@given(TEXTS, HEADS)
def test_every_quote_stands_at_its_offsets_in_its_block(text: str, heading: str) -> None:
    read = a_page(text, heading)
    for fact in facts.of_site(ENGINE, [read], site.SiteReading()):
        assert 0 <= fact.char_start < fact.char_end <= len(text)
        assert fact.quote == text[fact.char_start : fact.char_end]
        assert fact.value and fact.kind in set(FactKind)


@given(TEXTS, HEADS)
def test_the_gate_stops_nothing_that_a_reader_would_find(text: str, heading: str) -> None:
    read = a_page(text, heading)
    opened = {i: readers for i, _, readers in collect._gate().open([text])}
    passage = Passage(ENGINE, read.text, read.text.blocks, 0)
    for index, reader in enumerate(collect.READERS):
        if any(reader.read(passage)):
            assert index in opened.get(0, set()), text
            assert reader.may_read(passage), text


@given(st.text(max_size=200))
def test_plain_text_keeps_every_character_in_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_quotes_on_pages_as_they_come() -> None:
    body = "".join(f"<div><p>{text}</p></div>" for text in CARRIERS)
    read = captured(body + "<footer><p>(208) 555-0142</p></footer>")
    texts = {(b.css_path, b.ordinal): b.text for b in read.text.blocks}
    found = facts_of([read])
    assert len({f.kind for f in found}) > 20
    for fact in found:
        text = texts[fact.css_path, fact.block_ordinal]
        assert text[fact.char_start : fact.char_end] == fact.quote


@pytest.mark.parametrize(
    "text",
    [
        "$1," * 6_000,
        "$400-" * 3_000 + "$500 per infusion",
        "(555) 014-" * 1_800,
        "1 Aa " * 3_000 + "OR 97141",
        "Aa-" * 5_000 + "Bb, MD",
        "Aa Bb Cc, MD, " * 1_200,
        "we treat " + "and depression " * 1_200,
        "six or " * 2_500 + "infusions over two weeks",
        "80% or " * 2_500 + "of patients improve",
        "we accept " + "aetna, " * 2_500,
        "we serve people in " + "oregon and " * 1_700,
        "in of " * 3_000 + "our clinic",
        "<script>alert(1)</script> $249 per month =HYPERLINK(1)",
        "\u202e$249 per month\x1b[31m",
    ],
)
def test_texts_made_to_be_slow_or_to_harm_are_read_like_others(text: str) -> None:
    for fact in facts.of_site(ENGINE, [a_page(text, "")], site.SiteReading()):
        assert fact.quote == text[fact.char_start : fact.char_end]


def test_a_block_without_end_is_left_out_and_the_next_one_is_read() -> None:
    body = f"<p>{'0-' * LONGEST}</p><p>(208) 555-0142</p>"
    assert told(body, "telephone") == {"+12085550142"}


def test_many_blocks_are_read_in_several_goes() -> None:
    body = "".join(f"<p>Room {n} is quiet. {'We rest. ' * 300}</p>" for n in range(60))
    assert told(f"{body}<p>(208) 555-0142</p>", "telephone") == {"+12085550142"}


def test_the_same_pages_give_the_same_facts() -> None:
    pages = [captured("".join(f"<p>{text}</p>" for text in CARRIERS))]
    assert facts_of(pages) == facts_of(pages)
