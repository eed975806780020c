"""A list of papers: their titles are no words of the provider's."""

from __future__ import annotations

import pytest

from audit.site.speakers import can_assert
from tests.audit.captured_page import captured


def asserts(body: str) -> list[bool]:
    blocks = captured(body).text.blocks
    return [can_assert(b) for b in blocks if b.region == "main" and b.kind != "list-item"]


@pytest.mark.parametrize(
    "text",
    [
        "Quill A, Reed BC. Ketamine cures pain. Pain Pract. 2021;3(2):19-27.",
        "Quill A, Reed BC, Fenn D. Ketamine relieves anxiety fast. doi: 10.1000/1.2.3. PMID: 123",
        "3. Quill, A., & Reed, B. C. (2021). Ketamine eases suicidal thoughts. Mills, 4.",
    ],
)
def test_a_citation_asserts_nothing(text: str) -> None:
    assert asserts(f"<p>{text}</p>") == [False]
    assert asserts(f"<ul><li>{text}</li><li>{text}</li></ul>") == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine relieves anxiety (Quill and Reed, 2021).",
        "Ada Quill, MD, has treated people with ketamine since 2016 (2021 award).",
        "In 2021 ketamine was shown to relieve pain. doi: 10.1000/1.2.3",
        "Quill A is our physician, and sees you first.",
    ],
)
def test_who_cites_says_something(text: str) -> None:
    assert asserts(f"<p>{text}</p>") == [True]
    assert asserts(f"<ul><li>{text}</li><li>Quill A. Title. Mills. 2021;3:1.</li></ul>") == [True]
