"""CDC WONDER, exported by hand."""

import pytest

from etl.reading import WrongFile
from etl.sources import measure_table
from etl.sources.cdc_wonder import transform
from tests.etl.golden import GOLDEN, one, transformed

FOLDER = GOLDEN / "cdc_wonder"
BREAST, CANCER = "wonder_{}_c50_bridged", "wonder_{}_c00_c97_bridged"


def breast(kind, place_id):
    return one(transformed("cdc_wonder"), BREAST.format(kind), place_id, "1999-2016", "female")


def cancer(kind, group):
    return one(transformed("cdc_wonder"), CANCER.format(kind), "US", "2020", group)


def test_years_cause_and_sex_come_from_the_footer():
    rate = breast("adjusted", "01001")
    assert (rate["value"], rate["status"], rate["line"]) == (24.3, "reported", 2)
    assert (rate["numerator"], rate["denominator"]) == (122, 471_307)
    # 122 deaths: exact Poisson limits 101.3135 and 145.6691
    assert rate["low"] == pytest.approx(24.3 * 101.3135 / 122, abs=0.001)
    assert rate["high"] == pytest.approx(24.3 * 145.6691 / 122, abs=0.001)


def test_number_of_deaths_is_a_measure_of_its_own():
    assert breast("deaths", "01001")["value"] == 122


def test_suppressed_has_no_value_and_says_so():
    for kind in ("deaths", "crude", "adjusted"):
        row = breast(kind, "01027")
        assert row["status"] == "suppressed"
        assert row[["value", "low", "high", "numerator"]].isna().all()


def test_unreliable_beside_a_value_keeps_the_value():
    rate = breast("crude", "02261")
    assert (rate["value"], rate["status"], rate["numerator"]) == (15.8, "unreliable", 13)


def test_missing_is_not_published():
    assert breast("deaths", "48301")["status"] == "not published"
    assert breast("crude", "48301")["status"] == "not published"


def test_old_codes_are_renewed_ended_areas_and_totals_left_out():
    places = set(transformed("cdc_wonder")["place_id"])
    assert "46102" in places
    assert not {"46113", "51515"} & places
    assert not transformed("cdc_wonder")["value"].eq(740_466).any()


def test_race_origin_sex_and_age_make_one_group():
    row = cancer("deaths", "black_nh+male+age_60_64")
    assert (row["value"], row["status"]) == (15, "reported")
    assert cancer("crude", "black_nh+male+age_60_64")["status"] == "unreliable"
    assert cancer("deaths", "white+hispanic_origin+female+age_under_1")["status"] == "suppressed"
    assert cancer("deaths", "white+hispanic_origin_not_stated+male+age_100_over")["value"] == 39


def test_zero_deaths_are_zero_and_their_rate_is_unreliable():
    assert cancer("deaths", "asian_pacific_nh+female+age_1_4")["value"] == 0
    rate = cancer("crude", "asian_pacific_nh+female+age_1_4")
    assert (rate["status"], rate["numerator"]) == ("unreliable", 0)
    assert rate[["value"]].isna().all()


def test_a_rate_without_population_is_not_published():
    rate = cancer("crude", "white+hispanic_origin_not_stated+male+age_100_over")
    assert rate["status"] == "not published"


def test_one_to_nine_deaths_are_never_shown():
    row = cancer("deaths", "white+hispanic_origin_not_stated+male+age_not_stated")
    assert row["status"] == "suppressed"
    assert row[["value", "numerator"]].isna().all()


def test_csv_with_byte_order_mark_and_new_names_of_columns():
    found = transformed("cdc_wonder")
    rate = one(found, "wonder_crude_u07_1", "36047", "2022", "black+male")
    assert (rate["value"], rate["low"], rate["high"]) == (32.9, 27.1, 38.6)
    few = one(found, "wonder_crude_i25_9", "36047", "2022", "asian+male")
    assert (few["value"], few["status"]) == (19.0, "unreliable")


def test_births_of_years_in_a_row():
    births = one(transformed("cdc_wonder"), "wonder_births", "01", "2018-2019", "aian_nh")
    assert births["value"] == 151


def test_measures_are_those_of_the_exports():
    words = measure_table("cdc_wonder", [FOLDER]).set_index("measure_id")
    title = words.loc[BREAST.format("adjusted"), "title"]
    assert title == "Deaths per 100,000, age-adjusted: breast cancer (races bridged)"
    assert words.loc["wonder_crude_u07_1", "short_title"] == "COVID-19"
    assert words.loc["wonder_crude_i25_9", "short_title"] == "ICD-10 I25.9"
    assert (words["short_title"].str.len() <= 28).all()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("births.txt", '"---"', "", "no CDC WONDER export, or it is cut short"),
        ("births.txt", "Natality, 2016", "Cancer, 2016", "data set 'Cancer, 2016-2022 expanded'"),
        ("births.txt", "Year: 2018", "Year: 2016", "Expected years in a row"),
        ("births.txt", '"White"', '"Green"', "line 3, column Race: Unknown words 'Green'"),
        ("births.txt", "151", "many", "line 2, column Births: Expected a number, found 'many'"),
        ("births.txt", '"Year: ', '"Weekday: Monday"\r\n"Year: ', "narrowed to Weekday: 'Monday'"),
        ("compressed.txt", "Age Adjusted", "Birth", "column 'Birth Rate' is not one"),
        ("compressed.txt", '"Total"', '"Sum"', "line 8, column Notes: Unknown note 'Sum'"),
        ("national.txt", "1-4 years", "Young", "Unknown ages 'Young'"),
    ],
)
def test_what_we_cannot_use_is_refused(tmp_path, file, old, new, message):
    content = (FOLDER / file).read_bytes().decode().replace(old, new)
    (tmp_path / file).write_bytes(content.encode())
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
