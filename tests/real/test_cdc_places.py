"""CDC PLACES, compared with the publisher's own files."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built

WIDE = "PLACES__County_Data__GIS_Friendly_Format___2024_release.csv"
LONG = "PLACES_county_long_2020_release_sample.csv"
# What the release's notes say: four measures of the survey of 2021, all others of 2022.
OF_2021 = ["BPHIGH", "BPMED", "CHOLSCREEN", "HIGHCHOL"]


@pytest.fixture(scope="module")
def found(tmp_path_factory, shared_raw) -> pd.DataFrame:
    return built(tmp_path_factory.mktemp("places"), shared_raw, "cdc_places")


def printed_cells(raw) -> pd.DataFrame:
    """Every value of the wide file, read without the ETL."""
    rows = pd.read_csv(raw / "cdc_places" / WIDE, dtype={"CountyFIPS": str})
    cells = []
    for column in [name for name in rows if name.endswith("Prev")]:
        name, kind = column.removesuffix("Prev").rsplit("_", 1)
        interval = next(c for c in rows if c.lower() == f"{name}_{kind}95ci".lower())
        ends = rows[interval].str.replace(r"[() ]", "", regex=True).str.split(",", expand=True)
        cells.append(
            pd.DataFrame(
                {
                    "measure_id": f"places_{name}_{'adjusted' if kind == 'Adj' else kind}".lower(),
                    "period": "2021" if name in OF_2021 else "2022",
                    "place_id": rows["CountyFIPS"],
                    "people_group": "everyone",
                    "value": rows[column],
                    "low": ends[0].astype(float),
                    "high": ends[1].astype(float),
                    "status": rows[column].isna().map({True: "not collected", False: "reported"}),
                }
            )
        )
    return pd.concat(cells, ignore_index=True)


def test_200_random_cells_of_the_wide_file(found, shared_raw):
    cells = printed_cells(shared_raw)
    assert len(cells) == 80 * 3144
    assert_same_cells(found, cells)
    assert_same_cells(found, cells[cells["status"].eq("not collected")])


def test_all_rows_of_the_long_sample(found, shared_raw):
    rows = pd.read_csv(shared_raw / "cdc_places" / LONG, dtype={"LocationID": str})
    kinds = rows["DataValueTypeID"].map({"CrdPrv": "crude", "AgeAdjPrv": "adjusted"})
    cells = pd.DataFrame(
        {
            "measure_id": "places_" + rows["MeasureId"].str.lower() + "_" + kinds,
            "period": rows["Year"].astype(str),
            "place_id": rows["LocationID"].where(rows["StateAbbr"].ne("US"), "US"),
            "people_group": "everyone",
            "value": rows["Data_Value"],
            "low": rows["Low_Confidence_Limit"],
            "high": rows["High_Confidence_Limit"],
            "status": "reported",
        }
    )
    assert len(cells) == 9
    assert_same_cells(found, cells)


def test_not_collected_is_florida_and_the_eleven_states_the_readme_names(found):
    missing = found[found["status"].eq("not collected")]
    states = missing.groupby("measure_id")["place_id"].agg(lambda ids: set(ids.str[:2]))
    assert states["places_bphigh_crude"] == {"12"}
    assert len(states["places_foodinsecu_crude"]) == 11
    lacking = missing[missing["measure_id"].eq("places_foodinsecu_crude")]
    assert len(lacking) == 727
