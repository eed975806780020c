"""Bytes of a PDF to the text that it draws, page by page, or the reason why it is not read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import audit
from audit.pages.markup import PageRefused
from audit.pages.pdf.pdf_rows import Run

MAX_BYTES = 20 * 1024 * 1024
# The worker keeps to less by itself, where the system lets it.
MAX_WALL_S = 60
_FEW_LETTERS = 5
_WHICH = "its pages are pictures of text (a scan), and hold no letters"
_STOPPED = "it takes more memory or time to read than any plain document does"


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF draws: the runs of each page.

    Attributes:
        title: what it says it is called; often a file's name.
        lang: its language; empty where it does not say.
        incomplete: some of its pages are pictures, whose text is not read.
    """

    title: str
    lang: str
    pages: tuple[tuple[Run, ...], ...]
    incomplete: bool


def load(body: bytes) -> Document:
    """Read a PDF in a process of its own, within bounds.

    Raises:
        PageRefused: it is too large, damaged, encrypted, a scan, or made to do harm.
    """
    if len(body) > MAX_BYTES:
        raise PageRefused(f"the PDF is larger than {MAX_BYTES >> 20} MiB")
    answer = _ask_worker(body)
    if "refused" in answer:
        raise PageRefused(f"the PDF is not read: {answer['refused']}")
    pages = tuple(tuple(Run(*run) for run in page["runs"]) for page in answer["pages"])
    letters = sum(len(run.text) for page in pages for run in page)
    pictures = sum(page["picture"] for page in answer["pages"])
    if letters < _FEW_LETTERS or pictures == len(pages):
        raise PageRefused(f"the PDF is not read: {_WHICH if pictures else 'it holds no text'}")
    words = sum(run.text.count(" ") + 1 for page in pages for run in page)
    if 2 * sum(page["unknown"] for page in answer["pages"]) > words:
        raise PageRefused("the PDF is not read: its fonts do not tell which letters they show")
    return Document(answer["title"], answer["lang"], pages, pictures > 0)


def _ask_worker(body: bytes) -> Any:
    # ``-P`` keeps a stray package in the working directory from standing in for one of ours.
    root = str(Path(audit.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "audit.pages.pdf.pdf_worker"],
            input=body,
            capture_output=True,
            timeout=MAX_WALL_S,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PageRefused(f"the PDF is not read: {_STOPPED}") from error
    if done.returncode != 0:
        raise PageRefused(f"the PDF is not read: {_STOPPED}")
    return json.loads(done.stdout)
