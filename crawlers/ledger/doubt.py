"""How long a server is believed that says "not modified": after that, the page is asked for whole.

A cache can answer 304 for ever although the page behind it changed, and whoever only asks on
condition never learns of it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from crawlers.conduct.evidence import Exchange
from crawlers.conduct.patience import http_date
from data.revisits import Original
from data.warc import Record

MOST_TIMES, LONGEST = 8, timedelta(days=60)
# By their digests, some addresses come up to three times or weeks sooner: so a site's pages, all
# of them first met on one day, are not all sent whole in one week.
_SPREAD, _STEP = 4, timedelta(weeks=1)


def is_believed(original: Original, moment: str) -> bool:
    """Whether an address may be asked on condition; what is held of it was confirmed of late.

    Args:
        original: what is held, how often it was called unchanged, and when it last came whole.
        moment: when it is to be asked, in RFC 3339.
    """
    sooner = hashlib.sha256(original.uri.encode()).digest()[0] % _SPREAD
    age = datetime.fromisoformat(moment) - datetime.fromisoformat(original.came_whole)
    return original.times_unsent < MOST_TIMES - sooner and age < LONGEST - sooner * _STEP


def is_belied(answer: Exchange, record: Record, original: Original) -> bool:
    """Whether another page came by the marks under which its server had called it unchanged.

    So it is where its ETag is the same, or its last change lies before the last 304. Other bytes
    under other marks are a page that changed since, as pages do.
    """
    if answer.status != 200 or not original.times_unsent or answer.decoded == record.body():
        return False
    tag = answer.header("ETag")
    if tag and tag == record.header("ETag"):
        return True
    changed = http_date(answer.header("Last-Modified"))
    return changed is not None and changed < datetime.fromisoformat(original.asked)
