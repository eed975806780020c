"""Offers in prose that says neither "we" nor "our", and talk in the same words."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()


def offered(body: str, path: str = "/treatments", title: str = "Elmford Psychiatry") -> set[str]:
    return set(site.read_site(ENGINE, [captured(body, path, title)]).offered)


SAID = {
    "in-clinic-im": [
        "Intramuscular ketamine is administered at this practice by a nurse.",
        "IM ketamine is given by Dr. Ashgrove twice a week.",
        "Intramuscular injections of ketamine given at this practice, with a therapist present.",
        "At the practice, ketamine is given as an intramuscular injection.",
        "I understand that ketamine will be injected into a muscle of the shoulder.",
        "You will receive ketamine as an intramuscular injection.",
        "Informed Consent for Treatment with Intramuscular Ketamine",
        "The intramuscular route is the only one used for the ketamine program.",
        "Intramuscular ketamine sessions are conducted by the therapists of the practice.",
        "IM ketamine injection consent form",
    ],
    "in-clinic-iv": [
        "Ketamine infusions are given in this office on weekdays.",
        "Intravenous ketamine is administered on the premises by an anesthetist.",
        "Each ketamine infusion is supervised by Dr. Ashgrove.",
        "At this practice ketamine infusions are performed in a quiet room.",
        "The ketamine is given through an IV at this clinic over forty minutes.",
        "Intravenous ketamine has been chosen for this program.",
        "Consent for ketamine infusion therapy",
        "I hereby consent to receive intravenous ketamine infusions.",
        "Infusions of ketamine are started and monitored by the nurses of the practice.",
        "Ketamine infusions provided here last forty minutes.",
    ],
    "spravato": [
        "Spravato is administered at this practice under observation.",
        "Spravato is given by Mr. Pellgrove on Tuesdays.",
        "At the practice, esketamine is given twice a week at first.",
        "Spravato treatment is provided on the premises.",
        "Consent to treatment with Spravato",
        "I consent to receive Spravato under the safety program.",
        "Spravato visits are supervised by the nurses of the practice.",
        "Esketamine is dispensed and taken on the premises.",
        "Spravato treatment consent form",
        "Under this roof Spravato is given twice a week.",
    ],
    "therapy": [
        "Ketamine-assisted therapy is provided at this practice.",
        "Ketamine-assisted psychotherapy is led by Ms. Quill, a licensed therapist.",
        "KAP sessions are held at the practice.",
        "At the practice ketamine-assisted psychotherapy is offered to adults.",
        "Informed consent for ketamine-assisted psychotherapy",
        "I consent to undergo ketamine-assisted therapy.",
        "Ketamine-assisted therapy is conducted by the therapists of the practice.",
        "Ketamine-assisted psychotherapy consent form",
        "Ketamine-assisted therapy is carried out in this office.",
        "Ketamine psychotherapy is performed on the premises.",
    ],
    "at-home-oral": [
        "Ketamine lozenges are prescribed at this practice for use at home.",
        "Ketamine lozenges for use at home are prescribed by Dr. Ashgrove.",
        "Ketamine lozenges are sent by courier to the member's home.",
        "The ketamine tablets are mailed by the pharmacy to the home of each member.",
        "Consent to treatment with ketamine lozenges at home",
        "I agree to receive ketamine lozenges for use at home.",
        "Sublingual ketamine for use at home is prescribed by the clinicians of the practice.",
        "Four ketamine troches are dispatched to each member every month.",
        "Ketamine troches are delivered in a plain envelope to the address on file.",
        "You will receive ketamine as a lozenge to be taken at home.",
    ],
    "at-home-nasal": [
        "Ketamine nasal spray is prescribed at this practice for use at home.",
        "A ketamine nasal spray for home use is prescribed by Dr. Ashgrove.",
        "The ketamine spray is sent by courier to the member's home.",
        "Intranasal ketamine is mailed by the pharmacy to the home of the member.",
        "Consent to treatment with ketamine nasal spray at home",
        "I agree to receive intranasal ketamine for use at home.",
        "Intranasal ketamine for use at home is prescribed by the clinicians of the practice.",
        "One ketamine nasal spray is dispatched to each member every month.",
        "The compounded nasal spray of ketamine is delivered to the address on file.",
        "You will receive ketamine as a nasal spray to be used at home.",
    ],
    "at-home-injection": [
        "Self-injected ketamine is prescribed at this practice.",
        "Pre-filled ketamine syringes are prescribed by Dr. Ashgrove.",
        "Ketamine injections are sent in a cooled box to the member's home.",
        "Pre-filled syringes of ketamine are mailed to the home of the member.",
        "Consent to at-home ketamine injections",
        "I agree to receive subcutaneous injections of ketamine at home.",
        "At-home ketamine injections are supervised by the nurses of the practice.",
        "Two ketamine auto-injectors are dispatched to each member every month.",
        "The ketamine syringes are delivered to the address on file.",
        "Self-administered injection of ketamine: consent form",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("line", "text"), [(k, t) for k, said in SAID.items() for t in said])
def test_offers_in_the_passive(line: str, text: str) -> None:
    assert offered(f"<h1>Ketamine</h1><p>{text}</p>") == {line}


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine can be given by injection into a muscle.",
        "Ketamine may be administered as an infusion, as a lozenge or into a muscle.",
        "Intramuscular ketamine has been given in hospitals for fifty years.",
        "In the trial, ketamine was given by intramuscular injection.",
        "In a 2019 study IV ketamine is given to sixty volunteers.",
        "At infusion clinics ketamine is given through an IV by a nurse.",
        "Spravato is administered only at certified centers.",
        "Spravato is given in the office of a certified provider.",
        "Intravenous infusions are not performed at this practice.",
        "IV and lozenges are not offered at this practice.",
        "Ketamine for use at home, whether as lozenges or as a spray, is not prescribed here.",
        "Injections for use at home are not offered and will not be.",
        "Some companies by which lozenges are sent to the homes of the patients ask little.",
        "Lozenges are sent through the mail by companies in many states.",
        "At other practices ketamine infusions are given by Dr. Ashgrove's friends.",
        "Unlike lozenges, IV ketamine is given by a nurse of the practice down the road.",
        "Battlefield medics carried intramuscular ketamine.",
        "The most common route is intravenous: an infusion is given over forty minutes.",
        "Ketamine-assisted therapy is not provided at this practice.",
        "Before her residency Dr. Ashgrove gave intramuscular ketamine in an emergency room.",
        "Is intramuscular ketamine given at this practice?",
        "Intramuscular ketamine is available at the practice of Dr. Low in Dale.",
        "Consent may be withdrawn; infusions of ketamine are described in the literature.",
        "Vitamin infusions are given in this office, and ketamine is discussed.",
        "Those who have had ketamine infusions at another practice are asked for their records.",
        "I understand that alternatives exist, among them Spravato and infusions.",
        "Referrals for Spravato are made by Dr. Ashgrove.",
        "It was in the seventies that intramuscular ketamine was given by Dr. Ashgrove's teacher.",
    ],
)
def test_talk_in_the_passive_offers_nothing(text: str) -> None:
    assert offered(f"<h1>Ketamine</h1><p>{text}</p><p>{text} So it is.</p>") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Spravato is not dispensed to patients for use outside the office.",
        "Spravato is not prescribed at this practice for those conditions.",
        "Spravato is not given here for panic or pain.",
        "Spravato is never administered on the day of another dose.",
        "Spravato is not provided where a ride home is missing.",
    ],
)
def test_a_limit_in_the_passive_disowns_nothing(text: str) -> None:
    body = f"<p>Spravato is given at this practice.</p><p>{text}</p><p>Again: {text}</p>"
    assert offered(body) == {"spravato"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Intravenous infusions are not performed at this practice.", "in-clinic-iv"),
        ("IM ketamine is not offered.", "in-clinic-im"),
        ("Spravato is no longer given here.", "spravato"),
        ("Ketamine-assisted therapy is not provided by this practice.", "therapy"),
        ("Pre-filled syringes are never dispensed.", "at-home-injection"),
    ],
)
def test_what_is_not_given_is_disowned(text: str, line: str) -> None:
    read = site.read_site(ENGINE, [captured(f"<h1>Ketamine</h1><p>{text}</p>", "/x", "Elmford")])
    assert line in read.disowned and not read.offered
