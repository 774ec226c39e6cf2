"""Codes of the demo district carry valid check characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.demo.codes import compute_uscc_check, make_citizen_number, make_uscc

# domain.md 2.3, checked there against python-stdnum
VALID = (
    "91110000600037341L", "91320585MA1A2B3C60", "91320582MA1A2B3C6L", "92320509MA1A2B3C6T",
    "91320312MA1A2B3C6X", "91320571MA1A2B3C6N",
)  # fmt: skip


@pytest.mark.parametrize("code", VALID)
def test_check_of_known_code_is_its_last_sign(code):
    assert compute_uscc_check(code[:17]) == code[17]


def test_check_of_changed_code_differs():
    assert compute_uscc_check("91320585MA1A2B3C6") != "1"


@given(st.integers(0, 923_520))
def test_made_code_is_valid_for_stdnum(number):
    from stdnum.cn import uscc

    assert uscc.is_valid(make_uscc("91", "320985", number))


def test_citizen_number_of_worked_example_has_its_check_digit():
    # GB 11643's own example: 11010519491231002 -> X
    assert make_citizen_number("110105", "19491231", 2) == "11010519491231002X"
