"""What a scheduled call said is kept, in lines of one entry each, and in files of bounded size."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from data import run_log
from data.errors import UsageError


def lines(store: Path) -> list[str]:
    return (store / "logs" / "ketawatch.log").read_text(encoding="utf-8").splitlines()


def test_each_entry_is_one_line_with_its_time_in_utc(tmp_path: Path) -> None:
    with run_log.kept(tmp_path):
        run_log.say("a name\nwith 2026-01-01T00:00:00Z INFO forged \x1b[2J lines")
        logging.getLogger("scrapy").info("chatter")
        logging.getLogger("scrapy").error("a spider died")
    first, second = lines(tmp_path)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO a name \| with", first)
    assert "\\u001b[2J" in first
    assert "ERROR a spider died" in second
    run_log.say("after the end")
    assert len(lines(tmp_path)) == 2


def test_files_are_turned_over_and_the_oldest_go(tmp_path: Path) -> None:
    for call in range(30):
        with run_log.kept(tmp_path, max_bytes=2000):
            for n in range(20):
                run_log.say(f"call {call} line {n} " + "x" * 60)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == run_log.BACKUPS + 1
    assert all(file.stat().st_size <= 2000 for file in files)
    assert "call 29 line 19" in lines(tmp_path)[-1]


def test_how_it_ended_is_kept_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError), run_log.kept(tmp_path):
        raise UsageError("providers.csv: no such file.", "Write one.")
    with pytest.raises(ZeroDivisionError), run_log.kept(tmp_path):
        1 / 0  # noqa: B018
    known, unknown = lines(tmp_path)
    assert "UsageError: providers.csv: no such file. Write one." in known
    assert "Traceback" not in known and "Traceback" in unknown


def test_a_log_that_cannot_be_opened_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    with run_log.kept(tmp_path):
        run_log.say("heard by nobody")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's always-full device")
def test_a_full_disk_stops_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "ketawatch.log").symlink_to("/dev/full")
    with run_log.kept(tmp_path):
        run_log.say("no room")
    assert capfd.readouterr().err == ""
