"""Houses that give ketamine in several ways, told in one sentence or in halves."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()


def offered(body: str, path: str = "/treatments", title: str = "Elmford Psychiatry") -> set[str]:
    return set(site.read_site(ENGINE, [captured(body, path, title)]).offered)


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            (
                "We give ketamine in two ways: by a slow drip into a vein, which is how people "
                "begin, and later, for those who did well, by a small injection into the shoulder."
            ),
            {"in-clinic-iv", "in-clinic-im"},
        ),
        (
            (
                "We offer ketamine in three forms: IV infusions, intramuscular shots in our rooms, "
                "and lozenges that you take at home."
            ),
            {"in-clinic-iv", "in-clinic-im", "at-home-oral"},
        ),
        (
            (
                "Other clinics give ketamine in two ways: by a drip into a vein, or by an "
                "injection into the shoulder."
            ),
            set(),
        ),
        (
            (
                "Ketamine can be given in several ways: by a drip into a vein, by an injection "
                "into a muscle, or as a lozenge."
            ),
            set(),
        ),
    ],
)
def test_several_ways_in_one_sentence(said: str, lines: set[str]) -> None:
    assert offered(f"<h1>Ketamine</h1><p>{said}</p>") - {"ketamine"} == lines


@pytest.mark.parametrize(
    ("where", "is_line"),
    [
        ("in our rooms or at home with your therapist on video", True),
        ("in our rooms, with your therapist beside you", False),
    ],
)
def test_lozenges_of_a_house_of_therapists(where: str, is_line: bool) -> None:
    body = f"""<h1>How it works</h1><p>We practice ketamine-assisted psychotherapy {where}.</p>
    <p>You let your lozenge melt for twelve minutes, and then you spit.</p>"""
    assert ("at-home-oral" in offered(body, "/how-it-works", "How it works")) == is_line


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>We give ketamine by drip, and by injection to people whose veins are bad.</p>",
         {"in-clinic-iv", "in-clinic-im"}),
        ("<p>For them we give the same medicine into the shoulder or thigh muscle.</p>",
         {"in-clinic-im"}),
        ("<h2>Staying well at home</h2><p>There's a small lozenge program for our patients.</p>",
         {"at-home-oral"}),
        ("<h2>What it is</h2><p>Ketamine in a lozenge. You take it at home, once a week.</p>",
         {"at-home-oral"}),
        ("<p>We give ketamine by drip. A vitamin shot costs $25.</p>", {"in-clinic-iv"}),
        ("<h2>Elsewhere</h2><p>There are lozenge programs online that send ketamine home.</p>",
         set()),
        ("<p>We give ketamine here. Your nausea tablet: you take it at home.</p>", set()),
    ],
)  # fmt: skip
def test_ways_that_a_small_house_tells_in_passing(body: str, lines: set[str]) -> None:
    routes = {"in-clinic-iv", "in-clinic-im", "at-home-oral", "at-home-injection"}
    assert offered(f"<h1>Ketamine</h1>{body}") & routes == lines
