"""What a page shows only to who chooses from a list, or searches, is told by its kind."""

from __future__ import annotations

import pytest

from crawlers.responses.page_facts import look

STATES = "<option>Choose<option value=TX>Texas<option value=OH>Ohio<option value=ME>Maine"
PICKER = f"<section><h2>Find your state</h2><select onchange='show(this)'>{STATES}</select>"
TOPICS = "<option>Frequently asked questions<option>Side effects<option>Our team"


def _choices(html: str) -> set[str]:
    return set(look(html.encode(), "https://clinic.example/", "text/html").choices)


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        (PICKER, {"location"}),
        (f"<form><select name=state>{STATES}</select><button>Go</button></form>", {"location"}),
        (f"<label for=s>Consent forms</label><select id=s>{STATES}</select>", {"consent"}),
        (f"<div><select onchange='go(this.value)'>{TOPICS}</select></div>", {"faq", "safety"}),
        ("<form action=/kb><input type=search placeholder='Search our FAQ'></form>", {"faq"}),
    ],
)
def test_what_is_promised_to_who_chooses(html: str, kinds: set[str]) -> None:
    assert _choices(html) == kinds


@pytest.mark.parametrize(
    "html",
    [
        # A visitor tells of himself.
        f"<form method=post><select>{STATES}</select></form>",
        f"<form><input type=email><select>{STATES}</select></form>",
        f"<div><input type=text placeholder=Name><select>{TOPICS}</select></div>",
        # It only orders what is there.
        "<form><label>Sort by</label><select><option>Safety<option>Pricing</select></form>",
        # What it shows lies in the page.
        f"{PICKER}<div id=tx hidden>By video.</div><div data-state=OH></div><p id=ME></p>",
        f"<form><select name=cat>{TOPICS}</select></form>",
        # It promises nothing that rules ask for.
        "<select><option>Iv<option>Nasal</select>",
        "<form role=search><input type=search placeholder='Search this site'></form>",
        "<form method=post><input type=search placeholder='Search our FAQ'></form>",
        "<form><input placeholder='Your questions'></form>",
    ],
)
def test_what_promises_no_page(html: str) -> None:
    assert _choices(html) == set()


def test_addresses_in_a_list_are_links_where_nothing_is_told_with_them() -> None:
    listed = "<select name=go><option value=/faq>FAQ</select>"
    for form, hrefs in (("<form>", {"/faq"}), ("<form><input type=email>", set[str]())):
        html = f"{form}{listed}</form>".encode()
        links = look(html, "https://clinic.example/", "text/html").links
        assert {link.href for link in links} == hrefs
