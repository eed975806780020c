"""A page and its print: a browser's PDF says what the page says."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from audit.pages.pages import PageText, read
from audit.text.folding import fold

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
HTML = """<!doctype html><html lang=en><title>Consent</title><style>
  body { font: 11pt serif } section { columns: 2; column-gap: 2em; text-align: justify }
  h2 { break-before: page; font-size: 15pt } section { hyphens: manual }
</style>
<h1>Consent to ketamine treatment</h1>
<p>Please read this office form with care; it is the first of ﬁve, and its eﬀect is
<b>off-label</b> use of a medicine that nobody approved for low mood.</p>
<p>We may not treat you if you have:</p>
<ul><li>high blood pressure that no medicine holds<li>a psychosis, now or before
<ul><li>in you or in your family</ul><li>a full bladder</ul>
<section><p>A registered nurse sits with you for as long as a session lasts, reads your blood
pressure every ten min&shy;utes and does not leave the room while you are un&shy;steady. There is a
bell within your reach, and a phy&shy;si&shy;cian is in the house for the whole of the day.</p>
<p>A coach <s>or a nurse</s> calls you <del>on the next day</del>, and you may write to us.</p>
<p>Somebody you trust must drive you home. You do not drive until you have slept a whole
night, what&shy;ever you feel like by then; nor do you work with machines, look after children
alone, or sign a paper that binds you. Tell us about each fall, however small it was.</p></section>
<h2>What it costs</h2>
<table cellpadding=12><tr><th>Service<th>Price<tr><td>First visit<td>$250<tr><td>A session<td>$400
</table>
<ol><li>I have read this form.<li>I know whom to call at night.</ol>
<p>Signature: ____________________</p>"""
FOOTER = "<p style='font-size:8px'>Quiet Harbor, page <span class=pageNumber></span></p>"


@pytest.fixture(scope="module")
def printed() -> PageText:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: no page is printed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(HTML)
        body = page.pdf(
            format="Letter",
            display_header_footer=True,
            header_template="<p></p>",
            footer_template=FOOTER,
            margin={"top": "1in", "bottom": "1in", "left": "1in", "right": "1in"},
        )
        browser.close()
    return read(body, url="")


def test_the_print_says_what_the_page_says(printed: PageText) -> None:
    page = read(HTML.encode(), url="")
    wanted = [fold(b.text).text for b in page.blocks if b.region == "main"]
    got = [fold(b.text).text for b in printed.blocks if b.region == "main"]
    assert [text for text in wanted if text not in got] == []


def test_the_print_has_headings_lists_and_a_foot(printed: PageText) -> None:
    by_text = {b.text: b for b in printed.blocks}
    assert by_text["What it costs"].kind == "heading"
    assert by_text["in you or in your family"].lead_in == "a psychosis, now or before"
    assert by_text["First visit $250"].lead_in == "Service | Price"
    assert [b.text for b in printed.blocks if b.region == "footer"] == ["Quiet Harbor, page 1"]
    assert {b.css_path for b in printed.blocks} == {"page[1]", "page[2]"}
    assert printed.page_type == "consent"
