"""Files that people save: the NPPES file as a stream, exports of any program, lists in scripts."""

from __future__ import annotations

import csv
import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from crawlers.discover.listing import BUNDLED, SAVED_FOLDER, load
from crawlers.readers.nppes_file import NppesFile
from crawlers.readers.page import Fetched, ShapeError
from crawlers.readers.row import Frame

FRAME = Frame("invented", "https://list.example/", "2026-11-24")
NPPES = NppesFile(("ketamine",), ("261Q", "20"), "https://r.example/{npi}")
HEADER = (
    "NPI",
    "Entity Type Code",
    "Provider Organization Name (Legal Business Name)",
    "Provider Other Organization Name",
    "Provider Business Practice Location Address City Name",
    "Provider Business Practice Location Address State Name",
    "Provider Business Practice Location Address Country Code (If outside U.S.)",
    "Provider Business Practice Location Address Telephone Number",
    "NPI Deactivation Date",
    "NPI Reactivation Date",
    "Healthcare Provider Taxonomy Code_1",
    "Healthcare Provider Taxonomy Code_2",
)


def organization(number: int, name: str, **more: str) -> list[str]:
    cells = {
        "entity": "2",
        "other": "",
        "country": "US",
        "gone": "",
        "back": "",
        "tax": "261QM0801X",
    }
    cells |= more
    return [
        *(str(number), cells["entity"], name, cells["other"], "OAKVALE", "TX", cells["country"]),
        *("5125550142", cells["gone"], cells["back"], "", cells["tax"]),
    ]


def as_csv(rows: Iterable[list[str]], header: Iterable[str] = HEADER) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def test_the_file_is_filtered_by_name_and_taxonomy_and_keeps_organizations(tmp_path: Path) -> None:
    rows = [
        organization(1000000001, "VALE KETAMINE CENTER LLC"),
        organization(1000000002, "OAKVALE MEDICAL PLLC", other="Ketamine of Oakvale"),
        organization(1000000003, "KETAMINE PHARMACY INC", tax="333600000X"),
        organization(1000000004, "OAKVALE DENTAL"),
        organization(1000000005, "KETAMINE PERSON", entity="1"),
        organization(1000000006, "KETAMINE GONE LLC", gone="01/02/2024"),
        organization(1000000007, "KETAMINE BACK LLC", gone="01/02/2024", back="03/04/2024"),
        organization(1000000008, "KETAMINE TORONTO", country="CA"),
    ]
    path = tmp_path / "npidata_pfile_20050523-20261108.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    found = NPPES.read_file(path, FRAME, 100)
    assert {row.npi: row.name for row in found.rows} == {
        "1000000001": "VALE KETAMINE CENTER LLC",
        "1000000002": "Ketamine of Oakvale",
        "1000000007": "KETAMINE BACK LLC",
        "1000000008": "KETAMINE TORONTO",
    }
    assert found.rows[-1].excluded == "non-US"
    first = found.rows[0]
    assert (first.city, first.state, first.phone) == ("OAKVALE", "TX", "5125550142")
    assert first.source_url == "https://r.example/1000000001"


def test_the_zip_is_read_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "NPPES_Data_Dissemination_November_2026_V2.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("npidata_pfile_20050523-20261108_fileheader.csv", "NPI\n")
        text = as_csv([organization(1000000001, "VALE KETAMINE")])
        archive.writestr("npidata_pfile_20050523-20261108.csv", text)
    assert len(NPPES.read_file(path, FRAME, 100).rows) == 1
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("othername_pfile_20050523-20261108.csv", "NPI\n")
    with pytest.raises(ShapeError, match=r"no npidata_pfile_\*\.csv in it"):
        NPPES.read_file(path, FRAME, 100)


def test_what_lies_beside_the_file_is_not_taken_for_it(tmp_path: Path) -> None:
    source, folder = load(BUNDLED / "nppes_file.yml"), tmp_path / SAVED_FOLDER
    folder.mkdir()
    for age, name in enumerate(
        [
            "npidata_pfile_20050523-20261108_fileheader.csv",
            "NPPES_Data_Dissemination_110226_110826_Weekly_V2.zip",
            "npidata_pfile_20050523-20261108.csv",
            "NPPES_Data_Dissemination_October_2026_V2.zip",
        ]
    ):
        (folder / name).write_text("", encoding="utf-8")
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))
    found = source.with_saved(tmp_path).local
    assert found is not None and found.name == "npidata_pfile_20050523-20261108.csv"


def of_method(packed: bytes, method: int = 8, flags: int = 0) -> bytes:
    """A ZIP of one member that says another method, or that it is encrypted."""
    changed, at = bytearray(packed), packed.rfind(b"PK\x01\x02")
    for place in (6, at + 8):
        changed[place : place + 4] = bytes([flags, 0, method, 0])
    return bytes(changed)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed.replace(b"PK\x03\x04", b"PK\x03\x05"),
        lambda packed: packed[:80] + bytes(60) + packed[140:],
        lambda packed: of_method(packed, method=9),
        lambda packed: of_method(packed, flags=1),
    ],
    ids=["broken off", "damaged head", "damaged", "Deflate64", "encrypted"],
)
def test_a_zip_that_cannot_be_unpacked_is_said_and_stops_no_other_source(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "NPPES_Data_Dissemination_November_2026_V2.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        text = as_csv(organization(1000000000 + n * 7919, f"VALE {n * n}") for n in range(200))
        archive.writestr("npidata_pfile_20050523-20261108.csv", text)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(ShapeError, match="cannot be unpacked"):
        NPPES.read_file(path, FRAME, 100)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(others: int) -> int:
        path = tmp_path / f"{others}.csv"
        row = as_csv([organization(1000000009, "OAKVALE DENTAL " + "x" * 2000)]).split("\r\n")[1]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(as_csv([organization(1000000001, "VALE KETAMINE")]))
            for _ in range(others):
                file.write(row + "\r\n")
        tracemalloc.start()
        assert len(NPPES.read_file(path, FRAME, 100).rows) == 1
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(10_000) < peak(500) + 200_000, "20 MB more in the file"


def test_a_file_of_ketamine_alone_stops_at_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(as_csv(organization(1000000000 + n, "KETAMINE") for n in range(50)))
    assert len(NPPES.read_file(path, FRAME, 10).rows) == 11, "one more than allowed, and no further"


def test_another_shape_is_named_by_its_column(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(as_csv([], HEADER[:3]))
    with pytest.raises(ShapeError, match="line 1: column 'Provider Other Organization Name'"):
        NPPES.read_file(path, FRAME, 10)
    path.write_text('"NPI"x,y\n')
    with pytest.raises(ShapeError, match="line 1: not CSV"):
        NPPES.read_file(path, FRAME, 10)


def read_export(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    source = load(BUNDLED / "search_export.yml")
    page = source.reader.read(Fetched("search.csv", text.encode()), FRAME)
    assert page.issues == []
    return [(row.name, row.website, row.state, row.phone) for row in page.rows]


def test_exports_of_different_programs_are_read_by_one_declaration() -> None:
    row = ("Vale Clinic", "https://vale.example.com", "TX", "+1 512-555-0142")
    assert read_export(
        "title,website,url,state,phone\n"
        "Vale Clinic,https://vale.example.com,https://maps.example/1,Texas,+1 512-555-0142\n"
    ) == [row]
    assert read_export(
        "Business Name,rating,Site,US_State,Telephone\n"
        "Vale Clinic,4.9,https://vale.example.com,TX,+1 512-555-0142\n"
    ) == [row]
    assert read_export("Link,Title\nhttps://vale.example.com,Vale Clinic\n") == [
        ("Vale Clinic", "https://vale.example.com", None, None)
    ]
    with pytest.raises(ShapeError, match=r"column 'title\|name"):
        read_export("website\nhttps://vale.example.com\n")


def test_a_list_without_a_column_for_websites_says_so() -> None:
    source = load(BUNDLED / "search_export.yml")
    page = source.reader.read(Fetched("search.csv", b"Title,Web Address\nVale,vale.com\n"), FRAME)
    assert [row.website for row in page.rows] == [None]
    (issue,) = page.issues
    assert "no column for websites (website, site, " in issue.what


def test_marks_that_nobody_sees_hide_no_column() -> None:
    assert read_export("\ufefftitle,\ufefflink\u200b\nVale,https://vale.com\n") == [
        ("Vale", "https://vale.com", None, None)
    ]


@pytest.mark.parametrize("name", ["askp_members", "spravato_centers", "search_export"])
def test_a_saved_table_may_head_its_columns_in_any_letters_and_lack_some(name: str) -> None:
    source = load(BUNDLED / f"{name}.yml")
    for text in ("Name,Website,City,State,Phone\nVale,,Oakvale,TX,1\n", "NAME\nVale\n"):
        (row,) = source.reader.read(Fetched("saved.csv", text.encode()), FRAME).rows
        assert row.name == "Vale"
        assert row.state == ("TX" if "State" in text else None)
