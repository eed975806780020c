"""Gold files: what is read of them, and what a wrong one gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.evaluation import gold
from data.errors import UsageError

RULES = ("claim.made", "screening.made")
PLAIN = {"id": "a-1", "text": "We claim it.", "labels": {"claim.made": "states"}}


def written(folder: Path, *records: object) -> Path:
    """A gold file with a line for each record; a text stands there as it is."""
    path = folder / "gold.jsonl"
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_whole_record(tmp_path: Path) -> None:
    whole = PLAIN | {
        "heading": "Why?", "page_type": "faq", "service_line": "at-home-oral", "voice": "blog",
        "disputed": {"screening.made": "one coder saw it"}, "family": "terse", "traps": {"x": "y"},
    }  # fmt: skip
    (record,) = gold.read(written(tmp_path, whole), RULES)
    assert record.labels == {"claim.made": "states"}
    assert (record.id, record.family) == ("a-1", "terse")
    assert record.disputed == {"screening.made"}
    said = record.passage
    assert (said.text, said.heading, said.page_type) == ("We claim it.", "Why?", "faq")
    assert said.voice == "blog" and said.lines == {"at-home-oral"}


def test_what_is_left_out_is_as_on_most_pages(tmp_path: Path) -> None:
    (record,) = gold.read(written(tmp_path, {"id": "1", "text": "", "heading": None}), RULES)
    assert record.labels is None and not record.disputed
    said = record.passage
    assert (said.voice, said.page_type, said.heading) == ("provider", "other", "")
    assert not said.lines


@pytest.mark.parametrize(
    ("line", "lines"),
    [("mixed", set()), ("none", set()), ("", set()), ("other-treatment", {"other-treatment"})],
)
def test_lines_that_name_none(tmp_path: Path, line: str, lines: set[str]) -> None:
    (record,) = gold.read(written(tmp_path, PLAIN | {"service_line": line}), RULES)
    assert record.passage.lines == lines


def test_no_label_is_not_the_same_as_no_labels(tmp_path: Path) -> None:
    silent, unknown = {"id": "1", "text": "a", "labels": {}}, {"id": "2", "text": "a"}
    records = gold.read(written(tmp_path, silent, unknown), RULES)
    assert [record.labels for record in records] == [{}, None]


def test_a_byte_order_mark_and_empty_lines_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(PLAIN).encode() + b"\r\n\n  \n")
    assert [record.id for record in gold.read(path, RULES)] == ["a-1"]


def test_line_ends_within_a_text_end_no_record(tmp_path: Path) -> None:
    said = "one\u2028two\u0085three"
    raw = json.dumps({"id": "1", "text": said}, ensure_ascii=False)
    (record,) = gold.read(written(tmp_path, raw), RULES)
    assert record.passage.text == said


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ('{"id": "a-2", "text": ', ["JSON"]),
        ("[1]", ["JSON", "object"]),
        ("NaN", ["JSON"]),
        ('{"id": "2", "text": "x", "n": ' + "[" * 20_000, ["JSON", "nested too deeply"]),
        ('{"id": "2", "text": "x", "n": ' + "9" * 5_000 + "}", ["JSON", "digits"]),
        ('{"id": "2", "text": "x", "labels": {}, "labels": null}', ["JSON", "'labels'", "twice"]),
        (PLAIN, ["id", "'a-1'", "twice"]),
        ({"text": "x"}, ["id", "missing"]),
        ({"id": 7, "text": "x"}, ["id", "7"]),
        ({"id": "\ud800", "text": "x"}, ["id"]),
        ({"id": "2", "text": "x \udfff"}, ["text"]),
        ({"id": "2"}, ["text", "missing"]),
        ({"id": "2", "text": ["x"]}, ["text", "no text"]),
        ({"id": "2", "text": "x", "labels": {"claim.other": "states"}}, ["labels", "claim.other"]),
        ({"id": "2", "text": "", "labels": {"claim.made": "loves"}}, ["labels", "loves", "states"]),
        ({"id": "2", "text": "x", "labels": {"claim.made": ["states"]}}, ["labels", "states"]),
        ({"id": "2", "text": "x", "labels": ["claim.made"]}, ["labels", "object"]),
        ({"id": "2", "text": "x", "voice": "owl"}, ["voice", "owl", "testimonial"]),
        ({"id": "2", "text": "x", "page_type": "shop"}, ["page_type", "shop", "faq"]),
        ({"id": "2", "text": "x", "service_line": "by-drone"}, ["service_line", "by-drone"]),
        ({"id": "2", "text": "x", "service_line": ["spravato"]}, ["service_line"]),
        ({"id": "2", "text": "x", "disputed": ["claim.other"]}, ["disputed", "claim.other"]),
        ({"id": "2", "text": "x", "disputed": 7}, ["disputed"]),
        ({"id": "2", "text": "x", "disputed": [["claim.made"]]}, ["disputed", "claim.made"]),
        ({"id": "2", "text": "x", "heading": ["x"]}, ["heading"]),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_wrong_record_is_named_by_file_line_and_field(
    tmp_path: Path, record: Any, named: list[str]
) -> None:
    path = written(tmp_path, PLAIN, "", record)
    with pytest.raises(UsageError) as caught:
        gold.read(path, frozenset(RULES))
    message = str(caught.value)
    assert message.startswith(f"{path}: line 3: {named[0]}: ")
    assert all(word in message for word in named) and "\n" not in message


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl: not readable"):
        gold.read(tmp_path / "none.jsonl", RULES)
    with pytest.raises(UsageError, match="not readable"):
        gold.read(tmp_path, RULES)
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "1", "text": "caf\xe9"}'.encode("latin-1"))
    with pytest.raises(UsageError, match=r"latin\.jsonl: not readable.*UTF-8"):
        gold.read(path, RULES)


def test_an_empty_file_has_no_records(tmp_path: Path) -> None:
    assert gold.read(written(tmp_path), RULES) == []


def test_null_is_what_is_not_known(tmp_path: Path) -> None:
    """As programs write it that know of every column."""
    keys = ("heading", "page_type", "service_line", "voice", "labels", "disputed")
    unknown = {"id": "1", "text": "A nurse stays."} | dict.fromkeys(keys)
    plain = {"id": "1", "text": "A nurse stays."}
    assert gold.read(written(tmp_path, unknown), RULES) == gold.read(
        written(tmp_path, plain), RULES
    )
