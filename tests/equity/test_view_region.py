"""Several counties as one, against plain sums of the starter's real counts."""

from functools import partial
from math import exp

import pytest

from equity import answers, database
from equity.errors import Problem
from equity.view import View

DEATHS, COUNTIES = "pep_death_rate", ("46102", "46007", "46071")


@pytest.fixture(scope="module")
def ask(starter):
    return partial(database.ask, starter)


@pytest.fixture(scope="module")
def found(ask):
    view = View("region", (DEATHS,), COUNTIES, period="2019", options=(("name", "Pine Ridge"),))
    return answers.answer(view, ask)


@pytest.fixture(scope="module")
def counted(starter):
    """Deaths and people of 2019 in the three counties, read without any of our code."""
    return starter.execute(
        """
        SELECT sum(numerator), sum(denominator) FROM house.observation
        WHERE measure_id = 'pep_death_rate' AND period = '2019' AND people_group = 'everyone'
            AND place_id IN ('46102', '46007', '46071')
        """
    ).fetchone()


def at_most(deaths: int, expected: float) -> float:
    """Give the chance of at most so many deaths under Poisson, by adding up terms."""
    term, total = exp(-expected), 0.0
    for k in range(deaths + 1):
        total += term
        term *= expected / (k + 1)
    return total


def test_the_rate_is_all_deaths_over_all_people_with_exact_limits(found, counted):
    deaths, people = counted
    row = found.table.frame.iloc[0]
    assert row["value"] == pytest.approx(1000 * deaths / people, rel=1e-12)
    assert at_most(int(deaths), row["high"] * people / 1000) == pytest.approx(0.025, rel=1e-6)
    beyond = 1 - at_most(int(deaths) - 1, row["low"] * people / 1000)
    assert beyond == pytest.approx(0.025, rel=1e-6)
    assert f"Three counties together: {row['value']:.1f}" in found.reading.sentences[0]
    assert found.reading.title.startswith("Pine Ridge: ")


def test_it_stands_beside_its_counties_the_state_and_the_nation_with_verdicts(found):
    rows = found.table.frame
    assert rows["place_id"].tolist() == ["", *sorted(COUNTIES), "46", "US"]
    assert rows["verdict"].tolist()[4:] == ["higher", "higher"]
    told = " ".join(found.reading.sentences)
    assert "Together they are higher than South Dakota (" in told
    assert "Together they are higher than the United States (" in told
    assert len(found.charts[0].marks) == 3


@pytest.mark.parametrize(
    ("measure", "group", "why"),
    [
        ("acs_median_household_income", (), "It is a median"),
        ("nci_cancer_deaths", ("female",), "An age-adjusted rate"),
        ("rucc_code", (), "It is a class"),
    ],
)
def test_what_does_not_add_up_is_refused_with_the_reason(ask, measure, group, why):
    refused = answers.answer(View("region", (measure,), COUNTIES, groups=group), ask)
    assert refused.verdict.refused
    assert refused.reading.sentences[0].startswith(why)


def test_a_sum_of_people_is_not_set_beside_the_nation(ask):
    found = answers.answer(View("region", ("pep_population",), COUNTIES), ask)
    assert found.table.frame["what"].tolist() == ["together", "part", "part", "part"]


@pytest.mark.parametrize("places", [("46102",), ("46102", "46"), ("46102", "US")])
def test_only_two_or_more_counties_are_added(ask, places):
    with pytest.raises(Problem, match="counties"):
        answers.answer(View("region", (DEATHS,), places), ask)


def test_a_name_cannot_hold_marks_of_a_page(ask):
    view = View("region", (DEATHS,), COUNTIES, options=(("name", "<a href=x>Us</a> **b**"),))
    assert answers.answer(view, ask).table.frame["place_title"].iloc[0] == "a hrefxUsa b"
