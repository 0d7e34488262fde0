"""Causes of death: the shipped files read with pandas alone."""

import pandas as pd

from etl import load
from tests.real.spot_check import assert_same_cells

FOLDER = load.STARTER / "nchs_mortality"
WORD = {
    "Lower respiratory": "lower_respiratory",
    "Unintentional injuries": "injuries",
    "Cerebrovascular diseases": "stroke",
    "Alzheimers": "alzheimer",
    "Flu and pneumonia": "flu_pneumonia",
    "Nephritis": "kidney_disease",
}


def test_cells_agree(starter):
    rows = pd.concat(pd.read_csv(path) for path in FOLDER.glob("*.csv.gz"))
    words = [WORD.get(cause, cause.lower().replace(" ", "_")) for cause in rows["cause"]]
    expected = pd.DataFrame(
        {
            "measure_id": ["nchs_deaths_" + word for word in words],
            "period": "2011-2013",
            "place_id": ["US" if r != r else "HHS" + r[-2:] for r in rows["region"]],
            "people_group": rows["urban_rural"].str.lower() + "+" + rows["sex"].str.lower(),
            "value": rows["rate_per_100k"],
            "standard_error": [max(error, 0.05) for error in rows["se"]],
            "status": "reported",
        }
    )
    found = starter.execute(
        "FROM house.observation JOIN house.measure USING (measure_id) WHERE source_id = 'nchs_mortality'"
    ).df()
    assert len(found) == len(expected) == 440
    assert_same_cells(found, expected)
