"""Which pages are worth a browser."""

from __future__ import annotations

import pytest

from crawlers.escalation import AUTO, NEVER, THIN, reason
from crawlers.page_facts import look
from data.vocabulary import PageType

URL = "https://clinic.example/care"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div id=any-name></div><script src=/a.js></script>", THIN),
        ("<div class=spin>Loading...</div><script src=/a.js></script>", THIN),
        ("<script>location = '/care/home'</script>", THIN),
        ("<div></div>", None),
        ("<p>" + "We are open on Mondays. " * 4 + "<script>1</script>", None),
    ],
)
def test_hardly_a_word_beside_a_script_is_a_sign(html: str, expected: str | None) -> None:
    body = html.encode()
    facts = look(body, URL, "text/html; charset=utf-8")
    assert reason(URL, PageType.OTHER, body, facts, AUTO) == expected
    assert reason(URL, PageType.OTHER, body, facts, NEVER) is None
