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
        "E_POV": "svi_poverty_number",
    },
    2022: {
        "EP_POV150": "svi_poverty_150",
        "EP_NOINT": "svi_no_internet",
        "EP_HBURD": "svi_housing_cost_burden",
        "E_POV150": "svi_poverty_150_number",
        "E_HBURD": "svi_housing_cost_burden_number",
        "E_NOINT": "svi_no_internet_number",
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
    "E_UNEMP": "svi_unemployment_number",
    "E_DISABL": "svi_disability_number",
    "E_MOBILE": "svi_mobile_homes_number",
    "E_HU": "svi_homes",
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
@pytest.mark.parametrize("year", [2018, 2022])
@pytest.mark.parametrize(
    ("stem", "measure_id"),
    [
        ("AGE65", "svi_age_65"),
        ("NOVEH", "svi_no_vehicle"),
        ("MUNIT", "svi_large_apartment_buildings"),
    ],
)
def test_margins_of_200_random_counts(found, shared_raw, year, stem, measure_id):
    path = shared_raw / "cdc_svi" / f"SVI_{year}_US_county.csv"
    rows = pd.read_csv(path, encoding="utf-8-sig", dtype={"FIPS": str})
    count, margin = rows[f"E_{stem}"].astype(float), rows[f"M_{stem}"]
    cells = pd.DataFrame(
        {
            "place_id": rows["FIPS"],
            "measure_id": f"{measure_id}_number",
            "period": f"{year - 4}-{year}",
            "people_group": "everyone",
            "value": count,
            "low": (count - margin).clip(lower=0),
            "high": count + margin,
            "standard_error": margin / 1.645,
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
        "svi_poverty_number",
        "svi_socioeconomic_rank",
        "svi_unemployment",
        "svi_unemployment_number",
    ]
