"""Proposed merges as a sheet: filled in elsewhere, checked as a whole, carried out once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data.decisions import Decisions
from data.errors import UsageError
from tests.crawlers.merges_folder import Folder

# Three listings of one company, each under a domain of its own.
THREE = """\
name,url,city,state,phone,npi
Brightwater Ketamine,https://brightwater-one.com,Oakvale,TX,512-555-0142,1234567890
Brightwater Ketamine,https://brightwater-two.com,Oakvale,TX,512-555-0142,1234567890
Brightwater Ketamine,https://brightwater-three.com,Oakvale,TX,512-555-0142,1234567890
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def three(tmp_path: Path) -> Folder:
    made = Folder(tmp_path, THREE)
    assert len(made.providers()) == 3
    return made


def fill_in(folder: Folder, sheet: Path, **decisions: str) -> None:
    """Write the sheet and decide on pairs, named by the ends of their domains: ``one_two``."""
    folder("list", "--csv", str(sheet), "--force")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for ends, decision in decisions.items():
        ids = {f"brightwater-{end}.com" for end in ends.split("_")}
        row = next(row for row in rows if {row["id_1"], row["id_2"]} == ids)
        row |= {"decision": decision, "why": "same company"}
    write(sheet, rows)


def write(sheet: Path, rows: list[dict[str, str]]) -> None:
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_sheet_is_filled_in_and_carried_out(folder: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    folder("list", "--csv", str(sheet))
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    harrow = next(row for row in rows if "harrow.org" in row.values())
    assert "'=Harrow Hill" in harrow.values(), "no spreadsheet takes a name for a formula"
    harrow |= {"decision": "Accept", "why": "same address"}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(harrow))
        writer.writeheader()
        writer.writerows(rows)
    folder("apply", str(sheet), "--who", "Bo")
    last = Decisions(folder.store.path).all()[-1]
    assert (last.who, last.why, last.subject) == ("Bo", "same address", "npi-1234567890")
    assert len(Decisions(folder.store.path).all()) == 2, "an empty answer decides nothing"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,perhaps,y", "neither accept nor reject"),
        ("x,accept,", "why: empty"),
        (",accept,y", "pair"),
    ],
)
def test_a_wrong_answer_in_a_sheet_stops_all_of_it(
    folder: Folder, tmp_path: Path, row: str, message: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    good = f"{folder.short('harrow.org')},accept,same"
    sheet.write_text(f"pair,decision,why\n{good}\n{row}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"line 3: .*{message}"):
        folder("apply", str(sheet))
    assert "npi-1234567890" in folder.providers()


def test_a_sheet_that_a_spreadsheet_saved_its_way_is_carried_out(
    folder: Folder, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"Pair;Decision;Why\n{folder.short('harrow.org')};Accept;same\n;;\n", "utf-16")
    folder("apply", str(sheet), "--who", "Bo")
    assert "npi-1234567890" not in folder.providers()


def test_a_sheet_without_its_columns_is_not_one_that_decides_nothing(
    folder: Folder, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("pair,answer,why\nx,accept,y\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1: column 'decision' is missing"):
        folder("apply", str(sheet))


def test_pairs_that_one_another_settle_are_one_provider(three: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    fill_in(three, sheet, one_two="accept", one_three="accept", two_three="accept")
    told = three("apply", str(sheet), "--who", "Bo")
    assert len(three.providers()) == 1
    assert "line 4: one already" in told.stderr
    three("apply", str(sheet), "--who", "Bo")
    assert len(Decisions(three.store.path).all()) == 2, "what is decided is not decided twice"


def test_rows_that_contradict_each_other_decide_nothing(three: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    fill_in(three, sheet, one_two="accept", one_three="reject", two_three="accept")
    with pytest.raises(UsageError, match="are to be two, and other rows"):
        three("apply", str(sheet), "--who", "Bo")
    assert Decisions(three.store.path).all() == []


def test_a_rejection_is_written_down_once(three: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    fill_in(three, sheet, one_two="reject")
    three("apply", str(sheet), "--who", "Bo")
    assert "two already" in three("apply", str(sheet), "--who", "Bo").stderr
    assert len(Decisions(three.store.path).all()) == 1


def test_columns_that_were_sorted_apart_decide_about_nobody(three: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    fill_in(three, sheet, one_two="accept")
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    decided = next(row for row in rows if row["decision"])
    other = next(row for row in rows if not row["decision"])
    decided["id_2"] = other["id_1"] if other["id_1"] != decided["id_1"] else other["id_2"]
    write(sheet, rows)
    with pytest.raises(UsageError, match="is not that of"):
        three("apply", str(sheet), "--who", "Bo")
    assert Decisions(three.store.path).all() == []


def test_a_sheet_that_somebody_may_have_filled_in_is_not_replaced(
    three: Folder, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    fill_in(three, sheet, one_two="accept")
    filled_in = sheet.read_bytes()
    with pytest.raises(UsageError, match="exists"):
        three("list", "--csv", str(sheet))
    assert sheet.read_bytes() == filled_in
