"""US life tables by race, Hispanic origin and sex: one row a single age; a file of all years or one a table."""

import re
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow

from etl.observations import files_in, together
from etl.reading import WrongFile, require_columns

# The file has two columns that differ only in case: lx, people who reach an age, which we read,
# and Lx, years lived at that age, which we do not. Name them exactly; DuckDB would not tell them apart.
REQUIRED = ["race_ethnicity", "sex", "year", "age", "lx", "ex"]

# "Any origin" and "Non-Hispanic" are different groups of people, not two names of one.
RACES = {
    "All races and origins": "everyone",
    "White (any origin)": "white",
    "Black (any origin)": "black",
    "Hispanic": "hispanic",
    "Non-Hispanic White": "white_nh",
    "Non-Hispanic Black": "black_nh",
    "Non-Hispanic Asian": "asian_nh",
    "Non-Hispanic American Indian or Alaska Native": "aian_nh",
}
SEXES = {"Both sexes": "everyone", "Female": "female", "Male": "male"}
# A workbook names its people in its first line: "Life table for non-Hispanic Black males".
TITLE = re.compile(
    r"^Table \d+\. Life table for (?:the )?(?P<race>.*?) ?(?P<sex>population|males|females):"
    r" United States, (?P<year>\d{4})$"
)
TITLE_RACES = {
    "total": "everyone",
    "": "everyone",
    "hispanic": "hispanic",
    "non-hispanic white": "white_nh",
    "non-hispanic black": "black_nh",
    "non-hispanic asian": "asian_nh",
    "non-hispanic american indian or alaska native": "aian_nh",
    "non-hispanic american indian and alaska native": "aian_nh",
}
TITLE_SEXES = {"population": "everyone", "males": "male", "females": "female"}
SYMBOLS = ["qx", "lx", "dx", "Lx", "Tx", "ex"]
LIFE_EXPECTANCY = {0: "nchs_life_expectancy", 65: "nchs_life_expectancy_65"}
NEWBORNS = 100_000


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the file of all years and the publisher's workbooks in the folder."""
    every_year = [(path, tables(path)) for path in files_in(folder, "us_life_tables_*.parquet")]
    workbooks = [(path, workbook(path)) for path in files_in(folder, "Table*.xlsx")]
    return together(part for path, rows in every_year + workbooks for part in measures(path, rows))


def tables(path: Path) -> pd.DataFrame:
    """Read the ages we use of every life table, with the people group and the row as line."""
    try:
        rows = pd.read_parquet(path)
    except pyarrow.ArrowInvalid as error:
        raise WrongFile(path, f"This is not a whole Parquet file ({error}).") from error
    require_columns(path, rows.columns, REQUIRED)
    rows = rows[REQUIRED].assign(line=rows.index + 1)
    rows = rows[rows["age"].isin(LIFE_EXPECTANCY)]
    race = coded(path, rows, "race_ethnicity", RACES)
    sex = coded(path, rows, "sex", SEXES)
    groups = [people_group(*pair) for pair in zip(race, sex, strict=True)]
    return rows.assign(people_group=groups)


def people_group(race: str, sex: str) -> str:
    """Give the people group of a race and a sex, either of which may be everyone."""
    return "+".join(part for part in (race, sex) if part != "everyone") or "everyone"


def workbook(path: Path) -> pd.DataFrame:
    """Read the ages we use of one table of the yearly report, an Excel workbook.

    Its first row is the title, its third the symbols of the columns; ages read "65–66".
    """
    try:
        sheet = pd.read_excel(path, header=None, engine="openpyxl")
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise WrongFile(path, f"This is not a whole Excel workbook ({error}).") from error
    title = TITLE.match(str(sheet.iloc[0, 0]).strip())
    race = TITLE_RACES.get(title["race"].lower()) if title else None
    if race is None:
        raise WrongFile(
            path, f"Expected a national life table, found {sheet.iloc[0, 0]!r}.", line=1
        )
    if len(sheet) < 3 or list(sheet.iloc[2, 1:7]) != SYMBOLS:
        raise WrongFile(path, f"Expected the columns {', '.join(SYMBOLS)}.", line=3)
    ages = pd.to_numeric(sheet[0].astype(str).str.extract(r"^(\d+)\s*[–-]")[0])
    rows = sheet[ages.isin(LIFE_EXPECTANCY)]
    if len(rows) != len(LIFE_EXPECTANCY):
        raise WrongFile(path, "The ages 0 and 65 are not in it once each: the file is cut short.")
    return pd.DataFrame(
        {
            "people_group": people_group(race, TITLE_SEXES[title["sex"]]),
            "year": title["year"],
            "age": ages[rows.index],
            "lx": rows[2].astype(float),
            "ex": rows[6].astype(float),
            "line": rows.index + 1,
        }
    )


def coded(path: Path, rows: pd.DataFrame, column: str, codes: dict[str, str]) -> pd.Series:
    """Give a column's words as our codes; refuse a word we do not know."""
    found = rows[column].map(codes)
    if found.isna().any():
        first = rows[found.isna()].iloc[0]
        raise WrongFile(
            path, f"Unknown word {first[column]!r}.", line=int(first["line"]), column=column
        )
    return found


def measures(path: Path, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Give life expectancy at both ages and the share who would die before 65."""
    observed = rows[["people_group", "age", "lx", "ex", "line"]].assign(
        period=rows["year"].astype(str), place_id="US", status="reported", file=path.name
    )
    expected = observed.assign(measure_id=observed["age"].map(LIFE_EXPECTANCY))
    at_65 = observed[observed["age"].eq(65)]
    return [
        expected.assign(value=observed["ex"]),
        at_65.assign(
            measure_id="nchs_death_before_65",
            value=100 * (1 - at_65["lx"] / NEWBORNS),
            origin="computed",
        ),
    ]
