"""What a house says of its people by name counts for what they do there."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.concepts import expressions
from audit.site import called_by_name, site
from data.models import Claim
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
GROUPS = expressions.read(called_by_name.FILE)
EVALUATED, WATCHED = "screening.live-evaluation", "supervision.live-monitoring"
PREPARED = "followup.preparation-integration"
ASSESSED, PSYCHIATRIST = "screening.psychiatric-evaluation", "<p>Ida Orr is our psychiatrist.</p>"
MEETS = "Marta meets every new patient by video before anything is prescribed."
STAYS = "Ruth stays in the room with you for the whole infusion and watches your breathing."
NP, NURSE = "<h3>Marta Quill, PMHNP</h3><p>Owner.</p>", "<h3>Ruth Amsel, RN</h3><p>Owner.</p>"
HOME = "<h1>Ketamine</h1><p>We give IV ketamine infusions in our office for depression.</p>"


@pytest.mark.parametrize(
    ("text", "stands", "name"),
    [(text, stands, name) for name, g in GROUPS.items() for text, stands in g.examples],
)
def test_the_examples(text: str, stands: bool, name: str) -> None:
    assert (GROUPS[name].find(text) is not None) == stands


def heard(*pages: tuple[str, str]) -> list[Claim]:
    home = captured(HOME, "/")
    read = site.read_site(ENGINE, [home, *(captured(body, path) for path, body in pages)])
    return read.claims


def claims(*pages: tuple[str, str]) -> list[Claim]:
    return [claim for claim in heard(*pages) if claim.status == "asserted"]


def stated(team: str, said: str, path: str = "/how-it-works") -> set[str]:
    found = claims((path, f"<h1>How it works</h1>{said}"), ("/team", f"<h1>Team</h1>{team}"))
    return {claim.rule_id for claim in found if claim.stance == "states"}


@pytest.mark.parametrize(
    ("rule", "team", "said"),
    [
        (EVALUATED, NP, f"<p>{MEETS}</p>"),
        (WATCHED, NURSE, "<p>On the night Ruth is on the screen with you until it wears off.</p>"),
        (PREPARED, "<h3>Ida Dahl, LCSW</h3>", """<p>Ida sits down with you before your first lozenge
         to get ready, and again after each one to make sense of what came up.</p>"""),
        (PREPARED, "<h3>Owen Dahl, LMFT</h3>", """<h2>Before</h2><p>Owen meets you to prepare for
         the first infusion.</p><h2>After</h2><p>Owen meets you for integration.</p>"""),
    ],
)  # fmt: skip
def test_who_somebody_is_another_page_tells(rule: str, team: str, said: str) -> None:
    assert rule in stated(team, said)
    assert rule not in stated("<h3>Peg Lind</h3><p>Owner.</p>", said)


def test_a_quote_is_the_pages_own_words() -> None:
    page = f"<ul><li>Write to us.</li><li>{MEETS} She may say no.</li><li>Rest.</li></ul>"
    found = claims(("/how-it-works", page), ("/team", NP))
    quotes = {c.quote for c in found if c.rule_id == EVALUATED}
    assert MEETS in quotes
    assert all(quote in f"{MEETS} She may say no." for quote in quotes)


@pytest.mark.parametrize(
    ("rule", "team", "said"),
    [
        (EVALUATED, "<h3>Marta Quill</h3><p>Front desk</p>", f"<p>{MEETS}</p>"),
        (EVALUATED, "<h3>Marta Quill</h3><p>Guide</p>", f"<p>{MEETS}</p>"),
        (EVALUATED, "<h3>Marta Quill, RN</h3>", f"<p>{MEETS}</p>"),
        (EVALUATED, f"{NP}<h3>Marta Lind</h3><p>Front desk</p>", f"<p>{MEETS}</p>"),
        (EVALUATED, NP, "<p>Marta started the clinic after her own depression.</p>"),
        (EVALUATED, NP, "<p>No, Marta does not meet you before she prescribes.</p>"),
        (EVALUATED, NP, "<p>Marta used to see each patient herself before prescribing.</p>"),
        (ASSESSED, PSYCHIATRIST, "<p>Ida teaches psychiatric evaluation to residents.</p>"),
        (EVALUATED, NP, "<p>Marta answers every letter, and reads your form.</p>"),
        (EVALUATED, NP, "<p>Just want to talk to Marta for half an hour: $75.</p>"),
        (EVALUATED, NP, f"<blockquote><p>“{MEETS}”</p><cite>Joan P., patient</cite></blockquote>"),
        (WATCHED, "<h3>Hope Sand, RN</h3>", "<p>Hope for a quiet hour in the room.</p>"),
        # Hoped for, done once or for some, elsewhere, for somebody else, by a namesake.
        (WATCHED, NURSE, "<p>We hope that Ruth can soon sit with you during the infusion.</p>"),
        (WATCHED, NURSE, "<p>Ruth sits with you on your first infusion only.</p>"),
        (WATCHED, NURSE, "<p>At the hospital Ruth sits with patients during infusions.</p>"),
        (WATCHED, NURSE, "<p>Ruth sits at the front desk during your infusion.</p>"),
        (WATCHED, NURSE, "<p>Ruth, our cat, stays with you during the infusion.</p>"),
        (WATCHED, NURSE, "<p>My sister Ruth sat with me during the infusion.</p>"),
        (EVALUATED, NP, "<p>Marta sees you by video if your answers worry us.</p>"),
        (EVALUATED, NP, "<p>Instead of Marta, an algorithm decides after a video visit.</p>"),
        (EVALUATED, NP, "<p>Marta also sees people for medicines by video.</p>"),
    ],
)
def test_nothing_is_credited_that_no_clinician_of_the_house_does(
    rule: str, team: str, said: str
) -> None:
    assert rule not in stated(team, said)


def test_a_patient_makes_no_clinician() -> None:
    words = "“Marta is a nurse practitioner who listens.”"
    review = f"<blockquote><p>{words}</p><cite>Jo P., patient</cite></blockquote>"
    assert EVALUATED not in stated("", f"<p>{MEETS}</p>{review}")
    assert EVALUATED not in stated("", f"<p>{MEETS}</p>", "/blog/marta-is-a-nurse")


def test_one_text_of_two_houses_means_what_each_ones_people_do() -> None:
    said = f"<p>{MEETS}</p>"
    for _ in range(2):  # what was heard at the first house is remembered at the second
        assert EVALUATED in stated(NP, said)
        assert EVALUATED not in stated("<h3>Marta Quill</h3><p>Front desk</p>", said)


@pytest.mark.parametrize(
    ("who", "said", "team", "accused"),
    [
        ("our nurse", "Without {}, you take the lozenge alone in your room.", NURSE,
         (WATCHED, "denies")),
        ("Our guide", "{} walks you through your dose by video.",
         "<h3>Ruth Orr</h3><p>Guide</p><p>Ask for Ruth.</p>",
         ("supervision.guide-role", "states")),
    ],
)  # fmt: skip
def test_a_name_alone_accuses_nobody(
    who: str, said: str, team: str, accused: tuple[str, str]
) -> None:
    def taken(name: str) -> set[tuple[str, str]]:
        page = f"<h1>How it works</h1><p>{said.format(name)}</p>"
        found = claims(("/how-it-works", page), ("/team", f"<h1>Team</h1>{team}"))
        return {(c.rule_id, c.stance) for c in found if c.page_type != "team"}

    assert accused in taken(who)
    assert accused not in taken("Ruth")


def test_what_a_patient_says_of_somebody_by_name_is_worth_a_look() -> None:
    words = "Before anything was prescribed Marta met me by video for an hour and decided with me."
    review = f"<blockquote><p>{words}</p><cite>Jo P., patient</cite></blockquote>"
    found = [c for c in heard(("/how-it-works", review), ("/team", NP)) if c.rule_id == EVALUATED]
    assert {c.set_aside_reason for c in found} == {"testimonial"}
