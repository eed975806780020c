"""What pages say, without a store: one file, a folder, an archive or standard input."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from audit import archives
from audit.archives import Archived
from audit.claims import engines
from audit.pages.pages import PageRefused, is_pdf, read
from audit.site import site
from audit.site.read_page import ReadPage
from data.errors import UsageError
from data.models import Issue, Page

_PAGES = (".html", ".htm", ".xhtml", ".pdf")
_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_MARKUP = re.compile(rb"<(?:!doctype\s+)?html\b", re.I)
_MAIL = re.compile(rb"^(?:\xef\xbb\xbf)?mime-version:", re.M)
_MAIL_TYPE = re.compile(rb"^content-type:\s*(?:multipart|text/html)", re.M)
# JSON (a HAR file), rich text, ARC, what Safari saves: they hold pages, and are none themselves.
_OTHER = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{|\{\\rtf|filedesc://|bplist0)")
# What says nothing because it holds nothing must not seem a page that says nothing.
_EMPTY = ("is empty.", "Left out.")


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
        yield from _read("standard input", "-", "", BytesIO(sys.stdin.buffer.read()))
        return
    place = Path(path)
    if path and place.is_dir():
        yield from _folder(place)
    elif place.is_file() or place.is_fifo():
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
    try:
        with path.open("rb") as file:
            # A pipe that the shell gives as a path can be read once only.
            whole = file if file.seekable() else BytesIO(file.read())
            yield from _read(str(path), str(path), path.as_posix(), whole)
    except OSError as error:
        yield Issue(str(path), f"not readable: {error}", "Left out; the rest goes on.")


def _read(name: str, label: str, url: str, file: IO[bytes]) -> Iterator[Input | Issue]:
    """What an open file holds, told by its name or by its first bytes."""
    ending = name.lower()
    if ending.endswith(".wacz") or archives.is_wacz(file):
        yield from _archived(archives.of_wacz(name, file))
    elif ending.endswith(_ARCHIVES) or archives.is_warc(file):
        yield from _archived(archives.of_warc(name, file))
    else:
        body = file.read()
        if not body.strip():
            yield Issue(name, *_EMPTY)
        elif _is_archived_mail(body):
            yield Issue(name, "a web archive (MHTML).", "Left out; save it as HTML, or as WACZ.")
        elif _is_page(body):
            yield Input(label, body, url)
        else:
            yield Issue(name, "no web page.", "Left out; give HTML, PDF, WARC or WACZ.")


def _is_page(body: bytes) -> bool:
    """Whether bytes can be a page: what is none would seem to say nothing at all."""
    start = body[:1024]
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    is_text = b"\0" not in start and _OTHER.match(start) is None
    return wide or is_text or is_pdf(body)


def _is_archived_mail(body: bytes) -> bool:
    """Whether it is MHTML: read as HTML, its line ends and ``=`` would stand in the quotes.

    A page without pictures is saved without ``multipart``, as a mail of one part.
    """
    start = body[:1024].lower()
    return _MAIL.search(start) is not None and _MAIL_TYPE.search(start) is not None


def _archived(found: Iterable[Archived | Issue]) -> Iterator[Input | Issue]:
    for one in found:
        if isinstance(one, Archived):
            yield Input(one.url, one.body, one.url, one.content_type)
        else:
            yield one


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
