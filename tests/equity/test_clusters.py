"""Moran's I and clusters of neighbors, against esda's digits and plain shuffling."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from equity import clusters
from equity.errors import Refused

SIDE = 6


def grid(side: int = SIDE, *, corners: bool = True) -> pd.DataFrame:
    """Squares of a board; each borders those it touches, over corners (queen) or not (rook)."""
    steps = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if abs(a) + abs(b) in (1, 1 + corners)]
    pairs = [
        (f"{r}{c}", f"{r + a}{c + b}")
        for r in range(side)
        for c in range(side)
        for a, b in steps
        if 0 <= r + a < side and 0 <= c + b < side
    ]
    return pd.DataFrame(pairs, columns=["place_id", "neighbour_id"])


def squares(number, side: int = SIDE) -> pd.Series:
    return pd.Series(
        {f"{r}{c}": float(number(r, c)) for r in range(side) for c in range(side)}, dtype=float
    )


ODD = squares(lambda r, c: (7 * r * r + 3 * c + 5 * r * c) % 17)


def test_indices_are_those_of_esda():
    """esda 2.9: Moran and Moran_Local with row-standardised queen weights."""
    found = clusters.find(ODD, grid())
    assert found.index == pytest.approx(-0.017611602192440515, rel=1e-12)
    esda = [0.4072410734087378, 0.6702705699711689, 0.0022732313151474, 0.0135839432246618]
    assert found.places["local"].tolist()[:4] == pytest.approx(esda, rel=1e-12)
    assert found.expected == -1 / 35


def test_local_p_is_that_of_plain_shuffling():
    found, neighbours = clusters.find(ODD, grid()), grid()
    rng = np.random.default_rng(5)
    for place in ("00", "01", "23", "55"):
        others = ODD.drop(place).to_numpy()
        count = neighbours["place_id"].eq(place).sum()
        mine = ODD[neighbours.loc[neighbours["place_id"].eq(place), "neighbour_id"]].sum()
        sums = np.array([rng.permutation(others)[:count].sum() for _ in range(8000)])
        p = min(1, 2 * min((sums >= mine).mean(), (sums <= mine).mean()))
        assert found.places.loc[place, "p"] == pytest.approx(p, abs=0.04)


def test_drawn_places_differ_and_are_equally_likely():
    drawn = clusters.drawn_places(7, 4, np.random.default_rng(1))
    assert all(len(set(row)) == 4 for row in drawn.tolist())
    for column in drawn.T:
        assert stats.chisquare(np.bincount(column, minlength=7)).pvalue > 0.001
    pairs = np.bincount(drawn[:, 1] * 7 + drawn[:, 3], minlength=49).reshape(7, 7)
    assert stats.chisquare(pairs[~np.eye(7, dtype=bool)]).pvalue > 0.001


def test_chessboard_is_as_unlike_its_neighbors_as_can_be():
    board = squares(lambda r, c: (r + c) % 2)
    found = clusters.find(board, grid(corners=False))
    assert found.index == pytest.approx(-1)
    assert found.p == 2 / 1000
    assert set(found.places["kind"]) <= {clusters.HIGH_LOW, clusters.LOW_HIGH, clusters.CHANCE}


def test_two_halves_are_two_clusters():
    side = 9
    halves = squares(lambda r, c: (10 if r < 4 else 0) + (3 * r + 5 * c) % 7 / 10, side)
    found = clusters.find(halves, grid(side))
    kinds = found.places["kind"]
    assert (found.index, found.p) == (pytest.approx(0.78, abs=0.05), 2 / 1000)
    assert kinds["14"] == kinds["27"] == clusters.HIGH_HIGH
    assert kinds["74"] == kinds["67"] == clusters.LOW_LOW
    assert (found.places["q"] >= found.places["p"]).all()


def test_random_map_has_no_cluster():
    noise = pd.Series(np.random.default_rng(3).normal(size=81), index=squares(int.__add__, 9).index)
    found = clusters.find(noise, grid(9))
    assert set(found.places["kind"]) == {clusters.CHANCE}
    assert found.p > 0.05


def test_islands_and_missing_values_are_said_and_left_out():
    values = pd.concat([ODD, pd.Series({"zz": 3.0})])
    values["00"] = np.nan
    found = clusters.find(values, grid())
    assert found.islands == ("zz",)
    assert (found.without_value, found.used) == (1, 35)
    assert found.places.loc["zz", "kind"] == clusters.ISLAND
    assert found.places.loc["00", "kind"] == clusters.NO_VALUE
    assert list(found.places.index) == list(values.index)
    around = ODD[["02", "10", "11", "12"]].mean()
    assert found.places.loc["01", "neighbors"] == pytest.approx(around)


def test_same_seed_same_answer_whatever_the_order_of_rows():
    one = clusters.find(ODD, grid())
    other = clusters.find(ODD[::-1], grid().sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(one.places, other.places.loc[one.places.index])
    assert one.p == other.p


@settings(max_examples=10, deadline=None)
@given(st.floats(-100, 100), st.floats(0.01, 100))
def test_another_unit_changes_nothing(shift, scale):
    one, other = clusters.find(ODD, grid()), clusters.find(shift + scale * ODD, grid())
    assert other.index == pytest.approx(one.index, rel=1e-6)
    assert other.places["p"].tolist() == one.places["p"].tolist()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_false_discovery_is_that_of_scipy(p):
    expected = stats.false_discovery_control(p)
    assert clusters.false_discovery(np.array(p)) == pytest.approx(expected)


def test_refused_where_there_is_nothing_to_find():
    with pytest.raises(Refused, match="at least 30") as few:
        clusters.find(ODD.head(20), grid())
    assert few.value.rule == "too few places"
    with pytest.raises(Refused, match="same number"):
        clusters.find(ODD * 0, grid())
