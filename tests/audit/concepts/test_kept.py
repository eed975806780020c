"""What is kept between two runs: only ever a shortcut, and never what somebody else wrote."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from audit.concepts import concept_files, kept
from audit.concepts.lexicon import load


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own for each test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ketawatch"


@pytest.fixture
def concepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one concept, in place of those that ship."""
    place = tmp_path / "lexicon"
    place.mkdir()
    said = "concept: dose\nwhat: A test.\nterms: [doses?, 'a \\w+ vial']\n"
    (place / "dose.yml").write_text(said)
    monkeypatch.setattr(concept_files, "FOLDER", place)
    return place


def test_what_was_made_of_the_same_files_comes_back(folder: Path) -> None:
    kept.write("thing.json", "one", {"a": [1, "\0é"]})
    assert kept.read("thing.json", "one") == {"a": [1, "\0é"]}
    assert kept.read("thing.json", "two") is None and kept.read("other.json", "one") is None
    assert [path.name for path in folder.iterdir()] == ["thing.json"]


@pytest.mark.parametrize("damage", [b"", b"one", b"one \n{}", b"\xff\n[]"])
def test_what_is_damaged_is_not_there(folder: Path, damage: bytes) -> None:
    kept.write("thing.json", "one", [1, 2, 3])
    (folder / "thing.json").write_bytes(damage)
    assert kept.read("thing.json", "one") is None


def test_a_part_of_what_was_kept_is_not_there(folder: Path) -> None:
    kept.write("thing.json", "one", [1, 2, 3])
    whole = (folder / "thing.json").read_bytes()
    (folder / "thing.json").write_bytes(whole.replace(b"[1,2,3]", b"[1,2,4]"))
    assert kept.read("thing.json", "one") is None


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
@pytest.mark.parametrize("place", ["", "thing.json"])
def test_what_others_can_write_is_left_aside(folder: Path, place: str) -> None:
    kept.write("thing.json", "one", [1])
    assert kept.read("thing.json", "one") == [1]
    (folder / place).chmod(0o777)
    assert kept.read("thing.json", "one") is None


def test_where_nothing_can_be_kept_nothing_is(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file in its place")
    kept.write("thing.json", "one", [1])
    assert kept.read("thing.json", "one") is None


def test_what_cannot_be_finished_leaves_nothing_behind(folder: Path) -> None:
    (folder / "thing.json").mkdir(parents=True)
    kept.write("thing.json", "one", [1])
    assert [path.name for path in folder.iterdir()] == ["thing.json"]
    assert kept.read("thing.json", "one") is None


def test_concepts_are_read_again_when_a_file_changes(folder: Path, concepts: Path) -> None:
    assert "dose" in load(concepts).mentions("a small vial")
    assert (folder / "concepts.json").exists()
    before = concept_files.load(concepts)
    assert before == concept_files.read(concepts)
    (concepts / "dose.yml").write_text("concept: dose\nwhat: A test.\nterms: [sprays?]\n")
    assert concept_files.load(concepts).terms == {"dose": ["sprays?"]} != before.terms
    (concepts / "spray.yml").write_text("concept: spray\nwhat: A test.\nterms: [mist]\n")
    assert load(concepts).concepts == ["dose", "spray"]


def test_what_is_kept_is_not_read_again(concepts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = concept_files.load(concepts)
    monkeypatch.delattr(concept_files, "read")
    assert concept_files.load(concepts) == known


def test_other_folders_are_never_kept(folder: Path, concepts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(concepts, other)
    assert load(other).concepts == ["dose"]
    assert not folder.exists()
