"""The main job, run as a person runs it, on the invented sites: listings to findings to export."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

from crawlers.demo_pages import DEMO
from data import provider_file
from data.findings import View, open_view
from data.models import Page, Provider
from data.store import Store
from data.vocabulary import SERVICE_LINES, Outcome

ROOT = Path(__file__).parent.parent
# Where the engine is wrong in the worst way, and why. The list may only become shorter.
KNOWN_SWAPS = {
    "glowmere at-home-oral claim.superiority": "a table whose columns have to be compared",
    "fennimist at-home-nasal followup.symptom-scales": "nine questions each week, no name",
    "prairiemeridian at-home-oral supervision.self-led-dosing": "an evening that suits you",
}
KEY = yaml.safe_load((DEMO / "expected.yml").read_text(encoding="utf-8"))


def ketawatch(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[View, str]:
    store = tmp_path_factory.mktemp("demo") / "store"
    done = ketawatch("demo", "--no-dashboard", "--store", str(store))
    assert done.returncode == 0, done.stderr
    return open_view(Store.open(store)), done.stdout


@pytest.fixture(scope="module")
def findings(demo: tuple[View, str]) -> list[dict[str, Any]]:
    return list(demo[0].findings().to_pylist())


def expected(finding: dict[str, Any]) -> dict[str, Any] | None:
    site = KEY[finding["provider_id"].split(".")[0]]
    answer: dict[str, Any] | None = site.get(finding["service_line"], {}).get(finding["rule_id"])
    return answer


def test_every_outcome_and_every_service_line_is_shown(findings: list[dict[str, Any]]) -> None:
    assert {f["outcome"] for f in findings} == set(Outcome)
    assert set(SERVICE_LINES) <= {f["service_line"] for f in findings}
    assert {"unknown", "all"} <= {f["service_line"] for f in findings}


def test_the_findings_are_those_of_the_answer_key(findings: list[dict[str, Any]]) -> None:
    """One finding for each pair in the key, none besides, and (nearly) all with its reason."""
    in_key = [f for f in findings if expected(f) is not None]
    assert len(in_key) == len(findings)
    assert len(in_key) == sum(len(rules) for lines in KEY.values() for rules in lines.values())
    wrong = [
        (f["provider_id"], f["service_line"], f["rule_id"], f["reason"])
        for f in in_key
        if f["reason"] != (expected(f) or {})["reason"]
    ]
    assert len(wrong) <= len(findings) * 0.05, wrong


def test_nobody_is_accused_wrongly_and_nobody_cleared(findings: list[dict[str, Any]]) -> None:
    """Concern where the key says met, or the other way round: only where it is known, with why."""
    swapped = set()
    for finding in findings:
        wanted = (expected(finding) or {})["outcome"]
        if {wanted, finding["outcome"]} == {Outcome.CONCERN, Outcome.MET}:
            site = finding["provider_id"].split(".")[0]
            swapped.add(f"{site} {finding['service_line']} {finding['rule_id']}")
    assert swapped == set(KNOWN_SWAPS)


def test_every_quote_stands_in_the_archive_by_a_second_reader(demo: tuple[View, str]) -> None:
    """The bytes re-read by warcio, their text taken by html5lib: each quote is in it."""
    view = demo[0]
    evidence = view.evidence().to_pylist()
    assert len(evidence) > 50
    pages = {p.capture_id: p for p in view.run.read("pages", Page)}
    texts: dict[str, str] = {}
    for row in evidence:
        page = pages[row["capture_id"]]
        if page.capture_id not in texts:
            texts[page.capture_id] = _second_reading(view.store.path / page.warc_file, page)
        # Between the cells of a row a bar is ours; in a title it may be the page's own.
        ways = _plain(row["quote"].replace(" | ", " ")), _plain(row["quote"])
        assert any(w in texts[page.capture_id] for w in ways), (page.final_url, row["quote"])


def _second_reading(warc: Path, page: Page) -> str:
    with warc.open("rb") as file:
        file.seek(page.warc_offset)
        record = next(iter(ArchiveIterator(file)))
        body = record.content_stream().read()
    charset = re.search(r"charset=([\w-]+)", page.content_type or "")
    tree = html5lib.parse(
        body.decode(charset.group(1) if charset else "utf-8", "replace"),
        namespaceHTMLElements=False,
    )
    for element in tree.iter():  # read where the picture or the sign stands
        sign = element.get("alt") or element.get("aria-label") or ""
        element.text = sign + (element.text or "")
    pieces = list(tree.itertext())
    pieces += [value for element in tree.iter() for value in element.attrib.values()]
    return _plain(" ".join(pieces)) + _plain("".join(pieces))


def _plain(text: str) -> str:
    # Where one element ends and the next begins, readers differ in white space and in nothing else.
    return re.sub(r"[\s\u00ad\u200b\u2022]+", "", text)


def test_a_page_that_failed_makes_absence_unknown_and_a_dead_link_does_not(
    findings: list[dict[str, Any]], demo: tuple[View, str]
) -> None:
    """One invented site answers 503 on its safety page, another links a page that is gone."""
    failing = [f for f in findings if f["provider_id"] == "fennimist.localhost"]
    assert Counter(f["reason"] for f in failing)["coverage_too_low"] > 0
    assert not any(
        f["reason"] == "not_stated" and "safety" in f["page_types_missing"] for f in failing
    )
    gone = [f for f in findings if f["provider_id"] == "summithalcyon.localhost"]
    assert any(f["reason"] == "not_stated" for f in gone)
    rows = demo[0].run.info["counts"]
    assert rows["failures"] > 0


def test_the_summary_names_everybody_and_warns(demo: tuple[View, str]) -> None:
    view, printed = demo
    flat = " ".join(printed.split())
    for provider in view.providers:
        assert provider["name"].split()[0] in flat
    assert "Not stated is not the same as not done" in flat
    assert "these providers are invented" in flat
    assert len(max(printed.splitlines(), key=len)) <= 80


def test_what_is_exported_is_what_is_shown(
    demo: tuple[View, str], findings: list[dict[str, Any]], tmp_path: Path
) -> None:
    out = tmp_path / "findings.jsonl"
    done = ketawatch(
        "export", "--store", str(demo[0].store.path), "--format", "jsonl", "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]
    assert rows == [{k: v or None if v == "" else v for k, v in f.items()} for f in findings]


def test_the_same_captures_give_the_same_findings(demo: tuple[View, str]) -> None:
    view = demo[0]
    before = view.audit.table_path("findings").read_bytes()
    done = ketawatch("audit", "--store", str(view.store.path))
    assert done.returncode == 0, done.stderr
    again = open_view(view.store)
    assert again.audit.audit_id == view.audit.audit_id
    assert again.audit.table_path("findings").read_bytes() == before


def test_an_interrupted_demo_keeps_to_its_addresses(tmp_path: Path) -> None:
    """Their port is in its ledger; where somebody else has it now, that is said, nothing done."""
    store = Store.create(tmp_path / "store")
    store.start_run("20261124T031500Z")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        row = Provider("juniperloft.localhost", "J", f"http://juniperloft.localhost:{port}/")
        provider_file.write(store.providers_path, [row])
        done = ketawatch("demo", "--no-dashboard", "--store", str(store.path))
    assert done.returncode == 2
    assert f"port {port} is in use" in done.stderr
    assert store.run_ids() == []
