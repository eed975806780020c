"""A home page that is not reached has another name."""

from __future__ import annotations

import pytest

from crawlers.links.other_names import other_name


@pytest.mark.parametrize(
    ("url", "failure_class", "other"),
    [
        ("http://clinic.example/", "dns", "http://www.clinic.example/"),
        ("https://WWW.clinic.example/care", "dns", "https://clinic.example/care"),
        ("https://clinic.example/", "tls", "https://www.clinic.example/"),
        ("http://clinic.example/", "refused", "https://clinic.example/"),
        # Nothing else would be asked, or what is said of the host holds for both names.
        ("https://clinic.example/", "refused", None),
        ("http://clinic.example:8080/", "refused", None),
        ("http://care.clinic.example/", "dns", None),
        ("http://192.0.2.7/", "dns", None),
        *(("https://clinic.example/", name, None) for name in ("timeout", "http_403", "robots")),
    ],
)
def test_the_likeliest_one_is_tried(url: str, failure_class: str, other: str | None) -> None:
    assert other_name(url, failure_class) == other
