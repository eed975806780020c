"""What a PDF says counts as what a page says: in ``check``, in archives and in a whole run."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audit import run as audit_run
from audit.commands import check
from audit.pages.pages import read
from data import warc
from data.findings import open_view
from data.models import Page, Provider
from data.store import Store, write_tables
from tests.audit.pdf_writer import PICTURE, Text, document, lines, pdf, stream

RULE = "supervision.live-monitoring"
CLINIC, RUN = "quiet-harbor.example", "20261124T031500Z"
CONSENT = """
    A registered nurse stays on the video call with
    you for the whole of every lozenge session, and
    reads your blood pressure aloud every ten min-
    utes until you are steady on your feet again.
"""
OTHER = """
    Somebody you trust sits beside you at home, and
    takes the cup away once you have had your fill.
    You will not drive before the next morning, and
    you sleep before you sign a paper of any weight.
"""
COLUMNS = [
    Text("Informed consent", 50, 740, 18),
    *(t for pair in zip(lines(CONSENT, 50), lines(OTHER, 320), strict=True) for t in pair),
]
HOME = (
    "<title>Home</title><p>We send ketamine lozenges to your home.</p>" + "<p>word word</p>" * 200
)


def claims_in(path: Path) -> list[dict[str, Any]]:
    """The pages that ``check`` finds, with the claims of one rule."""
    done = CliRunner().invoke(check, [str(path), "--json"])
    assert done.exit_code == 0, done.output
    pages: list[dict[str, Any]] = json.loads(done.stdout)
    return [p | {"claims": [c for c in p["claims"] if c["rule_id"] == RULE]} for p in pages]


def assert_quoted(page: dict[str, Any], body: bytes) -> None:
    """Its claim stands at its offsets in the block that the same bytes give again."""
    (claim,) = page["claims"]
    assert (page["page_type"], claim["stance"], claim["css_path"]) == (
        "consent",
        "states",
        "page[2]",
    )
    place = claim["css_path"], claim["block_ordinal"]
    (block,) = [b for b in read(body, url="").blocks if (b.css_path, b.ordinal) == place]
    assert block.text[claim["char_start"] : claim["char_end"]] == claim["quote"]
    assert claim["quote"].startswith("A registered nurse stays on the video call with you for the")


@pytest.fixture(scope="module")
def consent() -> bytes:
    return pdf(lines("Informed consent, to be read at home."), COLUMNS)


def test_check_reads_html_and_pdf_in_a_folder(tmp_path: Path, consent: bytes) -> None:
    (tmp_path / "a.html").write_text(HOME, encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "B.PDF").write_bytes(consent)
    html, form = claims_in(tmp_path)
    assert (html["path"], html["claims"]) == (str(tmp_path / "a.html"), [])
    assert form["path"].endswith("B.PDF")
    assert_quoted(form, consent)


def test_check_says_why_a_pdf_is_not_read(tmp_path: Path, consent: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(consent[:-400])
    (tmp_path / "b.pdf").write_bytes(consent)
    done = CliRunner().invoke(check, [str(tmp_path), "--json"])
    assert "a.pdf: the PDF is not read: it is " in done.stderr
    assert [page["path"] for page in json.loads(done.stdout)] == [str(tmp_path / "b.pdf")]


def test_check_reads_pdfs_in_archives(tmp_path: Path, consent: bytes) -> None:
    archive, packed = tmp_path / "a.warc.gz", tmp_path / "b.wacz"
    with warc.WarcAppender(archive) as appender:
        capture(appender, f"https://{CLINIC}/form.pdf", "application/pdf", consent)
    with zipfile.ZipFile(packed, "w") as wacz:
        wacz.write(archive, "archive/data.warc.gz")
    for page in claims_in(tmp_path):
        assert page["path"] == f"https://{CLINIC}/form.pdf"
        assert_quoted(page, consent)


def capture(appender: warc.WarcAppender, url: str, kind: str, body: bytes) -> warc.Place:
    at = "2026-11-24T03:16:00Z"
    return appender.response(url, 200, "OK", [("Content-Type", kind)], body, at)


def captured(appender: warc.WarcAppender, name: str, expected: str, body: bytes) -> Page:
    """A page of the run, kept in its archive."""
    url, kind = f"https://{CLINIC}/{name}", "application/pdf" if name else "text/html"
    place = capture(appender, url, kind, body)
    return Page(
        capture_id=expected, provider_id=CLINIC, url=url, final_url=url, found_on=None,
        expected_type=expected, kind="pdf" if name else "raw", status=200, content_type=kind,
        captured_at="2026-11-24T03:16:00Z", payload_sha256=hashlib.sha256(body).hexdigest(),
        payload_bytes=len(body), warc_file=f"runs/{RUN}/captures/{CLINIC}.warc.gz",
        warc_record_id=place.record_id, warc_offset=place.offset, warc_length=place.length,
    )  # fmt: skip


def audited(store: Store, form: bytes) -> tuple[dict[str, Any], list[str]]:
    """A run with a home page and a consent form; the finding of one rule, and the issues."""
    folder = store.start_run(RUN)
    with warc.WarcAppender(folder / "captures" / f"{CLINIC}.warc.gz") as appender:
        pages = [
            captured(appender, "", "home", HOME.encode()),
            captured(appender, "form.pdf", "consent", form),
        ]
    write_tables(folder, {"pages": pages, "skipped": [], "failures": [], "coverage": []})
    clinic = Provider(CLINIC, "Quiet Harbor", f"https://{CLINIC}/", ("at-home-oral",))
    info = {
        "run_id": RUN, "started_at": "2026-11-24T03:15:00Z", "finished_at": "2026-11-24T03:20:00Z",
        "tool_version": "0", "config": {}, "vantage": {}, "scope": [CLINIC],
        "providers": [asdict(clinic)], "left_out": [], "counts": {}, "status": "finished",
    }  # fmt: skip
    _, issues = audit_run.audit_run(store, store.finish_run(folder, info))
    rows = open_view(store).findings().to_pylist()
    (finding,) = [row for row in rows if row["rule_id"] == RULE]
    return finding, [str(issue) for issue in issues]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "store").mkdir()
    return Store.open(tmp_path / "store")


def test_a_safeguard_in_a_consent_form_is_met(store: Store, consent: bytes) -> None:
    finding, issues = audited(store, consent)
    assert (finding["outcome"], finding["reason"], issues) == ("met", "stated", [])
    assert (finding["service_line"], finding["page_type"]) == ("at-home-oral", "consent")
    assert finding["text_fragment_url"] == f"https://{CLINIC}/form.pdf#page=2"
    assert_quoted({"page_type": "consent", "claims": [finding | {"stance": "states"}]}, consent)


def test_a_form_that_cannot_be_read_clears_and_accuses_nobody(store: Store, consent: bytes) -> None:
    finding, issues = audited(store, consent[:-400])
    assert (finding["outcome"], finding["reason"]) == ("not_tested", "coverage_too_low")
    assert "form.pdf: the PDF is not read" in issues[0]


def test_a_form_with_pictures_for_pages_is_not_read_to_its_end(store: Store) -> None:
    said = stream(b"BT /F 10 Tf 72 700 Td (Read all of this before you sign it.) Tj ET")
    scan = stream(b"q 612 0 0 792 0 0 cm /I Do Q")
    form = document([said, scan], [PICTURE], b"/XObject<</I 6 0 R>>")
    finding, issues = audited(store, form)
    assert (finding["outcome"], finding["reason"]) == ("not_tested", "coverage_too_low")
    assert issues == []
