"""``ketawatch.toml``: defaults, what the environment overrides, and what is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import config
from data.errors import UsageError


@pytest.fixture(autouse=True)
def _no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(config.CONTACT_VARIABLE, raising=False)


def load(folder: Path, text: str) -> config.Config:
    path = folder / config.FILE_NAME
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_a_missing_file_and_the_template_mean_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / config.FILE_NAME
    assert config.load(path) == config.Config()
    config.write_template(path)
    assert config.load(path) == config.Config()


def test_everything_can_be_set(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        'contact = " a@b.example "\nmax_unreachable = 1\n[limits]\nmax_pages = 3\n'
        '[sources]\nstarter = false\n[own_hosts]\n"a.example" = ["help.example"]\n',
    )
    assert (found.contact, found.max_unreachable) == ("a@b.example", 1.0)
    assert found.limits == config.Limits(max_pages=3)
    assert found.sources == {"starter": False}
    assert found.own_hosts == {"a.example": ["help.example"]}


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(config.CONTACT_VARIABLE, "env@b.example")
    assert load(tmp_path, 'contact = "file@b.example"').contact == "env@b.example"
    monkeypatch.setenv(config.CONTACT_VARIABLE, '"env@b.example"')
    monkeypatch.setenv(config.PING_VARIABLE, "'https://bell.example/'")
    found = load(tmp_path, "")
    assert (found.contact, found.operation.alive_url) == ("env@b.example", "https://bell.example/")
    monkeypatch.setenv(config.CONTACT_VARIABLE, " ")
    assert load(tmp_path, 'contact = "file@b.example"').contact == "file@b.example"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("contact = ", "not readable as TOML"),
        ("contakt = 'x'", "contakt: unknown key"),
        ("contact = 1", "contact: 1 is not a text"),
        ("[limits]\nmax_page = 1", r"limits\.max_page: unknown key"),
        ("[limits]\nmax_pages = 0", r"limits\.max_pages: 0 is not above 0"),
        ("[limits]\nmax_pages = 1.5", r"limits\.max_pages: 1\.5"),
        ("[limits]\nmax_pages = true", r"limits\.max_pages: True"),
        ("limits = 3", "limits: 3 is not a table"),
        ("max_unreachable = 1.2", r"max_unreachable: 1\.2"),
        ("max_unreachable = nan", "max_unreachable: nan"),
        ("[schedule]\nmax_hours = inf", r"schedule\.max_hours: inf is no number"),
        ("[schedule]\nevery_days = inf", r"schedule\.every_days: inf is no number"),
        ("[sources]\nstarter = 1", r"sources\.starter: 1 is not true or false"),
        ("[own_hosts]\n'a.example' = 'b.example'", r"own_hosts\.a\.example: 'b\.example'"),
        ("[own_hosts]\n'a.example' = [1]", r"own_hosts\.a\.example"),
        (
            "[own_hosts]\n'a.example' = ['https://b.example/']",
            r"'https://b.example/' is not a host",
        ),
        ("[own_hosts]\n'a.example' = ['b.example ']", r"'b.example ' is not a host"),
        ("[own_hosts]\n'a.example' = ['*.b.example']", r"'\*.b.example' is not a host"),
        ("[own_hosts]\n'a.example' = ['b.example:65536']", r"'b.example:65536' is not a host"),
        ("[own_hosts]\n'a.example' = ['b.example:0']", r"'b.example:0' is not a host"),
        ("[metrics]\nfile = ''", r"metrics\.file: '' names no file"),
        ("[metrics]\nfile = '.'", r"metrics\.file: '\.' names no file"),
        ("store_format = 99", "newer ketawatch"),
        ("store_format = 'x'", "store_format: 'x'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        load(tmp_path, text)


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffcontact = 'a@b.example'").contact == "a@b.example"
