"""County Health Rankings, analytic data: one wide row a county, state or the nation; two lines of column names."""

from pathlib import Path

import numpy as np
import pandas as pd

from etl.observations import Z, files_in, together
from etl.places import other_geography, recoded
from etl.reading import WrongFile, numbers, table
from etl.sources import measure_table

# The terms a person must accept before this source is loaded (see the .toml).
TERMS = "chr"

# The publisher's codes stand in the second line; the labels above them change from year to year.
MEASURES = {
    "v001": "chr_years_of_life_lost",
    "v127": "chr_premature_deaths",
    "v147": "chr_life_expectancy",
    "v128": "chr_child_deaths",
    "v129": "chr_infant_deaths",
    "v135": "chr_injury_deaths",
    "v037": "chr_low_birthweight",
    "v014": "chr_teen_births",
    "v005": "chr_preventable_stays",
    "v050": "chr_mammography",
    "v024": "chr_child_poverty",
    "v063": "chr_median_income",
}
# Columns of groups are named v001_race_black; the column of everyone is v001_rawvalue.
GROUPS = {
    "rawvalue": "everyone",
    "race_aian": "aian_nh",
    "race_asian": "asian_nh",
    "race_black": "black_nh",
    "race_hispanic": "hispanic",
    "race_nhopi": "nhpi_nh",
    "race_tom": "two_or_more_nh",
    "race_white": "white_nh",
}
UNRELIABLE, SUPPRESSED = 1, 2


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every release in the folder."""
    return together(
        part for path in files_in(folder, "analytic_data*.csv*") for part in release(path)
    )


def release(path: Path) -> list[pd.DataFrame]:
    """Tidy one release: a part a measure and group of people."""
    rows = table(
        path, required=["fipscode", "year", *(f"{code}_rawvalue" for code in MEASURES)], header=2
    )
    rows = rows.rename(columns=str.lower)
    words = measure_table("county_health_rankings").set_index("measure_id")
    keyed = pd.DataFrame(
        {"place_id": places(rows), "period": rows["year"], "line": rows["line"], "file": path.name}
    )
    return [
        one_vintage(
            pd.concat(
                observed(path, rows, keyed, code, group, words.loc[measure_id])
                for group in GROUPS
                if f"{code}_{group}" in rows
            )
        )
        for code, measure_id in MEASURES.items()
    ]


def one_vintage(part: pd.DataFrame) -> pd.DataFrame:
    """Give a measure without the older of two sets of counties that the file lists."""
    old = other_geography(part["place_id"], part["status"].ne("not published"))
    return part[~old]


def places(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: 00000 is the nation, 01000 a state."""
    codes = recoded(rows["fipscode"].str.zfill(5)).replace("00000", "US")
    return codes.where(~codes.str.endswith("000"), codes.str[:2])


def observed(
    path: Path, rows: pd.DataFrame, keyed: pd.DataFrame, code: str, group: str, words: pd.Series
) -> pd.DataFrame:
    """Give one measure of one group of people.

    The publisher prints impossible figures for some small groups (a life expectancy of 130 years):
    where one is outside the measure's range it is left out and marked as unreliable.
    """
    stem = f"{code}_{group}"
    others = code if group == "rawvalue" else stem
    times = share(path, rows, stem) if words["scale"] == 100 else 1
    value, low, high = (
        optional(path, rows, column) * times
        for column in (stem, f"{others}_cilow", f"{others}_cihigh")
    )
    flag = optional(path, rows, f"{others}_flag")
    suppressed = flag.eq(SUPPRESSED)
    impossible = value.lt(words["minimum"]) | value.gt(words["maximum"])
    known = value.notna() & ~suppressed & ~impossible
    between = known & low.le(value) & value.le(high)
    return keyed.assign(
        measure_id=words.name,
        people_group=GROUPS[group],
        value=value.where(known),
        low=low.where(between),
        high=high.where(between),
        level=np.where(between, 0.95, np.nan),
        standard_error=((high - low) / (2 * Z[0.95])).where(between),
        status=np.select(
            [suppressed, impossible | (flag.eq(UNRELIABLE) & known), known],
            ["suppressed", "unreliable", "reported"],
            "not published",
        ),
    )


def share(path: Path, rows: pd.DataFrame, column: str) -> int:
    """Give 100, by which a share of 0 to 1 is multiplied; refuse a file that prints percentages."""
    highest = numbers(path, rows, column)
    if highest.gt(1).any():
        line = int(rows.loc[highest.idxmax(), "line"])
        raise WrongFile(path, "Expected a share from 0 to 1.", line=line, column=column)
    return 100


def optional(path: Path, rows: pd.DataFrame, column: str) -> pd.Series:
    """Give a column as numbers, all missing where the file does not have it."""
    if column not in rows:
        return pd.Series(np.nan, index=rows.index)
    return numbers(path, rows, column)
