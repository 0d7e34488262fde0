"""Several places as one: sums, shares and rates to the digit, and what is refused."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity import rates, regions
from equity.errors import Problem, Refused
from equity.reliability import CARE, NO_MARGIN, SHAKY, SOLID

PEOPLE = {
    "unit": "people",
    "scale": None,
    "decimals": 0,
    "made": "survey",
    "adjustment": "not applicable",
    "grade_rule": "margin",
}
SHARE = PEOPLE | {"unit": "% of people", "scale": 100.0, "decimals": 1}
DEATHS = PEOPLE | {"unit": "deaths", "made": "counted", "grade_rule": "events"}
DEATH_RATE = DEATHS | {
    "unit": "deaths per 100,000 people a year",
    "scale": 100_000.0,
    "adjustment": "crude",
    "decimals": 1,
}


def parts(rows: list[dict]) -> pd.DataFrame:
    """Observations with what is not given missing."""
    columns = ["value", "standard_error", "numerator", "denominator"]
    table = pd.DataFrame(rows).reindex(columns=[*columns, "status"])
    table[columns] = table[columns].astype(float)
    table["status"] = table["status"].astype(object).fillna("reported")
    return table.set_axis([f"c{n}" for n in range(len(table))])


def test_sum_keeps_only_the_largest_margin_of_zeros():
    """Census Bureau's handbook: zeros with margins 22, 22, 29 and 41 -+ 37 give 47.01."""
    rows = [(0, 22), (0, 22), (0, 29), (41, 37)]
    found = regions.combine(
        parts([{"value": value, "standard_error": margin / 1.645} for value, margin in rows]),
        PEOPLE,
    )
    assert found.value == 41
    assert found.se * 1.645 == pytest.approx(47.01, abs=0.005)
    assert (found.low, found.high) == pytest.approx(
        (41 - 1.959964 * found.se, 41 + 1.959964 * found.se), abs=1e-4
    )
    assert (found.grade, found.places, found.how) == (SHAKY, 4, "sum of counts")


def test_share_is_the_sum_of_numerators_over_the_sum_of_denominators():
    rows = [
        {"value": 10.0, "standard_error": 1.0, "numerator": 100, "denominator": 1000},
        {"value": 30.0, "standard_error": 2.0, "numerator": 900, "denominator": 3000},
    ]
    found = regions.combine(parts(rows), SHARE)
    assert found.value == 25.0
    assert found.se == pytest.approx(math.hypot(1.0 * 1000, 2.0 * 3000) / 4000)
    assert (found.numerator, found.denominator) == (1000, 4000)
    assert found.grade == SOLID
    assert "samples as independent" in found.note


def test_denominator_that_is_not_published_follows_from_the_share():
    rows = [
        {"value": 14.9, "standard_error": 0.5, "numerator": 149},
        {"value": 30.1, "standard_error": 0.5, "numerator": 602},
    ]
    found = regions.combine(parts(rows), SHARE)
    assert found.value == pytest.approx(100 * 751 / (1000 + 2000))
    assert "worked out" in found.how


def test_rate_of_events_has_exact_limits_of_their_sum():
    rows = [
        {"value": 3000.0, "numerator": 3, "denominator": 100},
        {"value": 450.0, "numerator": 9, "denominator": 2000},
    ]
    found = regions.combine(parts(rows), DEATH_RATE)
    low, high = (end[0] for end in rates.poisson_interval(pd.Series([12.0])))
    assert found.value == pytest.approx(1e5 * 12 / 2100)
    assert (found.low, found.high) == pytest.approx((1e5 * low / 2100, 1e5 * high / 2100))
    assert found.se == pytest.approx(1e5 * math.sqrt(12) / 2100)
    assert found.grade == CARE
    count = regions.combine(parts([{"value": 3}, {"value": 4}]), DEATHS)
    assert (count.value, count.grade, count.numerator) == (7, SHAKY, None)


def test_full_counts_are_exact_and_missing_margins_are_said():
    census = PEOPLE | {"grade_rule": "full count"}
    found = regions.combine(parts([{"value": 5}, {"value": 6}]), census)
    assert (found.value, found.se, found.low, found.grade) == (11, 0.0, None, SOLID)
    rows = [{"value": 5, "standard_error": 1}, {"value": 6}]
    found = regions.combine(parts(rows), PEOPLE)
    assert (found.value, found.se, found.high, found.grade) == (11, None, None, NO_MARGIN)


def test_part_with_a_warning_keeps_the_region_from_being_solid():
    rows = [{"value": 5, "status": "unreliable"}, {"value": 6}]
    assert regions.combine(parts(rows), PEOPLE | {"grade_rule": "full count"}).grade == CARE


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"adjustment": "age-adjusted"}, "counts of each age"),
        ({"unit": "dollars a year", "scale": None}, "median"),
        ({"unit": "dollars a year per person", "scale": None}, "people behind each mean"),
        ({"unit": "years", "scale": None}, "expectation of life"),
        ({"unit": "index, 0 to 100"}, "index of the whole"),
        ({"unit": "rank, 0 (least vulnerable) to 1"}, "ranks cannot be averaged"),
        ({"unit": "code from 1 to 9", "scale": None}, "classes cannot be averaged"),
        ({"unit": "something new", "scale": None}, "not published with it"),
    ],
)
def test_what_does_not_add_is_refused_with_the_reason(change, why):
    rows = parts([{"value": 5.0}, {"value": 6.0}])
    with pytest.raises(Refused, match=why) as refused:
        regions.combine(rows, SHARE | change)
    assert refused.value.rule
    assert refused.value.instead


def test_withheld_part_is_refused_and_counted():
    rows = [{"value": None, "status": "suppressed"}, {"value": None, "status": "not published"}]
    with pytest.raises(Refused, match="Two places of 3 have no number") as refused:
        regions.combine(parts([*rows, {"value": 3.0}]), DEATHS)
    assert "1 suppressed" in refused.value.why


def test_counts_that_do_not_make_up_the_figure_are_refused():
    rows = [
        {"value": 50.0, "numerator": 10, "denominator": 100},
        {"value": 10.0, "numerator": 10, "denominator": 100},
    ]
    with pytest.raises(Refused, match="not what this figure is made of"):
        regions.combine(parts(rows), SHARE)


def test_one_place_or_one_twice_is_no_region():
    with pytest.raises(Problem, match="two or more"):
        regions.combine(parts([{"value": 3.0}]), PEOPLE)
    twice = parts([{"value": 3.0}, {"value": 4.0}]).set_axis(["a", "a"])
    with pytest.raises(Problem, match="two or more"):
        regions.combine(twice, PEOPLE)


def test_age_adjusted_rate_of_a_region_from_its_ages():
    standard = {"young": 3.0, "old": 1.0}
    ages = pd.DataFrame(
        {
            "place_id": ["a", "a", "b", "b"],
            "age_group": ["young", "old", "young", "old"],
            "events": [1.0, 8.0, 3.0, 2.0],
            "population": [1000.0, 500.0, 3000.0, 500.0],
        }
    )
    found = regions.of_ages(ages, standard, scale=1000)
    assert found["value"] == pytest.approx(1000 * (0.75 * 4 / 4000 + 0.25 * 10 / 1000))
    assert found["low"] < found["value"] < found["high"]
    withheld = ages.assign(events=[1.0, np.nan, 3.0, 2.0])
    assert math.isnan(regions.of_ages(withheld, standard, scale=1000)["value"])


PLACES = st.lists(
    st.tuples(st.integers(1, 10**6), st.floats(0, 1), st.floats(0, 5)), min_size=2, max_size=12
)


@settings(max_examples=50, deadline=None)
@given(PLACES)
def test_share_of_a_region_lies_among_its_parts_and_grouping_changes_nothing(places):
    rows = [
        {"value": 100 * round(n * p) / n, "numerator": round(n * p), "denominator": n}
        | {"standard_error": s}
        for n, p, s in places
    ]
    table = parts(rows)
    whole = regions.combine(table, SHARE)
    assert table["value"].min() - 1e-9 <= whole.value <= table["value"].max() + 1e-9
    if len(table) > 2:
        most = regions.combine(table.iloc[:-1], SHARE)
        first = {"value": most.value, "standard_error": most.se}
        first |= {"numerator": most.numerator, "denominator": most.denominator}
        again = regions.combine(parts([first, rows[-1]]), SHARE)
        assert again.value == pytest.approx(whole.value)
