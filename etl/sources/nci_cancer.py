"""Cancer death rates 1999-2003 by county and sex: one row a county and sex, with 95 % intervals."""

from pathlib import Path

import pandas as pd

from etl.observations import Z, files_in, together
from etl.reading import numbers, table

REQUIRED = ["fips", "sex", "rate_per_100k", "ci95_lower", "ci95_upper", "status"]


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the file in the folder; suppressed rates have no value and say so."""
    return together(rates(path) for path in files_in(folder, "us_county_cancer_death_rates_*.csv*"))


def rates(path: Path) -> pd.DataFrame:
    """Tidy one file."""
    rows = table(path, required=REQUIRED)
    low, high = numbers(path, rows, "ci95_lower"), numbers(path, rows, "ci95_upper")
    return rows[["line", "status"]].assign(
        measure_id="nci_cancer_deaths",
        period="1999-2003",
        place_id=rows["fips"],
        people_group=rows["sex"].str.lower(),
        value=numbers(path, rows, "rate_per_100k"),
        low=low,
        high=high,
        level=0.95,
        standard_error=(high - low) / (2 * Z[0.95]),
        file=path.name,
    )
