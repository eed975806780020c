"""What the server of the invented web answers over real connections, and what its log keeps."""

from __future__ import annotations

import gzip
import http.client
import socket
from collections.abc import Iterator
from email.message import Message

import pytest
from bs4 import BeautifulSoup

from crawlers.demo_web import DemoWeb, serve
from data.errors import UsageError


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with serve(port=0) as running:
        yield running


def ask(
    web: DemoWeb, host: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, Message, bytes]:
    """One request by address and Host header, so that no name has to be resolved."""
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": f"{host}:{web.port}", **sent})
    reply = connection.getresponse()
    answer = reply.status, reply.headers, reply.read()
    connection.close()
    return answer


def test_hosts_are_told_apart_by_the_host_header(web: DemoWeb) -> None:
    bodies = {host: ask(web, host, "/")[2] for host in web.hosts}
    assert len(set(bodies.values())) == len(web.hosts) == 15
    assert b"Juniper Loft" in bodies["juniperloft.localhost"]
    assert ask(web, "nobody.localhost", "/")[0] == 421


def test_the_www_twin_and_a_missing_slash_redirect(web: DemoWeb) -> None:
    status, headers, _ = ask(web, "www.lanternfield.localhost", "/states/oregon/")
    assert status == 301
    assert headers["Location"] == f"http://lanternfield.localhost:{web.port}/states/oregon/"
    assert ask(web, "lanternfield.localhost", "/safety")[0] == 301


def test_query_strings_do_not_change_a_page_but_for_the_calendar(web: DemoWeb) -> None:
    plain = ask(web, "lanternfield.localhost", "/safety/")[2]
    assert ask(web, "lanternfield.localhost", "/safety/?utm_source=x&print=1")[2] == plain
    december = ask(web, "lanternfield.localhost", "/events/calendar/?month=2026-12")[2]
    assert b"?month=2027-01" in december
    assert ask(web, "lanternfield.localhost", "/events/calendar/?month=%00x")[0] == 200


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("granitespoke.localhost", "/", 403),
        ("granitespoke.localhost", "/robots.txt", 403),
        ("granitespoke.localhost", "/media/room.png", 403),
        ("fennimist.localhost", "/safety", 503),
        ("summithalcyon.localhost", "/safety-checklist/", 404),
        ("veltoramind.localhost", "/pricing", 200),
        ("veltoramind.localhost", "/api/content", 503),
        ("kestrelrow.localhost", "/sitemap.xml", 404),
        ("alderquay.localhost", "/robots.txt", 404),
    ],
)
def test_intended_statuses(web: DemoWeb, host: str, path: str, status: int) -> None:
    assert ask(web, host, path)[0] == status
    assert web.log[-1] == (host, "GET", path, status)


def test_robots_and_sitemap_speak_of_their_own_site(web: DemoWeb) -> None:
    robots = ask(web, "thistlepoint.localhost", "/robots.txt")[2].decode()
    assert "User-agent: *\nDisallow: /consent/\n" in robots
    base = f"http://glowmere.localhost:{web.port}"
    assert (
        f"Sitemap: {base}/sitemap.xml" in ask(web, "glowmere.localhost", "/robots.txt")[2].decode()
    )
    sitemap = ask(web, "glowmere.localhost", "/sitemap.xml")[2].decode()
    assert f"<loc>{base}/how-it-works</loc>" in sitemap


def test_the_javascript_site_has_a_bundle_and_no_text(web: DemoWeb) -> None:
    page = BeautifulSoup(ask(web, "veltoramind.localhost", "/")[2], "lxml")
    root, bundle = page.find(id="root"), page.select_one("script[src]")
    assert root is not None and not root.get_text(strip=True)
    assert bundle is not None
    status, headers, _ = ask(web, "veltoramind.localhost", str(bundle["src"]))
    assert status == 200 and "javascript" in headers["Content-Type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_other_methods_are_refused_and_logged(web: DemoWeb, method: str) -> None:
    status, headers, _ = ask(web, "lanternfield.localhost", "/contact/send", method)
    assert status == 405
    assert headers["Allow"] == "GET, HEAD"
    assert ("lanternfield.localhost", method, "/contact/send", 405) in web.log


def test_validators_answer_304(web: DemoWeb) -> None:
    host, path = "juniperloft.localhost", "/approach"
    _, headers, body = ask(web, host, path)
    assert len(body) == int(headers["Content-Length"])
    for name, value in [
        ("If_None_Match", "ETag"),
        ("If_Modified_Since", "Last-Modified"),
    ]:
        status, _, empty = ask(web, host, path, **{name: headers[value]})
        assert (status, empty) == (304, b"")
    assert ask(web, host, path, If_None_Match='"another"')[0] == 200
    assert ask(web, host, path, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200
    assert ask(web, host, path, If_Modified_Since="yesterday")[0] == 200


def test_gzip_where_accepted_and_with_its_own_validator(web: DemoWeb) -> None:
    _, plain_headers, plain = ask(web, "brightsill.localhost", "/")
    _, headers, packed = ask(web, "brightsill.localhost", "/", Accept_Encoding="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert headers["ETag"] != plain_headers["ETag"]
    assert len(packed) < len(plain) / 3


def test_connections_are_kept_alive_and_head_sends_no_body(web: DemoWeb) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=10)
    connection.connect()
    kept = connection.sock
    for method, path in [("GET", "/"), ("HEAD", "/faq.htm"), ("GET", "/faq.htm")]:
        connection.request(method, path, headers={"Host": "alderquay.localhost"})
        assert bool(connection.getresponse().read()) == (method == "GET")
        assert connection.sock is kept
    connection.close()


def test_windows_1252_is_sent_as_declared(web: DemoWeb) -> None:
    _, headers, body = ask(web, "alderquay.localhost", "/")
    assert headers["Content-Type"] == "text/html; charset=windows-1252"
    assert "café".encode("windows-1252") in body


def test_a_port_that_is_needed_and_taken_is_told(web: DemoWeb) -> None:
    with pytest.raises(UsageError, match=f"port {web.port} is in use.*--store"), serve(web.port):
        pass


def test_a_taken_port_becomes_a_free_one_and_is_given_back(
    web: DemoWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.demo_web.USUAL_PORT", web.port)
    with serve() as second:
        assert second.port != web.port
        assert second.directory_url == f"http://ketamine-directory.localhost:{second.port}/"
        assert ask(second, "ketamine-directory.localhost", "/")[0] == 200
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", second.port))
