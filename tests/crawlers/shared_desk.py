"""Two clinics on loopback whose crawls find one and the same help desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data import provider_file
from data.models import Page, Provider
from data.store import Store
from tests.crawlers.sites_served import Answer, Web, page, serve

# Both are named "Quiet Harbor", and so is the desk.
CLINICS = ("quietharbor-east.localhost", "quietharbor-west.localhost")
DESK = "help.quietharbor-desk.localhost"
# Without it nobody is asked but whom the operator lists.
CONTACT = 'contact = "somebody@operator.example"'
OWN_PAGES = [f"/page-{n}" for n in range(3)]


def answers_for(clinic: str) -> list[str]:
    """Paths of the desk to which a clinic links."""
    return [f"/{clinic}/answer-{n}" for n in range(3)]


class Desk:
    """The desk's pages; the first that is asked keeps its visitor until it is told to go on."""

    def __init__(self) -> None:
        self.open, self.reached = threading.Event(), threading.Event()
        self.first = ""

    def page(self, path: str) -> Answer:
        """Answer, one day."""
        self.first = self.first or path
        if self.first == path:
            self.reached.set()
            self.open.wait(timeout=240)
        return page(f"Help {path}")

    def first_and_other(self) -> tuple[str, str]:
        """The clinic that came first, and the other one."""
        first = next(c for c in CLINICS if self.first.startswith(f"/{c}/"))
        return first, next(c for c in CLINICS if c != first)


@contextmanager
def shared_desk() -> Iterator[tuple[Web, Desk]]:
    """Serve both clinics and the desk."""
    desk = Desk()
    with serve() as web:
        web.routes[DESK] = {}
        for clinic in CLINICS:
            links = [f"{web.url(DESK, path)}|Help" for path in answers_for(clinic)]
            web.routes[clinic] = {"/": page("Quiet Harbor", *links, *OWN_PAGES)}
            web.routes[clinic] |= {p: page(f"{clinic} {p}") for p in OWN_PAGES}
            for path in answers_for(clinic):
                web.routes[DESK][path] = lambda path=path: desk.page(path)  # type: ignore[misc]
        try:
            yield web, desk
        finally:
            desk.open.set()


def store_of(folder: Path, web: Web, limits: str = "") -> Store:
    """A store that lists both clinics; the desk may be asked though it is on loopback."""
    made = Store.create(folder)
    opened = f'[own_hosts]\nnobody = ["{DESK}:{web.port}"]\n'
    (made.path / "ketawatch.toml").write_text(f"{CONTACT}\n{limits}\n{opened}", encoding="utf-8")
    providers = [Provider(c, "Quiet Harbor", web.url(c)) for c in CLINICS]
    provider_file.write(made.providers_path, providers)
    return made


def captured(store: Store, clinic: str) -> set[str]:
    """Paths of a clinic's pages, whichever host they stand on."""
    rows = store.run().read("pages", Page)
    return {"/" + r.url.split("/", 3)[3] for r in rows if r.provider_id == clinic}
