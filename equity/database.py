"""Open the database to read, and ask it the questions in queries/."""

from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from equity.errors import Problem

QUERIES = Path(__file__).parent.parent / "queries"
# Raised when the tables change so that older databases can no longer be read.
FORMAT = 2
REBUILD = "Build it again with: python -m etl --offline"
# What DuckDB raises when it meets a part of a file that is not as it was written. Its checksum error
# has no class of its own. Any other error is a mistake in a question.
DAMAGED = (duckdb.IOException, duckdb.InternalException, duckdb.FatalException)
# What Linux and macOS, and what Windows, say of a file that another program writes to.
IN_USE = ("Could not set lock", "used by another process")


def versions(database: Path) -> list[Path]:
    """Give the database and newer ones beside it (health_equity-<number>.duckdb), newest last.

    A build on Windows cannot replace a file that is open, so it puts a new one beside it.
    """
    beside = database.parent.glob(f"{database.stem}-*{database.suffix}")
    return sorted(
        [path for path in (database, *beside) if path.exists()],
        key=lambda path: path.stat().st_mtime_ns,
    )


def current(database: Path) -> Path:
    """Give the newest build of a database; raise Problem when there is none."""
    found = versions(database)
    if not found:
        raise Problem(f"There is no database at {database}. Build it with: python -m etl --offline")
    return found[-1]


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the newest build to read, and nothing else; raise Problem when it cannot be read.

    It is attached to an empty database in memory: DuckDB keeps one instance a path, so opening
    the path itself would go on reading the old file after the ETL has replaced it.
    """
    path = current(database)
    connection = duckdb.connect()
    try:
        connection.execute("ATTACH $path AS house (READ_ONLY)", {"path": str(path)})
        formats = connection.execute("SELECT format FROM house.build").fetchall()
    except duckdb.Error as error:
        raise Problem(why_closed(path, error)) from error
    if formats != [(FORMAT,)]:
        raise Problem(
            f"The database {path.name} was built by another version of the dashboard. {REBUILD}"
        )
    # Each question is small and people are many: one thread a question serves them side by side.
    connection.execute("SET threads = 1")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def why_closed(path: Path, error: duckdb.Error) -> str:
    """Say why a database cannot be opened, and what to do."""
    if path.is_dir():
        return f"{path} is a folder. Name a file (--database or HEALTH_EQUITY_DATABASE)."
    if any(sign in str(error) for sign in IN_USE):
        return f"Another program has the database {path.name} open to write. Close it there, then reload."
    if "Permission denied" in str(error):
        return f"The database {path.name} may not be read. Change its permissions, then reload."
    return f"The database {path.name} is damaged or not ours. {REBUILD}"


@cache
def sql(query: str) -> str:
    """Give the text of queries/<query>.sql."""
    return (QUERIES / f"{query}.sql").read_text("utf-8")


def ask(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> pd.DataFrame:
    """Run queries/<query>.sql; raise Problem when the file turns out to be damaged.

    Values are bound, never pasted into the SQL.
    """
    cursor = connection.cursor()
    cursor.execute("USE house")
    try:
        return with_plain_text(cursor.execute(sql(query), parameters).df())
    except duckdb.Error as error:
        if isinstance(error, DAMAGED) or type(error) is duckdb.Error:
            raise Problem(f"The database {name(cursor)} is damaged. {REBUILD}") from error
        raise


def with_plain_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame whose text is Python's own, not Arrow's.

    Arrow lets go of the interpreter at each step on a column; on a server where 30 people wait for it,
    each step then costs a turn of all of them. Small frames are also faster this way.
    """
    text = frame.columns[frame.dtypes.eq("str")]
    return frame.astype(dict.fromkeys(text, object))


def name(cursor: duckdb.DuckDBPyConnection) -> str:
    """Give the name of the file that is open."""
    opened = "SELECT path FROM duckdb_databases() WHERE database_name = 'house'"
    return Path(cursor.execute(opened).fetchone()[0]).name
