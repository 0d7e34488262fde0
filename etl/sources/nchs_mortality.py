"""Ten causes of death in urban and rural places by sex, 2011-2013: one row a cause and group."""

from pathlib import Path

import pandas as pd

from etl.observations import Z, files_in, together
from etl.reading import WrongFile, numbers, table

REQUIRED = ["urban_rural", "sex", "cause", "rate_per_100k", "se"]
CAUSES = {
    "Heart disease": "heart_disease",
    "Cancer": "cancer",
    "Lower respiratory": "lower_respiratory",
    "Unintentional injuries": "injuries",
    "Cerebrovascular diseases": "stroke",
    "Alzheimers": "alzheimer",
    "Diabetes": "diabetes",
    "Flu and pneumonia": "flu_pneumonia",
    "Suicide": "suicide",
    "Nephritis": "kidney_disease",
}
# Standard errors are printed with one decimal: 0.0 says less than this, not none at all.
LEAST_ERROR = 0.05


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the national and the regional file in the folder."""
    return together(rates(path) for path in files_in(folder, "us_*mortality_*.csv*"))


def rates(path: Path) -> pd.DataFrame:
    """Tidy one file: the nation where it has no column of regions."""
    rows = table(path, required=REQUIRED)
    cause = rows["cause"].map(CAUSES)
    if cause.isna().any():
        first = rows[cause.isna()].iloc[0]
        rule = f"Unknown cause {first['cause']!r}."
        raise WrongFile(path, rule, line=int(first["line"]), column="cause")
    value = numbers(path, rows, "rate_per_100k")
    error = numbers(path, rows, "se").clip(lower=LEAST_ERROR)
    return rows[["line"]].assign(
        measure_id="nchs_deaths_" + cause,
        period="2011-2013",
        place_id=places(rows),
        people_group=(rows["urban_rural"] + "+" + rows["sex"]).str.lower(),
        value=value,
        low=(value - Z[0.95] * error).clip(lower=0),
        high=value + Z[0.95] * error,
        level=0.95,
        standard_error=error,
        status="reported",
        file=path.name,
    )


def places(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: "HHS Region 01" is HHS01."""
    if "region" not in rows:
        return pd.Series("US", index=rows.index)
    return rows["region"].str.replace("HHS Region ", "HHS", regex=False)
