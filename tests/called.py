"""A call of the command line within the test's own process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import ketawatch

ROOT = Path(__file__).parent.parent
PAGE = """<!doctype html><title>Safety</title><h1>Safety</h1>
<p>A registered nurse stays on the video call with you for the whole of every lozenge session.</p>
<footer><p>Ketamine is not FDA approved for depression; our use is off-label.</p></footer>"""


class Call:
    """One call of the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.code = 0
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> Call:
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
