"""``ketawatch merges`` as it is typed: decisions are kept, obeyed by the next discovery, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.merges.merges import short_name
from data.decisions import Decisions
from data.errors import StoreHeldError, UsageError
from data.lock import hold
from tests.crawlers.merges_folder import ROWS, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_list_shows_both_rows_and_every_point(folder: Folder) -> None:
    lines = folder("list").stdout.splitlines()
    assert lines[-1] == "2 pairs wait for a decision."
    at = lines.index("    harrow.org: =Harrow Hill, OK, https://harrow.org/")
    assert "npi-1234567890: Harrow Hill LLC, OK, no homepage" in lines[at + 1]
    assert "      +4 same name 'harrow hill'" in lines
    told = json.loads(folder("list", "--json").stdout)
    assert all(sum(e["points"] for e in t["evidence"]) == t["score"] for t in told)


def test_what_was_certain_is_in_the_log_with_its_evidence(folder: Folder) -> None:
    (line,) = folder("log").stdout.splitlines()
    assert "ketawatch: npi-1987654321 is elmfield.net. certain (" in line
    assert "+4 same phone 5125550142" in line
    assert folder.discover() == (0, 2), "once is enough"


def test_an_accepted_pair_is_one_provider_from_then_on(folder: Folder) -> None:
    folder.decide("accept", folder.short("harrow.org"))
    assert "npi-1234567890" not in folder.providers()
    assert folder.discover() == (0, 1)
    folder.store.providers_path.unlink()
    assert folder.discover() == (0, 1), "the decision outlives the file that it shaped"
    assert "npi-1234567890" not in folder.providers()


def test_the_id_that_stays_can_be_chosen_and_takes_the_homepage(folder: Folder) -> None:
    folder.decide("accept", folder.short("harrow.org"), "--keep", "npi-1234567890")
    kept = folder.providers()["npi-1234567890"]
    assert (kept.homepage, kept.status) == ("https://harrow.org/", "active")
    folder.discover()
    assert "harrow.org" not in folder.providers()


def test_a_rejected_pair_is_never_asked_again(folder: Folder) -> None:
    before = folder.providers()
    folder.decide("reject", folder.short("harrow.org"))
    assert folder.discover() == (0, 1)
    assert folder.providers() == before


def test_undoing_brings_the_rows_back_as_they_were(folder: Folder) -> None:
    before = folder.providers()
    folder.decide("accept", folder.short("harrow.org"))
    folder.decide("undo", "2")
    assert folder.providers() == before
    assert folder.discover() == (0, 2)
    assert "joined once and parted again" in folder("list").stdout
    assert "decision 2 (merge) is taken back" in folder("log").stdout
    assert len(Decisions(folder.store.path).all()) == 3


def test_a_certain_merge_can_be_undone_and_is_then_asked(folder: Folder) -> None:
    folder.decide("undo", "1")
    assert folder.discover() == (0, 3)
    assert {"elmfield.net", "npi-1987654321"} <= set(folder.providers())


def test_what_somebody_mended_since_survives_an_undoing(folder: Folder) -> None:
    folder.decide("accept", folder.short("harrow.org"))
    path = folder.store.providers_path
    path.write_text(path.read_text(encoding="utf-8").replace("=Harrow Hill", "Harrow"), "utf-8")
    folder.decide("undo", "2")
    assert folder.providers()["harrow.org"].name == "Harrow"


def test_what_somebody_decided_since_survives_an_undoing(folder: Folder) -> None:
    folder.decide("accept", folder.short("harrow.org"))
    folder.decide("homepage", "harrow.org", "https://harrow-hill.org")
    folder.decide("undo", "2")
    assert folder.providers()["harrow.org"].homepage == "https://harrow-hill.org/"


def test_any_two_providers_can_be_joined_by_their_ids(folder: Folder) -> None:
    folder.decide("accept", "harrow.org|stillmere.com")
    assert "harrow.org" not in folder.providers()


def test_a_homepage_that_somebody_found(folder: Folder) -> None:
    folder.decide("reject", folder.short("harrow.org"))
    folder.decide("homepage", "npi-1234567890", "https://www.harrow-hill.org/?utm_source=x")
    found = folder.providers()["npi-1234567890"]
    assert (found.homepage, found.status) == ("https://www.harrow-hill.org/", "active")
    folder.rows.write_text(ROWS + "Harrow,https://harrow-hill.org/a,OK,,\n", encoding="utf-8")
    folder.discover()
    assert "harrow-hill.org" not in folder.providers(), "its listings belong to the id that it has"
    folder.store.providers_path.unlink()
    folder.discover()
    assert folder.providers()["npi-1234567890"].homepage == "https://www.harrow-hill.org/"
    folder.decide("undo", "3")
    assert folder.providers()["npi-1234567890"].status == "homepage unknown"


def test_after_a_move_the_new_domain_belongs_to_the_old_id(folder: Folder) -> None:
    folder.decide("alias", "stillmere.com", "https://stillmere-care.com")
    folder.rows.write_text(ROWS + "Stillmere Care,https://stillmere-care.com,TX,,\n", "utf-8")
    folder.discover()
    assert "stillmere-care.com" not in folder.providers()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept", "nonsense"), "nonsense: no such proposal"),
        (("accept", "harrow.org|nobody.com"), r"nobody\.com: no such provider"),
        (("accept", "harrow.org|stillmere.com", "--keep", "x"), "--keep: x is none of"),
        (("undo", "99"), "99: no decision about identity"),
        (("homepage", "npi-1234567890", "https://healingmaps.com/x"), "no website of one provider"),
        (("homepage", "npi-1234567890", "stillmere.com"), "is a provider already. Join them"),
        (("alias", "nobody.com", "https://x.com"), r"nobody\.com: no such provider"),
    ],
)
def test_what_cannot_be_decided_is_named_and_changes_nothing(
    folder: Folder, arguments: tuple[str, ...], message: str
) -> None:
    before = folder.store.providers_path.read_bytes(), Decisions(folder.store.path).all()
    with pytest.raises(UsageError, match=message):
        folder.decide(*arguments)
    assert (folder.store.providers_path.read_bytes(), Decisions(folder.store.path).all()) == before


def test_no_spreadsheet_takes_the_name_of_a_pair_for_a_number() -> None:
    names = [short_name(f"a{n}.example|b.example") for n in range(500)]
    assert all(name.isalpha() and len(name) == 8 for name in names)
    assert len(set(names)) == len(names)


def test_a_held_store_is_not_decided_about(folder: Folder) -> None:
    with hold(folder.store.path, "crawl"), pytest.raises(StoreHeldError):
        folder.decide("reject", "harrow.org|stillmere.com")


def test_a_user_without_a_login_name_is_asked_for_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    monkeypatch.delenv("KETAWATCH_WHO", raising=False)
    with pytest.raises(UsageError, match="--who: nobody is named"):
        folder("reject", "harrow.org|stillmere.com", "--why", "x")
