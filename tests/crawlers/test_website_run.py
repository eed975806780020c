"""One crawl over many hosts, looked at from outside: the store it leaves, the servers' own logs."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from warcio.archiveiterator import ArchiveIterator

from data import provider_file, warc
from data.models import Coverage, Failure, Page, Provider, Skipped
from data.store import Run, Store
from tests.crawlers.sites_served import WORDS, Answer, Web, crawl, page, redirect, serve

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


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world") / "store"
    certificate = self_signed(tmp_path_factory.mktemp("tls") / "own.pem")
    with serve() as web, serve() as private, serve(certificate) as shut:
        web.routes |= hosts(web, private)
        private.routes["clinic.localhost"] = {"/secret": page("Secret")}
        web.routes["clinic.localhost"]["/map.xml"] = sitemap(web)
        store = Store.create(folder)
        write_providers(store, web, shut)
        done = crawl(folder, "--max-pages", str(MOST_PAGES))
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


def test_the_most_relevant_pages_come_first(world: World) -> None:
    order = [path for path in world.web.asked("clinic.localhost") if path != "/robots.txt"]
    assert order.index("/") == 0
    assert order.index("/how") < order.index("/faq") < order.index("/safety")
    assert order.index("/safety") < order.index("/kind-words") < order.index("/blog/one")


def test_nothing_is_asked_twice_but_what_failed(world: World) -> None:
    asked = world.web.asked("clinic.localhost")
    again = {path: count for path, count in asked.items() if count > 1}
    # A fault three times, a hiccup twice, and what was not found a second time at the end.
    assert again == {"/broken": 3, "/flaky": 2, "/gone": 2, "/soft": 2}
    assert {method for _, method, _ in world.web.log} == {"GET"}


@pytest.mark.parametrize(
    ("path", "failure_class", "fault", "attempts"),
    [
        ("/broken", "server_error", "theirs", 3),
        ("/gone", "dead_link", "theirs", 2),
        ("/soft", "dead_link", "theirs", 2),
        ("/staff-only", "robots", "policy", 1),
        ("/away", "off_site_redirect", "theirs", 1),
        ("/imds", "guard", "policy", 1),
        ("/next-door", "guard", "policy", 1),
    ],
)
def test_failures_have_class_fault_and_attempts(
    world: World, path: str, failure_class: str, fault: str, attempts: int
) -> None:
    failure = world.failure("clinic.localhost", path)
    assert (failure.failure_class, failure.fault) == (failure_class, fault)
    assert failure.attempts == attempts
    assert failure.remedy.endswith(".")
    assert len(world.failures["clinic.localhost"]) == 7


@pytest.mark.parametrize(
    ("host", "failure_class"),
    [
        ("leaves.localhost", "off_site_redirect"),
        ("shell.localhost", "render_failed"),
        ("wall.localhost", "challenge"),
        ("closed.localhost", "robots"),
        ("upset.localhost", "robots"),
        ("loop.localhost", "redirect_loop"),
        ("big.localhost", "too_large"),
        ("bomb.localhost", "too_large"),
        ("short.localhost", "truncated"),
        ("empty.localhost", "empty"),
        ("feed.localhost", "not_html"),
    ],
)
def test_a_home_page_that_cannot_be_read_says_why(
    world: World, host: str, failure_class: str
) -> None:
    assert world.failure(host).failure_class == failure_class


def test_hosts_that_do_not_answer(world: World) -> None:
    (down,) = world.failures["down.localhost"].values()
    (nowhere,) = world.failures["nowhere.invalid"].values()
    (shut,) = world.failures["tls.localhost"].values()
    assert (down.failure_class, nowhere.failure_class) == ("refused", "dns")
    assert shut.failure_class == "tls"
    assert "down.localhost" in world.run.scope
    assert "down.localhost" not in world.pages


def test_what_robots_txt_forbids_is_never_asked(world: World) -> None:
    assert "/staff-only" not in world.web.asked("clinic.localhost")
    assert world.web.asked("closed.localhost") == {"/robots.txt": 1}
    # Out of order: asked again politely, and nothing is allowed until it can be read.
    assert world.web.asked("upset.localhost") == {"/robots.txt": 3}


def test_no_private_address_is_reached_by_a_redirect(world: World) -> None:
    assert world.private.log == []


def test_a_host_that_refuses_again_and_again_is_left_alone(world: World) -> None:
    refused = [p for p in world.web.asked("angry.localhost") if p.startswith("/page")]
    assert len(refused) == 5
    failures = world.failures["angry.localhost"].values()
    assert sorted(f.attempts for f in failures) == [0] * 4 + [1] * 5
    assert {f.failure_class for f in failures} == {"http_403"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/calendar/2026/11", "trap"),
        ("/faq?replytocom=4", "trap"),
        ("/patient-portal/", "login"),
        ("/photo.jpg", "file_type"),
        ("/es/", "other_language"),
    ],
)
def test_links_that_are_not_worth_a_request(world: World, path: str, reason: str) -> None:
    skipped = world.skipped["clinic.localhost"]
    assert skipped[world.web.url("clinic.localhost", path)] == reason
    assert path not in world.web.asked("clinic.localhost")


def test_links_off_the_site_are_noted_and_not_followed(world: World) -> None:
    assert world.skipped["clinic.localhost"]["https://elsewhere.example/x"] == "off_site"
    assert len(world.skipped["clinic.localhost"]) == 6


def test_sitemaps_lead_to_pages_that_no_link_leads_to(world: World) -> None:
    urls = {p.url for p in world.pages["clinic.localhost"]}
    assert world.web.url("clinic.localhost", "/only-in-the-sitemap") in urls


def test_hops_of_a_redirect_are_captures_of_their_own(world: World) -> None:
    url = world.web.url("clinic.localhost", "/moved")
    rows = [p for p in world.pages["clinic.localhost"] if p.url == url]
    assert [(p.status, world.path("clinic.localhost", p.final_url)) for p in rows] == [
        (301, "/moved"),
        (200, "/terms/"),
    ]
    assert {p.kind for p in rows} == {"raw"}
    assert {p.expected_type for p in rows} == {"legal"}


def test_a_home_page_at_the_www_twin_is_one_page(world: World) -> None:
    asked = world.web.asked("www.twin.localhost")
    assert (asked["/"], asked["/faq"]) == (1, 1)
    assert world.web.asked("twin.localhost") == {"/robots.txt": 1, "/": 1}
    home = [p for p in world.pages["twin.localhost"] if p.expected_type == "home"]
    assert [p.status for p in home] == [301, 200]


def test_a_pdf_is_captured_as_one(world: World) -> None:
    (pdf,) = [p for p in world.pages["clinic.localhost"] if p.kind == "pdf"]
    assert (pdf.expected_type, pdf.status) == ("consent", 200)


def test_both_looks_at_a_dead_link_are_kept(world: World) -> None:
    url = world.web.url("clinic.localhost", "/gone")
    rows = [p for p in world.pages["clinic.localhost"] if p.url == url]
    assert [p.status for p in rows] == [404, 404]
    assert len({p.capture_id for p in rows}) == 2


def test_the_budget_of_pages_is_kept_and_said(world: World) -> None:
    captured = world.pages["many.localhost"]
    assert len(captured) == MOST_PAGES
    # The rest of a type of which five were captured counts as sampled.
    assert set(world.skipped["many.localhost"].values()) == {"sampled_out"}
    other = world.coverage["many.localhost", "other"]
    assert (other.discovered, other.captured, other.sampled_out) == (40, 19, 21)


def test_a_sample_of_the_blog_will_do(world: World) -> None:
    blog = world.coverage["posts.localhost", "blog"]
    assert (blog.discovered, blog.captured, blog.sampled_out) == (12, 5, 7)


def test_coverage_counts_dead_links_as_failed(world: World) -> None:
    pricing = world.coverage["clinic.localhost", "pricing"]
    assert (pricing.discovered, pricing.captured, pricing.failed) == (1, 0, 1)
    home = world.coverage["wall.localhost", "home"]
    assert (home.discovered, home.captured, home.failed) == (1, 0, 1)


def test_every_capture_is_where_its_row_says(world: World) -> None:
    rows = [p for pages in world.pages.values() for p in pages]
    assert len({p.capture_id for p in rows}) == len(rows)
    for row in rows:
        record = warc.read(world.store.path / row.warc_file, row.warc_offset)
        assert record.target_uri == row.final_url
        assert (record.status, record.record_id) == (row.status, row.warc_record_id)
        assert hashlib.sha256(record.payload).hexdigest() == row.payload_sha256


def test_bodies_are_kept_as_sent(world: World) -> None:
    (how,) = [p for p in world.pages["clinic.localhost"] if p.url.endswith("/how")]
    record = warc.read(world.store.path / how.warc_file, how.warc_offset)
    assert record.header("Content-Encoding") == "gzip"
    assert WORDS.strip().encode() in gzip.decompress(record.payload)


def test_another_reader_agrees_on_every_record_and_digest(world: World) -> None:
    uris = []
    for path in sorted((world.run.path / "captures").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                uris.append(record.rec_headers.get_header("WARC-Target-URI"))
    assert world.web.url("clinic.localhost", "/robots.txt") in uris
    assert world.web.url("clinic.localhost", "/map.xml") in uris


def test_the_run_tells_its_scope_and_what_was_left_out(world: World) -> None:
    info = world.run.info
    assert len(world.run.scope) == len(world.web.routes) - 1 + 3
    assert info["left_out"] == {"homepage unknown": 1, "not active": 1}
    assert info["status"] == "complete"
    assert "looked_at" in info["counts"]
    assert socket.gethostname() not in json.dumps(info)
    assert not list(world.run.path.glob("ledger*"))


def test_who_could_not_be_looked_at_is_named_everywhere(world: World) -> None:
    assert world.exit_code == 3
    failing = json.loads((world.store.path / "health.json").read_text())["providers"]
    assert {who: entry["reason"] for who, entry in failing.items()} == {
        "leaves.localhost": "coverage_too_low",
        "shell.localhost": "render_failed",
        "wall.localhost": "blocked",
        "closed.localhost": "robots",
        "upset.localhost": "robots",
        "loop.localhost": "coverage_too_low",
        "big.localhost": "coverage_too_low",
        "bomb.localhost": "coverage_too_low",
        "short.localhost": "coverage_too_low",
        "empty.localhost": "coverage_too_low",
        "feed.localhost": "coverage_too_low",
        "down.localhost": "unreachable",
        "nowhere.invalid": "unreachable",
        "tls.localhost": "unreachable",
    }
    assert "wall.localhost (blocked)" in world.said


def test_a_bad_row_is_said_and_the_rest_goes_on(world: World) -> None:
    assert "ftp://x.example/" in world.said
    assert "Traceback" not in world.said
