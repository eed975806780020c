"""Addresses within addresses: which are taken out, and which are left as they are."""

from __future__ import annotations

import pytest

from crawlers.links.wrappers import within

PAGE = "https://clinic.example/consent.pdf"
SENT = "https%3A%2F%2Fclinic.example%2Fconsent.pdf"


@pytest.mark.parametrize(
    "url",
    [
        f"https://nam02.safelinks.protection.outlook.com/?url={SENT}&data=05%7C01&reserved=0",
        f"https://www.google.com/url?q={PAGE}&sa=D",
        f"https://www.google.com/url?sa=t&url={SENT}",
        f"https://docs.google.com/gview?embedded=true&url={PAGE}",
        f"https://docs.google.com/viewer?url={SENT}",
        f"https://view.officeapps.live.com/op/embed.aspx?src={SENT}",
        f"https://l.facebook.com/l.php?u={SENT}&h=x",
        f"https://urldefense.com/v3/__{PAGE}__;!!abc",
        "https://urldefense.com/v3/__https:/clinic.example/consent.pdf__;!!abc",
        f"https://clinic.example/pdfjs/web/viewer.html?file={SENT}",
    ],
)
def test_the_address_inside_is_found(url: str) -> None:
    assert within(url) == PAGE


def test_an_address_inside_may_be_none() -> None:
    assert within("https://clinic.example/viewer?file=http://[x.pdf") == "http://[x.pdf"


def test_a_viewer_may_name_its_file_from_the_root() -> None:
    assert within("https://clinic.example/web/viewer.html?file=%2Fa%2Fb.pdf") == "/a/b.pdf"


@pytest.mark.parametrize(
    "url",
    [
        f"https://elsewhere.example/?url={SENT}",
        f"https://notgoogle.com/url?q={PAGE}",
        f"https://www.google.com/search?q={PAGE}",
        f"https://clinic.example/redirect?url={SENT}",
        "https://clinic.example/viewer?file=scan",
        "https://clinic.example/viewer?file=http://[/x.txt",
        "https://docs.google.com/forms/d/e/1F/viewform",
        "https://docs.google.com/gview",
    ],
)
def test_all_else_is_left_as_it_is(url: str) -> None:
    assert within(url) is None
