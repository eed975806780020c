"""``check``: what one page says, without a store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.called import PAGE, ROOT, Call


def test_an_unreadable_archive_is_named_and_the_rest_goes_on(run: Call, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"no archive at all" * 40)
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    run("check", tmp_path, "--json")
    assert run.code == 0
    assert "a.warc.gz: not readable" in run.err
    assert [page["path"] for page in json.loads(run.out)] == [str(tmp_path / "b.html")]
    (tmp_path / "b.html").unlink()
    assert run("check", tmp_path).code == 4


def test_what_is_no_page_does_not_seem_to_say_nothing(run: Call, tmp_path: Path) -> None:
    run("check", tmp_path)
    assert (run.code, "holds no web page" in run.err) == (4, True)
    for name, body, words in (
        ("a.pdf", b"%PDF-1.7\n", "the PDF is not read"),
        ("b.html", b"\x89PNG\r\n\0\0", "no web page"),
    ):
        (tmp_path / name).write_bytes(body)
        run("check", tmp_path / name)
        assert (run.code, f"{name}: {words}" in run.err) == (4, True)
    (tmp_path / "c.html").write_bytes(PAGE.encode("utf-16"))
    assert run("check", tmp_path / "c.html").code == 0


def test_check_says_what_a_page_says(run: Call, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (page,) = json.loads(run("check", tmp_path / "page.html", "--json").out)
    found = {(c["rule_id"], c["stance"]): c for c in page["claims"]}
    assert set(found) == {
        ("supervision.live-monitoring", "states"),
        ("disclosure.off-label", "states"),
        ("claim.fda-approved", "denies"),
    }
    assert page["page_type"] == "safety"
    nurse = found["supervision.live-monitoring", "states"]
    assert nurse["quote"].startswith("A registered nurse stays on the video call")
    assert (nurse["region"], nurse["service_line"]) == ("main", "at-home-oral")
    assert nurse["char_end"] - nurse["char_start"] == len(nurse["quote"])
    assert found["disclosure.off-label", "states"]["region"] == "footer"


def test_check_refuses_a_private_address_unless_it_is_opened() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), "check", "http://127.0.0.1:9/"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 4
    assert "guard" in done.stderr


def test_check_needs_a_path_that_exists(run: Call, tmp_path: Path) -> None:
    run("check", tmp_path / "none.html").complains(2, "none.html", "no such file")
