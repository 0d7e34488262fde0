"""Life expectancy: the shipped file read with pandas alone, and the figures as published."""

import pandas as pd
import pytest

from etl import load
from tests.real.spot_check import assert_same_cells

FILE = load.STARTER / "nchs_life_tables" / "us_life_tables_2001_2023.parquet"
GROUPS = {
    "All races and origins": "everyone",
    "White (any origin)": "white",
    "Black (any origin)": "black",
    "Hispanic": "hispanic",
    "Non-Hispanic White": "white_nh",
    "Non-Hispanic Black": "black_nh",
    "Non-Hispanic Asian": "asian_nh",
    "Non-Hispanic American Indian or Alaska Native": "aian_nh",
}


@pytest.fixture
def observations(starter):
    return starter.execute("FROM house.observation WHERE measure_id LIKE 'nchs_life%'").df()


def test_cells_agree(observations):
    rows = pd.read_parquet(FILE).query("age == 0 or age == 65")
    sex = {"Both sexes": "", "Female": "female", "Male": "male"}
    expected = pd.DataFrame(
        {
            "measure_id": ["nchs_life_expectancy" + ("_65" if age else "") for age in rows["age"]],
            "period": rows["year"].astype(str),
            "place_id": "US",
            "people_group": [
                "+".join(part for part in (GROUPS[race], sex[s]) if part).replace("everyone+", "")
                for race, s in zip(rows["race_ethnicity"], rows["sex"], strict=True)
            ],
            "value": rows["ex"],
            "status": "reported",
        }
    )
    assert len(observations) == len(expected) == 2 * 363
    assert_same_cells(observations, expected)


@pytest.mark.parametrize(
    ("group", "published"),
    [
        ("everyone", 76.4),
        ("hispanic", 77.8),
        ("white_nh", 76.7),
        ("black_nh", 71.2),
        ("asian_nh", 83.5),
        ("aian_nh", 65.6),
    ],
)
def test_life_expectancy_of_2021_is_as_published(observations, group, published):
    found = observations[
        observations["measure_id"].eq("nchs_life_expectancy")
        & observations["period"].eq("2021")
        & observations["people_group"].eq(group)
    ]
    assert found["value"].round(1).tolist() == [published]


def test_groups_of_any_origin_end_in_2017_and_the_others_begin_in_2006(observations):
    years = observations.groupby("people_group")["period"].agg(["min", "max"])
    assert tuple(years.loc["black"]) == ("2001", "2017")
    assert tuple(years.loc["black_nh"]) == ("2006", "2023")
    assert tuple(years.loc["aian_nh"]) == ("2019", "2023")
