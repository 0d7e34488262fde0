"""Preventable hospital stays of people with Medicare: an export of the Mapping Medicare Disparities tool."""

from pathlib import Path

import pandas as pd

from etl.observations import files_in, together
from etl.places import MERGED, recoded
from etl.reading import WrongFile, numbers, table

MEASURE = "cms_preventable_stays"
# What the export must be of; another choice in the tool's menus is another measure.
CHOICES = {
    "population": "Medicare Fee For Service",
    "geography": "County",
    "measure": "Prevention Quality Indicator (PQI)",
    "adjustment": "Unsmoothed age standardized",
    "analysis": "Base measure",
    "condition": "Prevention Quality Overall Composite (PQI #90)",
    "primary_age": "All",
    "primary_dual": "Dual & non-dual",
    "primary_eligibility": "All",
}
# Medicare's race groups exclude each other: Hispanic people are in no other group.
RACES = {
    "All": "",
    "White": "white_nh",
    "Black": "black_nh",
    "Hispanic": "hispanic",
    "Asian/Pacific Islander": "asian_pacific_nh",
    "American Indian/Alaska Native": "aian_nh",
    "Other": "other_race_nh",
}
SEXES = {"All": "", "Male": "male", "Female": "female"}
# How many people a rate rests on, which the tool prints as a range only: no denominator to keep.
PEOPLE = {"11-499", "500-999", "1,000-4,999", "5,000-9,999", "10,000+"}
REQUIRED = [
    *CHOICES,
    "year",
    "fips",
    "primary_race",
    "primary_sex",
    "primary_denominator",
    "analysis_value",
]
# "County unknown", one a state.
UNKNOWN_COUNTY = "990"


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every export in the folder; a rate of 0 is withheld, not none."""
    return together(export(path) for path in files_in(folder, "PQI*.csv"))


def export(path: Path) -> pd.DataFrame:
    """Tidy one export.

    The tool prints 0 where there were no, one or two stays, to protect privacy: a 0 tells nothing. In
    the export of 2022 no positive rate rests on fewer than three stays.
    """
    rows = table(path, required=REQUIRED)
    require_choices(path, rows)
    rates = numbers(path, rows, "analysis_value")
    require_values(path, rows, rates)
    withheld = rates.eq(0)
    observed = rows[["line"]].assign(
        measure_id=MEASURE,
        period=rows["year"],
        place_id=recoded(rows["fips"].str.zfill(5)),
        people_group=people_groups(rows),
        value=rates.mask(withheld),
        status=withheld.map({True: "suppressed", False: "reported"}),
        file=path.name,
    )
    place = observed["place_id"]
    return observed[~place.str.endswith(UNKNOWN_COUNTY) & ~place.isin(MERGED)]


def require_choices(path: Path, rows: pd.DataFrame) -> None:
    """Refuse an export of something else than preventable stays at all ages."""
    known = {column: {choice} for column, choice in CHOICES.items()}
    known |= {"primary_race": set(RACES), "primary_sex": set(SEXES), "primary_denominator": PEOPLE}
    for column, choices in known.items():
        other = rows[~rows[column].isin(choices)]
        if not other.empty:
            raise WrongFile(
                path,
                f"Expected {' or '.join(sorted(choices))}, found {other[column].iloc[0]!r}.",
                line=int(other["line"].iloc[0]),
                column=column,
                todo="Choose it in the tool's menus and export again.",
            )


def require_values(path: Path, rows: pd.DataFrame, rates: pd.Series) -> None:
    """Refuse an empty rate: the tool leaves out the whole row where it prints none."""
    if rates.isna().any():
        line = int(rows["line"][rates.isna()].iloc[0])
        raise WrongFile(path, "The rate is missing.", line=line, column="analysis_value")


def people_groups(rows: pd.DataFrame) -> pd.Series:
    """Give the people group of each row: everyone, a race, a sex, or both joined by "+"."""
    races, sexes = rows["primary_race"].map(RACES), rows["primary_sex"].map(SEXES)
    joined = (races + "+" + sexes).str.strip("+")
    return joined.replace("", "everyone")
