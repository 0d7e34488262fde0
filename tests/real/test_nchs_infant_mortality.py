"""Infant mortality: the shipped file read with pandas alone."""

import pandas as pd

from etl import load
from tests.real.spot_check import assert_same_cells

FILE = load.STARTER / "nchs_infant_mortality" / "infant_mortality_black_white_1915_2013.csv.gz"


def test_cells_agree(starter):
    rows = pd.read_csv(FILE, dtype={"year": str})
    by = rows["year"].map(lambda year: "mother" if year >= "1980" else "child")
    expected = pd.DataFrame(
        {
            "measure_id": "nchs_infant_mortality_by_" + by,
            "period": rows["year"],
            "place_id": "US",
            "people_group": rows["race"],
            "value": rows["infant_mortality_rate"],
            "status": "reported",
        }
    )
    found = starter.execute(
        "FROM house.observation WHERE measure_id LIKE 'nchs_infant_mortality_by_%'"
    ).df()
    assert len(found) == len(expected) == 198
    assert_same_cells(found, expected)
