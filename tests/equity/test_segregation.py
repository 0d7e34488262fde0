"""Segregation of places computed from their areas, against small examples worked out by hand."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from equity.segregation import dissimilarity, entropy_index, isolation


def areas(*rows: tuple[str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "a", "b"])
    return frame.assign(everyone=frame["a"] + frame["b"])


TWO_PLACES = areas(("even", 10, 30), ("even", 20, 60), ("apart", 50, 0), ("apart", 0, 70))


def test_even_places_have_zero_and_separate_ones_have_one():
    assert dissimilarity(TWO_PLACES, "a", "b", by="place").to_dict() == {"even": 0, "apart": 1}
    h = entropy_index(TWO_PLACES, ["a", "b"], by="place")
    assert h["even"] == pytest.approx(0, abs=1e-12)
    assert h["apart"] == pytest.approx(1)


def test_dissimilarity_by_hand():
    # a: 30 and 10 of 40, b: 20 and 60 of 80: (|3/4 - 1/4| + |1/4 - 3/4|) / 2
    found = dissimilarity(areas(("x", 30, 20), ("x", 10, 60)), "a", "b", by="place")
    assert found["x"] == pytest.approx(0.5)


def test_isolation_by_hand():
    # (30/40)(30/50) + (10/40)(10/70)
    found = isolation(areas(("x", 30, 20), ("x", 10, 60)), "a", "everyone", by="place")
    assert found["x"] == pytest.approx(0.45 + 1 / 28)


def test_entropy_index_by_hand():
    def mix(*counts):
        return sum(n / sum(counts) * math.log(sum(counts) / n) for n in counts)

    whole = mix(40, 80)
    expected = (50 * (whole - mix(30, 20)) + 70 * (whole - mix(10, 60))) / (whole * 120)
    found = entropy_index(areas(("x", 30, 20), ("x", 10, 60)), ["a", "b"], by="place")
    assert found["x"] == pytest.approx(expected)


def test_area_where_nobody_lives_changes_nothing():
    without = areas(("x", 30, 20), ("x", 10, 60))
    with_empty = areas(("x", 30, 20), ("x", 10, 60), ("x", 0, 0))
    for found in (
        lambda rows: dissimilarity(rows, "a", "b", by="place"),
        lambda rows: isolation(rows, "a", "everyone", by="place"),
        lambda rows: entropy_index(rows, ["a", "b"], by="place"),
    ):
        assert found(with_empty)["x"] == pytest.approx(found(without)["x"])


def test_place_without_one_of_the_groups_has_no_value():
    alone = areas(("x", 0, 20), ("x", 0, 60))
    assert dissimilarity(alone, "a", "b", by="place").isna().all()
    assert isolation(alone, "a", "everyone", by="place").isna().all()
    assert entropy_index(alone, ["a", "b"], by="place").isna().all()


PEOPLE = some.integers(min_value=0, max_value=10_000)


@given(some.lists(some.tuples(some.just("x"), PEOPLE, PEOPLE), min_size=1, max_size=20))
def test_every_index_lies_between_zero_and_one_and_dissimilarity_is_symmetric(rows):
    frame = areas(*rows)
    both_ways = [dissimilarity(frame, *pair, by="place")["x"] for pair in (("a", "b"), ("b", "a"))]
    isolated = isolation(frame, "a", "everyone", by="place")["x"]
    h = entropy_index(frame, ["a", "b"], by="place")["x"]
    for index in (*both_ways, isolated, h):
        assert math.isnan(index) or -1e-12 <= index <= 1 + 1e-12
    assert both_ways[0] == pytest.approx(both_ways[1], nan_ok=True)
