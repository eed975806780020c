"""What a house tells of, sentence by sentence, where no sentence says that it offers anything."""

from __future__ import annotations

import numpy as np
import pytest

from audit.concepts import expressions
from audit.site import line_evidence, line_reader, route_signs, site
from data.vocabulary import SERVICE_LINES
from tests.audit.captured_page import captured
from tests.audit.site.told_house import ENGINE, HOME, TOLD, offered

GROUPS = expressions.read(route_signs.FILE)


@pytest.mark.parametrize(
    ("text", "stands", "name"),
    [(text, stands, name) for name, g in GROUPS.items() for text, stands in g.examples],
)
def test_the_examples_of_the_signs(text: str, stands: bool, name: str) -> None:
    assert (GROUPS[name].find(text) is not None) == stands


@pytest.mark.parametrize("line", TOLD)
def test_a_line_that_is_told_is_offered(line: str) -> None:
    assert offered(TOLD[line]) == {line}


@pytest.mark.parametrize("line", TOLD)
def test_what_is_told_is_quoted(line: str) -> None:
    pages = [captured(HOME, "/", "Tolverne"), captured(TOLD[line], "/page", "Page")]
    reading = site.read_site(ENGINE, pages)
    assert line in {offer.line for offer in reading.offers if offer.end > offer.start}


def test_a_heading_that_lists_our_own_ways_explains_nothing() -> None:
    told = "<h2>The types of treatment we give</h2>" + TOLD["in-clinic-im"]
    assert offered(told) == {"in-clinic-im"}


def test_therapists_who_plan_a_named_therapy_give_it() -> None:
    calls = (
        "<p>A therapist of ours leads your preparation call before the first lozenge.</p>"
        "<p>Another therapist of ours leads your integration call in the week after it.</p>"
        "<p>Our therapists prepare you for what may come up.</p>"
        "<p>We are two doctors and three counselors, and you may message your therapist.</p>"
    )
    named = "<p>This is ketamine-assisted therapy: your therapist plans it with you.</p>"
    assert "therapy" in offered(TOLD["at-home-oral"], calls, named)


def test_what_is_refused_of_one_way_is_not_refused_of_ketamine() -> None:
    asked = "<h3>What about {}?</h3><p>It works well. We don't provide it.</p>"
    assert offered(TOLD["in-clinic-im"], asked.format("IV")) == {"in-clinic-im"}
    assert offered(TOLD["in-clinic-im"], asked.format("ketamine")) == set()


def test_what_a_home_page_lists_is_no_offer_before_it_is_told() -> None:
    home = "<p>Suboxone, and ketamine infusions alongside therapy.</p>"
    told = "<p>The infusion runs for forty minutes while you rest.</p>"
    told += "<p>The pump beeps when your bag is empty.</p>"
    line = "in-clinic-iv"
    assert line in offered(told, home=HOME + home)
    assert line not in offered("<p>We are open on Mondays.</p>", home=HOME + home)
    assert line not in offered("<p>There are no infusions. We never use the thigh.</p>", home=home)


def test_a_dose_by_weight_is_no_medicine_for_weight() -> None:
    by_weight = "<p>Your infusion of forty minutes is dosed by weight.</p>"
    assert "in-clinic-iv" in offered(by_weight, "<p>We place a cannula; the drip runs slowly.</p>")


def test_doctors_at_large_are_not_those_of_the_house() -> None:
    said = "<p>{} give it to you as a ketamine injection into a muscle.</p>"
    assert offered(said.format("Doctors")) == set()
    assert offered(said.format("Our doctors")) == {"in-clinic-im"}


def test_each_number_that_counts_for_a_line_was_learnt() -> None:
    reader = line_reader.bundled()
    known = line_evidence.numbers(np.zeros((1, len(reader.lines))), 0, line_evidence.Count())
    assert {*known, "bias"} == reader.house.keys()
    assert reader.lines == tuple(SERVICE_LINES)


def test_the_name_of_a_site_sets_no_page_of_it_apart() -> None:
    titles = tuple(f"{name} | Tolverne Hospital" for name in ("Visits", "Rooms", "Costs"))
    told = (TOLD["in-clinic-im"], "<p>You rest here.</p>", "<p>You pay here.</p>")
    assert offered(*told, titles=titles) == {"in-clinic-im"}
    assert offered(*told, titles=("At the hospital", "Rooms", "Costs")) == set()


def test_a_menu_says_once_what_it_says_on_every_page() -> None:
    menu = "<nav><ul><li>Home</li><li>Spravato</li><li>Costs</li></ul></nav>"
    about = ("IV ketamine infusions", "Ketamine lozenges at home", "Intramuscular ketamine")
    pages = [
        captured(f"{menu}<h1>{name}</h1><p>You rest.</p>", f"/{n}", name)
        for n, name in enumerate(about)
    ]
    assert site.read_site(ENGINE, pages).evidence.counted["spravato"] == (1, 0)


def test_ketamine_is_named_in_words_on_others_too() -> None:
    home = "<h1>Low mood</h1><p>Other clinics hurry you after {}.</p>"
    assert offered(TOLD["in-clinic-im"], home=home.format("ketamine")) == {"in-clinic-im"}
    assert offered(TOLD["in-clinic-im"], home=home.format("it")) == set()


def test_our_form_and_our_home_make_a_line_that_other_talk_does_not_belie() -> None:
    halves = "<h1>At-home ketamine, shipped to your door.</h1><h2>Our ketamine lozenges</h2>"
    found = offered(halves, TOLD["therapy"] * 3, home=halves + HOME, titles=("Pricing", "Care"))
    assert {"at-home-oral", "therapy"} <= found


def test_what_is_offered_by_its_name_stands_whatever_else_is_told() -> None:
    sent = "".join(
        f"<p>A courier brings you lozenges on day {n}. Stay in bed.</p>" for n in range(9)
    )
    home = HOME + "<p>We offer IV ketamine.</p>"
    assert offered(TOLD["at-home-oral"] + sent, home=home) == {"at-home-oral", "in-clinic-iv"}
