"""What a command writes arrives whole, in any locale, and steers no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from data.findings import open_view
from data.store import Store, write_json
from data.warc import WarcAppender
from publish import summary
from tests.called import PAGE, ROOT, Call


@pytest.mark.parametrize(
    ("redirect", "words"),
    [(">&-", "standard output"), ("> /dev/full", "standard output: No space")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_an_answer_that_nobody_gets_is_no_success(redirect: str, words: str) -> None:
    call = f"'{sys.executable}' '{ROOT / 'ketawatch.py'}' rules list {redirect}"
    done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert words in done.stderr


def test_a_pipe_that_was_closed_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    call = [sys.executable, str(ROOT / "ketawatch.py"), "check", str(tmp_path / "page.html")]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_any_locale_will_do(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<p>A nurse stays on video with you for each dose \u2192 always.", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "ketawatch.py"), "check", str(tmp_path), "--json", "--all"],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "\u2192 always" in done.stdout.decode("utf-8")


def test_quotes_and_addresses_do_not_steer_the_terminal(run: Call, tmp_path: Path) -> None:
    said = "<p>A nurse stays on video with you for the whole of every dose, \u202esays\x9b he."
    with WarcAppender(tmp_path / "a.warc.gz") as warc:
        address = "https://stillmere.example/\u202e\x9b2J"
        html = [("Content-Type", "text/html; charset=utf-8")]
        warc.response(address, 200, "OK", html, said.encode(), "2026-11-24T03:15:00Z")
    for options in ([], ["--json"]):
        out = run("check", tmp_path / "a.warc.gz", *options).out
        assert "nurse" in out
        assert not set(out) & set("\u202e\x9b")


def test_names_do_not_steer_the_terminal(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sample_store.run().path / "run.json"
    info = sample_store.run().info
    write_json(path, info | {"providers": [p | {"name": "A\x1b[2J"} for p in info["providers"]]})
    summary.show(open_view(sample_store), Console(width=100))
    out = capsys.readouterr().out
    assert "A\\u001b[2J" in out
    assert "\x1b[2J" not in out
