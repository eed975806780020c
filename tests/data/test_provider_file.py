"""``providers.csv``: every good row survives its bad neighbours, and every bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import provider_file
from data.errors import UsageError
from data.models import Provider
from data.vocabulary import SERVICE_LINES, ProviderStatus

HEADER = "provider_id,name,homepage\n"


def read(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """Ids of the good rows, and the issues without the file's name."""
    path = folder / "providers.csv"
    path.write_bytes(text.encode("utf-8"))
    providers, issues = provider_file.read(path)
    return [p.provider_id for p in providers], [str(i).replace(f"{path}: ", "") for i in issues]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("x,X", "2 cells, but 3 columns"),
        ("x,X,,more", "4 cells, but 3 columns"),
        (" ,X,", "provider_id: empty"),
        ("../x,X,", "cannot be the name of a file"),
        (".x,X,", "cannot be the name of a file"),
        ("x\x00,X,", "cannot be the name of a file"),
        ("x" * 201 + ",X,", "cannot be the name of a file"),
        ("good.example,X,", "stands twice"),
        ("x, ,", "name: empty"),
        ("x,X,x.example", "not a web address"),
        ("x,X,ftp://x.example/", "not a web address"),
        ("x,X,https://", "not a web address"),
        ("x,X,https://x.example:99999/", "not a web address"),
        ("x,X,https://x example/", "not a web address"),
        ("x,X,https://[::1/", "not a web address"),
        ("x,X,javascript:alert(1)", "not a web address"),
        ("x,X,https://ada:secret@x.example/", "a log-in"),
        ('x,"never closed,', "not CSV"),
        ('x,"X"Y,', "not CSV"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_others_go_on(
    tmp_path: Path, row: str, problem: str
) -> None:
    first = "good.example,Good,https://good.example/\n"
    ids, issues = read(
        tmp_path, f'{HEADER}{first}\n"two.example","Two\nlines",\n{row}\nlast,Last,\n'
    )
    assert ids == ["good.example", "two.example", "last"]
    assert [issue.split(":")[0] for issue in issues] == ["line 6"]
    assert problem in issues[0]
    assert "Row left out" in issues[0]


@pytest.mark.parametrize(
    "text",
    [
        # As spreadsheets save it: cells at the end left out, or added where somebody once clicked.
        "provider_id,name,homepage,status,notes\na,A,https://a.example\nb,B,,closed\n",
        "provider_id,name,homepage,,\na,A,https://a.example,,\n,,,,\nb,B,,,\n,,,,\n",
        "provider_id,name,homepage\na,A,https://a.example,,\nb,B,,\n",
        "provider_id|name|homepage\na|A|https://a.example\nb|B|\n",
        "sep=;\nprovider_id;name;homepage\na;A;https://a.example\nb;B;\n",
        # As hands write it.
        "provider_id, name, homepage\na, A, https://a.example\nb, B, \n",
    ],
)
def test_a_file_that_a_spreadsheet_saved_loses_nobody(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == (["a", "b"], [])


def test_a_row_that_the_file_breaks_off_in_is_no_row(tmp_path: Path) -> None:
    ids, issues = read(tmp_path, "provider_id,name,homepage,notes\na,A,,x\nb,B,https://b.ex")
    assert ids == ["a"] and "3 cells, but 4 columns" in issues[0]


def test_ids_that_would_be_one_file_are_one(tmp_path: Path) -> None:
    """Windows and macOS would let one provider's captures replace another's."""
    ids, issues = read(
        tmp_path,
        f"{HEADER}Vale.example,A,\nvale.example,B,\nve\u0301,C,\nv\u00e9,D,\nstraße,E,\nstrasse,F,\n",
    )
    assert ids == ["Vale.example", "ve\u0301", "straße"]
    assert [issue.count("are one name to some file systems") for issue in issues] == [1, 1, 1]
    assert "'strasse' and 'straße'" in issues[2], "nobody would find the other one by its letters"


def test_words_from_closed_lists_are_checked(tmp_path: Path) -> None:
    header = "provider_id,name,homepage,service_lines,status\n"
    ids, issues = read(tmp_path, header + "a,A,,spravato;lozenge,\nb,B,,,open\nc,C,,spravato;,\n")
    assert ids == ["c"]
    assert "'lozenge'" in issues[0]
    assert "'open'" in issues[1]


def test_capitals_that_a_spreadsheet_begins_words_with_cost_nobody(tmp_path: Path) -> None:
    path = tmp_path / "providers.csv"
    path.write_text(
        "Provider_ID,Name,Homepage,Service_Lines,Status\nVale,Vale,,Spravato; Therapy,Closed\n",
        encoding="utf-8",
    )
    providers, issues = provider_file.read(path)
    assert issues == []
    assert [(p.provider_id, p.service_lines, p.status) for p in providers] == [
        ("Vale", ("spravato", "therapy"), "closed")
    ]


def test_a_hand_written_file_needs_three_columns_only(tmp_path: Path) -> None:
    path = tmp_path / "providers.csv"
    path.write_bytes(b"\xef\xbb\xbfname,homepage,provider_id\r\nA, https://a.example ,a\r\nB,,b")
    providers, issues = provider_file.read(path)
    assert issues == []
    assert [(p.homepage, p.status) for p in providers] == [
        ("https://a.example", ProviderStatus.ACTIVE),
        (None, ProviderStatus.HOMEPAGE_UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "column 'provider_id' is missing"),
        (b"provider_id,name\n", "column 'homepage' is missing"),
        (b"provider_id,name,homepage,colour\n", "unknown column 'colour'"),
        (b"provider_id,name,homepage,name\n", "column 'name' stands twice"),
        (b"provider_id,name,homepage\n\xff", "not UTF-8"),
        (b'"provider_id', "not CSV"),
    ],
)
def test_a_file_that_is_no_list_of_providers_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "providers.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        provider_file.read(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ketawatch discover"):
        provider_file.read(tmp_path / "providers.csv")


def test_bad_rows_can_be_kept_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "providers.csv"
    path.write_bytes(f'{HEADER}a,A,x\nb,B,\nc,"C\nd,D,'.encode())
    assert provider_file.left_out(path) == 'a,A,x\r\nc,"C\r\n'
    providers, _ = provider_file.read(path)
    kept = provider_file.dumps(providers) + provider_file.left_out(path)
    path.write_text(kept, encoding="utf-8", newline="")
    assert provider_file.read(path)[0] == providers


words = st.text(max_size=20).map(str.strip)
lists = st.lists(words.map(lambda w: w.replace(";", "").strip()).filter(bool), max_size=3)
provider_rows = st.builds(
    Provider,
    provider_id=st.from_regex(r"[a-z0-9][a-z0-9._ -]{0,30}[a-z0-9]", fullmatch=True),
    name=words.filter(bool),
    homepage=st.just("https://a.example/x?y=1,2"),
    service_lines=st.lists(st.sampled_from(SERVICE_LINES), max_size=3).map(tuple),
    states=lists.map(tuple),
    source=lists.map(tuple),
    source_url=words.map(lambda w: w or None),
    first_listed=st.none() | st.just("2026-11-24"),
    last_verified=st.none(),
    status=st.sampled_from(ProviderStatus),
    notes=words.map(lambda w: w or None),
)


@given(st.lists(provider_rows, unique_by=lambda p: p.provider_id, max_size=4))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, providers: list[Provider]
) -> None:
    path = tmp_path_factory.mktemp("list") / "providers.csv"
    provider_file.write(path, providers)
    assert provider_file.read(path) == (providers, [])
    assert [p.name for p in path.parent.iterdir()] == ["providers.csv"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("list") / "providers.csv"
    path.write_bytes((HEADER + text + "\nlast.example,Last,\n").encode("utf-8"))
    providers, _ = provider_file.read(path)
    assert "last.example" in [p.provider_id for p in providers]
