"""The digests that a WACZ carries: held against what is in it before anything is taken out."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawlers.imports import wacz as import_wacz
from crawlers.imports.command import import_
from crawlers.imports.file import take_file
from crawlers.imports.spool import Spool
from data.errors import UsageError
from data.store import Store
from tests.crawlers.captured_files import SITE, Record, page, proven, wacz, warc

HOME = warc(Record(f"{SITE}/", page("Quillmoor")))
OTHER = warc(Record(f"{SITE}/", page("Quillmoor", text="Nothing of what was there. " * 40)))


@pytest.fixture
def spool() -> Iterator[Spool]:
    with tempfile.TemporaryFile() as file:
        yield Spool(file)


def take(spool: Spool, folder: Path, content: bytes) -> str:
    """Take a file in; what is kept of its digests."""
    path = folder / "visit.wacz"
    path.write_bytes(content)
    assert list(take_file(path, spool, None, None)) == []
    assert len(spool.taken) == 1
    return spool.digests[path]


def test_a_file_as_it_was_made_is_verified(spool: Spool, tmp_path: Path) -> None:
    assert take(spool, tmp_path, proven(HOME)) == "verified"


def test_a_list_without_a_digest_of_its_own_is_told_apart(spool: Spool, tmp_path: Path) -> None:
    told = take(spool, tmp_path, proven(HOME, own=False))
    assert told == "verified; datapackage.json itself has none"


def test_a_file_without_digests_is_taken_and_marked(spool: Spool, tmp_path: Path) -> None:
    assert take(spool, tmp_path, wacz(HOME)) == "none"


def several(*members: bytes, packed: bool = False) -> bytes:
    """A download of several crawls: a WACZ of WACZs, without digests of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for number, member in enumerate(members):
            file.writestr(f"crawl-{number}.wacz", member)
    return out.getvalue()


def test_a_download_of_several_crawls_is_read_and_checked(spool: Spool, tmp_path: Path) -> None:
    path = tmp_path / "several.wacz"
    path.write_bytes(several(proven(HOME), wacz(OTHER)))
    assert list(take_file(path, spool, None, None)) == []
    assert len(spool.taken) == 2
    path.write_bytes(several(wacz(HOME), proven(HOME, warc=OTHER)))
    with pytest.raises(UsageError, match=r"several\.wacz, WACZ 2: .*digest"):
        list(take_file(path, spool, None, None))


def test_what_is_packed_more_than_once_is_left_alone(spool: Spool, tmp_path: Path) -> None:
    path = tmp_path / "several.wacz"
    path.write_bytes(several(wacz(HOME), packed=True))
    (issue,) = take_file(path, spool, None, None)
    assert "holds no WARC" in issue.what


def test_a_path_may_say_that_it_starts_here(spool: Spool, tmp_path: Path) -> None:
    content = proven(HOME, own=False)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listed = archive.read("datapackage.json").replace(b'"path": "', b'"path": "./')
    assert take(spool, tmp_path, proven(HOME, own=False, list=listed)).startswith("verified")


LIST = {"profile": "data-package", "resources": []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (proven(HOME, warc=OTHER), "'archive/data-0.warc.gz' has the digest sha256:"),
        (proven(HOME, warc=OTHER, own=False), "'archive/data-0.warc.gz' has the digest sha256:"),
        (proven(HOME, list=json.dumps(LIST).encode()), "'datapackage.json' has the digest sha256:"),
        (proven(HOME, extra=OTHER), "'archive/extra.warc.gz' is not in its datapackage.json"),
    ],
    ids=["a WARC", "a WARC, no digest of the list", "the list", "one more WARC"],
)
def test_an_altered_file_is_refused_with_the_name_and_the_remedy(
    spool: Spool, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UsageError) as refused:
        take(spool, tmp_path, content)
    assert str(refused.value).startswith(f"{tmp_path / 'visit.wacz'}: {said}")
    assert "get it again from whoever made it" in str(refused.value)
    assert spool.taken == []


def without(content: bytes, name: str) -> bytes:
    """A ZIP without one of its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
    return out.getvalue()


def test_what_is_listed_and_missing_is_told(spool: Spool, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"data-1\.warc\.gz' is listed in it, and not there"):
        take(spool, tmp_path, without(proven(HOME, OTHER), "archive/data-1.warc.gz"))


def test_a_second_file_of_the_same_name_hides_nothing(spool: Spool, tmp_path: Path) -> None:
    out = io.BytesIO(proven(HOME))
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("archive/data-0.warc.gz", OTHER)
    with pytest.raises(UsageError, match="has the digest"):
        take(spool, tmp_path, out.getvalue())


def test_a_bomb_is_not_unpacked_to_be_checked(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_wacz, "_LEAST_BYTES", 1024)
    zeros = bytes(1024**2)
    listed = {"path": "archive/data.warc.gz", "hash": "sha256:0"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/data.warc.gz", zeros)
        file.writestr("datapackage.json", json.dumps({"resources": [listed]}))
    with pytest.raises(UsageError, match="would unpack to 1 MiB, over 20 times its size"):
        take(spool, tmp_path, out.getvalue())


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '"x"', '{"resources": [1, {"path": 2}]}'])
def test_a_list_that_is_none_is_as_good_as_none(spool: Spool, tmp_path: Path, text: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("archive/data.warc.gz", HOME)
        file.writestr("datapackage.json", text)
    assert take(spool, tmp_path, out.getvalue()) == "none"


@pytest.mark.parametrize(
    ("content", "kept", "is_said"), [(proven(HOME), "verified", False), (wacz(HOME), "none", True)]
)
def test_the_import_s_note_says_which(
    tmp_path: Path, content: bytes, kept: str, is_said: bool
) -> None:
    store = Store.create(tmp_path / "store")
    store.providers_path.write_text(
        f"provider_id,name,homepage\nquillmoor.example,Quillmoor,{SITE}/\n", encoding="utf-8"
    )
    path = tmp_path / "visit.wacz"
    path.write_bytes(content)
    own = ["--store", str(store.path), "--provider", "quillmoor.example"]
    done = CliRunner().invoke(import_, [str(path), *own])
    assert done.exit_code == 0, done.output
    assert ("visit.wacz: carries no digests" in done.stderr) == is_said
    (note,) = store.run().info["imports"]
    assert note["files"][0]["digests"] == kept


@pytest.mark.parametrize("name", ["__MACOSX/archive/._data-0.warc.gz", "archive/._data-0.warc.gz"])
def test_what_macos_packs_beside_a_file_is_no_part_of_it(
    spool: Spool, tmp_path: Path, name: str
) -> None:
    out = io.BytesIO(proven(HOME))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, b"\0\x05\x16\x07\0\x02\0\0Mac OS X")
    assert take(spool, tmp_path, out.getvalue()) == "verified"
    assert len(spool.taken) == 1
