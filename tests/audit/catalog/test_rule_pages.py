"""The rule reference says what the catalogue says, and its files are up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from audit.catalog import catalog, frame_words, frames, rule_pages

RULES = catalog.bundled().rules
FIGURES: dict[str, rule_pages.Figures] = {
    "claim.sameness": {
        "dev": {"precision": 1.0, "recall": 0.875, "f1": 0.9333},
        "blind": {"precision": None, "recall": 0.5, "f1": None},
    }
}


def rendered(markdown: str) -> BeautifulSoup:
    """What a Markdown reader shows, tables included."""
    return BeautifulSoup(MarkdownIt("commonmark").enable("table").render(markdown), "html.parser")


def test_the_files_are_up_to_date() -> None:
    """If not: python -m audit.catalog.rule_pages."""
    wanted = rule_pages.pages(catalog.bundled(), rule_pages.measured())
    found = {p.name: p.read_text(encoding="utf-8") for p in rule_pages.FOLDER.iterdir()}
    assert sorted(found) == sorted(wanted)
    assert [name for name in wanted if found[name] != wanted[name]] == []


@pytest.mark.parametrize("rule_id", RULES)
def test_a_page_shows_everything_of_its_rule(rule_id: str) -> None:
    rule = RULES[rule_id]
    shown = " ".join(rendered(rule_pages.page(rule, {})).get_text().split())
    texts = [rule.title, rule.requirement, rule.why, rule.satisfy, rule.severity_reason]
    texts += [rule.web_disclosure_mandated, rule.effective_from, rule.review_by, rule.basis]
    texts += [*rule.messages.values(), *rule.changelog, *rule.lines, *rule.searched]
    texts += [text for s in rule.sources for text in (s.title, s.date, s.text_status)]
    texts += [e.text.replace("\n", " ⏎ ") for e in rule.examples]
    texts += [e.heading for e in rule.examples if e.heading]
    assert [text for text in texts if " ".join(text.split()) not in shown] == []


def test_every_concept_of_a_rule_is_explained_and_leads_to_its_file() -> None:
    rule = RULES["supervision.vitals"]
    page = rendered(rule_pages.page(rule, {}))
    links = {str(a["href"]) for a in page.select("a[href$='.yml']")}
    assert {Path(link).stem for link in links} == rule.concepts
    assert all((rule_pages.FOLDER / link).resolve().is_file() for link in links)


def test_the_index_leads_to_every_rule_once() -> None:
    page = rendered(rule_pages.index(catalog.bundled(), {}))
    assert sorted(str(a["href"]) for a in page.select("td a")) == sorted(f"{r}.md" for r in RULES)


def test_figures_stand_beside_the_rule_where_there_are_any() -> None:
    made = rule_pages.pages(catalog.bundled(), FIGURES)
    cells = [td.get_text() for td in rendered(made["claim.sameness.md"]).select("td")]
    assert cells[-8:-4] == ["development set", "1.00", "0.88", "0.93"]
    assert cells[-4:] == ["blind set", "not measured", "0.50", "not measured"]
    assert "0.93 (development set); not measured (blind set)" in made[rule_pages.INDEX]
    assert "Accuracy" not in made["supervision.vitals.md"]


def test_figures_may_not_be_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"
    assert rule_pages.measured(path) == {}
    path.write_text(json.dumps({"rules": FIGURES}), encoding="utf-8")
    assert rule_pages.measured(path) == FIGURES


@given(st.text(st.sampled_from("\\`*_[]<>|$~#ab&!()-+.1\n é")) | st.text())
def test_texts_are_shown_letter_for_letter(text: str) -> None:
    """In a list, as examples stand there."""
    text = "x" + text.replace("\0", "").replace("&", "+").replace("\r", "") + "x"
    shown = rendered(f"- *a*: {rule_pages.plain(text)}\n").get_text()
    assert shown.strip() == "a: " + text.replace("\n", " ⏎ ")


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        (
            {"says": "{nurse|doctor} ..4 {watches}!"},
            "`doctor` or `nurse`, within 4 words **`watches`**",
        ),
        ({"says": "{a}! .. {b}"}, "**`a`**, within 12 words `b`"),
        ({"all": ["a", "b!"], "gap": 7}, "`a` and **`b`**, in any order, at most 7 words apart"),
        ({"all": ["a"]}, "**`a`**"),
        (
            {"at_least": 2, "of": ["a", "b|c", "{d} ..3 {e}"]},
            "anywhere in the passage at least 2 of these: `a`; `b` or `c`; `d`, within 3 words `e`",
        ),
    ],
)
def test_frames_are_readable(declared: dict[str, Any], what: str) -> None:
    assert frame_words.what(frames.parse({"stance": "states", **declared})) == what


@pytest.mark.parametrize(
    ("declared", "condition"),
    [
        ({"unless": ["x", "y"]}, "not in the same clause as `x` or `y`"),
        ({"unless_nearby": ["x"]}, "not where the passage also mentions `x`"),
        ({"heading": ["x"]}, "only under a heading with `x`"),
        ({"context": ["x"]}, "only beside (in the same statement or its heading) `x`"),
        ({"nearby": ["x"]}, "only where the passage also mentions `x`"),
        ({"if_negated": "denies"}, "negated: *denies*"),
        ({"if_yes": "denies"}, 'as a question answered "yes": *denies*'),
        ({"if_no": "denies"}, 'as a question answered "no": *denies*'),
        ({"only_lines": ["spravato"]}, "only about spravato"),
        ({"not_lines": ["therapy", "spravato"]}, "not about spravato, therapy"),
        ({"conditional_counts": True}, "counts under a condition too"),
        ({"near_miss": True}, "comes close only: shown, never counted"),
        ({"even_negated": True}, "things in a negated statement count too"),
    ],
)
def test_conditions_are_readable(declared: dict[str, Any], condition: str) -> None:
    frame = frames.parse({"stance": "states", "says": "{a}", **declared})
    assert list(frame_words.conditions(frame)) == [condition]


def test_a_plain_frame_has_no_condition_and_no_key_of_frames_is_left_out() -> None:
    assert list(frame_words.conditions(frames.parse({"stance": "silent", "says": "{a}"}))) == []
    shown = {*frame_words._CONDITIONS, *frame_words._FLAGS, "stance", "slots", "ordered", "count"}
    shown |= {"if_negated", "if_yes", "if_no", "only_lines", "not_lines"}
    shown.add("by_rarity")  # nobody declares it
    assert set(frames.Frame.__dataclass_fields__) == shown
