"""Margins of derived survey values, against the Census Bureau's worked examples and plain Python."""

import math

import numpy as np
import pytest

from equity.acs import (
    percent_change_margin,
    product_margin,
    proportion_margin,
    ratio_margin,
    sum_margin,
)


def test_of_zero_estimates_only_the_largest_margin_counts():
    # ACS handbook, chapter 8.
    margin = sum_margin([0, 0, 0, 41], [22, 22, 29, 37])
    assert margin == pytest.approx(47.01, abs=0.005)


def test_sum_adds_squares_where_no_estimate_is_zero():
    assert sum_margin([10, 20], [3, 4]) == 5


def test_sums_of_many_places_at_once():
    assert sum_margin([[1, 2], [0, 0]], [[3, 4], [12, 9]]).tolist() == [5, 12]


def test_missing_margin_of_a_part_leaves_the_sum_without_margin():
    assert np.isnan(sum_margin([1, 2], [3, np.nan]))
    assert np.isnan(sum_margin([1, 0], [3, np.nan]))


def test_proportion_takes_the_whole_away():
    expected = math.sqrt(30**2 - 0.25**2 * 40**2) / 400
    assert proportion_margin(100, 400, 30, 40) == pytest.approx(expected)


def test_proportion_uses_the_ratio_formula_where_the_root_would_be_negative():
    expected = math.sqrt(5**2 + 0.9**2 * 50**2) / 100
    assert proportion_margin(90, 100, 5, 50) == pytest.approx(expected)


def test_share_of_everybody_keeps_the_margin_of_the_part():
    assert proportion_margin(100, 100, 20, 20) == pytest.approx(0.2)


def test_share_of_nobody_has_no_margin():
    assert np.isnan(proportion_margin(0, 0, 12, 12))


def test_ratio_adds_the_whole():
    assert ratio_margin(100, 50, 10, 5) == pytest.approx(math.sqrt(10**2 + 4 * 5**2) / 50)


def test_product_of_a_share_and_a_count():
    assert product_margin(0.5, 1000, 0.02, 40) == pytest.approx(math.sqrt(20**2 + 20**2))


def test_percent_change_is_a_hundred_times_the_ratio():
    assert percent_change_margin(120, 100, 6, 5) == pytest.approx(
        100 * math.sqrt(6**2 + 1.2**2 * 5**2) / 100
    )
