"""What is on the screen as files, made by the same exports as on the command line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from data.findings import Filter, View
from publish import export


def findings(view: View, wanted: Filter) -> bytes:
    """A zip of the findings as CSV, its twin for spreadsheets and the manifest of both."""
    packed = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zip_:
        done = export.to_file(view, export.Request(wanted=wanted), Path(folder) / "findings.csv")
        for file in done.files:
            zip_.write(file, file.name)
    return packed.getvalue()
