"""Life tables of the United States."""

import openpyxl
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


def test_workbook_of_the_yearly_report():
    found = transformed("nchs_life_tables")
    men = one(found, "nchs_life_expectancy", "US", "2022", "black_nh+male")
    assert (men["value"], men["line"]) == (69.1, 4)
    assert one(found, "nchs_life_expectancy_65", "US", "2022", "black_nh+male")["value"] == 15.4
    early = one(found, "nchs_death_before_65", "US", "2022", "black_nh+male")
    assert early["value"] == pytest.approx(29)


@pytest.mark.parametrize(
    ("cell", "content", "message"),
    [
        ("A1", "Table 1. Life table for Ohio", "line 1: Expected a national life table"),
        ("G3", "e", "line 3: Expected the columns qx"),
        ("A6", "66–67", "cut short"),
    ],
)
def test_workbook_that_is_another_table_is_refused(tmp_path, cell, content, message):
    book = openpyxl.load_workbook(GOLDEN / "nchs_life_tables" / "Table14.xlsx")
    book.active[cell] = content
    book.save(tmp_path / "Table14.xlsx")
    with pytest.raises(WrongFile, match=message):
        transform(tmp_path)


def test_web_page_with_the_name_of_a_workbook_is_refused(tmp_path):
    (tmp_path / "Table01.xlsx").write_text("<html>Not found</html>")
    with pytest.raises(WrongFile, match="not a whole Excel workbook"):
        transform(tmp_path)
