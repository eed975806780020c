"""How many sessions a course has, and which share of people is said to get better."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import paragraph, told

SESSIONS = ("sessions", "sessions-from", "sessions-to")
FIGURES = ("response-figure", "response-figure-from", "response-figure-to")

COURSES = [
    ("Six infusions over three weeks.", {"6 | infusions"}),
    ("We suggest six infusions over two to three weeks.", {"6 | infusions"}),
    ("The first course is 4-6 ketamine infusions.", {"4 | infusions", "6 | infusions"}),
    ("Our eight-session program is done at home.", {"8 | sessions"}),
    ("A series of six (6) treatments is planned with you.", {"6 | treatments"}),
    ("Most patients need six infusions.", {"6 | infusions"}),
    ("We recommend an initial series of five injections.", {"5 | injections"}),
    ("Packages of 12 sessions are valid for a year.", {"12 | sessions"}),
    ("The protocol includes 8 Spravato treatments in four weeks.", {"8 | treatments"}),
    ("People usually start with 3 guided sessions.", {"3 | sessions"}),
    ("Ten lozenge sessions across eight weeks, then a pause.", {"10 | sessions"}),
    ("The plan has four to six doses.", {"4 | doses", "6 | doses"}),
    ("A course consists of nine infusions.", {"9 | infusions"}),
    ("The induction phase involves eight treatments.", {"8 | treatments"}),
    ("6 infusions within 14 days.", {"6 | infusions"}),
    ("Six infusions over 2-3 weeks.", {"6 | infusions"}),
    ("Between 4 and 6 infusions over two weeks.", {"4 | infusions", "6 | infusions"}),
    ("A series of six 40-minute infusions.", {"6 | infusions"}),
]


@pytest.mark.parametrize(("text", "expected"), COURSES)
def test_numbers_of_sessions(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), *SESSIONS) == expected


NO_COURSES = [
    "In the study, participants had six infusions over two weeks.",
    "How many infusions will I need: six infusions over three weeks?",
    "After six infusions over three weeks she drove home.",
    "The first session lasts two hours.",
    "You do not need a series of six infusions.",
    "Most clinics plan six infusions over three weeks.",
    "Two sessions per week is our limit.",
    "I had six infusions over three weeks and felt lighter.",
    "Up to six sessions in three months may be billed.",
    "A TMS course has 36 sessions over six weeks.",
    "Our 24/7 treatment program is kind.",
    "More than six infusions over three weeks is rare.",
    "Fewer than six infusions over three weeks is common.",
    "We rescheduled two missed sessions in a week.",
    "Our rooms hold four people.",
    "She often plans sessions within two weeks, and B12 injections over 6 weeks.",
    "Call us after 9 in the morning for treatments.",
    "Researchers gave six infusions over twelve days.",
    "Imagine a series of twenty sessions.",
    "Bring a friend and get one free session in a package of two sessions.",
]


@pytest.mark.parametrize("text", NO_COURSES)
def test_other_numbers_of_sessions(text: str) -> None:
    assert told(paragraph(text), *SESSIONS) == set()


SHARES = [
    ("83 % of our patients improved.", {"83 | percent"}),
    ("83% of patients report relief.", {"83 | percent"}),
    ("Nearly 9 in 10 members feel better by week four.", {"90 | percent"}),
    ("Four out of five people respond.", {"80 | percent"}),
    ("60-70% of patients respond to infusions.", {"60 | percent", "70 | percent"}),
    ("Up to 70 percent of people find relief.", {"70 | percent"}),
    ("Our success rate is 78%.", {"78 | percent"}),
    ("We see a response rate of 64 per cent.", {"64 | percent"}),
    ("In one trial, 64% of patients responded.", {"64 | percent, in studies"}),
    ("Patients report a 62% drop in their scores.", {"62 | percent change"}),
    (
        "In a trial 41% of patients responded, against 19% on placebo water.",
        set(),  # a comparison with something that does nothing is not read at all
    ),
    ("In our clinic 71% respond to ketamine, while the spray helps 40% of people.",
     {"71 | percent"}),
    ("Ketamine helps 70% of people whom antidepressants failed us to reach.", set()),
    ("Patients improved by 40%.", {"40 | percent change"}),
    ("Low mood that affects their work improved in 70% of patients.", {"70 | percent"}),
    ("70%—80% of patients respond.", {"70 | percent", "80 | percent"}),
    ("Ketamine helps 70% of patients (95% CI 60-80%).", {"70 | percent"}),
    ("9 in 10 patients respond within 1 in 2 weeks.", {"90 | percent"}),
    ("Two of three patients improve within a month.", {"66.7 | percent"}),
    ("85.5% of clients had fewer symptoms and felt better.", {"85.5 | percent"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_response_figures(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), *FIGURES) == expected


def test_up_to_is_an_upper_end() -> None:
    body = paragraph("Up to 70 percent of people find relief.")
    assert told(body, "response-figure-to") == {"70 | percent"}


NO_SHARES = [
    "30% of patients do not respond to antidepressants.",
    "Antidepressants help only 30% of people.",
    "Ketamine helps people; 30% of adults live with anxiety.",
    "Depression affects 8% of adults, and ketamine helps.",
    "People feel better and 85% come back.",
    "10% of our profits help people who struggle.",
    "Patients get better with ketamine in 0.9% saline.",
    "Only 30% of patients respond to SSRIs.",
    "Our patients pay 20% less and feel better.",
    "4% of patients have nausea, and most feel better soon.",
    "Take 20% off your first session and feel better.",
    "98% of our patients would recommend us.",
    "About 20% of the lozenge is absorbed, which helps people.",
    "We turned away 25% of the people who asked for help.",
    "Do 80% of patients improve?",
    "It is not true that 90% of patients improve.",
    "50% of patients relapse without support.",
    "Half the people we see are over fifty.",
    "One in three prescriptions helps people elsewhere.",
    "Imagine 90% of patients improved.",
    "We are 100% committed to making people better.",
    "TMS gives relief to 60% of patients.",
    "Insurers pay 80% for people who respond.",
]


@pytest.mark.parametrize("text", NO_SHARES)
def test_other_shares(text: str) -> None:
    assert told(paragraph(text), *FIGURES) == set()
