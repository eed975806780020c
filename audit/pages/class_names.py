"""What class names and styles of page builders give away, as expressions over them.

Gathered from the themes and builders that clinics' websites are made with (WordPress, Elementor,
Webflow, Squarespace, Wix, Bootstrap, Tailwind).
"""

from __future__ import annotations

import re


def _names(names: str) -> re.Pattern[str]:
    """Whole words of a class or id, where ``-``, ``_`` and white space part words."""
    return re.compile(rf"(?:^|[\s_#-])(?:{names})(?=$|[\s_-])", re.IGNORECASE)


# What a page or a box has around it, or has not: "has-sidebar", "no-footer", "content-sidebar".
_TOLD_OF = "".join(
    rf"(?<!\b{word}[-_])"
    for word in ("has", "with", "without", "no", "hide", "show", "content", "and")
)
_STATE = r"(?![-_](?:enabled|disabled|open(?:ed)?|free|on|off)(?!\w))"


def _parts(names: str) -> re.Pattern[str]:
    """Such words where they name the box itself, and nothing that it has or is in."""
    return re.compile(rf"(?:^|[\s_#-]){_TOLD_OF}(?:{names}){_STATE}(?=$|[\s_-])", re.IGNORECASE)


def _anywhere(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


REGIONS = (
    (
        "modal",
        _parts("modal|popup|pop-up|lightbox|dialog|cookies?|consent-banner|cookie[a-z]*|gdpr"),
    ),
    ("footer", _parts("(?:site|page|main|global)[-_]?footer|footer|colophon")),
    (
        "nav",
        _parts(
            "nav|navbar|navigation|breadcrumbs?|(?:main|primary|mobile|site|top)[-_]?(?:menu|nav)"
        ),
    ),
    ("header", _parts("(?:site|global|main|location)[-_]?header|masthead|topbar|top-bar")),
    ("aside", _parts("sidebar|widget-area")),
)
# A part of a card or an article that is called like a part of a page.
PART = _names(
    "(?:card|modal|entry|post|panel|article|section|widget|item|[a-z]*quote|testimonial|tile|box"
    "|figure|comment|review|profile|bio|plan|table|step|slide)[-_]{1,2}(?:footer|header|nav)"
)
# Hidden, but behind a head that a visitor can open: still a part of the page where it stands.
PANEL = _anywhere("accordion|collaps|panel|faq|toggle|answer|tab|slide|carousel")
QUESTION = _anywhere(
    r"(?:faq|accordion|toggle|collapsible|collapse|expansion-panel)[a-z_-]*?[-_]{0,2}"
    r"(?:question|title|header|heading|head|trigger|button|btn|summary|label)(?![a-z])"
    r"|(?:^|[\s_-])(?:question|faq[_-]{1,2}q)(?=$|[\s_-])"
)
TESTIMONIAL = _anywhere(
    rf"{_TOLD_OF}testimonials?{_STATE}|(?:^|\s)(?:comment-?list|comment-(?:body|content|text))(?=\s|$)"
    r"|review-?(?:card|item|box|body|text|content|slide)"
    rf"|(?:^|[\s_-]){_TOLD_OF}(?:(?:patient|customer|client|google|member)[\s_-]?)?reviews?"
    rf"{_STATE}(?![\s_-](?:your|our|my|all|options?|badge|count|link|button|and)(?![a-z]))"
    r"(?=$|[\s_-])"
)
# The provider's own review of charts and answers, or of a page's text.
REVIEWED = _anywhere(
    "(?:peer|medical|clinical|chart|record|safety|provider|clinician|doctor|physician|intake"
    "|medication|document|application|order)s?[-_ ]?review|review(?:ed|er)|under[-_ ]review"
    "|review[-_ ](?:process|steps?|boards?|teams?|dates?|polic(?:y|ies)|notice|panel|visit|status)"
)
PRICE = _names(
    "(?:pric(?:e|es|ing)|plans?|packages?|membership|tier)"
    "(?:[-_]{1,2}(?:card|box|item|col|column|plan|tier|option|table|package))?"
)
BUTTON = _names("btn|button|cta|wp-block-button__link|elementor-button")
SCREEN_READERS = _names(
    "(?:u-)?sr[-_]?only|visually[-_]?hidden|hidden-visually|screen[-_]?readers?(?:[-_]?(?:text|only))?"
    "|assistive-text|sr-text|show-for-sr|element-invisible|accessible-hide"
    "|elementor-screen-only"
)
# The same in a style: cut down to a point. What is faded or shrunk may be about to appear.
SCREEN_READERS_STYLE = _anywhere(
    r"(?<![\w-])clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?<![\w-])(?:width|height)\s*:\s*1px\b.*(?<![\w-])(?:width|height)\s*:\s*1px\b"
    r"|margin-left\s*:\s*-9{3,}px"
)
HIDDEN = re.compile(
    r"(?:^|\s)(?:hidden|d-none|hide|is-hidden|invisible|collapse)(?=\s|$)", re.IGNORECASE
)
# Hidden on screens of every width, as Elementor, WPBakery and Kadence write it.
HIDDEN_EVERYWHERE = re.compile(
    r"(?=.*elementor-hidden-desktop)(?=.*elementor-hidden-tablet)"
    r"(?=.*elementor-hidden-(?:mobile|phone))"
    r"|(?=.*vc_hidden-lg)(?=.*vc_hidden-md)(?=.*vc_hidden-sm)(?=.*vc_hidden-xs)"
    r"|(?=.*kvs-lg-false)(?=.*kvs-md-false)(?=.*kvs-sm-false)"
)
# Never shown (Webflow's conditions, what keeps room for Odometer's digits), or a copy that a
# carousel makes of one of its slides.
NEVER_SHOWN = re.compile(
    r"(?:^|\s)(?:w-condition-invisible|odometer-digit-spacer|(?:slick-|tns-slide-)?cloned|swiper-slide-duplicate"
    r"|(?:splide|glide)__slide--clone|bx-clone)(?=\s|$)"
)
# Hidden on narrow screens only, or open already.
SHOWN = re.compile(
    r"(?:^|\s)(?:[a-z]+:(?:block|flex|grid|inline[a-z-]*|visible|table)|d-[a-z]+-[a-z-]+"
    r"|show|in|open)(?=\s|$)"
)
SPREAD = re.compile(r"(?:^|\s)(?:d-)?(?:inline-)?(?:flex|grid)(?=\s|$)", re.IGNORECASE)
STRUCK = _names(
    "line-through|strike-?through|strikeout|struck|crossed-out"
    "|(?:old|was)[-_]?price|price[-_]{1,2}(?:old|was)|compare[-_]?at(?:[-_]price)?"
)
# An item that a style sheet draws with a cross.
CROSSED_ITEM = re.compile(
    r"(?:^|[\s_-])(?:(?:is-)?(?:excluded|unavailable|crossed|unchecked|uncheck|disabled)"
    r"|not-(?:included|available)|cross|fa-times|fa-xmark|no|x)(?=\s|$)",
    re.IGNORECASE,
)
ICON = _names("fa|icon|svg|dashicons|glyphicon|bi|ico|mdi|check|cross|x")
# Fonts that draw a picture for a name: what is written is not what is seen.
GLYPH = _names("material-(?:icons|symbols)(?:-[a-z]+)*")
# A cell or a column of a table that is built of boxes.
CELL = re.compile(r' class="[^"]*?(?<![a-z])(?:cell|td|col|column)(?![a-z])', re.IGNORECASE)
CROSS = _names("times|cross|xmark|x-mark|close|no|minus|x|ban")
CHECK = _names("check|checkmark|tick|yes|ok")

# A box that looks like a heading of some level: what Webflow, MUI and typed style sheets call it.
HEADING = re.compile(
    r"(?:^|\s)(?:heading-style-|text-style-|(?:mui)?typography[-_]+)h([1-6])(?!\d)", re.IGNORECASE
)

# Line ends of the source are shown.
KEEPS_LINES = re.compile(r"(?:^|\s)whitespace-(?:pre|break-spaces)", re.IGNORECASE)
KEEPS_LINES_STYLE = _anywhere(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)")

HIDDEN_STYLE = _anywhere(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-(?:9{3,}|[1-9]0{3,})(?:px|r?em)"  # beside the page
)
# Not drawn until it is scrolled to, and then moved in by a script (WOW.js).
MOVES_IN = re.compile(r"(?:^|\s)wow(?=\s|$)", re.IGNORECASE)
GONE_STYLE = _anywhere(r"display\s*:\s*none")
BLOCK_STYLE = _anywhere(r"display\s*:\s*(?:block|flex|grid|table|list-item)(?![\w-])")
# Words and letters that scripts wrap one by one to move them: boxes, but still in their line.
IN_LINE_STYLE = _anywhere(r"display\s*:\s*inline(?:-block)?(?![\w-])")
ON_ITS_LINE = re.compile(
    r"(?:^|\s)(?:(?:d-)?(?:inline-)?block|tool-?tip[-_]{0,2}(?:text|content|body|inner))(?=\s|$)",
    re.IGNORECASE,
)
MOVED_STYLE = _anywhere(r"position\s*:\s*relative")
# The lines of a text, each wrapped by a script so that it can be moved or unveiled.
LINE = re.compile(
    r"(?:^|\s)(?:(?:split|gsap|anim[a-z]*|reveal|text)-?)?lines?"
    r"(?:-?(?:inner|parent|wrap(?:per)?|mask))?(?=\s|$)",
    re.IGNORECASE,
)
LINE_STYLE = _anywhere(
    r"position\s*:\s*relative|overflow\s*:\s*(?:hidden|clip)|(?:transform|translate)\s*:"
    r"|will-change"
)
MOVED = _names("(?:split-?|gsap-?|anim[a-z]*-?)?(?:words?|chars?|letters?)(?:-?inner)?")
SPREAD_STYLE = _anywhere(r"display\s*:\s*(?:inline-)?(?:flex|grid)")
STRUCK_STYLE = _anywhere(r"text-decoration[a-z-]*\s*:[^;]*line-through")
