"""What is told of the people who work there: no endorsement, and no prescriber by trade alone."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import biographies, site
from audit.site.speakers import voice_of
from data.vocabulary import Voice
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
CONNECTION, NAMED = "testimonial.material-connection", "identity.prescriber-named"
RESULTS = "testimonial.atypical-results"
LIFE = "is a paid consultant to two rowing clubs, where athletes join workshops and sessions."


def asserted(body: str, path: str = "/team", title: str = "Our team") -> set[str]:
    read = site.read_site(ENGINE, [captured(body, path, title)])
    return {c.rule_id for c in read.claims if c.status == "asserted"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/about/team", f"<h1>Our team</h1><h2>Marta Quill, PhD</h2><p>Dr. Quill {LIFE}</p>"),
        ("/about/team", f"<h2>Owen Tarn</h2><p>Licensed therapist</p><p>Owen {LIFE}</p>"),
        ("/owen-tarn", f"<h1>Owen Tarn</h1><p>Owen, a psychologist, came in May. He {LIFE}</p>"),
    ],
)
def test_a_life_is_no_endorsement(path: str, body: str) -> None:
    assert CONNECTION not in asserted(body, path)


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Kit Vale</h2><p>Olympic rower Kit Vale swears by our lozenges, for a fee.</p>",
        "<h2>Dr. Lena Ash</h2><p>The rower Lena Ash recommends us to her fans: a paid ad.</p>",
        """<h2>Who recommends us</h2><h3>Dr. Lena Ash</h3>
        <p>A paid partner of ours: the podcaster is open about it.</p>""",
        "<h2>Deep Rest Lounge</h2><p>The actress loves our clinic. She was paid.</p>",
    ],
)
def test_who_praises_endorses_under_any_heading(body: str) -> None:
    assert CONNECTION in asserted(body, "/", "Invented Clinic")


SUPERVISED = "under the supervision of Dr. Marta Quill, PhD, Licensed Psychologist."


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (f"<h2>Owen Tarn, LMFT</h2><p>Owen practises {SUPERVISED}</p>", False),
        ("<h2>Dr. Marta Quill</h2><p>Licensed psychologist</p><p>Dr. Quill sees patients.</p>",
         False),
        ("<h2>Ines Vale, MD</h2><p>Dr. Vale writes every prescription.</p>", True),
        ("<h2>Owen Tarn, LMFT</h2><p>Owen works with Dr. Ines Vale, MD, who prescribes.</p>", True),
        ("<h2>Who prescribes</h2><p>Dr. Vale evaluates every patient.</p>", True),
    ],
)  # fmt: skip
def test_a_therapist_is_no_prescriber(body: str, named: bool) -> None:
    assert (NAMED in asserted(f"<h1>Our team</h1>{body}")) is named


STAFF = "“Together we’ll find words for what hurts, and room to breathe.”"
PATIENT = "“My depression lifted after one infusion. Owen and I work together still.”"


@pytest.mark.parametrize(("said", "voice"), [(STAFF, Voice.PROVIDER), (PATIENT, Voice.TESTIMONIAL)])
def test_who_speaks_in_a_quotation(said: str, voice: str) -> None:
    read = captured(f"<h1>Owen Tarn, LMFT</h1><blockquote><p>{said}</p></blockquote>")
    block = next(b for b in read.text.blocks if b.kind == "testimonial")
    assert voice_of(block, read.text) == voice


def test_a_patient_on_a_therapists_page_is_still_heard() -> None:
    body = f"<h1>Owen Tarn, LMFT</h1><blockquote><p>{PATIENT}</p></blockquote>"
    assert RESULTS in asserted(body, "/owen")


@pytest.mark.parametrize(
    ("said", "staff"),
    [
        ("I help people to sleep again.", True),
        ("I support my clients on their way.", True),
        ("I felt lost before my infusions, and now I help others to sleep.", False),
        ("It changed everything.", False),
    ],
)
def test_how_staff_speak(said: str, staff: bool) -> None:
    assert biographies.is_staff_speaking(said) is staff


@pytest.mark.parametrize(
    "body",
    [
        """<h2>Who works here</h2><div><div class=n>Odile Farrow, PMHNP-BC</div>
        <p>Odile prescribes in Vermont and Maine.</p></div>
        <div><div class=n>Rufus Lake, LMFT</div><p>Rufus leads the groups.</p></div>""",
        """<h1>People</h1><ul><li><b>Dr. Ana Whitlock</b><p>Psychiatry</p>
        <p>She sees every new patient.</p></li><li><b>Pia Moor, RN</b><p>Desk.</p></li></ul>""",
        """<h1>People</h1><p>Ivo Bennett, CRNA</p><p>Nurse anesthetist</p>
        <p>Ivo runs the infusions and sets the dose.</p>""",
        """<h2>Team</h2><div><span>Helen Marsh, MD</span><div>He or she? She.</div>
        <div>Helen writes every prescription.</div></div>""",
        """<h2>Team</h2><section><div>Tomas Rowe, DO</div><p>Licensed in Utah. His patients come
        by video.</p><p>He decides who is treated.</p></section>""",
    ],
)
def test_a_name_and_a_task_in_boxes_of_one_card(body: str) -> None:
    assert NAMED in asserted(body)


@pytest.mark.parametrize(
    "body",
    [
        """<h2>Team</h2><div><div>Rufus Lake, LMFT</div>
        <p>Rufus meets every patient and prescribes nothing.</p></div>""",
        """<h2>Advisory board</h2><div><div>Lena Brandt, MD</div>
        <p>Lena directs a research programme and prescribes elsewhere.</p></div>""",
        """<h2>Team</h2><div>Ada Orr, MD</div><div>Ben Orr, MD</div>
        <p>Somebody who prescribes is on call. His name is on the door.</p>""",
        """<h2>Team</h2><div><div>Lena Brandt, MD</div></div>
        <h2>How it works</h2><p>A clinician prescribes. She calls you.</p>""",
        "<h2>Team</h2><div><div>Lena Brandt, MD</div><p>Lena plays the viola.</p></div>",
    ],
)
def test_a_name_without_a_task_names_no_prescriber(body: str) -> None:
    assert NAMED not in asserted(body)


def test_no_stories_is_said_in_whoevers_life() -> None:
    body = """<h1>Dr. Lena Ash</h1><h2>Who else you'll meet</h2>
    <p>Ada runs the desk. You won't find patients' stories on this site.</p>"""
    read = site.read_site(ENGINE, [captured(body, "/dr-ash", "Dr. Lena Ash")])
    assert {(c.rule_id, c.stance) for c in read.claims} >= {(RESULTS, "denies")}


def test_a_service_and_its_town_are_nobody() -> None:
    body = """<h1>Our clinic</h1><p>We give ketamine infusions in Old Harbor.</p>
    <h2>Loved it?</h2><p>Leave us a five-star review and your next drip is on the house.</p>"""
    title = "Ketamine Infusions Old Harbor NC"
    assert "testimonial.review-manipulation" in asserted(body, "/", title)
