"""What each source yields today, from local files and over HTTP, one failing source at a time.

Scrapy's reactor runs once a process, and ``run`` and ``demo`` crawl providers after this. So the
sources on the web are read in a child process (``crawlers.discover.listing_spider``), which gets
its orders as JSON and leaves one result file a source; a child that dies takes no finished source
with it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import crawlers
from crawlers.discover.listing import Source
from crawlers.identity.provider_ids import is_private
from crawlers.readers.page import Fetched, FileReader
from data.errors import KetawatchError
from data.models import Issue, Listing
from data.store import Store, disk_errors, write_text

_FOLDER = ".discover-"
NO_CONTACT = "not read: no contact is set, and no public host is asked without one."


@dataclass(slots=True)
class Harvest:
    """Rows of one source, rows left out, and why the source as a whole failed, if it did."""

    rows: list[Listing] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    failure: str | None = None

    def dump(self, path: Path) -> None:
        """Write to a file that appears whole."""
        write_text(path, json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def load(cls, path: Path) -> Harvest:
        """Read back what ``dump`` wrote."""
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows = [Listing(**row) for row in raw["rows"]]
        return cls(rows, [Issue(**issue) for issue in raw["issues"]], raw["failure"])


def harvest(
    sources: Iterable[Source], store: Store, allow_private: Collection[str], today: str
) -> dict[str, Harvest]:
    """Read all sources; whatever goes wrong with one is its ``failure`` and nobody else's."""
    contact = store.config().contact
    found: dict[str, Harvest] = {}
    remote: list[Source] = []
    for source in sources:
        if source.local is not None:
            found[source.name] = _read_local(source, source.local, today)
        elif not contact and not is_private(source.host):
            found[source.name] = Harvest(failure=NO_CONTACT)
        else:
            remote.append(source)
    return found | (_read_remote(remote, store, allow_private, today) if remote else {})


def _read_local(source: Source, path: Path, today: str) -> Harvest:
    # What a person saved from the web points where a website may point, and no further.
    frame = source.frame(today, public=source.saved)
    try:
        if isinstance(source.reader, FileReader):
            read = source.reader.read_file(path, frame, source.declared.max_rows)
        else:
            read = source.reader.read(Fetched(path.name, path.read_bytes()), frame)
    except OSError as error:
        return Harvest(failure=f"{path}: not readable ({error.strerror}).")
    except KetawatchError as error:
        return Harvest(failure=str(error))
    return Harvest(read.rows, read.issues)


def _read_remote(
    sources: list[Source], store: Store, allow_private: Collection[str], today: str
) -> dict[str, Harvest]:
    # The caller holds the store's lock: these were left by somebody who was killed.
    for left in store.path.glob(f"{_FOLDER}*"):
        shutil.rmtree(left, ignore_errors=True)
    with (
        disk_errors(store.path),
        tempfile.TemporaryDirectory(prefix=_FOLDER, dir=store.path) as folder,
    ):
        orders = {
            "store": str(store.path.absolute()),
            "folder": str(Path(folder).absolute()),
            "files": [str(s.file.absolute()) for s in sources],
            "allow_private": sorted(allow_private),
            "today": today,
        }
        last_words = _run_child(json.dumps(orders))
        return {s.name: _left_behind(Path(folder) / f"{s.name}.json", last_words) for s in sources}


def _run_child(orders: str) -> str:
    """Run the child to its end, and give the last line that it wrote to stderr."""
    # ``-P`` keeps a stray package in the working directory from standing in for one of ours.
    root = str(Path(crawlers.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    child = subprocess.run(
        [sys.executable, "-P", "-m", "crawlers.discover.listing_spider"],
        input=orders,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        check=False,
    )
    lines = child.stderr.strip().splitlines() or [f"exit code {child.returncode}"]
    return lines[-1]


def _left_behind(path: Path, last_words: str) -> Harvest:
    if path.exists():
        return Harvest.load(path)
    return Harvest(failure=f"its reader stopped before it was done ({last_words}).")
