"""WARC files are read alike by us and by warcio, and damage is told, never read over."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from data import warc

DATE = "2026-11-24T03:15:00Z"
URL = "https://a.example/?q=1"
HTML = [("Content-Type", "text/html; charset=utf-8"), ("X-Twice", "1"), ("x-twice", "2")]


def archive(path: Path, *bodies: bytes) -> list[warc.Place]:
    with warc.WarcAppender(path, [("software", "ketawatch")]) as appender:
        return [appender.response(URL, 200, "OK", HTML, body, DATE) for body in bodies]


def encoded(encoding: str, payload: bytes) -> bytes:
    headers = (("content-ENCODING", encoding),)
    return warc.Record("response", "", URL, DATE, 200, headers, payload).body()


@given(st.lists(st.binary(max_size=300), max_size=3))
def test_warcio_reads_the_same_records_with_right_digests(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
    places = archive(path, *bodies)
    with path.open("rb") as file:
        seen = [
            (
                record.rec_headers.protocol,
                record.rec_type,
                record.rec_headers.get_header("WARC-Record-ID"),
                record.rec_headers.get_header("WARC-Payload-Digest"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert seen[0][1] == "warcinfo"
    assert seen[1:] == [
        (
            "WARC/1.1",
            "response",
            place.record_id,
            "sha256:" + hashlib.sha256(body).hexdigest(),
            body,
        )
        for place, body in zip(places, bodies, strict=True)
    ]
    assert [record.payload for record in warc.records(path)] == bodies
    assert [warc.read(path, place.offset).payload for place in places] == bodies


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    places = archive(path, b"one", b"two")
    content = path.read_bytes()
    for place, body in zip(places, (b"one", b"two"), strict=True):
        member = gzip.decompress(content[place.offset : place.offset + place.length])
        assert member.startswith(b"WARC/1.1\r\n")
        assert member.endswith(b"\r\n\r\n" + body + b"\r\n\r\n")
    assert places[-1].offset + places[-1].length == len(content)


def test_a_record_is_read_back_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    (place,) = archive(path, b"<p>hello</p>")
    record = warc.read(path, place.offset)
    assert (record.kind, record.target_uri, record.date) == ("response", URL, DATE)
    assert (record.status, record.headers) == (200, tuple(HTML))
    assert record.header("content-type") == "text/html; charset=utf-8"
    assert record.header("missing") is None


def test_appending_later_keeps_one_warcinfo(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    archive(path, b"one")
    (second,) = archive(path, b"two")
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", "response", "response"]
    assert warc.read(path, second.offset).payload == b"two"


def test_a_resource_record_has_its_content_type(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with warc.WarcAppender(path) as appender:
        place = appender.append("resource", URL, b"\x89PNG", [("Content-Type", "image/png")])
    record = warc.read(path, place.offset)
    assert (record.kind, record.status, record.payload) == ("resource", None, b"\x89PNG")
    assert record.header("Content-Type") == "image/png"


TEXT = b"<p>at home, with a monitor</p>" * 9
RAW_DEFLATE = zlib.compressobj(wbits=-15)
DEFLATED = RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("encoding", "payload"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        (" X-GZIP ", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", DEFLATED),
        ("gzip", TEXT),
        ("deflate", TEXT),
        ("identity", TEXT),
    ],
)
def test_content_encodings_are_undone(encoding: str, payload: bytes) -> None:
    assert encoded(encoding, payload) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("payload", [b"{}", b"[]", b"<p>", b"ok", b""])
def test_a_short_text_is_not_taken_for_the_start_of_a_stream(encoding: str, payload: bytes) -> None:
    assert encoded(encoding, payload) == payload


def test_the_beginning_of_a_body_that_broke_off_is_kept() -> None:
    assert TEXT.startswith(encoded("gzip", gzip.compress(TEXT, mtime=0)[:-9]))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_bounded(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_DECODED_BYTES", 1000)
    deflater = zlib.compressobj(wbits=31 if encoding == "gzip" else -15)
    bomb = deflater.compress(bytes(10_000_000)) + deflater.flush()
    assert len(bomb) < 20_000
    assert encoded(encoding, bomb) == bytes(1000)


@pytest.mark.parametrize("cut", [5, 60, 50_000, 99_000])
def test_a_file_that_breaks_off_is_told_after_its_whole_records(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc.gz"
    noise = hashlib.shake_128(b"x").digest(100_000)
    _, second = archive(path, b"whole", noise)
    path.write_bytes(path.read_bytes()[: second.offset + second.length - cut - 30])
    found = warc.records(path)
    assert next(found).payload == b"whole"
    with pytest.raises(warc.WarcError, match=r"a\.warc\.gz: unreadable after 1 records"):
        next(found)
    with pytest.raises(warc.WarcError, match=f"offset {second.offset}: unreadable"):
        warc.read(path, second.offset)


@pytest.mark.parametrize("content", [b"no archive " * 20, b"WARC/1.1\r\nWARC-Type: response\r\n"])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(warc.WarcError, match="unreadable"):
        list(warc.records(path))


@pytest.mark.parametrize("offset", [1, 3, 10_000_000, -1])
def test_a_wrong_offset_is_told(tmp_path: Path, offset: int) -> None:
    path = tmp_path / "a.warc.gz"
    archive(path, b"x")
    with pytest.raises(warc.WarcError, match=f"offset {offset}"):
        warc.read(path, offset)
    with pytest.raises(warc.WarcError):
        warc.read(tmp_path / "missing.warc.gz", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always-full device")
def test_a_full_disk_is_told_once(tmp_path: Path) -> None:
    appender = warc.WarcAppender(tmp_path / "a.warc.gz")
    appender._file.close()
    appender._file = Path("/dev/full").open("ab")  # noqa: SIM115
    with pytest.raises(OSError, match="No space"):
        appender.append("resource", "https://a.example/", b"x", [])
    appender.close()
