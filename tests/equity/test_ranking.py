"""Ranks carry their doubt: intervals by simulation, ties said, refused where ranks mislead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

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


def test_interval_of_two_places_follows_their_difference():
    """The second overtakes with probability Phi(-1 / sqrt 2 / se); at 0.63 both ranks are likely."""
    near = rank(places(10, 9), places(1.0, 1.0)).places
    assert near[["low", "high"]].values.tolist() == [[1, 2], [1, 2]]
    far = rank(places(10, 9), places(0.3, 0.3)).places
    assert far[["low", "high"]].values.tolist() == [[1, 1], [2, 2]]


def test_interval_is_that_of_plain_simulation():
    rng = np.random.default_rng(8)
    values, errors = places(*rng.normal(0, 2, 40)), places(*rng.uniform(0.2, 2, 40))
    found = rank(values, errors, decimals=6).places.loc[values.index]
    drawn = np.array(
        [[rng.normal(v, s) for v, s in zip(values, errors, strict=True)] for _ in range(4000)]
    )
    ranks = stats.rankdata(-drawn, axis=1)
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0)
    assert np.abs(found["low"] - low).max() <= 2
    assert np.abs(found["high"] - high).max() <= 2


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


def test_same_seed_gives_the_same_intervals():
    rng = np.random.default_rng(8)
    values, errors = places(*rng.normal(0, 2, 300)), places(*rng.uniform(0.2, 2, 300))
    pd.testing.assert_frame_equal(rank(values, errors).places, rank(values, errors).places)
    other = rank(values, errors, seed=5).places
    assert not other["low"].equals(rank(values, errors).places["low"])


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
