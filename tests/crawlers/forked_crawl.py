"""A crawl in a process of its own that starts at once, to be killed: forked from a warm server."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.process import BaseProcess
from pathlib import Path

# What every crawl imports, once for all of them.
WARM = [
    "crawlers.crawl",
    "crawlers.walk.website",
    "crawlers.browser.browser",
    "tests.crawlers.forked_crawl",
]


def crawl_there(store: str, render: str) -> None:
    """Begin a run, or finish the interrupted one, as the command does; ends the process."""
    from crawlers.crawl import CrawlOptions, crawl
    from data.lock import hold
    from data.store import Store

    opened = Store.open(Path(store))
    with hold(opened.path, "crawl"):
        done = crawl(opened, CrawlOptions(delay=0, allow_private=True, render=render))
    os._exit(done.exit_code)


def start(store: Path, render: str) -> BaseProcess:
    """Start a crawl; its ``exitcode`` is the command's."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(WARM)
    process = context.Process(target=crawl_there, args=(str(store), render))
    process.start()
    return process
