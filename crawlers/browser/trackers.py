"""The log of a page's load: who was asked, with what names of fields, and what was left behind.

One row a line (NDJSON). No value of a field is kept, save those that name a tag's own account or
event. The log of each page is a record of the archive, beside its raw capture, so that it goes
through the ledger like every other capture; the run's files are put together from those records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from crawlers.browser.rendered import Asked, Rendered
from data import trackers, warc
from data.health_pages import about
from data.models import REQUEST_LOG, Page
from data.store import disk_errors, write_text

FOLDER = "trackers"
_MOST_FIELDS = 60
_FIELD = re.compile(r"[\w.\-\[\]$:]{1,40}")
_KEPT_VALUE = re.compile(r"[\w.,\-]{1,40}")
_SCHEMES = ("http", "https", "ws", "wss")


def rows(
    rendered: Rendered, expected_type: str, owns: Callable[[str], bool]
) -> Iterator[dict[str, Any]]:
    """What loading a page gave: the page, then its requests, cookies and names in its storage.

    Args:
        rendered: what the browser saw.
        expected_type: what the address promised.
        owns: whether an address lies in the provider's own site; a page of its own on another
            company's host does not, because that company sees its visitors.
    """
    known = trackers.bundled()
    asked = [a for a in rendered.asked if urlsplit(a.url).scheme in _SCHEMES]
    theirs = [
        a
        for a in asked
        if not owns(a.url) or a.method not in ("GET", "HEAD") or known.like(a.url) is not None
    ]
    yield {
        "what": "page",
        "url": rendered.final_url or rendered.url,
        "about": about(rendered.final_url or rendered.url, expected_type),
        "at": rendered.at,
        "list": known.as_of,
        "requests": len(asked),
        "to_others": sum(not owns(a.url) for a in asked),
        "whole": rendered.is_logged,
    }
    yield from (_request(rendered, a, known, owns) for a in theirs)
    for cookie in rendered.cookies:
        company = known.of_cookie(cookie["name"])
        yield {"what": "cookie", **cookie, "company": company}
    for place, names in rendered.storage.items():
        yield from ({"what": "storage", "place": place, "name": name[:200]} for name in names)


def _request(
    rendered: Rendered, asked: Asked, known: trackers.TrackerList, owns: Callable[[str], bool]
) -> dict[str, Any]:
    tracker, own = known.of(asked.url), owns(asked.url)
    like = known.like(asked.url) if own or tracker.category == trackers.UNKNOWN else None
    return {
        "what": "request",
        "method": asked.method,
        "url": without_values(asked.url, (like or tracker).keep),
        "kind": asked.kind,
        "party": "own" if own else "other",
        "company": None if own else tracker.company,
        "category": None if own else tracker.category,
        "looks_like": like.company if like else None,
        "frame": without_values(asked.frame),
        "in_embed": known.is_embed(asked.frame),
        "body_fields": body_fields(asked.body),
        "tells": _tells(rendered, asked),
        "at": asked.at,
        "stopped": asked.why,
    }


def without_values(url: str, keep: Iterable[str] = ()) -> str:
    """An address with the names of its query's fields, and the values of those to keep."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    fields = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True)[:_MOST_FIELDS]:
        kept = name in keep and _KEPT_VALUE.fullmatch(value)
        fields.append(f"{_name(name)}={value}" if kept else _name(name))
    clean = SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")
    return clean.geturl()[:500] + ("?" + "&".join(fields) if fields else "")


def _name(name: str) -> str:
    return name if _FIELD.fullmatch(name) else "..."


def body_fields(body: str) -> list[str]:
    """The names of the fields of what was to be sent: JSON, or a form's."""
    try:
        names = list(_keys(json.loads(body)))
    except ValueError:
        names = [name for name, _ in parse_qsl(body)] if "=" in body else []
    return list(dict.fromkeys(map(_name, names)))[:_MOST_FIELDS]


def _keys(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value[:20]:
            yield from _keys(item, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield str(name)
            yield from _keys(item, depth + 1)


def _tells(rendered: Rendered, asked: Asked) -> list[str]:
    """Which page was read, if the request tells: by its address, or by its title."""
    url = urlsplit(rendered.final_url or rendered.url)
    sent = unquote(unquote(f"{urlsplit(asked.url).query} {asked.body} {asked.referer}"))
    told = []
    if len(url.path) > 1 and f"{url.netloc}{url.path}".lower() in sent.lower():
        told.append("page_address")
    if len(rendered.title) > 5 and rendered.title in sent.replace("+", " "):
        told.append("page_title")
    return told


def encode(found: Iterable[dict[str, Any]]) -> bytes:
    """Rows as NDJSON, ASCII only: no sign in them can pass for the end of a line."""
    return "".join(f"{json.dumps(row)}\n" for row in found).encode("ascii")


def write_files(run_folder: Path, pages: Sequence[Page]) -> None:
    """Put each provider's log together from the records in its archive.

    Raises:
        DiskError: the disk is full.
    """
    logs = [page for page in pages if page.content_type == REQUEST_LOG]
    folder = run_folder / FOLDER
    with disk_errors(folder):
        for provider_id, own in groupby(logs, key=lambda page: page.provider_id):
            folder.mkdir(exist_ok=True)
            text = "".join(_read(run_folder, page) for page in own)
            write_text(folder / f"{provider_id}.ndjson", text)


def _read(run_folder: Path, page: Page) -> str:
    """A page's rows, each with the capture that it belongs to; none of a damaged record.

    The audit reads the record itself, and says that it is damaged.
    """
    archive = run_folder / "captures" / Path(page.warc_file).name
    try:
        lines = warc.read(archive, page.warc_offset).payload.decode("ascii").splitlines()
    except (warc.WarcError, UnicodeDecodeError):
        return ""
    named = {"capture_id": page.capture_id, "page": page.final_url}
    return "".join(f"{json.dumps(named | json.loads(line))}\n" for line in lines)
