"""Infant mortality since 1915."""

import pytest

from etl.reading import WrongFile
from etl.sources.nchs_infant_mortality import transform
from tests.etl.golden import one, transformed


def test_race_of_the_child_and_of_the_mother_are_two_measures():
    found = transformed("nchs_infant_mortality")
    assert one(found, "nchs_infant_mortality_by_child", "US", "1979", "black")["value"] == 22.6
    assert one(found, "nchs_infant_mortality_by_mother", "US", "1980", "black")["value"] == 22.2
    assert len(found) == 3


def test_a_rate_that_is_no_number_is_refused(tmp_path):
    file = tmp_path / "infant_mortality_x.csv"
    file.write_text("race,year,infant_mortality_rate\nblack,1979,n/a\n")
    with pytest.raises(WrongFile, match="line 2, column infant_mortality_rate"):
        transform(tmp_path)
