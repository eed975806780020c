"""Domains at which no website stands: parked, for sale, expired, or a host's default page.

Only what such pages have in common by construction is a sign (the parking service's own scripts and
addresses, the wording of a registrar, the title of a server's test page), and only where there is
little to read: a clinic may well write of a domain, and have a practice for sale.
"""

from __future__ import annotations

import re

from crawlers.identity.provider_ids import host_of
from crawlers.responses.out_of_order import leads_on
from crawlers.responses.page_facts import PageFacts

MOST_WORDS = 250
# A system's own default page explains how its parts are put together.
_MOST_AROUND_TITLE = 600

# Who sells and parks names; a homepage that redirects there is nobody's any more.
_MARKETS = (
    *("sedo.com", "sedoparking.com", "hugedomains.com", "afternic.com", "dan.com", "bodis.com"),
    *("parkingcrew.net", "parklogic.com", "above.com", "undeveloped.com", "domainmarket.com"),
    *("buydomains.com", "brandbucket.com", "atom.com", "squadhelp.com", "sav.com", "efty.com"),
    *("namebright.com", "domainnamesales.com", "uniregistry.com", "epik.com", "perfectdomain.com"),
    *("dsparking.com", "cashparking.com"),
)
_MARKS = re.compile(
    rb"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//(?:[\w-]+\.)*(?:"
    + b"|".join(re.escape(host.encode()) for host in _MARKETS)
    + rb")/"
    rb"|window\.park\s*=\s*[\"']ey|sedoParkingUrl|wsimg\.com/parking-lander|parkingcrew\.net"
    rb"|location(?:\.href)?\s*(?:=|\.replace\()\s*[\"']/lander|/cgi-sys/suspendedpage\.cgi"
    rb"|/cgi-sys/defaultwebpage\.cgi|parking\.namesilo\.com|parkingpage\.namecheap\.com",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\bdomain(?: name)?\b(?:(?!\. ).){0,60}\b(?:is|may be|might be)\b.{0,20}"
    r"\b(?:for sale|available for (?:purchase|sale)|parked|to be sold)\b"
    r"|\b(?:buy|purchase|get|acquire|inquire about) this domain\b|\bthis website is for sale\b"
    r"|\b(?:this )?domain (?:name )?(?:is|was|has (?:just )?been) (?:just |recently |newly )?"
    r"registered (?:at|with|by|and)\b|\bdomain name has just been registered\b"
    r"|\b[\w-]+\.[a-z]{2,} is parked (?:at|with|by|free)\b"
    r"|\bthere is no website configured at this address\b"
    r"|\b[\w-]+(?:\.[a-z]{2,})+ is (?:available )?for sale\b|\binterested in this domain\b"
    r"|\bdomain(?: name)? (?:(?:has|is) (?:been )?)?(?:expired|suspended|parked)\b"
    r"|\bdomain(?: name)? is pending renewal\b|\bfuture home of something quite cool\b"
    r"|\b(?:this|the) (?:web ?page|site|domain) is parked\b|\bparked free,? courtesy of\b"
    r"|\bdomain isn['’]?t connected to a website\b"
    r"|\bno longer available\b.{0,60}\bauthors? ha(?:s|ve) deleted\b"
    r"|\bthere isn['’]?t a github pages site here\b|\bdeployment_not_found\b"
    r"|\bthis (?:store|shop) (?:is|has been) (?:currently )?(?:unavailable|closed)(?=\W*(?:$|[.!]))"
    r"|\bthis (?:web)?site (?:is|has been) (?:temporarily )?(?:suspended|unpublished|disabled)\b"
    r"|\byou have reached this page because\b|\bis not configured for an account on our platform\b"
    r"|\bthis is the default (?:index |home ?)?page (?:of|for) (?:your|this) (?:web ?site|domain)\b"
    r"|\byour (?:web ?site|app service) is (?:up and running|successfully created)\b"
    r"|\b(?:web ?site|site) (?:has no active (?:site )?plan|was paused as it)\b"
    r"|\bdeployment is currently disabled\b|\bthis web app is (?:currently )?stopped\b"
    r"|\bwelcome to wordpress\. this is your first post\b|\bdomain mapping upgrade\b"
    r"|\bthis service has been suspended(?: by its owner)?(?=\W*(?:$|[.!]))",
    re.IGNORECASE,
)
# A plan's terms say as much, on a page that leads to the others.
_ENDED = re.compile(
    r"\b(?:web ?site|site|store|shop|account|subscription|trial) (?:has |is |was )?(?:been )?"
    r"(?:expired|suspended|deactivated)\b.{0,80}\b(?:owner|billing|account|hosting|renew|contact)\b",
    re.IGNORECASE,
)
_DEFAULT_TITLE = re.compile(
    r"^(?:welcome to (?:nginx|openresty|centos|caddy|tengine)\W*(?:on .*)?|caddy works!?.*"
    r"|it works!?|apache2? .*default page.*|apache http server test page.*"
    r"|test page for (?:the )?(?:apache|http|nginx|ssl|web).*"
    r"|iis windows(?: server)?|iis7|web server's default page|default (?:web ?site |plesk )?page.*"
    r"|domain default page|hosting(?:er)? default page|plesk.*default.*|index of /"
    r"|litespeed(?: web server.*)?|.*\bdomain (?:name )?(?:reserved|registered at .*)"
    r"|.*\bhttp server test page.*|squarespace - (?:website not available|no such account)"
    r"|site plan required|service suspended|site not configured|.*\bapp service - welcome"
    r"|cyberpanel installed"
    r"|website expired|account suspended|web ?site (?:is )?suspended|domain (?:expired|suspended)"
    r"|future home of (?:something quite cool|another|a new|\S+\.[a-z]{2,}\b).*"
    r"|parked domain.*|site not found · .*|wordpress › installation|heroku \| no such app"
    r"|.*is for sale \| .*"
    r"|[\w-]+(?:\.[a-z]{2,})+ (?:is for sale|[-|] (?:registered|parked) at \S+)\W*"
    r"|[\w-]+(?:\.[a-z]{2,})+ - this website is for sale!?.*|site unpublished"
    r"|.*\bdomain (?:name )?(?:is )?for sale\b.*)$",
    re.IGNORECASE | re.DOTALL,
)


def sells_names(url: str) -> bool:
    """Whether an address is at one of the markets for domain names."""
    host = host_of(url)
    return any(host == market or host.endswith(f".{market}") for market in _MARKETS)


def recognise(body: bytes, facts: PageFacts) -> str | None:
    """What shows that no website stands there; None if one does.

    Args:
        body: the page, decoded; empty where only what a browser showed is known.
        facts: the same page's facts.
    """
    if facts.words > _MOST_AROUND_TITLE:
        return None
    leads = leads_on(facts)
    title = _DEFAULT_TITLE.match(facts.title)
    if title is None and not leads:
        title = _DEFAULT_TITLE.match(facts.heading)
    if title:
        return f"its title is '{title[0][:60]}'"
    if facts.words > MOST_WORDS:
        return None
    told = f"{facts.title}. {facts.opening}"
    said = _SAID.search(told) or (None if leads else _ENDED.search(told))
    if said:
        return f"it says '{said[0][:60]}'"
    return "it is a parking service's page" if _MARKS.search(body) else None
