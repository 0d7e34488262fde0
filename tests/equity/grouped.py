"""Numbers by group for tests: the starter database, with one measure's rows written out in the test."""

from collections.abc import Callable
from functools import partial

import duckdb
import pandas as pd

from equity import database

DAY = pd.Timestamp


def asking(connection: duckdb.DuckDBPyConnection) -> Callable[..., pd.DataFrame]:
    """Answer questions from a database, as pages do."""
    return partial(database.ask, connection)


def with_rows(
    connection: duckdb.DuckDBPyConnection, rows: list[dict], **measure: object
) -> Callable[..., pd.DataFrame]:
    """Answer questions from the starter database, but one measure by group from the rows given.

    A row has people_group, value and what else is not missing; `measure` changes words of the measure.
    """
    real = asking(connection)
    groups = real("groups_named", groups=tuple({row["people_group"] for row in rows}))
    named = groups.set_index("people_group")

    def ask(query: str, **parameters: object) -> pd.DataFrame:
        found = real(query, **parameters)
        if query == "measures" and measure:
            found = found.copy()
            for column, value in measure.items():
                found[column] = value
        if query == "values_by_group":
            return pd.DataFrame([filled(row, named) for row in rows])
        return found

    return ask


def filled(row: dict, named: pd.DataFrame) -> dict:
    """Give a row of queries/values_by_group.sql with what it leaves out."""
    group = named.loc[row["people_group"]]
    year = int(row.get("period", "2020"))
    return {
        "period": "2020",
        "starts": DAY(year, 1, 1),
        "ends": DAY(year + 1, 1, 1),
        "county_vintage": 2020,
        "dimension": group["dimension"],
        "group_title": group["title"],
        "group_position": group["position"],
        "overlapping": group["overlapping"],
        "low": None,
        "high": None,
        "level": None,
        "standard_error": None,
        "numerator": None,
        "denominator": None,
        "status": "reported" if row.get("value") is not None else "suppressed",
        "grade": "solid" if row.get("value") is not None else None,
        "origin": "published",
    } | row
