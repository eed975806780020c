"""What a house tells of, sentence by sentence, where no sentence says that it offers anything."""

from __future__ import annotations

import numpy as np
import pytest

from audit.claims.engines import patterns
from audit.concepts import expressions
from audit.site import line_evidence, line_reader, route_signs, site
from data.vocabulary import SERVICE_LINES
from tests.audit.captured_page import captured

ENGINE = patterns()
GROUPS = expressions.read(route_signs.FILE)
HOME = "<h1>Low mood, gently</h1><p>I treat people with ketamine when tablets did nothing.</p>"

# What a house says beside: of a few sentences alone nobody could tell what it is.
REST = "".join(
    f"<p>{text}</p>"
    for text in (
        "We are open on weekdays from nine to five, and on the first Saturday of a month.",
        "Please arrive ten minutes early so that we can copy your card.",
        "Parking is free behind the bakery.",
        "Write down every medicine that you take and bring the list.",
        "Your first talk with us takes an hour.",
        "Eat lightly that morning.",
        "Someone else has to drive.",
        "We send a summary to your family doctor if you like.",
        "Cancel two days ahead and it costs nothing.",
        "We take cards and health savings accounts.",
        "Tell us if you are pregnant or hope to be.",
        "Many people feel lighter within a week; some do not.",
        "Our house stands by the mill, up six steps.",
        "Ask us anything by telephone.",
    )
)


def offered(*bodies: str, home: str = HOME, titles: tuple[str, ...] = ()) -> set[str]:
    """What a house offers by its home page and some pages on what it does."""
    named = titles or tuple(f"Page {number}" for number in range(len(bodies)))
    pages = [
        captured(body, f"/page-{number}", title)
        for number, (body, title) in enumerate(zip(bodies, named, strict=True))
    ]
    first, rest = captured(home, "/", "Tolverne"), captured(REST, "/about", "About")
    return set(site.read_site(ENGINE, [first, *pages, rest]).offered)


@pytest.mark.parametrize(
    ("text", "stands", "name"),
    [(text, stands, name) for name, g in GROUPS.items() for text, stands in g.examples],
)
def test_the_examples_of_the_signs(text: str, stands: bool, name: str) -> None:
    assert (GROUPS[name].find(text) is not None) == stands


TOLD = {
    "in-clinic-im": "<p>You bare a shoulder and I give it in the deltoid. One poke, no more.</p>"
    "<p>The needle goes into your upper arm, and I stay on my stool.</p>",
    "in-clinic-iv": "<p>I slide a cannula into your hand and the dose trickles in.</p>"
    "<p>Over fifty minutes you rest while it runs into the vein.</p>",
    "at-home-oral": "<p>Your troche softens between cheek and gum while you lie in bed.</p>"
    "<p>A courier brings your lozenges, and I see you by video before each parcel.</p>",
    "at-home-nasal": "<p>The pharmacist mixes your compounded ketamine spray to order.</p>"
    "<p>One puff a side on your own sofa, and the bottle comes by courier.</p>",
    "at-home-injection": "<p>I teach you to draw up a tiny dose of ketamine, by video.</p>"
    "<p>You pinch and it goes just under the skin of the belly, at home.</p>"
    "<p>Your syringes come by courier, and you inject the ketamine on the days we plan.</p>",
    "spravato": "<p>We are certified for esketamine and keep two chairs.</p>"
    "<p>You spray, and a nurse sits with you for two hours: so Spravato asks.</p>"
    "<p>Your Spravato visit ends when the nurse has signed you out.</p>",
    "therapy": "<p>Your therapist sits beside you while the ketamine does its work.</p>"
    "<p>Three preparation hours with your psychologist, then three of integration.</p>",
}


@pytest.mark.parametrize("line", TOLD)
def test_a_line_that_is_told_is_offered(line: str) -> None:
    assert offered(TOLD[line]) == {line}


@pytest.mark.parametrize("line", TOLD)
def test_what_is_told_is_quoted(line: str) -> None:
    pages = [captured(HOME, "/", "Tolverne"), captured(TOLD[line], "/page", "Page")]
    reading = site.read_site(ENGINE, pages)
    assert line in {offer.line for offer in reading.offers if offer.end > offer.start}


@pytest.mark.parametrize("line", TOLD)
def test_a_house_that_gives_no_ketamine_tells_of_no_line(line: str) -> None:
    told = TOLD[line].replace("ketamine", "medicine")
    none = "<h1>Care</h1><p>Ketamine helps many. We do not give ketamine.</p>"
    assert offered(told, home=none) == set()


@pytest.mark.parametrize(
    "body",
    [
        # Another medicine's needle, drip and parcel.
        (
            "<h1>Weekly pens</h1><p>Your semaglutide comes by courier.</p>"
            "<p>You pinch and inject it under the skin of your belly, at home.</p>"
        ),
        "<h1>Shots</h1><p>We give B12 in the shoulder.</p><p>You get vitamins by jab too.</p>",
        "<h1>The bar</h1><p>We hang NAD+ by drip.</p><p>A cannula brings you vitamins.</p>",
        # The past, the future, others.
        (
            "<p>In 2018 we gave it by infusion, through a cannula.</p>"
            "<p>You may recall the drips; we stopped all infusions in 2021.</p>"
        ),
        (
            "<h2>Coming soon</h2><p>You will find our lozenges in your mailbox.</p>"
            "<p>We plan to send your troches by courier next spring.</p>"
        ),
        (
            "<p>Some clinics give you an injection in the shoulder.</p>"
            "<p>A company elsewhere posts you a shot for your thigh.</p>"
        ),
        # Disowned.
        "<p>We have no lozenges for you at home.</p><p>We never mail you a troche.</p>",
        (
            "<h3>Do you run infusions?</h3><p>No. We never placed a cannula.</p>"
            "<h3>Could I have a drip?</h3><p>None here. You will see no cannula.</p>"
        ),
        # Going home after an injection is not injecting at home.
        "<p>You are sent home after the visit.</p><p>Please drive home with a friend.</p>",
    ],
)
def test_what_is_no_line(body: str) -> None:
    assert offered(body) == set()


def test_lozenges_that_stay_in_the_house_are_not_taken_at_home() -> None:
    body = (
        "<p>Your therapist sits beside you while a lozenge dissolves under your tongue.</p>"
        "<p>I hand it to you in our front room; the lozenge never leaves the house.</p>"
        "<p>Two preparation hours come first, with your therapist.</p>"
    )
    assert offered(body) == {"therapy"}


def test_an_arm_with_a_line_in_it_is_no_muscle() -> None:
    body = (
        "<p>A butterfly needle goes into the crook of your arm, and a drip of ketamine runs.</p>"
        "<p>We place the line in your arm and the infusion lasts fifty minutes.</p>"
    )
    assert offered(body) == {"in-clinic-iv"}


def test_a_menu_entry_that_says_no_is_no_service() -> None:
    menu = "<nav><ul><li>Home</li><li>Not Spravato</li><li>Costs</li></ul></nav>"
    assert offered(menu + "<h1>Not Spravato</h1>", menu, home=menu + HOME) == set()


def test_injections_at_home_of_another_medicine_are_no_line() -> None:
    menu = "<nav><ul><li>Home</li><li>Home Injections</li></ul></nav>"
    pens = "<h1>Home injections</h1><p>We teach testosterone: your thigh, on Tuesdays.</p>"
    asked = "<h3>May I take the ketamine shot at home?</h3><p>No, only the other one.</p>"
    assert "at-home-injection" not in offered(menu + pens + asked, home=menu + HOME)


CHAIR = (
    "<p>I slide a cannula into your hand and the dose trickles in.</p>"
    "<p>Over fifty minutes you rest while it runs into the vein.</p>"
)


@pytest.mark.parametrize(
    "body",
    [
        # All ways in one sentence, or under a question that weighs them.
        "<p>You may get it by infusion, as a shot in the shoulder, as a spray or a lozenge.</p>",
        (
            "<h3>What is the difference between this and esketamine?</h3><p>You take Spravato at a"
            " certified site.</p><p>It keeps you for two hours, as its REMS asks.</p>"
        ),
        (
            "<h2>What forms does it come in?</h2><p>A shot: the needle goes into your thigh.</p>"
            "<p>You feel that shot in the muscle for a day.</p>"
        ),
        # One needle beside many veins, and an arm that a line goes into.
        "<p>Your shoulder muscle may ache where the needle went in your upper arm.</p>",
        "<p>A catheter in your arm and a poke.</p><p>It drips into your arm, a small poke.</p>",
        # The patient's own therapist.
        (
            "<p>We work with your therapist. See your own therapist for integration.</p>"
            "<p>Talk with your therapist about how to prepare.</p>"
        ),
    ],
)
def test_what_a_house_of_infusions_explains_is_no_line(body: str) -> None:
    assert offered(CHAIR, body) == {"in-clinic-iv"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>We give your cat a shot of ketamine in the muscle. Your pet sleeps for an hour.</p>",
        "<p>We list nine clinics. You get ketamine there as a shot in the muscle.</p>",
        "<p>Our reporters ask. The nurse gives you a shot of ketamine in the shoulder.</p>",
    ],
)
def test_who_treats_no_people_tells_of_no_line(body: str) -> None:
    assert offered(body, home="<h1>Tolverne</h1>") == set()


def test_a_heading_that_lists_our_own_ways_explains_nothing() -> None:
    told = "<h2>The types of treatment we give</h2>" + TOLD["in-clinic-im"]
    assert offered(told) == {"in-clinic-im"}


def test_take_home_troches_beside_injections_are_not_injected_at_home() -> None:
    told = "<p>We give ketamine by IV infusion, IM injection and take-home troches.</p>"
    priced = "<h2>IM injection</h2><p>A quick shot in the shoulder. We watch you for an hour.</p>"
    found = offered(told, priced)
    assert "in-clinic-im" in found
    assert "at-home-injection" not in found


def test_what_is_coming_soon_is_no_service() -> None:
    menu = "<nav><ul><li>Home</li><li>Spravato: coming soon</li></ul></nav>"
    assert offered(menu + "<h1>Spravato: coming soon</h1>", home=menu + HOME) == set()


def test_therapists_who_plan_a_named_therapy_give_it() -> None:
    calls = (
        "<p>A therapist of ours leads your preparation call before the first lozenge.</p>"
        "<p>Another therapist of ours leads your integration call in the week after it.</p>"
        "<p>Our therapists prepare you for what may come up.</p>"
        "<p>We are two doctors and three counselors, and you may message your therapist.</p>"
    )
    named = "<p>This is ketamine-assisted therapy: your therapist plans it with you.</p>"
    assert "therapy" in offered(TOLD["at-home-oral"], calls, named)


def test_what_is_told_seldom_beside_another_way_is_no_line() -> None:
    often = "".join(f"<p>On night {n} your lozenge dissolves in your bed.</p>" for n in range(12))
    seldom = "<p>Your doctor may know the cannula.</p><p>You may have had a drip into the vein.</p>"
    assert offered(TOLD["at-home-oral"], often, seldom) == {"at-home-oral"}
    assert "in-clinic-iv" in offered(seldom)


def test_a_menu_at_a_bar_of_vitamins_is_no_line() -> None:
    menu = "<nav><ul><li>Home</li><li>IV infusions</li><li>Prices</li></ul></nav>"
    bar = menu + "<h1>The drip bar</h1><p>We hang vitamin C, B12 and NAD+ for you.</p>"
    other = menu.replace("Prices", "Our prices") + "<h1>Our bags</h1><p>You choose NAD+.</p>"
    assert offered(other, home=bar) == set()
    assert "in-clinic-iv" in offered(other.replace("NAD+", "one"), home=menu + HOME)


def test_what_stands_under_others_a_comparison_or_a_myth_is_no_line() -> None:
    for heading in ("What other companies do", "Why a shot over a drip", "Myth"):
        below = f"<h2>{heading}</h2>" + TOLD["in-clinic-iv"]
        assert offered(TOLD["in-clinic-im"], below) == {"in-clinic-im"}


def test_ways_that_are_listed_are_no_lines_however_often() -> None:
    listed = (
        "<p>You may meet it as an infusion, as a spray or as a lozenge that a courier brings.</p>"
        "<p>Your doctor may know it by infusion, as a spray and as a lozenge for your sofa.</p>"
        "<p>You read of infusions, sprays and lozenges by courier, at home on a sofa.</p>"
    )
    assert offered(TOLD["in-clinic-im"], listed) == {"in-clinic-im"}


def test_a_house_that_never_speaks_for_itself_tells_of_no_line() -> None:
    told = (
        "<p>You lie back and ketamine drips into your vein over forty minutes.</p>"
        "<p>You may need six infusions, each with a cannula.</p>"
    )
    assert offered(told, home="<h1>Ketamine, explained to you</h1>") == set()
    assert offered(told.replace("You lie", "We let you lie")) == {"in-clinic-iv"}


def test_what_is_refused_of_one_way_is_not_refused_of_ketamine() -> None:
    asked = "<h3>What about {}?</h3><p>It works well. We don't provide it.</p>"
    assert offered(TOLD["in-clinic-im"], asked.format("IV")) == {"in-clinic-im"}
    assert offered(TOLD["in-clinic-im"], asked.format("ketamine")) == set()


def test_rows_of_a_table_tell_of_no_line() -> None:
    row = "<tr><td>IV infusion</td><td>a cannula in your vein</td></tr>"
    assert offered(f"<table>{row}{row.replace('IV', 'Slow')}</table>") == set()


@pytest.mark.parametrize(
    ("home", "body", "line"),
    [
        ("<p>Suboxone, and ketamine infusions alongside therapy.</p>",
         "<p>The infusion runs for forty minutes while you rest.</p>", "in-clinic-iv"),
    ],
)  # fmt: skip
def test_what_a_home_page_lists_is_half_an_offer(home: str, body: str, line: str) -> None:
    assert line in offered(body, home=HOME + home)
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
    known = line_evidence.numbers(np.zeros((1, len(reader.lines))), 0, made=0, against=0)
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


def test_what_is_coming_to_our_clinic_is_no_line_whatever_the_menu_says() -> None:
    menu = "<nav><ul><li>Home</li><li>Spravato</li></ul></nav>"
    soon = "<p>Spravato is coming to our clinic in spring! Put your name on the list.</p>"
    page = f"{menu}<h1>Spravato: coming soon</h1><p>You will spray it here.</p>"
    assert "spravato" not in offered(page, menu + TOLD["in-clinic-iv"], home=menu + HOME + soon)
    now, open_now = "<p>We offer Spravato on Mondays.</p>", page.replace(": coming soon", "")
    assert "spravato" in offered(open_now, menu + TOLD["in-clinic-iv"], home=menu + HOME + now)


def test_ketamine_is_named_in_words_on_others_too() -> None:
    home = "<h1>Low mood</h1><p>Other clinics hurry you after {}.</p>"
    assert offered(TOLD["in-clinic-im"], home=home.format("ketamine")) == {"in-clinic-im"}
    assert offered(TOLD["in-clinic-im"], home=home.format("it")) == set()


def test_our_form_and_our_home_make_a_line_that_other_talk_does_not_belie() -> None:
    halves = "<h1>At-home ketamine, shipped to your door.</h1><h2>Our ketamine lozenges</h2>"
    found = offered(halves, TOLD["therapy"] * 3, home=halves + HOME, titles=("Pricing", "Care"))
    assert {"at-home-oral", "therapy"} <= found
