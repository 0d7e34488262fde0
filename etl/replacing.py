"""Put finished files in place of the old ones, so that a reader sees the one or the other, never a half."""

import os
import time
from pathlib import Path

from equity import database as house

# What DuckDB and a killed build may leave beside an unfinished database.
LEFTOVERS = ("", ".wal", ".tmp", ".checkpoint.wal", ".recovery.wal")


def clear(unfinished: Path) -> None:
    """Remove an unfinished database and all that belongs to it.

    Its write-ahead log must go with it: DuckDB would replay an old log into a new file.
    """
    for ending in LEFTOVERS:
        path = unfinished.with_name(f"{unfinished.name}{ending}")
        if path.is_dir():
            for spilled in path.iterdir():
                spilled.unlink(missing_ok=True)
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


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


def write_all(files: dict[str, str], static: Path) -> None:
    """Write files aside and swap each in, so that a browser never fetches half of one."""
    static.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        unfinished = (static / name).with_suffix(".building")
        unfinished.write_text(content, encoding="utf-8", newline="\n")
        unfinished.replace(static / name)


def forget_older(database: Path) -> None:
    """Remove older databases beside the current one, where no app has them open."""
    versions = house.versions(database)
    for older in versions[:-1]:
        if older != database:
            try:
                older.unlink()
            except PermissionError:
                continue
