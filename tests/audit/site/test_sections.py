"""Pages about several services: what is said of one is not heard as said of another."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
LASTING = "claim.rapid-lasting"
CLAIM = "<p>It eases low mood and brings lasting change.</p>"
OURS = "<p>We offer ketamine-assisted psychotherapy and infusions.</p>"


def claims(body: str, path: str = "/services", title: str = "Services") -> dict[str, set[str]]:
    """Asserted claims by rule, with the lines of each."""
    read = site.read_site(ENGINE, [captured(body, path, title)])
    found: dict[str, set[str]] = {}
    for claim in read.claims:
        if claim.status == "asserted":
            found.setdefault(claim.rule_id, set()).add(claim.lines)
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>What we do</h2><h3>Individual therapy</h3>{CLAIM}",
        f"<h2>Couples counseling</h2><h3>How it goes</h3>{CLAIM}",
        f"<h2>Deep TMS</h2><h3>Benefits</h3>{CLAIM}",
        "<h2>What we do</h2><ul><li>Couples therapy: lasting change in your moods</li></ul>",
        "<p>Deep TMS works by magnets. It also brings lasting relief from depression.</p>",
        f"""<div><div><h3>Ketamine</h3><p>Given in our suite.</p></div>
        <div><h3>Vitamin infusions</h3>{CLAIM}</div></div>""",
        f"<h2>Ketamine infusions</h2><div><h3>Couples counseling</h3>{CLAIM}</div>",
        f"<div><div>Deep TMS</div>{CLAIM}</div><div><div>Ketamine</div><p>Drips.</p></div>",
        f"<div><p>Couples counseling</p><div>{CLAIM}</div></div>",
    ],
)
def test_what_is_said_of_another_service_is_no_claim(body: str) -> None:
    assert LASTING not in claims(OURS + body)


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>What we do</h2><h3>Ketamine for couples in therapy</h3>{CLAIM}",
        f"<h2>Ketamine-assisted therapy</h2><h3>Individual sessions</h3>{CLAIM}",
        f"<h2>Why people come to us for individual therapy with ketamine, and stay</h2>{CLAIM}",
        f"<h2>Deep TMS</h2><p>Magnets.</p><h2>How you will feel</h2>{CLAIM}",
        "<ul><li>Couples therapy</li><li>Lasting relief from depression</li></ul>",
        "<p>Deep TMS works by magnets. Ketamine brings lasting relief from depression.</p>",
        f"<div><div>Ketamine</div>{CLAIM}</div><div><div>Deep TMS</div><p>Magnets.</p></div>",
        f"<div><div><div>Deep TMS</div><p>Magnets.</p></div>{CLAIM}</div>",
        f"<main><p>Deep TMS</p>{CLAIM}</main>",
        "<p>Ketamine is quick. It brings more lasting relief from depression than ECT.</p>",
        "<p>Unlike deep TMS, ketamine is quick. It brings lasting relief from depression.</p>",
    ],
)
def test_ketamine_beside_another_service_is_heard(body: str) -> None:
    assert LASTING in claims(OURS + body)


def test_a_page_of_ketamine_and_something_else_is_about_both() -> None:
    body = f"<h1>Ketamine and TMS</h1>{CLAIM}<h2>How you feel</h2>{CLAIM}"
    assert LASTING in claims(body, "/services/both", "Ketamine and TMS")


NURSE = "<p>A nurse checks your blood pressure every ten minutes.</p>"


@pytest.mark.parametrize(
    ("body", "spoken_of"),
    [
        (f"<h2>IV infusions</h2><h3>On the day</h3>{NURSE}", "in-clinic-iv"),
        (f"<h2>Lozenges</h2><h3>On the day</h3>{NURSE}", "at-home-oral"),
        (f"<h2>IV infusions</h2><p>Slow drips.</p><h2>On the day</h2>{NURSE}", "in-clinic-iv"),
        (f"<h2>IV infusions</h2><p>Or lozenges.</p><h2>On the day</h2>{NURSE}", ""),
        ("<p>A lozenge dissolves slowly. A nurse checks your blood pressure each time.</p>", ""),
        ("<p>A lozenge is slow. It is taken while a nurse checks your blood pressure.</p>",
         "at-home-oral"),
    ],
)  # fmt: skip
def test_the_line_of_a_section(body: str, spoken_of: str) -> None:
    assert claims(f"<h1>Our care</h1>{body}")["supervision.vitals"] == {spoken_of}


ASKED = "Can I eat first?"
EATEN = f"A light meal. {NURSE[3:-4]}"
BLOCKS = {
    "details": f"<details><summary>{ASKED}</summary><p>{EATEN}</p></details>",
    "toggle": f"""<div><div role="button" aria-controls="a1" aria-expanded="false">{ASKED}</div>
    <div id="a1" role="region"><p>{EATEN}</p></div></div>""",
    "list": f"<dl><dt>{ASKED}</dt><dd>{EATEN}</dd></dl>",
    "heading": f"<h3>{ASKED}</h3><p>{EATEN}</p>",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize(
    ("heading", "spoken_of"),
    [
        ("About infusions", "in-clinic-iv"),
        ("On our lozenges", "at-home-oral"),
        ("Questions that we hear", ""),
    ],
)
def test_an_answer_is_of_the_service_over_its_question(
    block: str, heading: str, spoken_of: str
) -> None:
    body = f"<h1>Questions</h1><h2>{heading}</h2>{block}"
    assert claims(body, "/faq", "Questions")["supervision.vitals"] == {spoken_of}


@pytest.mark.parametrize(
    "said",
    [
        "Can I take a dose at home? No.",
        "It is never given at home.",
        "The spray is not dispensed for home use.",
    ],
)
def test_on_a_page_about_spravato_home_is_a_place(said: str) -> None:
    found = claims(f"<h1>Spravato</h1><p>{said}</p>", "/spravato", "Spravato")
    assert found["spravato.no-home-use"] == {""}


def test_elsewhere_it_tells_what_is_not_sent() -> None:
    body = "<h1>Our lozenges</h1><p>We do not send Spravato for use at home.</p>"
    assert claims(body, "/lozenges", "Lozenges")["spravato.no-home-use"] == {"at-home-oral"}


@pytest.mark.parametrize("heading", ["Ketamine vs Spravato", "Ketamine & Spravato FAQs"])
def test_over_ketamine_and_spravato_an_answer_is_not_of_spravato_alone(heading: str) -> None:
    body = f"<h1>Our care</h1><h2>{heading}</h2>{BLOCKS['details']}"
    assert claims(body, "/faq", "Questions")["supervision.vitals"] == {""}
