"""A map says what its numbers say: who has one, who not and why, and nothing about causes."""

from functools import partial

import pandas as pd
import pytest

from equity import county_map as view
from equity import database
from equity.errors import Problem


@pytest.fixture
def poverty(starter):
    return view.counties(
        partial(database.ask, starter), measure="acs_poverty", period="2015-2019", group="everyone"
    )


@pytest.fixture
def cancer(starter):
    return view.counties(
        partial(database.ask, starter),
        measure="nci_cancer_deaths",
        period="1999-2003",
        group="female",
    )


def test_every_county_of_the_vintage_has_a_row(cancer):
    assert len(cancer.table) == 3142 + 78
    assert cancer.table["place_id"].is_monotonic_increasing


def test_a_county_without_a_row_is_not_published_and_a_withheld_one_is_suppressed(cancer):
    statuses = cancer.table.set_index("place_id")["status"]
    assert statuses["15003"] == "not published"
    assert (statuses == "suppressed").sum() == 62
    assert cancer.table.loc[cancer.table["status"].ne("reported"), "value"].isna().all()


def test_the_sentences_count_who_is_missing_and_why(cancer):
    known = int(cancer.table["value"].notna().sum())
    first = view.read(cancer)[0]
    assert first.startswith(f"{known:,} of 3,142 counties have a number")
    assert "withheld for 62" in first
    assert "no data for 105" in first
    assert "Puerto Rico is not in this source." in first


def test_the_chosen_county_is_read_with_value_interval_grade_and_ties(cancer):
    said = view.county(cancer, "06037")
    row = cancer.table.set_index("place_id").loc["06037"]
    assert f"{row['value']:.1f} (95% interval {row['low']:.1f} to {row['high']:.1f}; solid)" in said
    known = cancer.table.dropna(subset="value")
    higher = (known["value"].round(1) > round(row["value"], 1)).sum()
    assert f"Rank {higher + 1:,} of {len(known):,} from the highest, tied with " in said


def test_ties_follow_the_difference_test_recomputed_by_hand(cancer):
    rows = cancer.table.dropna(subset="value")
    mine = rows.set_index("place_id").loc["06037"]
    tied = -1
    for row in rows.itertuples():
        errors = ((row.high - row.low) / 3.92) ** 2 + ((mine["high"] - mine["low"]) / 3.92) ** 2
        tied += abs(row.value - mine["value"]) <= 1.96 * errors**0.5 + 1e-9
    assert f"tied with {tied:,} others" in view.county(cancer, "06037")


def test_a_county_without_a_number_says_why(cancer):
    assert view.county(cancer, "15003") == (
        "Honolulu County, Hawaii: no data. The publisher gives no number for this county."
    )


def test_the_us_value_is_the_published_one(poverty):
    assert poverty.us_value == pytest.approx(13.42, abs=0.005)
    assert "The value for the whole country, added up from the counties, is 13.4%." in view.read(
        poverty
    )


def test_a_measure_that_must_not_be_ranked_has_no_rank_and_no_us_value(starter):
    codes = view.counties(
        partial(database.ask, starter), measure="rucc_code", period="2013", group="everyone"
    )
    assert view.rank_text(codes, 5) == view.NO_RANK
    assert codes.us_value is None
    assert view.draw(codes, view.classes_of(codes, method="quantiles", count=5))["mayRank"] is False


def test_no_sentence_speaks_of_causes(poverty, cancer):
    for asked in (poverty, cancer):
        text = " ".join(view.read(asked, place="06037", state="51")).lower()
        assert not any(
            word in text for word in ("cause", "because", "due to", "leads to", "effect")
        )


def test_breaks_stay_the_same_in_every_year(starter):
    made = [
        view.classes_of(
            view.counties(
                partial(database.ask, starter),
                measure="pep_death_rate",
                period=year,
                group="everyone",
            ),
            method="quantiles",
            count=5,
        )
        for year in ("2011", "2015", "2019")
    ]
    assert made[0] == made[1] == made[2]


def test_every_value_is_inside_the_printed_bounds_of_its_class(poverty):
    classes = view.classes_of(poverty, method="quantiles", count=5)
    assert len(view.labels(poverty, classes)) == classes.count
    assert view.labels(poverty, classes)[0] == f"{classes.breaks[0]:.1f}% or less"


def test_classes_around_the_us_value_need_one(starter, poverty, cancer):
    assert 13.4 in view.classes_of(poverty, method="around the US value", count=5).breaks
    assert view.classes_of(cancer, method="around the US value", count=5).benchmark is None


def test_an_unknown_period_is_a_sentence(starter):
    with pytest.raises(Problem, match="hold no measure 'acs_poverty' for '1066'"):
        view.counties(
            partial(database.ask, starter), measure="acs_poverty", period="1066", group="everyone"
        )


def test_a_group_without_county_numbers_is_a_sentence(starter):
    with pytest.raises(Problem, match="no county has a number"):
        view.counties(
            partial(database.ask, starter),
            measure="acs_poverty",
            period="2015-2019",
            group="female",
        )


def test_what_is_sent_at_a_choice_is_small(starter):
    sizes = {}
    for row in database.ask(starter, "map_choices").itertuples():
        asked = view.counties(
            partial(database.ask, starter),
            measure=row.measure_id,
            period=row.period,
            group=row.people_group,
        )
        drawn = view.draw(asked, view.classes_of(asked, method="quantiles", count=5))
        sizes[row.measure_id] = len(pd.io.json.ujson_dumps(drawn))
    assert max(sizes.values()) < 24_000
    assert sorted(sizes.values())[len(sizes) // 2] < 15_000


def choices_of(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "people_group", "counties"])


def test_the_newest_period_that_most_counties_have_opens_first():
    choices = choices_of(
        ("2020-2024", "black", 67),
        ("2019-2023", "everyone", 70),
        ("2015-2019", "everyone", 3220),
        ("2014-2018", "everyone", 3220),
    )
    assert view.opening(choices) == ("2015-2019", "everyone")


def test_a_newer_period_with_a_few_counties_fewer_still_opens_first():
    choices = choices_of(("2022", "everyone", 2417), ("2021", "everyone", 3144))
    assert view.opening(choices) == ("2022", "everyone")


def test_without_everyone_the_first_group_opens():
    choices = choices_of(("2020", "female", 3000), ("2020", "male", 3000))
    assert view.opening(choices) == ("2020", "female")


def test_a_heading_over_few_counties_says_how_few(poverty):
    few = poverty.table.assign(value=poverty.table["value"].where(poverty.table.index < 67))
    said = view.finding(view.Asked(few, poverty.words, poverty.reference, ""))
    assert said.startswith("The middle half of the 67 counties with a number: ")


def test_measures_are_listed_by_domain_then_title_with_outcomes_and_people_last(starter):
    rows = database.ask(starter, "map_choices").drop_duplicates("measure_id")
    assert rows["domain"].drop_duplicates().tolist()[-2:] == ["health outcomes", "people"]
    for _, of_domain in rows.groupby("domain"):
        assert of_domain["title"].str.lower().is_monotonic_increasing


def test_ends_are_not_named_where_numbers_must_not_be_ranked(starter):
    codes = view.counties(
        partial(database.ask, starter), measure="rucc_code", period="2013", group="everyone"
    )
    said = " ".join(view.read(codes, state="51"))
    assert "run from" not in said
    assert said.count("the middle half have") == 2
    few = codes.table.head(view.FEWEST_FOR_HALVES - 1)
    assert view.spread(codes.words, few, where="They") == "They have 3 numbers here."
