"""Air quality."""

import zipfile

import pandas as pd
import pytest

from etl.reading import WrongFile
from etl.sources import epa_aqs
from tests.etl.golden import GOLDEN, one, transformed

FILE = "annual_aqi_by_county_2022.csv"
PRINTED = (GOLDEN / "epa_aqs" / FILE).read_text()


def test_shares_are_of_days_with_a_reading():
    found = transformed("epa_aqs")
    good = one(found, "aqi_good_days", "01049", "2022")
    assert (good["value"], good["numerator"], good["denominator"]) == (75, 150, 200)
    assert one(found, "aqi_unhealthy_days", "01049", "2022")["value"] == 5
    assert one(found, "aqi_median", "01049", "2022")["value"] == 38
    assert one(found, "aqi_days", "01049", "2022")["value"] == 200


@pytest.mark.parametrize(
    ("place_id", "name"),
    [
        ("02068", "Denali with a space behind"),
        ("09001", "a county of Connecticut that ended in 2022"),
        ("22095", "St."),
        ("24005", "Baltimore County"),
        ("24510", "Baltimore city"),
        ("29189", "Saint Louis County"),
        ("29186", "Sainte Genevieve"),
        ("29510", "St. Louis city"),
        ("35013", "Doña Ana"),
        ("72097", "Mayagüez"),
        ("51036", "Charles City County"),
    ],
)
def test_names_find_their_county(place_id, name):
    assert one(transformed("epa_aqs"), "aqi_days", place_id, "2022")["status"] == "reported", name


def test_county_without_a_monitor_is_not_collected_never_clean():
    good = one(transformed("epa_aqs"), "aqi_good_days", "01001", "2022")
    assert (good["status"], pd.isna(good["value"])) == ("not collected", True)


def test_counties_without_a_monitor_are_those_of_the_same_vintage():
    places = set(transformed("epa_aqs")["place_id"])
    assert "09003" in places
    assert "09110" not in places
    assert len(places) == 3143 + 78


def test_name_that_is_no_county_is_an_error_that_names_its_row(tmp_path):
    (tmp_path / FILE).write_text(PRINTED.replace("DeKalb", "De Soto"))
    with pytest.raises(WrongFile, match="line 2, column County: There is no county 'De Soto'"):
        epa_aqs.transform(tmp_path)


def test_days_that_do_not_add_up_are_refused(tmp_path):
    (tmp_path / FILE).write_text(PRINTED.replace("200,150,", "200,151,"))
    with pytest.raises(WrongFile, match="line 2, column Days with AQI: .* do not add up"):
        epa_aqs.transform(tmp_path)


def test_zip_as_downloaded_gives_the_same_and_is_not_read_twice(tmp_path):
    (tmp_path / FILE).write_text(PRINTED)
    with zipfile.ZipFile(tmp_path / "annual_aqi_by_county_2022.zip", "w") as archive:
        archive.writestr(FILE, PRINTED)
    found = epa_aqs.transform(tmp_path)
    expected = transformed("epa_aqs")
    assert found["value"].equals(expected["value"])
    assert set(found["file"]) == {"annual_aqi_by_county_2022.zip"}
