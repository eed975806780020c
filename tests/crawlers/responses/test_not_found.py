"""Pages that say "not found" with status 200, and pages that must not be taken for them."""

from __future__ import annotations

import pytest

from crawlers.responses.not_found import says_not_found


@pytest.mark.parametrize(
    "title",
    ["404", "Error 404", "404: File not found", "404 | Clinic", "410 Gone", "URL not found",
     "Page Not Found – Clinic", "Oops! We can’t find that page", "Nothing found",
     "We could not find the page you wanted", "It looks like nothing was found at this location.",
     "Page unavailable", "This page has been removed", "HTTP Error 404.0 - Not Found",
     "HTTP 404", "Not Found (#404)", "Sorry, this page no longer exists.", "This page isn't here",
     "The page you were looking for isn't here anymore", "The resource cannot be found.",
     "Page Expired", "This link has expired", "Not Found, Error 404"],
)  # fmt: skip
def test_it_is_said(title: str) -> None:
    assert says_not_found(title, "", 60)
    assert says_not_found("Clinic", title, 60)
    assert not says_not_found(title, "", 5_000)


@pytest.mark.parametrize(
    "title",
    ["(404) 555-0100 | Atlanta", "404-555-0100", "404 – 555 – 0100", "404 Main Street", "Suite 404",
     "404 Wellness Atlanta", "Relief not found in pills", "Call 404.555.0100", "Lost and found",
     "What if I can't find my page of results?", "Nothing found in nature",
     "This content is not available in your state", "Address treatment-resistant depression here",
     "The link between sleep and mood is no longer available to ignore",
     "Patient page: book an appointment here", "Page one: treatment available today",
     "Couldn't find relief? Turn the page", "Your old page of questions has expired"],
)  # fmt: skip
def test_it_is_not(title: str) -> None:
    assert not says_not_found(title, title, 60)


@pytest.mark.parametrize(
    "name",
    ["Page not found", "Oops! That page can\u2019t be found.", "Hmm, this page doesn't exist"],
)
def test_a_whole_heading_says_it_within_a_long_frame(name: str) -> None:
    assert says_not_found("Clinic", name, 300)
    assert not says_not_found("Clinic", f"{name} What now? Five tips", 300)
