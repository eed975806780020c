"""JSON-LD and the state of client-side frameworks."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from audit.pages.pages import Block, read

NURSE = "A nurse stays on video until you are alert."


def blocks(html: str) -> list[Block]:
    return list(read(html.encode(), url="https://clinic.example/x").blocks)


def faq_page(question: str, answer: str) -> str:
    entity = {"@type": "Question", "name": question, "acceptedAnswer": {"text": answer}}
    data = json.dumps({"@type": "FAQPage", "mainEntity": [entity]}).replace("</", "<\\/")
    return f"<script type='application/ld+json'>{data}</script>"


def test_faq_of_json_ld_is_one_block() -> None:
    answer = "<p>No. We <b>re</b>commend rest.</p><p>Wait a day&hellip;</p>"
    (block,) = blocks(faq_page("May I drive?", answer))
    assert (block.kind, block.region, block.hidden) == ("faq", "head", True)
    assert block.text == "May I drive?\nNo. We recommend rest.\nWait a day…"
    assert block.heading == "May I drive?"
    assert block.text[slice(*block.parts[0])] == "May I drive?"
    assert block.css_path == "head > script:nth-of-type(1)"


def test_the_text_of_a_question_is_what_is_asked() -> None:
    asked = {"@type": "Question", "text": "Is somebody there all the time?"}
    answered = {**asked, "acceptedAnswer": {"text": NURSE}}
    named = {**answered, "name": "Who stays?"}
    script = "<script type='application/ld+json'>{}</script>"
    said = [
        [b.text for b in blocks(script.format(json.dumps(one)))] for one in (asked, answered, named)
    ]
    assert said == [[], [f"{asked['text']}\n{NURSE}"], [f"Who stays?\n{NURSE}"]]


FAQ = faq_page("May I drive?", "No, not today.").partition(">")[2].removesuffix("</script>")


@pytest.mark.parametrize(
    "content",
    [
        f"{FAQ};",
        f"\ufeff{FAQ}",
        f"// questions\n{FAQ}",
        f"/* questions */ {FAQ}",
        f"/*<![CDATA[*/{FAQ}/*]]>*/",
        f"<!--\n{FAQ}\n-->",
        FAQ.replace("}]}", "},],}"),
        FAQ.replace('"mainEntity"', '/* , */ "mainEntity"'),
        FAQ.replace("No, not", "No,\tnot"),
        FAQ.replace('"', "&quot;"),
        f'{{"@type": "WebSite"}}\n{FAQ}',
        FAQ.replace('"No, not today."', '["No, not today."]'),
        FAQ.replace('"No, not today."', '{"@value": "No, not today."}'),
        FAQ.replace("No, not today.", "&lt;p&gt;No, not&amp;nbsp;today.&lt;/p&gt;"),
    ],
)
def test_json_ld_as_people_write_it(content: str) -> None:
    found = blocks(f"<script type='application/ld+json; charset=utf-8'>{content}</script>")
    assert [b.text.replace("\u00a0", " ") for b in found] == ["May I drive?\nNo, not today."]


def test_an_escape_of_javascript_keeps_its_letter_and_a_backslash_stays() -> None:
    said = FAQ.replace("No, not today.", r"No, you\'ll rest \\ sleep.")
    (block,) = blocks(f"<script type=application/ld+json>{said}</script>")
    assert block.text.endswith(r"No, you'll rest \ sleep.")


def test_several_answers_are_all_said() -> None:
    both = FAQ.replace('{"text": "No, not today."}', '[{"text": "No."}, {"text": "Not today."}]')
    (block,) = blocks(f"<script type='application/ld+json'>{both}</script>")
    assert block.text == "May I drive?\nNo.\nNot today."


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Comment", "text": "I slept at last, for hours."},
        {"@type": "Review", "reviewBody": "I slept well again after two weeks."},
        {"@type": "Clinic", "review": [{"text": "I slept well again after two weeks."}]},
        {"testimonials": {"items": [{"quote": "I slept well again after two weeks."}]}},
    ],
)
def test_reviews_in_data_are_testimonials(data: dict[str, Any]) -> None:
    (block,) = blocks(f"<script type='application/ld+json'>{json.dumps(data)}</script>")
    assert block.kind == "testimonial"
    reviewed = {"reviewedBy": {"description": "She reads every page before it goes online."}}
    (block,) = blocks(f"<script type='application/ld+json'>{json.dumps(reviewed)}</script>")
    assert block.kind == "json-ld"


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ("It is not\nFDA approved.\nCall us.", ["It is not FDA approved.", "Call us."]),
        ("A nurse stays\nuntil you are well.", ["A nurse stays until you are well."]),
        ("<p>Ask a\nNurse.</p>\n<ul>\n<li>pulse</li>\n</ul>", ["Ask a Nurse.", "pulse"]),
        ("One.\n\nno driving", ["One.", "no driving"]),
        ("We read:\n- pulse\n- mood", ["We read:", "- pulse", "- mood"]),
    ],
)
def test_line_ends_that_only_wrap_a_text_part_nothing(told: str, lines: list[str]) -> None:
    (block,) = blocks(faq_page("May I drive?", told))
    assert block.text.split("\n")[1:] == lines


def test_what_the_page_shows_is_not_said_twice() -> None:
    shown = "<body><h3>May I drive?</h3><p>No, don’t.</p><p>Wait.</p>"
    assert [b.kind for b in blocks(shown + faq_page("May I drive?", "No, don't.\nWait."))] == [
        "faq"
    ]
    assert [b.kind for b in blocks(shown + faq_page("May I drive?", "Yes, you may."))] == [
        "faq"
    ] * 2


def test_an_answer_is_not_said_again_for_its_lines_or_its_number() -> None:
    asked, data = "May I drive?", faq_page("May I drive?", f"{NURSE} Then wait.")
    again = json.dumps({"question": asked, "answer": f"<p>{NURSE}</p><p>Then wait.</p>"})
    state = f"<script id=__NEXT_DATA__ type=application/json>{again}</script>"
    assert [b.kind for b in blocks(data + state)] == ["faq"]
    for number in ("1.", "Q:", "Q2)", "Question 12:"):
        shown = f"<body><h3>{number} {asked}</h3><p>{NURSE} Then wait.</p>"
        assert [b.hidden for b in blocks(shown + data)] == [False]


def test_descriptions_of_json_ld() -> None:
    data = {"@type": "MedicalClinic", "name": "Rest", "description": NURSE, "url": "https://a.b/c"}
    (block,) = blocks(f"<script type=application/ld+json>{json.dumps(data)}</script>")
    assert (block.text, block.kind, block.heading) == (NURSE, "json-ld", "Rest")


def next_stream(data: Any) -> str:
    return f"self.__next_f.push({json.dumps([1, '7:' + json.dumps(data)])})"


def test_an_address_in_parts_is_one_text() -> None:
    address = {
        "@type": "PostalAddress",
        "streetAddress": "12 Alder Lane",
        "addressLocality": "Oakmoor",
        "addressRegion": "OH",
        "postalCode": "43000",
    }
    clinic = {
        "@type": "MedicalClinic",
        "name": "Clinic",
        "address": address,
        "telephone": "555-0100",
    }
    script = f"<script type='application/ld+json'>{json.dumps(clinic)}</script>"
    found = [(b.kind, b.heading, b.text) for b in blocks(script)]
    assert ("json-ld", "Clinic", "12 Alder Lane, Oakmoor, OH, 43000, 555-0100") in found
    shown = "<p>Clinic, 12 Alder Lane</p><p>Oakmoor, OH 43000. Call 555-0100.</p>"
    assert not [b for b in blocks(shown + script) if b.kind == "json-ld"]
    for person in ("Person", ["Person"]):
        data = json.dumps({**clinic, "@type": person, "address": "12 Alder Lane"})
        assert blocks(f"<script type='application/ld+json'>{data}</script>") == []
    only = {"@type": "MedicalClinic", "telephone": "555-0100"}
    assert blocks(f"<script type='application/ld+json'>{json.dumps(only)}</script>") == []


@pytest.mark.parametrize(
    "script",
    [
        f"<script id=__NEXT_DATA__ type=application/json>{json.dumps({'a': [{'body': NURSE}]})}",
        f"<script>window.__NUXT__ = {json.dumps({'a': {'b': NURSE}})};</script>",
        f"<script>{next_stream(['$', 'p', None, {'children': NURSE}])}</script>",
        f"<script>window.__INITIAL_STATE__={json.dumps({'a': f'<p>{NURSE}'})};x()</script>",
        f"<script>window.__INITIAL_STATE__={json.dumps({'a': f'&lt;p&gt;{NURSE}'})};x()</script>",
        f'<script>window.__NUXT__={{a:undefined,b:"{NURSE}"}};</script>',
        f'<script>window.__NUXT__=(function(a){{return {{b:"{NURSE}"}}}}(null));</script>',
        f"<script>window.__INITIAL_STATE__=JSON.parse({json.dumps(json.dumps({'a': NURSE}))})",
        f"<script>window.__INITIAL_STATE__=JSON.parse('{json.dumps({'a': NURSE})}')</script>",
    ],
)
def test_state_of_frameworks(script: str) -> None:
    (block,) = blocks(f"<body><div id=root></div>{script}")
    assert (block.text, block.kind, block.region) == (NURSE, "hydration", "hidden")
    assert block.css_path == "body > script:nth-of-type(1)"


ASKED_DATA = json.dumps({"faq": [{"question": "Who stays with me?", "answer": NURSE}]})


@pytest.mark.parametrize(
    "written",
    [
        "<script type=application/json data-sveltekit-fetched>"
        + json.dumps({"status": 200, "body": ASKED_DATA}),
        f"<script>window._BLOG_DATA={json.dumps({'post': {'fullContent': ASKED_DATA}})}</script>",
        f'<div id=app data-page="{escape(ASKED_DATA)}"></div>',
        f'<div wire:snapshot="{escape(ASKED_DATA)}"></div>',
        f'<div wire:initial-data="{escape(ASKED_DATA)}"></div>',
        f'<div data-react-class=Faq data-react-props="{escape(ASKED_DATA)}"></div>',
        f'<div class=accordion data-current-context="{escape(ASKED_DATA)}"></div>',
        f'<div data-controller=faq data-faq-list-value="{escape(ASKED_DATA)}"></div>',
        f'<faq-list :items="{escape(ASKED_DATA)}"></faq-list>',
        f"<script>window.___gatsby = {{}}; window.pageData = {ASKED_DATA}</script>",
    ],
)
def test_data_within_texts_and_attributes(written: str) -> None:
    (block,) = blocks(f"<body>{written}")
    assert (block.text, block.kind) == (f"Who stays with me?\n{NURSE}", "faq")
    assert block.hidden


def test_brackets_in_a_text_are_no_data() -> None:
    data = json.dumps({"a": f"{NURSE} [2]"})
    assert len(blocks(f"<script type=application/json>{data}</script>")) == 1
    deep = json.dumps({"a": "[" * 9000 + "]" * 9000, "b": NURSE})
    assert len(blocks(f"<script type=application/json>{deep}</script>")) == 1
    assert blocks('<div data-page="{broken}"></div><div data-page="2"></div>') == []


def test_code_and_names_in_state_are_no_text() -> None:
    data = {
        "class": "flex items-center justify-between gap-4",
        "url": "https://clinic.example/a b c d",
        "css": ".a { color: red; margin: 0 auto }",
        "title": "Home",
    }
    script = f"<script id=__NEXT_DATA__ type=application/json>{json.dumps(data)}</script>"
    assert blocks(script) == []


@pytest.mark.parametrize("broken", ["{", "", "null", '{"a": }', "[1, 2"])
def test_broken_data_is_passed_over(broken: str) -> None:
    assert blocks(f"<script type=application/ld+json>{broken}</script>") == []


def test_half_a_character_in_data_is_none_in_the_text() -> None:
    """JSON can hold half of a surrogate pair; no file can, so it would end the whole audit."""
    question = faq_page("May I \ud800 drive?", "Never \udc00 on the same day as a dose.")
    state = json.dumps({"a": f"{NURSE} \ud800", "title": "Rest \udfff first"})
    (answer, said) = blocks(f"{question}<script>window.__INITIAL_STATE__={state};x()</script>")
    assert answer.text.encode().decode() == answer.text
    assert said.text.encode().decode() == said.text and NURSE in said.text
    assert all(block.heading.encode() for block in (answer, said))


def test_a_denial_in_bold_stays_a_word() -> None:
    data = json.dumps({"a": "Ketamine is <b>not</b>FDA approved, and <i>not</i>hing is hidden."})
    (block,) = blocks(f"<script type=application/json>{data}</script>")
    assert block.text == "Ketamine is not FDA approved, and nothing is hidden."
