"""Small Area Income and Poverty Estimates: one file a year, as fixed-width text or as an old workbook."""

import io
import re
import struct
from pathlib import Path

import pandas as pd
import xlrd

from etl.observations import CENSUS_Z, files_in, status_of, together
from etl.reading import WrongFile, numbers, text

# Both forms have the same cells in the same order: codes, then threes of estimate, lower and upper
# limit. The workbook repeats the names of the limits, so places count, not names.
STATE, COUNTY = "state", "county"
THREES = [
    "number_all",
    "percent_all",
    "number_0_17",
    "percent_0_17",
    "number_5_17",
    "percent_5_17",
    "income",
]
CELLS = [f"{three}{limit}" for three in THREES for limit in ("", "_low", "_high")]
WORKBOOK_HEADER = {
    0: "State FIPS Code",
    1: "County FIPS Code",
    4: "Poverty Estimate, All Ages",
    7: "Poverty Percent, All Ages",
    10: "Poverty Estimate, Age 0-17",
    13: "Poverty Percent, Age 0-17",
    16: "Poverty Estimate, Age 5-17 in Families",
    19: "Poverty Percent, Age 5-17 in Families",
    22: "Median Household Income",
}
HEADER_ROW = 3
FIRST_CELL = 4
MISSING = "."

# The measure, its three and the three of the people it counts.
MEASURES = {
    "saipe_poverty": ("percent_all", "number_all"),
    "saipe_child_poverty": ("percent_0_17", "number_0_17"),
    "saipe_school_age_poverty": ("percent_5_17", "number_5_17"),
    "saipe_median_household_income": ("income", None),
}


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every year in the folder; where a year stands there in both forms, the text."""
    texts = files_in(folder, "est??all.txt*")
    years = {year_of(path) for path in texts}
    workbooks = [path for path in files_in(folder, "est??all.xls") if year_of(path) not in years]
    editions = [(path, text_rows(path)) for path in texts]
    editions += [(path, workbook_rows(path)) for path in workbooks]
    return together(part for path, rows in editions for part in measured(path, rows))


def year_of(path: Path) -> str:
    """Give the year that a file's name ends in: est23all is 2023."""
    found = re.match(r"est(\d{2})all", path.name)
    if not found:
        raise WrongFile(
            path, "The name has no year in it.", todo="Name it as the publisher does: est23all.txt."
        )
    return f"20{found[1]}"


def text_rows(path: Path) -> pd.DataFrame:
    """Read the text form: codes and numbers parted by blanks, then more numbers and the name."""
    lines = pd.Series(text(path, "latin-1").splitlines())
    lines = lines[lines.str.strip().ne("")]
    cells = lines.str.split(n=len(CELLS) + 2, expand=True)
    short = cells.shape[1] < len(CELLS) + 3 or cells[len(CELLS) + 2].isna().any()
    if short:
        counts = lines.str.split().str.len()
        raise WrongFile(
            path,
            f"Expected two codes, {len(CELLS)} numbers and a name, found {counts.min()} words.",
            line=int(counts.idxmin()) + 1,
        )
    rows = cells[range(len(CELLS) + 2)].set_axis([STATE, COUNTY, *CELLS], axis=1)
    return rows.assign(line=lines.index + 1)


def workbook_rows(path: Path) -> pd.DataFrame:
    """Read the workbook form by the places of its columns."""
    try:
        sheet = xlrd.open_workbook(path, logfile=io.StringIO()).sheet_by_index(0)
    except (xlrd.XLRDError, struct.error, IndexError) as error:
        raise WrongFile(path, f"This is not a whole Excel 97 workbook ({error}).") from error
    rows = [[str(cell).strip() for cell in sheet.row_values(n)] for n in range(sheet.nrows)]
    require_layout(path, rows)
    body = pd.DataFrame(rows[HEADER_ROW + 1 :], dtype=str)
    places = [0, 1, *range(FIRST_CELL, FIRST_CELL + len(CELLS))]
    cells = body[places].set_axis([STATE, COUNTY, *CELLS], axis=1)
    return cells.assign(line=body.index + HEADER_ROW + 2)


def require_layout(path: Path, rows: list[list[str]]) -> None:
    """Refuse a workbook whose columns are not where they were."""
    header = rows[HEADER_ROW] if len(rows) > HEADER_ROW + 1 else []
    for place, name in WORKBOOK_HEADER.items():
        found = header[place] if place < len(header) else "nothing"
        if found != name:
            raise WrongFile(
                path,
                f"Expected {name!r} in column {place + 1}, found {found!r}.",
                line=HEADER_ROW + 1,
                column=name,
            )


def measured(path: Path, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Give each measure of one year, with its 90 % interval and the number of people."""
    places = rows[["line"]].assign(place_id=place_ids(rows), period=year_of(path), file=path.name)
    known = rows.assign(**rows[CELLS].replace(MISSING, ""))
    values = {cell: numbers(path, known, cell) for cell in CELLS}
    parts = []
    for measure_id, (three, people) in MEASURES.items():
        low, high = values[f"{three}_low"], values[f"{three}_high"]
        part = places.assign(
            measure_id=measure_id,
            value=values[three],
            low=low,
            high=high,
            level=low.notna().map({True: 0.90, False: float("nan")}),
            standard_error=(high - low) / (2 * CENSUS_Z),
            status=status_of(values[three], missing="not published"),
        )
        parts.append(part.assign(numerator=values[people]) if people else part)
    return parts


def place_ids(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: the nation (0 and 0), a state (county 0) or a county."""
    state, county = rows[STATE].str.zfill(2), rows[COUNTY].str.zfill(3)
    return (state + county.where(county.ne("000"), "")).replace("00", "US")
