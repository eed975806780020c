"""Texts that a spreadsheet would take for a formula.

Characters as listed by OWASP (https://owasp.org/www-community/attacks/CSV_Injection, with the line
feed added in August 2025) and ASVS 5.0 requirement 1.2.10 (NUL), and the full-width forms that
East Asian versions read alike. What a spreadsheet trims or unquotes, and what nobody sees, does not
hide them.
"""

from __future__ import annotations

import re

_FORMULA_LIKE = re.compile(
    r"""[\t\r\n\0]                                      # moves the rest to where it is a start
      | [\s"'\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*
        [=+\-@\uff1d\uff0b\uff0d\uff20]""",
    re.VERBOSE,
)


def formula_like(text: str) -> bool:
    """Whether a spreadsheet may run the text instead of showing it."""
    return _FORMULA_LIKE.match(text) is not None
