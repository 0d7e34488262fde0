"""Limits of chance around one rate: exact for counts, by margins for surveys; small places at both ends."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from equity import funnel, rates
from equity.errors import Refused
from equity.funnel import ABOVE, BELOW, WITHIN


def series(numbers) -> pd.Series:
    return pd.Series(list(numbers), index=[f"c{n}" for n in range(len(numbers))], dtype=float)


PEOPLE = series([1000] * 12)
EVENTS = series([0, 2, 3, 4, 9, 10, 11, 17, 18, 20, 22, 30])


@pytest.mark.parametrize(
    ("chance", "law"),
    [("poisson", stats.poisson(10)), ("binomial", stats.binom(1000, 0.01))],
)
def test_verdicts_are_those_of_the_exact_tails(chance, law):
    found = funnel.of_counts(EVENTS, PEOPLE, centre=10.0, scale=1000, chance=chance).places
    for place, count in EVENTS.items():
        above, below = law.sf(count - 1), law.cdf(count)
        for name, tail in (("outside_95", 0.025), ("outside_998", 0.001)):
            expected = ABOVE if above < tail else BELOW if below < tail else WITHIN
            assert found.loc[place, name] == expected, (place, name)
        assert found.loc[place, "p"] == pytest.approx(min(1, 2 * min(above, below)))
    assert found["value"].tolist() == EVENTS.tolist()


def test_ten_expected_deaths_have_limits_between_whole_counts():
    """P(X <= 3) = 0.010, P(X <= 4) = 0.029; P(X >= 17) = 0.027, P(X >= 18) = 0.014."""
    found = funnel.of_counts(EVENTS, PEOPLE, centre=10.0, scale=1000, chance="poisson")
    row = found.places.iloc[0]
    assert 3 < row["low_95"] < 4
    assert 17 < row["high_95"] < 18
    assert row["low_998"] < row["low_95"] < 10 < row["high_95"] < row["high_998"]
    assert found.outside(0.95) == 7
    assert found.expected_outside(0.95) == pytest.approx(0.6)


def test_centre_is_the_rate_of_all_unless_given():
    found = funnel.of_counts(EVENTS, PEOPLE, centre=None, scale=100_000, chance="poisson")
    assert found.centre == pytest.approx(100_000 * EVENTS.sum() / PEOPLE.sum())
    smoothed = rates.smoothed(EVENTS, PEOPLE, scale=100_000)
    assert found.places["smoothed"].to_dict() == pytest.approx(smoothed.to_dict())


def test_suppressed_counts_are_left_out_and_smallest_places_come_first():
    events, people = EVENTS.copy(), PEOPLE + series(range(12, 0, -1))
    events["c3"] = np.nan
    found = funnel.of_counts(events, people, centre=None, scale=1, chance="poisson")
    assert found.left_out == 1
    assert "c3" not in found.places.index
    assert found.places["population"].is_monotonic_increasing


COUNTS = st.lists(st.tuples(st.integers(0, 60), st.integers(61, 10**6)), min_size=10, max_size=25)


@settings(max_examples=30, deadline=None)
@given(COUNTS, st.floats(0.001, 30), st.sampled_from(["poisson", "binomial"]))
def test_drawn_limits_and_verdicts_never_disagree(rows, centre, chance):
    events, people = (series(numbers) for numbers in zip(*rows, strict=True))
    assume(events.sum() > 0)
    places = funnel.of_counts(events, people, centre=centre, scale=100, chance=chance).places
    for level in ("95", "998"):
        high, low = places[f"high_{level}"], places[f"low_{level}"]
        slack = 1e-6 * (high - low)
        assert (places["value"] >= high - slack)[places[f"outside_{level}"].eq(ABOVE)].all()
        assert (places["value"] <= low + slack)[places[f"outside_{level}"].eq(BELOW)].all()
        inside = places[f"outside_{level}"].eq(WITHIN)
        assert (places["value"] <= high + slack)[inside].all()
        assert (places["value"] >= low - slack)[inside].all()
    assert not places.isna().any(axis=None)


def test_survey_limits_follow_each_margin():
    values, errors = series([10, 12, 14, 5, 30, 10, 10, 10, 10, 10, 10]), series([1] * 11)
    errors["c4"], errors["c10"] = 15.0, np.nan
    found = funnel.of_estimates(values, errors, PEOPLE.head(11), centre=10.0)
    row = found.places.loc["c1"]
    assert (row["low_95"], row["high_95"]) == pytest.approx((8.040036, 11.959964))
    assert (row["low_998"], row["high_998"]) == pytest.approx((6.909768, 13.090232))
    outside = found.places[["outside_95", "outside_998"]]
    assert outside.loc["c1"].tolist() == [ABOVE, WITHIN]
    assert outside.loc["c2"].tolist() == [ABOVE, ABOVE]
    assert outside.loc["c3"].tolist() == [BELOW, BELOW]
    assert outside.loc["c4"].tolist() == [WITHIN, WITHIN]
    assert found.left_out == 1
    assert found.places.loc["c2", "p"] == pytest.approx(2 * stats.norm.sf(4))


def test_small_places_fill_both_ends():
    rng = np.random.default_rng(2)
    people = series(np.geomspace(200, 10**6, 300).round())
    values = series(rng.poisson(0.01 * people) / people)
    found = funnel.ends(values, people, count=10)
    assert found.by_chance == pytest.approx(1, abs=0.01)
    assert found.small_highest >= 5
    assert found.small_lowest >= 5
    assert found.highest["value"].tolist() == sorted(values, reverse=True)[:10]
    assert found.lowest["value"].tolist() == sorted(values)[:10]
    assert found.largest_small == sorted(people)[29]


def test_refused_with_few_places_or_no_events():
    with pytest.raises(Refused, match="Only 9 places"):
        funnel.of_counts(EVENTS.head(9), PEOPLE, centre=None, scale=1, chance="poisson")
    with pytest.raises(Refused, match="No place had an event"):
        funnel.of_counts(EVENTS * 0, PEOPLE, centre=None, scale=1, chance="poisson")
    with pytest.raises(Refused, match="there must be 40"):
        funnel.ends(EVENTS, PEOPLE, count=20)
