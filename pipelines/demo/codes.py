"""Codes that carry a check character, made so that they are valid.

Belongs here: the two laws of check characters the demo needs.
Does not belong here: reading or judging codes of exports (pipelines/ingest).
"""

from __future__ import annotations

#: GB 32100: digits and letters without I O Z S V, in order of value.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(3**position % 31 for position in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))


def compute_uscc_check(first_17: str) -> str:
    """Check character of a unified social credit code.

    Source: domain.md 2.3 (GB 32100-2015): (31 − Σ value × weight mod 31) mod 31.
    """
    total = sum(
        USCC_ALPHABET.index(sign) * weight
        for sign, weight in zip(first_17, _USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[(31 - total % 31) % 31]


def make_uscc(authority: str, region: str, number: int) -> str:
    """A valid 18-character code: authority and type (``91``, ``92``), region, serial number.

    The organisation part carries its own check character (GB 11714).
    """
    body = "MA"
    for place in (4, 3, 2, 1):
        body += USCC_ALPHABET[number // 31 ** (place - 1) % 31]
    body = f"{body[:2]}2B{body[2:]}"
    total = sum(
        int(sign, 36) * weight for sign, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    first_17 = f"{authority}{region}{body}{check}"
    return first_17 + compute_uscc_check(first_17)


def make_citizen_number(region: str, born: str, serial: int) -> str:
    """An 18-digit citizen number with its check digit (GB 11643); the person is invented."""
    first_17 = f"{region}{born}{serial:03d}"
    total = sum(
        int(digit) * weight for digit, weight in zip(first_17, _CITIZEN_WEIGHTS, strict=True)
    )
    return first_17 + "10X98765432"[total % 11]
