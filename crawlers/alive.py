"""The dead-man switch: a monitor of the operator's is told that a scheduled call went well.

It alarms when it hears nothing for too long: then the machine, the scheduler or the run is dead,
and nothing here could say so. One GET, through the guard, in a process of its own because a reactor
runs once a process; redirects are not followed, the answer is not read, and a failure is said and
changes nothing. The monitor's robots.txt is not asked for: this is no page that is read, but a bell
that its owner gave the operator.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import crawlers
from data.config import FILE_NAME, PING_VARIABLE, Config
from data.errors import EXIT_OK, EXIT_SOME_UNREACHABLE, EXIT_SOURCE_OUT_OF_BOUNDS, UsageError
from data.models import Issue

# Stands in the address for the exit code; then every end of a call is told, good or bad.
CODE = "{code}"
# The run was made, and what is to be seen to is named in the health file.
WELL = frozenset({EXIT_OK, EXIT_SOME_UNREACHABLE, EXIT_SOURCE_OUT_OF_BOUNDS})
_SLOWEST_S = 20
_LONGEST_S = 120


def require_usable(config: Config) -> None:
    """Refuse an address that could not be told, before hours of work.

    Raises:
        UsageError: it is no web address, or it holds a password.
    """
    url = config.operation.alive_url
    if not url:
        return
    place = f"{FILE_NAME}: alive.url (or {PING_VARIABLE})"
    not_one = UsageError(f"{place}: not a web address.", "It begins with https:// or http://.")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # whose message holds part of an address that is as good as a password
        raise not_one from None
    if not usable:
        raise not_one
    if parts.username or parts.password:
        raise UsageError(f"{place}: holds a user or a password.", "Use an address without them.")


def ping(config: Config, code: int, *, well: bool) -> Issue | None:
    """Tell the monitor, where there is one and this is to be told; gives what went wrong."""
    url = config.operation.alive_url
    if not url or not (well or CODE in url):
        return None
    orders = {
        "url": url.replace(CODE, str(code)),
        "private": config.operation.alive_private,
        "contact": config.contact,
    }
    wrong = _ask(json.dumps(orders))
    # Not the whole address, which is as good as a password to the monitor.
    host = urlsplit(url).hostname
    return Issue(f"monitor at {host}", wrong, "The run is not affected.") if wrong else None


def _ask(orders: str) -> str:
    """What went wrong; empty if nothing did."""
    root = str(Path(crawlers.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "crawlers.bell"],
            input=orders,
            encoding="utf-8",
            errors="replace",
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            timeout=_LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"not told ({type(error).__name__})."
    lines = child.stdout.strip().splitlines()
    if not lines:
        return f"not told (its process ended with {child.returncode})."
    return "" if lines[-1] == "told" else f"not told ({lines[-1]})."
