"""Rural-Urban Continuum Codes: one code a county, 1 (most urban) to 9 (most rural), once a decade."""

from pathlib import Path

import pandas as pd

from etl.observations import files_in, status_of, together
from etl.places import ISLANDS, MERGED, recoded
from etl.reading import WrongFile, numbers, table

MEASURE = "rucc_code"
CODE = "RUCC_2023"
# What the publisher writes as description of a row that has no code (uninhabited islands).
NO_CODE = "Not Applicable"


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the edition of 2013 (wide) and of 2023 (long), where they are there."""
    editions = [edition_2013(path) for path in files_in(folder, "rucc_2013.csv*")]
    editions += [edition_2023(path) for path in files_in(folder, "*2023*.csv")]
    return together(editions)


def edition_2013(path: Path) -> pd.DataFrame:
    """Tidy the codes of 2013, which use county codes of 2010.

    Bedford city (51515) is left out: it became part of Bedford County (51019), which has a code.
    """
    rows = table(path, required=["fips", "rucc_2013", "description"])
    rows = rows[~rows["fips"].isin(MERGED)]
    return coded(path, rows, period="2013", codes="rucc_2013", place_ids=recoded(rows["fips"]))


def edition_2023(path: Path) -> pd.DataFrame:
    """Tidy the codes of 2023: three rows a county (population, code, description), latin-1."""
    rows = table(path, required=["FIPS", "Attribute", "Value"], encoding="latin-1")
    described = rows[rows["Attribute"].eq("Description")].set_index("FIPS")["Value"]
    codes = rows[rows["Attribute"].eq(CODE)].set_index("FIPS")[["Value", "line"]]
    if codes.empty:
        raise WrongFile(path, f"No row has the attribute {CODE}.", column="Attribute")
    joined = codes.join(described.rename("description"), how="outer").reset_index()
    return coded(path, joined, period="2023", codes="Value", place_ids=joined["FIPS"].str.zfill(5))


def coded(
    path: Path, rows: pd.DataFrame, *, period: str, codes: str, place_ids: pd.Series
) -> pd.DataFrame:
    """Give one observation a county; a county without a code must be described as having none."""
    values = numbers(path, rows, codes)
    unexplained = rows[values.isna() & rows["description"].ne(NO_CODE)]
    if not unexplained.empty:
        raise WrongFile(
            path, f"There is no code for {place_ids[unexplained.index[0]]}.", column=codes
        )
    observed = rows[["line"]].assign(
        measure_id=MEASURE,
        period=period,
        place_id=place_ids,
        value=values,
        status=status_of(values, missing="not published"),
        file=path.name,
    )
    return observed[~place_ids.str[:2].isin(ISLANDS)]
