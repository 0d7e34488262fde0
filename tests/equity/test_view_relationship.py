"""An outcome against a condition: the same numbers as plain SQL gives, in words that hold."""

import pytest

from equity import answers, figures
from equity.errors import Problem
from equity.view import View
from tests.equity.county_pair_answers import CARELESS, CAUSAL, answered, asking, said, untold

PAIRS = [
    ("pep_death_rate", "acs_poverty"),
    ("acs_broadband", "acs_median_household_income"),
    ("pep_net_migration_rate", "acs_unemployment"),
    ("acs_uninsured", "qcew_weekly_wage"),
    ("nci_cancer_deaths", "acs_no_vehicle"),
    ("pep_death_rate", "rucc_code"),
]
BOTH = """
    SELECT corr(one.value, other.value), regr_slope(one.value, other.value), count(*)
    FROM observation AS one
    JOIN observation AS other USING (place_id)
    JOIN place USING (place_id)
    WHERE one.measure_id = $outcome AND one.period = $period AND one.people_group = 'everyone'
      AND other.measure_id = $condition AND other.period = $other AND other.people_group = 'everyone'
      AND place.level = 'county'
"""


@pytest.fixture(scope="module")
def ask(starter):
    return asking(starter)


@pytest.mark.parametrize(
    ("outcome", "period", "condition", "other"),
    [
        ("pep_death_rate", "2019", "acs_poverty", "2015-2019"),
        ("acs_broadband", "2015-2019", "acs_median_household_income", "2015-2019"),
        ("acs_uninsured", "2014-2018", "acs_no_vehicle", "2014-2018"),
    ],
)
def test_correlation_and_line_are_those_of_plain_sql(
    starter, ask, outcome, period, condition, other
):
    cursor = starter.cursor()
    cursor.execute("USE house")
    asked = {"outcome": outcome, "period": period, "condition": condition, "other": other}
    r, slope, count = cursor.execute(BOTH, asked).fetchone()
    answer = answered(ask, "relationship", outcome, condition)
    figures = answer.table.frame.set_index("title")["figure"]
    assert figures["Correlation, each county counted once"].startswith(f"{r:.2f}".replace("-", "−"))
    assert figures["Counties used"] == f"{count:,}"
    points = answer.table.frame.dropna(subset=["fitted"])
    rise = points["fitted"].max() - points["fitted"].min()
    run = points["condition"].max() - points["condition"].min()
    assert rise / run == pytest.approx(abs(slope))


@pytest.mark.parametrize(("outcome", "condition"), PAIRS)
@pytest.mark.parametrize("weight", ["", "residents"])
def test_words_hold_for_any_pair(ask, outcome, condition, weight):
    answer = answered(ask, "relationship", outcome, condition, weight=weight, places=("28055",))
    assert not CARELESS.search(said(answer))
    assert not CAUSAL.search(said(answer))
    assert untold(answer) == set()


def test_the_finding_says_which_way_and_the_chosen_county_is_named(ask):
    answer = answered(ask, "relationship", "pep_death_rate", "acs_poverty", places=("28055",))
    assert (
        answer.reading.title == "Where “Poverty” is higher, “Crude death rate” tends to be higher"
    )
    assert "Issaquena County, Mississippi: “Crude death rate” 11.4 and “Poverty” 36.0%" in said(
        answer
    )
    assert "not people" in answer.reading.sentences[-1]
    opposite = answered(ask, "relationship", "acs_broadband", "acs_poverty")
    assert opposite.reading.title.endswith("tends to be clearly lower")


def test_no_link_is_not_called_one(ask):
    answer = answered(ask, "relationship", "nci_cancer_deaths", "acs_uninsured")
    assert answer.reading.title.startswith("We can't tell if")


def test_shaky_numbers_are_hollow_and_never_named_as_far_off(ask):
    answer = answered(ask, "relationship", "pep_death_rate", "acs_poverty")
    [chart] = answer.charts
    hollow = [mark for mark in chart.marks if any(mark.hollow)]
    assert [mark.name for mark in hollow] == ["Too shaky to compare"]
    assert len(hollow[0].x) == 58
    shaky = set(answer.table.frame.query("note == 'too shaky to compare'")["title"])
    [sentence] = [text for text in answer.reading.sentences if "Farthest off the line" in text]
    assert shaky
    assert not any(title in sentence for title in shaky)
    assert "21 more counties with shaky numbers lie far off too" in sentence


def test_withheld_counties_are_counted_as_left_out(ask):
    answer = answered(ask, "relationship", "nci_cancer_deaths", "acs_poverty", places=("28055",))
    assert "withheld for “Cancer deaths 1999-2003” in 62" in said(answer)
    assert "Issaquena County, Mississippi is left out: no data" in said(answer)


def test_maps_of_other_years_are_joined_where_they_are_equal_and_it_is_said(ask):
    answer = answered(ask, "relationship", "acs_uninsured", "qcew_weekly_wage")
    assert "nine counties of one map and 11 counties of the other are not" in said(answer)
    assert "Connecticut replaced its counties by planning regions in 2022." in said(answer)
    places = answer.table.frame["place_id"].dropna()
    assert not places.str.startswith("09").any()


def test_periods_that_are_asked_for_are_used(ask):
    answer = answered(
        ask,
        "relationship",
        "pep_death_rate",
        "acs_unemployment",
        period="2011",
        condition_period="2014-2018",
    )
    assert "2011" in answer.reading.subtitle
    assert "2014–2018" in answer.reading.subtitle
    nearest = answered(ask, "relationship", "acs_uninsured", "acs_unemployment")
    assert nearest.reading.subtitle.count("2014–2018") == 2


def test_groups_are_named(ask):
    answer = answered(
        ask, "relationship", "nci_cancer_deaths", "acs_poverty", groups=("male", "everyone")
    )
    assert "Male" in answer.reading.subtitle


@pytest.mark.parametrize(
    "view",
    [
        View("relationship", ("acs_poverty",)),
        View("relationship", ("acs_poverty", "acs_poverty")),
        View("relationship", ("nchs_life_expectancy", "acs_poverty")),
        View("relationship", ("acs_poverty", "acs_uninsured"), period="1066"),
        View("gradient", ("acs_poverty",)),
        View("bivariate", ("acs_poverty", "acs_poverty")),
    ],
)
def test_what_cannot_be_paired_is_a_sentence(ask, view):
    with pytest.raises(Problem):
        answers.answer(view, ask)


def test_thousands_of_dots_stay_small_to_send(ask):
    import json

    [chart] = answered(ask, "relationship", "pep_death_rate", "acs_poverty").charts
    assert len(json.dumps(figures.to_plotly(chart, "light"))) < 100_000


def test_a_total_is_no_outcome(ask):
    answer = answered(ask, "gradient", "acs_population", "acs_poverty")
    assert not answer.shown
    assert "is a total: it is larger where more people live" in said(answer)


@pytest.mark.parametrize("kind", ["relationship", "gradient", "bivariate"])
def test_a_county_that_a_source_does_not_cover_says_so(ask, kind):
    answer = answered(ask, kind, "pep_death_rate", "acs_poverty", places=("72001",))
    assert "Adjuntas Municipio, Puerto Rico is left out: no data for “Crude death rate”." in said(
        answer
    )
