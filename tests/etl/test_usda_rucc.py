"""Rural-urban codes."""

import pytest

from etl.reading import WrongFile
from etl.sources import usda_rucc
from tests.etl.golden import GOLDEN, one, transformed


def test_code_of_2023_is_read_from_the_long_form_with_its_lost_zero_restored():
    code = one(transformed("usda_rucc"), "rucc_code", "01001", "2023")
    assert (code["value"], code["line"]) == (2, 3)
    assert one(transformed("usda_rucc"), "rucc_code", "09110", "2023")["value"] == 1


def test_renamed_county_of_2010_has_its_new_code():
    assert one(transformed("usda_rucc"), "rucc_code", "46102", "2013")["value"] == 6


def test_merged_city_and_islands_are_left_out():
    found = transformed("usda_rucc")
    assert set(found.loc[found["period"].eq("2013"), "place_id"]) == {"01001", "46102", "51019"}
    assert set(found.loc[found["period"].eq("2023"), "place_id"]) == {"01001", "35013", "09110"}


def test_county_without_code_and_without_a_reason_is_refused(tmp_path):
    golden = (GOLDEN / "usda_rucc" / "rucc_2013.csv").read_text()
    (tmp_path / "rucc_2013.csv").write_text(golden.replace("13586,6,", "13586,,"))
    with pytest.raises(WrongFile, match="There is no code for 46102"):
        usda_rucc.transform(tmp_path)
