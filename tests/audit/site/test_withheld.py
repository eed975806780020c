"""Things that a list says are not to be had, by its lead-in, its heading or how its items look."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import read
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = bundled_engine()
ITEMS = "<ul><li>Nurse on video during your session</li><li>Parking</li></ul>"


def asserted(body: str, rule: str = "supervision.live-monitoring") -> list[tuple[str, str]]:
    page = captured(f"<main><h1>Ketamine at home</h1>{body}</main>")
    claims = site.read_site(ENGINE, [page]).claims
    return [(c.stance, c.quote) for c in claims if c.rule_id == rule and not c.set_aside_reason]


@pytest.mark.parametrize(
    "lead",
    ["Not included", "What’s not included", "We do not provide", "We don’t offer", "Not available",
     "The price does not include", "You will not get", "No longer offered", "Not covered here",
     "Our price excludes", "Not part of the program", "What we never do"],
)  # fmt: skip
def test_what_a_list_withholds_is_denied(lead: str) -> None:
    ((stance, quote),) = asserted(f"<p>{lead}:</p>{ITEMS}")
    assert (stance, quote) == ("denies", f"{lead}:\nNurse on video during your session")
    ((stance, _),) = asserted(f"<h3>{lead}</h3>{ITEMS}")
    assert stance == "denies"
    ((stance, _),) = asserted(f"<p>{lead}:<br>• Nurse on video during your session</p>")
    assert stance == "denies"


@pytest.mark.parametrize(
    "lead",
    ["Included", "What you get", "You never pay extra for", "Every plan"],
)
def test_other_lists_state_what_they_say(lead: str) -> None:
    for body in (f"<p>{lead}:</p>{ITEMS}", f"<h3>{lead}</h3>{ITEMS}"):
        assert [stance for stance, _ in asserted(body)] == ["states"]


def test_what_others_withhold_is_not_denied() -> None:
    lead = "What other clinics do not offer"
    for body in (f"<p>{lead}:</p>{ITEMS}", f"<h3>{lead}</h3>{ITEMS}"):
        assert "denies" not in [stance for stance, _ in asserted(body)]


CLAIMS = "<ul><li>FDA-approved for depression</li><li>Cheap</li></ul>"


@pytest.mark.parametrize("lead", ["Ketamine is not", "What ketamine isn't", "Ketamine is NOT"])
def test_what_is_said_not_to_be_so_is_denied(lead: str) -> None:
    for body in (f"<p>{lead}:</p>{CLAIMS}", f"<h3>{lead}</h3>{CLAIMS}"):
        assert {stance for stance, _ in asserted(body, "claim.fda-approved")} == {"denies"}


@pytest.mark.parametrize("lead", ["Nobody can say that", "Do not believe that", "It is false that"])
def test_what_nobody_may_say_is_denied(lead: str) -> None:
    told = asserted(f"<p>{lead}:</p>{CLAIMS}", "claim.fda-approved")
    assert {stance for stance, _ in told} == {"denies"}


@pytest.mark.parametrize(
    "lead", ["Other clinics offer", "Elsewhere you get", "What competitors do"]
)
def test_what_others_offer_is_theirs(lead: str) -> None:
    assert asserted(f"<p>{lead}:</p>{ITEMS}") == []


def test_whom_it_is_not_for_stays_said() -> None:
    for lead in ("What we don't do", "We do not offer", "Not included", "Not for you with"):
        body = (
            f"<p>{lead}:</p><ul><li>Treatment for people with psychosis</li><li>Parking</li></ul>"
        )
        assert "denies" not in dict(asserted(body, "screening.psychosis-mania"))


@pytest.mark.parametrize(
    "name",
    ["excluded", "not-included", "item--excluded", "unavailable", "fa-times", "x", "disabled"],
)
def test_an_item_that_is_drawn_with_a_cross_is_crossed_out(name: str) -> None:
    html = f"<ul><li class=ok>Coach</li><li class='{name}'>Nurse on video</li></ul>"
    found = read(f"<main>{html}</main>".encode(), url="https://clinic.example/x").blocks
    assert found[0].text == "Coach\n✗ Nurse on video"


@pytest.mark.parametrize("name", ["no-wrap", "x-large", "cross-sell", "nox", "included", "noted"])
def test_an_item_that_is_called_otherwise_is_not(name: str) -> None:
    html = f"<ul><li>Coach</li><li class='{name}'>Nurse on video</li></ul>"
    found = read(f"<main>{html}</main>".encode(), url="https://clinic.example/x").blocks
    assert found[0].text == "Coach\nNurse on video"


@pytest.mark.parametrize(
    "icon",
    ["<i data-feather=x></i>", "<i data-lucide='x'></i>", "<span data-icon='mdi:close'></span>"],
)
def test_an_icon_that_a_script_draws_is_what_it_is_called(icon: str) -> None:
    html = f"<ul><li>{icon} Nurse on video</li><li>Coach</li></ul>"
    found = read(f"<main>{html}</main>".encode(), url="https://clinic.example/x").blocks
    assert found[0].text == "✗ Nurse on video\nCoach"


def test_a_deletion_by_role_is_withdrawn() -> None:
    html = "<main><p>A nurse <span role=deletion>always</span> calls.</p></main>"
    (block,) = read(html.encode(), url="https://clinic.example/x").blocks
    assert block.text == "A nurse calls."
