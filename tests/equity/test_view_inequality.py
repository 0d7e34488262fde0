"""Which measure of inequality fits: with weights and without, by another reference, and why the rest do not apply."""

import pytest

from equity import answers
from equity.view import View
from tests.equity.grouped import asking, with_rows

FOUR = (
    {"people_group": "hispanic", "value": 10.0, "standard_error": 0.5, "denominator": 400},
    {"people_group": "white_nh", "value": 12.0, "standard_error": 0.5, "denominator": 1000},
    {"people_group": "black_nh", "value": 20.0, "standard_error": 0.5, "denominator": 500},
    {"people_group": "aian_nh", "value": 24.0, "standard_error": 0.5, "denominator": 100},
)


def inequality(
    ask, measure="nci_cancer_deaths", place="US", named=("race_ethnicity",), period="", **options
):
    view = View("inequality", (measure,), (place,), period, named, tuple(sorted(options.items())))
    return answers.answer(view, ask)


def text(answer):
    return " ".join(answer.reading.sentences)


def values(answer):
    return answer.table.frame.set_index("code")["value"]


@pytest.fixture
def ask(starter):
    return asking(starter)


def test_weighted_and_unweighted_recomputed_by_hand(starter):
    answer = inequality(with_rows(starter, list(FOUR)))
    found = values(answer)
    mean = (10 * 400 + 12 * 1000 + 20 * 500 + 24 * 100) / 2000
    heavy = (
        400 * abs(10 - mean) + 1000 * abs(12 - mean) + 500 * abs(20 - mean) + 100 * abs(24 - mean)
    ) / 2000
    plain = sum(abs(value - mean) for value in (10, 12, 20, 24)) / 4
    assert found["mdmw"] == pytest.approx(heavy)
    assert found["mdmu"] == pytest.approx(plain)
    assert found["d"] == pytest.approx(14.0)
    assert found["r"] == pytest.approx(2.4)
    assert f"groups lie {heavy:.1f} deaths" in text(answer)
    assert f"counting each group once, {plain:.1f} deaths" in text(answer)


def test_four_groups_without_an_order_fit_four_measures(starter):
    answer = inequality(with_rows(starter, list(FOUR)))
    rows = answer.table.frame
    assert rows[rows["fits"].eq("best")]["code"].tolist() == ["d", "r", "mdmw", "idisw"]
    assert "four groups without an order from worse to better off" in text(answer)
    assert "chance alone would still make it about" in text(answer)


def test_every_measure_has_a_row_and_those_that_do_not_apply_a_reason(starter):
    rows = inequality(with_rows(starter, list(FOUR))).table.frame.set_index("code")
    assert len(rows) == 26
    assert rows.loc["sii", "fits"] == "does not apply"
    assert "no full order" in rows.loc["sii", "note"]
    assert rows.loc[rows["fits"].eq("does not apply"), "value"].isna().all()


def test_two_groups_need_only_difference_and_ratio(ask):
    answer = inequality(ask, place="42101", named=("sex",))
    assert "the difference and the ratio say all there is" in text(answer)
    rows = answer.table.frame
    assert rows[rows["fits"].eq("best")]["code"].tolist() == ["d", "r"]


def test_without_counts_of_people_no_weighted_measure_is_given(ask):
    answer = inequality(ask, "nchs_life_expectancy", period="2023")
    assert "How many people each group has is not known here" in text(answer)
    rows = answer.table.frame.set_index("code")
    assert rows.loc["mdmw", "fits"] == "does not apply"
    assert rows.loc["mdmu", "value"] > 0


def test_residents_of_another_year_are_said_to_be_that(ask):
    answer = inequality(ask, "nchs_life_expectancy", period="2017")
    assert "in 2017 the mix may have been another" in text(answer)
    assert values(answer)["mdmw"] > 0


def test_residents_do_not_stand_for_births_or_one_sex(ask):
    within = inequality(ask, "nchs_life_expectancy", period="2017", among="female")
    assert "How many people each group has is not known here" in text(within)
    babies = inequality(ask, "nchs_infant_mortality_by_mother")
    assert "How many people each group has is not known here" in text(babies)


def test_the_answer_is_drawn_for_every_reference(starter):
    answer = inequality(with_rows(starter, list(FOUR)))
    dots = answer.charts[0].marks[0]
    assert dots.x == (14.0, 12.0, 4.0, -4.0)
    assert dots.y[0] == "Against Hispanic or Latino (best off)"
    assert dots.y[-1].endswith(": Black, not Hispanic")
    assert "14.0 deaths per 100,000 people a year worse; set against" in text(answer)


def test_a_chosen_reference_opens_the_measures_from_a_chosen_group(starter):
    ask = with_rows(starter, list(FOUR))
    assert "mdru" not in values(inequality(ask)).dropna()
    chosen = values(inequality(ask, reference="white_nh"))
    assert chosen["mdru"] == pytest.approx((2 + 0 + 8 + 12) / 4)


def test_ordered_groups_fit_a_slope(starter):
    rows = [
        {"people_group": code, "value": value, "standard_error": 0.5, "denominator": 100}
        for code, value in (("income_to_138", 30.0), ("income_138_400", 12.0))
    ]
    answer = inequality(with_rows(starter, rows), named=("income",))
    assert answer.table.frame["code"].tolist()[:4] == ["d", "r", "sii", "rii"]


def test_the_open_tables_name_the_fitting_and_the_refused(starter):
    best, refused = inequality(with_rows(starter, list(FOUR))).more
    assert best.printed()["Measure"].tolist()[:2] == ["Difference", "Ratio"]
    assert "Slope index of inequality" in " ".join(refused.printed()["Measure"])
