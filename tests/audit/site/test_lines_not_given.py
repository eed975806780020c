"""What a house tells of ways of giving that are not its own: no line."""

from __future__ import annotations

import pytest

from tests.audit.site.told_house import HOME, TOLD, offered


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


def test_take_home_troches_beside_injections_are_not_injected_at_home() -> None:
    told = "<p>We give ketamine by IV infusion, IM injection and take-home troches.</p>"
    priced = "<h2>IM injection</h2><p>A quick shot in the shoulder. We watch you for an hour.</p>"
    found = offered(told, priced)
    assert "in-clinic-im" in found
    assert "at-home-injection" not in found


def test_what_is_coming_soon_is_no_service() -> None:
    menu = "<nav><ul><li>Home</li><li>Spravato: coming soon</li></ul></nav>"
    assert offered(menu + "<h1>Spravato: coming soon</h1>", home=menu + HOME) == set()


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


def test_rows_of_a_table_tell_of_no_line() -> None:
    row = "<tr><td>IV infusion</td><td>a cannula in your vein</td></tr>"
    assert offered(f"<table>{row}{row.replace('IV', 'Slow')}</table>") == set()


def test_what_is_coming_to_our_clinic_is_no_line_whatever_the_menu_says() -> None:
    menu = "<nav><ul><li>Home</li><li>Spravato</li></ul></nav>"
    soon = "<p>Spravato is coming to our clinic in spring! Put your name on the list.</p>"
    page = f"{menu}<h1>Spravato: coming soon</h1><p>You will spray it here.</p>"
    assert "spravato" not in offered(page, menu + TOLD["in-clinic-iv"], home=menu + HOME + soon)
    now, open_now = "<p>We offer Spravato on Mondays.</p>", page.replace(": coming soon", "")
    assert "spravato" in offered(open_now, menu + TOLD["in-clinic-iv"], home=menu + HOME + now)


def test_lozenges_of_which_much_is_told_still_stay_in_the_house() -> None:
    told = "".join(f"<p>Your lozenge softens in your cheek for {n} minutes.</p>" for n in range(8))
    home = HOME + told
    stays = (
        "<p>I hand it to you in our front room; the lozenge never leaves the house.</p>"
        "<p>The medicine never leaves the building.</p>"
    )
    assert "at-home-oral" in offered(TOLD["at-home-oral"], home=home)
    assert offered(stays, home=home) == set()
