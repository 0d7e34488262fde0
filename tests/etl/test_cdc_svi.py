"""Social Vulnerability Index, editions 2018 and 2022."""

import pytest

from etl.reading import WrongFile
from etl.sources import cdc_svi, measure_table
from tests.etl.golden import GOLDEN, one, transformed

OLD, NEW = "2014-2018", "2018-2022"


@pytest.fixture(scope="module")
def found():
    return transformed("cdc_svi")


def test_percentage_has_its_margin_and_count(found):
    poverty = one(found, "svi_poverty", "01001", OLD)
    assert (poverty["value"], poverty["numerator"], poverty["level"]) == (15.4, 8422, 0.90)
    assert poverty["low"] == pytest.approx(13.3)
    assert poverty["high"] == pytest.approx(17.5)
    assert poverty["standard_error"] == pytest.approx(2.1 / 1.645)


def test_count_has_its_own_margin(found):
    poor = one(found, "svi_poverty_number", "01001", OLD)
    assert (poor["value"], poor["low"], poor["high"], poor["level"]) == (8422, 7285, 9559, 0.90)
    assert poor["standard_error"] == pytest.approx(1137 / 1.645)


def test_count_that_is_not_available_is_not_published(found):
    rio_arriba = one(found, "svi_poverty_number", "35039", OLD)
    assert rio_arriba["status"] == "not published"
    assert rio_arriba[["value", "low", "high", "standard_error"]].isna().all()


def test_count_without_a_margin_stays_a_count(found):
    quarters = one(found, "svi_group_quarters_number", "11001", NEW)
    assert (quarters["value"], quarters["status"]) == (39000, "reported")
    assert quarters[["low", "high", "standard_error"]].isna().all()


def test_each_group_of_people_has_its_count(found):
    black = one(found, "svi_race_ethnicity_number", "11001", NEW, "black_nh")
    assert (black["value"], black["low"], black["high"]) == (295000, 293100, 296900)


def test_counts_say_what_they_count_and_are_never_good_bad_or_ranked():
    words = measure_table("cdc_svi").set_index("measure_id")
    counts = words[words.index.str.endswith("_number")]
    percentages = [*cdc_svi.PERCENTAGES.values(), "svi_race_ethnicity"]
    assert sorted(counts.index) == sorted(f"{measure_id}_number" for measure_id in percentages)
    assert set(counts["unit"]) == {"people", "households", "housing units"}
    assert set(counts["better"]) == {"neither"}
    assert not counts["may_rank"].any()
    assert counts["title"].str.contains("number").all()
    # The profile and the map show the percentage of a concept, and the count where it is asked for.
    assert list(counts["concept"]) == list(counts.index.str.removesuffix("_number"))


def test_margin_that_an_edition_lost_is_refused(tmp_path):
    golden = (GOLDEN / "cdc_svi" / "SVI_2018_US_county.csv").read_text("utf-8")
    (tmp_path / "SVI_2018_US_county.csv").write_text(golden.replace(",M_POV", ",MARGIN_POV"))
    with pytest.raises(WrongFile, match="line 1, column M_POV: This column is missing"):
        cdc_svi.transform(tmp_path)


def test_interval_of_a_share_does_not_go_below_zero(found):
    assert one(found, "svi_group_quarters", "01001", OLD)["low"] == 0


def test_code_that_lost_its_zero_is_put_right(found):
    assert one(found, "svi_overall_rank", "01001", OLD)["value"] == 0.4354


@pytest.mark.parametrize(
    "measure_id",
    ["svi_poverty", "svi_income_per_person", "svi_socioeconomic_rank", "svi_overall_rank"],
)
def test_value_that_is_not_available_is_not_published(found, measure_id):
    rio_arriba = one(found, measure_id, "35039", OLD)
    assert rio_arriba["status"] == "not published"
    assert rio_arriba[["value", "low", "high", "standard_error"]].isna().all()
    assert rio_arriba["line"] == 2


def test_other_values_of_the_same_county_stay(found):
    assert one(found, "svi_household_rank", "35039", OLD)["value"] == 0.8758


def test_value_without_a_margin_stays_a_value(found):
    quarters = one(found, "svi_group_quarters", "11001", NEW)
    assert (quarters["value"], quarters["status"]) == (5.8, "reported")
    assert quarters[["low", "high", "standard_error"]].isna().all()


def test_groups_of_people_of_the_newer_edition(found):
    assert one(found, "svi_race_ethnicity", "11001", NEW, "black_nh")["value"] == 44


def test_what_an_edition_lacks_has_no_row(found):
    new = found[found["period"].eq(NEW)]
    assert not set(new["measure_id"]) & {"svi_poverty", "svi_income_per_person"}


def test_no_measure_may_be_compared_between_editions():
    words = measure_table("cdc_svi")
    assert set(words["periods"]) == {"not comparable"}
    assert words["periods_note"].str.contains("edition").all()


def test_unknown_code_is_refused_with_line_and_column(tmp_path):
    golden = (GOLDEN / "cdc_svi" / "SVI_2018_US_county.csv").read_text("utf-8")
    (tmp_path / "SVI_2018_US_county.csv").write_text(golden.replace("15.4,2.1", "-888,2.1"))
    with pytest.raises(WrongFile, match="line 3, column EP_POV: Expected a number or -999"):
        cdc_svi.transform(tmp_path)


def test_missing_ranks_are_refused(tmp_path):
    (tmp_path / "SVI_2018_US_county.csv").write_text("FIPS,E_TOTPOP\n01001,55200\n")
    with pytest.raises(WrongFile, match="column RPL_THEMES: This column is missing"):
        cdc_svi.transform(tmp_path)
