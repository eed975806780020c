"""Service lines: which a text names, and which a provider offers; talk is no offer."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.claims import offers
from audit.claims.engines import bundled_engine
from audit.stances import lines
from audit.stances.found import Passage
from data.errors import UsageError
from data.vocabulary import Line

ENGINE = bundled_engine()


def offered(text: str, heading: str = "") -> set[tuple[str, bool]]:
    """(line, offered or disowned) of a passage."""
    found = set()
    for statement in ENGINE.statements(Passage(text=text, heading=heading)):
        found |= set(offers.said_in(ENGINE.offers, statement))
    return {(line, said) for line, said in found if line != "ketamine"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("We mail lozenges to your home.", "at-home-oral"),
        ("Sessions happen in your home. You take the medicine sublingually.", "at-home-oral"),
        ("Our clinic offers a ketamine nasal spray for use at home.", "at-home-nasal"),
        ("We ship prefilled syringes to your door.", "at-home-injection"),
        ("Our infusions last forty minutes.", "in-clinic-iv"),
        ("We give intramuscular ketamine in two visits a month.", "in-clinic-im"),
        ("We offer both IV drips and, where insurance covers it, esketamine.", "spravato"),
        ("We provide ketamine-assisted psychotherapy.", "therapy"),
    ],
)
def test_offers(text: str, line: str) -> None:
    assert (line, True) in offered(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine can be given as an infusion, a shot, a spray or a lozenge.",
        "Unlike infusions at a clinic, nothing here needs a needle.",
        "Infusions are given in a hospital, and they cost more than our program.",
        "Ketamine offers faster relief than Spravato.",
        "Some clinics offer Spravato and infusions.",
        "Do you offer infusions?",
        "Most people pay more for infusions than for a phone.",
        "One patient took oral ketamine at home between visits.",
        "Our vitamin infusions are popular.",
        "If you want infusions we refer you to another clinic.",
        "We might offer Spravato next year.",
        "Lozenges are often taken at home.",
        "Each infusion at a hospital costs a thousand dollars.",
    ],
)
def test_talk_is_no_offer(text: str) -> None:
    assert not {line for line, said in offered(text) if said}


@pytest.mark.parametrize(
    ("text", "heading", "line"),
    [
        ("We do not offer infusions.", "", "in-clinic-iv"),
        ("We no longer offer Spravato.", "", "spravato"),
        ("No.", "Do you offer Spravato?", "spravato"),
    ],
)
def test_disowned(text: str, heading: str, line: str) -> None:
    assert offered(text, heading) == {(line, False)}


def test_a_table_speaks_of_the_providers_column_alone() -> None:
    text = "Where you are treated In our own suite, by infusion At home, with lozenges we ship"
    parts = ((0, 21), (22, 53), (54, len(text)))
    passage = Passage(text=text, parts=parts, kind="table-row", lead_in="Us | Other companies")
    read = " ".join(unit.text for unit in ENGINE.units(passage))
    assert "infusion" in read and "lozenges" not in read


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("IV Ketamine", {"in-clinic-iv"}),
        ("Spravato", {"spravato"}),
        ("Ketamine lozenges", {"at-home-oral"}),
        ("At-home nasal ketamine", {"at-home-nasal"}),
        ("Intranasal treatments", set()),
        ("Injections", set()),
        ("Spravato vs ketamine infusions", set()),
        ("What is Spravato?", set()),
        ("TMS", set()),
        ("How infusions of ketamine came into use", set()),
    ],
)
def test_menu_entries(entry: str, expected: set[str]) -> None:
    assert lines.on_the_menu(entry, ENGINE.mentions(entry)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your infusion starts at nine.", {"in-clinic-iv"}),
        ("After each lozenge, rest.", {"at-home-oral"}),
        ("Our yoga mats are new.", {"other-treatment"}),
        ("Our TMS and our infusions share a floor.", {"in-clinic-iv", "other-treatment"}),
        ("Rest well.", set()),
    ],
)
def test_named(text: str, expected: set[str]) -> None:
    assert lines.named(ENGINE.mentions(text)) == expected


def spoken(text: str, heading: str = "") -> list[set[str]]:
    passage = Passage(text=text, heading=heading, lines=frozenset({"at-home-nasal"}))
    return [set(statement.lines) for statement in ENGINE.statements(passage)]


def test_what_one_could_have_instead_is_no_other_subject() -> None:
    assert spoken("You could choose TMS or ECT instead.") == [{"at-home-nasal"}]
    assert spoken("Our TMS takes six weeks.") == [{"other-treatment"}]


@pytest.mark.parametrize(
    ("heading", "text", "is_apart"),
    [
        ("Massage and ketamine", "No alcohol or sedatives on the day.", False),
        ("EMDR", "A therapist meets you again after ketamine.", False),
        ("EMDR", "A therapist meets you each week.", True),
        ("Massage", "No alcohol or sedatives on the day.", True),
    ],
)
def test_another_treatment_beside_ketamine_does_not_hide_it(
    heading: str, text: str, is_apart: bool
) -> None:
    passage = Passage(text=text, heading=heading, lines=frozenset({Line.THERAPY}))
    told = {line for s in ENGINE.statements(passage) for line in s.lines}
    assert (told == {lines.OTHER_TREATMENT}) is is_apart


def test_a_place_under_a_heading_about_spravato_is_its_place() -> None:
    assert spoken("It is never dispensed for use at home.", heading="Spravato") == [{"spravato"}]


HOME_LINES = frozenset({"at-home-oral", "at-home-nasal", "at-home-injection"})


@pytest.mark.parametrize(
    "text",
    [
        "Another adult is to be present in the home.",
        "Somebody stays in the apartment.",
        "A friend has to be there in the home.",
        "The dose is taken in the member's home.",
        "Nurses do not come to treat anybody at the patient's house.",
    ],
)
def test_the_home_of_a_patient_is_a_place(text: str) -> None:
    assert lines.named(ENGINE.mentions(text)) == HOME_LINES


@pytest.mark.parametrize(
    "text",
    ["An anesthetist is in the house.", "She worked in the home for veterans.", "The home page."],
)
def test_not_every_home_is_a_patients(text: str) -> None:
    assert lines.named(ENGINE.mentions(text)) == set()


def test_a_place_leaves_what_is_taken_there_to_heading_and_page() -> None:
    assert spoken("An adult stays in the home.") == [{"at-home-nasal"}]
    under = spoken("That is up to you.", heading="Must somebody be at home?")
    assert under and all(line == {"at-home-nasal"} for line in under)
    assert spoken("An adult stays in the home.", heading="Lozenges") == [{"at-home-oral"}]
    assert spoken("It is taken in our clinic.") == [{"in-clinic-iv", "in-clinic-im"}]


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Before each intramuscular dose your pulse is taken.", {"in-clinic-im"}),
        ("After the infusion you rest.", {"in-clinic-iv"}),
        ("The lozenge is held in the mouth.", {"at-home-oral"}),
        ("The injection is over in seconds.", {"in-clinic-im", "at-home-injection"}),
        ("Intranasal ketamine is used twice.", {"at-home-nasal"}),
    ],
)
def test_a_route_named_under_therapy_is_how_therapy_is_given(text: str, route: set[str]) -> None:
    assert spoken(text, heading="Ketamine-assisted therapy") == [{"therapy", *route}]


@pytest.mark.parametrize("text", ["Spravato is sprayed twice.", "Our TMS takes six weeks."])
def test_another_medicine_named_under_therapy_is_no_route(text: str) -> None:
    assert "therapy" not in spoken(text, heading="Ketamine-assisted therapy")[0]


@pytest.mark.parametrize("page", [Line.SPRAVATO, Line.AT_HOME_NASAL])
def test_the_spray_is_the_one_that_the_page_is_about(page: Line) -> None:
    said = ENGINE.mentions("A nurse looks on while you use the spray.")
    both = frozenset({Line.SPRAVATO, Line.AT_HOME_NASAL})
    assert lines.spoken_of(said, frozenset(), frozenset({page})) == {page}
    assert lines.spoken_of(ENGINE.mentions("Yes, both."), both, frozenset({page})) == {page}
    assert lines.spoken_of(said, frozenset(), frozenset()) == both


def test_ours_is_not_what_the_heading_names() -> None:
    ours = "Ours is racemic and comes from a compounder."
    assert spoken(ours, heading="About Spravato") == [{"at-home-nasal"}]
    assert spoken("It is taken twice a week.", heading="About Spravato") == [{"spravato"}]


def test_injections_below_a_heading_about_infusions_are_those_too() -> None:
    said = "Injections at a low dose are used off-label."
    shots = {"in-clinic-im", "at-home-injection"}
    assert spoken(said, heading="About IV ketamine") == [shots | {"in-clinic-iv"}]
    assert spoken(said, heading="About ketamine") == [shots]


def test_a_figure_of_those_who_respond_names_what_they_respond_to() -> None:
    assert lines.named(ENGINE.mentions("Most people respond to ketamine infusions.")) == {
        "in-clinic-iv"
    }
    assert not lines.named(ENGINE.mentions("If you responded to infusions, ask about it."))


def test_a_place_counts_where_nothing_says_what() -> None:
    at_home = {"at-home-oral", "at-home-nasal", "at-home-injection"}
    assert lines.named(ENGINE.mentions("Treatment at home.")) == at_home
    assert lines.named(ENGINE.mentions("Lozenges at home.")) == {"at-home-oral"}


@pytest.mark.parametrize("frame", ["{says: '{no-such-concept}'}", "{says: 'nothing'}"])
def test_an_unreadable_offer_names_file_and_place(tmp_path: Path, frame: str) -> None:
    path = tmp_path / "offers.yml"
    path.write_text(f"offers:\n  spravato:\n    - {frame}\n")
    with pytest.raises(UsageError, match=r"offers\.yml: spravato\[1\]"):
        offers.load(ENGINE.lexicon, path)


@pytest.mark.parametrize(
    "text",
    [
        "It holds the very same active ingredient as the nasal spray.",
        "It is the same medicine that is in the IV drip.",
        "Unlike an IV, it takes five minutes.",
        "Your dose is milder than an infusion.",
        "You rest in your own bed rather than with a drip.",
        "Compared with Spravato, it costs little.",
    ],
)
def test_a_comparator_is_not_what_is_spoken_of(text: str) -> None:
    spoken_of = {
        line for s in ENGINE.statements(Passage(text=text, heading="Lozenges")) for line in s.lines
    }
    assert spoken_of == {"at-home-oral"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("An infusion is milder than a lozenge.", "in-clinic-iv"),
        ("Unlike lozenges, an infusion is dosed by the minute.", "in-clinic-iv"),
        ("Each infusion takes less than 40 minutes of drip.", "in-clinic-iv"),
        ("Spravato is a spray; unlike a drip it needs no needle.", "spravato"),
        ("Every infusion holds the same dose as the infusion before.", "in-clinic-iv"),
    ],
)
def test_what_is_compared_is_spoken_of(text: str, line: str) -> None:
    spoken_of = {line for s in ENGINE.statements(Passage(text=text)) for line in s.lines}
    assert line in spoken_of and "at-home-oral" not in spoken_of


def test_what_stands_between_is_not_what_is_told_of() -> None:
    assert lines.named(ENGINE.mentions("a little help between drips")) == frozenset()
    assert lines.named(ENGINE.mentions("lozenges between infusions")) == {Line.AT_HOME_ORAL}
    assert lines.named(ENGINE.mentions("how our drips work")) == {Line.IN_CLINIC_IV}
