"""A page as it was captured, for tests that read whole pages."""

from __future__ import annotations

from audit.pages import pages
from audit.site.read_page import ReadPage
from data.models import Page


def captured(body: str, path: str = "/", title: str = "Invented Clinic") -> ReadPage:
    """A page of an invented clinic; its capture's id is its path."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    url = f"https://clinic.example{path}"
    row = Page(
        capture_id=path, provider_id="clinic.example", url=url, final_url=url, found_on=None,
        expected_type="other", kind="raw", status=200, content_type="text/html",
        captured_at="2026-11-24T00:00:00Z", payload_sha256="", payload_bytes=0, warc_file="",
        warc_record_id="", warc_offset=0, warc_length=0,
    )  # fmt: skip
    return ReadPage(row, pages.read(html.encode(), url=url))
