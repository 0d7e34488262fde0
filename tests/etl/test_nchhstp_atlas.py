"""AtlasPlus, exported by hand."""

from itertools import product

import pytest

from etl.reading import WrongFile
from etl.sources.nchhstp_atlas import transform
from tests.etl.golden import GOLDEN, one, transformed

FOLDER = GOLDEN / "nchhstp_atlas"


def prevalence(place_id, ending="rate"):
    return one(transformed("nchhstp_atlas"), f"atlas_hiv_prevalence_{ending}", place_id, "2022")


def test_number_and_rate_are_two_measures():
    assert prevalence("06037", "cases")["value"] == 50_991
    rate = prevalence("06037")
    assert (rate["value"], rate["numerator"], rate["status"]) == (611.5, 50_991, "reported")
    # 17 people: exact Poisson limits 9.9031 and 27.2186
    assert prevalence("48505")["low"] == pytest.approx(158 * 9.9031 / 17, abs=0.01)
    assert prevalence("48505")["high"] == pytest.approx(158 * 27.2186 / 17, abs=0.01)


def test_suppressed_has_no_value():
    withheld_by_us = "31001"  # 7 people in the export
    for ending, place in product(("rate", "cases"), ("46137", withheld_by_us)):
        row = prevalence(place, ending)
        assert row["status"] == "suppressed"
        assert row[["value", "low", "high", "numerator"]].isna().all()


def test_fewer_than_twelve_are_unreliable_and_zero_is_a_value(tmp_path):
    content = (
        (FOLDER / "AtlasPlusTableData.csv")
        .read_text("utf-8-sig")
        .replace('"17","158.0"', '"11","102.0"')
    )
    (tmp_path / "export.csv").write_text(content, "utf-8")
    eleven = one(transform(tmp_path), "atlas_hiv_prevalence_rate", "48505", "2022")
    assert (eleven["value"], eleven["status"]) == (102.0, "unreliable")
    assert (prevalence("38001")["value"], prevalence("38001")["status"]) == (0, "unreliable")


def test_areas_that_were_replaced_before_the_year_are_left_out():
    places = set(transformed("nchhstp_atlas")["place_id"])
    assert {"09110", "02063"} <= places
    assert not {"09001", "02261"} & places


def test_race_from_its_column_and_sex_from_the_title():
    found = transformed("nchhstp_atlas")
    rate = one(found, "atlas_hiv_diagnoses_rate", "01", "2020", "black_nh+female")
    assert rate["value"] == 14.1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"HIV diagnoses"', '"Sadness"', "column Indicator: Unknown word 'Sadness'"),
        ('"White"', '"Green"', "line 6, column Race/Ethnicity: Unknown word 'Green'"),
        ("| Female", "| Left-handed", "Unknown choice 'Left-handed' in the title"),
        ("| Female", "| Female | Male", "names 'Female' and 'Male'"),
        ('"30"', '"some"', "line 6, column Cases: Expected a number"),
        ("Title:", "Heading:", "no title or no line of column names"),
        (
            '"2020 (COVID-19 Pandemic)","Alabama","01","W',
            '"then","Alabama","01","W',
            "Expected a year",
        ),
    ],
)
def test_what_we_do_not_know_is_refused(tmp_path, old, new, message):
    content = (FOLDER / "by_race.csv").read_text("utf-8").replace(old, new)
    (tmp_path / "export.csv").write_text(content, "utf-8")
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)
