"""What stands behind a provider: its years and numbers, its pharmacy, its seals."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import paragraph, told

FOUNDED = [
    ("Founded in 2016 by two nurses.", {"2016 | year"}),
    ("Our clinic opened in 2019.", {"2019 | year"}),
    ("Serving the valley since 2012.", {"2012 | year"}),
    ("We began in 2021 as three nurses.", {"2021 | year"}),
    ("Since 2018, we have kept the same room.", {"2018 | year"}),
    ("Est. 2009", {"2009 | year"}),
    ("We have been treating pain since 2014.", {"2014 | year"}),
    ("Ketamine has been used since 1970.", set()),
    ("Approved by the FDA, on the market since 2019.", set()),
    ("© 2016-2026 Invented Clinic", set()),
    ("She founded a school in 2011.", set()),
    ("Terms updated and effective since 2024.", set()),
    ("The society was founded in 2017.", set()),
    ("A study that started in 2016 is still open.", set()),
    ("Was the house established in 1890?", set()),
    ("We launched our app in 2021.", set()),
    ("Our website went up in 2018.", set()),
    ("We opened in 2015, and our website lists every fee.", {"2015 | year"}),
    ("Our building was established in 1950.", set()),
]


@pytest.mark.parametrize(("text", "expected"), FOUNDED)
def test_since_when(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "founded") == expected


RECORD = [
    ("Over 500,000 treatments delivered.", {"500000 | treatments"}),
    ("Trusted by 20,000 patients.", {"20000 | patients"}),
    ("We have performed more than 12,000 ketamine infusions.", {"12000 | infusions"}),
    ("10k+ sessions completed safely", {"10000 | sessions"}),
    ("5,000+ happy members", {"5000 | members"}),
    ("Our team has guided 1.5 million sessions.", {"1500000 | sessions"}),
    ("Studies have enrolled over 5,000 patients.", set()),
    ("Each year 40,000 people die of it.", set()),
    ("Over 300,000 Americans suffer, and 9,000 people were treated.", set()),
    ("Dr. Ash has performed 9,000 infusions.", set()),
    ("Our goal: 1,000,000 patients helped.", set()),
    ("We treated 12 people in May.", set()),
    ("In 2023 patients were treated with care.", set()),
    ("Since 2016 patients have been treated here.", set()),
    ("In Suite 400 patients are treated.", set()),
    ("We treated 2-3,000 patients.", set()),
    ("A place for 2,000 people to be treated would cost $3,000 per bed.", set()),
    ("Other clinics have performed 10,000 infusions.", set()),
    ("Have 5,000 patients been treated?", set()),
]


@pytest.mark.parametrize(("text", "expected"), RECORD)
def test_how_many(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "track-record") == expected


PHARMACY = [
    ("Lozenges are compounded by Pell Harbor Pharmacy.", {"Pell Harbor Pharmacy"}),
    ("We partner with Fernhollow Apothecary in Reno.", {"Fernhollow Apothecary"}),
    ("They are made to order by Cedar Street Compounding.", {"Cedar Street Compounding"}),
    ("Prescriptions are filled by Juniper & Rowe Pharmacy.", {"Juniper & Rowe Pharmacy"}),
    ("Our pharmacy ships on Tuesdays.", set()),
    ("Your order comes from a Licensed Compounding Pharmacy.", set()),
    ("We do not work with Blue Vial Pharmacy.", set()),
    ("Blue Vial Pharmacy was fined last spring.", set()),
    ("Other companies work with Blue Vial Pharmacy.", set()),
    ("The Board of Pharmacy works with the police.", set()),
]


@pytest.mark.parametrize(("text", "expected"), PHARMACY)
def test_pharmacies_by_name(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "pharmacy") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our lozenges are made by a 503A pharmacy.", {"503A"}),
        ("They are prepared by a licensed compounding pharmacy.", {"compounding"}),
        ("A compounding pharmacy mixes medicines to order.", set()),
        ("We do not use a 503B facility.", set()),
        ("Our sister business, a compounding pharmacy for pets, sells chews.", set()),
        ("Our semaglutide comes from a compounding pharmacy.", set()),
    ],
)
def test_kinds_of_pharmacy(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "pharmacy-type") == expected


SEALS = [
    (paragraph("LegitScript certified"), {"LegitScript"}),
    (paragraph("We are a REMS-certified Spravato site."), {"Spravato REMS"}),
    (paragraph("Our pharmacy is PCAB accredited."), {"PCAB | pharmacy"}),
    ("<footer><img alt='LegitScript' src='l.png'></footer>", {"LegitScript"}),
    (paragraph("We are accredited by the Joint Commission."), {"Joint Commission"}),
    (paragraph("We are members of the American Society of Ketamine Physicians."), {"ASKP3"}),
    (paragraph("Our office is a certified B Corp."), {"B Corp"}),
    (paragraph("Look for a LegitScript certified site."), set()),
    (paragraph("We have applied for LegitScript certification."), set()),
    (paragraph("We are not LegitScript certified."), set()),
    (paragraph("Other clinics are LegitScript certified."), set()),
    (paragraph("Are you LegitScript certified?"), set()),
    (paragraph("She is a member of ASKP."), set()),
    (paragraph("The Joint Commission publishes a newsletter that we read."), set()),
    (paragraph("LegitScript certification is coming soon."), set()),
]


@pytest.mark.parametrize(("body", "expected"), SEALS)
def test_seals(body: str, expected: set[str]) -> None:
    assert told(body, "certification") == expected
