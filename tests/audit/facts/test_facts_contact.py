"""The provider's telephone and address; and those of lifelines, boards and others."""

from __future__ import annotations

import pytest

from tests.audit.fact_pages import paragraph, told

PHONES = [
    ("Call us: (208) 555-0142", {"+12085550142"}),
    ("208-555-0142", {"+12085550142"}),
    ("208.555.0142 · hello@clinic.example", {"+12085550142"}),
    ("+1 208 555 0142", {"+12085550142"}),
    ("1-208-555-0142", {"+12085550142"}),
    ("(208)555-0142", {"+12085550142"}),
    ("Tel 208–555–0142, Fax 208-555-0143", {"+12085550142"}),
    ("Text or call 208-555-0142 ext. 4", {"+12085550142;ext=4"}),
    ("(208) 555-0142 | (319) 555-0128", {"+12085550142", "+13195550128"}),
    ("Patient line 614-555-0128, weekdays 9 to 6", {"+16145550128"}),
    ("In an emergency call 911. Our line is 208-555-0142.", {"+12085550142"}),
    ("Questions? 208\u2011555\u20110142", {"+12085550142"}),
    ("<footer><p>(208) 555-0142</p></footer>", {"+12085550142"}),
    ("<header><ul><li>a@clinic.example</li><li>(208) 555-0142</li></ul></header>",
     {"+12085550142"}),
    ("Please phone 208 555-0142.", {"+12085550142"}),
    ("Call 2085550142 today.", {"+12085550142"}),
    ("208-555-0142 (phone) 208-555-0143 (fax)", {"+12085550142"}),
    ("Phone/Fax: 208-555-0142", {"+12085550142"}),
    ("Call 208-555-0142x12", {"+12085550142;ext=12"}),
    ("Call 208-555-0142, ext. 12", {"+12085550142;ext=12"}),
    ("208—555—0142", {"+12085550142"}),
    ("In a crisis, dial 988. For appointments call 208-555-0142.", {"+12085550142"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHONES)
def test_telephones_in_e164(text: str, expected: set[str]) -> None:
    body = text if text.startswith("<") else paragraph(text)
    assert told(body, "telephone") == expected


NO_PHONES = [
    "Call the Suicide and Crisis Lifeline at 1-800-273-8255.",
    "National helpline: 1-800-662-4357",
    "1-800-222-1222",
    "Fax: (208) 555-0143",
    "Fax us at 208-555-0143",
    "Send records by fax to 208-555-0143",
    "Order 2085550142",
    "Our office closes at 5. In a crisis call 208-555-0199.",
    "NPI 2085550142",
    "License 208-555-0142",
    "Report side effects to the FDA at 1-800-332-1088.",
    "The Oregon Medical Board is at 208-555-0111.",
    "Office for Civil Rights, 208-555-0119",
    "Our pharmacy answers at 208-555-0160.",
    "Open 2019-2020, 9:00-17:00",
    "Version 1.208.555.0142.7",
    "Order 4208-555-01424",
    "112-555-0142",
    "Card 2085 5501 4208 5501",
    "<h2>In a crisis</h2><p>208-555-0199</p>",
]


@pytest.mark.parametrize("text", NO_PHONES)
def test_numbers_of_others(text: str) -> None:
    body = text if text.startswith("<") else paragraph(text)
    assert told(body, "telephone") == set()


ADDRESSES = [
    ("41 Cooper Landing Road, Suite 6, Tillamook, OR 97141",
     {"41 Cooper Landing Road, Suite 6, Tillamook, OR 97141 | OR"}),
    ("Invented Clinic · 12 Pine St, Portland, ME 04101 · 24/7",
     {"12 Pine St, Portland, ME 04101 | ME"}),
    ("Visit us at 1180 Grand Ave, Suite 3, St. Paul, MN 55105.",
     {"1180 Grand Ave, Suite 3, St. Paul, MN 55105 | MN"}),
    ("2300 Alder Plaza, 9th Floor, Denver, Colorado 80299",
     {"2300 Alder Plaza, 9th Floor, Denver, Colorado 80299 | CO"}),
    ("88 Tannery Street<br>Suite 300<br>Columbus, OH 43215-1234",
     {"88 Tannery Street, Suite 300, Columbus, OH 43215-1234 | OH"}),
    ("<footer><p>455 Alder Way, Boise, ID 83702</p></footer>",
     {"455 Alder Way, Boise, ID 83702 | ID"}),
    ("600 W Larkspur Boulevard, Denver CO 80209",
     {"600 W Larkspur Boulevard, Denver CO 80209 | CO"}),
    ("260-C North Alder Crossing, Boise, ID 83702",
     {"260-C North Alder Crossing, Boise, ID 83702 | ID"}),
    ("40 H St NW, Washington, D.C. 20001", {"40 H St NW, Washington, D.C. 20001 | DC"}),
    ("40 E. Jo Carver Fwy, Boise, ID 83702", {"40 E. Jo Carver Fwy, Boise, ID 83702 | ID"}),
    ("© 2024 Alder Street Clinic, 12 Pine St, Boise, ID 83702",
     {"12 Pine St, Boise, ID 83702 | ID"}),
    ("(208) 555-0142 12 Pine St, Boise, ID 83702", {"12 Pine St, Boise, ID 83702 | ID"}),
    ("One Mill Plaza, Suite 2, Hilo, Hawaii 96720",
     {"One Mill Plaza, Suite 2, Hilo, Hawaii 96720 | HI"}),
    ("7 Alder Court, Boise, ID 83702 and 9 Elm Road, Provo, UT 84601",
     {"7 Alder Court, Boise, ID 83702 | ID", "9 Elm Road, Provo, UT 84601 | UT"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ADDRESSES)
def test_addresses_in_one_line(text: str, expected: set[str]) -> None:
    body = text if text.startswith("<") else paragraph(text)
    assert told(body, "address") == expected


NO_ADDRESSES = [
    "PO Box 14, Boise, ID 83702",
    "We see people in Boise, ID 83702.",
    "Department of Health, 14 Capitol Street, Boise, ID 83702",
    "Write to the medical board, 9 Board Road, Salem, OR 97301.",
    "Disputes go to arbitration at 12 Court Street, Boise, ID 83702.",
    "Of 1200 people asked, 90 lived in Idaho 83702 times over.",
    "Our pharmacy is at 5 Vial Road, Reno, NV 89501.",
    "Registered agent: 30 N Gold St, Sheridan, WY 82801",
    "About 14 streets away, Boise, ID 837",
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_addresses_of_others(text: str) -> None:
    assert told(paragraph(text), "address") == set()
