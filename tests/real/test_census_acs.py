"""American Community Survey: the publisher's own answers, read a second way."""

import gzip
import json
import math

import pandas as pd
import pytest

from etl import load
from etl.observations import completed
from etl.sources import census_acs
from tests.real.spot_check import assert_same_cells, built

STARTER = load.STARTER / "census_acs"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acs")
    return built(folder, folder / "no_raw", "census_acs")


def long(rows: pd.DataFrame, measure_id: str, period: str, group: str, value, status="reported"):
    return pd.DataFrame(
        {
            "measure_id": measure_id,
            "period": period,
            "place_id": rows["place_id"],
            "people_group": group,
            "value": value.astype(float),
            "status": status,
        }
    )


def answer(path) -> pd.DataFrame:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        header, *records = json.load(file)
    rows = pd.DataFrame(records, columns=header)
    rows["place_id"] = rows["state"] + rows["county"]
    counts = [name for name in rows if name[0] in "BC" and name[-1] in "EM"]
    return rows.astype(dict.fromkeys(counts, float))


def test_200_random_cells_of_2019(found):
    rows = answer(STARTER / "acs5_2019_county.json.gz")
    shares = {
        "acs_poverty": ("B17001_002E", "B17001_001E"),
        "acs_broadband": ("B28002_004E", "B28002_001E"),
        "acs_unemployment": ("B23025_005E", "B23025_003E"),
    }
    plain = {"acs_population": "B01003_001E", "acs_median_household_income": "B19013_001E"}
    parts = [
        long(rows, measure_id, "2015-2019", "everyone", 100 * rows[part] / rows[whole])
        for measure_id, (part, whole) in shares.items()
    ]
    parts += [
        long(rows, measure_id, "2015-2019", "everyone", rows[cell])
        for measure_id, cell in plain.items()
    ]
    assert_same_cells(found, pd.concat(parts))


def test_200_random_cells_of_2018(found):
    rows = pd.read_csv(STARTER / "acs5_2018_county_percent.csv.gz", dtype={"fips": str})
    rows["place_id"] = rows["fips"]
    columns = {
        "acs_uninsured": "uninsured_pct",
        "acs_no_vehicle": "no_vehicle_pct",
        "acs_unemployment": "unemployed_pct",
    }
    parts = []
    for measure_id, column in columns.items():
        status = rows[column].notna().map({True: "reported", False: "not published"})
        parts.append(long(rows, measure_id, "2014-2018", "everyone", rows[column], status))
    assert_same_cells(found, pd.concat(parts))


@pytest.mark.real
def test_black_residents_of_alabama(shared_raw):
    folder = shared_raw / "census_acs"
    found = completed(census_acs.transform(folder))
    poverty = answer(folder / "2024-POVERTY_BY_RACE_COUNTY_BLACK.json")
    insurance = answer(folder / "2024-HEALTH_INSURANCE_BY_RACE_COUNTY_BLACK.json")
    uninsured = insurance[[f"C27001B_{line}E" for line in ("004", "007", "010")]].sum(axis=1)
    young = [f"B17001B_{line:03}E" for line in (*range(4, 10), *range(18, 24))]
    others = [f"B17001B_{line:03}E" for line in (*range(33, 39), *range(47, 53))]
    poor, children = poverty[young].sum(axis=1), poverty[young + others].sum(axis=1)
    child_share = 100 * poor / children.where(children > 0)
    expected = [
        long(
            poverty,
            "acs_poverty",
            "2020-2024",
            "black",
            100 * poverty["B17001B_002E"] / poverty["B17001B_001E"],
        ),
        long(
            insurance,
            "acs_uninsured",
            "2020-2024",
            "black",
            100 * uninsured / insurance["C27001B_001E"],
        ),
        long(
            poverty,
            "acs_child_poverty",
            "2020-2024",
            "black",
            child_share,
            child_share.notna().map({True: "reported", False: "not published"}),
        ),
    ]
    assert_same_cells(found, pd.concat(expected))


@pytest.mark.real
def test_margins_of_black_residents_of_alabama(shared_raw):
    folder = shared_raw / "census_acs"
    found = completed(census_acs.transform(folder))
    shares = found[found["measure_id"].eq("acs_poverty")].set_index("place_id")
    for row in answer(folder / "2024-POVERTY_BY_RACE_COUNTY_BLACK.json").itertuples():
        poor, everyone = row.B17001B_002E, row.B17001B_001E
        p = poor / everyone
        if p == 1:
            margin = row.B17001B_002M / everyone
        else:
            root = row.B17001B_002M**2 - p**2 * row.B17001B_001M**2
            if root < 0:
                root = row.B17001B_002M**2 + p**2 * row.B17001B_001M**2
            margin = math.sqrt(root) / everyone
        expected = 100 * margin / 1.645
        assert shares.loc[row.place_id, "standard_error"] == pytest.approx(expected)


@pytest.mark.real
def test_lines_of_the_tables_are_what_the_recipes_take_them_for(shared_raw):
    folder = shared_raw / "census_acs"
    poverty = answer(folder / "2024-POVERTY_BY_RACE_COUNTY_BLACK.json")
    poor, others = lines(poverty, "B17001B", range(3, 4)), lines(poverty, "B17001B", range(32, 33))
    assert poor.equals(lines(poverty, "B17001B", range(4, 17)))
    assert others.equals(lines(poverty, "B17001B", range(33, 46)))
    everyone = lines(poverty, "B17001B", [2, 31])
    assert everyone.equals(lines(poverty, "B17001B", [1]))
    insurance = answer(folder / "2024-HEALTH_INSURANCE_BY_RACE_COUNTY_BLACK.json")
    insured_or_not = lines(insurance, "C27001B", [3, 4, 6, 7, 9, 10])
    assert insured_or_not.equals(lines(insurance, "C27001B", [1]))


def lines(rows: pd.DataFrame, table: str, numbers) -> pd.Series:
    return rows[[f"{table}_{line:03}E" for line in numbers]].sum(axis=1)


def test_published_poverty_of_2015_to_2019(found):
    poverty = found[found["measure_id"].eq("acs_poverty")].set_index("place_id")["value"]
    assert round(poverty["US"], 2) == 13.42
    assert round(poverty["06037"], 1) == 14.9
    assert round(poverty["46102"], 1) == 46.2


def test_nation_of_2015_to_2019(found):
    nation = found[found["place_id"].eq("US")].set_index("measure_id")["value"].round(1)
    assert nation["acs_population"] == 324_697_795
    assert (nation["acs_unemployment"], nation["acs_broadband"]) == (5.3, 82.7)
