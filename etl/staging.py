"""One source's observations on their way into the database: newest edition, rules, grades, periods."""

import tomllib
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from etl import check, periods
from etl.reading import WrongFile
from etl.sources import describe

GROUPS = Path(__file__).parent / "people_groups.toml"


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Insert rows into a table by column name."""
    # DuckDB's own reader of pandas takes many times as long as Arrow.
    connection.register("rows", pa.Table.from_pandas(rows, preserve_index=False))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
    connection.unregister("rows")


def store(
    connection: duckdb.DuckDBPyConnection, source_id: str, rows: pa.Table, measures: pd.DataFrame
) -> int:
    """Check a source's prepared observations against every rule and store them; give how many.

    Where two editions or two files hold the same observation, the newest is kept.
    """
    connection.register("incoming", rows)
    check.require_rules(connection)
    connection.register("incoming", newest := newest_of_each(rows))
    drop_replaced_counties(connection, newest)
    insert(connection, "period", period_table(connection, source_id, measures))
    add_groups(connection)
    count = moved(connection)
    connection.unregister("incoming")
    return count


def newest_of_each(rows: pa.Table) -> pa.Table:
    """Give each observation once: of those that several editions hold, the newest edition's."""
    key = rows["key"].to_numpy()
    last = np.append(key[1:] != key[:-1], True)
    return rows if last.all() else rows.filter(pa.array(last))


def drop_replaced_counties(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Drop rows of counties that the newest edition of their period no longer has.

    Where it moved to newer county codes, older editions' rows of the codes before are the same
    people once more.
    """
    if rows["edition"].to_numpy().max() == 0:
        return
    replaced = connection.execute(
        """WITH located AS (
               SELECT measure_id, period, place_id, key, edition, from_vintage, to_vintage
               FROM incoming JOIN place USING (place_id)
               WHERE place.level = 'county'
           ),
           newest AS (
               SELECT measure_id, period, max(edition) AS edition
               FROM located
               GROUP BY measure_id, period
               HAVING min(edition) < max(edition)
           ),
           codes AS (
               SELECT measure_id, period, edition,
                      max(from_vintage) AS begins, min(to_vintage) AS ends
               FROM located JOIN newest USING (measure_id, period, edition)
               GROUP BY measure_id, period, edition
           )
           SELECT key
           FROM located JOIN codes USING (measure_id, period)
           WHERE located.edition < codes.edition
             AND (located.to_vintage < codes.begins OR located.from_vintage > codes.ends)"""
    ).fetchnumpy()["key"]
    if len(replaced):
        gone = np.isin(rows["key"].to_numpy(), replaced)
        connection.register("incoming", rows.filter(pa.array(~gone)))


def moved(connection: duckdb.DuckDBPyConnection) -> int:
    """Move what is staged into the table `observation`, in its order; give how many."""
    return connection.execute(
        "INSERT INTO observation BY NAME SELECT * EXCLUDE (edition, key) FROM incoming"
    ).fetchone()[0]


def period_table(
    connection: duckdb.DuckDBPyConnection, source_id: str, measures: pd.DataFrame
) -> pd.DataFrame:
    """Give the rows of the table `period` for what is staged."""
    vintage = describe(source_id).get("county_vintage")
    declared = dict.fromkeys(measures["measure_id"], vintage) if vintage else {}
    found = check.county_vintages(connection, declared)
    ends = found["period"].map(periods.bounds)
    return found.assign(starts=ends.str[0], ends=ends.str[1])


def people_group_table() -> pd.DataFrame:
    """Give the rows of the table `people_group` that etl/people_groups.toml describes."""
    words = tomllib.loads(GROUPS.read_text("utf-8"))
    return pd.DataFrame(
        [
            {"people_group": group, "position": position, "overlapping": []} | row
            for position, (group, row) in enumerate(words.items())
        ]
    )


def add_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the people groups that are two joined by "+"; refuse one that nobody described."""
    new = connection.execute(
        """SELECT people_group, min((file, line))
           FROM incoming ANTI JOIN people_group USING (people_group)
           GROUP BY people_group
           ORDER BY people_group"""
    ).fetchall()
    if not new:
        return
    known = people_group_table().set_index("people_group").to_dict("index")
    added = []
    for group, (file, line) in new:
        parts = str(group).split("+")
        if unknown := [part for part in parts if part not in known]:
            raise WrongFile(
                file,
                f"Nobody has described the people group {unknown[0]!r}.",
                line=line,
                column="people_group",
                todo="Describe it in etl/people_groups.toml.",
            )
        added.append(joined_group(group, {part: known[part] for part in parts}))
    insert(connection, "people_group", pd.DataFrame(added))


def joined_group(group: str, parts: dict[str, dict]) -> dict:
    """Give the row of a group that is several joined ("black_nh+female")."""
    choices = [[part, *words["overlapping"]] for part, words in parts.items()]
    overlaps = ["+".join(choice) for choice in product(*choices)]
    first, *others = [words["title"] for words in parts.values()]
    return {
        "people_group": group,
        "dimension": "+".join(words["dimension"] for words in parts.values()),
        "title": ", ".join([first, *map(uncapitalised, others)]),
        "position": int("".join(f"{words['position']:03}" for words in parts.values())),
        "overlapping": [overlap for overlap in overlaps if overlap != group],
    }


def uncapitalised(title: str) -> str:
    """Give a title as it reads behind a comma; names of peoples keep their capital."""
    return title if title.startswith("Hispanic") else title[:1].lower() + title[1:]
