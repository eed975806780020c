"""Facts of whole sites: who speaks, each once, which line; and quotes that stand where they say."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from audit import facts
from audit.claims.passages import readable
from audit.facts import collect, words
from audit.facts.gate import LONGEST
from audit.facts.numbers import number
from audit.facts.passage import Passage
from audit.facts.plain import plain
from audit.pages.blocks import Block
from audit.site import site
from audit.site.read_page import ReadPage
from data.errors import UsageError
from data.fact_kinds import FactKind
from data.models import Fact
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

PRICE = "<p>Each infusion costs $450.</p>"


def as_said(found: tuple[Fact, ...], *kinds: str) -> list[tuple[str, str | None]]:
    return [(f.value, f.service_line) for f in found if f.kind in kinds]


@pytest.mark.parametrize(
    ("path", "body", "heard"),
    [
        ("/", PRICE, True),
        ("/legal/terms", PRICE, True),
        ("/blog/costs", PRICE, False),
        ("/blog/costs", f"<footer>{PRICE}</footer>", True),
        ("/reviews", PRICE, False),
        ("/", f"<blockquote class='testimonial'>{PRICE}</blockquote>", False),
        ("/consent", PRICE, False),
    ],
)
def test_only_the_provider_speaks_of_itself(path: str, body: str, heard: bool) -> None:
    assert bool(told(body, "price", path=path)) is heard


def test_json_ld_is_the_providers_voice() -> None:
    data = '{"@type": "MedicalClinic", "description": "We treat depression in a quiet house."}'
    body = f'<script type="application/ld+json">{data}</script><p>Welcome to our house.</p>'
    assert told(body, "condition") == {"depression"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>“Each infusion cost me $450, and it was worth it.” Dana</p>",
        """<script type="application/ld+json">{"@type": "Review",
        "reviewBody": "Each infusion cost me $450, and it was worth it."}</script>""",
    ],
)
def test_a_patients_words_are_not_the_providers(body: str) -> None:
    assert told(body, "price") == set()


def test_a_fact_is_there_once_and_quoted_from_its_first_page() -> None:
    footer = "<footer><p>(208) 555-0142</p></footer>"
    home, team = captured(footer), captured(footer + "<p>Call 208.555.0142.</p>", "/team")
    (fact,) = facts_of([home, team])
    assert (fact.kind, fact.value) == (FactKind.TELEPHONE, "+12085550142")
    assert (fact.capture_id, fact.quote) == ("/", "(208) 555-0142")


def test_the_same_price_for_another_line_is_another_fact() -> None:
    body = "<p>Ketamine lozenges are $99 per month.</p><p>Spravato visits are $99 per month.</p>"
    found = facts_of([captured(body)])
    assert as_said(found, "price") == [("99", "at-home-oral"), ("99", "spravato")]


def test_a_heading_names_the_line_where_the_words_do_not() -> None:
    body = "<h2>IV ketamine infusions</h2><p>The fee is $450 for each visit.</p>"
    assert as_said(facts_of([captured(body)]), "price") == [("450", "in-clinic-iv")]
    two = "<p>Infusions or lozenges: the fee is $450 for each visit.</p>"
    assert as_said(facts_of([captured(two)]), "price") == [("450", None)]


def test_a_page_that_never_names_ketamine_has_no_prices_of_ours() -> None:
    body = "<h1>Sleep school</h1><p>Each session costs $80.</p><p>(208) 555-0142</p>"
    bare = captured(body)
    without = replace(bare.text, blocks=tuple(b for b in bare.text.blocks if b.region != "footer"))
    found = facts.of_site(ENGINE, [replace(bare, text=without)], site.SiteReading())
    assert [f.kind for f in found] == ["telephone"]
    assert told(body, "price") == {"80 | USD per session"}


def test_lines_and_dose_forms_come_from_offers() -> None:
    body = """<p>A hospital nearby offers Spravato.</p>
    <p>We prescribe ketamine lozenges and troches that you take at home.</p>"""
    found = facts_of([captured(body)])
    assert as_said(found, "service-line") == [("at-home-oral", None)]
    assert as_said(found, "dose-form") == [("lozenge", "at-home-oral"), ("troche", "at-home-oral")]
    (line,) = (f for f in found if f.kind == "service-line")
    assert line.quote == "We prescribe ketamine lozenges and troches that you take at home."


def test_an_offer_is_quoted_before_an_entry_of_the_menu() -> None:
    menu = "<nav><ul><li>About</li><li>Spravato</li></ul></nav>"
    found = facts_of([captured(menu + "<p>We offer Spravato to adults.</p>")])
    assert [f.quote for f in found if f.kind == "service-line"] == ["We offer Spravato to adults."]
    only = [captured(menu), captured(menu + "<h1>Spravato</h1>", "/services/spravato")]
    assert [f.quote for f in facts_of(only) if f.kind == "service-line"] == ["Spravato"]


def test_a_line_that_is_not_offered_is_no_fact() -> None:
    assert not facts_of([captured("<p>We no longer offer Spravato.</p>")])


def test_credentials_win_over_a_bare_title() -> None:
    body = "<p>Dr. Ruth Abend is our medical director.</p><p>Ruth Abend, DO</p>"
    found = facts_of([captured(body)])
    assert [(f.value, f.unit) for f in found if f.kind == "clinician"] == [("Ruth Abend", "DO")]


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


def test_lists_are_read_inside_their_list() -> None:
    read = captured("<h2>Conditions we treat</h2><ul><li>PTSD</li></ul>")
    (block,) = (b for b in readable(read.text.blocks) if b.kind == "list")
    (fact,) = facts_of([read])
    assert (fact.css_path, fact.quote) == (block.css_path, "PTSD")
