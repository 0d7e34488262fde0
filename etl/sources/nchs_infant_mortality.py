"""Infant mortality of Black and White babies since 1915: one row a race and year."""

from pathlib import Path

import numpy as np
import pandas as pd

from etl.observations import files_in, together
from etl.reading import numbers, table

REQUIRED = ["race", "year", "infant_mortality_rate"]
# Deaths and births were grouped by the race of the child until 1979, by the mother's since:
# two measures, not one line with a silent step.
FIRST_YEAR_BY_MOTHER = 1980


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the file in the folder."""
    return together(rates(path) for path in files_in(folder, "infant_mortality_*.csv*"))


def rates(path: Path) -> pd.DataFrame:
    """Tidy one file."""
    rows = table(path, required=REQUIRED)
    by_mother = numbers(path, rows, "year").ge(FIRST_YEAR_BY_MOTHER)
    return rows[["line"]].assign(
        measure_id=np.where(
            by_mother, "nchs_infant_mortality_by_mother", "nchs_infant_mortality_by_child"
        ),
        period=rows["year"],
        place_id="US",
        people_group=rows["race"],
        value=numbers(path, rows, "infant_mortality_rate"),
        status="reported",
        file=path.name,
    )
