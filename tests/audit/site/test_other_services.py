"""Pages and parts of pages on another service of the same house: no claims about ketamine."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
HOME = captured(
    "<h1>Ketamine for depression</h1><p>We give ketamine infusions and mail ketamine lozenges.</p>"
)
HARM = "claim.absolute-safety"
CLAIM = "<p>There are no risks and no side effects.</p>"
# A site that is headings throughout.
FLUIDS = "Our IV hydration is for whoever is run down, dry or tired, on any day of the whole week."
MENU = "<h4>Ketamine drips</h4>"
DRIVER = "supervision.no-driving-discharge"


def claims(body: str, path: str, title: str) -> dict[str, set[str]]:
    """Asserted stances by rule on the second of two pages."""
    read = site.read_site(ENGINE, [HOME, captured(body, path, title)])
    found: dict[str, set[str]] = {}
    for claim in read.claims:
        if claim.status == "asserted" and claim.capture_id == path:
            found.setdefault(claim.rule_id, set()).add(claim.stance)
    return found


@pytest.mark.parametrize(
    ("body", "path", "title"),
    [
        (f"<h1>Other services</h1><h2>Fluids</h2>{CLAIM}", "/more", "More"),
        (f"<p>What else we do.</p>{CLAIM}", "/rest", "What else we do | Mill Lane"),
        (f"<div>Slim</div><p>A weekly pen for weight. This page isn't about ketamine.</p>{CLAIM}",
         "/slim", "Mill Lane Slim"),
        (f"<div>Welcome back</div><p>Our nurses give vitamin drips on Saturdays.</p>{CLAIM}",
         "/saturdays", "Saturdays"),
        (f"<h1>Botox &amp; fillers</h1>{CLAIM}", "/face", "Face"),
        (f"<h1>Vitamin and hydration drips in Quillby, Vermont</h1>{CLAIM}", "/iv", "Drips"),
        ("<p>Vitamin drips.&nbsp; I resisted these. There are no risks.</p>", "/we", "We"),
        ("<p><b>Nerve blocks for pain:</b> quick and numb. There are no risks.</p>", "/w", "We"),
        (f"<h1>Nerve blocks</h1><p>No ketamine is involved.</p>{CLAIM}", "/blocks", "Blocks"),
        (f"<h1>Hormone pellets</h1>{CLAIM}", "/pellets", "Pellets"),
        (f"<h1>The drip menu</h1><h2>Bright</h2>{CLAIM}", "/menu", "Vitamin Drip Menu"),
        (f"<h2>Who shouldn't get a vitamin or hydration drip?</h2>{CLAIM}", "/faq", "Questions"),
        (f"<h1>Wellness drips</h1>{CLAIM}", "/drips", "Wellness drips"),
        (f"<h1>ADHD medication</h1>{CLAIM}", "/adhd", "ADHD"),
        (f"<h1>Therapy</h1><p>We talk each week.</p>{CLAIM}", "/therapy", "Therapy"),
        (f"<h1>Therapy</h1><p>You can drive home afterwards.</p>{CLAIM}", "/therapy", "Therapy"),
        (f"<h1>Weight</h1><p>The medicine is a weekly pen.</p>{CLAIM}", "/weight", "Weight"),
        (f"<h1>Alcohol detox</h1>{CLAIM}", "/detox", "Detox"),
        (f"<h1>Menopause care</h1>{CLAIM}", "/menopause", "Menopause"),
        (f"<h1>GLP-1 weight program</h1><h2>Side effects</h2>{CLAIM}", "/w", "Weight"),
        (f"{MENU}<h2>Flat?</h2><h4>{FLUIDS}</h4><h4>Iron drips</h4><h4>So?</h4>{CLAIM}{MENU}",
         "/flat", "Mill Lane"),
    ],
)  # fmt: skip
def test_another_service_claims_nothing_of_ketamine(body: str, path: str, title: str) -> None:
    assert HARM not in claims(body, path, title)


@pytest.mark.parametrize(
    ("body", "path", "title"),
    [
        (f"<h1>Other services</h1><h2>Ketamine</h2><h3>Risks</h3>{CLAIM}", "/more", "More"),
        (f"<h1>Other services</h1><h2>Fluids</h2><p>For races.</p><h2>Lozenges</h2>{CLAIM}",
         "/more", "More"),
        ("<h1>Vitamin drips</h1><p>We do both. Ketamine has no side effects.</p>", "/iv", "Drips"),
        (f"<h1>Ketamine infusions</h1><p>Some add vitamin drips.</p>{CLAIM}", "/iv", "Ketamine"),
        (f"<h1>Our services</h1>{CLAIM}", "/services", "Services"),
        (f"<h1>Ketamine after detox</h1>{CLAIM}", "/sober", "Sober"),
        (f"<h1>Therapy</h1><p>We talk before each dose.</p>{CLAIM}", "/therapy", "Therapy"),
        (f"<h1>Therapy</h1><p>A nurse stays while the medicine acts.</p>{CLAIM}", "/t", "Therapy"),
        (f"<h1>Therapy</h1><p>You may not drive that day.</p>{CLAIM}", "/t", "Therapy"),
        (f"<h1>Teens</h1><p>We take blood pressure before it and after.</p>{CLAIM}", "/t", "Teens"),
        (f"<h1>Psychiatry</h1><p>We talk each week.</p>{CLAIM}", "/psychiatry", "Psychiatry"),
        (f"<h1>Depression</h1><p>TMS did not help? Ketamine may.</p>{CLAIM}", "/low", "Low"),
        (f"<h1>What to expect</h1><p>Ketamine, with a vitamin drip.</p>{CLAIM}", "/day", "Day"),
        ("<p>Vitamin drips help. We have heard it said. Ketamine has no side effects.</p>",
         "/we", "We"),
        (f"<h1>Other treatments you have tried</h1>{CLAIM}", "/tried", "Before you start"),
        (f"<h1>Who cannot start</h1><h2>Other things that bar you</h2>{CLAIM}", "/who", "Who"),
        (f"<h1>Low mood</h1><p>You tried TMS and yoga.</p><p>TMS again?</p>{CLAIM}", "/m", "Mood"),
        (f"<h1>Ketamine and our other services</h1>{CLAIM}", "/all", "All"),
        ("<p>Talk therapy: we ask for a note. There are no risks and no side effects.</p>",
         "/note", "A note"),
        (f"<h1>Team</h1><p>Ana also teaches yoga and massage.</p>{CLAIM}", "/team", "Team"),
    ],
)  # fmt: skip
def test_ketamine_among_other_services_is_heard(body: str, path: str, title: str) -> None:
    assert HARM in claims(body, path, title)


def test_a_section_on_both_is_heard_on_a_page_of_another_service() -> None:
    body = """<div>Slim</div><p>A weekly pen for weight. This page is not about ketamine.</p>
    <p>You can drive yourself home.</p><p>If you do both: after ketamine you cannot drive
    yourself home. You need an adult to drive you home.</p>"""
    assert claims(body, "/slim", "Mill Lane Slim")[DRIVER] == {"states"}


def test_a_list_of_services_credits_ketamine_with_nothing_that_is_said_of_another() -> None:
    parts = [
        "<h2>Medication management</h2><p>By video.</p><p>Our nurses write refills.</p>",
        "<h2>Vitamin drips</h2><p>We do not give drips during pregnancy.</p>",
        "<h2>Hydration drips</h2><p>For races, and for long flights too.</p>",
    ]
    body = f"<h1>Services</h1><p>Ketamine is one part; these are others.</p>{''.join(parts)}"
    assert "screening.pregnancy" not in claims(body, "/services", "Services")


def test_what_a_privacy_policy_calls_other_services_are_other_companies() -> None:
    body = "<h1>Privacy</h1><h2>Our other services</h2><p>We never sell your health data.</p>"
    found = claims(body, "/privacy", "Privacy policy")
    assert any(rule.startswith("privacy.") for rule in found)


def test_the_footer_of_a_page_on_another_service_speaks_for_the_house() -> None:
    body = (
        "<h1>Botox</h1><footer><p>Call 802-555-0143, 14 Mill Lane, Quillby, VT 05999.</p></footer>"
    )
    assert "identity.contact" in claims(body, "/botox", "Botox")


PAIN = "claim.efficacy-statistics"


@pytest.mark.parametrize(
    ("heading", "said", "rule"),
    [
        ("Spinal cord stimulation", "Eight in ten people feel better with it.", PAIN),
        ("Vagus nerve stimulators", "Half of our patients improve.", PAIN),
        ("Radiofrequency", "About 70% of patients feel better.", PAIN),
        ("Lidocaine infusions", "You can drive yourself home. No driver is needed.", DRIVER),
        ("Infusions of iron", "You do not need a driver: drive yourself home.", DRIVER),
    ],
)
def test_what_is_said_below_a_procedure_of_another_kind(heading: str, said: str, rule: str) -> None:
    body = f"<h1>The pain program</h1><h2>How we think</h2><h3>{heading}</h3><p>{said}</p>"
    assert rule not in claims(body, "/treatments/pain", "Pain program")
    ours = body.replace(heading, f"Ketamine after {heading.lower()}")
    assert rule in claims(ours, "/treatments/pain", "Pain program")


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("IV Vitamin Drips", "Who should skip the drip"),
        ("Hydration drips", "Before your drip"),
        ("Vitamin and saline drips", "The drip menu"),
        ("Glutathione drips", "When a drip is not for you"),
        ("NAD+ drips", "Who may not have an IV drip"),
    ],
)
def test_a_drip_is_the_pages_own_where_the_page_is_about_others(title: str, heading: str) -> None:
    said = "<p>We do not give it during pregnancy.</p>"
    body = f"<h1>Sip it</h1><h2>{heading}</h2>{said}"
    assert "screening.pregnancy" not in claims(body, "/treatments/iv", title)
    ours = body.replace(heading, f"{heading}: ketamine")
    assert "screening.pregnancy" in claims(ours, "/treatments/iv", title)


def test_a_description_that_names_another_treatment_in_passing() -> None:
    about = "<meta name='description' content='When TMS fails, there is another way'>"
    body = f"{about}<h1>Depression</h1><p>After a session you cannot drive yourself home.</p>"
    assert DRIVER in claims(body, "/treatments/depression", "Depression treatment")
