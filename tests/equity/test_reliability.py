"""Grades in words: by margin, by number of events, and never solid where there is doubt."""

import pandas as pd
import pytest

from equity import reliability
from equity.reliability import CARE, NO_MARGIN, SHAKY, SOLID

NOTHING = float("nan")


@pytest.mark.parametrize(
    ("value", "error", "word"),
    [
        (10.0, 1.2, SOLID),
        (10.0, 1.3, CARE),
        (10.0, 3.0, CARE),
        (10.0, 3.1, SHAKY),
        (0.0, 1.0, CARE),
        (10.0, NOTHING, NO_MARGIN),
        (NOTHING, NOTHING, None),
    ],
)
def test_grade_by_margin_goes_by_the_coefficient_of_variation(value, error, word):
    assert reliability.by_margin(pd.Series([value]), pd.Series([error])).tolist() == [word]


@pytest.mark.parametrize(
    ("value", "events", "low", "high", "word"),
    [
        (5.0, 9, 2.3, 9.5, SHAKY),
        (5.0, 30, 3.4, 7.1, CARE),
        (5.0, 100, 4.1, 6.1, SOLID),
        (5.0, NOTHING, 1.0, 9.5, SHAKY),
        (5.0, NOTHING, NOTHING, NOTHING, NO_MARGIN),
        (0.0, 0, 0.0, 3.7, SHAKY),
        (NOTHING, NOTHING, NOTHING, NOTHING, None),
    ],
)
def test_grade_by_events_goes_by_their_number_and_the_interval(value, events, low, high, word):
    row = [pd.Series([number], dtype=float) for number in (value, events, low, high)]
    assert reliability.by_events(*row).tolist() == [word]


@pytest.mark.parametrize(("events", "word"), [(9, SHAKY), (20, CARE), (44, CARE), (50, SOLID)])
def test_number_of_events_without_interval_is_graded_by_its_own_exact_interval(events, word):
    """Garwood: 20 deaths are compatible with 12.2 to 30.9, far more than 60 % of 20."""
    count, none = pd.Series([float(events)]), pd.Series([NOTHING])
    assert reliability.by_events(count, count, none, none).tolist() == [word]


def test_value_that_is_doubted_is_never_solid():
    grades = pd.Series([SOLID, SOLID, SHAKY, None], dtype=object)
    doubted = pd.Series([True, False, True, True])
    assert reliability.no_better_than_care(grades, doubted).tolist() == [CARE, SOLID, SHAKY, None]


@pytest.mark.parametrize(
    ("proportion", "people", "degrees", "rule", "why"),
    [
        (0.5, 29, 40, "suppress", "fewer than 30"),
        (0.5, 30, 40, "suppress", "30 points"),
        (0.5, 60, 40, "show", ""),
        (0.04, 150, 40, "suppress", "1.3 times"),
        # Under 0.05 wide it may be shown although it is wider than 1.3 times the value.
        (0.005, 1000, 40, "show", ""),
        (0.5, 400, 7, "review", "too few places"),
        (0.5, 400, NOTHING, "show", ""),
        (0.0, 200, 40, "review", "nobody"),
        (1.0, 200, 40, "review", "nobody"),
    ],
)
def test_nchs_rule_for_proportions(proportion, people, degrees, rule, why):
    row = [pd.Series([number], dtype=float) for number in (proportion, people, degrees)]
    found = reliability.by_proportion_rule(*row)
    assert found.loc[0, "rule"] == rule
    assert why in found.loc[0, "why"]
    assert (found.loc[0, "why"] == "") == (rule == "show")


def test_nchs_rule_says_nothing_of_a_missing_proportion():
    row = [pd.Series([number]) for number in (NOTHING, 100.0, 40.0)]
    assert reliability.by_proportion_rule(*row).loc[0, "rule"] is None
