"""Rural-urban codes, compared with the publisher's files."""

import pandas as pd

from etl.load import STARTER
from tests.real.spot_check import assert_same_cells, built

ISLANDS = ("60", "66", "69", "78")
RENAMED = {"46113": "46102", "02270": "02158"}


def test_200_random_cells_are_as_in_the_files(tmp_path, shared_raw):
    old = pd.read_csv(STARTER / "usda_rucc" / "rucc_2013.csv.gz", dtype={"fips": str})
    old = old[old["fips"].ne("51515")].replace({"fips": RENAMED})
    old = old.rename(columns={"fips": "place_id", "rucc_2013": "value"}).assign(period="2013")
    path = shared_raw / "usda_rucc" / "Ruralurbancontinuumcodes2023.csv"
    new = pd.read_csv(path, encoding="latin-1", dtype=str)
    new = new[new["Attribute"].eq("RUCC_2023")].rename(columns={"Value": "value"})
    new = new.assign(place_id=new["FIPS"].str.zfill(5), period="2023")
    cells = pd.concat([old, new])[["place_id", "period", "value"]]
    cells = cells[~cells["place_id"].str.startswith(ISLANDS)].astype({"value": float})
    found = built(tmp_path, shared_raw, "usda_rucc")
    assert len(found) == len(cells)
    cells = cells.assign(measure_id="rucc_code", people_group="everyone", status="reported")
    assert_same_cells(found, cells)


def test_as_many_metro_counties_as_the_publisher_says(tmp_path, shared_raw):
    found = built(tmp_path, shared_raw, "usda_rucc")
    metro = found[found["value"].le(3) & ~found["place_id"].str.startswith("72")]
    # 1,167 in 2013, of which Bedford city is no county any more; 1,186 in 2023.
    assert metro.groupby("period").size().to_dict() == {"2013": 1166, "2023": 1186}
