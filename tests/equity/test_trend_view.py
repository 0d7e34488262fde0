"""Numbers over time: periods that share no day, tested changes, gaps that stay gaps."""

import itertools

import pandas as pd
import pytest

from equity import answers, database
from equity.changes import apart
from equity.view import View


@pytest.fixture
def ask(starter):
    return lambda query, **chosen: database.ask(starter, query, **chosen)


def over_time(ask, measure, *places, **more):
    return answers.answer(View("trend", (measure,), places, **more), ask)


@pytest.fixture
def deaths(ask):
    return over_time(ask, "pep_death_rate", "06037", "46102", "US")


def periods(*ends: tuple[str, str, str], source: str = "bls_laus") -> pd.DataFrame:
    rows = [(name, pd.Timestamp(start), pd.Timestamp(end), source) for name, start, end in ends]
    return pd.DataFrame(rows, columns=["period", "starts", "ends", "source_id"])


def test_periods_that_are_drawn_share_no_day():
    held = periods(
        *((f"{y}-{y + 4}", f"{y}-01-01", f"{y + 5}-01-01") for y in range(2005, 2021)),
    )
    kept = held[held["period"].isin(apart(held))].sort_values("starts")
    assert kept["period"].iloc[-1] == "2020-2024"
    assert len(kept) == 4
    for one, other in itertools.pairwise(kept.itertuples()):
        assert one.ends <= other.starts


def test_a_year_stays_where_several_years_together_hold_it():
    held = periods(
        ("2019", "2019-01-01", "2020-01-01"),
        ("2020", "2020-01-01", "2021-01-01"),
        ("2019-2020", "2019-01-01", "2021-01-01"),
    )
    assert sorted(apart(held)) == ["2019", "2020"]


def test_population_estimates_of_two_decades_are_no_line():
    held = periods(
        *((str(y), f"{y}-01-01", f"{y + 1}-01-01") for y in (2018, 2019, 2020, 2021)),
        source="census_pep",
    )
    assert sorted(apart(held)) == ["2020", "2021"]


def test_changes_are_said_absolute_and_relative(deaths):
    assert deaths.reading.sentences[0] == (
        "In Los Angeles County it rose from 5.9 in 2011 to 6.8 in 2019, by 0.9 or 14.8%: more than chance."
    )
    frame = deaths.more[0].frame
    first, last = (
        deaths.table.frame.query("place_id == '06037' and period == @year")["value"].iloc[0]
        for year in ("2011", "2019")
    )
    assert frame["change"].iloc[0] == pytest.approx(last - first)
    assert frame["percent"].iloc[0] == pytest.approx(100 * (last - first) / first)


def test_the_number_of_tests_is_allowed_for(deaths):
    assert "With three places tested at once" in " ".join(deaths.reading.sentences)


def test_each_place_has_a_line_and_few_have_bands(deaths, ask):
    assert [mark.shape for mark in deaths.charts[0].marks] == ["line"] * 3
    one = over_time(ask, "pep_death_rate", "46102").charts[0]
    assert [mark.shape for mark in one.marks] == ["band", "line"]
    assert one.x.years


def test_a_period_without_a_number_leaves_a_gap(ask):
    found = over_time(ask, "pep_population", "06037", "72001")
    for mark in found.charts[0].marks:
        assert len(mark.x) == len(found.charts[0].marks[0].x)


def test_a_year_is_too_short_for_a_trend(ask):
    found = over_time(ask, "qcew_weekly_wage", "06037", "46102")
    assert "too few years to call it a trend" in found.reading.title
    assert set(found.more[0].frame["verdict"]) == {"too short a time"}
    assert any("Quarters differ by season" in sentence for sentence in found.reading.sentences)
    assert any("prices changed too" in sentence for sentence in found.reading.sentences)


def test_old_borders_are_said_and_leave_a_place_out(ask):
    found = over_time(ask, "pep_death_rate", "09110", "06037")
    assert (
        "Capitol Planning Region has fewer than two numbers in these periods."
        in found.reading.sentences
    )
    assert "Connecticut replaced its counties" in found.verdict.breaches[0].why


def test_one_period_is_refused(ask):
    found = over_time(ask, "acs_poverty", "06037")
    assert found.verdict.refused
    assert not found.shown


def test_places_of_very_different_size_are_drawn_in_percent_of_their_first_number(ask):
    found = over_time(ask, "pep_population", "31005", "US")
    assert found.charts[0].y.suffix == "%"
    assert [mark.y[0] for mark in found.charts[0].marks if mark.shape == "line"] == [100, 100]
    alike = over_time(ask, "pep_death_rate", "31005", "US")
    assert alike.charts[0].y.suffix == ""


def test_changes_that_cannot_be_tested_are_said_to_be_so(ask):
    title = over_time(ask, "pep_population", "31005", "06037", "US").reading.title
    assert title.startswith("Population: rose in two places and fell in one place")
    assert "no margin is published" in title
