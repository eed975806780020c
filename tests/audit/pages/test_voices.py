"""Who speaks under a heading, and in a box that is made for quotations."""

from __future__ import annotations

import pytest

from tests.audit.captured_page import captured


def kind_of(body: str, text: str) -> str:
    return next(b.kind for b in captured(body).text.blocks if b.text.endswith(text))


@pytest.mark.parametrize(
    "head",
    [
        "What our patients say",
        "Testimonials",
        "Reviews",
        "Kind words",
        "From our guest book",
        "★★★★★",
        "Real stories",
    ],
)
def test_under_such_a_heading_a_patient_speaks(head: str) -> None:
    body = f"<h2>{head}</h2><p>I slept for a night.</p><p>We reply to each.</p>"
    assert kind_of(body, "a night.") == "testimonial"
    assert kind_of(body, "each.") == "paragraph"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The nurse told me not to drive. — Ana, ketamine client", "testimonial"),
        ("The nurse told me not to drive! – Ana R.", "testimonial"),
        ("I was told not to drive. — Ana, Alder Falls", "testimonial"),
        ("I tell everybody not to drive. — Ana R., lead nurse", "paragraph"),
        ("You may not drive. — Ana, Alder Falls", "paragraph"),
        ("Ask me not to drive — Ana, Bo and I check.", "paragraph"),
    ],
)
def test_who_signs_below_his_own_words_speaks_them(said: str, kind: str) -> None:
    assert kind_of(f"<h2>“She explained it all”</h2><p>{said}</p>", said) == kind


def test_under_any_other_heading_nobody_else_speaks() -> None:
    body = "<h2>How we work</h2><p>I see you on video first.</p>"
    assert kind_of(body, "first.") == "paragraph"


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("Do not drive until the next day.", "paragraph"),
        ("<p>Do not drive until the next day.</p>", "paragraph"),
        ("Please try it, I did, until the next day.", "testimonial"),
        ("“You must try it,” until the next day.", "testimonial"),
        ("It was calm until the next day.", "testimonial"),
    ],
)
def test_a_notice_that_looks_like_a_quotation_is_the_providers(inside: str, kind: str) -> None:
    assert kind_of(f"<blockquote>{inside}</blockquote>", "the next day.") == kind


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Medical review", "No ketamine if you have bipolar I disorder."),
        ("Reviews", "We cannot treat uncontrolled bipolar I disorder."),
        ("Our physician reviews your history", "Before I prescribe, I take your blood pressure."),
        ("Reviews your doctor and I do", "I take your blood pressure."),
    ],
)
def test_a_review_by_a_clinician_is_the_providers(head: str, said: str) -> None:
    assert kind_of(f"<h2>{head}</h2><p>{said}</p>", said) == "paragraph"


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Reviews</h2><blockquote>You must try it. It is safe.</blockquote>",
        "<blockquote>Anyone should try this. Ketamine cured her, and it is safe.</blockquote>",
        "<blockquote>You must try it. It is safe. — Ana R.</blockquote>",
    ],
)
def test_praise_that_says_must_is_no_notice(body: str) -> None:
    blocks = captured(body).text.blocks
    assert next(b.kind for b in blocks if "is safe." in b.text) == "testimonial"


def test_with_a_name_below_it_is_a_quotation() -> None:
    body = "<blockquote><p>You should try it.</p><cite>Ana R.</cite></blockquote>"
    assert kind_of(body, "try it.") == "testimonial"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I ask every patient to write a line.", "paragraph"),
        ("As your nurse I sit with my patients.", "paragraph"),
        ("I only prescribe ketamine to adults.", "paragraph"),
        ("I was afraid, and they are kind to each patient.", "testimonial"),
        ("I feel that they treat all patients like family.", "testimonial"),
        ("I was able to see my clients again. It cured my depression.", "testimonial"),
        ("I sit with you the whole time.", "paragraph"),
    ],
)
def test_who_treats_is_no_patient_under_any_heading(said: str, kind: str) -> None:
    assert kind_of(f"<h2>What our patients say</h2><p>{said}</p>", said) == kind


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ("— Ana R.", "testimonial"),
        ("Ana R., Alder Falls", "testimonial"),
        ("Ana, verified patient", "testimonial"),
        ("— Ana, mother of a patient", "testimonial"),
        ("— Ana Rowan, MD", "paragraph"),
        ("— Dr. Ana R.", "paragraph"),
        ("— Ana Rowan", "paragraph"),
        ("Ana R., Bethesda, MD", "testimonial"),
        ("Ana R., psychiatrist, MD", "paragraph"),
        ("Ana R., RN", "paragraph"),
        ("Ana R., LCSW", "paragraph"),
        ("— Ana R., lead nurse", "paragraph"),
        ("Ana K., CEO", "paragraph"),
        ("Ana, team member", "paragraph"),
        ("Vitamin B.", "paragraph"),
        ("Signature – patient", "paragraph"),
        ("Ana rests here.", "paragraph"),
    ],
)
def test_a_patients_name_below_tells_whose_words_they_are(below: str, kind: str) -> None:
    assert kind_of(f"<p>It eased my nights.</p><p>{below}</p>", "nights.") == kind


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        ("<h2>Patient stories</h2><h3>Ana, 42</h3>", "testimonial"),
        ("<h2>Say hello</h2><h3>Ana R.</h3>", "testimonial"),
        ("<h2>Our team</h2><h3>Ana, 42</h3>", "paragraph"),
        ("<h2>Meet your guides</h2><h3>Ana R.</h3>", "paragraph"),
        ("<h2>Hello</h2><h3>Ana R., NP</h3>", "paragraph"),
        ("<h2>Consent</h2><h3>Section A.</h3>", "paragraph"),
        ("<h2>Patient stories</h2><h3>Before, during and after</h3>", "paragraph"),
        ("<h2>Reviews</h2><h3>Safety</h3>", "paragraph"),
    ],
)
def test_a_patients_name_above_tells_whose_words_they_are(above: str, kind: str) -> None:
    assert kind_of(f"{above}<p>It eased my nights.</p>", "nights.") == kind


def test_with_stars_before_it_is_a_review() -> None:
    assert kind_of("<p>★★★★★ It cured my depression.</p>", "depression.") == "testimonial"
    assert kind_of("<p>★★★★★ Rated by my patients.</p>", "patients.") == "paragraph"


def test_a_clinicians_name_in_its_box_makes_a_quotation_the_providers() -> None:
    box = "<blockquote><p>It is not approved.</p><footer>{}</footer></blockquote>"
    assert kind_of(box.format("Dr. Ana Rowan, medical director"), "approved.") == "paragraph"
    assert kind_of(box.format("Ana Rowan, NP"), "approved.") == "paragraph"
    for patient in ("Ana R., teacher", "Ana R., Bethesda, MD", "Ana Rowan, founder of a bakery"):
        assert kind_of(box.format(patient), "approved.") == "testimonial"
    apart = "<blockquote>It is calm.</blockquote><blockquote>Dr. Rowan is kind.</blockquote>"
    assert kind_of(apart, "calm.") == "testimonial"


@pytest.mark.parametrize("name", ["comment-list", "commentlist", "comment-body"])
def test_what_visitors_wrote_below_a_post_is_not_the_providers(name: str) -> None:
    box = f"<div class='{name}'><p>It cures depression.</p></div>"
    assert kind_of(box, "depression.") == "testimonial"
    assert kind_of("<div class='comment-form'><p>Be kind.</p></div>", "kind.") == "paragraph"


@pytest.mark.parametrize("last", ["Thank you, Dr. Rowan!", "Dr. Rowan is kind and calm."])
def test_praise_of_a_clinician_is_no_signature(last: str) -> None:
    body = f"<blockquote><p>Ketamine cured depression.</p><p>{last}</p></blockquote>"
    assert kind_of(body, "depression.") == "testimonial"


def test_what_a_founder_tells_below_a_short_name_is_the_houses() -> None:
    body = "<p>I started this clinic when it cured my depression.</p><p>— Dana K.</p>"
    assert kind_of(body, "depression.") == "paragraph"


def test_a_patient_speaks_on_a_slide_beside_the_page_too() -> None:
    slide = "<div style='position: absolute; left: -9999px'><p>I sleep again.</p></div>"
    assert kind_of(f"<h2>What our patients say</h2>{slide}", "again.") == "testimonial"


@pytest.mark.parametrize(
    "said",
    [
        "My migraines eased after two infusions.",
        "I was skeptical. Within a day of my second session the fog was lighter.",
        "Two drips, and it stopped my suicidal thoughts.",
        "I can't thank them enough: it gave me my life back.",
        "I've stopped taking Zoloft.",
    ],
)
def test_who_tells_of_his_own_treatment_is_a_patient_under_any_heading(said: str) -> None:
    assert kind_of(f"<h2>Infusions</h2><p>{said}</p>", said) == "testimonial"


@pytest.mark.parametrize(
    "said",
    [
        "I understand that I may not drive after my last dose.",
        "Can I keep my job? Within a day of my second session I want to work.",
        "My patients tell me that their pain eased. I treat each of my patients myself.",
        "My own depression lifted after one infusion, and that is why I opened this clinic.",
        "Your migraines eased after two infusions.",
        "My depression has not improved with pills, so I look for more.",
    ],
)
def test_who_signs_asks_or_treats_is_none(said: str) -> None:
    assert kind_of(f"<h2>Infusions</h2><p>{said}</p>", said) == "paragraph"


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Meet our team</h2><p>Ketamine saved my life.</p>",
        "<h2>Why I do this</h2><p>Ketamine saved my life.</p><p>Ana Rowan, MD</p>",
    ],
)
def test_nor_is_one_of_the_house(body: str) -> None:
    assert kind_of(body, "my life.") == "paragraph"


OWN = "Ketamine gave me my life back. "


@pytest.mark.parametrize(
    "rule",
    [
        "Today I check every reading myself.",
        "So I became a nurse.",
        "A nurse stays with you throughout.",
        "Nobody drives home.",
        "Our nurses measure your blood pressure.",
        "You will not drive afterwards.",
        "If you are pregnant we wait.",
        "It is used off-label.",
        "I do not treat anyone with psychosis.",
        "An adult must sit with you.",
        "After my last infusion of the day I call.",
    ],
)
def test_who_was_treated_and_now_gives_the_rules_is_of_the_house(rule: str) -> None:
    assert kind_of(f"<h2>Why I do this</h2><p>{OWN}{rule}</p>", rule) == "paragraph"


@pytest.mark.parametrize(
    "praise",
    [
        "The nurse stayed with me and checked my pressure.",
        "They check your blood pressure all the time.",
        "I call my sister every day.",
        "I recommend it to anyone with depression.",
        "I am a nurse, and I was skeptical.",
    ],
)
def test_a_patients_praise_gives_no_rules(praise: str) -> None:
    assert kind_of(f"<h2>Why</h2><p>{OWN}{praise}</p>", praise) == "testimonial"


@pytest.mark.parametrize(
    ("said", "kind"),
    [("I measure your blood pressure.", "paragraph"), ("I slept.", "testimonial")],
)
def test_stars_in_a_heading_do_not_make_a_patient_of_who_treats(said: str, kind: str) -> None:
    body = f"<h2>Rated ★★★★★</h2><p>My own pain taught me much. {said}</p>"
    assert kind_of(body, said) == kind


def test_in_a_box_of_reviews_its_own_heading_stands_over_them() -> None:
    told = "My mood is calm, and it lasted."
    body = (
        "<h2>Dr. Ada Quill</h2><p>She studied.</p><section class=our-testimonials>"
        f"<h3>What our client says</h3><div class=item><p>{told}</p></div></section>"
        "<p>Ask us.</p><section class=our-testimonials><h3>Calm at last</h3>"
        "<p>It took a week.</p></section>"
    )
    blocks = {b.text: b for b in captured(body).text.blocks}
    assert blocks["What our client says"].kind == "heading"
    assert blocks[told].heading_path == ("Dr. Ada Quill", "What our client says")
    # A review's own title is a part of it.
    assert blocks["Calm at last"].kind == "testimonial"
    assert blocks["It took a week."].heading == "Dr. Ada Quill"


def test_a_list_of_paragraphs_can_be_a_patients_story() -> None:
    told = "<p>Ketamine was life changing for me.</p><p>How to thank them? It took two weeks.</p>"
    head = "<h2>Ketamine and sleep</h2>"
    assert kind_of(f"{head}<ul><li>{told}</li></ul>", "two weeks.") == "testimonial"
    steps = "<li><p>We call you.</p><p>It takes two weeks.</p></li>"
    assert kind_of(f"{head}<ul>{steps}</ul>", "two weeks.") == "list"
    asked = "<li><p>Was it life changing for me?</p><p>It takes two weeks.</p></li>"
    assert kind_of(f"{head}<ul>{asked}</ul>", "two weeks.") == "list"
