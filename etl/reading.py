"""Read publishers' files, and say file, line, column and rule when one is not what it claims to be."""

import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection
from functools import partial
from itertools import islice
from pathlib import Path

import openpyxl
import pandas as pd

from equity.errors import Problem

AGAIN = (
    "Delete it and download it again (python -m etl SOURCE), or take it from the publisher's page."
)


# The largest file of any publisher holds a third of it.
MOST_BYTES = 1024**3


class WrongFile(Problem):
    """A file that is not what it claims to be."""

    def __init__(
        self,
        file: Path | str,
        rule: str,
        *,
        line: int | None = None,
        column: str | None = None,
        todo: str = AGAIN,
    ) -> None:
        self.file, self.rule, self.line, self.column = Path(file).name, rule, line, column
        self.todo = todo
        where = [self.file]
        where += [f"line {line}"] if line else []
        where += [f"column {column}"] if column else []
        super().__init__(f"{', '.join(where)}: {rule} {todo}")

    def __reduce__(self) -> tuple:
        """Let the error pass from one process to another."""
        words = {"line": self.line, "column": self.column, "todo": self.todo}
        return partial(WrongFile, **words), (self.file, self.rule)


def contents(path: Path) -> bytes:
    """Give a file's bytes, unpacked where it is gzip or a zip of one member."""
    packed = path.read_bytes()
    if not packed:
        raise WrongFile(path, "The file is empty.")
    try:
        if packed[:2] == b"\x1f\x8b":
            with gzip.open(path) as file:
                return not_too_long(path, file.read(MOST_BYTES + 1))
        if packed[:4] == b"PK\x03\x04" and path.suffix == ".zip":
            return only_member(path)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise WrongFile(path, f"The file is cut short or damaged ({error}).") from error
    return packed


def only_member(path: Path) -> bytes:
    """Give the one data file inside a zip archive."""
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if not name.endswith("/")]
        if len(members) != 1:
            raise WrongFile(path, f"Expected one file in the archive, found {len(members)}.")
        with archive.open(members[0]) as file:
            return not_too_long(path, file.read(MOST_BYTES + 1))


def not_too_long(path: Path, unpacked: bytes) -> bytes:
    """Give what was unpacked; refuse a small archive that holds more than any publisher's file."""
    if len(unpacked) > MOST_BYTES:
        raise WrongFile(path, f"It unpacks to more than {MOST_BYTES:,} bytes.")
    return unpacked


def text(path: Path, encoding: str = "utf-8-sig") -> str:
    """Give a file's text; refuse web pages, empty files and another encoding."""
    raw = contents(path)
    refuse_web_page(path, raw[:400])
    try:
        decoded = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise WrongFile(
            path, f"Expected {encoding} text, found byte 0x{raw[error.start]:02x}.", line=line
        ) from error
    if not decoded.strip():
        raise WrongFile(path, "The file is empty.")
    # Old spreadsheet programs end lines with a carriage return alone.
    return decoded if "\n" in decoded else decoded.replace("\r", "\n")


def refuse_web_page(path: Path, start: bytes) -> None:
    """Refuse a file that starts as a web page: publishers send error pages as if they were data."""
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype html", b"<html")):
        raise WrongFile(
            path, "This is a web page, not data; the publisher sent an error page.", line=1
        )


def table(
    path: Path,
    *,
    required: Collection[str],
    encoding: str = "utf-8-sig",
    separator: str = ",",
    header: int = 1,
    wanted: Callable[[str], bool] | None = None,
) -> pd.DataFrame:
    """Read a delimited file as text, one row a record, with its line in the column `line`.

    header is the line that names the columns, counted from 1; wanted says by name which columns of
    a wide file to read (default: all). Cells are text or, where empty, missing. Refuses a missing
    column, a row of the wrong length, a file cut short.
    """
    return parsed(
        path,
        text(path, encoding),
        required=required,
        separator=separator,
        header=header,
        wanted=wanted,
    )


def parsed(
    path: Path,
    content: str,
    *,
    required: Collection[str],
    separator: str = ",",
    header: int = 1,
    wanted: Callable[[str], bool] | None = None,
) -> pd.DataFrame:
    """As table(), of text already read from path (or a part of it that starts at its line 1)."""
    try:
        with warnings.catch_warnings():
            # Where the first row is too long pandas would only warn, and drop the rest of it.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            rows = pd.read_csv(
                io.StringIO(content),
                sep=separator,
                dtype=str,
                index_col=False,
                usecols=wanted,
                skiprows=header - 1,
                skip_blank_lines=False,
                keep_default_na=False,
                na_values=[""],
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        require_even_rows(path, content, separator, header)
        raise WrongFile(path, f"It is no table of comma-separated text ({error}).") from error
    except pd.errors.EmptyDataError as error:
        raise WrongFile(path, "There is no table in it.", line=header) from error
    rows.columns = rows.columns.str.strip()
    require_columns(path, rows.columns, required, line=header)
    columns = len(rows.columns) if wanted is None else width(content, separator, header)
    require_whole_last_row(path, content, columns, separator)
    if rows.iloc[:, -1].isna().any():
        require_even_rows(path, content, separator, header)
    if rows.empty:
        raise WrongFile(path, "There are no rows under the header.", line=header)
    return rows.assign(line=rows.index + header + 1)


def workbook(path: Path, *, required: Collection[str], header: int = 1) -> pd.DataFrame:
    """Read the first sheet of an Excel workbook (.xlsx) as text, with its line in the column `line`.

    header is the line that names the columns, counted from 1; footer rows are the caller's to drop.
    """
    packed = contents(path)
    if packed[:4] != b"PK\x03\x04":
        raise WrongFile(path, "This is not an Excel workbook (.xlsx).", line=1)
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(packed), read_only=True).worksheets[0]
        cells = list(sheet.iter_rows(values_only=True))
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError) as error:
        raise WrongFile(path, f"The file is cut short or damaged ({error}).") from error
    if len(cells) <= header:
        raise WrongFile(path, "There are no rows under the header.", line=header)
    rows = pd.DataFrame(cells[header:], columns=[str(name).strip() for name in cells[header - 1]])
    require_columns(path, rows.columns, required, line=header)
    text_rows = rows.astype(object).where(rows.isna(), rows.astype(str)).replace("", None)
    return text_rows.assign(line=rows.index + header + 1)


def require_columns(
    path: Path, found: Collection[str], required: Collection[str], *, line: int = 1
) -> None:
    """Refuse a table that lacks a column we read."""
    for column in required:
        if column not in found:
            names = ", ".join(list(found)[:6])
            raise WrongFile(
                path,
                f"This column is missing; the header begins {names}.",
                line=line,
                column=column,
                todo="The publisher may have changed the file: "
                "use the edition named in data/README.md.",
            )


def require_even_rows(path: Path, content: str, separator: str, header: int) -> None:
    """Refuse a row with more or fewer cells than the header; empty lines are left to the caller."""
    rows = csv.reader(islice(io.StringIO(content), header - 1, None), delimiter=separator)
    columns = len(next(rows))
    for row in rows:
        if len(row) not in (0, columns):
            raise WrongFile(
                path,
                f"This row has {len(row)} cells; the header has {columns}.",
                line=rows.line_num + header - 1,
            )


def width(content: str, separator: str, header: int) -> int:
    """Give how many columns the header of a delimited text names."""
    line = next(islice(io.StringIO(content), header - 1, None))
    return len(next(csv.reader([line], delimiter=separator)))


def require_whole_last_row(path: Path, content: str, columns: int, separator: str) -> None:
    """Refuse a file that stops in the middle of its last row."""
    last = content.rstrip("\r\n").rpartition("\n")[2]
    fields = len(next(csv.reader([last], delimiter=separator)))
    if fields != columns:
        line = content.rstrip("\r\n").count("\n") + 1
        raise WrongFile(
            path,
            f"The last row has {fields} of {columns} columns: the file is cut short.",
            line=line,
        )


def numbers(path: Path, rows: pd.DataFrame, column: str) -> pd.Series:
    """Give a column as numbers (thousands commas allowed); refuse a cell that is neither empty nor one.

    rows is what table() gave; turn the publisher's markers into empty cells first.
    """
    cells = rows[column]
    values = pd.to_numeric(cells, errors="coerce")
    unread = values.isna() & cells.notna()
    if not unread.any():
        return values
    # Only the cells that are no plain number are worth the slower cleaning.
    cleaned = cells[unread].str.strip().str.replace(",", "", regex=False)
    values = values.mask(unread, pd.to_numeric(cleaned, errors="coerce"))
    wrong = values.isna() & unread
    wrong[unread] &= cleaned.ne("")
    refuse_cells(path, rows, column, wrong, expected="a number")
    return values


def refuse_cells(
    path: Path, rows: pd.DataFrame, column: str, wrong: pd.Series, *, expected: str
) -> None:
    """Refuse a file at its first wrong cell, with its line and what should stand there."""
    if wrong.any():
        first = rows[wrong].iloc[0]
        raise WrongFile(
            path,
            f"Expected {expected}, found {first[column]!r}.",
            line=int(first["line"]),
            column=column,
        )
