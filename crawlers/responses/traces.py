"""What programs print of themselves when they break, in place of a page or in the midst of one.

Made for those who write websites, or by a server for itself: no page that is meant for visitors
has it. So it counts however long the page is, and whatever stands around it. Pure: no I/O.
"""

from __future__ import annotations

import re

from crawlers.responses.page_facts import PageFacts

# What a title or the first heading of a page for developers is called.
_NAMED = re.compile(
    r"(?:[\w$]+(?:\\|::|\.))*(?:[A-Z][a-z]+)+[A-Z]?\w*(?<=[a-z])(?:Error|Exception|DoesNotExist)\b"
    r"(?=\s*$|:| at /| in \w|\s*//| [\u2013-] )"
    r"|[\w:]+(?:::)\w+ in \w+(?:Controller)?#\w+|.*// Werkzeug Debugger$"
    r"|Action Controller: Exception caught|Whitelabel Error Page|HTTP Status 5\d\d\b"
    r"|IIS \d+\.\d Detailed Error|Server Error in '[^']{0,60}' Application"
    r"|Software error:|Error Occurred While Processing Request"
    # Cloudflare's, for a server that it does not reach; 520 is a telephone's area, too.
    r"|.{3,80} \| 5[23]\d: (?:Web server|Connection|Origin|A timeout|(?:Invalid )?SSL|Railgun)\b"
    r"|Unhandled Runtime Error|Cloudflare Tunnel error|503 first byte timeout"
    r"|.{0,40}\bbackend (?:fetch failed|read error)"
    r"|ERROR: The request could not be satisfied|Fastly error: unknown domain"
    r"|(?:HTTP )?Error (?:5\d\d|1033|1016|1000)\W*$",
)
# What stands in the page itself.
_PRINTED = re.compile(
    r"\b(?:Fatal|Parse) error\s?: .{0,600}?\b(?:on line \d|\.php:\d)"
    r"|\bTraceback \(most recent call last\)|\bSQLSTATE\[\w+\]|\bStack trace: #0 "
    r"|(?:\bat [\w.$<>\[\] ]{1,80}|\bat) \(?(?:/|[A-Z]:\\|file:|node:|https?:)\S+:\d+:\d+\)?"
    r"|\bjava\.lang\.\w+(?:Exception|Error)\b|\bFUNCTION_INVOCATION_FAILED\b"
    r"|\bRequest Method: GET .{0,400}\bDjango Version\b|\bnode_modules/\w"
    r"|\bENOENT: |^Cannot (?:GET|POST) /|\bNoSuch(?:Bucket|Key)\b|^AccessDenied\b"
    r"|\berror in your SQL syntax\b|\bObject reference not set to an instance\b"
    r"|\bLiquid error(?: \(|: )|\bRequire stack: |\bgoroutine \d+ \[running\]"
    r"|\bin @INC\b.{0,200}\bline \d|\bRails\.root: /"
    r"|\b[Cc]ould not connect to MySQL\b|\bAccess denied for user '[^']*'@'",
    re.DOTALL,
)
# Where PHP gave up, the page ends.
_GAVE_UP = re.compile(rb"<b>(?:Fatal|Parse) error</b>:\s.{1,3000}?\bon line <b>\d+</b>", re.DOTALL)
_MOST_WORDS = 2_500


def recognise(facts: PageFacts) -> str | None:
    """What a program printed of itself in place of the page; None where it is a page."""
    if facts.words > _MOST_WORDS:
        return None
    for name in (facts.title, facts.heading):
        if named := _NAMED.match(name[:300]):
            return f"it is named '{named[0][:60]}'"
    printed = _PRINTED.search(facts.opening)
    return f"a program says '{printed[0][:60]}'" if printed else None


def broke_off(body: bytes) -> str | None:
    """What a program said as it gave up in the midst of a page, whose end was never made.

    Args:
        body: the page as it was sent, decoded from its content-encoding.
    """
    found = _GAVE_UP.search(body)
    if found is None or b"</html" in body[: found.start()].lower():
        return None
    return "its program gave up in the midst of it"
