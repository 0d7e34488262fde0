"""2010 Census by tract: mix and segregation of counties."""

from pathlib import Path

import pandas as pd
import pytest

from etl.observations import completed
from etl.reading import WrongFile
from etl.sources import census_2010, measure_table
from tests.etl.golden import one

# White, Black, Asian or Pacific, American Indian, two or more, Hispanic, other; a tract a row.
TRACTS = {
    "01001": [(1500, 0, 0, 0, 0, 0, 0), (500, 2000, 0, 0, 0, 0, 0)],
    "01003": [(900, 100, 0, 0, 0, 0, 0)],
    "01005": [(2000, 99, 0, 0, 0, 300, 0), (2000, 0, 0, 0, 0, 100, 0), (0, 0, 0, 0, 0, 0, 0)],
    "72001": [(0, 0, 0, 0, 0, 1000, 0), (0, 0, 0, 0, 0, 3000, 0)],
}


def written(folder: Path, *, total_of_first: int | None = None) -> Path:
    rows = [(county, *counts) for county, tracts in TRACTS.items() for counts in tracts]
    frame = pd.DataFrame(rows, columns=["county_fips", *census_2010.GROUPS])
    frame["total"] = frame[[*census_2010.GROUPS]].sum(axis=1)
    if total_of_first is not None:
        frame.loc[0, "total"] = total_of_first
    path = folder / "race_by_tract_2010.parquet"
    frame.to_parquet(path, index=False)
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("census_2010")
    written(folder)
    rows = completed(census_2010.transform(folder))
    assert set(rows["measure_id"]) == set(measure_table("census_2010")["measure_id"])
    return rows


def test_share_of_a_county_has_its_counts(found):
    share = one(found, "census2010_race_ethnicity", "01001", "2010", "black_nh")
    assert (share["value"], share["numerator"], share["denominator"]) == (50, 2000, 4000)


def test_states_and_nation_are_sums_and_the_nation_is_without_puerto_rico(found):
    assert one(found, "census2010_population", "01", "2010")["value"] == 9499
    assert one(found, "census2010_population", "72", "2010")["value"] == 4000
    assert one(found, "census2010_population", "US", "2010")["value"] == 9499
    share = one(found, "census2010_race_ethnicity", "US", "2010", "hispanic")
    assert share["value"] == pytest.approx(100 * 400 / 9499)
    assert share["origin"] == "summed from counties"


def test_dissimilarity_by_hand(found):
    apart = one(found, "census2010_dissimilarity_black_white", "01001", "2010")
    assert (apart["value"], apart["status"], apart["origin"]) == (75, "reported", "computed")


def test_isolation_by_hand(found):
    alone = one(found, "census2010_isolation", "01001", "2010", "black_nh")
    assert alone["value"] == pytest.approx(100 * 2000 / 2500)


def test_county_with_one_tract_has_a_mix_and_no_segregation(found):
    assert one(found, "census2010_race_ethnicity", "01003", "2010", "white_nh")["value"] == 90
    indices = found[
        found["place_id"].eq("01003") & found["measure_id"].str.contains("dissim|multi")
    ]
    assert len(indices) == 3
    assert set(indices["status"]) == {"not published"}


def test_group_of_fewer_than_100_people_has_no_index(found):
    apart = one(found, "census2010_dissimilarity_black_white", "01005", "2010")
    assert apart["status"] == "not published"
    assert pd.isna(apart["value"])


def test_group_of_fewer_than_1000_people_has_an_index_with_a_warning(found):
    apart = one(found, "census2010_dissimilarity_hispanic_white", "01005", "2010")
    assert (apart["value"], apart["status"]) == (25, "unreliable")


def test_place_of_one_group_has_no_multigroup_index(found):
    mixed = one(found, "census2010_multigroup_segregation", "72001", "2010")
    assert mixed["status"] == "not published"


def test_groups_that_do_not_add_up_are_refused(tmp_path):
    written(tmp_path, total_of_first=7)
    with pytest.raises(WrongFile, match="line 1, column total: The groups of this tract"):
        census_2010.transform(tmp_path)


def test_file_that_is_not_parquet_is_refused(tmp_path):
    (tmp_path / "race_by_tract_2010.parquet").write_text("<html>")
    with pytest.raises(WrongFile, match="not a whole Parquet file"):
        census_2010.transform(tmp_path)


def test_damaged_parquet_is_refused(tmp_path):
    path = written(tmp_path)
    damaged = bytearray(path.read_bytes())
    damaged[40:80] = bytes(40)
    path.write_bytes(damaged)
    with pytest.raises(WrongFile, match="not a whole Parquet file"):
        census_2010.transform(tmp_path)
