"""Pages with status 200 that say that there is nothing to read, for now or for us.

Taken for pages, they would be websites that say nothing. What a visitor who comes later may read is
``server_error``, what only others may read ``http_401`` or ``http_403``, and where no website was
built yet none stands, as on a parked domain. Only what content systems and servers say by
themselves is a sign, and only where there is hardly anything else to read.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.links.places import absolute
from crawlers.responses import excuses
from crawlers.responses.page_facts import PageFacts
from data.failure_reasons import RENDER_FAILED

_MOST_WORDS = 80
# A theme's menu and footer may stand around it.
_MOST_AROUND = 400
# What stands in place of any page is short, and a banner or a footer says much the same.
_MOST_IN_PLACE = 30
# The names of two fields and of a button.
_FEW_BESIDE, _FEW_OWN = 12, 30
_LOCK = re.compile(r"\bpass(?:word|code)|\b(?:log|sign)[- ]?in\b", re.IGNORECASE)
# So many pages of the same site; the way to the log-in and to the privacy policy do not count.
_LEADS = 3
_LOCKED = re.compile(
    # "Your chat on this page is private" says something else.
    r"(?<!\bon )(?<!\bin )(?<!\bof )\bthis (?:content|page|post|site|store|area) is (?:currently )?"
    r"(?:password[- ]protected|private)"
    r"\b.{0,80}\b(?:enter|password|log ?in)\b"
    r"|\bthis is a private (?:web ?site|site|blog)\b.{0,80}\blog ?in\b"
    r"|\byour session has expired\b.{0,40}\b(?:log|sign) ?in\b",
    re.IGNORECASE,
)
# On one page, or in the place of it: only where hardly anything else is there.
_FOR_OTHERS = re.compile(
    r"\b(?:you (?:must|need to|have to)|please) (?:be )?(?:log|sign)(?:ged|ned)? ?in to"
    r" (?:view|see|access|read) (?:this|the) (?:page|content|post|area)\b"
    r"|\bthis (?:content|page|area|section) is (?:only )?(?:for|available to|restricted to|reserved"
    r" for) (?:our |registered |current )*(?:members|patients|subscribers|users|clients) only\b"
    r"|\byou (?:do not|don['’]t) have (?:the )?(?:permissions?|access|rights?) to"
    r" (?:view|access|see) this (?:page|content|site|resource)\b"
    r"|\byou are not authori[sz]ed to (?:view|access|see) this\b"
    r"|\bthis page is restricted\b",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"\s+[|\u00b7\u2013\u2014\u2022:-]\s+")
_NAMED_LOCKED = re.compile(
    r"\W*(?:please )?(?:(?:client|patient|member|staff|user|account|portal|secure|your)\W+)*"
    r"(?:log[- ]?in|sign[- ]?in)(?: (?:to|with|into|required|here|or|page|and)\b.{0,80})?\W*",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\bthere has been a critical error on (?:this|your) website\b"
    r"|\bmax_user_connections\b"
    r"|\berror establishing a (?:database|redis) connection\b"
    r"|\b(?:fatal|parse) error\b.{0,20}(?:uncaught|syntax error|allowed memory size)\b"
    r"|\bdatabase server could be connected to\b|\bdatabase tables are unavailable\b"
    r"|\bno php workers are available\b|\bmigrations are pending\b"
    r"|\bbriefly unavailable for scheduled maintenance\b"
    r"|\bapplication error: an? server-side (?:exception|error)\b"
    r"|\bserver error in '/[^']{0,40}' application\b"
    r"|\b(?:error|sqlstate|mysqli?|database)\b.{0,60}\btoo many connections\b"
    r"|\bas it exceeded (?:its )?resource limit\b|\bunable to connect to the database\b"
    r"|\bwebsite encountered an unexpected error\b|\bhas experienced an unexpected error\b"
    r"|\bthere has been an error processing your request\b|\berror displaying the error page\b"
    r"|\bthe page you are looking for is (?:currently|temporarily) unavailable\b"
    r"|\b(?:we(?:['’]re| are)|(?:the|this|our) (?:web ?)?site is) (?:currently )?"
    r"(?:experiencing|having) (?:some )?technical (?:difficulties|issues|problems)\b"
    r"(?! with (?!(?:our|the|this) (?:web ?)?(?:site|page|server)))"
    r"|\bbackend fetch failed\b|\bguru meditation\b|\bno healthy upstream\b"
    r"|\bupstream connect error\b|\bweb server is down\b|\bserver is too busy\b"
    r"|\ban error occurred in the application and your page could not be served\b"
    r"|\bsomething went wrong on our end\b|\brate limit exceeded\b",
    re.IGNORECASE,
)
# In a browser, which was ours: to others it may be a page.
_CRASHED = re.compile(
    r"\bapplication error: a client-side (?:exception|error) has occurred\b"
    r"|\b(?:unable|failed) to load (?:the |this )?(?:page|content|resource|data)\b"
    r"|\bunexpected application error!"
    r"|\berror: network error\b|\bchunkloaderror\b|\bloading failed\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\bunavailable for scheduled maintenance\b|\bmaintenance mode is on\b"
    r"|\b(?:down|closed|offline) for (?:a (?:bit|spot) of |some |routine )?maintenance\b"
    r"|\b(?:web ?site|site|page) is (?:currently |temporarily )?(?:undergoing|under)"
    r" (?:some |routine |scheduled )?maintenance\b"
    r"|\bdoing (?:some )?(?:work|maintenance) on (?:the|our|this) (?:web ?)?site\b"
    # PHP says so, and the page ends there.
    r"|\b(?:warning|notice|deprecated|strict standards) ?: .{0,300}\b(?:in|at)"
    r" \S{1,200}\.php(?: on line |:)\d",
    re.IGNORECASE,
)
_NAMED_BROKEN = re.compile(
    r"\W*(?:error\W*)?(?:50[0234]\W+)?(?:internal server error|bad gateway|gateway time-?out"
    r"|service (?:temporarily )?unavailable|bad request|bandwidth limit exceeded|database error"
    r"|resource limit is reached"
    r"|(?:server|application|runtime|unexpected) error"
    r"|an? (?:unexpected |internal )?error (?:has )?occurred"
    r"|(?:(?:wh)?oops\W+)?(?:(?:it )?looks like )?something went (?:terribly )?wrong)"
    # "Something went wrong?" asks.
    r"\W*(?:50[0234])?[^\w?]*",
    re.IGNORECASE,
)
_TOO_MANY = re.compile(r"\W*(?:error\W*)?(?:429\W+)?too many requests\W*(?:429)?\W*", re.IGNORECASE)
_NAMED_CLOSED = re.compile(
    r"\W*(?:(?:site |website )?(?:under )?maintenance(?: mode)?"
    r"|temporarily unavailable|we(?:['’]ll| will) be back(?: soon)?"
    r"|be right back)\W*",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\W*(?:error\W*)?(?:403\W+)?(?:forbidden|access denied)\W*", re.IGNORECASE)
# What a visitor without cookies, from elsewhere or of no age is told in place of any page.
_SHUT_OUT = re.compile(
    r"\b(?:your|this) browser is (?:not supported|unsupported|no longer supported|outdated"
    r"|out of date)\b"
    r"|\b(?:enable|allow|accept) cookies (?:to|and) (?:continue|proceed|try again|reload)"
    r"|\bto (?:continue|proceed|enter|access|view)\b[^.]{0,40}\b(?:enable|allow|accept)"
    r" (?:(?:our|the|all) )?cookies\b"
    r"|\b(?:site|website) is (?:not |un)available in your (?:country|region)\b"
    r"|\byou must be (?:at least )?(?:18|21)\b.{0,30}"
    r"\bto (?:enter|view|visit) this (?:web ?)?site\b",
    re.IGNORECASE,
)
# All that there is; elsewhere, a film or a form may be meant.
_NOT_HERE = re.compile(
    r"\W*(?:(?:we(?:['’]re| are) )?(?:so )?sorry\W+)?(?:(?:but )?(?:this|the|our|that) )?"
    r"(?:content|page|(?:web ?)?site|service)(?: you requested)? (?:is|are) (?:currently )?"
    r"(?:not |un)available (?:in|from|to visitors (?:in|from)) your"
    r" (?:country|region|location|area|state|territory)(?: or (?:country|region|territory))?\W*",
    re.IGNORECASE,
)
_UNBUILT = re.compile(
    # "Our Dallas site is coming soon" says something else.
    r"\b(?:web ?site|(?:this|our|the|new) (?:site|page)) is (?:currently )?"
    r"(?:coming soon|under construction|almost ready)\b"
    r"|\bsite is not published\b|\bthis domain (?:name )?has been registered (?:with|at|by)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\W*(?:(?:our |the |this |a )?(?:new )?(?:web ?site|site|page|we)?(?: is| are)? ?"
    r"(?:coming soon|under construction|launching soon|opening soon))\W*",
    re.IGNORECASE,
)

# What is told of an error as a part of something else: in quotes, or of the time when it is seen.
_TOLD_OF = re.compile(
    r"[\"\u201c\u2018]\W{0,2}$|\b(?:if|when(?:ever)?|says?|shows?|reads?)\b[^.?!]{0,60}$",
    re.IGNORECASE,
)
_MATTERS = 3

_NOT_THERE = re.compile(r"site not found\W*", re.IGNORECASE)
_NAMED = ((_NAMED_BROKEN, "server_error"), (_REFUSED, "http_403"), (_TOO_MANY, "http_429"))
_NAMED_WHOLE = (*((_NAMED_CLOSED, "server_error"), (_NOT_YET, "parked"), (_NOT_THERE, "parked")),)
_IN_PLACE = ((_SHUT_OUT, "http_403"), (_UNBUILT, "parked"))


def recognise(facts: PageFacts) -> tuple[str, str] | None:
    """The class of failure that a page stands for and its words for it; None where it is a page."""
    if facts.words > _MOST_AROUND:
        return None
    if _NOT_HERE.fullmatch(facts.opening):
        return "http_403", f"it says '{facts.opening[:60]}'"
    locked = _LOCKED.search(facts.opening)
    if locked:
        return "http_401", f"it says '{locked[0][:60]}'"
    if facts.words > _MOST_WORDS:
        return None
    if (others := _FOR_OTHERS.search(facts.opening)) and facts.own_words < _FEW_OWN:
        return "http_401", f"it says '{others[0][:60]}'"
    if facts.locked and _is_all_lock(facts):
        return "http_401", "it asks for a password, and has nothing else"
    if facts.locked and (name := _name_of_lock(facts)):
        return "http_401", f"it asks for a password and is named '{name[:60]}'"
    # A portal or the phones may be down, and a page that leads on says so.
    closed = () if leads_on(facts) else ((_CLOSED, "server_error"),)
    for words, failure_class in (
        *((_BROKEN, "server_error"), (_CRASHED, RENDER_FAILED)),
        *(*closed, *_in_place(facts)),
    ):
        if said := _said(words, facts.opening):
            return failure_class, f"it says '{said[0][:60]}'"
    return _named(facts)


def _said(words: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where a text says so itself, and not of something else that does."""
    found = words.finditer(text)
    return next((said for said in found if not _TOLD_OF.search(text[: said.start()])), None)


def _is_all_lock(facts: PageFacts) -> bool:
    if facts.words > _FEW_BESIDE or leads_on(facts):
        return False
    return not facts.words or _LOCK.search(facts.opening) is not None


def _name_of_lock(facts: PageFacts) -> str | None:
    names = (facts.heading, _SITE_NAME.split(facts.title[:200], maxsplit=1)[0])
    return next((name for name in names if _NAMED_LOCKED.fullmatch(name[:200])), None)


def is_curtain(facts: PageFacts) -> bool:
    """Whether a page may stand behind what is said in its place, once its scripts have run."""
    return any(words.search(facts.opening) for words, _ in _in_place(facts))


def _in_place(facts: PageFacts) -> tuple[tuple[re.Pattern[str], str], ...]:
    return () if facts.words > _MOST_IN_PLACE or leads_on(facts) else _IN_PLACE


def _named(facts: PageFacts) -> tuple[str, str] | None:
    """What a title or first heading says of the whole page.

    A page that leads on, and has something else to tell, has it as a heading of that.
    """
    if leads_on(facts) and excuses.matters(facts.own_opening, facts.base) >= _MATTERS:
        return None
    # A page that is still to be written leads to the others.
    whole = () if leads_on(facts) else _NAMED_WHOLE
    for words, failure_class in (*_NAMED, *whole):
        for name in (facts.title, facts.heading):
            if words.fullmatch(name[:200]):
                return failure_class, f"it is named '{name[:60]}'"
    return None


def leads_on(facts: PageFacts) -> bool:
    """Whether a page leads to others of its site: by a menu, or by what a theme has for one."""
    paths = set()
    for link in facts.links:
        parts = urlsplit(absolute(facts.base, link.href) or "")
        if parts.netloc == urlsplit(facts.base).netloc:
            paths.add(parts.path.rstrip("/"))
    return facts.has_menu or len(paths - {urlsplit(facts.base).path.rstrip("/")}) >= _LEADS
