"""Unemployment and labour force by county, yearly averages: a workbook a year, header on its second row."""

from pathlib import Path

import pandas as pd

from etl.observations import files_in, status_of, summed, summed_counts, together
from etl.reading import WrongFile, numbers, workbook

HEADER = 2
STATE, COUNTY = "State FIPS Code", "County FIPS Code"
LABOR_FORCE, UNEMPLOYED, RATE = "Labor Force", "Unemployed", "Unemployment Rate (%)"
REQUIRED = ["LAUS Code", STATE, COUNTY, "Year", LABOR_FORCE, UNEMPLOYED, RATE]
# What the publisher writes where it made no estimate (as in New Orleans after the hurricane of 2005).
NO_ESTIMATE = "N.A."
FOOTER = "SOURCE:"


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every year's workbook; states and the nation are the sums of their counties."""
    return together(part for path in files_in(folder, "laucnty*.xlsx") for part in year(path))


def year(path: Path) -> list[pd.DataFrame]:
    """Tidy one workbook: unemployment rate and labour force of counties, states and the nation."""
    rows = county_rows(path)
    common = pd.DataFrame(
        {
            "place_id": rows[STATE].str.zfill(2) + rows[COUNTY].str.zfill(3),
            "period": rows["Year"],
            "file": path.name,
            "line": rows["line"],
        }
    )
    force, unemployed = (numbers(path, rows, column) for column in (LABOR_FORCE, UNEMPLOYED))
    rate = numbers(path, rows, RATE)
    rates = common.assign(
        measure_id="laus_unemployment",
        value=rate,
        numerator=unemployed,
        denominator=force,
        status=status_of(rate, missing="not published"),
    )
    forces = common.assign(
        measure_id="laus_labor_force",
        value=force,
        status=status_of(force, missing="not published"),
    )
    return [rates, forces, summed(rates, scale=100), summed_counts(forces)]


def county_rows(path: Path) -> pd.DataFrame:
    """Read the rows of counties; below them stand notes, the source and the date of issue."""
    rows = workbook(path, required=REQUIRED, header=HEADER)
    counties = rows[rows[STATE].notna()]
    below = rows.loc[rows[STATE].isna(), "LAUS Code"].dropna()
    if not below.str.startswith(FOOTER).any():
        raise WrongFile(
            path,
            f"Expected a row that begins {FOOTER} under the last county: the file is cut short.",
            line=int(rows["line"].iloc[-1]),
        )
    return counties.replace(NO_ESTIMATE, pd.NA)
