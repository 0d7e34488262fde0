"""Groups of people side by side: who is compared, by how much they differ, and how sure that is."""

import pytest

from equity import answers, splits
from equity.errors import Problem
from equity.view import View
from tests.equity.grouped import asking, with_rows

LIFE = ("nchs_life_expectancy",)
CANCER = ("nci_cancer_deaths",)


def groups(ask, measures=LIFE, place="US", named=("race_ethnicity",), period="", **options):
    view = View("groups", measures, (place,), period, named, tuple(sorted(options.items())))
    return answers.answer(view, ask)


def text(answer):
    return " ".join(answer.reading.sentences)


@pytest.fixture
def ask(starter):
    return asking(starter)


def test_the_published_life_tables_give_difference_and_ratio_together(ask):
    answer = groups(ask, period="2021")
    values = dict(
        zip(answer.table.frame["title"], answer.table.frame["value"].round(1), strict=True)
    )
    assert values["Asian, not Hispanic"] == 83.5
    assert values["American Indian and Alaska Native, not Hispanic"] == 65.6
    assert values["Everyone"] == 76.4
    assert "The difference is 17.9 years." in text(answer)
    assert "The ratio is 1.27." in text(answer)
    assert "can't test" in text(answer)


def test_the_reference_is_the_best_off_group_until_another_is_chosen(ask):
    assert groups(ask).table.columns[-2].title == "Against Asian, not Hispanic"
    chosen = groups(ask, reference="black_nh")
    rows = chosen.table.frame.set_index("title")
    assert chosen.table.columns[-2].title == "Against Black, not Hispanic"
    assert rows.loc["Asian, not Hispanic", "difference"] < 0
    assert (
        rows.loc["Black, not Hispanic", "difference"]
        != rows.loc["Black, not Hispanic", "difference"]
    )


def test_everyone_may_be_the_reference_and_the_sentence_says_they_are_part_of_it(ask):
    answer = groups(ask, named=("sex",), reference="everyone")
    assert "Male and Everyone" in answer.reading.title
    assert "Each group is a part of the whole" in text(answer)


def test_groups_that_share_people_are_left_out_and_said(ask):
    answer = groups(ask, period="2017")
    assert set(answer.table.frame["title"]) == {
        "Hispanic or Latino",
        "White, not Hispanic",
        "Black, not Hispanic",
        "Everyone",
    }
    assert "Left out: White (shares people with Hispanic or Latino and" in text(answer)


def test_naming_groups_that_share_people_is_refused_with_the_legal_alternative(ask):
    answer = groups(ask, named=("black", "hispanic"), period="2010")
    assert not answer.shown
    assert [breach.rule for breach in answer.verdict.breaches] == ["overlapping groups"]
    assert answer.verdict.breaches[0].alternative.groups == ("race_ethnicity",)


def test_groups_may_be_compared_within_one_part_of_joined_groups(ask):
    answer = groups(ask, named=("sex",), among="black_nh")
    assert "within the group “Black, not Hispanic”" in answer.reading.subtitle
    assert set(answer.table.frame["title"]) == {"Female", "Male", "Black, not Hispanic, all groups"}


def test_where_only_joined_groups_are_there_the_first_part_is_held(ask):
    answer = groups(ask, ("nchs_deaths_cancer",), named=("urban_rural",))
    assert "within the group Female" in answer.reading.subtitle
    assert "The difference is" in text(answer)
    assert "95% interval" in text(answer)


def test_interval_of_the_difference_recomputed_by_hand(ask):
    rows = groups(ask, CANCER, "42101", ("sex",)).table.frame.set_index("title")
    male, female = rows.loc["Male"], rows.loc["Female"]
    gap = male["value"] - female["value"]
    error = (male["standard_error"] ** 2 + female["standard_error"] ** 2) ** 0.5
    assert male["difference"] == pytest.approx(gap)
    assert male["difference_low"] == pytest.approx(gap - 1.959963984540054 * error)
    assert male["ratio"] == pytest.approx(male["value"] / female["value"])
    assert male["verdict"] == "different"


def test_a_shaky_group_is_shown_hollow_and_not_compared(starter):
    ask = with_rows(
        starter,
        [
            {"people_group": "black_nh", "value": 40.0, "standard_error": 2.0},
            {"people_group": "white_nh", "value": 20.0, "standard_error": 2.0},
            {
                "people_group": "asian_nh",
                "value": 90.0,
                "standard_error": 40.0,
                "grade": "too shaky to compare",
            },
        ],
    )
    answer = groups(ask, CANCER)
    assert "Too shaky to compare, so shown but not compared: Asian, not Hispanic." in text(answer)
    assert answer.charts[0].marks[0].hollow == (False, False, True)
    assert "The difference is 20.0" in text(answer)


def test_a_withheld_group_is_named_and_never_zero(starter):
    rows = [
        {"people_group": "black_nh", "value": 40.0, "standard_error": 2.0},
        {"people_group": "white_nh", "value": 20.0, "standard_error": 2.0},
        {"people_group": "aian_nh", "value": None},
    ]
    answer = groups(with_rows(starter, rows), CANCER)
    assert (
        "No number for: American Indian and Alaska Native, not Hispanic (withheld to protect"
        in text(answer)
    )
    assert len(answer.table.frame) == 2


def test_a_gap_within_chance_is_not_called_one(starter):
    rows = [
        {"people_group": "female", "value": 20.0, "standard_error": 5.0},
        {"people_group": "male", "value": 24.0, "standard_error": 5.0},
    ]
    answer = groups(with_rows(starter, rows), CANCER, named=("sex",))
    assert "we can't tell if the groups differ" in answer.reading.title
    assert "chance alone could make such a gap" in text(answer)


def test_groups_picked_for_lying_far_apart_are_tested_more_strictly(starter):
    rows = [
        {"people_group": "black_nh", "value": 26.0, "standard_error": 2.0},
        {"people_group": "white_nh", "value": 20.0, "standard_error": 2.0},
        {"people_group": "asian_nh", "value": 23.0, "standard_error": 2.0},
        {"people_group": "hispanic", "value": 23.0, "standard_error": 2.0},
    ]
    answer = groups(with_rows(starter, rows), CANCER)
    assert "picked for lying far apart among six pairs" in text(answer)
    named = groups(with_rows(starter, rows), CANCER, named=("black_nh", "white_nh"))
    assert "larger than chance alone" in text(named)


def test_a_measure_without_a_good_direction_is_refused(starter):
    rows = [{"people_group": "female", "value": 40.0}, {"people_group": "male", "value": 38.0}]
    answer = groups(with_rows(starter, rows, better="neither"), CANCER, named=("sex",))
    assert answer.verdict.breaches[0].rule == "no good direction"


def test_one_group_alone_is_no_comparison(starter):
    ask = with_rows(starter, [{"people_group": "black", "value": 26.0}])
    with pytest.raises(Problem, match="no two groups by race and ethnicity to compare"):
        groups(ask, CANCER)


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        (("white", "black", "hispanic"), {"white", "black"}),
        (
            ("white", "black", "hispanic", "white_nh", "black_nh"),
            {"white_nh", "black_nh", "hispanic"},
        ),
        (("age_under_65", "age_15_24", "age_25_34"), {"age_15_24", "age_25_34"}),
    ],
)
def test_as_many_groups_as_can_be_share_nobody(starter, held, kept):
    rows = asking(starter)("groups_named", groups=held)
    rows = rows.rename(columns={"people_group": "group", "position": "group_position"})
    assert set(splits.exclusive(rows)) == kept
