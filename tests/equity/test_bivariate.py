"""Two measures on one map: thirds, ties, counts, and nine colours that all eyes tell apart."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity import bivariate
from equity.bivariate import PALETTE
from equity.errors import Refused
from tests.equity.test_map_classes import GROUNDS, SIGHTS, contrast, distance


def series(numbers) -> pd.Series:
    return pd.Series(list(numbers), index=[f"c{n}" for n in range(len(numbers))], dtype=float)


def cross(first, second):
    return bivariate.cross(series(first), series(second), first_decimals=0, second_decimals=0)


def test_nine_counties_fill_the_nine_pairs():
    found = cross([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 4, 7, 2, 5, 8, 3, 6, 9])
    assert found.counts.tolist() == [[1, 1, 1]] * 3
    assert found.first.breaks == found.second.breaks == (3, 6)
    assert found.places.loc["c5", ["first_class", "second_class"]].tolist() == [1, 2]
    assert (found.left_out, found.merged) == (0, ())


def test_counties_that_show_the_same_value_share_a_class():
    found = cross([0.4, 0.3, 0, 0, 0, 0, 8, 9, 10], range(9))
    assert found.places["first_class"].tolist() == [0] * 6 + [1] * 3
    assert found.merged == ("first",)
    assert found.counts.shape == (2, 3)
    assert bivariate.colours(found, "light")[1] == list(PALETTE["light"][2])


def test_county_without_either_value_is_left_out_and_moves_no_break():
    whole = cross(range(9), range(9))
    found = cross(range(9), [*range(8), np.nan])
    assert found.left_out == 1
    assert found.places.loc["c8", ["first_class", "second_class"]].tolist() == [-1, -1]
    assert found.first.breaks == whole.first.breaks
    assert found.counts.sum() == 8


def test_no_value_or_one_value_is_refused():
    with pytest.raises(Refused, match="first measure has no number"):
        cross([np.nan] * 9, range(9))
    with pytest.raises(Refused, match="second measure has one value"):
        cross(range(9), [4] * 9)


NUMBERS = st.lists(st.tuples(st.integers(0, 20), st.integers(-9, 9)), min_size=2, max_size=60)


@settings(max_examples=50, deadline=None)
@given(NUMBERS)
def test_higher_values_never_have_a_lower_class(rows):
    try:
        found = cross(*zip(*rows, strict=True))
    except Refused:
        return
    for name in ("first", "second"):
        ordered = found.places.sort_values(name)
        assert ordered[f"{name}_class"].is_monotonic_increasing
        assert ordered.groupby(name)[f"{name}_class"].nunique().eq(1).all()
    assert found.counts.sum() == len(rows)
    assert (found.counts.sum(axis=0) > 0).all()
    assert (found.counts.sum(axis=1) > 0).all()


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_any_two_of_the_nine_colours_can_be_told_apart(ground, sight):
    nine = [colour for row in PALETTE[ground] for colour in row]
    assert min(distance(one, other, sight) for one, other in combinations(nine, 2)) >= 20


@pytest.mark.parametrize("ground", GROUNDS)
def test_nine_colours_stand_out_from_the_ground_and_step_away_from_it(ground):
    steps = np.array(
        [[contrast(colour, GROUNDS[ground]) for colour in row] for row in PALETTE[ground]]
    )
    assert steps.min() >= 3
    assert (np.diff(steps, axis=0) > 0).all()
    assert (np.diff(steps, axis=1) > 0).all()
