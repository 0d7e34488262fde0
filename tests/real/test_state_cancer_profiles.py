"""Cancer by county: the publisher's own export read with pandas alone."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built, number

pytestmark = pytest.mark.real


def test_cells_agree(shared_raw, tmp_path):
    path = shared_raw / "state_cancer_profiles" / "cervical-BLACK_NH.csv"
    rows = pd.read_csv(path, skiprows=9, header=None, nrows=3144, dtype=str, keep_default_na=False)
    cells = rows[3].str.strip()
    expected = pd.DataFrame(
        {
            "measure_id": "scp_cases_cervical_cancer",
            "period": "2018-2022",
            "place_id": rows[1].replace({"00000": "US", "51917": "51019", "72001": "72"}),
            "people_group": "black_nh+female",
            "value": cells.map(number),
            "low": rows[4].map(number),
            "high": rows[5].map(number),
            "status": [
                {"*": "suppressed", "[P1 note]": "not published", "[P3 note]": "not published"}.get(
                    cell, "reported"
                )
                for cell in cells
            ],
        }
    )
    found = built(tmp_path, shared_raw, "state_cancer_profiles")
    assert len(found) == len(expected)
    assert found["status"].value_counts().to_dict() == {
        "suppressed": 2917,
        "reported": 121,
        "not published": 106,
    }
    assert_same_cells(found, expected)
    reported = expected[expected["status"].eq("reported")]
    assert_same_cells(found, reported)
