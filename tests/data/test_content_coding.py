"""Bodies packed as servers really pack them, and labelled as they really label them."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.content_coding import is_whole, undo

PAGE = b"<p>A nurse sits with you all the time.</p>" * 30
PACKED = gzip.compress(PAGE, mtime=0)
# The same page, packed by the tools of those names.
BROTLI = bytes.fromhex(
    "1beb04188c942eee929e2cd58744288a16040583207c5a904e14724d8638f428a414713d86f1ddd1cf8b06cc"
    "07099700"
)
ZSTD = bytes.fromhex(
    "28b52ffd04689d0100a4023c703e41206e757273652073697473207769746820796f7520616c6c2074686520"
    "74696d652e3c2f703e0100faa5fdaa0cd64904f0"
)
MOST = 100_000


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ("gzip, gzip", gzip.compress(PACKED, mtime=0)),
        ("gzip, gzip", PACKED),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
        ("identity, GZIP", PACKED),
        ("gzip,", PACKED),
        ("gzip", gzip.compress(PAGE[:99], mtime=0) + gzip.compress(PAGE[99:], mtime=0)),
        ("gzip", PACKED + b"\0\0and something else"),
        ("gzip", PACKED[:-8] + bytes(8)),  # a wrong checksum
        ("gzip", PACKED[:-8]),
        ("gzip", zlib.compress(PAGE)),
        ("gzip", PAGE),
        ("br", BROTLI),
        ("br, gzip", gzip.compress(BROTLI, mtime=0)),
        ("zstd", ZSTD),
        ("br", PAGE),
        ("zstd", PAGE),
        ("UTF-8", PAGE),
        ("none", PAGE),
        (None, PAGE),
    ],
)
def test_a_page_comes_out_as_browsers_show_it(header: str | None, payload: bytes) -> None:
    assert undo(payload, header, MOST) == PAGE


def test_what_comes_before_a_fault_is_kept() -> None:
    torn = bytearray(gzip.compress(bytes(range(256)) * 200, 0, mtime=0))
    torn[-9_000:-8_990] = b"\xff" * 10
    assert undo(bytes(torn), "gzip", MOST).startswith(bytes(range(256)) * 100)
    assert not is_whole(bytes(torn)[:-2_000], MOST)


def test_layers_and_members_are_bounded() -> None:
    assert undo(PACKED, ", ".join(["gzip"] * 9), MOST) == PACKED
    bomb = gzip.compress(gzip.compress(bytes(10 * MOST), mtime=0), mtime=0)
    assert len(undo(bomb, "gzip, gzip", MOST)) == MOST
    assert len(undo(gzip.compress(b"x" * MOST, mtime=0) * 3, "gzip", MOST)) == MOST
    assert len(undo(BROTLI, "br", 99)) == len(undo(ZSTD, "zstd", 99)) == 99


@given(
    st.binary(max_size=80),
    st.sampled_from(["gzip", "deflate", "deflate, gzip", "br", "zstd", "x", ""]),
)
def test_no_bytes_break_it(body: bytes, header: str) -> None:
    assert len(undo(b"\x1f\x8b\x08" + body, header, MOST)) <= MOST
    undo(body, header, MOST)
    is_whole(body, MOST)
