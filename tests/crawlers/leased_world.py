"""Clinics on loopback for tests of several workers, one of them with a page that can be held up."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data import provider_file
from data.models import Provider
from data.store import Store
from tests.crawlers.sites_served import (
    Answer,
    Web,
    command,
    environment,
    page,
    redirect,
    serve,
)

HOSTS = tuple(f"clinic-{n}.localhost" for n in range(3))
GATED = HOSTS[-1]
PATHS = [f"/page-{n}" for n in range(4)]


class Gate:
    """A page that keeps its visitors waiting until it is opened."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> Answer:
        self.reached.set()
        self.open.wait(timeout=240)
        return page("Gate")


@contextmanager
def clinics() -> Iterator[Web]:
    """Three sites that are well, and one that shows nothing."""
    with serve() as served:
        for host in HOSTS:
            served.routes[host] = {"/": page(host, *PATHS, "/moved", "/gone", "/pic.jpg")}
            served.routes[host] |= {p: page(f"{host} {p}") for p in PATHS}
            served.routes[host]["/moved"] = redirect("/page-1")
        served.routes["shut.localhost"] = {"/": Answer(b"no", 403)}
        yield served


@contextmanager
def gate_at(web: Web) -> Iterator[Gate]:
    """A gate in the way of whoever visits the last site."""
    made = Gate()
    web.routes[GATED]["/page-2"] = made
    yield made
    made.open.set()


def new_store(folder: Path, web: Web) -> Store:
    """A store that lists all of the sites."""
    made = Store.create(folder)
    providers = [Provider(h, h, web.url(h)) for h in web.routes]
    provider_file.write(made.providers_path, providers)
    return made


def start(store: Store, *options: str) -> subprocess.Popen[str]:
    """A crawl that is led from a process, and a group, of its own."""
    return subprocess.Popen(
        command(store.path, "--render", "never", *options),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    """What a crawl said that came to its end."""
    said = process.communicate(timeout=300)[1]
    assert process.returncode in (0, 3), said
    return said


def asked_twice(web: Web, host: str) -> set[str]:
    """Paths that were asked for more often than a crawl asks; what is not found is asked twice."""
    return {path for path, count in web.asked(host).items() if count > 1 and path != "/gone"}
