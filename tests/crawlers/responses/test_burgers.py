"""Buttons of menus: whose links are not known to be in the page, and whose are."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.responses.burgers import has_more

NAV = "<nav id=m class=site-menu><a href=/faq>FAQ</a></nav>"


@pytest.mark.parametrize(
    "bar",
    [
        f"<header>{NAV}<button aria-label='Open menu'>☰</button></header>",
        f"<header>{NAV}<button>Menu</button></header>",
        f"<div class=topbar><div id=b class='menu-toggle'><i></i></div></div>{NAV}",
        f"<header>{NAV}<div class=hamburger><span></span></div></header>",
        f"<header>{NAV}<a class=nav-toggle href='#'></a></header>",
        f"<header>{NAV}<label for=c class=nav-toggle><i></i></label><input type=checkbox></header>",
        f"<header>{NAV}<div style='cursor:pointer'><svg></svg></div></header>",
        # What it names is there, and holds no link.
        f"{NAV}<button class=burger aria-controls=drawer></button><div id=drawer></div>",
    ],
)
def test_a_menu_s_button_without_its_menu_is_a_reason_to_look(bar: str) -> None:
    assert has_more(LexborHTMLParser(bar))


@pytest.mark.parametrize(
    "bar",
    [
        f"<button class=burger aria-controls=m></button>{NAV}",
        f"<button class=navbar-toggler data-bs-target='#m'></button>{NAV}",
        f"<button class=menu-toggle data-target='.site-menu'><i class=menu-icon></i></button>{NAV}",
        f"<label class=nav-toggle></label>{NAV}",
        f"<details><summary><svg class=icon-hamburger></svg></summary>{NAV}</details>",
        f"<div class=w-nav-button><i class=menu-icon></i></div><div class=w-nav-menu>{NAV}</div>",
        f"<b class=burger><i class=header-burger-btn>Menu</i></b><div class=header-menu>{NAV}",
        # Not a menu's button at all.
        f"<header>{NAV}<a class=menu-button href=/menu>Menu</a></header>",
        f"<header>{NAV}<button>Search</button><button>Menu of infusions</button></header>",
        "<p class=burger-recipes><a href=/blog>Burgers</a></p>",
        f"<header>{NAV}<a href=/><div style='cursor:pointer'><svg></svg></div></a></header>",
        "<ul class=menu-toggle-list><li><a href=/faq>FAQ</a></li></ul>",
    ],
)
def test_a_menu_that_is_there_is_none(bar: str) -> None:
    assert not has_more(LexborHTMLParser(bar))
