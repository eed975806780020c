"""What ``ketawatch import`` says, and the code with which it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawlers.imports.command import import_
from data.errors import KetawatchError, StoreHeldError, UsageError
from data.lock import hold
from data.store import Store
from tests.crawlers.captured_files import SITE, Record, page, warc

HOME = Record(f"{SITE}/", page("Quillmoor", "/faq"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = Store.create(tmp_path / "store")
    made.providers_path.write_text(
        f"provider_id,name,homepage\nquillmoor,Quillmoor,{SITE}/\n", encoding="utf-8"
    )
    return made.path


def call(store: Path, *words: str) -> Result:
    line = [*words, "--store", str(store), "--provider", "quillmoor"]
    return CliRunner().invoke(import_, line, standalone_mode=True)


def refusal(store: Path, *words: str) -> KetawatchError:
    error = call(store, *words).exception
    assert isinstance(error, KetawatchError)
    assert "\n" not in str(error)
    return error


def test_what_was_imported_goes_to_stdout_and_the_rest_beside(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "visit.warc.gz"
    file.write_bytes(warc(HOME, Record(f"{SITE}/x.css", b"", "404 Not Found")))
    done = call(store, str(file))
    assert done.exit_code == 0
    assert done.stdout.endswith(": 1 captures of 2026-11-20 imported\n")
    assert "Left out: 1 not answered with a page." in done.stderr
    assert f"for example {SITE}/faq" in done.stderr
    assert "ketawatch audit --store" in done.stderr


def test_where_nothing_is_of_the_site_nothing_is_changed(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page("Elsewhere"))
    words = (str(file), "--url", "https://elsewhere.example/", "--date", "2026-11-20")
    done = call(store, *words)
    assert done.exit_code == 4
    assert "1 of another site" in done.stderr
    assert "nothing was changed" in done.stderr
    assert Store.open(store).run_ids() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.html", "b.html", "--url", f"{SITE}/"), "--url names one page"),
        (("a.html", "--date", "soon"), "--date 'soon' is no date"),
        (("a.html", "--date", "2999-01-01"), "no date, or one to come"),
        (("none.wacz",), "none.wacz: not readable"),
    ],
)
def test_bad_arguments(store: Path, words: tuple[str, ...], said: str) -> None:
    error = refusal(store, *words)
    assert isinstance(error, UsageError)
    assert said in str(error)


def test_an_address_without_a_scheme_is_told(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page("FAQ"))
    error = refusal(store, str(file), "--url", "quillmoor.example/faq")
    assert "'quillmoor.example/faq' is no web address" in str(error)


def test_a_store_that_somebody_holds_is_left_alone(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "visit.warc.gz"
    file.write_bytes(warc(HOME))
    with hold(store, "crawl"):
        assert isinstance(refusal(store, str(file)), StoreHeldError)
