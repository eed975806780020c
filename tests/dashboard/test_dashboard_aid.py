"""The reading aid, rules past their review, and folded groups: shown with what belongs to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from streamlit.testing.v1 import AppTest

from audit.catalog import catalog
from audit.catalog.rule import GROUPS
from audit.verdict import risk
from audit.verdict.risk import Risk, Step
from dashboard import frames, markup, server, tally, words
from data.findings import View, open_view
from data.store import Store

METHOD = risk.method()


@pytest.fixture
def view(dashboard_store: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    """The view that the app will read."""
    monkeypatch.setenv(frames.STORE_VARIABLE, str(dashboard_store))
    return open_view(Store.open(dashboard_store))


def draw(page: str = "", **address: str) -> BeautifulSoup:
    """All HTML of the app at an address."""
    app = AppTest.from_file(str(server.APP), default_timeout=60)
    app.query_params |= address
    if page:
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception
    return BeautifulSoup("".join(h.proto.body for h in app.get("html")), "html.parser")


def words_of(found: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in found.select(selector)]


def risk_of(view: View, provider: str, line: str) -> Risk:
    """The aid as the export has it."""
    found = risk.risks(view.findings().to_pylist())
    (one,) = [r for r in found if (r.provider_id, r.service_line) == (provider, line)]
    return one


def test_the_provider_page_shows_the_score_with_all_that_it_needs(view: View) -> None:
    provider, line = "juniperway.example", "in-clinic-iv"
    wanted = risk_of(view, provider, line)
    (aid,) = words_of(draw("provider", provider=provider, line=line), ".kw-aid")
    assert f"{wanted.score:.0f} of 100" in aid
    assert f"From {wanted.low:.0f} to {wanted.high:.0f} with what is not known" in aid
    assert f"{wanted.judged} of {wanted.applicable} rules that apply could be judged" in aid
    assert f"({100 * wanted.share_judged:.0f} %)" in aid
    assert METHOD.formula in aid and METHOD.caveat in aid and METHOD.version in aid


def test_the_path_has_its_five_steps_and_what_was_said_of_each(view: View) -> None:
    provider, line = "juniperway.example", "at-home-oral"
    page = draw("provider", provider=provider, line=line)
    steps = dict(zip(words_of(page, ".kw-path strong"), page.select(".kw-path li"), strict=True))
    assert [name.lower() for name in steps] == list(METHOD.steps)
    for step in risk_of(view, provider, line).steps:
        text = " ".join(steps[step.name.capitalize()].get_text().split())
        for count, said in zip(
            (step.stated, step.not_found, step.unknown),
            ("stated", "not found or denied", "unknown"),
            strict=True,
        ):
            assert (f"{count} {said}" in text) is (count > 0)
    assert "no rule applies" in steps["Integration"].get_text()


def test_below_the_floor_there_is_no_number_but_the_reason(view: View) -> None:
    page = draw("provider", provider="greyheron.example")
    (aid,) = words_of(page, ".kw-aid")
    assert "No score: only 0 of 12 rules could be judged." in aid and "of 100" not in aid
    assert not page.select(".kw-scale-score") and METHOD.caveat in aid


def test_where_no_service_is_offered_nothing_is_weighed(view: View) -> None:
    page = draw("provider", provider="lanternhill.example")
    assert page.select(".kw-card") and not page.select(".kw-aid")


def test_the_overview_keeps_the_order_of_names_and_shows_the_method_once(view: View) -> None:
    page = draw()
    names = words_of(page, ".kw-providers > li > a")
    assert names == sorted(names, key=str.casefold)
    shown = risk_of(view, "bluehour.example", "at-home-oral")
    (own,) = [li for li in words_of(page, ".kw-providers > li") if "Blue Hour" in li]
    assert (
        f"At home, by mouth: reading aid {shown.score:.0f} (from {shown.low:.0f} to"
        f" {shown.high:.0f}; {shown.judged} of {shown.applicable} judged)"
    ) in own
    (method,) = words_of(page, ".kw-aid-method")
    assert METHOD.formula in method and METHOD.caveat in method
    (unseen,) = [li for li in words_of(page, ".kw-providers > li") if "Grey Heron" in li]
    assert "no score, only 0 of 12 rules could be judged" in unseen


def test_filters_choose_lines_and_never_change_the_aid(view: View) -> None:
    aids = words_of(draw(line="in-clinic-iv", group="claim"), ".kw-aids li")
    known = [aid for aid in aids if not aid.startswith(words.LINES["unknown"])]
    assert known and all(aid.startswith(words.LINES["in-clinic-iv"]) for aid in known)
    assert set(known) <= set(words_of(draw(), ".kw-aids li"))


def test_a_rule_past_its_review_says_so_where_it_is_shown(view: View) -> None:
    assert view.past_review == {"screening.pregnancy": "2026-11-23"}
    for page in (draw(), draw("provider", provider="bluehour.example")):
        notes = page.select(".kw-past")
        assert len(notes) == 1 and "again by 2026-11-23" in notes[0].get_text()
        rule = notes[0].find_parent(class_=["kw-card", "kw-rule"])
        assert rule is not None and "Asks about pregnancy" in rule.get_text()


@pytest.mark.parametrize(
    ("unfolded", "first", "wanted"),
    [(True, False, [True, True]), (False, True, [True, False]), (False, False, [False, False])],
)
def test_of_many_rules_only_the_first_group_is_unfolded(
    unfolded: bool, first: bool, wanted: list[bool]
) -> None:
    segments = ((words.SEGMENT["stated"], 3),)
    groups = [tally.GroupTally(title, [], segments) for title in ("Supervision", "Screening")]
    drawn = markup.render(
        "bars.html",
        kind=words.KINDS["required-disclosure"],
        groups=groups,
        unfolded=unfolded,
        first=first,
    )
    page = BeautifulSoup(drawn, "html.parser")
    assert [box.has_attr("open") for box in page.select(".kw-group-box")] == wanted
    assert words_of(page, "summary")[0] == "Supervision 0 rules ● Stated 3"


def test_the_path_of_no_rules_is_said() -> None:
    one = Risk("a", "therapy", 40.0, 30.0, 60.0, 5, 6, (Step("evaluation", 0, 0, 0),))
    drawn = markup.render("risk.html", risk=one, method=METHOD)
    assert "no rule applies" in drawn and "left: 30.0%; right: 40.0%" in drawn


def test_every_group_of_the_catalogue_has_a_title() -> None:
    groups = {words.group_of(rule_id) for rule_id in catalog.bundled().rules}
    assert groups <= GROUPS.keys()
