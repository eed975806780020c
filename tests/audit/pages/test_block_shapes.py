"""What lists, tables, questions, testimonials, price cards and forms become."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read


def blocks(html: str, kind: str = "") -> list[Block]:
    page = read(html.encode(), url="https://clinic.example/page")
    return [b for b in page.blocks if not kind or b.kind == kind]


def texts(html: str, kind: str = "") -> list[str]:
    return [b.text for b in blocks(html, kind)]


@pytest.mark.parametrize(
    ("first", "kind", "text"),
    [
        ("<li><button>Open</button>A nurse stays.", "button", "Open"),
        ("<li><img alt='A nurse at a bed'><li>A nurse stays.", "alt", "A nurse at a bed"),
    ],
)
def test_what_stands_first_in_a_list_and_is_no_text_is_a_block(
    first: str, kind: str, text: str
) -> None:
    found = blocks(f"<ul>{first}<li>We call.</ul>")
    assert [b.text for b in found if b.kind == "list"] == ["A nurse stays.\nWe call."]
    assert [b.text for b in found if b.kind == kind] == [text]


def test_list_is_one_block_with_its_lead_in_and_each_item_another() -> None:
    html = (
        "<p>You are not a candidate if you have:</p>"
        "<ul><li>psychosis<li>high <b>blood</b> pressure: <ul><li>above 160</ul></ul><p>Call us."
    )
    whole, *rest = blocks(html)
    assert whole.kind == "list"
    assert whole.text == (
        "You are not a candidate if you have:\npsychosis\nhigh blood pressure:\nabove 160"
    )
    assert [whole.text[a:b] for a, b in whole.parts] == [
        "psychosis",
        "high blood pressure:\nabove 160",
    ]
    lead = "You are not a candidate if you have:"
    assert [(b.kind, b.text, b.lead_in) for b in rest] == [
        ("list-item", "psychosis", lead),
        ("list-item", "high blood pressure:", lead),
        ("list-item", "above 160", "high blood pressure:"),
        ("paragraph", "Call us.", ""),
    ]


def test_a_list_of_cards_is_layout() -> None:
    html = "<ul><li><h3>One</h3><p>Text.</p></li><li><h3>Two</h3><p>More.</p></li></ul>"
    assert [b.kind for b in blocks(html)] == ["heading", "paragraph"] * 2


@pytest.mark.parametrize(
    ("html", "led"),
    [
        ("<ul>We check:<li>pulse<li>mood</ul>", [("We check:", "pulse"), ("We check:", "mood")]),
        (
            "<ul><li>Screening</li><ul><li>pulse</li></ul><li>Consent</li></ul>",
            [("", "Screening"), ("Screening", "pulse"), ("", "Consent")],
        ),
    ],
)
def test_a_list_that_is_badly_nested_keeps_what_leads_in(
    html: str, led: list[tuple[str, str]]
) -> None:
    assert [(b.lead_in, b.text) for b in blocks(html, "list-item")] == led


def test_crossed_out_benefit_keeps_its_cross() -> None:
    html = "<ul><li><i class='fa fa-times'></i> Nurse on call<li><i class='fa fa-check'></i> App"
    assert texts(html, "list") == ["✗ Nurse on call\nApp"]


def test_table_row_has_its_column_heads() -> None:
    html = (
        "<table><caption>What you get</caption><tr><th>Feature<th>Us<th>Others</tr>"
        "<tr><th>Nurse<td><svg aria-label=Yes></svg><td><i class='icon-cross'></i></tr></table>"
    )
    caption, head, row = blocks(html)
    assert caption.text == "What you get"
    assert head.text == "Feature Us Others"
    assert (row.kind, row.text, row.lead_in) == (
        "table-row",
        "Nurse Yes ✗",
        "Feature | Us | Others",
    )
    assert [row.text[a:b] for a, b in row.parts] == ["Nurse", "Yes", "✗"]


@pytest.mark.parametrize(
    ("cells", "heads"),
    [
        ("<td>Nurse<td>Yes<td>No<td>No", "Feature | Us | Others | Others"),
        ("<td>Nurse<td colspan=3>Yes", "Feature | Us / Others"),
        ("<td>Nurse<td><td>No", "Feature | Others"),
        ("<td rowspan=2>Nurse<td>Yes<td>No<tr><td>Always<td>Never", "Us | Others"),
    ],
)
def test_heads_stand_over_the_cells_of_their_column(cells: str, heads: str) -> None:
    html = f"<table><tr><th>Feature<th>Us<th colspan=2>Others<tr>{cells}</table>"
    assert blocks(html)[-1].lead_in == heads


def test_a_cell_that_reaches_down_moves_the_cells_beside_it() -> None:
    html = "<table><tr><th rowspan=2>Feature<th>Us<th>Others<tr><td>a<td>b<tr><td>c<td>d<td>e"
    assert [b.lead_in for b in blocks(html)] == ["", "Us | Others", "Feature | Us | Others"]


def test_a_table_for_layout_is_passed_over() -> None:
    html = (
        "<table><tr><td><h2>Menu</h2><p>One</p></td><td><h2>Text</h2><p>Two</p></td></tr></table>"
    )
    assert [b.kind for b in blocks(html)] == ["heading", "paragraph"] * 2


@pytest.mark.parametrize(
    "html",
    [
        "<details><summary>Is it safe?</summary><p>Mostly.</p><ul><li>Ask us.</ul></details>",
        "<dl><dt>Is it safe?</dt><dd>Mostly.</dd><dd>Ask us.</dd></dl>",
        "<main><h3>Is it safe?</h3><p>Mostly.</p><p>Ask us.</p><h3>Next</h3></main>",
        "<p><strong>Is it safe?</strong></p><p>Mostly.</p><p>Ask us.</p><h2>Next</h2>",
        (
            "<div><div><h3><button aria-expanded=false aria-controls=a>Is it safe?</button></h3>"
            "</div><div id=a hidden><p>Mostly.</p><p>Ask us.</p></div></div><p>Else.</p>"
        ),
        (
            "<div class=faq-item><div class=faq-question>Is it safe?</div>"
            "<div class=faq-answer>Mostly.<br>Ask us.</div></div>"
        ),
        "<div><p class=faq__q>Is it safe?</p><div class=faq__a>Mostly.<br>Ask us.</div></div>",
        (
            "<div><button class=v-expansion-panel-title aria-expanded=false>Is it safe?</button>"
            "<div style='display:none'><p>Mostly.</p><p>Ask us.</p></div></div>"
        ),
        (
            "<div itemscope itemtype='https://schema.org/Question'><div itemprop=name>Is it safe?"
            "</div><div itemprop=text><p>Mostly.</p><p>Ask us.</p></div></div>"
        ),
        (
            "<div><a data-toggle=collapse href='#a'>Is it safe?</a></div>"
            "<div id=a class=collapse><p>Mostly.</p><p>Ask us.</p></div>"
        ),
    ],
)
def test_question_and_answer_are_one_block(html: str) -> None:
    (block,) = blocks(html, "faq")
    assert block.text == "Is it safe?\nMostly.\nAsk us."
    assert block.heading == "Is it safe?"
    assert [block.text[a:b] for a, b in block.parts] == ["Is it safe?", "Mostly.\nAsk us."]


def test_what_read_more_opens_goes_on_below_its_heading() -> None:
    html = (
        "<h2>Not for you</h2><p>Mania. <a data-toggle=collapse href='#m'>Read more</a></p>"
        "<div id=m class=collapse><p>Psychosis.</p></div>"
    )
    assert not blocks(html, "faq")
    assert [b.heading for b in blocks(html, "paragraph") if "Psychosis" in b.text] == [
        "Not for you"
    ]


def test_paragraphs_that_are_labelled_so_are_question_and_answer() -> None:
    html = "<div><b>Q:</b> Is it safe?</div><div><b>A:</b> Mostly.</div><p>Ask us.</p>"
    (block,) = blocks(html, "faq")
    assert (block.text, block.heading) == ("Q: Is it safe?\nA: Mostly.", "Q: Is it safe?")
    assert texts(html, "paragraph") == ["Ask us."]
    assert blocks("<p>Q: Is it safe?</p><p>A nurse stays.</p>", "faq") == []


def test_terms_in_a_row_have_one_answer() -> None:
    (block,) = blocks("<dl><dt>May I drive?</dt><dt>May I ride?</dt><dd>No.</dd></dl>", "faq")
    assert block.text == "May I drive?\nMay I ride?\nNo."


def test_a_plain_question_has_the_yes_or_no_below_it() -> None:
    (block,) = blocks("<div><p>Is it safe?</p></div><div><p>No. Ask us.</p></div>", "faq")
    assert (block.text, block.heading) == ("Is it safe?\nNo. Ask us.", "Is it safe?")
    assert blocks("<p>Is it safe?</p><p>No nurse stays.</p>", "faq") == []
    assert blocks("<p>We ask. Is it safe?</p><p>No.</p>", "faq") == []


def test_closed_answers_are_flagged_and_open_ones_are_not() -> None:
    html = "<details{}><summary>Safe?</summary>Yes.</details>"
    assert [b.hidden for b in blocks(html.format(""), "faq")] == [True]
    assert [b.hidden for b in blocks(html.format(" open"), "faq")] == [False]


def test_a_question_without_an_answer_stays_a_heading() -> None:
    html = "<main><h2>Ready?</h2><a class=btn href=x>Start</a></main><footer><p>Text</p></footer>"
    assert [b.kind for b in blocks(html)] == ["heading", "button", "paragraph"]


def test_testimonials() -> None:
    html = (
        "<section class=testimonials><h2>What people say</h2><div class=card><h4>Great</h4>"
        "<p>It saved me.</p></div></section><blockquote>I slept.</blockquote>"
        "<div itemscope itemtype='https://schema.org/Review'><p>Kind staff.</p></div>"
        "<p class='medically-reviewed'>Reviewed by a doctor.</p>"
    )
    assert texts(html, "testimonial") == ["Great", "It saved me.", "I slept.", "Kind staff."]
    assert texts(html, "heading") == ["What people say"]
    assert texts(html, "paragraph") == ["Reviewed by a doctor."]


@pytest.mark.parametrize("name", ["review-process", "chart-review", "review_step", "safety-review"])
def test_what_a_provider_reviews_is_no_testimonial(name: str) -> None:
    assert [b.kind for b in blocks(f"<div class={name}><p>A nurse calls.</p></div>")] == [
        "paragraph"
    ]


def test_price_card_is_one_block() -> None:
    card = (
        "<div class='pricing-card'><h3>{}</h3><div class=price>${}<s>$900</s></div>"
        "<ul><li>Two lozenges<li>Coach</ul><a class=btn>Buy</a></div>"
    )
    html = f"<h2>Plans</h2><div class=pricing>{card.format('Basic', 249)}{card.format('Plus', 349)}"
    assert texts(html, "price-card") == [
        "Basic\n$249\nTwo lozenges\nCoach",
        "Plus\n$349\nTwo lozenges\nCoach",
    ]
    assert {b.heading_path for b in blocks(html, "price-card")} == {("Plans",)}
    assert texts(html, "button") == ["Buy", "Buy"]


def test_forms_buttons_and_pictures() -> None:
    html = (
        "<form><label>Date of birth <input placeholder='mm/dd'></label><select><option>CA"
        "<option>NY</select><input type=submit value='Check now'><input type=hidden value=secret>"
        "</form><img alt='A nurse beside a patient'><button aria-label='Close menu'>×</button>"
    )
    assert texts(html, "form-label") == ["Date of birth", "mm/dd", "CA\nNY"]
    assert texts(html, "alt") == ["A nurse beside a patient"]
    assert texts(html, "button") == ["Check now", "×", "Close menu"]


def test_a_heading_does_not_reach_beyond_its_card() -> None:
    html = (
        "<h1>Home</h1><section><h2>Treatments</h2><div><div><h3>IV</h3><p>Drip.</p></div>"
        "<div><h3>Spravato</h3><p>Spray.</p></div></div><p>A nurse stays.</p></section><footer>F"
    )
    paths = {b.text: b.heading_path for b in blocks(html)}
    assert paths["Drip."] == ("Home", "Treatments", "IV")
    assert paths["Spray."] == ("Home", "Treatments", "Spravato")
    assert paths["A nurse stays."] == ("Home", "Treatments")
    assert paths["Spravato"] == ("Home", "Treatments")
    assert paths["F"] == ()


@pytest.mark.parametrize(
    "name", ["heading-style-h3", "Typography_h3__x7", "MuiTypography-h4 css-1", "text-style-h2"]
)
def test_a_box_that_looks_like_a_heading_is_one(name: str) -> None:
    html = f"<div class='{name}'>May I drive?</div><p>Not today.</p>"
    assert texts(html, "faq") == ["May I drive?\nNot today."]
    long = f"<div class='{name}'>{'We are a clinic in a town. ' * 9}</div><p>Not today.</p>"
    assert [b.kind for b in blocks(long)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("name", ["h-10", "h3box", "typography", "subheading-style", "text-h3"])
def test_a_box_that_does_not_look_like_a_heading_is_none(name: str) -> None:
    html = f"<div class='{name}'>Fees</div><p>We take cards.</p>"
    assert [b.kind for b in blocks(html)] == ["paragraph", "paragraph"]
