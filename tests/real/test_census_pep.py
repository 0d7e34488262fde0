"""Census population estimates: 200 random cells of each file, and published totals."""

import zipfile

import pandas as pd
import pytest

from etl import load
from tests.real.spot_check import assert_same_cells, built


@pytest.fixture(scope="module")
def found(tmp_path_factory, shared_raw):
    return built(tmp_path_factory.mktemp("pep"), shared_raw, "census_pep")


@pytest.fixture(scope="module")
def totals():
    path = load.STARTER / "census_pep" / "co-est2019-alldata.csv.gz"
    rows = pd.read_csv(path, encoding="latin-1", dtype={"STATE": str, "COUNTY": str})
    state, county = rows["STATE"].str.zfill(2), rows["COUNTY"].str.zfill(3)
    is_state = rows["SUMLEV"].astype(int).eq(40)
    places = pd.DataFrame({"place_id": state.where(is_state, state + county)})
    return pd.concat([places, rows], axis=1).copy()


def cells_of(frame: pd.DataFrame, measure_id: str, value: pd.Series) -> pd.DataFrame:
    return frame[["place_id", "period"]].assign(
        measure_id=measure_id, people_group="everyone", value=value.astype(float), status="reported"
    )


@pytest.mark.real
def test_200_random_cells_of_totals(found, totals):
    parts = []
    for year in range(2010, 2020):
        rows = totals.assign(period=str(year))
        parts.append(cells_of(rows, "pep_population", rows[f"POPESTIMATE{year}"]))
        if year > 2010:
            middle = (rows[f"POPESTIMATE{year - 1}"] + rows[f"POPESTIMATE{year}"]) / 2
            for measure_id, stem in (
                ("pep_birth_rate", "BIRTHS"),
                ("pep_net_migration_rate", "NETMIG"),
            ):
                parts.append(cells_of(rows, measure_id, 1000 * rows[f"{stem}{year}"] / middle))
    assert_same_cells(found, pd.concat(parts))


@pytest.mark.real
def test_rates_are_the_publishers_own(found, totals):
    deaths = found[found["measure_id"].eq("pep_death_rate") & found["period"].eq("2019")]
    both = totals.merge(deaths, on="place_id")
    assert len(both) == len(totals)
    assert (both["value"] - both["RDEATH2019"]).abs().max() < 1e-6


@pytest.mark.real
def test_200_random_cells_of_ages(found, shared_raw):
    with zipfile.ZipFile(shared_raw / "census_pep" / "cc-est2023-agesex-all.zip") as archive:
        rows = pd.read_csv(
            archive.open("cc-est2023-agesex-all.csv"),
            encoding="latin-1",
            dtype={"STATE": str, "COUNTY": str},
        )
    rows = rows[rows["YEAR"].gt(1)]
    july = {2: "2020", 3: "2021", 4: "2022", 5: "2023"}
    rows = rows.assign(place_id=rows["STATE"] + rows["COUNTY"], period=rows["YEAR"].map(july))
    adults, everyone = rows["AGE18PLUS_TOT"], rows["POPESTIMATE"]
    expected = pd.concat(
        [
            cells_of(rows, "pep_under_18", 100 * (everyone - adults) / everyone),
            cells_of(rows, "pep_65_and_over", 100 * rows["AGE65PLUS_TOT"] / everyone),
            cells_of(rows, "pep_female", 100 * rows["POPEST_FEM"] / everyone),
            cells_of(rows, "pep_median_age", rows["MEDIAN_AGE_TOT"]),
        ]
    )
    assert_same_cells(found, expected)


@pytest.mark.real
def test_published_totals(found):
    nation = found[found["place_id"].eq("US")].set_index(["measure_id", "period"])
    assert nation.loc[("pep_population", "2019"), "value"] == 328_239_523
    assert nation.loc[("pep_female", "2023"), "denominator"] == 334_914_895
    assert round(nation.loc[("pep_65_and_over", "2023"), "value"], 1) == 17.7
