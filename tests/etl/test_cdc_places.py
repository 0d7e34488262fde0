"""CDC PLACES, wide and long."""

import pytest

from etl.reading import WrongFile
from etl.sources import cdc_places, measure_table
from tests.etl.golden import GOLDEN, one, transformed

WIDE = "PLACES__County_Data__GIS_Friendly_Format___2024_release.csv"
LONG = "PLACES_county_long_2025_release.csv"


def changed(folder, name: str, old: str, new: str) -> None:
    golden = (GOLDEN / "cdc_places" / name).read_text()
    assert old in golden
    (folder / name).write_text(golden.replace(old, new))


def test_wide_value_has_its_interval_and_the_year_of_the_survey():
    blood_pressure = one(transformed("cdc_places"), "places_bphigh_crude", "46135", "2021")
    assert blood_pressure["value"] == 34.0
    assert (blood_pressure["low"], blood_pressure["high"]) == (30.7, 37.6)
    assert blood_pressure["level"] == 0.95
    assert blood_pressure["standard_error"] == pytest.approx((37.6 - 30.7) / 3.919928)
    assert blood_pressure["line"] == 2


def test_interval_with_spaces_and_a_mis_cased_column_are_read():
    stamps = one(transformed("cdc_places"), "places_foodstamp_adjusted", "40061", "2022")
    assert (stamps["value"], stamps["low"], stamps["high"]) == (26, 6.2, 30.2)
    assert one(transformed("cdc_places"), "places_foodstamp_crude", "40061", "2022")["low"] == 21.5


def test_what_a_state_did_not_ask_is_not_collected():
    stamps = one(transformed("cdc_places"), "places_foodstamp_crude", "46135", "2022")
    assert stamps["status"] == "not collected"
    assert stamps[["value", "low", "high", "level"]].isna().all()


def test_county_with_fewer_than_50_adults_is_suppressed_in_both_forms():
    found = transformed("cdc_places")
    assert one(found, "places_bphigh_crude", "48301", "2021")["status"] == "suppressed"
    assert one(found, "places_ghlth_adjusted", "48301", "2023")["status"] == "suppressed"


def test_nation_of_the_long_form_is_the_nation_not_county_00059():
    lonely = one(transformed("cdc_places"), "places_loneliness_crude", "US", "2023")
    assert (lonely["value"], lonely["low"], lonely["high"]) == (33.1, 32.6, 33.6)
    assert not transformed("cdc_places")["place_id"].str.endswith("059").any()


def test_newer_release_counts_where_two_have_the_same_measure_and_year():
    found = transformed("cdc_places")
    assert one(found, "places_dental_crude", "40061", "2022")["value"] == 58.5
    assert one(found, "places_dental_adjusted", "40061", "2022")["value"] == 52
    older = found[found["measure_id"].eq("places_dental_crude") & found["place_id"].eq("46135")]
    assert older.empty


@pytest.mark.parametrize(
    ("name", "release", "year"),
    [
        ("diabetes", 2024, 2022),
        ("bphigh", 2024, 2021),
        ("bpmed", 2020, 2017),
        ("dental", 2025, 2022),
        ("sleep", 2023, 2020),
        ("highchol", 2025, 2023),
        ("colon_screen", 2020, 2018),
    ],
)
def test_year_of_the_survey_depends_on_when_the_question_is_asked(name, release, year):
    assert cdc_places.survey_year(name, release) == year


def test_whole_long_file_without_a_states_counties_says_not_collected(monkeypatch):
    monkeypatch.setattr(cdc_places, "COUNTIES_OF_A_WHOLE_FILE", 3)
    found = transformed("cdc_places")
    pike = one(found, "places_ghlth_adjusted", "21195", "2023")
    assert pike["status"] == "not collected"
    assert one(found, "places_dental_crude", "21195", "2022")["status"] == "reported"


def test_part_of_a_long_file_says_nothing_of_what_it_lacks():
    found = transformed("cdc_places")
    assert found[found["measure_id"].eq("places_ghlth_adjusted")]["place_id"].tolist() == [
        "40061",
        "48301",
    ]


def test_every_measure_is_crude_and_adjusted_with_one_concept_and_may_not_be_misused():
    measures = measure_table("cdc_places")
    assert measures.groupby("concept")["adjustment"].agg(set).eq({"crude", "age-adjusted"}).all()
    assert len(measures) == 2 * 45
    assert not measures["may_rank"].any()
    assert measures["periods"].eq("not comparable").all()
    assert measures["model_inputs"].str.len().eq(5).all()
    assert measures["short_title"].str.len().le(28).all()
    assert measures["short_title"].is_unique
    assert measures["title"].is_unique


def test_interval_that_is_none_is_refused(tmp_path):
    changed(tmp_path, WIDE, "(30.7, 37.6)", "30.7 to 37.6")
    with pytest.raises(WrongFile, match="line 2, column bphigh_crude95ci: Expected an interval"):
        cdc_places.transform(tmp_path)


def test_value_without_interval_is_refused(tmp_path):
    changed(tmp_path, WIDE, '34.0,"(30.7, 37.6)"', "34.0,")
    with pytest.raises(WrongFile, match="line 2, column bphigh_crude95ci: A value without"):
        cdc_places.transform(tmp_path)


def test_unknown_footnote_of_an_empty_value_is_refused(tmp_path):
    changed(tmp_path, LONG, ",*,Estimates", ",!,Estimates")
    with pytest.raises(
        WrongFile, match="line 6, column data_value_footnote_symbol: Unknown marker"
    ):
        cdc_places.transform(tmp_path)


def test_empty_value_without_a_footnote_is_refused(tmp_path):
    changed(tmp_path, LONG, "58.5,,", ",,")
    with pytest.raises(WrongFile, match="line 3, column data_value_footnote_symbol"):
        cdc_places.transform(tmp_path)


def test_missing_interval_column_is_refused(tmp_path):
    changed(tmp_path, WIDE, "DENTAL_Adj95CI", "DENTAL_Adj95")
    with pytest.raises(WrongFile, match="column dental_adj95ci: This column is missing"):
        cdc_places.transform(tmp_path)


def test_file_name_without_its_release_is_refused(tmp_path):
    (tmp_path / "PLACES.csv").write_text((GOLDEN / "cdc_places" / WIDE).read_text())
    with pytest.raises(WrongFile, match="does not say which release"):
        cdc_places.transform(tmp_path)
