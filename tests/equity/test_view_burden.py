"""Share of people against share of the outcome: only where both were counted."""

import pytest

from equity import answers
from equity.view import View
from tests.equity.grouped import asking, with_rows


def burden(ask, measure="nci_cancer_deaths", place="42101", named=("sex",)):
    return answers.answer(View("burden", (measure,), (place,), "", named), ask)


def counts(**of_group):
    """Rows with counts: (events, people) of each group."""
    return [
        {
            "people_group": group,
            "value": 100_000 * events / people,
            "numerator": events,
            "denominator": people,
        }
        for group, (events, people) in of_group.items()
    ]


def test_shares_recomputed_by_hand_with_wilsons_interval(starter):
    ask = with_rows(starter, counts(male=(300, 10_000), female=(100, 10_000)))
    answer = burden(ask)
    rows = answer.table.frame.set_index("title")
    assert rows["people_share"].tolist() == [50.0, 50.0]
    assert rows.loc["Male", "outcome_share"] == 75.0
    z, n, p = 1.959963984540054, 400, 0.75
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    assert rows.loc["Male", "outcome_low"] == pytest.approx(100 * (middle - reach))
    assert "Male has 50.0% of the people and 75.0% of the deaths" in answer.reading.title
    assert [mark.name for mark in answer.charts[0].marks] == ["Share of people", "Share of outcome"]


def test_a_share_within_chance_is_not_called_more_than_fair(starter):
    answer = burden(with_rows(starter, counts(male=(52, 10_000), female=(48, 10_000))))
    assert "we can't tell if any group bears more than its share" in answer.reading.title


def test_without_counts_it_is_refused_and_the_alternative_said(starter):
    answer = burden(asking(starter))
    assert [breach.rule for breach in answer.verdict.breaches] == ["no counts"]
    assert "difference and the ratio" in answer.verdict.breaches[0].instead


def test_groups_that_share_people_are_refused(starter):
    rows = counts(black=(300, 10_000), hispanic=(100, 10_000))
    answer = burden(with_rows(starter, rows), named=("black", "hispanic"))
    assert [breach.rule for breach in answer.verdict.breaches] == ["overlapping groups"]


def test_crude_rates_are_compared_with_care_because_groups_differ_in_age(starter):
    ask = with_rows(starter, counts(male=(300, 10_000), female=(100, 10_000)), adjustment="crude")
    answer = burden(ask)
    assert answer.shown
    assert [breach.rule for breach in answer.verdict.breaches] == ["crude rate"]
    assert "a group with more older people" in answer.verdict.breaches[0].why
