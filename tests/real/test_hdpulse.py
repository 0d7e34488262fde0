"""HDPulse: the publisher's own export read with pandas alone."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built

pytestmark = pytest.mark.real


def test_cells_agree(shared_raw, tmp_path):
    path = shared_raw / "hdpulse" / "HDPulse_data_export_MO_income.csv"
    rows = pd.read_csv(
        path, skiprows=4, nrows=117, dtype={"FIPS": str}, thousands=",", encoding="utf-8-sig"
    )
    expected = pd.DataFrame(
        {
            "measure_id": "hdpulse_median_household_income",
            "period": "2019-2023",
            "place_id": rows["FIPS"].replace({"00000": "US", "29000": "29"}),
            "people_group": "everyone",
            "value": rows["Value (Dollars)"].astype(float),
            "status": "reported",
        }
    )
    found = built(tmp_path, shared_raw, "hdpulse")
    assert len(found) == len(expected) == 117
    assert_same_cells(found, expected)
