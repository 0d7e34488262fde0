"""A difference is tested, and said in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity import differences
from equity.differences import CANT_TELL, HIGHER, LOWER, NO_MARGIN, NO_VALUE, SAME, Measured
from equity.reliability import SHAKY


def share(part, whole):
    """A proportion in percent with its standard error."""
    p = part / whole
    return Measured(100 * p, 100 * math.sqrt(p * (1 - p) / whole))


def test_overlapping_intervals_are_not_a_test():
    """Schenker and Gentleman 2001: 112 of 200 against 88 of 200."""
    one, other = share(112, 200), share(88, 200)
    low = one.value - 1.96 * one.standard_error
    assert low < other.value + 1.96 * other.standard_error
    found = differences.compare(one, other, decimals=1)
    assert found.verdict == HIGHER
    assert found.p == pytest.approx(0.0156, abs=0.0001)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Measured(10.0, 1.0), Measured(10.5, 1.0), CANT_TELL),
        (Measured(10.0, 0.1), Measured(12.0, 0.1), LOWER),
        (Measured(10.0, None), Measured(12.0, 0.1), NO_MARGIN),
        (Measured(None), Measured(12.0, 0.1), NO_VALUE),
        (Measured(10.0, 0.0), Measured(12.0, 0.0), LOWER),
        (Measured(10.04, 0.0), Measured(10.01, 0.0), SAME),
        (Measured(10.0, 0.1, SHAKY), Measured(12.0, 0.1), CANT_TELL),
    ],
)
def test_verdict(one, other, verdict):
    found = differences.compare(one, other, decimals=1)
    assert found.verdict == verdict
    assert found.real == (verdict in (HIGHER, LOWER))
    assert found.test


VALUES = st.builds(Measured, st.floats(-1e6, 1e6), st.floats(0.001, 1e5))


@given(VALUES, VALUES)
def test_difference_is_antisymmetric(one, other):
    swapped = {HIGHER: LOWER, LOWER: HIGHER}
    forth = differences.compare(one, other, decimals=1)
    back = differences.compare(other, one, decimals=1)
    assert back.verdict == swapped.get(forth.verdict, forth.verdict)
    assert back.amount == -forth.amount


@given(st.floats(0.001, 1e5), st.floats(-1e5, 1e5), st.sampled_from([0.90, 0.95, 0.99]))
def test_standard_error_reads_back_from_an_interval(error, value, level):
    reach = differences.NORMAL_QUANTILE[level] * error
    found = differences.standard_error_of(value - reach, value + reach, level)
    assert found == pytest.approx(error, rel=1e-4)


def test_mean_of_peers_has_an_error_only_when_all_have():
    known = [Measured(1.0, 3.0), Measured(3.0, 4.0)]
    assert differences.mean_of(known) == Measured(2.0, 2.5)
    assert differences.mean_of([*known, Measured(5.0, None)]) == Measured(3.0)
    assert differences.mean_of([Measured(None)]) == Measured(None)
