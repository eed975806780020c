"""Pages that are nothing but an excuse: that something is wrong, and that one should come again.

Nobody can list every way to say so. What they have in common is that they speak of the website
and of nothing else: each word beside the menu is one of a few hundred that sites, servers and
browsers apologise in. One word of the matter ("dose", "nurse", "Texas"), and it is a page. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawlers.responses.page_facts import PageFacts

# What is said to be wrong; an excuse has one of these.
_CORE = re.compile(
    r"\b(?:errors?|exceptions?|failure|failed|fault|crashed|went (?:terribly )?wrong|bad gateway"
    r"|unavailable|(?:not|n['’]t) (?:\w+ )?(?:available|working|responding|reachable)"
    r"|(?:isn|wasn)['’]t working|off-?line|out of (?:order|service)|timed? ?-?out|overloaded"
    r"|(?:is|are|was|were) (?:\w+ )?down\b|down for|maintenance|unable to|(?:technical"
    r"|temporary) (?:\w+ )?(?:problems?|difficult\w+|issues?)|could(?: not|n['’]t) (?:be|connect)"
    r"|can(?:not|['’]t) be (?:displayed|reached|shown|loaded)|upgrading|updating|tune-?up"
    r"|(?:be|right) back (?:soon|shortly|online)|(?:will|['’]ll) be right back|paused|disabled"
    r"|stopped|pardon our dust|hiccup|glitch|outage|snag|over quota|under development"
    r"|temporarily closed|too many (?:connections|requests)|handshake failed"
    r"|(?:check|come) back (?:later|soon|shortly)|try again|another (?:go|try))\b",
    re.IGNORECASE,
)
# Every word that may stand there.
_SAID_BY_ALL = """a about accept access accessible account action additional administrator
    after again ago all allocated allowed already also amazing an and another any anything
    apache apologies apologise apologize app application are around as asap asleep at attempt
    automatically available awake awhile back background bad bare be bear because been being
    best better between bit bot break brief briefly bring bringing browser bug bugs busy but by
    cache cached can cannot cant capacity catch cause caused caution certificate changes check
    checking clear close closed cloudflare code come complete completed condition configuration
    configured connect connected connecting connection console contact continue cookie cookies
    copy correctly could couldnt crashed created critical currently data database days deck
    deliver delivered demand deployment description detail detailed details determine dev
    developer development device did didnt difficulties difficulty directly disabled display
    displayed displays dns do document does doesnt doing domain done dont down due during dust
    each easily edge either else email enable encountered end endpoint ends engine engineering
    engineers enjoy environment error errors establish establishing etc even exceeded exception
    exciting exist existing expect expected experience experiencing explanation failed failure
    far fatal fault few file files fine fine-tuning fix fixed fixing following for found from
    fulfill fulfilling fully function functions further gateway generated get getting ghost
    give glitch go going gone grateful great guru handle handler hands handshake hang happened
    hard has have having heading heavy help here hiccup high hit hmm hold home homepage
    hopefully host hosting hour hours how html http https i id if im immediately important
    improve improved improvement improvements improving in incident inconvenience incorrect
    information informed initial inside internal internet into investigate investigating is
    isnt issue issues it its itself ive javascript just keep kind know later launching learn
    least like limit limits line link little live load loaded loading log logs long longer look
    looking looks lost main maintainer maintainers maintenance make making manage many maximum
    may maybe meantime meditation memory message messages might minute minutes mode moment
    momentarily moments monitor monitoring more most moved much must nap need net network new
    newer nginx no not nothing notice notified now number occur occurred of off offline oh ok
    okay on once one online only oops open operation operational or order origin other our out
    outage output over overload overloaded owner page pages pardon patience paused perform
    performance performing persists php platform please polishing problem problems process
    processed processing promise properly proxy question questions quick quota reach reached
    reaching reason received reconnect refresh refreshing regards regret reload reloading
    render rendered repair repaired repairs reported request requested requests resolve
    resolved resource respond responding response restart restored retry return returned
    returning right routine running runtime scheduled script second seconds security see seeing
    seem seems sent serve served server serverless servers service services serving
    settings short shortly should show shown side signal sincerely site sites snag snags some
    something soon sooner sorry source specific ssl standard start started status stay still
    stopped strange support supported sure swapping system systems tab take team tech technical
    technicians temporarily temporary terribly text than thank thanks that the their them then
    there these they thing things this thought through time timed timeout times to today too
    took touch traffic trouble troubleshooting try trying tune tuneup type uh unable
    unavailable under undergoing understand understanding unexpected unfortunately unhandled
    unknown until up update updated updates updating upgrade upgraded upgrades upgrading
    upstream url us use user using varnish version very view visit visiting visitor visitors
    volume wait waiting was way we web webmaster webpage website well went were weve what whats
    when where which while who whoa whoops why wi-fi wifi will window with within without work
    worked working works would wrong yet yikes you your youre youve"""
_WORDS = frozenset(_SAID_BY_ALL.split())
_TOKEN = re.compile(r"[^\W_](?:[\w'’.:/-]*[^\W_])?")
_APOSTROPHES = re.compile(r"['’]")
_MOST_WORDS, _LONGEST_SAID = 160, 60


def recognise(facts: PageFacts) -> str | None:
    """An excuse's first words, where a page is nothing else; None where it is a page."""
    if not 0 < facts.own_words <= _MOST_WORDS or _CORE.search(facts.own_opening) is None:
        return None
    return None if matters(facts.own_opening, facts.base) else facts.own_opening[:_LONGEST_SAID]


def matters(text: str, url: str) -> int:
    """How many words a page has that no excuse has; its site's name is none."""
    host = urlsplit(url).hostname or ""
    return sum(not _is_of_excuses(token, host) for token in _TOKEN.findall(text))


def _is_of_excuses(token: str, host: str) -> bool:
    """Whether a word is one of those, a number or a mark, or the site's own name."""
    if any(map(str.isdigit, token)):
        return True
    word = _APOSTROPHES.sub("", token.lower())
    parts = filter(None, re.split(r"[\W_]+", word))
    return all(part in _WORDS or (len(part) > 2 and part in host) for part in parts)
