"""An outcome by fifths of people: the same numbers as a plain loop gives, in words that hold."""

import numpy as np
import pytest

from tests.equity.county_pair_answers import CARELESS, CAUSAL, answered, asking, said, untold
from tests.equity.test_view_relationship import PAIRS


@pytest.fixture(scope="module")
def ask(starter):
    return asking(starter)


def fifths_by_hand(starter) -> list[float]:
    """Deaths in fifths of residents by poverty, county by county, the poorest first."""
    cursor = starter.cursor()
    cursor.execute("USE house")
    values = {}
    for measure, period in (
        ("pep_death_rate", "2019"),
        ("acs_poverty", "2015-2019"),
        ("acs_population", "2015-2019"),
    ):
        rows = cursor.execute(
            "SELECT place_id, value FROM observation JOIN place USING (place_id) WHERE place.level = 'county' "
            "AND measure_id = ? AND period = ? AND people_group = 'everyone' AND value IS NOT NULL",
            [measure, period],
        ).fetchall()
        values[measure] = dict(rows)
    deaths, poverty, people = values.values()
    counties = sorted(deaths.keys() & poverty.keys() & people.keys(), key=lambda id: -poverty[id])
    total, before = sum(people[id] for id in counties), 0.0
    sums = np.zeros((5, 2))
    for share in sorted({poverty[id] for id in counties}, reverse=True):
        alike = [id for id in counties if poverty[id] == share]
        here = sum(people[id] for id in alike)
        fifth = min(int((before + here / 2) / total * 5), 4)
        sums[fifth] += [sum(deaths[id] * people[id] for id in alike), here]
        before += here
    return (sums[:, 0] / sums[:, 1]).tolist()


def test_the_fifths_are_those_of_a_plain_loop(starter, ask):
    answer = answered(ask, "gradient", "pep_death_rate", "acs_poverty")
    rows = answer.table.frame.dropna(subset=["estimate"])
    assert rows["title"].tolist()[0] == "Highest"
    assert rows["estimate"].tolist() == pytest.approx(fifths_by_hand(starter))


@pytest.mark.parametrize(("outcome", "condition"), PAIRS)
def test_words_hold_for_any_pair(ask, outcome, condition):
    answer = answered(ask, "gradient", outcome, condition, places=("28055",))
    assert not CARELESS.search(said(answer))
    assert not CAUSAL.search(said(answer))
    assert untold(answer) == set()


def test_absolute_and_relative_stand_together(ask):
    text = said(answered(ask, "gradient", "pep_death_rate", "acs_poverty"))
    assert "slope index of inequality" in text
    assert "relative index of inequality" in text
    assert "absolute concentration index" in text
    assert "ratio 1.28" in text
    assert "Counties are put in order here, not people" in text


def test_the_fitted_line_ends_as_far_apart_as_the_slope_index(ask):
    answer = answered(ask, "gradient", "pep_death_rate", "acs_poverty")
    line, dots = answer.charts[0].marks
    assert line.y[-1] - line.y[0] == pytest.approx(-2.2, abs=0.05)
    assert len(dots.x) == 5
    assert all(
        low < value < high for low, value, high in zip(dots.low, dots.y, dots.high, strict=True)
    )


def test_the_concentration_curve_lies_above_the_even_line_where_the_poor_counties_have_more(ask):
    _, curve = answered(ask, "gradient", "pep_death_rate", "acs_poverty").charts
    even, real = curve.marks
    assert (real.x[0], real.y[0]) == (0, 0)
    assert (real.x[-1], real.y[-1]) == (100, 100)
    middle = len(real.x) // 2
    assert real.y[middle] > real.x[middle]


def test_amounts_have_no_concentration_curve_and_balances_no_ratio(ask):
    income = answered(ask, "gradient", "acs_median_household_income", "acs_broadband")
    assert len(income.charts) == 1
    moving = answered(ask, "gradient", "pep_net_migration_rate", "acs_poverty")
    assert "Not given: ratio of the ends." in said(moving)


def test_a_condition_with_few_values_says_that_its_parts_are_uneven(ask):
    answer = answered(ask, "gradient", "acs_uninsured", "rucc_code")
    assert "cut into three parts, uneven because many counties share one value" in said(answer)
    names = answer.table.frame.dropna(subset=["estimate"])["title"].tolist()
    assert names == ["Highest", "Middle", "Lowest"]
