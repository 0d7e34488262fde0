"""Jobs and pay, compared with the shipped file."""

import pandas as pd

from etl.load import STARTER
from tests.real.spot_check import assert_same_cells, built

NAMES = {
    "employment": "qcew_jobs",
    "establishments": "qcew_workplaces",
    "avg_weekly_wage_usd": "qcew_weekly_wage",
}


def test_200_random_cells_are_as_in_the_file(tmp_path):
    rows = pd.read_csv(STARTER / "bls_qcew" / "county_2025.csv.gz", dtype={"fips": str})
    rows = rows[~rows["fips"].str.startswith("78")]
    rows["period"] = rows["year"].astype(str) + "-Q" + rows["quarter"].astype(str)
    cells = rows.rename(columns={"fips": "place_id"}).melt(
        ["place_id", "period"], [*NAMES], "measure_id", "value"
    )
    cells["measure_id"] = cells["measure_id"].map(NAMES)
    found = built(tmp_path, tmp_path / "none", "bls_qcew")
    assert_same_cells(found, cells.assign(people_group="everyone", status="reported"))


def test_every_county_of_2022_but_kalawao_is_there(tmp_path):
    found = built(tmp_path, tmp_path / "none", "bls_qcew")
    jobs = found[found["measure_id"].eq("qcew_jobs") & found["period"].eq("2025-Q4")]
    counties = set(jobs.loc[jobs["place_id"].str.len().eq(5), "place_id"])
    assert len([county for county in counties if not county.startswith("72")]) == 3143
    assert "15005" not in counties
