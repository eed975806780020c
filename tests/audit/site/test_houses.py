"""Houses that treat nobody with ketamine, though they tell of it as a clinic does."""

from __future__ import annotations

import pytest

from audit.claims.engines import patterns
from audit.concepts import expressions
from audit.site import houses, site
from tests.audit.captured_page import captured

ENGINE = patterns()
GROUPS = expressions.read(houses.FILE)
# What any of them may tell, in words that would make lines of a clinic.
TOLD = (
    "<h1>Ketamine</h1><h2>IV ketamine infusions</h2><p>You lie back while the drip runs into your"
    " vein over forty minutes. A nurse places the line in your arm.</p>"
    "<h2>Lozenges</h2><p>You take ketamine lozenges at home; a courier brings them to your door."
    " You dissolve the lozenge under your tongue in your own bed.</p>"
)


def read(*bodies: str) -> site.SiteReading:
    home, *others = bodies
    pages = [captured(home, "/", "Tolverne")]
    pages += [captured(body, f"/page-{n}", f"Page {n}") for n, body in enumerate(others)]
    return site.read_site(ENGINE, pages)


@pytest.mark.parametrize(
    ("text", "stands", "name"),
    [(text, stands, name) for name, g in GROUPS.items() for text, stands in g.examples],
)
def test_the_examples(text: str, stands: bool, name: str) -> None:
    assert (GROUPS[name].find(text) is not None) == stands


def test_every_kind_is_looked_for() -> None:
    assert set(houses.KINDS) == set(GROUPS)


OTHERS = {
    "lawyers": "<p>Our lawyers read your records.</p><footer><p>Attorney advertising</p></footer>",
    "directory": "<nav><ul><li>List your clinic</li></ul></nav><p>Search over 900 clinics.</p>",
    "newsroom": "<p>By Nell Garnet, staff writer</p><p>Our newsroom asked nine people.</p>",
    "podcast": "<h2>Episode 12</h2><p>Listen on any app. Our guests tell it all.</p>",
    "diarist": "<p>I write here about getting well.</p><p>My first infusion was in March.</p>",
    "vets": "<p>Your dog wakes slowly.</p><footer><p>Tolverne Animal Hospital</p></footer>",
    "courses": "<p>Courses for nurses and doctors.</p><p>24 CE credits, taught by our faculty.</p>",
    "board": "<p>Licensees keep records.</p><p>The board licenses nine professions.</p>",
    "street": "<p>Harm reduction for dancers.</p><p>Most people snort it.</p>",
    "surgeons": "<p>Wisdom teeth come out while you doze.</p><p>Your surgeon comes first.</p>",
    "charity": "<p>A registered charity</p><nav><ul><li>Donate</li></ul></nav>",
    "vendors": "<p>Run your clinic with less paper.</p><nav><ul><li>Book a demo</li></ul></nav>",
    "explainers": "<p>We do not treat anybody.</p><p>A helpline, with a reading list.</p>",
    "insurers": "<h2>Medical policy 12</h2><p>This plan does not cover it. See plan documents.</p>",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_house_of_another_kind_offers_nothing(kind: str) -> None:
    found = read(OTHERS[kind], TOLD)
    assert found.offered == frozenset() and not found.offers_ketamine
    assert len(found.another_house) > 1


def test_the_same_words_are_lines_of_a_clinic() -> None:
    clinic = "<p>We care for people with low mood. Our nurses give ketamine.</p>"
    found = read(clinic, TOLD)
    assert {"in-clinic-iv", "at-home-oral"} <= found.offered
    assert found.another_house == ()


OURS = (
    "<h1>Ketamine infusions</h1><p>We give ketamine infusions in our clinic.</p>"
    "<p>Our infusions last forty minutes.</p><p>We offer six infusions over three weeks.</p>"
)


@pytest.mark.parametrize(
    "beside",
    [
        # One phrase is no house; nor are several beside what the house says that it gives.
        "<p>Bring your dog if you like.</p>",
        "<p>We do not treat people who are pregnant. The handbook for patients is at the desk.</p>",
        "<h1>Training</h1><p>Sixteen CME credits, taught by our faculty.</p>",
        "<h1>About me</h1><p>I tried ketamine in 2015. I write about it in a newsletter.</p>",
        "<h1>Journal</h1><p>Medically reviewed.</p><p>For information only.</p>",
        "<h1>Journal</h1><p>Written by Ada Orr</p><p>Written by Ben Ash</p><p>By Cy Fen</p>",
        "<h1>Chain</h1><p>Find a clinic near you.</p>",
        "<h1>Surgery centers</h1><p>Before your surgery we call you. General anesthesia, too.</p>",
        "<blockquote>My first infusion changed me. I started ketamine in May. — Tess</blockquote>",
    ],
)
def test_a_clinic_that_says_such_things_too_keeps_its_line(beside: str) -> None:
    assert read(OURS, beside).offered == {"in-clinic-iv"}


@pytest.mark.parametrize(
    ("said", "treats"),
    [
        ("We give ketamine infusions for depression in our own suite.", True),
        ("We run a ketamine infusion while you sleep.", False),
    ],
)
def test_surgeons_who_also_treat_the_mood_are_a_clinic(said: str, treats: bool) -> None:
    surgery = (
        "<p>Your dentist calls us. Before your surgery we talk. General anesthesia wears off.</p>"
        "<p>Wisdom teeth come out while you sleep.</p><p>The dentistry is theirs.</p>"
        "<p>After surgery your surgeon calls. Dental implants take longer.</p>"
    )
    assert bool(read(f"<p>{said}</p>", surgery).offered) == treats


def test_who_offers_it_outright_is_a_clinic_whatever_it_says_of_plans() -> None:
    plans = "<p>The plan does not cover it. See your plan documents, and ask your health plan.</p>"
    said = "<p>We prescribe ketamine lozenges that you take at home.</p>"
    assert read(said, plans).offered == {"at-home-oral"}
    assert read(said.replace("We", "They"), plans).offered == frozenset()


@pytest.mark.parametrize(
    ("words", "treats"),
    [
        ("Tolverne offers IV ketamine infusions for depression.", True),
        ("I offer IV ketamine infusions for depression.", True),
        ("Brackwater offers IV ketamine infusions for depression.", False),
    ],
)
def test_a_house_that_calls_itself_by_its_name_is_a_clinic_too(words: str, treats: bool) -> None:
    beside = "<p>Ketamine treatment near you</p><p>Find the best ketamine therapy near you.</p>"
    assert (read(f"<p>{words}</p>", beside).offered == {"in-clinic-iv"}) == treats


def test_a_dog_in_the_room_is_no_patient() -> None:
    dog = "<p>Your dog may lie by the chair. Our nurse gives you the ketamine in the thigh.</p>"
    assert read("<p>One poke with the needle, in the thigh.</p>", dog).another_house == ()


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Mind the dog.</p><p>The cats may jump.</p><p>Your pets can stay.</p>",
        ("<p>We see ketamine ease chronic pain, or help with migraine.</p><p>Before your surgery,"
        " call.</p><p>General anesthesia is deeper.</p><p>Procedural sedation, too.</p>"
        "<p>Your dentist may refer you.</p><p>Wisdom teeth are no matter.</p>"),
    ],
)  # fmt: skip
def test_what_any_clinic_may_name_makes_no_vet_and_no_surgeon(beside: str) -> None:
    clinic = "<p>We care for people with low mood. Our nurses give ketamine.</p>"
    assert "at-home-oral" in read(clinic + beside, TOLD).offered


def test_a_phrase_counts_once_however_often_it_stands() -> None:
    pets = "".join(f"<p>On day {n} your dog may wait in the hall.</p>" for n in range(9))
    assert read("<p>We give ketamine infusions.</p>" + pets).offered == {"in-clinic-iv"}


def test_what_a_policy_and_a_patient_say_tells_no_house() -> None:
    policy = captured("<p>The Board of Medicine licenses us. Licensees follow it.</p>", "/privacy")
    home = captured("<p>Ketamine, given by infusion: we give it in our clinic.</p>", "/")
    assert "in-clinic-iv" in site.read_site(ENGINE, [home, policy]).offered
