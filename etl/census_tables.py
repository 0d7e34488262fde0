"""Tables of the American Community Survey as the Census Bureau gives them: summary files and API answers.

Both become one frame of text: place_id, line and a column a cell, named as the API does
("B17001_002E" the estimate, "B17001_002M" its margin).
"""

import io
import json
import re
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.reading import WrongFile, numbers, refuse_cells, text

# GEO_ID begins with the summary level and "00" for the whole area (not only its urban part and the like).
NATION, STATE, COUNTY = b"0100000US", b"0400000US", b"0500000US"
LEVELS = (COUNTY, STATE, NATION)
CELL = re.compile(r"[BC]\d{5}[A-I]?_\d{3}E")

# What stands in a cell instead of a number (Census Bureau, Notes on ACS Estimate and Annotation Values).
CONTROLLED = -555555555  # of a margin: the estimate is fixed to a count, its margin is zero
OPEN_ENDED = -333333333  # of a margin: the median lies in the lowest or highest class
TOO_FEW_FOR_MARGIN = -222222222
NO_VALUE = (-999999999, -888888888, -666666666, CONTROLLED, OPEN_ENDED, TOO_FEW_FOR_MARGIN)
ANNOTATION = re.compile(r"-|N|\(X\)|null|\*{2,5}|[\d,]+[+-]")


def summary_file(path: Path) -> pd.DataFrame:
    """Read the counties, states and nation of one table-based summary file, line by line.

    The file mixes more than 600,000 places of every level; only the lines we keep stay in memory.
    """
    with path.open("rb") as lines:
        header = next(lines, b"").removeprefix(b"\xef\xbb\xbf")
        require_summary_file(path, header)
        # The last line, of whatever level, tells whether the file is whole.
        last = (1, header)
        kept = [row for row in enumerate(lines, 2) if (last := row)[1].startswith(LEVELS)]
    if not kept:
        raise WrongFile(path, "There is no county, state or nation in it.", column="GEO_ID")
    require_whole(path, header, [*kept, last])
    rows = pd.read_csv(
        io.BytesIO(b"".join(chain([header], (line for _, line in kept)))),
        sep="|",
        dtype=str,
        encoding="latin-1",
        keep_default_na=False,
        na_values=[""],
    )
    rows.columns = [re.sub(r"_([EM])(\d{3})$", r"_\2\1", name.strip()) for name in rows]
    places = rows["GEO_ID"].str.partition("US")[2].replace("", "US")
    return rows.assign(place_id=places, line=[n for n, _ in kept])


def require_summary_file(path: Path, header: bytes) -> None:
    """Refuse a file that does not begin like a table-based summary file."""
    if header.lstrip().lower().startswith((b"<!doctype", b"<html")):
        raise WrongFile(path, "This is a web page, not data.", line=1)
    if not header.startswith(b"GEO_ID|"):
        found = header[:40].decode("latin-1").strip()
        raise WrongFile(
            path,
            f"Expected a header that begins GEO_ID|, found {found!r}.",
            line=1,
            column="GEO_ID",
        )


def require_whole(path: Path, header: bytes, kept: list[tuple[int, bytes]]) -> None:
    """Refuse a row that has more or fewer cells than the header."""
    bars = header.count(b"|")
    for number, line in kept:
        if line.count(b"|") != bars:
            raise WrongFile(
                path,
                f"The row has {line.count(b'|') + 1} of {bars + 1} columns: the file is cut short or damaged.",
                line=number,
            )


def api_answer(path: Path) -> pd.DataFrame:
    """Read an answer of the Census API: a list of rows, the first the header; line counts rows from it."""
    content = text(path)
    try:
        header, *records = json.loads(content)
        rows = pd.DataFrame(records, columns=header, dtype=str)
    except (ValueError, TypeError) as error:
        raise WrongFile(path, f"This is not an answer of the Census API ({error}).") from error
    rows = rows.rename(columns=str).assign(line=range(2, len(records) + 2))
    return rows.assign(place_id=api_places(path, rows))


def api_places(path: Path, rows: pd.DataFrame) -> pd.Series | str:
    """Give the place of each row of an answer: counties, states or the nation."""
    if "us" in rows:
        return "US"
    if "state" not in rows:
        raise WrongFile(path, "There is no column that says the place.", line=1, column="state")
    return rows["state"] + rows["county"] if "county" in rows else rows["state"]


def cell_names(rows: pd.DataFrame) -> list[str]:
    """Give the names of the estimates in a table, without their final E."""
    return [name[:-1] for name in rows if CELL.fullmatch(name)]


class Figures(NamedTuple):
    """The cells of a table as numbers, a column a cell."""

    estimate: pd.DataFrame  # missing where the publisher gives a code instead
    margin: (
        pd.DataFrame
    )  # 90 %; 0 where the estimate is fixed to a count, missing where not published
    warned: (
        pd.DataFrame
    )  # whether the margin carries a warning: an open-ended median, too few answers


def figures(path: Path, rows: pd.DataFrame, cells: list[str]) -> Figures:
    """Give the cells' estimates and margins; refuse a code or a remark that we do not know."""
    estimate = pd.DataFrame({cell: coded(path, rows, f"{cell}E") for cell in cells})
    margin = pd.DataFrame({cell: coded(path, rows, f"{cell}M") for cell in cells})
    known = margin.mask(margin.eq(CONTROLLED), 0)
    return Figures(
        estimate=estimate.mask(estimate.lt(0)),
        margin=known.mask(known.lt(0)),
        warned=margin.isin([OPEN_ENDED, TOO_FEW_FOR_MARGIN]),
    )


def coded(path: Path, rows: pd.DataFrame, column: str) -> pd.Series:
    """Give a column's numbers and codes; all missing where the file has no such column (margins)."""
    if column not in rows:
        return pd.Series(np.nan, index=rows.index)
    values = numbers(path, rows, column)
    require_known(path, rows, column, values)
    require_annotation(path, rows, f"{column}A")
    return values


def require_known(path: Path, rows: pd.DataFrame, column: str, values: pd.Series) -> None:
    """Refuse a negative number that is no code we know: no count or dollar amount here is below zero."""
    wrong = values.lt(0) & ~values.isin(NO_VALUE)
    refuse_cells(path, rows, column, wrong, expected="a count or a known code")


def require_annotation(path: Path, rows: pd.DataFrame, column: str) -> None:
    """Refuse a remark in an annotation column that we do not know."""
    if column not in rows:
        return
    remarks = rows[column].dropna()
    unknown = remarks[~remarks.astype(str).str.fullmatch(ANNOTATION)]
    if not unknown.empty:
        raise WrongFile(
            path,
            f"Unknown remark {unknown.iloc[0]!r}.",
            line=int(rows.loc[unknown.index[0], "line"]),
            column=column,
        )
