"""Correlation, line and outliers of two measures over places, against scipy and hand-made numbers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from equity import correlation
from equity.errors import Refused


def series(numbers) -> pd.Series:
    return pd.Series(list(numbers), index=[f"c{n}" for n in range(len(numbers))], dtype=float)


# Anscombe's first set: r = 0.816, y = 3.00 + 0.500 x.
X = series([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
Y = series([8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68])


def test_anscombe_to_the_digit():
    found = correlation.relate(X, Y, weight=None)
    assert found.pearson.value == pytest.approx(0.81642, abs=5e-6)
    assert (found.intercept, found.slope) == pytest.approx((3.00009, 0.50009), abs=5e-6)
    interval = stats.pearsonr(X, Y).confidence_interval()
    assert (found.pearson.low, found.pearson.high) == pytest.approx(tuple(interval), rel=1e-9)
    assert found.spearman.value == pytest.approx(stats.spearmanr(X, Y).statistic)
    assert (found.pearson.n, found.spearman.n, found.left_out) == (11, 11, 0)


def test_spearman_interval_is_bonett_and_wrights():
    found = correlation.relate(X, Y, weight=None).spearman
    se = math.sqrt((1 + found.value**2 / 2) / (11 - 3))
    assert found.low == pytest.approx(math.tanh(math.atanh(found.value) - 1.959964 * se), rel=1e-6)


def test_whole_weights_act_like_repeated_places():
    weight = series([1, 2, 3, 1, 1, 2, 1, 4, 1, 1, 2])
    found = correlation.relate(X, Y, weight=weight)
    times = weight.astype(int)
    x, y = np.repeat(X, times), np.repeat(Y, times)
    assert found.pearson.value == pytest.approx(stats.pearsonr(x, y).statistic)
    fit = stats.linregress(x, y)
    assert (found.slope, found.intercept) == pytest.approx((fit.slope, fit.intercept))
    # Kish: 19^2 / 43 places in effect, not 19 and not 11.
    assert found.pearson.n == pytest.approx(19**2 / 43)
    assert "in effect" in found.pearson.n_means
    assert found.spearman.n == 11


def test_outliers_are_named_by_studentised_residuals():
    rng = np.random.default_rng(4)
    x = series(np.arange(50))
    y = 2 * x + rng.normal(size=50)
    y["c20"] += 9
    y["c30"] -= 15
    found = correlation.relate(x, y, weight=None)
    assert found.outliers.index.tolist() == ["c30", "c20"]
    hat = np.column_stack([np.ones(50), x])
    h = np.diag(hat @ np.linalg.inv(hat.T @ hat) @ hat.T)
    e = y - (found.intercept + found.slope * x)
    expected = e / (np.sqrt((e**2).sum() / 48) * np.sqrt(1 - h))
    assert found.points["residual"].tolist() == pytest.approx(expected.tolist())


def test_large_place_is_no_outlier_for_its_size():
    """At one standard deviation, however many people live there; a small one at six is."""
    rng = np.random.default_rng(4)
    x, noise = series(np.arange(200.0)), rng.normal(size=200)
    noise[[100, 150]] = [1.0, 6.0]
    weight = series([1.0] * 200)
    weight["c100"] = 40.0
    found = correlation.relate(x, x + noise, weight=weight).points["residual"]
    assert abs(found["c100"]) < 1.5
    assert found["c150"] > 4


def test_places_without_both_numbers_are_left_out_and_counted():
    x, y = X.copy(), Y.copy()
    x["c0"] = np.nan
    y["zz"] = 5.0
    found = correlation.relate(x, y, weight=None)
    assert (len(found.points), found.left_out) == (10, 2)


def test_all_on_one_line_has_no_outlier_and_a_full_correlation():
    found = correlation.relate(X, 0.1 - 0.3 * X, weight=None)
    assert found.pearson.value == pytest.approx(-1)
    assert found.outliers.empty


def test_refused_with_few_places_or_no_spread():
    with pytest.raises(Refused, match="Only 5 places"):
        correlation.relate(X.head(5), Y, weight=None)
    with pytest.raises(Refused, match="the same in every place"):
        correlation.relate(X * 0, Y, weight=None)


NUMBERS = st.lists(st.tuples(st.floats(-99, 99), st.floats(-99, 99)), min_size=10, max_size=30)


@settings(max_examples=50, deadline=None)
@given(NUMBERS, st.floats(0.1, 10))
def test_interval_holds_the_correlation_and_units_do_not_matter(rows, scale):
    x, y = (series(numbers).round(3) for numbers in zip(*rows, strict=True))
    assume(x.nunique() > 1 and y.nunique() > 1)
    found = correlation.relate(x, y, weight=None)
    r = found.pearson
    assert r.low - 1e-9 <= r.value <= r.high + 1e-9
    other = correlation.relate(y, 7 - scale * x, weight=None).pearson
    assert other.value == pytest.approx(-r.value, abs=1e-6)
