"""Social Vulnerability Index: 200 random cells of each edition, read with pandas alone."""

import pandas as pd
import pytest

from tests.real.spot_check import assert_same_cells, built

# Column of the file, measure, people group; of each kind a few that both editions or one have.
CELLS = {
    2018: {
        "EP_POV": "svi_poverty",
        "EP_PCI": "svi_income_per_person",
        "EP_UNINSUR": "svi_uninsured",
    },
    2022: {
        "EP_POV150": "svi_poverty_150",
        "EP_NOINT": "svi_no_internet",
        "EP_HBURD": "svi_housing_cost_burden",
    },
}
BOTH = {
    "RPL_THEMES": "svi_overall_rank",
    "RPL_THEME1": "svi_socioeconomic_rank",
    "RPL_THEME3": "svi_minority_rank",
    "EP_UNEMP": "svi_unemployment",
    "EP_DISABL": "svi_disability",
    "EP_LIMENG": "svi_limited_english",
    "EP_GROUPQ": "svi_group_quarters",
    "E_TOTPOP": "svi_population",
    "E_DAYPOP": "svi_daytime_population",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, shared_raw):
    return built(tmp_path_factory.mktemp("svi"), shared_raw, "cdc_svi")


@pytest.mark.real
@pytest.mark.parametrize("year", [2018, 2022])
def test_200_random_cells(found, shared_raw, year):
    path = shared_raw / "cdc_svi" / f"SVI_{year}_US_county.csv"
    rows = pd.read_csv(path, encoding="utf-8-sig", dtype={"FIPS": str})
    cells = rows.rename(columns={"FIPS": "place_id"}).melt(
        "place_id", list(BOTH | CELLS[year]), "column", "value"
    )
    cells = cells.assign(
        measure_id=cells["column"].map(BOTH | CELLS[year]),
        period=f"{year - 4}-{year}",
        people_group="everyone",
        value=cells["value"].where(cells["value"].ge(0)),
    )
    cells["status"] = cells["value"].notna().map({True: "reported", False: "not published"})
    assert_same_cells(found, cells.drop(columns="column"))


@pytest.mark.real
def test_margins_of_200_random_cells(found, shared_raw):
    path = shared_raw / "cdc_svi" / "SVI_2022_US_county.csv"
    rows = pd.read_csv(path, encoding="utf-8-sig", dtype={"FIPS": str})
    cells = pd.DataFrame(
        {
            "place_id": rows["FIPS"],
            "measure_id": "svi_crowding",
            "period": "2018-2022",
            "people_group": "everyone",
            "value": rows["EP_CROWD"],
            "numerator": rows["E_CROWD"].astype(float),
            "low": (rows["EP_CROWD"] - rows["MP_CROWD"]).clip(lower=0),
            "high": (rows["EP_CROWD"] + rows["MP_CROWD"]).clip(upper=100),
            "standard_error": rows["MP_CROWD"] / 1.645,
        }
    )
    assert_same_cells(found, cells)


@pytest.mark.real
def test_rio_arriba_2018_is_not_published(found):
    missing = found[found["place_id"].eq("35039") & found["period"].eq("2014-2018")]
    missing = missing[missing["status"].eq("not published")]
    assert sorted(missing["measure_id"]) == [
        "svi_income_per_person",
        "svi_overall_rank",
        "svi_poverty",
        "svi_socioeconomic_rank",
        "svi_unemployment",
    ]
