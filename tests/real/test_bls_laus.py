"""Unemployment, compared with the publisher's workbook."""

import pandas as pd

from tests.real.spot_check import assert_same_cells, built


def test_200_random_cells_are_as_in_the_workbook(tmp_path, shared_raw):
    rows = pd.read_excel(shared_raw / "bls_laus" / "laucnty24.xlsx", header=1, dtype=str)
    rows = rows[rows["Year"].eq("2024")]
    common = pd.DataFrame(
        {"place_id": rows["State FIPS Code"] + rows["County FIPS Code"], "period": "2024"}
    ).assign(people_group="everyone", status="reported")
    force = rows["Labor Force"].astype(float)
    rates = common.assign(
        measure_id="laus_unemployment",
        value=rows["Unemployment Rate (%)"].astype(float),
        numerator=rows["Unemployed"].astype(float),
        denominator=force,
    )
    forces = common.assign(measure_id="laus_labor_force", value=force)
    found = built(tmp_path, shared_raw, "bls_laus")
    assert_same_cells(found, rates)
    assert_same_cells(found, forces)
    assert len(found[found["place_id"].str.len().eq(5)]) == 2 * len(rows)


def test_national_rate_is_the_published_one(tmp_path, shared_raw):
    found = built(tmp_path, shared_raw, "bls_laus")
    nation = found[found["place_id"].eq("US") & found["measure_id"].eq("laus_unemployment")]
    # BLS: 4.0 % in 2024 (Current Population Survey); the sum of counties rounds to the same.
    assert round(nation["value"].iloc[0], 1) == 4.0
