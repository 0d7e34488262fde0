"""2010 Census by tract, compared with sums in plain Python and with published totals."""

import math
from collections import defaultdict

import pandas as pd
import pytest

from etl import load
from tests.real.spot_check import assert_same_cells, built

FILE = load.STARTER / "census_2010" / "race_by_tract_2010.parquet"
GROUPS = [
    "white_nh",
    "black_nh",
    "asian_pacific_nh",
    "aian_nh",
    "two_or_more_nh",
    "hispanic",
    "other_nh",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("census_2010")
    return built(folder, folder / "no_raw", "census_2010")


@pytest.fixture(scope="module")
def by_county():
    tracts = defaultdict(list)
    rows = pd.read_parquet(FILE, columns=["county_fips", *GROUPS])
    for county, *counts in rows.itertuples(index=False, name=None):
        tracts[county].append(counts)
    return tracts


def test_200_random_shares(found, by_county):
    cells = []
    for county, tracts in by_county.items():
        sums = [sum(column) for column in zip(*tracts, strict=True)]
        for group, people in zip(GROUPS, sums, strict=True):
            cells.append((county, group.replace("other_nh", "other_race_nh"), people, sum(sums)))
    expected = pd.DataFrame(cells, columns=["place_id", "people_group", "numerator", "denominator"])
    expected = expected.astype({"numerator": float, "denominator": float}).assign(
        measure_id="census2010_race_ethnicity", period="2010", status="reported"
    )
    assert_same_cells(
        found, expected.assign(value=100 * expected["numerator"] / expected["denominator"])
    )


def test_segregation_of_200_counties_in_plain_python(found, by_county):
    apart = found[found["measure_id"].eq("census2010_dissimilarity_black_white")]
    mixed = found[found["measure_id"].eq("census2010_multigroup_segregation")]
    mixed = mixed.set_index("place_id")
    for row in apart.sample(200, random_state=2026).itertuples():
        tracts = by_county[row.place_id]
        sums = [sum(column) for column in zip(*tracts, strict=True)]
        peopled = sum(1 for counts in tracts if sum(counts))
        if min(sums[0], sums[1]) < 100 or peopled < 2:
            assert (row.status, math.isnan(row.value)) == ("not published", True)
            continue
        d = sum(abs(counts[1] / sums[1] - counts[0] / sums[0]) for counts in tracts) / 2
        assert row.value == pytest.approx(100 * d)
        assert row.status == ("unreliable" if min(sums[0], sums[1]) < 1000 else "reported")
        whole = entropy(sums)
        h = sum(sum(counts) * (whole - entropy(counts)) for counts in tracts) / (whole * sum(sums))
        assert mixed.loc[row.place_id, "value"] == pytest.approx(100 * h)


def entropy(counts: list[int]) -> float:
    total = sum(counts)
    return sum(n / total * math.log(total / n) for n in counts if n)


def test_published_totals(found):
    people = found[found["measure_id"].eq("census2010_population")].set_index("place_id")["value"]
    assert people["US"] == 308_745_538
    assert people["06037"] == 9_818_605
    hispanic = found[found["people_group"].eq("hispanic") & found["place_id"].eq("US")]
    assert hispanic["numerator"].tolist() == [50_477_594]
