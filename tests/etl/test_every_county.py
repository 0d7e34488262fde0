"""A file that should list every county and lacks one is refused."""

import gzip

import duckdb
import pandas as pd
import pytest

from etl import check, load
from etl.reading import WrongFile

STARTER_FILE = load.STARTER / "census_pep" / "co-est2019-alldata.csv.gz"
PLACES = pd.DataFrame(
    [
        ("01001", "county", "01", 2019, 2022, "Autauga County, Alabama"),
        ("02261", "county", "02", 2019, 2019, "Valdez-Cordova Census Area, Alaska"),
        ("02063", "county", "02", 2020, 2022, "Chugach Census Area, Alaska"),
        ("72001", "county", "72", 2019, 2022, "Adjuntas Municipio, Puerto Rico"),
        ("01", "state", "01", 2019, 2022, "Alabama"),
    ],
    columns=["place_id", "level", "state_id", "from_vintage", "to_vintage", "title"],
)


def checked(vintage: int, *place_ids: str) -> None:
    """Check stored observations of some places against every county of a vintage."""
    tables = {
        "place": PLACES,
        "measure": pd.DataFrame([("m", "s")], columns=["measure_id", "source_id"]),
        "period": pd.DataFrame(
            [("m", "2021", vintage)], columns=["measure_id", "period", "county_vintage"]
        ),
        "observation": pd.DataFrame(
            [("m", "2021", place_id, "file.csv") for place_id in place_ids],
            columns=["measure_id", "period", "place_id", "file"],
        ),
    }
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            connection.register(name, rows)
        check.require_every_county(connection, "s")


def test_counties_of_their_vintage_are_enough():
    checked(2019, "01001", "02261")
    checked(2022, "01001", "02063")


def test_missing_county_is_named_with_its_file():
    with pytest.raises(WrongFile) as refusal:
        checked(2022, "01001", "72001", "01")
    assert str(refusal.value).startswith(
        "file.csv, column place_id: There is no row of Chugach Census Area, Alaska (02063) for m 2021"
    )


def test_build_of_a_source_that_lists_every_county_refuses_a_file_without_one(tmp_path):
    raw = tmp_path / "raw" / "census_pep"
    raw.mkdir(parents=True)
    with gzip.open(STARTER_FILE, "rt", encoding="latin-1") as file:
        header, *lines = file
    # The file of the 2010s as one of later years, which the starter data do not hold.
    header = header.replace("2019", "2021").replace("2018", "2020")
    without = [line for line in lines if "Oglala Lakota County" not in line]
    assert len(without) == len(lines) - 1
    (raw / "co-est2021-alldata.csv").write_text("".join([header, *without]), "latin-1")
    with pytest.raises(WrongFile, match=r"co-est2021-alldata.csv.* Oglala Lakota County"):
        load.build(
            tmp_path / "one.duckdb",
            raw=raw.parent,
            static=tmp_path / "static",
            sources=["census_pep"],
            say=lambda line: None,
        )
    assert not (tmp_path / "one.duckdb").exists()
