"""Life tables of the United States."""

import pandas as pd
import pytest

from etl.reading import WrongFile
from etl.sources.nchs_life_tables import transform
from tests.etl.golden import GOLDEN, one, transformed


def test_life_expectancy_at_birth_and_at_65():
    found = transformed("nchs_life_tables")
    assert one(found, "nchs_life_expectancy", "US", "2021")["value"] == 76.4
    assert one(found, "nchs_life_expectancy_65", "US", "2021")["value"] == 18.4


def test_share_who_would_die_before_65_comes_from_survivors_not_person_years():
    found = one(transformed("nchs_life_tables"), "nchs_death_before_65", "US", "2021")
    assert found["value"] == pytest.approx(17)
    assert found["origin"] == "computed"


def test_black_people_of_any_origin_and_not_hispanic_are_two_groups():
    found = transformed("nchs_life_tables")
    assert one(found, "nchs_life_expectancy", "US", "2017", "black")["value"] == 75.3
    assert one(found, "nchs_life_expectancy", "US", "2021", "black_nh+female")["value"] == 75


def test_other_ages_are_left_out():
    assert "hispanic+male" not in set(transformed("nchs_life_tables")["people_group"])


def test_unknown_group_is_refused_with_its_row(tmp_path):
    rows = pd.read_parquet(GOLDEN / "nchs_life_tables" / "us_life_tables_2017_2021.parquet")
    rows.loc[2, "race_ethnicity"] = "Martian"
    rows.to_parquet(tmp_path / "us_life_tables_2021.parquet")
    with pytest.raises(WrongFile, match="line 3, column race_ethnicity: Unknown word 'Martian'"):
        transform(tmp_path)


def test_truncated_file_is_refused(tmp_path):
    whole = (GOLDEN / "nchs_life_tables" / "us_life_tables_2017_2021.parquet").read_bytes()
    (tmp_path / "us_life_tables_2021.parquet").write_bytes(whole[:-20])
    with pytest.raises(WrongFile, match="not a whole Parquet file"):
        transform(tmp_path)
