"""Where places lie among all: counts that add up, quarters as by hand, no order where none is allowed."""

import numpy as np
import pytest

from equity import answers, database
from equity.errors import Problem
from equity.view import View


@pytest.fixture
def ask(starter):
    return lambda query, **chosen: database.ask(starter, query, **chosen)


def lying(ask, measure, *places, **more):
    return answers.answer(View("distribution", (measure,), places, **more), ask)


@pytest.fixture
def poverty(ask):
    return lying(ask, "acs_poverty", "46102", "31005", "06")


@pytest.fixture
def values(ask):
    rows = ask("map_counties", measure="acs_poverty", period="2015-2019", group="everyone")
    return rows.set_index("place_id")["value"].dropna()


def test_every_county_with_a_number_stands_in_one_bar(poverty, values):
    frame = poverty.table.frame
    bars = frame[frame["what"].str.startswith("Bar ")]
    assert int(bars["places"].sum()) == len(values)
    assert frame.set_index("what").loc["Counties with a number", "places"] == len(values)
    assert sum(poverty.charts[0].marks[1].y) == len(values)


def test_the_quarters_are_those_of_the_values(poverty, values):
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    said = poverty.reading.sentences[0]
    assert said == (
        f"Half of the {len(values):,} counties with a number lie between {low:.1f}% and {high:.1f}%; "
        f"the middle one has {middle:.1f}%."
    )


def test_how_many_counties_are_lower_is_counted(poverty, values):
    here = values["31005"]
    lower = 100 * (values < here).mean()
    assert any(
        sentence.startswith("Arthur County") and f"{lower:.0f} of 100 counties" in sentence
        for sentence in poverty.reading.sentences
    )


def test_far_values_stand_in_the_last_bar_and_it_is_said(poverty, values):
    assert any(
        sentence.startswith("The first bar holds all counties up to")
        for sentence in poverty.reading.sentences
    )
    edges = poverty.table.frame.dropna(subset="places")
    assert edges["places"].iloc[-1] == (values >= edges["low"].iloc[-1]).sum()


def test_both_charts_share_one_scale_that_holds_the_chosen_places(poverty):
    bars, chosen = poverty.charts
    assert bars.x.span == chosen.x.span
    low, high = bars.x.span
    assert all(low < value < high for value in chosen.marks[0].x)


def test_states_alone_are_set_among_states(ask):
    found = lying(ask, "acs_poverty", "06", "48")
    assert "52 states" in found.reading.sentences[0]
    assert found.charts[0].title == "All states"


def test_labels_get_no_order(ask):
    found = lying(ask, "rucc_code", "06037", "46102")
    assert not any("of 100" in sentence for sentence in found.reading.sentences)
    assert "lower_value" not in [column.name for column in found.table.columns]


def test_counties_without_a_number_are_counted_with_the_reason(ask):
    found = lying(ask, "nci_cancer_deaths", "06037", groups=("female",))
    assert any("62 withheld to protect privacy" in sentence for sentence in found.reading.sentences)


def test_a_connecticut_region_says_that_the_years_use_other_borders(ask):
    found = lying(ask, "acs_poverty", "09110")
    assert (
        "Capitol Planning Region: no number (these years use other county borders)."
        in found.reading.sentences
    )


def test_a_measure_of_the_nation_alone_is_a_sentence(ask):
    with pytest.raises(Problem, match="too few counties have a number"):
        lying(ask, "nchs_life_expectancy", "06037")
