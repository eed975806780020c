"""The whole way of what only a person can reach: robots refuse, import, audit, export."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

from data import warc as archives
from data.models import Page
from data.store import Store
from tests.crawlers.captured_files import FILLER, Record, page, wacz, warc
from tests.crawlers.sites_served import Answer, Web, serve

ROOT = Path(__file__).parent.parent
HOST = "quillmoor.localhost"
OFFER = "We prescribe ketamine lozenges and ship them to your home. Our lozenges arrive by mail. "
VITALS = "You measure your blood pressure before each dose, and we read it before you begin."


def ketawatch(store: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), *command, "--store", str(store)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 4), done.stderr
    return done.stdout + done.stderr


def findings(store: Path, out: Path) -> dict[str, dict[str, Any]]:
    ketawatch(store, "export", "--format", "csv", "--out", str(out), "--force")
    with out.open(encoding="utf-8", newline="") as file:
        return {row["rule_id"]: row for row in csv.DictReader(file)}


def pages(web: Web) -> dict[str, bytes]:
    home = page("Quillmoor", "/faq", "/safety", text=OFFER + FILLER)
    faq = page("Questions", text=f"{VITALS} {FILLER}")
    return {web.url(HOST, "/"): home, web.url(HOST, "/faq"): faq}


def start(store: Path, web: Web) -> None:
    """A site that refuses robots, crawled and judged."""
    store.mkdir()
    web.routes[HOST] = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /")}
    (store / "providers.csv").write_text(
        f"provider_id,name,homepage,service_lines\nquillmoor,Quillmoor,{web.url(HOST)},"
        "at-home-oral\n",
        encoding="utf-8",
    )
    ketawatch(store, "crawl", "--allow-private-networks", "--delay", "0", "--render", "never")
    ketawatch(store, "audit")


def test_from_a_refusal_to_findings_that_say_who_captured_the_pages(tmp_path: Path) -> None:
    store, out, brought = tmp_path / "store", tmp_path / "findings.csv", tmp_path / "visit.wacz"
    with serve() as web:
        start(store, web)
        refused = findings(store, out)
        assert {(r["outcome"], r["reason"]) for r in refused.values()} == {("not_tested", "robots")}
        captured = pages(web)
        brought.write_bytes(wacz(warc(*(Record(url, body) for url, body in captured.items()))))
        said = ketawatch(store, "import", str(brought), "--provider", "quillmoor")
        assert "2 captures of 2026-11-20 imported" in said
        assert "/safety" in said
        assert set(web.asked(HOST)) == {"/robots.txt"}
    ketawatch(store, "audit")
    found = findings(store, out)
    check_quote(store, found["supervision.vitals"], captured)
    # A page that nobody captured leaves what it may say open; what needs it not is judged.
    lacking = [r for r in found.values() if r["page_types_missing"] == "safety"]
    assert {r["reason"] for r in lacking if r["outcome"] != "met"} == {"coverage_too_low"}
    assert found["supervision.adult-sitter"] in lacking
    absent = [r for r in found.values() if r["reason"] == "not_stated"]
    assert absent
    assert all(r["summary"].endswith("captured on 2026-11-20, by a person.") for r in absent)


def check_quote(store: Path, vitals: dict[str, Any], captured: dict[str, bytes]) -> None:
    """A quote from an imported page is marked, dated, and where its row says."""
    assert (vitals["outcome"], vitals["service_line"]) == ("met", "at-home-oral")
    assert vitals["summary"].endswith("2 pages captured on 2026-11-20, by a person.")
    assert vitals["quote"].encode() in captured[vitals["url"]]
    assert vitals["captured_at"] == "2026-11-20T10:00:00Z"
    assert vitals["warc_file"].endswith("quillmoor.import.warc.gz")
    rows = Store.open(store).run().read("pages", Page)
    assert {row.kind for row in rows} == {"import"}
    (held,) = (row for row in rows if row.final_url == vitals["url"])
    record = archives.read(store / held.warc_file, held.warc_offset)
    assert record.record_id == vitals["warc_record_id"]
    assert record.payload == captured[vitals["url"]]
