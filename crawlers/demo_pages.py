"""The invented websites of ``data/demo`` as HTTP replies: YAML content through Jinja themes.

A site is one file of content; its theme (a folder of templates) decides the markup. Nothing here
knows HTTP beyond a status and a few headers: ``crawlers.demo_web`` serves what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

import data

DEMO = Path(data.__file__).parent / "demo"
DIRECTORY = "ketamine-directory"

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MEDIA_TYPES = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_MISSING = {"title": "Page not found", "kind": "missing", "status": 404}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answers to one GET; ``location`` only for redirects."""

    status: int
    content_type: str
    body: bytes
    updated: datetime
    location: str | None = None


def load_sites(folder: Path = DEMO) -> dict[str, dict[str, Any]]:
    """Read all site files: file stem to content, the directory among them."""
    files = [folder / f"{DIRECTORY}.yml", *sorted((folder / "sites").glob("*.yml"))]
    return {f.stem: yaml.load(f.read_text("utf-8"), Loader=yaml.CSafeLoader) for f in files}


def _inline(text: str) -> Markup:
    """Escape a text, then turn ``[label](href)`` and ``**bold**`` into markup."""
    linked = _LINK.sub(r'<a href="\2">\1</a>', str(escape(text)))
    return Markup(_BOLD.sub(r"<strong>\1</strong>", linked))  # noqa: S704 - escaped two lines above


def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder / "themes"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = _inline
    return environment


class DemoPages:
    """Every page of every invented host, rendered on demand for one port."""

    def __init__(self, port: int, folder: Path = DEMO) -> None:
        self._port = port
        self._media = {f.name: f for f in (folder / "media").iterdir()}
        self._environment = _environment(folder)
        self._sites = {site["host"]: site for site in load_sites(folder).values()}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that have a website, without their ``www.`` twins."""
        return tuple(self._sites)

    def reply(self, host: str, path: str, query: Mapping[str, str]) -> Reply | None:
        """Answer a GET; None when no website lives under that host name."""
        site = self._sites.get(host.removeprefix("www."))
        if site is None:
            return None
        if host != site["host"]:
            return self._redirect(site, path)
        return self._robots_or_sitemap(site, path) or self._content(site, path, query)

    def _robots_or_sitemap(self, site: dict[str, Any], path: str) -> Reply | None:
        if path == "/robots.txt" and "robots" in site:
            return self._render(site, "shared/robots.txt", "text/plain; charset=utf-8")
        if path == "/sitemap.xml" and site.get("sitemap"):
            return self._render(site, "shared/sitemap.xml", "application/xml; charset=utf-8")
        return None

    def _content(self, site: dict[str, Any], path: str, query: Mapping[str, str]) -> Reply:
        pages = {page["path"]: page for page in site["pages"]}
        media = self._media.get(path.rpartition("/")[2])
        if path in pages:
            return self._page(site, pages[path], query)
        if media is not None and pages:
            kind = _MEDIA_TYPES[media.suffix]
            return Reply(200, kind, media.read_bytes(), _updated(site))
        if f"{path}/" in pages:
            return self._redirect(site, f"{path}/")
        return self._page(site, {"path": path, **site.get("otherwise", _MISSING)}, query)

    def _redirect(self, site: dict[str, Any], path: str) -> Reply:
        target = f"{self._base(site)}{path}"
        return Reply(301, "text/html; charset=utf-8", b"", _updated(site), target)

    def _page(self, site: dict[str, Any], page: dict[str, Any], query: Mapping[str, str]) -> Reply:
        kind = f"text/html; charset={site.get('charset', 'utf-8')}"
        return self._render(site, f"{site['theme']}/page.html", kind, page=page, query=query)

    def _render(
        self, site: dict[str, Any], template: str, content_type: str, **values: Any
    ) -> Reply:
        values.setdefault("page", {})
        charset = content_type.partition("charset=")[2]
        text = self._environment.get_template(template).render(
            site=site, base=self._base(site), port=self._port, **values
        )
        body = text.encode(charset, "xmlcharrefreplace")
        status = values["page"].get("status", 200)
        return Reply(status, content_type, body, _updated(site, values["page"]))

    def _base(self, site: dict[str, Any]) -> str:
        return f"http://{site['host']}:{self._port}"


def _updated(site: dict[str, Any], page: Mapping[str, Any] | None = None) -> datetime:
    day: date = (page or {}).get("updated", site["updated"])
    return datetime.combine(day, time(9, 30), UTC)
