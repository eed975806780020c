"""Where a quote ends: with the sentence that limits it."""

from __future__ import annotations

import re
from itertools import pairwise

from audit.stances.unit import Unit

# A sentence that begins so limits the one before it, and is quoted with it.
_GOES_ON = re.compile(r"(?:after that|from then on|thereafter|afterwards?|later on|but|however)\b")


def ends(read: list[Unit]) -> dict[int, int]:
    """Where a sentence is taken up by the next one, the end of that one, by its own end.

    "You need an adult for your first session." alone would say less than its page does.
    """
    begins = {u.spans[-1]: bool(_GOES_ON.match(u.text)) for u in read if not u.asked}
    sentences = sorted({u.spans[-1] for u in read}, key=lambda span: span.start)
    return {
        this.end: following.end
        for this, following in pairwise(sentences)
        if begins.get(following) and following.start >= this.end
    }
