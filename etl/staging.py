"""One source's observations on their way into the database: newest edition, rules, grades, periods."""

import tomllib
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from equity import reliability
from equity.errors import Problem
from etl import check, observations, periods
from etl.reading import WrongFile
from etl.sources import describe

GROUPS = Path(__file__).parent / "people_groups.toml"
NUMBERS = ("value", "low", "high", "level", "standard_error", "numerator", "denominator")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Insert rows into a table by column name."""
    connection.register("rows", rows)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
    connection.unregister("rows")


def store(
    connection: duckdb.DuckDBPyConnection,
    source_id: str,
    editions: Iterable[pd.DataFrame],
    measures: pd.DataFrame,
) -> int:
    """Check a source's observations against every rule and store them; give how many.

    editions are what its transform gave for each of its folders, the newest last. Where two
    editions or two files hold the same observation, the newest is kept.
    """
    found = joined(editions)
    stage(connection, graded(found, measures))
    check.require_rules(connection)
    if found["edition"].nunique() > 1:
        keep_newest(connection)
    insert(connection, "period", period_table(connection, source_id, measures))
    add_groups(connection)
    return moved(connection)


def joined(editions: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join observations; the column `edition` numbers the files in the order they were given."""
    parts = [observations.completed(edition) for edition in editions]
    numbered, last = [], 0
    for part in parts:
        codes, files = pd.factorize(part["file"])
        numbered.append(part.assign(edition=codes + last))
        last += len(files)
    return numbered[0] if len(numbered) == 1 else pd.concat(numbered, ignore_index=True)


def graded(found: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Give observations with each value's grade in words, by the rule that its measure names."""
    found = found.astype(dict.fromkeys(NUMBERS, float))
    codes, ids = pd.factorize(found["measure_id"])
    about = measures.set_index("measure_id").reindex(ids)
    rules = about["grade_rule"].to_numpy()[codes]
    # A model that may not rank places has an interval that does not hold all the doubt.
    doubted = (about["made"].eq("modelled") & about["may_rank"].eq(False)).to_numpy()[codes]
    grades = np.full(len(found), None, dtype=object)
    for rule in pd.unique(rules[pd.notna(rules)]):
        mine = np.flatnonzero(rules == rule)
        grades[mine] = grade(found.iloc[mine], rule)
    warned = found["status"].eq("unreliable") | doubted
    return found.assign(
        grade=reliability.no_better_than_care(pd.Series(grades, index=found.index), warned)
    )


def grade(rows: pd.DataFrame, rule: str) -> pd.Series:
    """Give the grades of observations whose measures name one rule."""
    if rule == "margin":
        return reliability.by_margin(rows["value"], rows["standard_error"])
    if rule == "events":
        return reliability.by_events(rows["value"], rows["numerator"], rows["low"], rows["high"])
    if rule == "full count":
        return reliability.full_count(rows["value"])
    raise Problem(f"There is no grade_rule {rule!r}; etl/schema.sql lists them.")


def stage(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    """Put observations where the rules can look at them."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE incoming AS SELECT *, 0 AS edition FROM observation LIMIT 0"
    )
    # Arrow hands pandas' text over as it is; DuckDB's own reader of pandas takes four times as long.
    connection.register("rows", pa.Table.from_pandas(rows, preserve_index=False))
    connection.execute("INSERT INTO incoming BY NAME FROM rows")
    connection.unregister("rows")


def keep_newest(connection: duckdb.DuckDBPyConnection) -> None:
    """Of observations that several editions hold, keep the newest edition's.

    Where the newest edition of a period moved to newer county codes, older editions' rows of
    counties that it no longer has go too: they are the same people under other codes.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE incoming AS
           FROM incoming
           QUALIFY row_number() OVER (
               PARTITION BY measure_id, period, place_id, people_group
               ORDER BY edition DESC
           ) = 1"""
    )
    connection.execute(
        """DELETE FROM incoming USING (
               WITH located AS (
                   SELECT measure_id, period, place_id, edition, from_vintage, to_vintage
                   FROM incoming JOIN place USING (place_id)
                   WHERE place.level = 'county'
               ),
               newest_rows AS (
                   FROM located
                   QUALIFY edition = max(edition) OVER (PARTITION BY measure_id, period)
               ),
               newest AS (
                   SELECT measure_id, period, edition,
                          max(from_vintage) AS begins, min(to_vintage) AS ends
                   FROM newest_rows
                   GROUP BY measure_id, period, edition
               )
               SELECT DISTINCT located.measure_id, located.period, located.place_id, located.edition
               FROM located JOIN newest USING (measure_id, period)
               WHERE located.edition < newest.edition
                 AND (located.to_vintage < newest.begins OR located.from_vintage > newest.ends)
           ) AS gone
           WHERE incoming.measure_id = gone.measure_id
             AND incoming.period = gone.period
             AND incoming.place_id = gone.place_id
             AND incoming.edition = gone.edition"""
    )


def moved(connection: duckdb.DuckDBPyConnection) -> int:
    """Move what is staged into the table `observation`, in the order that queries read; give how many."""
    connection.execute(
        """INSERT INTO observation BY NAME
           SELECT * EXCLUDE (edition) FROM incoming
           ORDER BY measure_id, period, people_group, place_id"""
    )
    rows = connection.execute("SELECT count(*) FROM incoming").fetchone()[0]
    connection.execute("DROP TABLE incoming")
    return rows


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
