"""Both pages, drawn through the app's entry as a reader's browser would ask for them."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from dashboard import downloads, frames, words
from data.decisions import Decisions, Kind
from data.findings import Filter, View
from tests.dashboard.drawn import draw, soup, texts

CAVEAT = "Not stated is not the same as not done."


@pytest.mark.parametrize("page", ["", "provider"])
def test_every_page_says_how_to_read_it_and_when_it_was_captured(view: View, page: str) -> None:
    (caveat,) = texts(soup(draw(page)), ".kw-caveat")
    assert CAVEAT in caveat and "unreviewed" in caveat and "2026-11-24" in caveat


def test_the_overview_names_who_could_not_be_looked_at_and_why(view: View) -> None:
    (lead,) = texts(soup(draw()), ".kw-lead")
    assert lead.startswith("14 providers in scope, looked at on 2026-11-24.")
    assert "2 of them could not be looked at: Grey Heron Care (the website did not answer)" in lead


def test_every_finding_is_counted_and_could_not_look_is_in_its_bar(view: View) -> None:
    page = soup(draw())
    counts = sum(int(b.get_text()) for b in page.select(".kw-seg b"))
    assert counts == view.findings().num_rows
    unseen = sum(int(b.get_text()) for b in page.select(".kw-seg.kw-unseen b"))
    assert unseen == view.findings()["outcome"].to_pylist().count("not_tested") > 0


def test_a_share_stands_beside_its_interval_denominator_and_coverage(view: View) -> None:
    page = soup(draw(group=["supervision"]))
    assert "33 % state it (4 of 12 judged; 95 % interval 14 to 61 %)" in texts(page, ".kw-share")
    assert "Coverage: 15 of 18 could be looked at." in texts(page, ".kw-rule-bar > .kw-fine")


def test_filters_come_from_the_address_and_go_back_into_it(view: View) -> None:
    app = draw(group=["claim"])
    assert len(soup(app).select(".kw-rule")) == 2
    app.multiselect(key="filter-line").select("therapy").run()
    assert app.query_params["line"] == "therapy" and app.query_params["group"] == "claim"
    app.multiselect(key="filter-line").set_value([]).run()
    assert "line" not in app.query_params


def test_an_unknown_filter_is_named_instead_of_silently_dropped(view: View) -> None:
    assert (
        "provider 'nobody.example'"
        in texts(soup(draw(provider="nobody.example")), ".kw-problem")[0]
    )


def test_an_unknown_provider_never_shows_somebody_else(view: View) -> None:
    page = soup(draw("provider", provider="nobody.example"))
    assert not page.select(".kw-card") and not page.select("h1")


def test_an_unknown_run_is_a_message(view: View) -> None:
    assert "no run '<b>1</b>'" in texts(soup(draw(run="<b>1</b>")), ".kw-problem")[0]


def test_a_provider_page_has_a_card_for_each_finding_of_its_lines(view: View) -> None:
    wanted = Filter(providers=("juniperway.example",))
    all_ids = set(view.findings(wanted)["finding_id"].to_pylist())
    app = draw("provider", provider="juniperway.example")
    first = {card["id"] for card in soup(app).select(".kw-card")}
    app.selectbox(key="choice-line").select("in-clinic-iv").run()
    second = {card["id"] for card in soup(app).select(".kw-card")}
    assert first | second == all_ids and not first & second
    assert app.query_params["line"] == "in-clinic-iv"


@pytest.mark.parametrize("page", ["", "provider"])
def test_a_page_takes_no_step_in_the_history_by_itself(view: View, page: str) -> None:
    app = draw(page)
    assert app.query_params == {}
    (exact,) = soup(app).select(".kw-foot a")
    assert ("provider=" in exact["href"] and "line=" in exact["href"]) == (page == "provider")


def test_an_address_that_changed_behind_the_widgets_is_followed(view: View) -> None:
    app = draw("provider", provider="juniperway.example")
    app.selectbox(key="choice-provider").select("inkwell.example").run()
    app.query_params["provider"] = "juniperway.example"
    app.run()
    assert texts(soup(app), "h1") == ["Juniper Way"]


def test_filters_follow_an_address_that_changed(view: View) -> None:
    app = draw(group=["claim"])
    app.multiselect(key="filter-group").set_value(["supervision"]).run()
    assert len(soup(app).select(".kw-rule")) == 4
    app.query_params["group"] = ["claim"]
    app.run()
    assert len(soup(app).select(".kw-rule")) == 2


def test_a_choice_made_while_the_address_is_late_stands(view: View) -> None:
    app = draw("provider", provider="juniperway.example")
    app.query_params["provider"] = "bluehour.example"
    app.selectbox(key="choice-provider").select("inkwell.example").run()
    assert app.query_params["provider"] == "inkwell.example"


def test_another_provider_starts_at_its_own_first_line(view: View) -> None:
    app = draw("provider", provider="juniperway.example", line="in-clinic-iv")
    app.selectbox(key="choice-provider").select("inkwell.example").run()
    assert app.query_params == {"provider": "inkwell.example"}
    assert texts(soup(app), "h1") == ["Inkwell Therapy Rooms"] and not soup(app).select(
        ".kw-problem"
    )


def test_quotes_stand_in_their_blocks_with_their_archive_record(view: View) -> None:
    wanted = Filter(providers=("bluehour.example",))
    page = soup(draw("provider", provider="bluehour.example"))
    rows = view.evidence(wanted).to_pylist()
    assert sorted(texts(page, "blockquote mark")) == sorted(row["quote"] for row in rows)
    block = texts(page, "blockquote")[0]
    assert block.startswith("What happens on the day.") and block.endswith("nobody hurries you.")
    record = texts(page, ".kw-record")[0]
    assert "bluehour.example.warc.gz" in record and "<urn:uuid:" in record
    assert page.select_one(".kw-quote a[href*=':~:text=']") is not None


def test_a_quote_that_the_second_reader_found_alone_is_told_apart(view: View) -> None:
    page = soup(draw("provider", provider="bluehour.example"))
    rows = view.evidence(Filter(providers=("bluehour.example",))).to_pylist()
    alone = [r["quote"] for r in rows if (r["decided_by"], r["role"]) == ("reader", "claim")]
    marked = texts(page, ".kw-quote:has(> p:-soup-contains('no pattern foresaw')) mark")
    assert sorted(marked) == sorted(alone) != []
    records = " ".join(texts(page, ".kw-record"))
    assert all(said in records for said in words.HEARD_BY.values())


def test_an_absence_shows_what_was_searched_and_its_nearest_miss_as_such(view: View) -> None:
    page = soup(draw("provider", provider="calmwater.example"))
    absent = next(
        card
        for card in page.select(".kw-card")
        if "Not found" in card.get_text() and card.select(".kw-near")
    )
    text = " ".join(absent.get_text().split())
    assert "Nearest miss: close, but not counted" in text
    assert "6 pages read, of these types: home, how it works, faq" in text
    assert "https://calmwater.example/how-it-works" in text and "(dead link)" in text


def test_who_could_not_be_looked_at_is_neither_praised_nor_blamed(view: View) -> None:
    page = soup(draw("provider", provider="greyheron.example"))
    assert "neither for nor against" in texts(page, ".kw-notice")[0]
    assert texts(page, ".kw-tile") == ["12 ▨ Could not look"]
    assert "timeout" in texts(page, ".kw-box")[0] and "Try again" in texts(page, ".kw-box")[0]
    assert "No link leads to" not in page.get_text()


def test_hostile_text_is_shown_as_text(view: View) -> None:
    app = draw("provider", provider="hostile.example")
    page = soup(app)
    assert not page.select("script, img, iframe, [onerror]")
    assert "<script>window.pwned=1</script> `code` $\\LaTeX$" in page.get_text()
    assert "Aword" * 2_000 in page.get_text() and "\u202e" not in page.get_text()
    assert not app.markdown and not app.error


def test_links_lead_to_the_web_only_and_keep_their_opener(view: View) -> None:
    for link in soup(draw("provider", provider="hostile.example")).select("a[target=_blank]"):
        assert str(link["href"]).startswith("https://") and "noopener" in link["rel"]


def test_a_pinned_run_stays_pinned_in_links_and_pages(view: View) -> None:
    app = draw(run=view.run.run_id)
    link = soup(app).select_one(".kw-providers a")
    assert link is not None and f"&run={view.run.run_id}" in link["href"]
    exact = soup(app).select_one(".kw-foot a")
    assert exact is not None and f"audit={view.audit.audit_id}" in exact["href"]
    app.query_params.clear()
    app.switch_page("app_pages/provider.py").run()
    assert app.query_params["run"] == view.run.run_id


def test_the_download_holds_the_findings_shown_and_a_manifest(view: View) -> None:
    wanted = Filter(providers=("bluehour.example",))
    with zipfile.ZipFile(io.BytesIO(downloads.findings(view, wanted))) as packed:
        assert packed.namelist()[-1] == "findings.csv.manifest.json"
        lines = packed.read("findings.csv").decode().splitlines()
    assert len(lines) == 1 + view.findings(wanted).num_rows


def test_an_address_with_an_id_that_was_given_up_leads_to_what_it_is_today(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(view.store.path, tmp_path / "store")
    monkeypatch.setenv(frames.STORE_VARIABLE, str(folder))
    today = view.run.scope[-1]
    told = {"into": today}
    Decisions(folder).add(Kind.MERGE, "former.example", told, who="Ada", why="one phone")
    app = draw("provider", provider="former.example")
    assert app.selectbox[0].value == today
    assert f"former.example is listed as {today} today" in app.info[0].value
