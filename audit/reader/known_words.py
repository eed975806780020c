"""Words that the second reader hardly met, as those that it knows and that mean the same.

"A medical and psychological evaluation" stood in next to none of the passages that it was trained
on, and by its looks it is little like "a psychiatric evaluation".
"""

from __future__ import annotations

import re

_OF_THE_MIND = re.compile(
    r"\b(?:psychological|psychosocial|psycho-?diagnostic|psych)"
    r"(?= (?:(?:and|or|&) [\w-]+ )?"
    r"(?:eval|assess|exam|screening|work-?up|interview|consult|intake|review))"
)


def as_known(folded: str) -> str:
    """A folded text in words that the second reader knows."""
    return _OF_THE_MIND.sub("psychiatric", folded) if "psych" in folded else folded
