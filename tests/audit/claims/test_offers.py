"""Offers in the words that sites use: whose name, which verb, a price, a line without a verb."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
HEADS = "<tr><th></th><th>Us</th><th>Other clinics</th></tr>"


def offered(body: str, path: str = "/", title: str = "Fernhollow, by Quillon") -> set[str]:
    return set(site.read_site(ENGINE, [captured(body, path, title)]).offered)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # The provider by its name.
        ("Fernhollow mails ketamine lozenges to adults in Utah.", "at-home-oral"),
        ("Since 2021 Fernhollow Health has been sending troches to patients.", "at-home-oral"),
        ("Quillon ships a ketamine nasal spray to members in five states.", "at-home-nasal"),
        ("The program delivers low-dose ketamine tablets to your doorstep.", "at-home-oral"),
        ("Ketamine lozenges are shipped to adults in Utah once a month.", "at-home-oral"),
        # "We" without "you".
        ("We post ketamine troches to adults.", "at-home-oral"),
        ("We only ship rapid-dissolve tablets.", "at-home-oral"),
        ("Troches are the one medicine that we mail.", "at-home-oral"),
        ("Tablets under the tongue? No. Lozenges are all we ship.", "at-home-oral"),
        ("We mail a nasal spray of compounded ketamine.", "at-home-nasal"),
        ("We send ketamine injections in a cooled box.", "at-home-injection"),
        ("We ship pre-filled ketamine pens.", "at-home-injection"),
        # Words that say that it is offered, without a verb.
        ("Ketamine troches, used at home", "at-home-oral"),
        ("Ketamine tablets by mail for adults in Utah and Nevada", "at-home-oral"),
        ("Mail-order ketamine lozenges with a nurse on call", "at-home-oral"),
        ("A ketamine nasal spray, taken at home", "at-home-nasal"),
        ("Quickpen: the at-home ketamine injection", "at-home-injection"),
        ("A small pen that you push against your thigh yourself, at home.", "at-home-injection"),
        ("Members inject themselves twice a week.", "at-home-injection"),
        # In a clinic.
        ("We administer ketamine in three ways: by slow drip, by IM shot or as a spray.",
         "in-clinic-iv"),
        ("We administer ketamine in two ways: as a drip or as an intramuscular injection.",
         "in-clinic-im"),
        ("Clients are given ketamine through an IV.", "in-clinic-iv"),
        ("You get ketamine as an intramuscular injection.", "in-clinic-im"),
        ("An infusion is the only way in which we give ketamine.", "in-clinic-iv"),
        # Prices.
        ("IV ketamine: $450", "in-clinic-iv"),
        ("$390 for each ketamine infusion", "in-clinic-iv"),
        ("Intramuscular session, 90 minutes - $280", "in-clinic-im"),
        ("Ketamine lozenges, eight doses $180", "at-home-oral"),
        ("Spravato visit (without insurance) $310", "spravato"),
    ],
)  # fmt: skip
def test_what_a_main_page_offers(text: str, line: str) -> None:
    assert line in offered(f"<h1>Ketamine</h1><p>{text}</p>", "/treatments")


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine lozenges dissolve under the tongue.",
        "A rival mails ketamine lozenges to adults in Utah.",
        "Some start-ups mail ketamine lozenges to adults in Utah.",
        "One company in Utah ships lozenges to members.",
        "We do not mail lozenges.",
        "We do not prescribe ketamine for home, whether as lozenges or as a spray.",
        "Nor do we prescribe ketamine to be taken at home, as lozenges or otherwise.",
        "Fernhollow never mails ketamine lozenges to adults.",
        "Lozenges are not a medicine that we mail.",
        "Until 2021 pharmacies mailed lozenges to adults.",
        "We used to mail lozenges to adults.",
        "From next year we will mail lozenges to adults.",
        "In 2019 Fernhollow stopped mailing lozenges to members.",
        "Our pharmacy shelf holds lozenges, vitamins and teas.",
        "Do you mail lozenges to adults?",
        "Ketamine lozenges at home: our position",
        "A rival start-up with at-home ketamine shots",
        "They gave me four shots of ketamine that I would post about.",
        "We ship vitamin B12 injections for ketamine patients.",
        "At home shots of ketamine tempted us, and we looked at home shots twice.",
        "Lozenges at home or infusions in a clinic?",
        "At-home ketamine lozenges: what the studies say",
        "Lozenges taken at home are less predictable.",
        "At-home injections are dangerous.",
        "We never send injections home, and nobody injects themselves.",
        "Spravato nasal spray, taken at home",
        "Oral ketamine at home versus other routes",
        "In trials, patients receive ketamine by IV.",
        "Some patients receive ketamine by IV elsewhere.",
        "Clients who receive ketamine by IV at a partner clinic come to us to talk.",
        "Ketamine is given in several ways: as an infusion, a shot or a lozenge.",
        "Ketamine infusions cost $400 to $900 each.",
        "At a typical clinic: infusion $600",
        "Vitamin infusion $150",
        "Compared with an infusion: $139, not $500",
        "We send you a letter about lozenges if you ask.",
    ],
)
def test_talk_is_no_offer_on_a_main_page(text: str) -> None:
    assert offered(f"<h1>Ketamine</h1><p>{text}</p>", "/treatments") == set()


@pytest.mark.parametrize(
    "text",
    [
        "We ship pre-filled pens to your door.",
        "Inject yourself at home once a week.",
        "We mail sublingual tablets.",
        "Drip of the month, IV therapy: $150",
        "Intramuscular shot: $30",
    ],
)
def test_other_medicines_are_mailed_and_priced_too(text: str) -> None:
    nav = "<nav><ul><li>Ketamine</li><li>Peptides</li></ul></nav>"
    assert offered(f"{nav}<h1>Wellness</h1><p>{text}</p>", "/treatments") == set()
    assert offered(f"<h1>Peptide injections</h1><p>{text}</p>", "/treatments") == set()


@pytest.mark.parametrize(
    ("title", "is_own"),
    [("Lozenges | Fernhollow", True), ("Fern-Hollow: fees", True), ("Fees | Elmford", False)],
)
def test_whose_name_it_is_that_sends(title: str, is_own: bool) -> None:
    said = "<p>Fernhollow Health mails ketamine lozenges to adults in Utah.</p>"
    assert offered(said, "/treatments", title) == ({"at-home-oral"} if is_own else set())
    footer = "<footer><p>© 2026 Fernhollow</p></footer>"
    assert offered(said + footer, "/treatments", title) == {"at-home-oral"}


def test_once_in_a_faq_is_not_enough() -> None:
    said = "<p>Fernhollow mails ketamine lozenges to adults in Utah.</p>"
    assert offered(said, "/faq") == set()
    assert offered(said, "/blog/mail") == set()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<ul><li>Ketamine infusion <b>$425</b></li><li>Visit <b>$90</b></li></ul>",
         "in-clinic-iv"),
        ("<table><tr><td>Ketamine IM session</td><td>$300</td></tr></table>", "in-clinic-im"),
    ],
)  # fmt: skip
def test_a_price_list_offers_what_it_names(body: str, line: str) -> None:
    assert line in offered(f"<h1>Prices</h1>{body}", "/pricing")


@pytest.mark.parametrize(
    "body",
    [
        "<h2>What other clinics charge</h2><ul><li>Ketamine infusion $425</li></ul>",
        f"<table>{HEADS}<tr><td>IV infusion</td><td>none</td><td>$600</td></tr></table>",
    ],
)
def test_prices_of_others_offer_nothing(body: str) -> None:
    assert "in-clinic-iv" not in offered(f"<h1>Prices</h1>{body}", "/pricing")


def test_a_heading_and_a_menu_are_an_offer_together() -> None:
    heading = "<h1>Infusions and intramuscular sessions for low mood</h1>"
    menu = "<nav><ul><li>Infusions</li><li>IM sessions</li><li>About</li></ul></nav>"
    assert offered(heading) == set()
    assert offered(menu + heading) == {"in-clinic-iv", "in-clinic-im"}


@pytest.mark.parametrize(
    "text",
    [
        "We never mail lozenges to people who drink.",
        "We do not ship lozenges to minors.",
        "We do not mail lozenges in such a case.",
        "We do not send troches outside Utah if nobody signs for them, or before a video visit.",
        "We won't mail tablets that dissolve without a visit.",
        "Lozenges are not sent to members whose blood pressure is high.",
    ],
)
def test_not_to_these_is_to_others(text: str) -> None:
    body = f"<p>We mail ketamine lozenges to adults.</p><p>{text}</p><p>Again: {text}</p>"
    assert offered(body) == {"at-home-oral"}


@pytest.mark.parametrize("never", ["no longer", "do not", "don't", "never"])
def test_not_at_all_disowns(never: str) -> None:
    body = f"<p>We mail ketamine lozenges to adults.</p><p>We {never} mail lozenges.</p>"
    assert offered(body) == set()


HOME = "<p>At-home ketamine, shipped to your door.</p>"


@pytest.mark.parametrize(
    "own",
    [
        "<h1>Meet Calma, our gentle ketamine melt</h1>",
        "<p>Your kit holds an eye mask and your Calma troches.</p>",
        "<p>You let the tablet melt: our ketamine tablets taste of mint.</p>",
    ],
)
@pytest.mark.parametrize(
    "home",
    [
        HOME,
        "<h1>Ketamine at home</h1>",
        "<p>We provide at-home ketamine therapy.</p>",
        "<p>Mail-order ketamine with a nurse on call</p>",
        "<p>Take ketamine in the comfort of your own home.</p>",
    ],
)
def test_a_form_and_the_home_said_apart(own: str, home: str) -> None:
    pages = [captured(home, "/", "Elmford"), captured(own, "/treatments/calma", "Calma")]
    read = site.read_site(ENGINE, pages)
    assert read.offered == {"at-home-oral"}
    assert "at-home-oral" in {offer.line for offer in read.offers if offer.line in read.offered}


@pytest.mark.parametrize(
    ("own", "home"),
    [
        ("<h1>Our ketamine lozenges in the office</h1>", HOME),
        ("<h1>Our ketamine melt</h1>", "<p>At-home ketamine is not what we do.</p>"),
        ("<h1>Our ketamine melt</h1>", "<p>We never send ketamine to your home.</p>"),
        ("<h1>What a ketamine melt tastes of</h1>", HOME),
        ("<p>Bring your lozenges to our session.</p>", HOME),
        ("<h1>Our ketamine melt</h1>", "<p>Talks for people who use at-home ketamine</p>"),
        ("<h1>Our ketamine melt</h1><p>We no longer mail lozenges.</p>", HOME),
    ],
)
def test_one_half_alone_is_no_line(own: str, home: str) -> None:
    pages = [captured(home, "/", "Elmford"), captured(own, "/treatments/calma", "Calma")]
    read = site.read_site(ENGINE, pages)
    assert read.offered == frozenset() and not read.disowned - {"at-home-oral"}
