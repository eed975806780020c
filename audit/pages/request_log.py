"""The log of what a page asked for while it loaded, as text: each row a block of its own.

So a request is quoted, placed and verified like any other words: by capture, place and offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audit.pages.blocks import Block
from audit.pages.page_text import PageText
from audit.pages.places import Outline
from data.models import REQUEST_LOG
from data.vocabulary import PageType

REGION = "requests"
TITLE = "What the page asked for while it loaded"


@dataclass(frozen=True, slots=True, eq=False)
class _Lines(Outline):
    """Where a row stands: its line, the first being 1."""

    def css_path(self, element: int) -> str:
        return f"line[{element}]"


def is_log(content_type: str | None) -> bool:
    """Whether a capture is such a log, by its type."""
    return (content_type or "").partition(";")[0].strip().lower() == REQUEST_LOG


def read(body: bytes, *, url: str) -> PageText:
    """Read a log; a row's place is ``line[n]``, and its text the line as it stands."""
    lines = body.decode("utf-8", "replace").split("\n")
    outline = _Lines(["html"], [-1])
    blocks = tuple(
        Block(line, "request", REGION, outline=outline, element=number)
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    return PageText(
        url=url,
        title=TITLE,
        description="",
        lang="",
        canonical="",
        blocks=blocks,
        words=0,
        shell=False,
        page_type=PageType.OTHER,
        truncated=False,
    )


def rows(text: PageText) -> Iterator[tuple[Block, dict[str, Any]]]:
    """Each row with its block; a line that is no JSON object is none of ours."""
    for block in text.blocks:
        try:
            row = json.loads(block.text)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield block, row
