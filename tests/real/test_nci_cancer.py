"""Cancer deaths 1999-2003: the shipped file read with pandas alone."""

import pandas as pd

from etl import load
from tests.real.spot_check import assert_same_cells

FILE = load.STARTER / "nci_cancer" / "us_county_cancer_death_rates_1999_2003.csv.gz"


def test_cells_agree(starter):
    rows = pd.read_csv(FILE, dtype={"fips": str})
    expected = pd.DataFrame(
        {
            "measure_id": "nci_cancer_deaths",
            "period": "1999-2003",
            "place_id": rows["fips"],
            "people_group": rows["sex"].str.lower(),
            "value": rows["rate_per_100k"],
            "low": rows["ci95_lower"],
            "high": rows["ci95_upper"],
            "status": rows["status"],
        }
    )
    found = starter.execute("FROM house.observation WHERE measure_id = 'nci_cancer_deaths'").df()
    assert len(found) == len(expected) == 6074
    assert found["status"].value_counts().to_dict() == {"reported": 6002, "suppressed": 72}
    assert_same_cells(found, expected)
    assert_same_cells(found, expected[expected["status"].eq("suppressed")])


def test_counties_without_a_row_are_105_of_today_with_all_of_hawaii(starter):
    missing = starter.execute(
        """SELECT place_id
           FROM house.place ANTI JOIN
               (FROM house.observation WHERE measure_id = 'nci_cancer_deaths') USING (place_id)
           WHERE level = 'county' AND from_vintage <= 2019 AND state_abbr <> 'PR'
           ORDER BY place_id"""
    ).df()
    assert len(missing) == 105
    assert missing["place_id"].str.startswith("15").sum() == 5
