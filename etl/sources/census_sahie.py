"""Health insurance by county, modelled: a large file a year, of every mix of age, sex, race and income.

A page of explanation stands above the header and says what the codes mean; its length changes with
the year, and so did the codes, so they are read from there.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.large import kept_rows
from etl.observations import files_in, status_of, together, with_census_margin
from etl.reading import WrongFile, numbers, refuse_web_page

MEASURE = "sahie_uninsured"
HEADER = b"year,version,statefips"
MOST_LINES_ABOVE = 300
STATE, COUNTY = "40", "50"
CATEGORIES = ["agecat", "racecat", "sexcat", "iprcat"]
VALUES = ["NIPR", "NUI", "PCTUI", "pctui_moe"]
COLUMNS = ["year", "version", "statefips", "countyfips", "geocat", *CATEGORIES, *VALUES]
# 2013 was published twice; the first version is marked so.
REPLACED = "Original"
NO_ESTIMATE = ["N/A", ".", ""]

# What the page above the header calls the codes, by how the words begin; everyone is code 0.
GROUPS = {
    "agecat": {
        "Under 65": "",
        "18 to 64": "age_18_64",
        "40 to 64": "age_40_64",
        "50 to 64": "age_50_64",
        "Under 19": "age_under_19",
        "21 to 64": "age_21_64",
    },
    "racecat": {
        "All races": "",
        "White": "white_nh",
        "Black": "black_nh",
        "Hispanic": "hispanic",
        "American Indian": "aian_nh",
        "Asian": "asian_nh",
        "Native Hawaiian": "nhpi_nh",
        "Two or": "two_or_more_nh",
    },
    "sexcat": {"Both": "", "Male": "male", "Female": "female"},
    "iprcat": {
        "All income": "",
        "At or below 200%": "income_to_200",
        "At or below 250%": "income_to_250",
        "At or below 138%": "income_to_138",
        "At or below 400%": "income_to_400",
        "Between 138%": "income_138_400",
    },
}
VARIABLE = re.compile(r"^\s{1,12}(\w+)\s+\d")
CODE = re.compile(r"^\s*(\d)\s*[-\N{EN DASH}]\s*(\S.*?)\s*$")


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every year's file, as downloaded (zip) or unpacked; the nation is the sum of its states."""
    paths = files_in(folder, "sahie*.csv", "sahie*.zip")
    return together(part for path in paths for part in year(path))


def year(path: Path) -> list[pd.DataFrame]:
    """Tidy one year: everyone under 65, and by age, sex and income; states also by race."""
    with opened(path) as lines:
        above = preamble(path, lines)
    groups = group_codes(path, above)
    with opened(path) as lines:
        rows = kept_rows(path, lines, columns=COLUMNS, keep=alone, header=len(above) + 1)
    rows = rows.replace(dict.fromkeys(NO_ESTIMATE, pd.NA))
    rows = rows[rows["version"].ne(REPLACED)]
    values = {column: numbers(path, rows, column) for column in VALUES}
    observed = pd.DataFrame(
        {
            "measure_id": MEASURE,
            "period": rows["year"],
            "place_id": rows["statefips"] + rows["countyfips"].where(rows["geocat"].eq(COUNTY), ""),
            "people_group": people_groups(path, rows, groups),
            "value": values["PCTUI"],
            "numerator": values["NUI"],
            "denominator": values["NIPR"],
            "status": status_of(values["PCTUI"], missing="not published"),
            "file": path.name,
            "line": rows["line"],
        }
    )
    with_margin = with_census_margin(observed, values["pctui_moe"], lowest=0)
    return [with_margin, nation(observed[rows["geocat"].eq(STATE)])]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, or the one file inside a zip archive, without unpacking it."""
    try:
        if path.suffix != ".zip":
            with path.open("rb") as lines:
                yield lines
            return
        with zipfile.ZipFile(path) as archive, archive.open(only_csv(path, archive)) as lines:
            yield lines
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise WrongFile(path, f"The file is cut short or damaged ({error}).") from error


def only_csv(path: Path, archive: zipfile.ZipFile) -> str:
    """Give the name of the one .csv inside an archive."""
    names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
    if len(names) != 1:
        raise WrongFile(path, f"Expected one .csv in the archive, found {len(names)}.")
    return names[0]


def preamble(path: Path, lines: BinaryIO) -> list[str]:
    """Give the lines above the header."""
    above = []
    for _ in range(MOST_LINES_ABOVE):
        line = lines.readline()
        if line.startswith(HEADER):
            return above
        above.append(line.decode("latin-1"))
    refuse_web_page(path, above[0].encode())
    raise WrongFile(path, f"No line begins {HEADER.decode()}: this is another file.")


def group_codes(path: Path, above: list[str]) -> dict[str, dict[str, str]]:
    """Give the people group of each code of each category, as the page above the header says."""
    codes: dict[str, dict[str, str]] = {category: {} for category in CATEGORIES}
    variable = ""
    for line, words in enumerate(above, 1):
        if found := CODE.match(words):
            if variable in codes:
                codes[variable][found[1]] = group_named(path, variable, found[2], line)
        elif found := VARIABLE.match(words):
            variable = found[1]
    for category, known in codes.items():
        if known.get("0") != "":
            raise WrongFile(path, "The page above the header does not explain it.", column=category)
    return codes


def group_named(path: Path, variable: str, words: str, line: int) -> str:
    """Give the people group that the page above the header names."""
    for begins, group in GROUPS[variable].items():
        if words.lower().startswith(begins.lower()):
            return group
    raise WrongFile(path, f"Unknown group {words!r}.", line=line, column=variable)


def alone(block: pa.RecordBatch) -> pa.Array:
    """Say which rows differ from everyone in one category at most; most rows are of mixes."""
    special = [pc.not_equal(block[category], "0").cast(pa.int8()) for category in CATEGORIES]
    total = special[0]
    for one in special[1:]:
        total = pc.add(total, one)
    return pc.less_equal(total, 1)


def people_groups(path: Path, rows: pd.DataFrame, groups: dict[str, dict[str, str]]) -> pd.Series:
    """Give the people group of each row; refuse a code that the page above the header does not explain."""
    named = pd.Series("", index=rows.index)
    for category, codes in groups.items():
        group = rows[category].map(codes)
        if group.isna().any():
            row = rows[group.isna()].iloc[0]
            raise WrongFile(
                path, f"Unknown code {row[category]!r}.", line=int(row["line"]), column=category
            )
        named = named + group
    return named.replace("", "everyone")


def nation(states: pd.DataFrame) -> pd.DataFrame:
    """Give the sum of all states for each group that every state has; its margin is not published."""
    every = states["place_id"].nunique()
    sums = states.groupby(["measure_id", "period", "people_group", "file"], as_index=False).agg(
        numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
        states=("value", "count"),
    )
    whole = sums[sums["states"].eq(every)].drop(columns="states")
    return whole.assign(
        place_id="US",
        value=100 * whole["numerator"] / whole["denominator"],
        status="reported",
        origin="computed",
    )
