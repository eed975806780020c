"""What a patient says is of the service that the patient came for."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
RULE = "testimonial.atypical-results"
SAID = "After three visits my depression was gone and I sleep again."
OURS = "<h1>Ketamine infusions</h1><p>Our infusions last forty minutes.</p>"


def outcomes(body: str, path: str = "/reviews") -> list[str]:
    read = site.read_site(ENGINE, [captured(body, path)])
    return [c.lines for c in read.claims if c.rule_id == RULE and c.status == "asserted"]


def elementor(*lines: str) -> str:
    """A testimonial of a page builder, its lines in boxes of their own."""
    said, *whose = lines
    inner = "".join(
        f"<div class='elementor-testimonial-{n}'>{w}</div>" for n, w in enumerate(whose)
    )
    return (
        f"<div class='elementor-widget'><div class='elementor-testimonial-wrapper'>"
        f"<div class='elementor-testimonial-content'>{said}</div>"
        f"<div class='elementor-testimonial-meta'><div>{inner}</div></div></div></div>"
    )


@pytest.mark.parametrize(
    "body",
    [
        elementor(SAID, "Ida P.", "Hormone patient"),
        elementor(SAID, "Ida P.", "TMS patient", "Elmford"),
        elementor(SAID, "Deep TMS client"),
        f"<div class='testimonial'><p>{SAID}</p><p>Ida P.</p><p>Weight loss patient</p></div>",
        f"<div class='review'><h4>Peptide client</h4><p>“{SAID}”</p></div>",
        f"<p>“{SAID}”</p><p>Ida P.</p><p>Couples counseling</p><p>“Kind people, all of them.”</p>",
    ],
)
def test_words_on_another_service_are_no_outcome_of_ours(body: str) -> None:
    after = elementor("The people at the desk are kind and quick.", "Nan", "Ketamine patient")
    assert outcomes(body + after) == []


@pytest.mark.parametrize(
    "body",
    [
        elementor(SAID, "Ida P.", "Ketamine patient"),
        elementor(SAID, "Ida P.", "Elmford"),
        elementor(SAID, "Ida P.") + elementor("Everybody is kind here, always.", "TMS patient"),
        elementor("Everybody is kind here, always.", "TMS patient") + elementor(SAID, "Ida P."),
        f"<p>“{SAID}”</p><p>Ida P.</p><p>“The magnets were loud but fine.”</p><p>TMS patient</p>",
        elementor(SAID, "Ida P.", "Ketamine and TMS patient"),
    ],
)
def test_words_of_others_are_heard(body: str) -> None:
    assert outcomes(body)


def test_the_line_that_a_patient_came_for() -> None:
    assert outcomes(elementor(SAID, "Ida P.", "Spravato patient")) in ([], ["spravato"])
    assert outcomes(elementor(SAID, "Ida P.", "Infusion patient")) == ["in-clinic-iv"]
