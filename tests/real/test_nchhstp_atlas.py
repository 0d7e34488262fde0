"""AtlasPlus: the publisher's own export read with pandas alone."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built, number

pytestmark = pytest.mark.real
STATUSES = {"Data suppressed": "suppressed", "Data not available": "not published"}


def test_cells_agree(shared_raw, tmp_path):
    path = shared_raw / "nchhstp_atlas" / "AtlasPlusTableData_v061_county.csv"
    rows = pd.read_csv(path, skiprows=10, dtype=str, keep_default_na=False)
    gone = rows["FIPS"].str.startswith("090") | rows["FIPS"].eq("02261")
    rows = rows[~gone]
    few = rows["Cases"].map(number).lt(12)
    tiny = rows["Cases"].map(number).between(1, 9)
    parts = [
        pd.DataFrame(
            {
                "measure_id": f"atlas_hiv_prevalence_{ending}",
                "period": "2022",
                "place_id": rows["FIPS"],
                "people_group": "everyone",
                "value": rows[column].map(number).mask(tiny),
                "numerator": rows["Cases"].map(number).mask(tiny),
                "status": rows[column]
                .map(STATUSES)
                .fillna("reported")
                .mask(few, "unreliable")
                .mask(tiny, "suppressed"),
            }
        )
        for ending, column in (("cases", "Cases"), ("rate", "Rate per 100000"))
    ]
    found = built(tmp_path, shared_raw, "nchhstp_atlas")
    expected = pd.concat(parts)
    assert len(found) == len(expected) == 2 * 3222
    assert_same_cells(found, expected)
