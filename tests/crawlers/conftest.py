"""What several tests of the crawlers begin with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest

from crawlers.imports.spool import Spool


@pytest.fixture
def spool() -> Iterator[Spool]:
    with tempfile.TemporaryFile() as file:
        yield Spool(file)
