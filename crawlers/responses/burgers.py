"""Buttons that open a menu of their own beside the one that is there: what hangs from them.

On wide screens a site can show a few links and keep the rest behind a burger, whose menu a script
draws when it is pressed. Whether there is more behind it than stands in the page, only pressing
tells, so one whose menu is not known to be in the page is a reason to look. Pure: no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What makers call it: an id or a class; scripts in the browser read the expression, too.
BURGER = (
    r"(?:^|[\s_-])(?:ham)?burger|(?:^|[\s_-])(?:menu|nav(?:igation|bar)?)[-_]?"
    r"(?:toggle|toggler|btn|button|icon|trigger|open(?:er)?)(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:toggle|open)[-_]?(?:menu|nav)(?:$|[\s_-])"
)
_CALLED = re.compile(BURGER, re.IGNORECASE)
_NAMED = re.compile(
    r"\W*(?:(?:open|toggle|show|main|site|mobile) )*(?:menu|navigation)\W*|[☰≡]", re.IGNORECASE
)
_NAMES = (
    "[class*=burger i], [id*=burger i], [class*=menu i], [id*=menu i], [class*=nav i], [id*=nav i],"
    " button, [role=button], [aria-label]"
)
# Whose menu is the one that stands there: Bootstrap and others name it, Webflow, Elementor, Divi,
# Squarespace and WordPress have it beside.
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "href", "data-toggle-target")
_SAME = {
    "w-nav-button": ".w-nav-menu a[href]",
    "elementor-menu-toggle": ".elementor-nav-menu--dropdown a[href]",
    "mobile_menu_bar": "#et-top-navigation a[href], .et_pb_menu__menu a[href]",
    "header-burger-btn": ".header-menu a[href]",
    "burger-box": ".header-menu a[href]",
    "wp-block-navigation__responsive-container-open": ".wp-block-navigation a[href]",
}
# A sign without a word, as applications draw it.
_HANDS = (
    "header div[style*='cursor:pointer'], header span[style*='cursor:pointer'],"
    " header div[style*='cursor: pointer'], header div.cursor-pointer, header span.cursor-pointer"
)
_NO_BURGERS = frozenset({"nav", "ul", "body", "header", "html"})
# What holds links is the menu itself.
_HOLDS = "a[href], ul, nav"
_MOST, _HIGH = 400, 4


def has_more(tree: LexborHTMLParser) -> bool:
    """Whether a page has a menu's button whose menu is not known to be in the page."""
    if any(map(_is_sign, tree.css(_HANDS)[:_MOST])):
        return True
    return any(_is_burger(node) and not _is_there(tree, node) for node in tree.css(_NAMES)[:_MOST])


def _is_sign(node: LexborNode) -> bool:
    """Whether a sign without words in a header asks to be pressed, and leads nowhere."""
    if node.text().strip() or node.css_first("a[href], ul, form, input") is not None:
        return False
    above = node.parent
    while above is not None and above.tag != "a":
        above = above.parent
    return above is None and node.css_first("svg, img, i, span") is not None


def _is_burger(node: LexborNode) -> bool:
    given = node.attributes
    if node.tag in _NO_BURGERS or any(n.mem_id != node.mem_id for n in node.css(_HOLDS)):
        return False
    if node.tag == "a" and not (given.get("href") or "#").startswith(("#", "javascript:")):
        return False
    if _CALLED.search(f"{given.get('id') or ''} {given.get('class') or ''}"):
        return True
    if node.tag not in ("button", "a") and given.get("role") != "button":
        return False
    said = given.get("aria-label") or " ".join(node.text().split())
    return _NAMED.fullmatch(said[:60]) is not None


def _is_there(tree: LexborHTMLParser, node: LexborNode) -> bool:
    """Whether the menu of a button, or of what it is a part of or made of, is in the page."""
    return any(_names_its_menu(tree, part) for part in _parts(node))


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    yield from node.css("*")
    above: LexborNode | None = node
    for _ in range(_HIGH):
        if above is None or above.tag in _NO_BURGERS:
            return
        yield above
        above = above.parent


def _names_its_menu(tree: LexborHTMLParser, node: LexborNode) -> bool:
    for name in _TARGETS:
        place = (node.attributes.get(name) or "").split(maxsplit=1)
        named = place[0].lstrip("#.") if place else ""
        if named and re.fullmatch(r"[\w-]+", named):
            menu = tree.css_first(f'[id="{named}"], [class~="{named}"]')
            if menu is not None and menu.css_first("a[href]") is not None:
                return True
    kinds = (node.attributes.get("class") or "").split()
    if any(name in kinds and tree.css_first(menu) is not None for name, menu in _SAME.items()):
        return True
    # A style alone opens what follows a label, and the browser what a summary heads.
    return node.tag in ("label", "input", "summary") and _follows(node)


def _follows(node: LexborNode) -> bool:
    beside = node.next
    while beside is not None:
        if beside.is_element_node and beside.css_first("a[href]") is not None:
            return True
        beside = beside.next
    return False
