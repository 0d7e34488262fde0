"""Ranks carry their doubt: intervals, ties said, refused where ranks mislead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity import ranking
from equity.errors import Refused


def places(*numbers: float) -> pd.Series:
    return pd.Series(numbers, index=[f"p{n}" for n in range(len(numbers))], dtype=float)


def rank(values, errors, **choices):
    wanted = {"first": "highest", "may_rank": True, "decimals": 1} | choices
    return ranking.rank(values, errors, **wanted)


def test_full_counts_have_their_own_rank_and_equal_ones_share_it():
    found = rank(places(5, 9, 7, 7.04, 1), places(0, 0, 0, 0, 0)).places
    assert found["rank"].to_dict() == {"p1": 1, "p2": 2, "p3": 2, "p0": 4, "p4": 5}
    assert found.loc["p2", ["low", "high", "tied"]].tolist() == [2, 3, 1]
    assert found.loc["p0", ["low", "high", "tied"]].tolist() == [4, 4, 0]


def test_lowest_first_turns_the_order_over():
    values, errors = places(5, 9, 7), places(1, 1, 1)
    up = rank(values, errors).places["rank"]
    down = rank(values, errors, first="lowest").places["rank"]
    assert (up + down == 4).all()


def test_interval_holds_the_ranks_that_tests_leave_open():
    values, errors = places(10, 12, 13, 20), places(1, 1, 1, 1)
    found = rank(values, errors).places
    # 1.96 * sqrt(2) = 2.77: 10 and 12, 12 and 13 are tied; not 10 and 13.
    assert found.loc["p3", ["rank", "low", "high"]].tolist() == [1, 1, 1]
    assert found.loc["p2", ["rank", "low", "high"]].tolist() == [2, 2, 3]
    assert found.loc["p1", ["rank", "low", "high"]].tolist() == [3, 2, 4]
    assert found.loc["p0", ["rank", "low", "high"]].tolist() == [4, 3, 4]


def test_interval_holds_the_true_rank_also_at_both_ends():
    """Skewed true values, small places with wide margins, as counties have them."""
    rng = np.random.default_rng(20240101)
    truth = places(*rng.gamma(6, 2.5, 400))
    errors = places(*rng.lognormal(0.3, 0.6, 400))
    rightly = truth.rank(ascending=False)
    held = []
    for _ in range(40):
        found = rank(truth + errors * rng.standard_normal(400), errors, decimals=9).places
        found = found.loc[truth.index]
        held.append((found["low"] <= rightly) & (rightly <= found["high"]))
    share = pd.concat(held, axis=1).mean(axis=1)
    assert share.mean() > 0.98
    assert share[rightly <= 10].mean() > 0.95
    assert share[rightly > 390].mean() > 0.95


def test_tied_counts_those_whose_difference_cannot_be_told_apart():
    values, errors = places(10, 12, 13, 20), places(1, 1, 1, 1)
    found = rank(values, errors).places["tied"]
    # 1.96 * sqrt(2) = 2.77: 10 and 12, 12 and 13; not 10 and 13.
    assert found.to_dict() == {"p0": 1, "p1": 2, "p2": 1, "p3": 0}


def test_place_without_margin_is_ranked_without_interval():
    found = rank(places(10, 12, np.nan), places(1, np.nan, 1))
    assert (found.ranked, found.without_value, found.without_margin) == (2, 1, 1)
    assert found.places.loc["p1", ["low", "high", "tied"]].isna().all()
    assert found.places.loc["p1", "rank"] == 1


def test_refused_where_its_publisher_warns_or_nothing_is_known():
    with pytest.raises(Refused, match="may not be ranked") as warned:
        rank(places(1, 2), places(1, 1), may_rank=False)
    assert warned.value.instead
    with pytest.raises(Refused, match="No place has a number"):
        rank(places(np.nan), places(1))


ROWS = st.lists(st.tuples(st.integers(0, 100), st.floats(0, 30)), min_size=2, max_size=30)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_interval_holds_the_rank_and_ties_go_both_ways(rows):
    values, errors = (places(*numbers) for numbers in zip(*rows, strict=True))
    found = rank(values, errors, decimals=0).places
    assert (found["low"] <= found["rank"]).all()
    assert (found["rank"] <= found["high"]).all()
    assert found["high"].max() <= len(rows)
    assert found["tied"].sum() % 2 == 0
