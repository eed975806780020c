"""Figures that a script counts up: what a visitor reads is where they end."""

from __future__ import annotations

import pytest

from audit.pages.pages import read


def text(html: str) -> str:
    blocks = read(f"<body>{html}".encode(), url="https://clinic.example/x").blocks
    return " / ".join(b.text for b in blocks)


TO = 'data-to-value="85"'
DIVI = """
    <div class="et_pb_number_counter" data-number-value="85"><div class="percent"><p>
    <span class="percent-value"></span><span class="percent-sign">%</span></p></div>
"""
BRICKS = '{"countFrom":0,"countTo":"85"}'.replace('"', "&quot;")
PIE = 'data-pie-value="85" data-pie-label-value="" data-pie-units="%"'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p><span class=elementor-counter-number {TO}>0</span>% feel better", "85% feel better"),
        (f"<p><b {TO} data-from-value=0>0</b>% feel better", "85% feel better"),
        (f"<p><b {TO} data-from-value=9>37</b>% feel better", "85% feel better"),
        ("<p><b class=odometer data-count=85>00</b>%", "85%"),
        ("<p><b class=odometer data-odometer-final=85></b>%", "85%"),
        ("<p><b class=count data-target='85%'>0</b> feel better", "85% feel better"),
        ("<p><b class=count data-target='85%'>0%</b> feel better", "85% feel better"),
        ("<p><b class=purecounter data-purecounter-end=85>0</b>%", "85%"),
        ("<p><b class=stat-number data-value=4.9>0.0</b> stars", "4.9 stars"),
        ("<p fs-numbercount-element=number fs-numbercount-end=85>0</p>", "85"),
        ("<p><b data-to-value=4200 data-delimiter=','>0</b>+ people", "4,200+ people"),
        ("<p><b data-count=4200>0+</b> people", "4200+ people"),
        ("<p><b data-target=399>$0</b>", "$399"),
        (DIVI, "85%"),
        (f"<div class=vc_pie_chart {PIE}><p><span class=vc_pie_chart_value></span>", "85%"),
        (f"<div data-bricks-counter-options='{BRICKS}'><p><span class=count>0</span>%", "85%"),
    ],
)
def test_a_figure_that_counts_up_is_read_where_it_ends(html: str, shown: str) -> None:
    assert text(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p><b data-to-value=0>0</b>% had serious side effects", "0% had serious side effects"),
        ("<p><b data-target='#plans'>0</b>% had any", "0% had any"),
        ("<p><b data-value=85>0</b> items", "0 items"),
        ("<p><b data-value=85>37</b>%", "37%"),
        ("<p><b data-count=85>37</b>%", "37%"),
        (f"<p><b {TO} data-from-value=40>37</b>%", "37%"),
        ("<p><b class=count data-target=85>97</b>%", "97%"),
        ("<p><b class=stars data-count=5></b>Rated", "Rated"),
        ("<p><b class=count data-end=2027-01-01>0</b> days", "0 days"),
        (f"<p><b {TO}>no</b> side effects", "no side effects"),
    ],
)
def test_any_other_figure_is_read_as_it_stands(html: str, shown: str) -> None:
    assert text(html) == shown


def test_room_that_is_kept_for_a_digit_is_none() -> None:
    digit = "<span><i class=odometer-digit-spacer>8</i><i class=odometer-value>{}</i></span>"
    assert text(f"<p>{digit.format(4)}{digit.format(5)}% feel better") == "45% feel better"


def test_the_figure_is_quoted_where_it_stands() -> None:
    html = f"<body><p><span {TO}>0</span>% feel better after ketamine."
    (block,) = read(html.encode(), url="https://clinic.example/x").blocks
    assert block.css_path == "body > p:nth-of-type(1)"
    assert block.text[:3] == "85%"
