"""Fifths of people by a condition of their counties, ready for the measures of inequality."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity import gradient, inequality
from equity.errors import Refused


def counties(rows: list[tuple]) -> pd.DataFrame:
    """Rows of condition, estimate, se, population."""
    names = ["condition", "estimate", "se", "population"]
    return pd.DataFrame(rows, columns=names, index=[f"c{n}" for n in range(len(rows))], dtype=float)


TEN = counties([(poverty, 100 + poverty, 2.0, 100) for poverty in range(10, 20)])


def test_ten_equal_counties_make_fifths_of_two():
    found = gradient.fifths(TEN, better_condition="lower")
    groups = found.groups
    # Least advantaged first: the highest poverty.
    assert groups["estimate"].tolist() == [118.5, 116.5, 114.5, 112.5, 110.5]
    assert groups["order"].tolist() == [1, 2, 3, 4, 5]
    assert groups["population"].tolist() == [200] * 5
    assert groups["se"].tolist() == pytest.approx([np.sqrt(2 * (100 * 2) ** 2) / 200] * 5)
    first = groups.iloc[0]
    assert (first["lowest"], first["highest"], first["counties"]) == (18, 19, 2)
    assert (first["low"], first["high"]) == pytest.approx(
        (118.5 - 1.959964 * 2**0.5, 118.5 + 1.959964 * 2**0.5), abs=1e-5
    )
    assert (found.left_out, found.empty, found.without_margin) == ({}, 0, 0)
    assert {"group", "estimate", "se", "population", "order"} <= set(groups.columns)


def test_higher_is_better_turns_the_order_over():
    one = gradient.fifths(TEN, better_condition="lower").groups
    other = gradient.fifths(TEN, better_condition="higher").groups
    assert other["estimate"].tolist() == one["estimate"].tolist()[::-1]


def test_large_counties_weigh_by_their_people():
    rows = [(30, 9.0, 0.1, 100), (20, 5.0, 0.1, 20), (10, 1.0, 0.1, 180), (5, 3.0, 0.1, 100)]
    found = gradient.fifths(counties(rows), better_condition="lower")
    assert found.counties["fifth"].to_dict() == {"c0": 1, "c1": 2, "c2": 3, "c3": 5}
    assert found.empty == 1
    assert found.groups["order"].tolist() == [1, 2, 3, 5]


def test_counties_of_one_condition_stay_together():
    rows = [(1, 1.0, 0.1, 10)] * 3 + [(2, 2.0, 0.1, 10)] * 6 + [(3, 4.0, 0.1, 10)]
    found = gradient.fifths(counties(rows), better_condition="higher")
    assert found.counties.groupby("condition")["fifth"].nunique().eq(1).all()
    assert found.groups["order"].tolist() == [1, 4, 5]
    assert found.empty == 2


def test_what_is_missing_is_left_out_and_counted():
    rows = [*TEN.itertuples(index=False, name=None)]
    rows += [(None, 5, 1, 9), (12, None, 1, 9), (12, 5, 1, 0), (12, 5, None, 9)]
    found = gradient.fifths(counties(rows), better_condition="lower")
    assert found.left_out == {
        "no number for the condition": 1,
        "no number for the outcome": 1,
        "no number of residents": 1,
    }
    assert found.without_margin == 1
    # The fifth with the county that has no margin has none either.
    assert found.groups["se"].isna().tolist() == [False, False, False, True, False]


def test_one_condition_everywhere_is_refused():
    with pytest.raises(Refused, match="same in nearly all"):
        gradient.fifths(TEN.assign(condition=1.0), better_condition="higher")


def test_concentration_curve_adds_up_shares_from_the_least_advantaged():
    ordered = pd.DataFrame(
        {"order": [2, 1, 1], "estimate": [1.0, 2.0, 4.0], "population": [50.0, 25.0, 25.0]}
    )
    found = gradient.concentration_curve(ordered)
    assert found["people"].tolist() == [0, 0.5, 1]
    assert found["outcome"].tolist() == [0, 0.75, 1]
    with pytest.raises(Refused, match="no shares"):
        gradient.concentration_curve(ordered.assign(estimate=[1.0, -2.0, 4.0]))


ROWS = st.tuples(st.integers(0, 30), st.floats(0.1, 100), st.floats(0, 5), st.integers(1, 10**6))


@settings(max_examples=50, deadline=None)
@given(st.lists(ROWS, min_size=5, max_size=40))
def test_fifths_keep_all_people_and_their_mean(rows):
    frame = counties(rows)
    try:
        found = gradient.fifths(frame, better_condition="lower")
    except Refused:
        return
    groups, people = found.groups, frame["population"]
    assert groups["population"].sum() == people.sum()
    mean = (frame["estimate"] * people).sum() / people.sum()
    assert (groups["estimate"] * groups["population"]).sum() / people.sum() == pytest.approx(mean)
    # A later fifth never has a worse condition.
    assert (groups["highest"].to_numpy()[1:] <= groups["lowest"].to_numpy()[:-1]).all()
    curve = gradient.concentration_curve(found.counties)
    assert curve.iloc[-1].tolist() == pytest.approx([1, 1])
    assert curve["people"].is_monotonic_increasing


def test_fifths_are_ready_for_the_measures_of_inequality():
    groups = gradient.fifths(TEN, better_condition="lower").groups
    choices = {"favourable": False, "scale": 1000, "ordered": True}
    gap = inequality.measure("d", groups, **choices)
    assert gap.value == pytest.approx(118.5 - 110.5)
    assert gap.se == pytest.approx(np.hypot(*groups["se"].iloc[[0, 4]]))
    # The relative concentration index is 1 - twice the area under the concentration curve.
    curve = gradient.concentration_curve(groups)
    steps = curve["people"].diff() * curve["outcome"].rolling(2).mean()
    index = inequality.measure("rci", groups, **choices).value
    assert index == pytest.approx(1 - 2 * steps.sum())
    assert not inequality.table(groups, **choices).refused.keys() & {"sii", "rii", "aci", "paf"}
