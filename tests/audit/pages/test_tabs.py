"""What is written on a tab heads its panel."""

from __future__ import annotations

import pytest

from audit.claims.engines import bundled_engine
from audit.pages.pages import read
from audit.site import site
from tests.audit.captured_page import captured

STAYS = "A nurse stays with you for the whole session."
NOBODY = "Nobody from our team joins you."
SHOWN = [
    """<div role=tablist><button role=tab aria-controls=a>{}</button><button role=tab
    aria-controls=b>{}</button></div><div role=tabpanel id=a>{}</div>
    <div role=tabpanel id=b hidden>{}</div>""",
    """<ul class="nav nav-tabs"><li><a data-toggle=tab href="#a">{}</a><li><a data-bs-toggle=tab
    href="#b">{}</a></ul><div class=tab-content><div class="tab-pane active" id=a>{}</div>
    <div class=tab-pane id=b>{}</div></div>""",
    """<div class=w-tab-menu><a data-w-tab="Tab 1" class=w-tab-link><div>{}</div></a>
    <a data-w-tab="Tab 2" class=w-tab-link><div>{}</div></a></div><div class=w-tab-content>
    <div data-w-tab="Tab 1" class="w-tab-pane w--tab-active">{}</div>
    <div data-w-tab="Tab 2" class=w-tab-pane>{}</div></div>""",
]


def paths(html: str) -> dict[str, tuple[str, ...]]:
    blocks = read(f"<body>{html}".encode(), url="https://clinic.example/x").blocks
    return {b.text: b.heading_path for b in blocks}


@pytest.mark.parametrize("tabs", SHOWN)
def test_a_tab_heads_its_panel_and_no_more(tabs: str) -> None:
    told = tabs.format("IV", "At home", f"<p>{STAYS}</p>", f"<h3>Team</h3><p>{NOBODY}</p>")
    found = paths(f"<h2>Ketamine</h2>{told}<p>After it.</p>")
    assert found[STAYS] == ("Ketamine", "IV")
    assert found[NOBODY] == ("Ketamine", "At home", "Team")
    assert found["After it."] == ("Ketamine",)
    assert {"IV", "At home"} <= {line for text in found for line in text.split("\n")}


def test_a_panel_with_the_same_heading_has_it_once() -> None:
    told = SHOWN[0].format("IV", "At home", f"<h3>IV</h3><p>{STAYS}</p>", f"<p>{NOBODY}</p>")
    assert paths(told)[STAYS] == ("IV",)


@pytest.mark.parametrize(
    "html",
    [
        f"<button role=tab aria-controls=z>IV</button><div role=tabpanel id=a><p>{STAYS}</p></div>",
        f"<button aria-controls=a>IV</button><div role=tabpanel id=a><p>{STAYS}</p></div>",
        f"<a role=tab href='#a'>{'IV ' * 40}</a><div role=tabpanel id=a><p>{STAYS}</p></div>",
        f"<p><a role=tab href='#a'>IV</a> <a role=tab>Spray</a></p><div id=a>{STAYS}</div>",
        f"<button role=tab id=a aria-controls=a>IV</button><div role=tabpanel><p>{STAYS}</p></div>",
    ],
)
def test_where_no_tab_is_known_nothing_heads_the_panel(html: str) -> None:
    assert paths(html)[STAYS] == ()


@pytest.mark.parametrize("tabs", SHOWN)
def test_what_stands_under_a_tab_is_of_its_treatment(tabs: str) -> None:
    told = tabs.format("IV infusions", "Lozenges at home", f"<p>{STAYS}</p>", f"<p>{NOBODY}</p>")
    intro = (
        "<p>We offer ketamine infusions in our clinic and ketamine lozenges for use at home.</p>"
    )
    claims = site.read_site(bundled_engine(), [captured(f"{intro}{told}")]).claims
    lines = {c.quote: c.lines for c in claims if c.rule_id == "supervision.live-monitoring"}
    assert "in-clinic-iv" in lines[STAYS]
    assert "at-home" not in lines[STAYS]
    assert "in-clinic" not in lines[NOBODY]
