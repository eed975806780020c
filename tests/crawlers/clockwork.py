"""Calls of the command line at any time that one likes: a forked child each, with its own clock.

``python tests/crawlers/clockwork.py`` loads the program once and then takes orders, one JSON object
a line: ``arguments``, ``now`` (RFC 3339), ``out`` (a file for both streams) and ``largest_file``
(bytes; beyond it the disk is full). It answers with the child's process id, then its exit code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
OURS = ("data", "crawlers", "audit", "publish", "ketawatch")


@dataclass(slots=True)
class Call:
    """A call that is under way or over."""

    pid: int
    out: Path
    code: int = 0

    @property
    def said(self) -> str:
        return self.out.read_text(encoding="utf-8")


class Clockwork:
    """The driver's other end."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder, self._calls = process, folder, 0

    def start(self, now: datetime, *arguments: str, largest_file: int | None = None) -> Call:
        """Begin a call; one at a time."""
        self._calls += 1
        out = self._folder / f"call-{self._calls}.txt"
        self._tell(
            {
                "now": now.isoformat(),
                "arguments": arguments,
                "out": str(out),
                "largest_file": largest_file,
            }
        )
        return Call(self._hear(), out)

    def end(self, call: Call) -> Call:
        """Wait for a call to end; its code is negative where a signal killed it."""
        call.code = self._hear()
        return call

    def __call__(self, now: datetime, *arguments: str, largest_file: int | None = None) -> Call:
        """A call from start to end."""
        return self.end(self.start(now, *arguments, largest_file=largest_file))

    def _tell(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@contextmanager
def clockwork(folder: Path) -> Iterator[Clockwork]:
    """A driver, until the end of the block; ``folder`` takes what the calls say."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KETAWATCH_")}
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", str(Path(__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=kept | {"PYTHONPATH": str(ROOT)},
        cwd=folder,
    ) as process:
        try:
            yield Clockwork(process, folder)
        finally:
            process.kill()


def _shifted(now: str) -> type[datetime]:
    """A ``datetime`` whose clock shows ``now`` and goes on from there."""
    offset = datetime.fromisoformat(now) - datetime.now(datetime.fromisoformat(now).tzinfo)

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            moment = datetime.now(tz) + offset
            return cls.fromtimestamp(moment.timestamp(), tz)

    return Then


def _child(order: dict[str, Any], main: Any) -> int:
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(out, stream)
    then = _shifted(order["now"])
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in OURS and getattr(module, "datetime", None) is datetime:
            module.datetime = then  # type: ignore[attr-defined]
    if order["largest_file"]:
        import resource  # which Windows lacks

        resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest_file"],) * 2)
    sys.argv = ["ketawatch", *order["arguments"]]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def main() -> None:
    """Load everything, then fork a child for each order."""
    import audit.run
    import crawlers.commands
    import crawlers.scheduled
    import dashboard.commands
    import data.commands
    import data.retention
    import ketawatch
    import publish.commands
    import publish.summary
    from audit.claims import engines

    loaded = (crawlers, dashboard, data, publish)
    assert all(loaded)
    engines.bundled_engine()
    audit.run._POOL_FROM = sys.maxsize  # new processes would not know of the clock
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = _child(order, ketawatch.main)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(pid, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
