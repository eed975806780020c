"""One writer a store, named to whoever comes second; a dead holder holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data import lock
from data.errors import EXIT_STORE_HELD, StoreHeldError

ROOT = Path(__file__).resolve().parents[2]
_HOLD = """
import sys, time
from pathlib import Path
from data import lock
with lock.hold(Path(sys.argv[1]), "crawl"):
    print("held", flush=True)
    time.sleep(600)
"""


@contextmanager
def other_process(store: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(store)],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_process_is_told_who_holds_the_store(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        with pytest.raises(StoreHeldError) as held, lock.hold(tmp_path, "audit"):
            pass
        assert "'ketawatch crawl'" in held.value.message
        assert f"process {process.pid} on " in held.value.message
        assert held.value.exit_code == EXIT_STORE_HELD
        assert held.value.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a Unix thing")
def test_a_killed_holder_frees_the_store(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with lock.hold(tmp_path, "audit"):
            pass


def test_the_lock_is_free_after_an_error_and_can_be_taken_again(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock.hold(tmp_path, "crawl"):
        raise RuntimeError
    for _ in range(2):
        with lock.hold(tmp_path, "crawl"):
            pass


@pytest.mark.parametrize("name", ["{", "[]", "null", "{}"])
def test_a_nameless_holder_is_still_a_holder(tmp_path: Path, name: str) -> None:
    with other_process(tmp_path):
        (tmp_path / ".lock-holder.json").write_text(name, encoding="utf-8")
        with pytest.raises(StoreHeldError, match="another ketawatch"), lock.hold(tmp_path, "x"):
            pass


def test_the_name_of_a_path_is_not_the_lock(tmp_path: Path) -> None:
    """Through a link it is the same store, and so the same lock."""
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "store")
    held = other_process(tmp_path / "store")
    with held, pytest.raises(StoreHeldError), lock.hold(tmp_path / "link", "x"):
        pass
