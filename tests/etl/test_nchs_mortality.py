"""Ten causes of death in urban and rural places."""

import pytest

from etl.reading import WrongFile
from etl.sources.nchs_mortality import transform
from tests.etl.golden import one, transformed


def test_nation_and_regions_are_places():
    found = transformed("nchs_mortality")
    nation = one(found, "nchs_deaths_heart_disease", "US", "2011-2013", "urban+male")
    assert (nation["value"], nation["line"]) == (210.2, 2)
    region = one(found, "nchs_deaths_kidney_disease", "HHS10", "2011-2013", "rural+male")
    assert region["value"] == 18.3


def test_interval_is_1_96_standard_errors_each_way():
    rate = one(
        transformed("nchs_mortality"),
        "nchs_deaths_heart_disease",
        "HHS01",
        "2011-2013",
        "rural+female",
    )
    assert rate["low"] == pytest.approx(124.5 - 1.96 * 1.7, abs=0.001)
    assert rate["high"] == pytest.approx(124.5 + 1.96 * 1.7, abs=0.001)
    assert rate["level"] == 0.95


def test_standard_error_printed_as_zero_is_not_none():
    rate = one(
        transformed("nchs_mortality"), "nchs_deaths_suicide", "US", "2011-2013", "rural+female"
    )
    assert rate["standard_error"] == 0.05


def test_unknown_cause_is_refused(tmp_path):
    file = tmp_path / "us_mortality_2011_2013.csv"
    file.write_text("urban_rural,sex,cause,rate_per_100k,se\nUrban,Male,Boredom,1.0,0.1\n")
    with pytest.raises(WrongFile, match="line 2, column cause: Unknown cause 'Boredom'"):
        transform(tmp_path)
