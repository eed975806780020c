"""A progress bar around an audit: on standard error, and only where somebody watches it."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from audit.run import audit_run
from data.cluster import Crew
from data.models import Issue
from data.store import Audit, Run, Store


def audit_with_progress(
    store: Store, run: Run, crew: Crew | None = None
) -> tuple[Audit, list[Issue]]:
    """Judge a run; see ``audit.run.audit_run``."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("providers"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Auditing", total=None)
        return audit_run(
            store, run, lambda done, total: bar.update(task, completed=done, total=total), crew
        )
