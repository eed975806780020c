"""Facts of the invented websites that ship with ketawatch, on every kind of markup they have."""

from __future__ import annotations

from functools import cache

import pytest

from audit import facts
from audit.pages import pages
from audit.site import site
from audit.site.read_page import ReadPage, first_home
from crawlers.demo_pages import DemoPages, load_sites
from data.models import Fact, Page
from tests.audit.fact_pages import ENGINE

PORT = 8000


def _captured(host: str, path: str, body: bytes, content_type: str) -> ReadPage:
    url = f"http://{host}:{PORT}{path}"
    row = Page(
        capture_id=path, provider_id=host, url=url, final_url=url, found_on=None,
        expected_type="other", kind="raw", status=200, content_type=content_type,
        captured_at="2026-11-24T00:00:00Z", payload_sha256="", payload_bytes=0, warc_file="",
        warc_record_id="", warc_offset=0, warc_length=0,
    )  # fmt: skip
    return ReadPage(row, pages.read(body, url=url, content_type=content_type))


@cache
def read_sites() -> dict[str, list[ReadPage]]:
    """Every page of every invented site that answers with HTML, by the site's short name."""
    demo = DemoPages(PORT)
    found = {}
    for name, content in load_sites().items():
        replies = {p["path"]: demo.reply(content["host"], p["path"], {}) for p in content["pages"]}
        found[name] = first_home(
            _captured(content["host"], path, reply.body, reply.content_type)
            for path, reply in replies.items()
            if reply is not None and reply.status == 200
        )
    return found


@cache
def facts_of(name: str) -> tuple[Fact, ...]:
    read = read_sites()[name]
    return facts.of_site(ENGINE, read, site.read_site(ENGINE, read))


@pytest.mark.parametrize("name", sorted(load_sites()))
def test_quotes_stand_at_their_offsets(name: str) -> None:
    texts = {
        (read.page.capture_id, block.css_path, block.ordinal): block.text
        for read in read_sites()[name]
        for block in read.text.blocks
    }
    for fact in facts_of(name):
        text = texts[fact.capture_id, fact.css_path, fact.block_ordinal]
        assert text[fact.char_start : fact.char_end] == fact.quote


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("lanternfield", "clinician-role", {"psychiatrist and medical director",
            "psychiatric nurse practitioner", "head of session nursing", "session nurse",
            "consultant pharmacist"}),
        ("lanternfield", "state-served", {"OR", "NM"}),
        ("lanternfield", "service-line", {"at-home-oral"}),
        ("lanternfield", "address", {"41 Cooper Landing Road, Suite 6, Tillamook, OR 97141"}),
        ("alderquay", "price", {"280", "430", "2400"}),
        ("alderquay", "sessions", {"6"}),
        ("fennimist", "state-served", {"VT", "NH", "ME"}),
        ("glowmere", "insurance", {"none"}),
        ("prairiemeridian", "service-line", {"at-home-oral", "in-clinic-iv", "spravato"}),
        ("summithalcyon", "price", {"550", "2950", "475"}),
        ("thistlepoint", "telephone", {"+15550193306"}),
        ("wickhamvale", "price", {"199", "169", "82"}),
    ],
)  # fmt: skip
def test_what_the_sites_tell(name: str, kind: str, expected: set[str]) -> None:
    assert {f.value for f in facts_of(name) if f.kind == kind} == expected


def test_what_cannot_be_read_tells_nothing() -> None:
    assert facts_of("granitespoke") == facts_of("veltoramind") == ()
