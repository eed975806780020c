"""Named clinicians with credentials and roles; and names that are nobody's who works here."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import paragraph, told

SAID = [
    ("<h3>Odile Fernhurst, PMHNP-BC</h3>", {"Odile Fernhurst | PMHNP"}),
    ("Your prescriber is Bram Oyelo-Voss, DNP, APRN.", {"Bram Oyelo-Voss | DNP, APRN"}),
    ("Dr. Thea Vanderloom, MD, sees new patients on Mondays.", {"Thea Vanderloom | MD"}),
    ("Teodor W. Ash, CRNA, runs the pump.", {"Teodor W. Ash | CRNA"}),
    ("Marisela Quint, Ph.D., leads the groups.", {"Marisela Quint | PhD"}),
    ("Isidro Baca-Lane, LCSW and Noor Elling, LPCC", {"Isidro Baca-Lane | LCSW",
                                                      "Noor Elling | LPC"}),
    ("Anders Thorvald, M.D., medical director", {"Anders Thorvald | MD"}),
    ("Our medical director, Ruth Abend, DO, reads every chart.", {"Ruth Abend | DO"}),
    ("Medical director: R. Quennell Haas, DO", {"R. Quennell Haas | DO"}),
    ("Dr. Lachlan Verity-Moss, our medical director, began in 2019.", {"Lachlan Verity-Moss"}),
    ("Casimir O'Dole, PharmD, checks each list.", {"Casimir O'Dole | PharmD"}),
    ("Renée Alvarado, RN, BSN", {"Renée Alvarado | RN"}),
    ("Winifred de la Baird, FNP-C", {"Winifred de la Baird | FNP"}),
    ("Halina McPratt, MD, MPH, psychiatrist", {"Halina McPratt | MD, MPH"}),
    ("Orin B. Tell Jr., DO, sees you.", {"Orin B. Tell | DO"}),
    ("Margit Popp, M. D., psychiatrist", {"Margit Popp | MD"}),
    ("Margit Popp – MD, psychiatrist", {"Margit Popp | MD"}),
    ("Margit Popp,CRNA", {"Margit Popp | CRNA"}),
    ("Jolene Vantrease PA-C, physician assistant", {"Jolene Vantrease | PA-C"}),
    ("ODILE O'FERNHURST, DO", {"ODILE O'FERNHURST | DO"}),
    ("Łukasz Żelek, DO", {"Łukasz Żelek | DO"}),
    ("Odile McFern-DeVos, DO", {"Odile McFern-DeVos | DO"}),
    ("Odile Fernhurst‑Ash, DO", {"Odile Fernhurst‑Ash | DO"}),
    ("J.R. Fernhurst, DO", {"J.R. Fernhurst | DO"}),
    ("Drs. Odile Fernhurst, MD and Bo Ash, DO, see you.", {"Odile Fernhurst | MD", "Bo Ash | DO"}),
    ("Welcome Odile Fernhurst, DO", {"Odile Fernhurst | DO"}),
    ("Schedule Odile Fernhurst, DO", {"Odile Fernhurst | DO"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_clinicians(text: str, expected: set[str]) -> None:
    body = text if text.startswith("<") else paragraph(text)
    assert told(body, "clinician") == expected


TRAPS = [
    "Find us in Ellicott City, MD 21043.",
    "We also see people from Silver Spring, MD and Fall River, MA.",
    "According to Carlos Elmford, MD, it works.",
    "A study by Ines Halloway, PhD, found little.",
    "“It helped,” says Ingrid Vale, MD.",
    "Reviewed by Miles Farrow, MD.",
    "Perrin Okafor, MD, of Northgate University, invented the scale.",
    "Ask your doctor, or a PA, before you start.",
    "Board Certified, MD",
    "Psychiatric Nurse Practitioner, PMHNP",
    "DO NOT eat for four hours. Dr. Ash will call.",
    "Thanks to Petra Lund, RN, who left us in spring.",
    "Dr. Bellweather wrote a book about sleep.",
    "Licensed Therapist, LCSW wanted.",
    "Our host city is Bryn Mawr, PA.",
    "Medical Center, MD",
    "Imani Prescott, JD, reads our contracts.",
    "Dr Oyelaran, MBBS",
]


@pytest.mark.parametrize("text", TRAPS)
def test_nobody_who_works_here(text: str) -> None:
    assert told(paragraph(text), "clinician", "clinician-role") == set()


def test_a_place_among_locations_is_nobody() -> None:
    assert told(paragraph("Locations: Chevy Vale, MD"), "clinician", path="/team") == set()


ROLES = [
    (paragraph("Orin Tell, MD, FQRST is our medical director."), {"medical director | Orin Tell"}),
    ("<h3>Odile Fernhurst, MD</h3><p>Psychiatrist and medical director</p>",
     {"psychiatrist and medical director | Odile Fernhurst"}),
    ("<p>Anders Thorvald, M.D.<br>Anesthesiologist</p>", {"anesthesiologist | Anders Thorvald"}),
    (paragraph("Noor Halabi, MD, our psychiatrist and medical director, who trained in Lund."),
     {"psychiatrist and medical director | Noor Halabi"}),
    (paragraph("Harriet Osei, PMHNP, is a psychiatric nurse practitioner with patience."),
     {"psychiatric nurse practitioner | Harriet Osei"}),
    (paragraph("Medical director: R. Quennell Haas, DO"), {"medical director | R. Quennell Haas"}),
    (paragraph("Tomas Lind, MD | Founder"), {"founder | Tomas Lind"}),
    ("<h3>Teodor Ash, RN</h3><p>Evenings and Saturdays. Speaks Spanish.</p>", set()),
    ("<h3>Ashlyn Hull, PhD</h3><p>EdM · Counselor</p>", {"counselor | Ashlyn Hull"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ROLES)
def test_roles(body: str, expected: set[str]) -> None:
    assert told(body, "clinician-role", path="/team") == expected


def test_a_role_in_the_next_block_is_quoted_there() -> None:
    body = "<h3>Odile Fernhurst, MD</h3><p>Psychiatrist</p>"
    assert told(body, "clinician", path="/about") == {"Odile Fernhurst | MD"}
