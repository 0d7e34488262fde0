"""Deaths from violence and overdose by county."""

import pytest

from etl.reading import WrongFile
from etl.sources.cdc_injury_mapping import transform
from tests.etl.golden import one, transformed

HOMICIDES = "cdc_injury_gun_homicides"
TTM = "2024-01..2024-12"


def test_rate_has_the_deaths_it_rests_on_and_their_interval():
    rate = one(transformed("cdc_injury_mapping"), HOMICIDES, "01003", "2019")
    assert (rate["value"], rate["numerator"], rate["status"]) == (6.0, 16, "reported")
    # 16 deaths: exact Poisson limits 9.1454 and 25.9830
    assert rate["low"] == pytest.approx(6 * 9.1454 / 16, abs=0.001)
    assert rate["high"] == pytest.approx(6 * 25.9830 / 16, abs=0.001)


def test_modelled_rate_of_one_to_nine_deaths_is_suppressed():
    for place_id, period in (("01001", TTM), ("56011", "2019")):
        rate = one(transformed("cdc_injury_mapping"), HOMICIDES, place_id, period)
        assert rate["status"] == "suppressed"
        assert rate[["value", "low", "high", "numerator"]].isna().all()


def test_no_deaths_are_zero_and_not_missing():
    rate = one(transformed("cdc_injury_mapping"), HOMICIDES, "01027", TTM)
    assert (rate["value"], rate["numerator"], rate["status"]) == (0, 0, "reported")


def test_withheld_count_keeps_its_rate_without_an_interval():
    rate = one(transformed("cdc_injury_mapping"), HOMICIDES, "28051", "2019")
    assert (rate["value"], rate["status"]) == (67.3, "reported")
    assert rate[["numerator", "low", "high", "level"]].isna().all()


def test_newest_twelve_months_are_a_period_of_months():
    assert one(transformed("cdc_injury_mapping"), HOMICIDES, "06037", TTM)["numerator"] == 1411


def test_columns_as_the_api_names_them(tmp_path):
    (tmp_path / "county.csv").write_text(
        "geoid,st_geoid,name,st_name,intent,period,count_sup,rate,rate_m,ttm_date_range,data_as_of\n"
        "01001,01,Autauga County,Alabama,Drug_OD,2023,25,42.1,41.9,,2025-06-01\n"
    )
    rate = one(transform(tmp_path), "cdc_injury_overdoses", "01001", "2023")
    assert (rate["value"], rate["numerator"]) == (42.1, 25)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("2019,Guns,12,3.4,", "line 2, column intent: Unknown intent 'Guns'"),
        ("2019,Drug_OD,few,3.4,", "line 2, column count: Expected a number, found 'few'"),
        ("2019,Drug_OD,12,x,", "line 2, column rate: Expected a number, found 'x'"),
        ("TTM,Drug_OD,12,1,last year", "Expected months, found 'last year'"),
    ],
)
def test_unknown_words_are_refused(tmp_path, cells, message):
    (tmp_path / "county.csv").write_text(
        f"Period,Intent,Count,Rate,TTM_Date_Range,GEOID\n{cells},01001\n"
    )
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
