"""A gap over time: difference and ratio, whether they agree, and whether years may be compared."""

import pandas as pd
import pytest

from equity import answers
from equity.errors import Problem
from equity.view import View
from equity.views import gap as view
from tests.equity.grouped import asking, with_rows

BABIES = ("nchs_infant_mortality_by_mother",)


def gap(ask, measures=BABIES, place="US", named=("race_ethnicity",), **options):
    question = View("gap", measures, (place,), "", named, tuple(sorted(options.items())))
    return answers.answer(question, ask)


def text(answer):
    return " ".join(answer.reading.sentences)


@pytest.fixture
def ask(starter):
    return asking(starter)


def two_years(first, last, **more):
    """Rows of two groups in two years: (worse, better) of each."""
    return [
        {"people_group": group, "period": year, "value": value, **more}
        for year, pair in (("2010", first), ("2020", last))
        for group, value in zip(("male", "female"), pair, strict=True)
    ]


def test_every_year_has_both_ways_to_state_the_gap(ask):
    answer = gap(ask)
    rows = answer.table.frame
    assert len(rows) == 34
    assert rows["difference"].tolist() == pytest.approx((rows["worse"] - rows["better"]).tolist())
    assert rows["ratio"].tolist() == pytest.approx((rows["worse"] / rows["better"]).tolist())
    assert [chart.title for chart in answer.charts] == [
        "Both groups",
        "Difference between them",
        "Ratio of the two",
    ]


def test_a_difference_that_falls_while_the_ratio_rises_has_a_banner(ask):
    answer = gap(ask)
    assert "The difference got smaller while the ratio got larger" in answer.reading.banner
    assert "the difference got smaller, the ratio got larger" in answer.reading.title
    assert "can't test whether the gap changed" in text(answer)


def test_both_going_one_way_needs_no_banner(ask):
    answer = gap(ask, ("nchs_life_expectancy",), named=("black_nh", "white_nh"))
    assert answer.reading.banner == ""
    assert "the gap got smaller, as a difference and as a ratio" in answer.reading.title
    assert "largest in 2020 (5.9 years)" in text(answer)


def test_a_change_too_small_for_a_word_is_not_called_one(starter):
    rows = two_years((50.0, 40.0), (50.1, 40.0))
    answer = gap(with_rows(starter, rows), named=("sex",))
    assert "The difference hardly changed: from 10.0 to 10.1" in text(answer)


def test_a_change_within_chance_may_not_have_happened(starter):
    rows = two_years((50.0, 40.0), (53.0, 40.0), standard_error=2.0)
    answer = gap(with_rows(starter, rows), named=("sex",))
    assert "the gap may not have changed" in answer.reading.title
    assert "chance alone could make such a change" in text(answer)
    assert answer.reading.banner == ""


def test_a_sure_change_has_bands_and_no_doubt(starter):
    rows = two_years((50.0, 40.0), (80.0, 40.0), standard_error=1.0)
    answer = gap(with_rows(starter, rows), named=("sex",))
    assert "the gap got larger" in answer.reading.title
    assert [mark.shape for mark in answer.charts[1].marks] == ["band", "line"]


def test_a_group_that_overtakes_the_other_turns_the_difference_below_zero(starter):
    rows = two_years((30.0, 40.0), (50.0, 40.0))
    found = gap(with_rows(starter, rows), named=("sex",)).table.frame
    assert found["difference"].tolist() == [-10.0, 10.0]


def test_one_period_is_refused(ask):
    answer = gap(ask, ("nci_cancer_deaths",), "42101", ("sex",))
    assert [breach.rule for breach in answer.verdict.breaches] == ["one period"]


def test_years_that_may_not_be_compared_are_refused(starter):
    rows = two_years((50.0, 40.0), (80.0, 40.0))
    answer = gap(with_rows(starter, rows, periods="not comparable"), named=("sex",))
    assert [breach.rule for breach in answer.verdict.breaches] == ["years not comparable"]


def test_of_periods_that_share_days_the_newest_are_kept():
    held = pd.DataFrame(
        [
            ("2010-2014", pd.Timestamp(2010, 1, 1), pd.Timestamp(2015, 1, 1)),
            ("2014-2018", pd.Timestamp(2014, 1, 1), pd.Timestamp(2019, 1, 1)),
            ("2015-2019", pd.Timestamp(2015, 1, 1), pd.Timestamp(2020, 1, 1)),
        ],
        columns=["period", "starts", "ends"],
    )
    assert view.apart(held) == ["2015-2019", "2010-2014"]


def test_both_groups_in_one_period_only_is_said(starter):
    rows = two_years((50.0, 40.0), (80.0, None))
    with pytest.raises(Problem, match="in one period only"):
        gap(with_rows(starter, rows), named=("sex",))
