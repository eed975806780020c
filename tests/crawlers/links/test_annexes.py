"""Which pages on other companies' hosts count as a provider's, and which never do."""

from __future__ import annotations

import pytest

from crawlers.conduct.scope import SiteScope
from crawlers.links.annexes import Annex, Kinship

MIND = Kinship("Quiet Harbor Ketamine, LLC", "https://quietharbor.example/")


@pytest.mark.parametrize(
    ("url", "text", "holds"),
    [
        ("https://quietharbor.zendesk.com/hc/en-us", "", "https://quietharbor.zendesk.com/hc/x"),
        ("https://quietharbor-help.helpscoutdocs.com/", "", "https://quietharbor-help.helpscoutdocs.com/article/1-x"),
        ("https://intercom.help/quiet-harbor/en/", "", "https://intercom.help/quiet-harbor/en/articles/1"),
        ("https://quietharbor.notion.site/Safety-1", "", "https://quietharbor.notion.site/More-2"),
        ("https://www.notion.so/quietharbor/Safety-1", "", "https://www.notion.so/quietharbor/More-2"),
        ("https://calendly.com/quietharbor/intro", "", "https://calendly.com/quietharbor/other"),
        ("https://quietharbor.as.me/", "Book", "https://quietharbor.as.me/?x=1"),
        ("https://help.quietharborketamine.example/x", "", "https://help.quietharborketamine.example/"),
        ("https://www.notion.so/Consent-0a1", "Informed consent", "https://www.notion.so/Consent-0a1"),
        ("https://docs.google.com/forms/d/e/1F/viewform?usp=x", "Consent form", "https://docs.google.com/forms/d/e/1F/viewform?usp=x"),
        ("https://uploads-ssl.webflow.com/5/consent.pdf", "", "https://uploads-ssl.webflow.com/5/consent.pdf"),
        ("https://quietharbor.s3.amazonaws.com/a.pdf", "", "https://quietharbor.s3.amazonaws.com/a.pdf"),
        ("https://s3.us-east-2.amazonaws.com/quiet-harbor/a.pdf", "", "https://s3.us-east-2.amazonaws.com/quiet-harbor/a.pdf"),
        ("https://www.dropbox.com/s/1a/form.pdf?dl=0", "Informed consent", "https://www.dropbox.com/s/1a/form.pdf?dl=0"),
        ("https://static1.squarespace.com/static/5/t/agreed.docx", "", "https://static1.squarespace.com/static/5/t/agreed.docx"),
        ("https://static1.squarespace.com/static/5/t/consent.pdf", "", "https://static1.squarespace.com/static/5/t/consent.pdf"),
    ],
)  # fmt: skip
def test_what_is_plainly_the_providers(url: str, text: str, holds: str) -> None:
    annex = MIND.annex(url, text)
    assert annex is not None
    assert annex.holds(url)
    assert annex.holds(holds)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://othercare.zendesk.com/hc/en-us", "Help for patients"),
        ("https://support.zendesk.com/", "Help"),
        ("https://intercom.help/other/en/", "Portal"),
        ("https://calendly.com/someone", "Book now"),
        ("https://docs.google.com/forms/d/e/1F/viewform", "Survey"),
        ("https://s3.amazonaws.com/other/study.pdf", "A study"),
        ("https://www.dropbox.com/s/1a/menu.pdf?dl=0", "Our brochure"),
        ("https://static1.squarespace.com/static/5/t/photo.jpg", "Consent form"),
        ("https://help.elsewhere.example/", "Help"),
        ("https://www.quietharborketamine.example/", "Our sister clinic"),
        ("https://facebook.com/quietharbor", "Facebook"),
        ("https://patient.gethealthie.com/quietharbor", "Consent form"),
    ],
)
def test_what_is_somebody_elses(url: str, text: str) -> None:
    assert MIND.annex(url, text) is None


def test_a_shared_host_is_opened_by_the_providers_path_only() -> None:
    desk = MIND.annex("https://intercom.help/quietharbor/en", "")
    assert desk is not None
    assert not desk.holds("https://intercom.help/another/en")
    assert not desk.holds("https://intercom.help/quietharbor-2/en")
    assert not desk.holds("https://intercom.help/")
    page = Annex("app.example", "/schedule", "owner=12")
    assert page.holds("https://app.example/schedule?owner=12&type=3")
    assert not page.holds("https://app.example/schedule?owner=13")


def test_words_of_the_field_make_nobody_kin() -> None:
    plain = Kinship("The Ketamine Clinic", "https://ketamineclinic.example/")
    assert plain.annex("https://ketamineclinic.zendesk.com/hc", "") is not None
    for host in ("ketamineclinics", "ketamine", "bestketamineclinicnow"):
        assert plain.annex(f"https://{host}.zendesk.com/hc", "") is None


def test_an_annex_widens_what_is_held_and_not_what_is_owned() -> None:
    scope = SiteScope("https://quietharbor.example/", ["forms.other.example"])
    scope.annexes.append(Annex("intercom.help", "/quietharbor"))
    assert scope.holds("https://intercom.help/quietharbor/x")
    assert not scope.owns("https://intercom.help/quietharbor/x")
    assert scope.owns("https://consent.quietharbor.example/")
    assert scope.owns("https://forms.other.example/y")
