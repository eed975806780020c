"""What ``check`` reads in web archives that other tools made, and what it says of the others."""

from __future__ import annotations

import gzip
import io
import os
import threading
import zipfile
from pathlib import Path

import pytest

from audit.check import Input, inputs
from data.models import Issue

PAGE = b"<!DOCTYPE html><title>t</title><p>A nurse stays with you until you may go.</p>"
URL = "https://alder.example/"
CHUNKED = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (60, PAGE[:60], len(PAGE) - 60, PAGE[60:])


def answer(body: bytes = PAGE, head: bytes = b"", status: bytes = b"200 OK") -> bytes:
    """An HTTP answer that says it is a page."""
    return b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body


def record(block: bytes, uri: str = URL, newline: bytes = b"\r\n") -> bytes:
    """A WARC record of an answer."""
    lines = (
        b"WARC/1.0",
        b"WARC-Type: response",
        b"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>",
        b"WARC-Date: 2025-01-01T00:00:00Z",
        b"WARC-Target-URI: " + uri.encode(),
        b"Content-Type: application/http; msgtype=response",
        b"Content-Length: %d" % len(block),
        b"",
        block,
        b"",
        b"",
    )
    return newline.join(lines)


def packed(name: str, content: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP of one file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


WARC = gzip.compress(record(answer()))
WACZ = packed("archive/data.warc.gz", WARC)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", record(answer(CHUNKED, b"Transfer-Encoding: chunked\r\n"))),
        ("a.warc", record(answer(PAGE, b"Transfer-Encoding: chunked\r\n"))),
        ("a.warc", record(b"HTTP/1.1 100 Continue\r\n\r\n" + answer())),
        ("a.warc", record(answer(gzip.compress(PAGE), b"Content-Encoding: gzip\r\n"))),
        ("a.warc", record(answer(), newline=b"\n")),
        ("a.warc", record(answer(), f"<{URL}>")),
        ("a.warc.gz", gzip.compress(record(answer(status=b"404 Not Found")) + record(answer()))),
        ("a.warc.gz.1", WARC),
        ("a", record(answer())),
        ("a.wacz", packed("archive/DATA.WARC.GZ", WARC)),
        ("a.wacz", packed("one.wacz", WACZ)),
        ("a.zip", WACZ),
    ],
)
@pytest.mark.parametrize("is_piped", [False, True])
def test_a_page_is_found_as_it_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, is_piped: bool
) -> None:
    place = tmp_path / name
    place.write_bytes(content)
    if is_piped and name.startswith("a.warc"):
        content = gzip.decompress(content) if content.startswith(b"\x1f") else content
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    (found,) = inputs("-" if is_piped else str(place))
    assert isinstance(found, Input)
    assert (found.body, found.url) == (PAGE, URL)


def marked(archive: bytes, offset: int, value: int) -> bytes:
    """A ZIP with two bytes of its only file's heads changed, as encryption or a method would."""
    changed = bytearray(archive)
    for start, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        changed[changed.find(start) + offset + shift] = value
    return bytes(changed)


def spoiled(archive: bytes) -> bytes:
    """A ZIP in which the packed bytes of its only file are no longer those."""
    start = archive.find(b".warc") + 9
    return archive[:start] + b"\xff" * 20 + archive[start + 20 :]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.wacz", marked(WACZ, 6, 1), "encrypted"),
        ("a.wacz", marked(WACZ, 8, 97), "compression method"),
        ("a.wacz", spoiled(packed("a.warc", PAGE * 20, zipfile.ZIP_DEFLATED)), "not readable"),
        ("a.wacz", packed("datapackage.json", b"{}"), "holds no WARC"),
        ("a.wacz", packed("b.wacz", packed("c.wacz", WACZ)), "packed more than once"),
        ("a.wacz", WACZ[:-30], "not readable"),
        ("a.warc", record(answer(status=b"404 Not Found")), "holds no web page"),
        ("a.warc", record(answer())[:-20], "cut short"),
        ("a.warc", b"", "holds no web page"),
        ("a.zip", packed("word/document.xml", b"<html>"), "no web page"),
        ("a.har", b'{"log": {"entries": [{"text": "<html>"}]}}', "no web page"),
        ("a.json", b'[\n {"html": "<html>"}]', "no web page"),
        ("a.rtf", b"{\\rtf1 A nurse stays.}", "no web page"),
        ("a.arc", b"filedesc://a.arc 0.0.0.0 20010101 text/plain 10\n<html>", "no web page"),
    ],
)
def test_what_holds_no_page_is_named_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "b.html").write_bytes(PAGE)
    (issue,) = inputs(str(tmp_path / name))
    assert isinstance(issue, Issue)
    assert said in str(issue) and name in str(issue)
    assert [one.body for one in inputs(str(tmp_path)) if isinstance(one, Input)] == [PAGE]


@pytest.mark.parametrize("text", [b"[Home] A nurse stays.", b"{A nurse stays.}", b"# A nurse"])
def test_plain_text_is_read(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(text)
    (found,) = inputs(str(tmp_path / "a.txt"))
    assert isinstance(found, Input) and found.body == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_with_a_name_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PAGE,), daemon=True)
    writer.start()
    (found,) = inputs(str(pipe))
    writer.join(10)
    assert isinstance(found, Input) and found.body == PAGE
