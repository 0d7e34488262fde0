"""Preventable hospital stays."""

import pandas as pd
import pytest

from etl.reading import WrongFile
from etl.sources import cms_medicare_disparities
from tests.etl.golden import GOLDEN, one, transformed

SOURCE, MEASURE = "cms_medicare_disparities", "cms_preventable_stays"


def changed(folder, old: str, new: str) -> None:
    golden = (GOLDEN / SOURCE / "PQI_90_county.csv").read_text()
    assert old in golden
    (folder / "PQI_90_county.csv").write_text(golden.replace(old, new))


def test_rate_is_as_printed_and_keeps_no_denominator():
    stays = one(transformed(SOURCE), MEASURE, "01001", "2022")
    assert (stays["value"], stays["status"], stays["line"]) == (4365, "reported", 2)
    assert pd.isna(stays["denominator"])


def test_race_and_sex_are_people_groups():
    found = transformed(SOURCE)
    assert one(found, MEASURE, "01001", "2022", "black_nh")["value"] == 5000
    assert one(found, MEASURE, "01001", "2022", "black_nh+female")["value"] == 5100


def test_zero_is_withheld_not_none():
    stays = one(transformed(SOURCE), MEASURE, "08053", "2022")
    assert (stays["status"], pd.isna(stays["value"])) == ("suppressed", True)


def test_old_codes_are_recoded_and_unknown_counties_and_merged_cities_left_out():
    assert set(transformed(SOURCE)["place_id"]) == {"01001", "08053", "46102"}


def test_another_measure_is_refused(tmp_path):
    changed(tmp_path, "Unsmoothed age standardized", "Unsmoothed actual")
    with pytest.raises(WrongFile, match="line 2, column adjustment: Expected Unsmoothed age"):
        cms_medicare_disparities.transform(tmp_path)


def test_unknown_range_of_people_is_refused(tmp_path):
    changed(tmp_path, "500-999", "1-10")
    with pytest.raises(WrongFile, match="line 3, column primary_denominator: .* found '1-10'"):
        cms_medicare_disparities.transform(tmp_path)


def test_empty_rate_is_refused(tmp_path):
    changed(tmp_path, ",4365", ",")
    with pytest.raises(WrongFile, match="line 2, column analysis_value: The rate is missing"):
        cms_medicare_disparities.transform(tmp_path)
