"""Insurance: which payer, for which part of care; and talk about insurance that says neither."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import listed, paragraph, row, told

SAID = [
    ("We do not take insurance.", {"none"}),
    ("We don't bill insurance for infusions.", {"none | infusion"}),
    ("Insurance is not accepted here.", {"none"}),
    ("Ours is a cash-pay practice.", {"none"}),
    ("We accept most insurance plans.", {"accepted"}),
    ("We accept Aetna, Cigna and Blue Cross Blue Shield.",
     {"Aetna", "Cigna", "Blue Cross Blue Shield"}),
    ("We are in network with Medicare for psychiatric visits.", {"Medicare | consultation"}),
    ("We take Aetna and Cigna, but not Medicaid.", {"Aetna", "Cigna"}),
    ("We provide a superbill on request.", {"provided | superbill"}),
    ("We do not provide superbills.", {"none | superbill"}),
    ("HSA and FSA cards are welcome.", {"accepted | hsa-fsa"}),
    ("Health savings cards are accepted; we do not bill insurance.",
     {"accepted | hsa-fsa", "none"}),
    ("Spravato is covered by most insurance plans.", {"often covered | spravato"}),
    ("Insurance does not cover ketamine infusions.", {"not covered | infusion"}),
    ("Most insurers will not pay for infusions.", {"rarely covered | infusion"}),
    ("Some insurers reimburse the psychotherapy hours.", {"sometimes covered | therapy"}),
    ("While most insurance plans don't cover ketamine therapy, you can use HSA funds.",
     {"rarely covered | infusion", "accepted | hsa-fsa"}),
    ("Same day visits are kept, and we accept Medicaid.", {"Medicaid"}),
    ("Spravato is usually billed to insurance, and IV ketamine is paid for by you.",
     {"accepted | spravato"}),
    ("New patient visit $250 | Superbill provided", {"provided | superbill"}),
    ("Superbills are not provided.", {"none | superbill"}),
    ("We accept Aetna and Cigna except Medicare.", {"Aetna", "Cigna"}),
    ("We accept all insurance except Medicare.", set()),
    ("Insurance covers Spravato, not IV ketamine.", {"covered | spravato"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_insurance_statements(text: str, expected: set[str]) -> None:
    assert told(paragraph(text), "insurance") == expected


TRAPS = [
    "Insurance approval usually takes one to two weeks.",
    "Do you take insurance?",
    "Other clinics accept Aetna and Cigna.",
    "Ask your insurer whether infusions are covered.",
    "We treat people whose insurance does not cover Spravato.",
    "If your insurance covers Spravato, bring the letter.",
    "We plan to accept Medicare soon.",
    "A superbill is a list of codes.",
    "Your health insurance portability rights are explained below.",
    "We carry malpractice insurance.",
    "Insurers follow rules of their own.",
    "She used to work with Humana.",
    "Cash prizes are handed out at the fair.",
    "TMS is covered by insurance for depression.",
    "Medicare pays for many things.",
    "We no longer accept Tricare.",
    "We'll take a copy of your insurance card.",
    "We'll take care of the paperwork with your insurance.",
    "You pay a quarter of what insurers are billed.",
    "Your insurance company wants proof before it will pay for Spravato.",
    "This is not Spravato and it is not covered by insurance.",
    "We give you the papers to submit to your insurer for reimbursement.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_talk_about_insurance(text: str) -> None:
    assert told(paragraph(text), "insurance") == set()


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Do you take insurance?", "No. You pay by card.", {"none"}),
        ("Do you accept insurance?", "Yes, for the evaluation.", {"accepted"}),
        ("Are infusions covered by insurance?", "No, they are not.", {"not covered | infusion"}),
        ("Do you take insurance?", "It depends on your plan.", set()),
        ("Is insurance complicated?", "No, we explain it.", set()),
    ],
)
def test_answers(question: str, answer: str, expected: set[str]) -> None:
    body = f"<details><summary>{question}</summary><p>{answer}</p></details>"
    assert told(body, "insurance") == expected


def test_payers_in_a_list() -> None:
    assert told(listed("Insurance we accept", "Aetna", "UHC"), "insurance") == {
        "Aetna",
        "UnitedHealthcare",
    }
    assert told(listed("Plans we do not accept", "Aetna"), "insurance") == set()
    assert told(listed("Our neighbours", "Aetna tower"), "insurance") == set()


def test_a_row_says_which_stage() -> None:
    body = row(("Service", "Insurance"), "Spravato visit", "We bill your insurance")
    assert told(body, "insurance") == {"accepted"}
