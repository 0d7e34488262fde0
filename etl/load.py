"""Build a new database aside, check it, swap it in."""

import errno
import hashlib
import time
import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from equity import database as house
from equity.errors import Problem
from etl import check, places, preparing, staging, unread
from etl.preparing import data_files
from etl.replacing import clear, swap, write_all
from etl.sharing import Task, answers
from etl.sources import SOURCE_IDS, describe, measure_table, source_row
from etl.staging import insert

HOUSE = Path(__file__).parent.parent
STARTER = places.STARTER
RAW = HOUSE / "data" / "raw"
STATIC = HOUSE / "static"
DATABASE = HOUSE / "data" / "health_equity.duckdb"
SCHEMA = Path(__file__).parent / "schema.sql"
# Modules outside etl/ whose change changes what is stored.
STATISTICS = ("acs.py", "rates.py", "reliability.py", "segregation.py")

# What DuckDB raises when it cannot write.
NO_ROOM = (
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)

INTERRUPTED = ("Query interrupted", "INTERRUPT Error", "KeyboardInterrupt")

Say = Callable[[str], None]
# The name of the task that is no source's.
SHAPES = "county shapes"
# Drawing them takes as long as reading this many bytes.
SHAPES_SIZE = 3_000_000


class Roots(NamedTuple):
    """Where files are read from, where county shapes are written, and which terms of use are accepted."""

    starter: Path
    raw: Path
    static: Path
    accepted: frozenset[str] = frozenset()


def build(
    database: Path,
    *,
    starter: Path = STARTER,
    raw: Path = RAW,
    static: Path = STATIC,
    sources: Iterable[str] = (),
    accepted: frozenset[str] = frozenset(),
    say: Say = print,
) -> Path:
    """Build the database from the starter files and, where there are any, newer raw ones; give its path.

    A reader sees the old database or the new one, never a half. sources names the ones to load
    (default: all that have files); accepted names the terms of use that the person has agreed to: a
    source whose .toml says accept_terms is left out without them. Raises Problem when a file is
    wrong, another build is running or the disk cannot be written.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{database}.lock", timeout=0):
            roots = Roots(starter, raw, static, accepted)
            return built(database, roots, sorted(sources) or SOURCE_IDS, say)
    except (duckdb.Error, RuntimeError) as error:
        tell_interrupt(error)
        if isinstance(error, NO_ROOM):
            raise Problem(
                f"The new database could not be written in {database.parent}: {first_line(error)} "
                "Make room on the disk or name another place with --database."
            ) from error
        raise
    except Timeout as busy:
        raise Problem(
            f"Another build of {database.name} is running; wait until it has finished, then start again."
        ) from busy
    except OSError as error:
        raise Problem(disk_sentence(error, database)) from error


def tell_interrupt(error: Exception) -> None:
    """Raise KeyboardInterrupt where an error is how DuckDB tells that Ctrl-C came while it was at work."""
    if any(words in str(error) for words in INTERRUPTED):
        raise KeyboardInterrupt from error


def disk_sentence(error: OSError, database: Path) -> str:
    """Say what the operating system refused, and what to do."""
    where = error.filename or database.parent
    if error.errno == errno.ENOSPC:
        return f"The disk is full ({where}). Make room, or name another place with --database."
    if isinstance(error, PermissionError):
        return f"{where} may not be read or written. Change its permissions, or use --database and --raw."
    return f"{where}: {error.strerror or error}. Check the folder, or use --database and --raw."


def first_line(error: Exception) -> str:
    """Give the first line of an error's message."""
    return str(error).partition("\n")[0]


def built(database: Path, roots: Roots, source_ids: list[str], say: Say) -> Path:
    """Build while holding the lock."""
    began = time.perf_counter()
    unfinished = database.with_name(f"{database.name}.building")
    clear(unfinished)
    try:
        with duckdb.connect(unfinished) as connection:
            # One transaction: written to disk once, not after each of some hundred inserts.
            connection.begin()
            connection.execute(SCHEMA.read_text("utf-8"))
            fill(connection, roots, source_ids, say)
            connection.commit()
        place_beside = swap(unfinished, database)
    finally:
        clear(unfinished)
    say(f"Built {place_beside} in {time.perf_counter() - began:.1f} s.")
    return place_beside


def fill(
    connection: duckdb.DuckDBPyConnection, roots: Roots, source_ids: list[str], say: Say
) -> None:
    """Fill every table, sources in alphabetical order; shapes last, when no source can stop the build."""
    place_rows = places.place_table(roots.starter)
    insert(connection, "place", place_rows)
    names = places.place_name_table(roots.starter, set(place_rows["place_id"]))
    insert(connection, "place_name", names)
    insert(connection, "people_group", staging.people_group_table())
    for sentence in unread.strays(roots.raw):
        say(sentence)
    folders = {source_id: folders_of(source_id, roots, say) for source_id in source_ids}
    full_names = dict(zip(place_rows["place_id"], place_rows["full_name"], strict=True))
    with answers(tasks(folders, roots, full_names)) as answer:
        for source_id in source_ids:
            load(
                connection,
                source_id,
                folders[source_id],
                roots.starter,
                say,
                prepare=lambda source_id, _: answer(source_id),
            )
        drop_unused_measures(connection)
        draw(connection, roots.static, answer(SHAPES))
    sign(connection, roots.starter)


def tasks(
    folders: dict[str, list[Path]], roots: Roots, full_names: dict[str, str]
) -> dict[str, Task]:
    """Give what has to be read, in the order in which it is stored: each source that has files, and the shapes."""
    reads = {
        source_id: Task(partial(preparing.prepared, source_id, found), size_of(found))
        for source_id, found in folders.items()
        if found
    }
    return reads | {SHAPES: Task(partial(drawn, roots.starter, roots.raw, full_names), SHAPES_SIZE)}


def size_of(folders: list[Path]) -> int:
    """Give how many bytes the data files in folders have."""
    return sum(path.stat().st_size for folder in folders for path in data_files(folder))


def drawn(
    starter: Path, raw: Path, full_names: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the rows of the table `neighbour`, and the files of county shapes with their names."""
    # Imported only here: the process that does not draw has no need of it.
    from etl import shapes

    return shapes.drawn(starter, raw, full_names)


def folders_of(source_id: str, roots: Roots, say: Say) -> list[Path]:
    """Give a source's folders that hold files; none, and say so, while its terms are not accepted."""
    found = [root / source_id for root in (roots.starter, roots.raw) if has_files(root / source_id)]
    terms = describe(source_id).get("accept_terms")
    if not found or terms is None or terms in roots.accepted:
        return found
    say(
        f"{source_id}: left out, because its terms of use are not accepted. "
        f"Read them in etl/sources/{source_id}.toml; if you agree, add --accept-terms {terms}"
    )
    return []


def draw(
    connection: duckdb.DuckDBPyConnection,
    static: Path,
    shapes: tuple[pd.DataFrame, dict[str, str]],
) -> None:
    """Store the neighbours and write the files of county shapes."""
    neighbours, files = shapes
    insert(connection, "neighbour", neighbours)
    write_all(files, static)


def sign(connection: duckdb.DuckDBPyConnection, starter: Path) -> None:
    """Write the one row of the table `build`."""
    connection.execute(
        "INSERT INTO build VALUES ($version, $now, $code, $format)",
        {
            "version": data_version(connection, starter),
            "now": datetime.now(UTC).replace(tzinfo=None),
            "code": code_version(),
            "format": house.FORMAT,
        },
    )


def has_files(folder: Path) -> bool:
    """Say whether there is a data file in a source's folder."""
    return folder.is_dir() and any(data_files(folder))


def load(
    connection: duckdb.DuckDBPyConnection,
    source_id: str,
    folders: list[Path],
    starter: Path,
    say: Say,
    *,
    prepare: Callable[[str, list[Path]], preparing.Prepared] = preparing.prepared,
) -> None:
    """Load one source: its words, its files, its measures, its observations."""
    began = time.perf_counter()
    insert(connection, "source", pd.DataFrame([source_row(source_id)]))
    if not folders:
        insert(connection, "measure", measure_table(source_id))
        return
    ready = prepare(source_id, folders)
    insert(connection, "measure", ready.measures)
    for sentence in ready.said:
        say(sentence)
    try:
        rows = staging.store(connection, source_id, ready.rows, ready.measures)
    except duckdb.ConstraintException as error:
        raise Problem(
            f"{source_id}: a row breaks a rule of etl/schema.sql. {first_line(error)}"
        ) from error
    check.require_enough_lines(ready.rows, describe(source_id).get("fewest_lines", {}))
    if describe(source_id).get("every_county"):
        check.require_every_county(connection, source_id)
    for folder in folders:
        insert(connection, "source_file", file_table(source_id, folder, starter))
    say(f"{source_id}: {rows:,} observations ({time.perf_counter() - began:.1f} s)")


def file_table(source_id: str, folder: Path, starter: Path) -> pd.DataFrame:
    """Give the rows of the table `source_file` for a source's folder."""
    origin = "starter" if folder.parent == starter else "raw"
    rows = []
    for path in data_files(folder):
        noted = noted_download(path)
        rows.append(
            {
                "source_id": source_id,
                "file": path.name,
                "origin": origin,
                "bytes": path.stat().st_size,
                "sha256": checksum(path),
                "url": noted.get("url"),
                "retrieved": noted.get("retrieved"),
            }
        )
    return (
        pd.DataFrame(rows)
        .astype({"url": object})
        .assign(retrieved=lambda files: pd.to_datetime(files["retrieved"]))
    )


def checksum(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def noted_download(path: Path) -> dict:
    """Give what the download noted of a file (address, time), or nothing for a file put there by hand.

    A note that cannot be read, or is of a file since replaced by hand, counts as none.
    """
    note = path.with_name(f"{path.name}.meta")
    try:
        noted = tomllib.loads(note.read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return noted if noted.get("sha256") == checksum(path) else {}


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


def data_version(connection: duckdb.DuckDBPyConnection, starter: Path) -> str:
    """Give the version that the same files and the same code give on any machine."""
    files = connection.execute(
        "SELECT source_id, file, sha256 FROM source_file ORDER BY ALL"
    ).fetchall()
    files += [
        (folder, path.name, checksum(path))
        for folder in ("boundaries", "gazetteer")
        for path in data_files(starter / folder)
    ]
    return hashlib.sha256(repr((files, code_version())).encode()).hexdigest()[:10]


def code_version() -> str:
    """Give a checksum of the code and words that turn files into observations."""
    digest = hashlib.sha256()
    parts = [
        path
        for pattern in ("*.py", "*.toml", "*.sql", "*.csv")
        for path in SCHEMA.parent.rglob(pattern)
    ]
    parts += [path for name in STATISTICS if (path := HOUSE / "equity" / name).exists()]
    for path in sorted(parts, key=lambda path: path.relative_to(HOUSE).as_posix()):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:10]
