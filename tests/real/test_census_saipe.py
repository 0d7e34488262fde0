"""Small Area Income and Poverty Estimates 2023: 200 random cells of the workbook, read a second way."""

import pandas as pd
import pytest
import xlrd

from etl.reading import WrongFile
from etl.sources import census_saipe
from tests.real.spot_check import assert_same_cells, built, number

# First column of each three: estimate, lower, upper limit; then the column of the number of people.
PLACES = {
    "saipe_poverty": (7, 4),
    "saipe_child_poverty": (13, 10),
    "saipe_school_age_poverty": (19, 16),
    "saipe_median_household_income": (22, None),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, shared_raw):
    return built(tmp_path_factory.mktemp("saipe"), shared_raw, "census_saipe")


@pytest.mark.real
def test_200_random_cells(found, shared_raw):
    sheet = xlrd.open_workbook(shared_raw / "census_saipe" / "est23all.xls").sheet_by_index(0)
    cells = []
    for n in range(4, sheet.nrows):
        row = [str(cell) for cell in sheet.row_values(n)]
        place_id = "US" if row[0] == "00" else row[0] + row[1].replace("000", "")
        for measure_id, (place, people) in PLACES.items():
            value, low, high = (number(cell) for cell in row[place : place + 3])
            status = "reported" if value == value else "not published"
            counted = number(row[people]) if people else float("nan")
            cells.append(
                (measure_id, "2023", place_id, "everyone", value, low, high, status, counted)
            )
    columns = ["measure_id", "period", "place_id", "people_group", "value", "low", "high", "status"]
    expected = pd.DataFrame(cells, columns=[*columns, "numerator"])
    assert len(found) == len(expected)
    assert_same_cells(found, expected)


@pytest.mark.real
def test_published_nation_and_the_county_without_figures(found):
    nation = found[found["place_id"].eq("US")].set_index("measure_id")["value"]
    assert nation["saipe_poverty"] == 12.5
    assert nation["saipe_median_household_income"] == 77_719
    assert set(found.loc[found["status"].ne("reported"), "place_id"]) == {"15005"}


@pytest.mark.real
@pytest.mark.parametrize("size", [100, 5_000, 600_000, 1_120_000])
def test_workbook_cut_short_is_refused(tmp_path, shared_raw, size):
    whole = (shared_raw / "census_saipe" / "est23all.xls").read_bytes()
    (tmp_path / "est23all.xls").write_bytes(whole[:size])
    with pytest.raises(WrongFile, match="not a whole Excel 97 workbook"):
        census_saipe.transform(tmp_path)
