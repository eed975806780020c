"""The section of facts on a provider's page: grouped, quoted, and harmless."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import frames, told
from data import tables
from data.fact_kinds import FactKind
from data.models import Fact, Page
from data.store import Store
from tests.dashboard.drawn import draw, soup, texts

PROVIDER = "bluehour.example"
HOSTILE = "<script>window.pwned=1</script> $249 & `code` \u202eesrever"
SECTION = ".kw-told"


def fact(capture: str, kind: str, value: str, quote: str, **more: str | None) -> Fact:
    unit, line = more.get("unit"), more.get("line")
    return Fact(PROVIDER, kind, value, unit, line, capture, quote, 0, len(quote), "body > p", 0)


@pytest.fixture
def page_with_facts(dashboard_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the store in which one provider tells something about itself."""
    store = Store.open(Path(shutil.copytree(dashboard_store, tmp_path / "store")))
    run = store.run()
    capture = next(p.capture_id for p in run.read("pages", Page) if p.provider_id == PROVIDER)
    both = "Infusions run $400 to $600 each."
    made = [
        fact(
            capture, FactKind.PRICE_FROM, "400", both, unit="USD per infusion", line="in-clinic-iv"
        ),
        fact(capture, FactKind.PRICE_TO, "600", both, unit="USD per infusion", line="in-clinic-iv"),
        fact(capture, FactKind.SERVICE_LINE, "spravato", "We offer Spravato."),
        fact(capture, FactKind.CLINICIAN, "Ruth Abend", "Ruth Abend, DO", unit="DO"),
        fact(capture, FactKind.PRICE_COVERS, HOSTILE, HOSTILE, unit="249 USD"),
        *(fact(capture, FactKind.CONDITION, f"condition-{n}", f"We treat {n}.") for n in range(40)),
    ]
    tables.write(run.audit().table_path("facts"), "facts", made)
    monkeypatch.setenv(frames.STORE_VARIABLE, str(store.path))


@pytest.mark.usefixtures("page_with_facts")
def test_facts_stand_in_groups_with_their_quotes() -> None:
    page = soup(draw("provider", provider=PROVIDER))
    (section,) = page.select(SECTION)
    assert "Facts that the provider tells about itself" in section.get_text()
    assert "not checked, and no verdict" in " ".join(section.get_text().split())
    assert texts(page, f"{SECTION} h3") == [
        "Services and how the medicine is given",
        "Conditions advertised",
        "Prices, and what they cover",
        "Clinicians named",
    ]
    said = texts(page, f"{SECTION} li")
    assert any(
        s.startswith("from 400 USD per infusion; up to 600 USD per infusion In clinic, infusion")
        and "Infusions run $400 to $600 each." in s
        for s in said
    )
    assert any(s.startswith("Ruth Abend (DO)") for s in said)
    assert section.select_one("a[href*=':~:text=']") is not None


@pytest.mark.usefixtures("page_with_facts")
def test_a_long_group_is_cut_and_says_so() -> None:
    page = soup(draw("provider", provider=PROVIDER))
    assert "and 10 more, all of them in the export of facts" in texts(page, f"{SECTION} li")


@pytest.mark.usefixtures("page_with_facts")
def test_hostile_facts_are_shown_and_do_nothing() -> None:
    (section,) = soup(draw("provider", provider=PROVIDER)).select(SECTION)
    assert not section.select("script")
    assert "<script>window.pwned=1</script>" in section.get_text()
    assert "U+202E" in section.get_text()


@pytest.mark.usefixtures("page_with_facts")
def test_who_tells_nothing_has_no_such_section() -> None:
    page = soup(draw("provider", provider="inkwell.example"))
    assert page.select("h1") and not page.select(SECTION)


def test_every_kind_of_fact_has_its_group() -> None:
    grouped = [kind for kinds in told.GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(FactKind)
