"""What pages say, without a store: one file, a folder, an archive or standard input."""

from __future__ import annotations

import codecs
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.claims import engines
from audit.pages.pages import PageRefused, is_pdf, read
from audit.site import site
from audit.site.read_page import ReadPage
from data import warc
from data.errors import UsageError
from data.models import Issue, Page

_PAGES = (".html", ".htm", ".xhtml", ".pdf")
_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_READ_TYPES = ("text/html", "application/xhtml", "application/pdf")
_MARKUP = re.compile(rb"<(?:!doctype\s+)?html\b", re.I)
_MAIL = re.compile(rb"^mime-version:", re.M)
# What says nothing because it holds nothing must not seem a page that says nothing.
_EMPTY = ("is empty.", "Left out.")
_MAX_MEMBER_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Input:
    """One page to check: how it is called in the answer, and its bytes."""

    label: str
    body: bytes
    url: str
    content_type: str | None = None


def inputs(path: str) -> Iterator[Input | Issue]:
    """The pages behind a path, or ``-`` for standard input; an issue for each that is unreadable.

    Raises:
        UsageError: there is no such file or folder, or it is of no kind that can be read.
    """
    if path == "-":
        body = sys.stdin.buffer.read()
        yield Input("-", body, "") if body.strip() else Issue("standard input", *_EMPTY)
        return
    place = Path(path)
    if path and place.is_dir():
        yield from _folder(place)
    elif place.is_file():
        yield from _file(place)
    else:
        raise UsageError(
            f"{path or 'an empty path'}: no such file or folder.",
            "Give a path, a web address or '-'.",
        )


def _folder(path: Path) -> Iterator[Input | Issue]:
    wanted = (*_PAGES, *_ARCHIVES)
    files = [
        p
        for p in path.rglob("*")
        if p.is_file() and (p.name.lower().endswith(wanted) or _begins_as_page(p))
    ]
    if not files:
        yield Issue(str(path), "holds no web page and no PDF.", f"Looked for {', '.join(wanted)}.")
    for file in sorted(files):
        yield from _file(file)


def _begins_as_page(path: Path) -> bool:
    """Whether a file is a page under another name: copied sites have ``faq`` and ``faq.php``."""
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return False
    markup = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _MARKUP.search(start)
    return bool(markup) or _is_archived_mail(start) or is_pdf(start)


def _file(path: Path) -> Iterator[Input | Issue]:
    name = path.name.lower()
    try:
        if name.endswith(".wacz"):
            yield from _wacz(path)
        elif name.endswith(_ARCHIVES):
            yield from _warc(path)
        else:
            body = path.read_bytes()
            if not body.strip():
                yield Issue(str(path), *_EMPTY)
            elif _is_archived_mail(body):
                yield Issue(
                    str(path), "a web archive (MHTML).", "Left out; save it as HTML, or as WACZ."
                )
            elif _is_page(body):
                yield Input(str(path), body, path.as_posix())
            else:
                yield Issue(str(path), "no web page.", "Left out; give HTML, PDF, WARC or WACZ.")
    except (OSError, warc.WarcError, zipfile.BadZipFile) as error:
        yield Issue(str(path), f"not readable: {error}", "Left out; the rest goes on.")


def _is_page(body: bytes) -> bool:
    """Whether bytes can be a page: what is none would seem to say nothing at all."""
    start = body[:1024]
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return wide or b"\0" not in start or is_pdf(body)


def _is_archived_mail(body: bytes) -> bool:
    """Whether it is MHTML: read as HTML, its line ends and ``=`` would stand in the quotes."""
    start = body[:1024].lower()
    return b"multipart/related" in start and _MAIL.search(start) is not None


def _warc(path: Path) -> Iterator[Input]:
    for record in warc.records(path):
        kind = (record.header("Content-Type") or "text/html").lower()
        if kind.startswith(_READ_TYPES) and record.status in (None, 200):
            yield Input(record.target_uri, record.body(), record.target_uri, kind)


def _wacz(path: Path) -> Iterator[Input]:
    """The WARCs of a WACZ (https://specs.webrecorder.net/wacz/1.1.1/), unpacked one at a time."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.infolist():
            if member.filename.endswith((".warc", ".warc.gz")):
                if member.file_size > _MAX_MEMBER_BYTES:
                    raise warc.WarcError(f"{path}: {member.filename}: larger than 2 GiB.")
                # A fixed name: what the archive calls its members is not trusted.
                target = Path(folder) / "member.warc.gz"
                target.write_bytes(archive.read(member))
                yield from _warc(target)


def check(given: Input, *, include_set_aside: bool) -> dict[str, Any]:
    """What one page says, as the command's JSON has it.

    Raises:
        PageRefused: the page cannot be read within bounds.
    """
    text = read(given.body, url=given.url, content_type=given.content_type)
    page = page_of(given)
    reading = site.read_site(engines.bundled_engine(), [ReadPage(page, text)])
    rows = [
        {
            "rule_id": c.rule_id,
            "stance": c.stance,
            "voice": c.voice,
            "service_line": c.lines,
            "quote": c.quote,
            "char_start": c.char_start,
            "char_end": c.char_end,
            "heading": c.heading,
            "region": c.region,
            "css_path": c.css_path,
            "block_ordinal": c.block_ordinal,
            **({"status": c.status, "reason": c.set_aside_reason} if include_set_aside else {}),
        }
        for c in reading.claims
        if include_set_aside or c.set_aside_reason is None
    ]
    return {"path": given.label, "page_type": text.page_type, "claims": rows}


def page_of(given: Input) -> Page:
    """A capture's record for bytes that were never captured: only its names are used."""
    return Page(
        capture_id="",
        provider_id="",
        url=given.url,
        final_url=given.url,
        found_on=None,
        expected_type="other",
        kind="import",
        status=200,
        content_type=given.content_type,
        captured_at="",
        payload_sha256="",
        payload_bytes=len(given.body),
        warc_file="",
        warc_record_id="",
        warc_offset=0,
        warc_length=0,
    )


def is_address(path: str) -> bool:
    """Whether what is to be checked is a web address, which somebody else has to fetch."""
    return path.lower().startswith(("http://", "https://"))


def check_all(
    path: str, *, include_set_aside: bool, found: Iterable[Input | Issue] | None = None
) -> tuple[list[dict[str, Any]], list[Issue]]:
    """The answers for every page behind a path (or ``found`` for it), and what was unreadable."""
    pages: list[dict[str, Any]] = []
    issues: list[Issue] = []
    for given in inputs(path) if found is None else found:
        if isinstance(given, Issue):
            issues.append(given)
            continue
        try:
            pages.append(check(given, include_set_aside=include_set_aside))
        except PageRefused as error:
            issues.append(Issue(given.label, f"{error}.", "Left out; the rest goes on."))
    return pages, issues
