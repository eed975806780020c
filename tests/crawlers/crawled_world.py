"""A loopback world of sites with every kind of trouble, crawled once for many tests."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from data import provider_file
from data.models import Coverage, Failure, Page, Provider, Skipped
from data.store import Run, Store
from tests.crawlers.sites_served import Answer, Web, crawl, page, redirect, serve

HTML = {"Content-Type": "text/html"}
SHELL = b'<title>App</title><body><div id="root"></div><script src="/a.js"></script></body>'
CHALLENGE = (
    b"<title>Just a moment...</title><body>Verifying you are human."
    b"<script>window._edge_chl_opt={}</script></body>"
)
MOST_PAGES = 20


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class World:
    """The finished run with its tables by provider, and the two servers that were asked."""

    web: Web
    private: Web
    store: Store
    run: Run
    exit_code: int
    said: str
    pages: dict[str, list[Page]] = field(default_factory=dict)
    skipped: dict[str, dict[str, str]] = field(default_factory=dict)
    failures: dict[str, dict[str, Failure]] = field(default_factory=dict)
    coverage: dict[tuple[str, str], Coverage] = field(default_factory=dict)

    def path(self, host: str, url: str) -> str:
        """An address of a host without the host."""
        return url.removeprefix(self.web.url(host, ""))

    def failure(self, host: str, path: str = "/") -> Failure:
        """What went wrong with a path."""
        return self.failures[host][self.web.url(host, path)]


def clinic(private: Web) -> dict[str, Any]:
    """A site with every kind of link; the answers that are not pages are told apart by path."""
    return {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /staff-only\nSitemap: /map.xml"),
        "/map.xml": Answer(
            b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>"
            b"http://clinic.localhost/only-in-the-sitemap</loc></url></urlset>",
            headers={"Content-Type": "application/xml"},
        ),
        "/": page(
            "Clinic",
            *("/kind-words|About everything else", "/blog/one|News", "/staff-only|Consent"),
            *("/safety|Safety", "/faq?utm_source=x#top|FAQ", "/how|How it works"),
            *("/gone|Prices", "/broken|Eligibility", "/soft|Our team", "/moved|Terms"),
            *("/calendar/2026/11|Events", "/faq?replytocom=4", "/patient-portal/|Log in"),
            *("/photo.jpg|Photo", "/es/|Español", "/form.pdf|Consent form", "/away|Help"),
            *("/imds|Status", "/next-door|Neighbour", "mailto:a@b.example", "javascript:void(0)"),
            *("https://elsewhere.example/x|Friends", "http://[bad", "/flaky|Treatment"),
        ),
        "/kind-words": page("Kind words"),
        "/only-in-the-sitemap": page("Seldom seen"),
        "/blog/one": page("First post"),
        "/safety": page("Safety", "/", "/safety"),
        "/faq": page("Questions"),
        "/how": Answer(
            gzip.compress(page("How it works").body), headers={**HTML, "Content-Encoding": "gzip"}
        ),
        "/broken": Answer(b"<h1>Resting</h1>", 503, HTML),
        "/soft": page("Page not found", text="Sorry."),
        "/moved": redirect("/terms/", 301),
        "/terms/": page("Terms"),
        "/form.pdf": Answer(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}),
        "/away": redirect("https://elsewhere.example/help"),
        "/imds": redirect("http://169.254.169.254/latest/meta-data/"),
        "/next-door": redirect(private.url("clinic.localhost", "/secret")),
        "/flaky": flaky(),
    }


def flaky() -> Any:
    """Out of order at the first request, well from the second on."""
    answers = iter([Answer(b"busy", 503, {**HTML, "Retry-After": "0"})])
    return lambda: next(answers, page("Treatment"))


def hosts(web: Web, private: Web) -> dict[str, dict[str, Any]]:
    many = [f"/page-{n}" for n in range(40)]
    posts = [f"/blog/post-{n}" for n in range(12)]
    return {
        "clinic.localhost": clinic(private),
        "many.localhost": {"/": page("Many", *many)} | {p: page(p) for p in many},
        "posts.localhost": {"/": page("Posts", *posts)} | {p: page(p) for p in posts},
        "www.twin.localhost": {
            "/": page("Twin", web.url("twin.localhost", "/faq"), "/"),
            "/faq": page("FAQ"),
        },
        "twin.localhost": {"/": redirect(web.url("www.twin.localhost"), 301)},
        "leaves.localhost": {"/": redirect("https://elsewhere.example/")},
        "shell.localhost": {"/": Answer(SHELL, headers=HTML)},
        "wall.localhost": {"/": Answer(CHALLENGE, 403, HTML), "/sitemap.xml": Answer(b"")},
        "closed.localhost": {"/robots.txt": Answer(b"User-agent: *\nDisallow: /")},
        "upset.localhost": {"/robots.txt": Answer(b"", 503), "/": page("Hidden")},
        "loop.localhost": {"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")},
        "big.localhost": {"/": Answer(b"", headers=HTML, length=11 * 1024 * 1024)},
        "short.localhost": {"/": Answer(b"<h1>Cut", headers=HTML, length=5_000)},
        "bomb.localhost": {
            "/": Answer(
                gzip.compress(bytes(40 * 1024 * 1024)), headers={**HTML, "Content-Encoding": "gzip"}
            )
        },
        "empty.localhost": {"/": Answer(b"", headers=HTML)},
        "feed.localhost": {"/": Answer(b"{}", headers={"Content-Type": "application/json"})},
        "angry.localhost": {"/": page("Angry", *(f"/page-{n}" for n in range(9)))}
        | {f"/page-{n}": Answer(b"no", 403, HTML) for n in range(9)},
        "127.0.0.1": {"/": page("By number")},
    }


@contextmanager
def crawled(folder: Path) -> Iterator[World]:
    """The world, served for as long as the block lasts, and what one crawl of it left behind."""
    certificate = self_signed(folder / "own.pem")
    with serve() as web, serve() as private, serve(certificate) as shut:
        web.routes |= hosts(web, private)
        private.routes["clinic.localhost"] = {"/secret": page("Secret")}
        web.routes["clinic.localhost"]["/map.xml"] = sitemap(web)
        store = Store.create(folder / "store")
        write_providers(store, web, shut)
        done = crawl(store.path, "--max-pages", str(MOST_PAGES), "--render", "never")
        assert done.returncode in (0, 3), done.stderr
        run = store.run()
        yield tabulate(World(web, private, store, run, done.returncode, done.stderr))


def sitemap(web: Web) -> Answer:
    place = web.url("clinic.localhost", "/only-in-the-sitemap")
    text = f"<urlset><url><loc>{place}</loc></url></urlset>"
    return Answer(gzip.compress(text.encode()), headers={"Content-Type": "application/gzip"})


def self_signed(path: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tls.localhost")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=3650))
    pem = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    path.write_bytes(
        pem + key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def write_providers(store: Store, web: Web, shut: Web) -> None:
    rows = [
        Provider(host, host, web.url(host)) for host in web.routes if host != "www.twin.localhost"
    ]
    rows += [
        Provider("down.localhost", "Down", f"http://down.localhost:{closed_port()}/"),
        Provider("tls.localhost", "Shut", f"https://tls.localhost:{shut.port}/"),
        Provider("nowhere.invalid", "Nowhere", "http://nowhere.invalid/"),
        Provider("waiting", "No website yet"),
        Provider("past", "Past", web.url("past.localhost"), status="closed"),
    ]
    provider_file.write(store.providers_path, rows)
    with store.providers_path.open("a", encoding="utf-8") as file:
        file.write("ftp.example,Bad row,ftp://x.example/,,,,,,,,\r\n")


def tabulate(world: World) -> World:
    for row in world.run.read("pages", Page):
        world.pages.setdefault(row.provider_id, []).append(row)
    for skip in world.run.read("skipped", Skipped):
        world.skipped.setdefault(skip.provider_id, {})[skip.url] = skip.reason
    for failure in world.run.read("failures", Failure):
        world.failures.setdefault(failure.provider_id, {})[failure.url] = failure
    for cover in world.run.read("coverage", Coverage):
        world.coverage[cover.provider_id, cover.expected_type] = cover
    return world
