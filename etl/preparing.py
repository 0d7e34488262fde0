"""One source's files as graded rows in the order of the database; needs no database, so a second process can do it."""

import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from equity import reliability
from equity.errors import Problem
from etl import observations, reading, unread
from etl.sources import measure_table, module_of

# What readers of CSV, JSON, Parquet, workbooks and archives raise on a damaged file. The transforms say
# file, line and column of what they expect to go wrong; this is the net under them.
UNREADABLE = (
    ValueError,
    LookupError,
    EOFError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    duckdb.Error,
    pa.ArrowException,
)
NUMBERS = ("value", "low", "high", "level", "standard_error", "numerator", "denominator")
# What makes an observation one, in the order in which questions read them.
KEY = ("measure_id", "period", "people_group", "place_id")
WORDS = (*KEY, "status", "grade", "origin", "file")
Read = TypeVar("Read")


class Prepared(NamedTuple):
    """A source ready to be stored."""

    measures: pd.DataFrame
    rows: pa.Table
    said: list[str]  # files that gave no number
    seconds: float


def prepared(source_id: str, folders: list[Path]) -> Prepared:
    """Read a source's files; give its measures and its graded observations. Raises Problem for a wrong file."""
    began, said = time.perf_counter(), []
    measures = readable(source_id, folders, lambda: measure_table(source_id, folders))
    editions = [transformed(source_id, folder, said) for folder in folders]
    rows = in_order(graded(joined(editions), measures))
    return Prepared(measures, rows, said, time.perf_counter() - began)


def transformed(source_id: str, folder: Path, said: list[str]) -> pd.DataFrame:
    """Give the observations of a source's folder; add to said the files that gave none."""
    found = readable(source_id, [folder], lambda: module_of(source_id).transform(folder))
    if found.empty:
        raise Problem(
            f"{source_id}: no observation in {names_in([folder])}. "
            f"Look in etl/sources/{source_id}.toml for the names and kinds of files that are read."
        )
    there = [path.name for path in data_files(folder)]
    said.extend(unread.files(source_id, there, found["file"].unique()))
    return found


def readable(source_id: str, folders: Iterable[Path], read: Callable[[], Read]) -> Read:
    """Give what read gives; where a file cannot be read, say which files there are and what is wrong."""
    try:
        return read()
    except UNREADABLE as error:
        first_line = str(error).partition("\n")[0]
        raise Problem(
            f"{source_id}: a file among {names_in(folders)} is damaged or not what it claims to be "
            f"({type(error).__name__}: {first_line}). {reading.AGAIN}"
        ) from error


def names_in(folders: Iterable[Path]) -> str:
    """Give the names of the data files in folders."""
    return ", ".join(path.name for folder in folders for path in data_files(folder))


def data_files(folder: Path) -> list[Path]:
    """Give the data files of a source's folder, without notes of downloads and what file managers leave."""
    found = sorted(path for path in folder.iterdir() if observations.is_data_file(path))
    for path in found:
        if not path.name.isprintable():
            raise reading.WrongFile(
                ascii(path.name)[1:-1],
                "Its name holds characters that cannot be shown or stored.",
                todo="Give it a plain name.",
            )
    return found


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


def in_order(found: pd.DataFrame) -> pa.Table:
    """Give observations in the order of KEY, then of editions.

    Each text is held once, and the column `key` is one number for the four of KEY: sorting, grouping
    and loading them take a third of the time that text takes.
    """
    words = {name: pd.factorize(found[name], sort=name in KEY) for name in WORDS}
    key = np.zeros(len(found), dtype=np.int64)
    for codes, names in (words[name] for name in KEY):
        key = key * (len(names) + 1) + codes + 1
    order = np.lexsort((found["edition"].to_numpy(), key))
    columns = {name: once(codes[order], names) for name, (codes, names) in words.items()}
    columns |= {name: pa.array(found[name].to_numpy()[order], from_pandas=True) for name in NUMBERS}
    columns["line"] = pa.array(found["line"].array[order])
    columns["edition"], columns["key"] = pa.array(found["edition"].to_numpy()[order]), key[order]
    return pa.table(columns)


def once(codes: np.ndarray, names: pd.Index) -> pa.DictionaryArray:
    """Give text as a list of different words and, for each row, the place of its word in the list."""
    places = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(names.astype(object), type=pa.string()))
