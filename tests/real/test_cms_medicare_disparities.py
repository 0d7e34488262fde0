"""Preventable hospital stays, compared with the publisher's export."""

import pandas as pd

from tests.real.spot_check import assert_same_cells, built

RENAMED = {"46113": "46102", "02270": "02158"}


def test_200_random_cells_are_as_in_the_export(tmp_path, shared_raw):
    path = shared_raw / "cms_medicare_disparities" / "PQI_90_county.csv"
    rows = pd.read_csv(path, dtype=str)
    place = rows["fips"].str.zfill(5).replace(RENAMED)
    rate = rows["analysis_value"].astype(float)
    cells = pd.DataFrame(
        {
            "measure_id": "cms_preventable_stays",
            "period": rows["year"],
            "place_id": place,
            "people_group": "everyone",
            "value": rate.where(rate > 0),
            "status": ["suppressed" if value == 0 else "reported" for value in rate],
        }
    )
    cells = cells[~place.str.endswith("990") & place.ne("51515")]
    found = built(tmp_path, shared_raw, "cms_medicare_disparities")
    assert len(found) == len(cells)
    assert_same_cells(found, cells)
    assert_same_cells(found, cells[cells["status"].eq("suppressed")])
