"""Compare 200 random cells of a publisher's own file with what the ETL built from it."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl import load, places, staging
from etl.staging import insert

KEY = ["measure_id", "period", "place_id", "people_group"]
CELLS = 200


def built(
    folder: Path, raw: Path, source_id: str, accepted: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """Build one source from raw into a database in folder; give its observations."""
    with duckdb.connect(folder / "spot.duckdb") as connection:
        connection.execute(load.SCHEMA.read_text("utf-8"))
        insert(connection, "place", places.place_table(load.STARTER))
        insert(connection, "people_group", staging.people_group_table())
        roots = load.Roots(load.STARTER, raw, folder, accepted)
        folders = load.folders_of(source_id, roots, lambda line: None)
        load.load(connection, source_id, folders, load.STARTER, lambda line: None)
        return connection.execute("FROM observation").df()


def assert_same_cells(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Assert that 200 random rows of expected (key, value, status, what else) are in found, exactly."""
    assert not expected.duplicated(KEY).any()
    cells = expected.sample(n=min(CELLS, len(expected)), random_state=2026)
    both = cells.merge(found, on=KEY, how="left", suffixes=("", "_found"), indicator=True)
    assert (both["_merge"] == "both").all(), both.loc[both["_merge"] != "both", KEY]
    for column in cells.columns.drop(KEY):
        same = equal(both[column], both[f"{column}_found"])
        assert same.all(), both.loc[~same, [*KEY, column, f"{column}_found"]]


def equal(expected: pd.Series, found: pd.Series) -> pd.Series:
    """Say where two columns hold the same, missing being the same as missing."""
    return (expected == found) | (expected.isna() & found.isna())


def number(cell: str) -> float:
    """Give a printed cell as a number, missing where it is none."""
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return np.nan
