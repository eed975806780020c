"""What a case of the hostile web is: what a site serves, how its visit has to end, how far it goes.

A case stands for one trap. ``ends`` documents it: for each path, the class in which the crawl has
to leave it. A class is ``captured``, ``rendered`` (captured, and seen by the browser too), the
class of a failure, or ``skipped:REASON``; ``a|b`` is either. What a busy machine is late with has
another turn, alone, before the walk ends; where a page's scripts fight for the browser, that turn
may be lost as well, and the page is then one that we could not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.crawlers.sites_served import WORDS, Answer, page

HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = {"Content-Type": "text/plain"}
XML = {"Content-Type": "application/xml"}
CAPTURED, RENDERED = "captured", "rendered"
# Either the page comes to rest in its time, or it does not: the machine decides.
RENDERED_OR_NOT = "rendered|render_failed"

# Bytes as they go over the wire, status line first, for answers that no honest server gives.
Raw = Iterable[bytes]
Reply = Answer | Raw
Route = Reply | Callable[[str], Reply]
Routes = Mapping[str, Route]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a case is served; ``private`` is a server that nobody may reach."""

    host: str
    port: int
    private: int

    def url(self, path: str = "/", host: str = "") -> str:
        """An address of the case's own site, or of another host at its server."""
        return f"http://{host or self.host}:{self.port}{path}"


@dataclass(frozen=True, slots=True)
class Case:
    """One trap.

    ``routes`` are the site's answers by path; ``*`` answers all paths that are not named
    (robots.txt and sitemap.xml have to be). ``most``
    bounds the requests to the host; ``never`` names paths (and what lies below them) that no
    crawler may ask for; ``megabytes`` bounds what the server can get rid of.
    """

    name: str
    routes: Callable[[Here], Routes]
    ends: Mapping[str, str] = field(default_factory=lambda: {"/": CAPTURED})
    most: int = 6
    never: tuple[str, ...] = ()
    megabytes: int = 2
    wrong: str = ""

    @property
    def host(self) -> str:
        """The case's own host."""
        return f"{self.name}.localhost"


def html(body: str, head: str = "", text: str = WORDS) -> Answer:
    """A page with a real page's words and the trap's markup."""
    return Answer(
        f"<!doctype html><title>Care</title>{head}<p>{text}</p>{body}".encode(), 200, HTML
    )


def fixed(routes: Routes) -> Callable[[Here], Routes]:
    """Routes that do not depend on where the case is served."""
    return lambda here: routes


def front(routes: Routes, *links: str) -> Callable[[Here], Routes]:
    """A good home page with links, and the given routes."""
    return fixed({"/": page("Care", *links), **routes})


def forever(chunk: bytes) -> Iterator[bytes]:
    """The same bytes without end."""
    while True:
        yield chunk


def raw(head: str, body: Iterable[bytes] = ()) -> Iterator[bytes]:
    """A head as it is written here, each line ended, and whatever follows."""
    yield "".join(f"{line}\r\n" for line in [*head.splitlines(), ""]).encode("latin-1")
    yield from body
