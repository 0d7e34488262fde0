"""python -m etl report OLD NEW: what changed between two databases."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from equity.errors import Problem

KEY = "measure_id, period, place_id, people_group"
# One row an observation that both databases hold.
BOTH = f"""
    SELECT {KEY}, old.value AS was, new.value AS is_now, old.low, old.high,
           old.status AS old_status, new.status AS new_status
    FROM old.observation AS old JOIN new.observation AS new USING ({KEY})"""
MOVED = """was IS NOT NULL AND is_now IS NOT NULL AND was <> is_now
           AND (is_now < low OR is_now > high)"""
SHOWN = 10


def run(old: Path, new: Path) -> int:
    """Print what changed from one database to another; give 0."""
    with duckdb.connect() as connection:
        attach(connection, old, "old")
        attach(connection, new, "new")
        print("\n".join(lines(connection, old, new)))
    return 0


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Open a database to read; raise Problem when it is none of ours."""
    if not path.is_file():
        raise Problem(f"There is no database at {path}.")
    try:
        connection.execute(f"ATTACH $path AS {name} (READ_ONLY)", {"path": str(path)})
        connection.execute(f"FROM {name}.build")
    except duckdb.Error as error:
        raise Problem(
            f"{path} cannot be compared: it is damaged, not a database of ours, or the same file twice."
        ) from error


def lines(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> Iterator[str]:
    """Give the report line by line."""
    for name, path in (("old", old), ("new", new)):
        version, built, rows = connection.execute(
            f"""SELECT data_version, strftime(built_at, '%Y-%m-%d %H:%M'),
                       (SELECT count(*) FROM {name}.observation)
                FROM {name}.build"""
        ).fetchone()
        yield f"{name}: {path.name}, data version {version}, built {built} UTC, {rows:,} observations"
    yield from members(connection, "measures", "measure_id")
    yield from members(connection, "places with data", "place_id")
    yield from members(
        connection,
        "periods of measures in both",
        "measure_id || ' ' || period",
        where="measure_id IN (FROM old.measure SELECT measure_id INTERSECT FROM new.measure SELECT measure_id)",
    )
    yield from rows_gained_and_lost(connection)
    yield from status_changes(connection)
    yield from moved(connection)


def members(
    connection: duckdb.DuckDBPyConnection, title: str, column: str, *, where: str = "true"
) -> Iterator[str]:
    """Say which measures, places or periods were gained and lost."""
    for word, here, there in (("gained", "new", "old"), ("lost", "old", "new")):
        names = connection.execute(
            f"""SELECT DISTINCT {column} FROM {here}.observation WHERE {where}
                EXCEPT SELECT DISTINCT {column} FROM {there}.observation
                ORDER BY 1"""
        ).fetchall()
        listed = ", ".join(name for (name,) in names[: 2 * SHOWN])
        more = f" and {len(names) - 2 * SHOWN:,} more" if len(names) > 2 * SHOWN else ""
        yield f"{title} {word}: {len(names):,}" + (f" ({listed}{more})" if names else "")


def rows_gained_and_lost(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Count the observations of measures that both hold, gained and lost, by measure."""
    for word, here, there in (("gained", "new", "old"), ("lost", "old", "new")):
        found = connection.execute(
            f"""SELECT measure_id, count(*) AS observations
                FROM {here}.observation ANTI JOIN {there}.observation USING ({KEY})
                WHERE measure_id IN (SELECT measure_id FROM {there}.measure)
                GROUP BY measure_id ORDER BY measure_id"""
        ).df()
        yield from listed(f"observations {word} of measures in both", found)


def status_changes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Count the observations whose status changed, by measure and change."""
    found = connection.execute(
        f"""SELECT measure_id, concat(old_status, ' -> ', new_status) AS change,
                   count(*) AS observations
            FROM ({BOTH})
            WHERE old_status <> new_status
            GROUP BY ALL ORDER BY ALL"""
    ).df()
    yield from listed("observations with another status", found)


def moved(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Count the values that left their old interval, or changed without having one; show the furthest."""
    found = connection.execute(
        f"""SELECT measure_id,
                   count(*) FILTER ({MOVED}) AS observations,
                   count(*) FILTER (was <> is_now AND low IS NULL AND high IS NULL) AS without_interval,
                   count(*) FILTER (was <> is_now) AS changed
            FROM ({BOTH})
            GROUP BY measure_id HAVING changed > 0 ORDER BY measure_id"""
    ).df()
    yield from listed("values that moved by more than their interval", found)
    furthest = connection.execute(
        f"""SELECT {KEY}, was, low, high, is_now
            FROM ({BOTH})
            WHERE {MOVED}
            ORDER BY greatest(low - is_now, is_now - high) / nullif(high - low, 0) DESC, {KEY}
            LIMIT {SHOWN}"""
    ).fetchall()
    for *key, was, low, high, is_now in furthest:
        yield f"  {', '.join(key)}: {was:,.6g} ({low:,.6g} to {high:,.6g}) -> {is_now:,.6g}"


def listed(title: str, found: pd.DataFrame) -> Iterator[str]:
    """Give a title with a total, and one line a row."""
    yield f"{title}: {found['observations'].sum():,}"
    for row in found.to_dict("records"):
        words = [str(value) for value in row.values() if isinstance(value, str)]
        counts = [
            f"{value:,} {name.replace('_', ' ')}" if name != "observations" else f"{value:,}"
            for name, value in row.items()
            if not isinstance(value, str)
        ]
        yield f"  {', '.join(words)}: {', '.join(counts)}"
