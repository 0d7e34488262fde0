"""Build a new database aside, check it, swap it in."""

import hashlib
import os
import time
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from equity import database as house
from equity import reliability
from equity.errors import Problem
from etl import check, observations, periods, places, shapes
from etl.sources import SOURCE_IDS, describe, measure_table, module_of, source_row

HOUSE = Path(__file__).parent.parent
STARTER = HOUSE / "data" / "starter"
RAW = HOUSE / "data" / "raw"
STATIC = HOUSE / "static"
SCHEMA = Path(__file__).parent / "schema.sql"
GROUPS = Path(__file__).parent / "people_groups.toml"

Say = Callable[[str], None]


def build(
    database: Path,
    *,
    starter: Path = STARTER,
    raw: Path = RAW,
    static: Path = STATIC,
    sources: Iterable[str] = (),
    say: Say = print,
) -> Path:
    """Build the database from the starter files and, where there are any, newer raw ones; give its path.

    A reader sees the old database or the new one, never a half. sources names the ones to load
    (default: all that have files). Raises Problem when a file is wrong or another build is running.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{database}.lock", timeout=0):
            return built(database, starter, raw, static, sorted(sources) or SOURCE_IDS, say)
    except Timeout as busy:
        raise Problem(
            f"Another build of {database.name} is running; wait until it has finished, then start again."
        ) from busy


def built(
    database: Path, starter: Path, raw: Path, static: Path, source_ids: list[str], say: Say
) -> Path:
    """Build while holding the lock."""
    began = time.perf_counter()
    unfinished = database.with_name(f"{database.name}.building")
    unfinished.unlink(missing_ok=True)
    try:
        with duckdb.connect(unfinished) as connection:
            connection.execute(SCHEMA.read_text("utf-8"))
            fill(connection, starter, raw, source_ids, say)
            names = dict(connection.execute("SELECT place_id, full_name FROM place").fetchall())
        shapes.write_all(starter, raw, static, names=names)
        place_beside = swap(unfinished, database)
    finally:
        unfinished.unlink(missing_ok=True)
    say(f"Built {place_beside} in {time.perf_counter() - began:.1f} s.")
    return place_beside


def fill(
    connection: duckdb.DuckDBPyConnection, starter: Path, raw: Path, source_ids: list[str], say: Say
) -> None:
    """Fill every table, sources in alphabetical order."""
    say("Places and county shapes")
    insert(connection, "place", places.place_table(starter))
    insert(connection, "place_name", places.place_name_table(starter))
    insert(connection, "neighbour", shapes.neighbour_table(starter, raw))
    insert(connection, "people_group", people_group_table())
    connection.execute("CREATE TEMP TABLE graded AS FROM observation")
    for source_id in source_ids:
        folders = [folder for root in (starter, raw) if has_files(folder := root / source_id)]
        rows = load(connection, source_id, folders, starter)
        if folders:
            say(f"{source_id}: {rows:,} observations")
    drop_unused_measures(connection)
    connection.execute(
        "INSERT INTO observation FROM graded ORDER BY measure_id, period, people_group, place_id"
    )
    version = data_version(connection)
    connection.execute(
        "INSERT INTO build VALUES ($version, $now, $code, $format)",
        {
            "version": version,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "code": code_version(),
            "format": house.FORMAT,
        },
    )


def has_files(folder: Path) -> bool:
    """Say whether there is a data file in a source's folder."""
    return folder.is_dir() and any(data_files(folder))


def data_files(folder: Path) -> list[Path]:
    """Give the data files of a source's folder, without what a download noted beside them."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix not in (".part", ".meta")
    )


def load(
    connection: duckdb.DuckDBPyConnection, source_id: str, folders: list[Path], starter: Path
) -> int:
    """Load one source: its words, its files, its measures, its observations; give the row count."""
    insert(connection, "source", pd.DataFrame([source_row(source_id)]))
    measures = measure_table(source_id)
    insert(connection, "measure", measures)
    if not folders:
        return 0
    found = newest(module_of(source_id).transform(folder) for folder in folders)
    check.require_rows(source_id, found)
    stage(connection, found)
    check.require_rules(connection)
    connection.register("period_rows", period_table(connection, source_id))
    connection.execute("INSERT INTO period BY NAME FROM period_rows")
    add_groups(connection)
    grade(connection, measures)
    for folder in folders:
        insert(connection, "source_file", file_table(source_id, folder, starter))
    return len(found)


def newest(editions: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join the observations of a source's folders; where two hold the same one, the later folder wins."""
    parts = [
        observations.completed(edition).assign(edition=n) for n, edition in enumerate(editions)
    ]
    if len(parts) == 1:
        return parts[0].drop(columns="edition")
    key = ["measure_id", "period", "place_id", "people_group"]
    joined = pd.concat(parts, ignore_index=True)
    last = joined.groupby(key, sort=False)["edition"].transform("max")
    return joined[joined["edition"].eq(last)].drop(columns="edition")


def stage(connection: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> None:
    """Put observations where the rules can look at them."""
    connection.register("rows", found)
    connection.execute("CREATE OR REPLACE TEMP TABLE incoming AS FROM rows")


def period_table(connection: duckdb.DuckDBPyConnection, source_id: str) -> pd.DataFrame:
    """Give the rows of the table `period` for what is staged."""
    declared = {
        measure["measure_id"]: vintage
        for measure in describe(source_id)["measure"]
        if (vintage := describe(source_id).get("county_vintage"))
    }
    found = check.county_vintages(connection, declared)
    ends = found["period"].map(periods.bounds)
    return found.assign(starts=ends.str[0], ends=ends.str[1])


def add_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the people groups that are two joined by "+"; refuse one that nobody described."""
    known = people_group_table().set_index("people_group")
    there = {
        row[0] for row in connection.execute("SELECT people_group FROM people_group").fetchall()
    }
    used = {
        row[0]
        for row in connection.execute("SELECT DISTINCT people_group FROM incoming").fetchall()
    }
    added = []
    for group in sorted(used - there):
        parts = group.split("+")
        if unknown := [part for part in parts if part not in known.index]:
            raise Problem(
                f"The people group {unknown[0]!r} is not in etl/people_groups.toml; describe it there."
            )
        added.append(joined_group(group, known.loc[parts]))
    if added:
        insert(connection, "people_group", pd.DataFrame(added))


def joined_group(group: str, parts: pd.DataFrame) -> dict:
    """Give the row of a group that is several joined ("black_nh+female")."""
    choices = [[part, *parts.loc[part, "overlapping"]] for part in parts.index]
    overlaps = ["+".join(choice) for choice in product(*choices)]
    return {
        "people_group": group,
        "dimension": "+".join(parts["dimension"]),
        "title": ", ".join([parts["title"].iloc[0], *parts["title"].iloc[1:].str.lower()]),
        "position": int("".join(f"{position:03}" for position in parts["position"])),
        "overlapping": [overlap for overlap in overlaps if overlap != group],
    }


def people_group_table() -> pd.DataFrame:
    """Give the rows of the table `people_group` that etl/people_groups.toml describes."""
    words = tomllib.loads(GROUPS.read_text("utf-8"))
    return pd.DataFrame(
        [
            {"people_group": group, "position": position, "overlapping": []} | row
            for position, (group, row) in enumerate(words.items())
        ]
    )


def grade(connection: duckdb.DuckDBPyConnection, measures: pd.DataFrame) -> None:
    """Move what is staged to `graded`, with each value's grade in words."""
    rows = connection.execute("FROM incoming").df()
    rule = rows["measure_id"].map(measures.set_index("measure_id")["grade_rule"])
    grades = pd.Series(None, index=rows.index, dtype=object)
    margin, events, full = (rule.eq(name) for name in ("margin", "events", "full count"))
    grades[margin] = reliability.by_margin(rows["value"], rows["standard_error"])[margin]
    grades[events] = reliability.by_events(
        rows["value"], rows["numerator"], rows["low"], rows["high"]
    )[events]
    grades[full] = reliability.full_count(rows["value"])[full]
    insert(connection, "graded", rows.assign(grade=grades))


def file_table(source_id: str, folder: Path, starter: Path) -> pd.DataFrame:
    """Give the rows of the table `source_file` for a source's folder."""
    origin = "starter" if folder.parent == starter else "raw"
    rows = []
    for path in data_files(folder):
        noted = noted_download(path)
        packed = path.read_bytes()
        rows.append(
            {
                "source_id": source_id,
                "file": path.name,
                "origin": origin,
                "bytes": len(packed),
                "sha256": hashlib.sha256(packed).hexdigest(),
                "url": noted.get("url"),
                "retrieved": noted.get("retrieved"),
            }
        )
    return (
        pd.DataFrame(rows)
        .astype({"url": object})
        .assign(retrieved=lambda files: pd.to_datetime(files["retrieved"]))
    )


def noted_download(path: Path) -> dict:
    """Give what the download noted of a file (address, time), or nothing for a file put there by hand."""
    note = path.with_name(f"{path.name}.meta")
    return tomllib.loads(note.read_text("utf-8")) if note.exists() else {}


def drop_unused_measures(connection: duckdb.DuckDBPyConnection) -> None:
    """Move measures without any observation to `measure_not_loaded`."""
    connection.execute(
        """INSERT INTO measure_not_loaded
           SELECT measure_id, source_id, title, domain
           FROM measure ANTI JOIN period USING (measure_id)"""
    )
    connection.execute(
        "DELETE FROM measure WHERE measure_id IN (SELECT measure_id FROM measure_not_loaded)"
    )


def data_version(connection: duckdb.DuckDBPyConnection) -> str:
    """Give the version that the same files and the same code give on any machine."""
    files = connection.execute(
        "SELECT source_id, file, sha256 FROM source_file ORDER BY ALL"
    ).fetchall()
    return hashlib.sha256(repr((files, code_version())).encode()).hexdigest()[:10]


def code_version() -> str:
    """Give a checksum of the code and words that turn files into observations."""
    digest = hashlib.sha256()
    parts = [
        path
        for pattern in ("*.py", "*.toml", "*.sql", "*.csv")
        for path in SCHEMA.parent.rglob(pattern)
    ]
    for path in sorted(parts):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:10]


def swap(unfinished: Path, database: Path) -> Path:
    """Put a finished database in place of the old one; give the path where it stands.

    Windows cannot replace a file that a running app has open: there it is put beside it under a
    name of its own, which the app finds because it is newer (docs/decisions.md).
    """
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        unfinished.replace(database)
        return database
    except PermissionError:
        beside = database.with_name(f"{database.stem}-{time.time_ns()}{database.suffix}")
        unfinished.replace(beside)
        return beside
    finally:
        forget_older(database)


def forget_older(database: Path) -> None:
    """Remove older databases beside the current one, where no app has them open."""
    current = house.current(database)
    for older in house.versions(database):
        if older not in (current, database):
            try:
                older.unlink()
            except PermissionError:
                continue


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Insert rows into a table by column name."""
    connection.register("rows", rows)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
    connection.unregister("rows")
