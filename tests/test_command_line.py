"""Bad input gets one line that names the place and the remedy, and the documented exit code."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

import ketawatch
from data import lock, provider_file
from data.findings import open_view
from data.models import Provider
from data.store import Store, write_json
from data.version import VERSION
from data.warc import WarcAppender
from publish import summary

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><title>Safety</title><h1>Safety</h1>
<p>A registered nurse stays on the video call with you for the whole of every lozenge session.</p>
<footer><p>Ketamine is not FDA approved for depression; our use is off-label.</p></footer>"""


class Run:
    """One call of the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.code = 0
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> Run:
        self._monkeypatch.setattr(sys, "argv", ["ketawatch", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            ketawatch.main()
        self.code = int(ended.value.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return self

    def complains(self, code: int, *words: object) -> None:
        """Exit code, and one line that holds all these words."""
        line = next((x for x in self.err.splitlines() if x.startswith("ketawatch:")), "")
        assert (self.code, self.err.count("Traceback")) == (code, 0), self.err
        assert all(str(word) in line for word in words), (words, self.err)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.delenv("KETAWATCH_CONTACT", raising=False)
    return Run(monkeypatch, capsys)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    made = Store.create(path)
    row = Provider("stillmere-clinic.org", "Stillmere", "https://stillmere-clinic.org/")
    made.providers_path.write_text(provider_file.dumps([row]), encoding="utf-8")
    return path


def test_no_store(run: Run, tmp_path: Path) -> None:
    for command in ("status", "audit", "crawl"):
        run(command, "--store", tmp_path / "none").complains(2, tmp_path / "none", "no such store")


def test_a_store_made_by_a_newer_version(run: Run, store: Path) -> None:
    (store / "ketawatch.toml").write_text("store_format = 99\n", encoding="utf-8")
    run("status", "--store", store).complains(2, "ketawatch.toml", "99", "newer", "Update")


def test_an_unknown_key_in_the_configuration(run: Run, store: Path) -> None:
    (store / "ketawatch.toml").write_text("[limits]\nmax_page = 3\n", encoding="utf-8")
    run("status", "--store", store).complains(2, "limits.max_page", "unknown key", "max_pages")


def test_an_unknown_provider(run: Run, store: Path) -> None:
    run("crawl", "--store", store, "--only", "nobody").complains(2, "nobody")


def test_a_missing_contact(run: Run, store: Path) -> None:
    run("crawl", "--store", store).complains(
        2, "contact", "KETAWATCH_CONTACT", "stillmere-clinic.org"
    )


def test_nothing_to_resume(run: Run, store: Path) -> None:
    run("crawl", "--store", store, "--resume").complains(2, "resume")


def test_a_bad_row_is_named_and_the_rest_goes_on(run: Run, store: Path) -> None:
    path = store / "providers.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "bad,Bad,not-a-web-address" + "," * 8 + "\n",
        encoding="utf-8",
    )
    run("status", "--store", store)
    assert (run.code, "unreadable rows: 1" in run.out) == (0, True)
    _, (issue,) = provider_file.read(path)
    assert issue.where == f"{path}: line 3"
    assert "not-a-web-address" in issue.what


def test_another_process_holds_the_store(run: Run, store: Path) -> None:
    with lock.hold(store, "crawl"):
        run("audit", "--store", store).complains(6, "held by 'ketawatch crawl'", "process")


def test_no_run_and_no_audit_yet(run: Run, store: Path) -> None:
    run("audit", "--store", store).complains(2, "no finished run", "crawl")
    out = store / "x.csv"
    run("export", "--store", store, "--format", "csv", "--out", out).complains(2, "no finished run")
    assert not out.exists()


def test_the_list_of_nobody_says_which_rows_are_bad(run: Run, store: Path) -> None:
    path = store / "providers.csv"
    path.write_text("provider_id,name,homepage\nx,X,not-an-address\n", encoding="utf-8")
    run("crawl", "--store", store).complains(2, "1 bad rows", "line 2", "not-an-address")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.rstrip().endswith(f"version {VERSION}")


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


def test_quotes_and_addresses_do_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    said = "<p>A nurse stays on video with you for the whole of every dose, \u202esays\x9b he."
    with WarcAppender(tmp_path / "a.warc.gz") as warc:
        address = "https://stillmere.example/\u202e\x9b2J"
        html = [("Content-Type", "text/html; charset=utf-8")]
        warc.response(address, 200, "OK", html, said.encode(), "2026-11-24T03:15:00Z")
    for options in ([], ["--json"]):
        out = run("check", tmp_path / "a.warc.gz", *options).out
        assert "nurse" in out
        assert not set(out) & set("\u202e\x9b")


def test_a_disk_that_cannot_be_written(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(store / ".lock"))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    run("crawl", "--store", store).complains(1, store, "cannot be written", "Read-only")


@pytest.mark.parametrize("name", ["health.json", "runs/20261124T031500Z/pages.parquet"])
def test_a_damaged_file_is_named(run: Run, sample_store: Store, name: str) -> None:
    damaged = sample_store.path / name
    damaged.write_bytes(b"{")
    where = ["--store", sample_store.path]
    command = ["status"] if name == "health.json" else ["export", "--format", "csv", "--out", "-"]
    run(*command, *where).complains(2, damaged, "unreadable")


def test_what_nobody_foresaw_is_a_line_and_no_traceback(
    run: Run, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("one\ntwo")

    monkeypatch.setattr("data.status.describe", fail)
    run("status", "--store", sample_store.path).complains(
        1, "Unexpected KeyError (data/commands.py, line ", "KETAWATCH_TRACEBACK=1"
    )
    monkeypatch.setenv("KETAWATCH_TRACEBACK", "1")
    with pytest.raises(KeyError):
        run("status", "--store", sample_store.path)


def test_what_a_killed_audit_left_behind_goes(run: Run, sample_store: Store) -> None:
    audits = sample_store.run().path / "audits"
    (audits / ".partial-rules-of-old-engine-of-old").mkdir()
    before = sample_store.run().current_audit_id()
    assert run("audit", "--store", sample_store.path).code == 0
    assert [p.name for p in audits.glob(".partial*")] == []
    assert sample_store.run().current_audit_id() != before
    assert sample_store.run().audit(before).audit_id == before


def test_run_first_judges_what_a_killed_run_had_crawled(run: Run, sample_store: Store) -> None:
    off = ("starter", "nppes", "certificate_transparency")
    switches = "".join(f"{name} = false\n" for name in off)
    (sample_store.path / "ketawatch.toml").write_text(f"[sources]\n{switches}", encoding="utf-8")
    closed = Provider("a", "A", "https://a.example/", status="closed")
    provider_file.write(sample_store.providers_path, [closed])
    (sample_store.run().path / "audits" / "CURRENT").unlink()
    run("run", "--store", sample_store.path).complains(2, "no provider to look at")
    assert sample_store.run().current_audit_id() is not None


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


def test_an_unknown_rule(run: Run) -> None:
    run("rules", "show", "supervision.nothing").complains(2, "supervision.nothing", "rules list")


def test_a_port_in_use(run: Run, sample_store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run("dashboard", "--store", sample_store.path, "--port", port).complains(2, port, "--port")


def test_an_unreadable_archive_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"no archive at all" * 40)
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    run("check", tmp_path, "--json")
    assert run.code == 0
    assert "a.warc.gz: not readable" in run.err
    assert [page["path"] for page in json.loads(run.out)] == [str(tmp_path / "b.html")]
    (tmp_path / "b.html").unlink()
    assert run("check", tmp_path).code == 4


def test_what_is_no_page_does_not_seem_to_say_nothing(run: Run, tmp_path: Path) -> None:
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


def test_check_says_what_a_page_says(run: Run, tmp_path: Path) -> None:
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


def test_check_needs_a_path_that_exists(run: Run, tmp_path: Path) -> None:
    run("check", tmp_path / "none.html").complains(2, "none.html", "no such file")


def test_doctor_names_what_is_missing(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    run("doctor", "--store", store, "--json")
    found = {check["name"]: check for check in json.loads(run.out)}
    assert (run.code, found["contact"]["state"]) == (2, "problem")
    assert found["Chromium"]["state"] == "warning"
    monkeypatch.setenv("KETAWATCH_CONTACT", "oversight@example.org")
    assert run("doctor", "--store", store).code == 0


def test_later_commands_are_not_offered(run: Run) -> None:
    listed = run("--help").out
    commands = [line.split()[0] for line in listed.split("Commands:")[1].splitlines() if line]
    works = "audit check crawl dashboard demo discover doctor evaluate export import merges"
    assert " ".join(commands) == f"{works} prune rules run status"
