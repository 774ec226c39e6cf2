"""Bring header texts to the form in which they are compared.

Belongs here: folding of headers and words. Does not belong here: choosing columns (recognise.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕|<([^<>]*)>")


@lru_cache(maxsize=65536)
def fold_word(text: str) -> str:
    """Return NFKC text without any space, line break or zero-width character.

    Source: exports.md 7.
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def fold_header(text: str) -> str:
    """Return the form in which headers are compared.

    NFKC, no spaces, line breaks or zero-width characters, no leading ``*`` ``★``, no trailing
    ``:``, lower case.

    Source: exports.md 8.3.
    """
    return fold_word(text).lstrip("*★☆※").rstrip(":").lower()


def strip_brackets(folded: str) -> tuple[str, tuple[str, ...]]:
    """Return a folded header without its bracketed parts, and what stood in the brackets."""
    inside = tuple(
        next(part for part in match.groups() if part is not None)
        for match in _BRACKETED.finditer(folded)
    )
    return fold_header(_BRACKETED.sub("", folded)), inside
