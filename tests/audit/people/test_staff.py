"""Who works at a house, as its pages introduce people; and who only seems to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from audit.people.staff import Staff, staff
from tests.audit.captured_page import captured

NP, NURSE, THERAPIST = "our nurse practitioner", "our nurse", "our therapist"


def known(*bodies: str, house: Sequence[str] = ()) -> Staff:
    blocks = [captured(body, f"/{number}").text.blocks for number, body in enumerate(bodies)]
    return staff(blocks, (b.text for page in blocks for b in page), house)


def names(*bodies: str) -> dict[str, str]:
    return dict(known(*bodies).names)


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ("<h3>Marta Quill, FNP-C</h3><p>Owner.</p>", "Marta", NP),
        ("<h3>MARTA QUILL-ORR, NP</h3><p>Owner.</p>", "Marta Quill-Orr", NP),
        ("<h3>Marta Quill</h3><p>Nurse Practitioner</p><p>Likes rain.</p>", "Marta", NP),
        ("<h3>Marta Quill</h3><p>FNP-C</p>", "Marta Quill", NP),
        ("<h3>Marta Quill</h3><p>She is a family nurse practitioner.</p>", "Marta", NP),
        ("<h3>Marta Quill</h3><p>I am a nurse practitioner.</p>", "Marta", NP),
        ("<p>I'm Marta Quill, a board-certified nurse practitioner.</p>", "Marta", NP),
        ("<p>My name is Marta. I am a nurse practitioner.</p><p>Ask me.</p>", "Marta", NP),
        ("<p>Marta is our nurse practitioner.</p>", "Marta", NP),
        ("<p>You may see our nurse practitioner Marta on Mondays.</p>", "Marta", NP),
        ("<p>You meet with nurse practitioner Marta Quill.</p>", "Marta", NP),
        ("<p>Our therapist, Annika, works by video.</p><p>Ask for Annika.</p>", "Annika",
         THERAPIST),
        ("<p>Annika Dahl, our licensed clinical social worker, keeps bees.</p>", "Annika",
         THERAPIST),
        ("<p>Beatrice “Bea” Nkemelu, LMFT, leads the groups.</p>", "Bea", THERAPIST),
        ("""<table><tr><td>Ruth Amsel</td><td>Infusion nurse</td></tr>
         <tr><td>Ivo Lind</td><td>Bookkeeper</td></tr></table><p>Ask for Ruth.</p>""", "Ruth",
         NURSE),
        ("<ul><li>Ruth Amsel, RN — infusion room</li><li>Ivo Lind — money</li></ul>", "Ruth",
         NURSE),
    ],
)  # fmt: skip
def test_people_are_introduced_in_many_ways(body: str, name: str, said: str) -> None:
    assert names(body).get(name) == said


@pytest.mark.parametrize(
    "body",
    [
        "<h3>Penny Larkin</h3><p>Owner. Penny ran a bakery.</p>",
        "<h3>Chase Underwood</h3><p>Massage therapist</p><p>Ask for Chase.</p>",
        "<h3>Gail Underwood</h3><p>Nurse coordinator</p>",
        "<ul><li>Chase Underwood, massage therapist</li><li>Bill Tran, acupuncturist</li></ul>",
        "<p>You may see massage therapist Chase Underwood.</p>",
        "<p>Gail Underwood is a former nurse.</p>",
        "<p>Gail Underwood is married to a psychiatrist.</p>",
        "<p>Our friend Caleb is a psychiatrist in Idaho.</p>",
        "<h3>Rob Stein</h3><p>Adviser</p><p>He is a physician.</p>",
        "<p>Gail is a nurse at the county hospital.</p>",
        "<p>According to Gail Underwood, RN, it works.</p>",
        "<p>Afterwards, our nurse calls you. Today, a therapist is in.</p>",
        "<h3>Support</h3><p>Licensed therapist</p><p>Support is free.</p>",
        "<p>Session Monitoring: nurse in the room.</p>",
        "<p>Everyone is a nurse here. She is a therapist.</p>",
        "<p>Call our nurse Monday to Friday.</p>",
        "<p>At a clinic in Ames, Nurse Tilda stays with you. Ask about Ames.</p>",
    ],
)
def test_who_treats_nobody_here_is_not_known(body: str) -> None:
    assert names(body) == {}


def test_a_name_of_two_people_is_what_both_are() -> None:
    both = names("<h3>Ana Voss, RN</h3><h3>Ana Lind, MD</h3><h3>Ina Lind, RN</h3>")
    assert both["Ana"] == "our clinical staff"
    assert (both["Ana Voss"], both["Ina"]) == (NURSE, NURSE)


@pytest.mark.parametrize(
    "other",
    [
        "<p>Dan Pruitt manages the office.</p>",
        "<h3>Dan Pruitt</h3><p>Front desk</p>",
        "<h3>Dan Pruitt, life coach</h3>",
    ],
)
def test_a_namesake_of_no_trade_takes_it_from_the_first_name(other: str) -> None:
    found = names("<h3>Dan Frost, MD</h3>", other)
    assert "Dan" not in found
    assert found["Dan Frost"] == "our physician"


def test_a_namesake_takes_it_from_the_last_name_too() -> None:
    byrne = "<h3>Coll Byrne, RN</h3>"
    assert dict(known(byrne).titled)["Byrne"] == NURSE
    assert "Byrne" not in dict(known(byrne, "<p>Tess Byrne does the billing.</p>").titled)


def test_two_pages_tell_of_one_person() -> None:
    found = names("<p>Sigrid Moe, MD, founded us.</p>", "<p>Sigrid is a psychiatrist.</p>")
    assert set(found.values()) == {"our psychiatrist"}


def test_the_order_of_pages_changes_nothing() -> None:
    pages = [
        "<h3>Ana Voss, RN</h3><h3>Lou Orr</h3><p>Therapist</p>",
        "<p>Ana Lind, MD, and Lou see you. Lou is a nurse.</p>",
        "<p>Lou Berg runs the desk. Ask for Ana or for Lou.</p>",
    ]
    assert known(*pages) == known(*reversed(pages))


def test_a_house_is_nobody() -> None:
    body = "<p>Alder is our nurse practitioner. Ask at Alder.</p>"
    assert known(body).names
    assert not known(body, house=["alder infusion"]).names


def test_last_names_need_a_title_and_words_of_the_site_are_marked() -> None:
    found = known("<p>Will Abara, LMFT, will call you. A will of its own.</p>")
    assert found.words == {"Will"}
    assert dict(found.titled)["Abara"] == THERAPIST
    assert "Abara" not in dict(found.names)
