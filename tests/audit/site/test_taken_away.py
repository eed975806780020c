"""What a page as sent says, and a browser's view of it does not: said, and flagged as hidden."""

from __future__ import annotations

from dataclasses import replace

from audit.claims.engines import bundled_engine
from audit.site import site, taken_away
from audit.site.read_page import ReadPage
from tests.audit.captured_page import captured

WORDS = "<p>A nurse sits with you for as long as it takes, in a quiet room of your own.</p>" * 3
OFF_LABEL = "Ketamine is not FDA approved for depression; this use is off-label."
SAID = f"<main><h1>Care</h1>{WORDS}<p>{OFF_LABEL}</p><ul><li>One room<li>Two chairs</ul></main>"


def both(raw: str, rendered: str) -> list[ReadPage]:
    """A page as it was sent and as a browser saw it."""
    sent, seen = captured(raw), captured(rendered, "/seen")
    row = replace(seen.page, kind="rendered", parent_capture_id=sent.page.capture_id)
    return taken_away.flagged([sent, replace(seen, page=row)])


def hidden(pages: list[ReadPage]) -> list[str]:
    return [b.text for b in pages[0].text.blocks if b.region == "hidden" and b.hidden]


def test_a_sentence_that_scripts_take_away_is_hidden_text() -> None:
    pages = both(SAID, SAID.replace(f"<p>{OFF_LABEL}</p>", ""))
    assert hidden(pages) == [OFF_LABEL]
    assert not any(b.hidden for b in pages[1].text.blocks)


def test_it_counts_as_said_and_its_evidence_tells() -> None:
    engine = bundled_engine()
    shown = site.read_site(engine, both(SAID, SAID)).claims
    pages = both(SAID, SAID.replace(f"<p>{OFF_LABEL}</p>", ""))
    taken = site.read_site(engine, pages).claims
    assert [(c.rule_id, c.status) for c in shown] == [(c.rule_id, c.status) for c in taken]
    regions = {c.region for c in taken if c.rule_id == "disclosure.off-label"}
    assert regions == {"hidden"}
    assert {c.region for c in shown if c.rule_id == "disclosure.off-label"} == {"main"}


def test_what_is_only_built_otherwise_is_seen() -> None:
    moved = (
        f"<div><section><h2>Care</h2></section>{WORDS}<div>{OFF_LABEL.replace(';', ' &ndash;')}"
        "</div><div>One <b>room</b></div><div>Two chairs</div></div>"
    )
    assert hidden(both(SAID, moved)) == []


def test_a_menu_stays_a_menu() -> None:
    menu = "<nav><ul><li><a href=/iv>Ketamine infusions</a><li><a href=/faq>FAQ</a></ul></nav>"
    (block, *_) = both(menu + SAID, SAID)[0].text.blocks[1:]
    assert (block.region, block.hidden) == ("nav", True)


def test_a_closed_accordion_that_is_still_there_keeps_its_place() -> None:
    shut = SAID.replace(f"<p>{OFF_LABEL}</p>", f"<div hidden>{OFF_LABEL}</div>")
    assert hidden(both(SAID, shut)) == []


def test_a_browser_that_saw_little_tells_nothing() -> None:
    assert hidden(both(SAID, "<p>We value your privacy.</p><button>Accept</button>")) == []


def test_without_a_browser_nothing_changes() -> None:
    page = captured(SAID)
    assert taken_away.flagged([page]) == [page]


def test_titles_and_what_is_hidden_anyway_stay_what_they_are() -> None:
    raw = f"{SAID}<noscript><p>Call us instead of this.</p></noscript>"
    pages = both(raw, SAID)
    (block,) = (b for b in pages[0].text.blocks if b.text.startswith("Call"))
    assert (block.region, block.hidden) == ("hidden", True)
    assert [b.region for b in pages[0].text.blocks if b.kind == "meta"] == ["head"]
