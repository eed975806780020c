"""Short sentences in a row that are one statement."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.stances.units import units
from tests.audit.captured_page import captured


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No clinic. No waiting room. Nobody watching you.",
         ["no clinic, no waiting room, nobody watching you."]),
        ("It is simple. No queue. Just you and a lozenge.",
         ["it is simple.", "no queue, just you and a lozenge."]),
        ("Zero small talk. Nothing to book. We post it.",
         ["zero small talk, nothing to book.", "we post it."]),
        ("Without a sitter. Only music.", ["without a sitter, only music."]),
        ("No\u00a0needles. No one else around.", ["no needles, no one else around."]),
        ("No. Nobody does.", ["no.", "nobody does."]),
        ("No clinic! No queue?", ["no clinic!", "no queue?"]),
        ("No, we do not. No refunds.", ["no, we do not.", "no refunds."]),
        ("No clinic. We treat you at home.", ["no clinic.", "we treat you at home."]),
        ("No drip in the world could ever take a friend's place here. No clinic.",
         ["no drip in the world could ever take a friend's place here.", "no clinic."]),
    ],
)  # fmt: skip
def test_what_is_one_statement(text: str, said: list[str]) -> None:
    found = units(text)
    assert [unit.text for unit in found] == said
    for unit in found:
        place = unit.original(0, len(unit.text))
        assert len(text[slice(*place)]) == len(unit.text)


@pytest.mark.parametrize(
    "body",
    [
        """<h2>No clinic. No waiting room. Nobody watching you.</h2><p>Just you, your lozenge and a
        blanket, whenever it suits you.</p>""",
        "<h3>No sitter. No strangers.</h3><p>Just you and your lozenge, any evening you like.</p>",
        "<p>No nurse. No camera. Just you and your lozenge.</p>",
        "<div><h2>Nobody watching. No clock.</h2></div><div>Just you and your lozenge.</div>",
        """<h2>Nobody watching you. No waiting room.</h2><p>Just you, your favourite blanket and
        your own playlist, on whatever evening suits you.</p>""",
    ],
)
def test_a_heading_that_is_said_with_its_text(body: str) -> None:
    assert promoted(body)


@pytest.mark.parametrize(
    "body",
    [
        "<h2>No clinic. No waiting room.</h2><p>Your nurse is on the screen for all of it.</p>",
        """<h2>Nobody watching the clock. No waiting room.</h2><p>Your therapist has all the time
        that you need.</p>""",
        "<h2>No waiting room.</h2><p>Just you and your psychiatrist, on a video call.</p>",
        """<h2>Nobody watching you. No waiting room.</h2><p>Just you, on whatever evening suits you,
        with your sitter in the room next door.</p>""",
        """<h2>No waiting room. No small talk.</h2><p>Book your visit for whatever evening suits
        you.</p>""",
    ],
)
def test_a_heading_that_promises_something_else(body: str) -> None:
    assert not promoted(body)


def promoted(body: str) -> list[str]:
    page = captured("<p>We post ketamine lozenges to your home.</p>" + body, "/", "At home")
    claims = site.read_site(bundled_engine(), [page]).claims
    found = [c for c in claims if c.rule_id == "supervision.self-led-dosing"]
    return [c.quote for c in found if (c.stance, c.status) == ("states", "asserted")]
