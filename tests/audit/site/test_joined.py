"""What several blocks of a page say together, and none of them alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit import provider_audit
from audit.claims.engines import bundled_engine
from audit.pages.blocks import Block
from audit.pages.places import Outline
from audit.site import site
from audit.site.together import together
from data.models import Claim
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
OURS = "<p>We offer ketamine lozenges for use at home.</p>"
ADDRESS, NUMBER = "418 Tannery Street, Marlow, OH 43999", "614-555-0172"


def stated(body: str, rule_id: str, path: str = "/ketamine") -> list[Claim]:
    read = captured(OURS + body, path, "Ketamine at home")
    reading = site.read_site(ENGINE, [read])
    texts = {("", *key[1:]): text for key, text in reading.joined.items()}
    texts |= {("", b.css_path, b.ordinal): b.text for b in read.text.blocks}
    for claim in reading.claims:
        text = texts["", claim.css_path, claim.block_ordinal]
        assert text[claim.char_start : claim.char_end] == claim.quote
    found = [c for c in reading.claims if c.rule_id == rule_id and c.stance == "states"]
    return [c for c in found if c.status == "asserted"]


@pytest.mark.parametrize(
    "body",
    [
        f"<footer><div><div>{ADDRESS}</div><div>Call {NUMBER}</div></div></footer>",
        f"<main><h1>Contact</h1><p>{ADDRESS}. Parking is behind.</p><p>Text {NUMBER}.</p></main>",
        f"""<footer><div><h4>Find us</h4><p>{ADDRESS}</p></div>
        <div><h4>Ring us</h4><p>{NUMBER}</p></div></footer>""",
        f"""<footer><address><div>Invented Clinic</div><div>{ADDRESS}</div>
        <a href=tel:1>{NUMBER}</a></address></footer>""",
        f"""<h2>Visit</h2><div class=card><div>Phone</div><div>{NUMBER}</div><div>Address</div>
        <div>{ADDRESS}</div></div>""",
    ],
)
def test_an_address_and_its_number_in_neighbouring_boxes(body: str) -> None:
    (claim,) = stated(body, "identity.contact", "/contact")
    assert ADDRESS in claim.quote
    assert NUMBER in claim.quote


@pytest.mark.parametrize(
    "body",
    [
        f"<footer><div>{ADDRESS}</div><div>Fax {NUMBER}</div></footer>",
        f"<footer><p>{ADDRESS}</p><p>In a crisis call 800-273-8255.</p></footer>",
        f"<h2>Our pharmacy</h2><p>The pharmacy is at {ADDRESS}.</p><p>It answers at {NUMBER}.</p>",
        "<footer><div>903 Orchard Avenue, Marlow, OH 43999</div><div>Write to us.</div></footer>",
        f"<h2>Visit</h2><p>{ADDRESS}</p>" + "<p>We like it here.</p>" * 9 + f"<p>{NUMBER}</p>",
    ],
)
def test_an_address_without_its_number(body: str) -> None:
    assert not stated(body, "identity.contact", "/contact")


def test_a_contact_that_is_complete_counts_once() -> None:
    body = f"<footer><p>{ADDRESS}, {NUMBER}</p><p>{ADDRESS}</p></footer>"
    assert len(stated(body, "identity.contact", "/contact")) == 1


RISKS = ("Heavy drowsiness", "Feeling detached", "Raised blood pressure", "Bladder trouble")


def cards(titles: tuple[str, ...], item: str) -> str:
    return "".join(item.format(title, "It is listed here for you.") for title in titles)


ITEMS = [
    "<h3>{}</h3><p>{}</p>",
    "<div><h4>{}</h4><p>{}</p></div>",
    "<div class=card><div>{}</div><div>{}</div></div>",
    "<div class=col><div class=card><div class=h5>{}</div><div><p>{}</p></div></div></div>",
    "<dl><dt>{}</dt><dd>{}</dd></dl>",
    "<details><summary>{}</summary><p>{}</p></details>",
]


@pytest.mark.parametrize("item", ITEMS)
def test_side_effects_in_boxes_of_their_own_are_counted_together(item: str) -> None:
    body = f"<h2>Possible side effects of ketamine</h2><div>{cards(RISKS, item)}</div>"
    (claim,) = stated(body, "risk.core-adverse-effects")
    assert all(risk in claim.quote for risk in RISKS)


@pytest.mark.parametrize("item", ITEMS)
def test_three_side_effects_are_no_four(item: str) -> None:
    body = f"<h2>Possible side effects of ketamine</h2><div>{cards(RISKS[:3], item)}</div>"
    assert not stated(body + "<h2>More</h2><p>Bladder trouble.</p>", "risk.core-adverse-effects")


@pytest.mark.parametrize("item", ITEMS)
def test_exclusions_in_boxes_stand_under_the_heading_that_excludes(item: str) -> None:
    names = ("Glaucoma", "Severe liver disease", "Heart failure")
    body = f"<h2>Who should not take ketamine</h2>{cards(names, item)}"
    assert stated(body, "screening.other-medical")
    body = f"<h2>Conditions that we see every week</h2>{cards(names, item)}"
    assert not stated(body, "screening.other-medical")


@pytest.mark.parametrize("item", ITEMS)
def test_steps_in_boxes_are_read_together(item: str) -> None:
    said = (
        ("1. Evaluation", "You talk with Dr. Elm."),
        ("2. Preparation", "Two sessions with your therapist."),
        ("3. Integration", "You meet your therapist again within three days."),
    )
    body = "".join(item.format(*step) for step in said)
    assert stated(f"<h2>How ketamine therapy works</h2>{body}", "followup.preparation-integration")
    body = "".join(item.format(*step) for step in said[:2])
    assert not stated(f"<h2>How it works</h2>{body}", "followup.preparation-integration")


@pytest.mark.parametrize("item", ITEMS)
def test_what_one_item_says_alone_is_said_once(item: str) -> None:
    said = f"We watch for all of these: {', '.join(RISKS).lower()}."
    body = f"<h2>Side effects of ketamine</h2>{item.format('Most of them', said)}"
    body += item.format("What else", "It is listed here for you.")
    (claim,) = stated(body, "risk.core-adverse-effects")
    assert claim.quote == said


ROW = "<div><div><svg></svg></div><div><p>{}</p></div></div>"


@pytest.mark.parametrize("item", [ROW, "<p>{}</p>", "<div>{}</div>"])
def test_fragments_in_boxes_go_on_from_the_line_that_leads_in(item: str) -> None:
    names = ("glaucoma", "severe disease of the liver", "Heart failure at present")
    rows = "".join(map(item.format, names))
    body = f"<h2>Safety</h2><p>{{}}</p>{rows}<p>We talk about all of it.</p>"
    (claim,) = stated(
        body.format("We do not give ketamine to people with:"), "screening.other-medical"
    )
    assert "severe disease of the liver" in claim.quote
    assert not stated(body.format("We also see people with:"), "screening.other-medical")
    assert not stated(body.format("We do not see everybody."), "screening.other-medical")


@pytest.mark.parametrize(
    "box",
    [
        "<p>Glaucoma<br>Severe disease of the liver<br>Heart failure at present</p>",
        "<div>- Glaucoma<br>- Severe disease of the liver<br>- Heart failure</div>",
        "<p>glaucoma, severe disease of the liver, heart failure</p>",
    ],
)
def test_several_fragments_in_one_box_go_on_from_the_line_that_leads_in(box: str) -> None:
    body = f"<h2>Safety</h2><p>{{}}</p>{box}<p>We talk about all of it.</p>"
    (claim,) = stated(
        body.format("We do not give ketamine to people with:"), "screening.other-medical"
    )
    assert "evere disease of the liver" in claim.quote
    assert not stated(body.format("We also see people with:"), "screening.other-medical")
    assert not stated(body.format("We do not see everybody."), "screening.other-medical")


def test_sentences_under_a_line_with_a_colon_are_no_list() -> None:
    said = "<p>We do not give ketamine to people with:</p><p>Our nurses know glaucoma well.</p>"
    assert not stated(
        f"<h2>Safety</h2>{said}<p>They know the liver.</p>", "screening.other-medical"
    )


def test_testimonials_and_other_providers_are_not_joined() -> None:
    quotes = "".join(f"<blockquote><h3>{r}</h3><p>I had it.</p></blockquote>" for r in RISKS)
    assert not stated(f"<h2>Side effects</h2>{quotes}", "risk.core-adverse-effects")


def test_the_passage_of_what_was_joined_is_kept_as_evidence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = f"<h1>Ketamine</h1>{OURS}<h2>Side effects of ketamine</h2>{cards(RISKS, ITEMS[0])}"
    page = replace(captured(body, "/").page, captured_at="2026-11-24T00:00:00Z")
    monkeypatch.setattr(provider_audit, "_body", lambda store, given: body.encode())
    provider = {"provider_id": "clinic.example", "service_lines": ["at-home-oral"]}
    judged = provider_audit.audit_provider(
        provider_audit.Job(tmp_path, provider, (page,), (), (), "2026-11-24T00:00:00Z")
    )
    (shown,) = (e.claim for e in judged.evidence if e.claim.rule_id == "risk.core-adverse-effects")
    kept = {(p.css_path, p.block_ordinal): p.text for p in judged.passages}
    text = kept[shown.css_path, shown.block_ordinal]
    assert text[shown.char_start : shown.char_end] == shown.quote
    assert all(risk in shown.quote for risk in RISKS)


def test_pages_of_a_pdf_have_no_elements_to_join() -> None:
    lines = [f"{n} {title}" for n, title in enumerate(RISKS)]
    blocks = [Block(t, "heading", "main", "Risks", ("Risks",), "", n) for n, t in enumerate(lines)]
    pages = [replace(b, outline=Outline([], []), element=n) for n, b in enumerate(blocks)]
    (whole,) = together(pages, ENGINE.mentions)
    assert whole.block.text == "\n".join(lines)
    assert whole.block.ordinal == 1


def test_a_page_of_many_boxes_is_read_in_bounds() -> None:
    item = "<div class=card><div>Title</div><div>Some text of a card, not long.</div></div>"
    body = f"<h2>All of it</h2><div>{item * 3000}</div>" + "<div>" * 300 + ADDRESS
    assert not stated(body, "identity.contact")
