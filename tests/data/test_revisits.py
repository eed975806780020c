"""Where the body of an unchanged page is: found from the records of one archive, and no others."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

from data import revisits, warc
from data.revisits import Original, originals
from data.warc import WarcAppender, WarcError, http_block

AT = "2026-10-20T03:15:00Z"
PAGE = [("Content-Type", "text/html"), ("ETag", '"1"')]


def archive(store: Path, run: str, name: str = "clinic") -> Path:
    path = store / "runs" / run / "captures" / f"{name}.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def place(path: Path, store: Path) -> str:
    return path.relative_to(store).as_posix()


def test_what_was_answered_last_with_200_is_an_original(tmp_path: Path) -> None:
    path = archive(tmp_path, "1")
    with WarcAppender(path, [("software", "test")]) as appender:
        appender.response("http://a/", 200, "OK", PAGE, b"old", AT)
        new = appender.response("http://a/", 200, "OK", PAGE, b"new", AT)
        appender.response("http://a/", 404, "Not Found", PAGE, b"", AT)
        appender.append("resource", "http://a/", b"seen", [("Content-Type", "text/html")])
        last = appender.response("http://b/", 200, "OK", PAGE, b"b", AT)
    found = originals(tmp_path, place(path, tmp_path))
    digest = hashlib.sha256(b"new").hexdigest()
    assert found["http://a/"] == Original(
        "http://a/", AT, digest, "runs/1/captures/clinic.warc.gz", *_of(new)
    )
    assert (found["http://b/"].offset, found["http://b/"].length) == (last.offset, last.length)


def _of(place: warc.Place) -> tuple[str, int, int]:
    return place.record_id, place.offset, place.length


def test_a_pointer_leads_to_the_first_of_all_runs(tmp_path: Path) -> None:
    paths = [archive(tmp_path, run) for run in ("1", "2", "3")]
    with WarcAppender(paths[0]) as appender:
        appender.response("http://a/", 200, "OK", PAGE, b"body", AT)
    for before, path in pairwise(paths):
        original = originals(tmp_path, place(before, tmp_path))["http://a/"]
        with WarcAppender(path) as appender:
            head = http_block(304, "Not Modified", [], b"")
            appender.append("revisit", "http://a/", head, original.refer(True, AT))
    found = originals(tmp_path, place(paths[2], tmp_path))["http://a/"]
    record = warc.read(tmp_path / found.warc_file, found.offset)
    assert found.warc_file == place(paths[0], tmp_path)
    assert (record.record_id, record.payload) == (found.record_id, b"body")


@pytest.mark.parametrize(
    "file",
    ["../../etc/passwd", "/etc/passwd", "runs/1/captures/../../x.warc.gz", "runs/1/run.json"],
)
def test_no_pointer_leads_out_of_the_archives(tmp_path: Path, file: str) -> None:
    path = archive(tmp_path, "2")
    hostile = Original("http://a/", AT, "0" * 64, file, "<urn:uuid:0>", 0, 1)
    with WarcAppender(path) as appender:
        appender.append("revisit", "http://a/", b"", hostile.refer(False, AT))
        bare = [("Content-Type", "application/http; msgtype=response")]
        appender.append("revisit", "http://b/", b"", bare)
    assert originals(tmp_path, place(path, tmp_path)) == {}


def test_a_damaged_archive_is_said_to_be_one(tmp_path: Path) -> None:
    path = archive(tmp_path, "1")
    path.write_bytes(b"\x1f\x8b no gzip at all")
    with pytest.raises(WarcError, match="unreadable"):
        originals(tmp_path, place(path, tmp_path))
    with pytest.raises(WarcError):
        originals(tmp_path, "runs/9/captures/none.warc.gz")


def test_the_profiles_are_those_of_the_format() -> None:
    original = Original("http://a/", AT, "0" * 64, "runs/1/captures/a.warc.gz", "<urn:x>", 0, 1)
    assert dict(original.refer(True, AT))["WARC-Profile"] == revisits.NOT_MODIFIED
    assert dict(original.refer(False, AT))["WARC-Profile"] == revisits.SAME_PAYLOAD
