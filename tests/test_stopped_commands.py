"""A command that a scheduler stops leaves word, and its code says that it can go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Store

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there")
def test_what_a_scheduler_stops_ends_as_after_ctrl_c(tmp_path: Path) -> None:
    Store.create(tmp_path / "store")
    script = (
        "import os, signal, sys, ketawatch, data.status\n"
        "data.status.describe = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
        f"sys.argv = ['ketawatch', 'status', '--store', {str(tmp_path / 'store')!r}]\n"
        "ketawatch.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 130, done.stderr
    assert "ketawatch: Interrupted" in done.stderr and "Traceback" not in done.stderr
