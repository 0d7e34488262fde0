"""US life tables by race, Hispanic origin and sex: one row a group, sex, year and single age."""

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
LIFE_EXPECTANCY = {0: "nchs_life_expectancy", 65: "nchs_life_expectancy_65"}
NEWBORNS = 100_000


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every edition of the file in the folder."""
    return together(
        part
        for path in files_in(folder, "us_life_tables_*.parquet")
        for part in measures(path, tables(path))
    )


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
    group = (race + "+" + sex).str.replace("everyone+", "", regex=False)
    return rows.assign(people_group=group.str.removesuffix("+everyone"))


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
