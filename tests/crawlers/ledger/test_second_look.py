"""A second crawl of a site that did not change: asked on condition, kept as a pointer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from warcio.archiveiterator import ArchiveIterator

from audit.run import audit_run
from data import provider_file, warc
from data.models import Finding, Page, Provider
from data.store import Run, Store
from tests.crawlers.sites_served import Kept, Web, crawl, page, serve

ROBOTS = b"User-agent: *\nDisallow: /staff\nSitemap: /map.xml"


SITE = "clinic.localhost"


@dataclass
class Twice:
    """What two runs, and the audits of both, left behind."""

    web: Web
    store: Store
    kept: dict[str, Kept]
    runs: list[Run]

    def pages(self, run: int) -> dict[str, Page]:
        rows = self.runs[run].read("pages", Page)
        return {row.final_url.removeprefix(self.web.url(SITE, "")): row for row in rows}


def kept(web: Web) -> dict[str, Kept]:
    home = page("Clinic", "/faq|FAQ", "/terms|Terms", "/how|How it works", "/new|Pricing")
    place = web.url(SITE, "/only-here")
    sitemap = f"<urlset><url><loc>{place}</loc></url></urlset>".encode()
    return {
        "/robots.txt": Kept(ROBOTS, "text/plain"),
        "/map.xml": Kept(sitemap, "application/xml"),
        "/": Kept(home.body),
        "/faq": Kept(page("Questions").body, by="Last-Modified"),
        "/only-here": Kept(page("Seldom seen").body),
    }


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twice]:
    with serve() as web:
        answering = kept(web)
        web.routes[SITE] = {**answering, "/terms": page("Terms"), "/how": page("How it works")}
        store = Store.create(tmp_path_factory.mktemp("second") / "store")
        provider_file.write(store.providers_path, [Provider(SITE, SITE, web.url(SITE))])
        runs = [looked(store), looked(store)]
        web.routes[SITE]["/how"] = page("How it works now")
        web.routes[SITE]["/new"] = page("Pricing")
        runs.append(looked(store))
        yield Twice(web, store, answering, runs)


def looked(store: Store) -> Run:
    done = crawl(store.path)
    assert done.returncode == 0, done.stderr
    run = store.run()
    audit_run(store, run)
    return run


def test_what_did_not_change_is_sent_once_in_three_runs(twice: Twice) -> None:
    assert {path: kept.sent for path, kept in twice.kept.items()} == dict.fromkeys(twice.kept, 1)
    assert all(len(kept.asked) == 3 for kept in twice.kept.values())


def test_its_row_points_to_the_run_that_holds_it(twice: Twice) -> None:
    first = twice.pages(0)
    for run in (1, 2):
        for path in ("/", "/faq", "/only-here", "/terms"):
            old, new = first[path], twice.pages(run)[path]
            assert new.warc_file == old.warc_file
            assert new.warc_record_id == old.warc_record_id
            assert (new.warc_offset, new.warc_length) == (old.warc_offset, old.warc_length)
            assert (new.status, new.payload_sha256) == (200, old.payload_sha256)
            assert new.capture_id != old.capture_id
            assert new.captured_at >= twice.runs[run].info["started_at"]


def test_every_row_can_be_read_back(twice: Twice) -> None:
    for run in twice.runs:
        for row in run.read("pages", Page):
            record = warc.read(twice.store.path / row.warc_file, row.warc_offset)
            assert (record.record_id, record.target_uri) == (row.warc_record_id, row.final_url)
            assert hashlib.sha256(record.payload).hexdigest() == row.payload_sha256
            member = (twice.store.path / row.warc_file).read_bytes()[row.warc_offset :]
            assert member[row.warc_length : row.warc_length + 2] in (b"", b"\x1f\x8b")


def test_how_much_did_not_change_is_told(twice: Twice) -> None:
    assert [run.info["counts"]["unchanged"] for run in twice.runs] == [0, 5, 4]


def test_what_changed_is_kept_anew(twice: Twice) -> None:
    one, two, three = (twice.pages(run)["/how"] for run in range(3))
    assert one.warc_file == two.warc_file
    assert two.payload_sha256 != three.payload_sha256
    assert three.warc_file == f"runs/{twice.runs[2].run_id}/captures/{SITE}.warc.gz"


def test_links_and_sitemaps_of_unchanged_pages_are_followed(twice: Twice) -> None:
    assert twice.pages(2)["/new"].status == 200
    assert twice.pages(0).keys() == twice.pages(1).keys()


def test_findings_do_not_move(twice: Twice) -> None:
    first, second = (run.audit().read("findings", Finding) for run in twice.runs[:2])
    assert [(f.finding_id, f.outcome, f.reason, f.pages_searched) for f in first] == [
        (f.finding_id, f.outcome, f.reason, f.pages_searched) for f in second
    ]
    assert first[0].pages_searched == 5


def revisits(run: Run) -> dict[str, dict[str, str]]:
    found = {}
    with (run.path / "captures" / f"{SITE}.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            if record.rec_type == "revisit":
                headers = dict(record.rec_headers.headers)
                headers["status"] = record.http_headers.get_statuscode()
                found[headers["WARC-Target-URI"]] = headers
    return found


def test_another_reader_sees_revisit_records(twice: Twice) -> None:
    found = revisits(twice.runs[2])
    assert len(found) == 6
    by_tag, by_digest = (found[twice.web.url(SITE, path)] for path in ("/map.xml", "/terms"))
    assert by_tag["WARC-Profile"].endswith("/1.1/revisit/server-not-modified")
    assert by_digest["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert (by_tag["status"], by_digest["status"]) == ("304", "200")
    original = twice.pages(0)["/terms"]
    assert by_digest["WARC-Refers-To"] == original.warc_record_id
    assert by_digest["WARC-Refers-To-Date"] == original.captured_at
    assert by_digest["WARC-Payload-Digest"] == f"sha256:{original.payload_sha256}"


def test_robots_txt_holds_when_it_is_not_sent_again(twice: Twice) -> None:
    assert "/staff" not in twice.web.asked(SITE)
