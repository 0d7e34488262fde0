"""What lies among the files and is not read: said, so that nobody waits for its numbers."""

import difflib
from collections.abc import Collection, Iterator
from pathlib import Path

from equity.errors import Problem
from etl.observations import is_data_file
from etl.sources import SOURCE_IDS

FOLDERS = (*SOURCE_IDS, "census_boundaries")
ENDINGS = (".csv", ".gz", ".json", ".parquet", ".txt", ".xls", ".xlsx", ".zip")


def strays(raw: Path) -> Iterator[str]:
    """Give a sentence for each folder or file of data that no source looks at."""
    for path in sorted(raw.iterdir()) if raw.is_dir() else []:
        if path.name in FOLDERS:
            yield from inner_folders(path)
        elif path.is_dir() and not path.name.startswith("."):
            near = difflib.get_close_matches(path.name.lower(), FOLDERS, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else ""
            yield f"{path} is not read: no source has this name.{hint}"
        elif is_data_file(path) and path.suffix.lower() in ENDINGS:
            yield f"{path} is not read: put it into the folder of its source."


def inner_folders(folder: Path) -> Iterator[str]:
    """Give a sentence for each folder inside a source's folder."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_dir() and not path.name.startswith("."):
            yield f"{path} is not read: put its files beside it, into {folder.name}."


def files(source_id: str, there: Collection[str], used: Collection[str]) -> Iterator[str]:
    """Give a sentence about the files of a source's folder from which no number came."""
    if unused := sorted(set(there) - set(used)):
        yield (
            f"{source_id}: no number is from {', '.join(unused)}. "
            f"Look in etl/sources/{source_id}.toml for the names of files that are read."
        )


def require_places(database: Path, raw: Path, *, may_be_missing: bool) -> None:
    """Refuse a database that is a folder and a folder of files that is not there, before any work."""
    if database.is_dir():
        raise Problem(f"{database} is a folder. Name a file with --database.")
    if not may_be_missing and not raw.is_dir():
        raise Problem(f"There is no folder {raw}. Name the folder of downloaded files with --raw.")
