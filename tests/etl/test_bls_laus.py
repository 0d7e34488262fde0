"""Unemployment by county. The golden rows are written into a workbook here: Excel files are not text."""

import openpyxl
import pandas as pd
import pytest

from etl.reading import WrongFile
from etl.sources import bls_laus
from tests.etl.golden import one

TITLE = ["Labor Force Data by County, 2024 Annual Averages"]
HEADER = [
    "LAUS Code",
    "State FIPS Code",
    "County FIPS Code",
    "County Name/State Abbreviation",
    "Year",
    "Labor Force",
    "Employed",
    "Unemployed",
    "Unemployment Rate (%)",
]
ROWS = [
    ["CN0100100000000", "01", "001", "Autauga County, AL", "2024", 1000, 960, 40, 4.0],
    ["CN0100300000000", "01", "003", "Baldwin County, AL", "2024", 3000, 2970, 30, 1],
    ["CN2207100000000", "22", "071", "Orleans Parish, LA", "2024", "N.A.", "N.A.", "N.A.", "N.A."],
    ["CN7200100000000", "72", "001", "Adjuntas Municipio, PR", "2024", 500, 450, 50, 10.0],
]
FOOTER = [[], ["Note: October was not collected."], ["SOURCE:  BLS, LAUS"], ["April 18, 2025"]]


def found(folder, *, rows=ROWS, header=HEADER, footer=FOOTER) -> pd.DataFrame:
    book = openpyxl.Workbook()
    for row in [TITLE, header, *rows, *footer]:
        book.active.append(row)
    book.save(folder / "laucnty24.xlsx")
    return bls_laus.transform(folder)


def test_rate_is_as_printed_with_its_counts_and_line(tmp_path):
    rate = one(found(tmp_path), "laus_unemployment", "01001", "2024")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (4, 40, 1000)
    assert rate["line"] == 3


def test_state_and_nation_are_sums_of_counties(tmp_path):
    state = one(found(tmp_path), "laus_unemployment", "01", "2024")
    assert (state["value"], state["origin"]) == (100 * 70 / 4000, "summed from counties")
    assert one(found(tmp_path), "laus_labor_force", "01", "2024")["value"] == 4000


def test_county_without_estimate_is_not_published_and_its_state_and_the_nation_have_no_sum(
    tmp_path,
):
    rows = found(tmp_path)
    orleans = one(rows, "laus_unemployment", "22071", "2024")
    assert (orleans["status"], pd.isna(orleans["value"])) == ("not published", True)
    assert not rows["place_id"].isin(["22", "US"]).any()


def test_file_cut_short_is_refused(tmp_path):
    with pytest.raises(WrongFile, match="laucnty24.xlsx, line 6: .* cut short"):
        found(tmp_path, footer=[])


def test_missing_column_is_refused(tmp_path):
    with pytest.raises(WrongFile, match="line 2, column Labor Force: This column is missing"):
        found(tmp_path, header=[*HEADER[:5], "Work force", *HEADER[6:]])


def test_unknown_marker_is_refused(tmp_path):
    wrong = [[*ROWS[0][:8], "(n)"], *ROWS[1:]]
    with pytest.raises(
        WrongFile, match=r"line 3, column Unemployment Rate \(%\): Expected a number"
    ):
        found(tmp_path, rows=wrong)


def test_web_page_in_place_of_a_workbook_is_refused(tmp_path):
    (tmp_path / "laucnty24.xlsx").write_text("<html>Access denied</html>")
    with pytest.raises(WrongFile, match="not an Excel workbook"):
        bls_laus.transform(tmp_path)
