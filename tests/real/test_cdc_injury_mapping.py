"""Deaths from violence: the publisher's own file read with pandas alone."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built

pytestmark = pytest.mark.real


def test_cells_agree(shared_raw, tmp_path):
    path = shared_raw / "cdc_injury_mapping" / "gun_homicides-county-all.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    few = rows["Count"] == "1-9"
    expected = pd.DataFrame(
        {
            "measure_id": "cdc_injury_gun_homicides",
            "period": rows["Period"].replace("TTM", "2024-01..2024-12"),
            "place_id": rows["GEOID"],
            "people_group": "everyone",
            "value": rows["Rate"].astype(float).mask(few),
            "numerator": pd.to_numeric(rows["Count"], errors="coerce"),
            "status": few.map({True: "suppressed", False: "reported"}),
        }
    )
    found = built(tmp_path, shared_raw, "cdc_injury_mapping")
    assert len(found) == len(expected) == 18_857
    assert found["status"].value_counts().to_dict() == {"reported": 10_641, "suppressed": 8_216}
    assert_same_cells(found, expected)
