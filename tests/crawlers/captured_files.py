"""Files as people bring them: WARC and WACZ as other tools write them, of an invented clinic."""

from __future__ import annotations

import gzip as _gzip
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

SITE = "https://quillmoor.example"
WHEN = "2026-11-20T10:00:00Z"
HTML = "text/html; charset=utf-8"
FILLER = " ".join(
    f"Paragraph {n} tells how the parking and the tea are arranged." for n in range(40)
)


def page(title: str, *links: str, text: str = FILLER) -> bytes:
    """A page with enough words, and links to paths."""
    anchors = "".join(f"<p><a href='{link}'>{link}</a></p>" for link in links)
    html = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>{anchors}"
    return html.encode()


@dataclass(frozen=True, slots=True)
class Record:
    """One record to write; ``sent`` is the method of its request, where one is written, too."""

    url: str
    body: bytes = b""
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", HTML),)
    at: str = WHEN
    kind: str = "response"
    sent: str = ""


def warc(*records: Record, gzip: bool = True) -> bytes:
    """A WARC 1.0 as the usual tools write it, a request after its answer."""
    return b"".join(
        _gzip.compress(part) if gzip else part for given in records for part in _parts(given)
    )


def _parts(given: Record) -> Iterator[bytes]:
    name = f"<urn:uuid:{uuid.uuid4()}>"
    if given.kind == "response":
        lines = "".join(f"{k}: {v}\r\n" for k, v in given.headers)
        block = f"HTTP/1.1 {given.status}\r\n{lines}\r\n".encode() + given.body
        yield _record(given, name, "response", "application/http; msgtype=response", block)
    else:
        yield _record(given, name, given.kind, dict(given.headers)["Content-Type"], given.body)
    if given.sent:
        block = f"{given.sent} / HTTP/1.1\r\nHost: quillmoor.example\r\n\r\n".encode()
        of = f"<urn:uuid:{uuid.uuid4()}>\r\nWARC-Concurrent-To: {name}"
        yield _record(given, of, "request", "application/http; msgtype=request", block)


def _record(given: Record, name: str, kind: str, content_type: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {name}\r\nWARC-Date: {given.at}\r\n"
        f"WARC-Target-URI: {given.url}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def proven(*warcs: bytes, own: bool = True, **lies: bytes) -> bytes:
    """A WACZ with the digests of its files; ``own``: and of their list; ``lies``: put in instead.

    Lies go by ``warc``, ``list`` and ``extra`` (a WARC that is in no list).
    """
    names = [f"archive/data-{number}.warc.gz" for number in range(len(warcs))]
    resources = [
        {"name": n, "path": n, "hash": f"sha256:{sha256(w).hexdigest()}", "bytes": len(w)}
        for n, w in zip(names, warcs, strict=True)
    ]
    listed = json.dumps({"profile": "data-package", "resources": resources}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in zip(names, warcs, strict=True):
            file.writestr(name, lies.get("warc", content))
        file.writestr("datapackage.json", lies.get("list", listed))
        if "extra" in lies:
            file.writestr("archive/extra.warc.gz", lies["extra"])
        if own:
            told = {"path": "datapackage.json", "hash": f"sha256:{sha256(listed).hexdigest()}"}
            file.writestr("datapackage-digest.json", json.dumps(told))
    return out.getvalue()


def wacz(*warcs: bytes, names: tuple[str, ...] = (), packed: bool = False) -> bytes:
    """A WACZ with these WARCs, under these names where they are given, and without digests."""
    out = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", how) as file:
        for number, content in enumerate(warcs):
            name = names[number] if names else f"archive/data-{number}.warc.gz"
            file.writestr(name, content)
        file.writestr("datapackage.json", '{"profile": "data-package"}')
    return out.getvalue()
