"""CDC/ATSDR Social Vulnerability Index: percentages and counts with margins, and ranks, one file an edition."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.observations import files_in, stacked, status_of, together, with_census_margin
from etl.periods import five_years
from etl.places import recoded
from etl.reading import numbers, refuse_cells, require_columns, table

# A file is named as the publisher does.
NAMED = "SVI_2022_US_county.csv"
NOT_AVAILABLE = -999
# A code of the Census Bureau that slipped into one margin (group quarters in Washington, DC, 2022).
LEAKED = -555555555

# The stem of the columns (EP_ percentage, MP_ its margin, E_ the count) and the measure. Columns that an
# edition lacks were no part of it.
PERCENTAGES = {
    "POV": "svi_poverty",
    "POV150": "svi_poverty_150",
    "UNEMP": "svi_unemployment",
    "HBURD": "svi_housing_cost_burden",
    "NOHSDP": "svi_no_high_school_diploma",
    "UNINSUR": "svi_uninsured",
    "AGE65": "svi_age_65",
    "AGE17": "svi_age_17",
    "DISABL": "svi_disability",
    "SNGPNT": "svi_single_parent",
    "LIMENG": "svi_limited_english",
    "MINRTY": "svi_racial_ethnic_minority",
    "MUNIT": "svi_large_apartment_buildings",
    "MOBILE": "svi_mobile_homes",
    "CROWD": "svi_crowding",
    "NOVEH": "svi_no_vehicle",
    "GROUPQ": "svi_group_quarters",
    "NOINT": "svi_no_internet",
}
RACES = {
    "AFAM": "black_nh",
    "HISP": "hispanic",
    "ASIAN": "asian_nh",
    "AIAN": "aian_nh",
    "NHPI": "nhpi_nh",
    "TWOMORE": "two_or_more_nh",
    "OTHERRACE": "other_race_nh",
}
RANKS = {
    "RPL_THEMES": "svi_overall_rank",
    "RPL_THEME1": "svi_socioeconomic_rank",
    "RPL_THEME2": "svi_household_rank",
    "RPL_THEME3": "svi_minority_rank",
    "RPL_THEME4": "svi_housing_transport_rank",
}


class Column(NamedTuple):
    """A column of the file, the measure it holds, and the columns of its margin and count."""

    name: str
    measure_id: str
    people_group: str = "everyone"
    margin: str | None = None
    count: str | None = None
    highest: float | None = None


def percentage(stem: str, measure_id: str, people_group: str = "everyone") -> Column:
    """Give the columns of one percentage."""
    return Column(f"EP_{stem}", measure_id, people_group, f"MP_{stem}", f"E_{stem}", 100)


def number(stem: str, measure_id: str, people_group: str = "everyone") -> Column:
    """Give the columns of the count behind one percentage."""
    return Column(f"E_{stem}", f"{measure_id}_number", people_group, f"M_{stem}")


COLUMNS = [
    *(kind(stem, id_) for kind in (percentage, number) for stem, id_ in PERCENTAGES.items()),
    *(
        kind(stem, "svi_race_ethnicity", group)
        for kind in (percentage, number)
        for stem, group in RACES.items()
    ),
    *(Column(name, measure_id, highest=1) for name, measure_id in RANKS.items()),
    Column("EP_PCI", "svi_income_per_person", margin="MP_PCI"),
    Column("E_TOTPOP", "svi_population", margin="M_TOTPOP"),
    Column("E_HH", "svi_households", margin="M_HH"),
    Column("E_HU", "svi_homes", margin="M_HU"),
    Column("E_DAYPOP", "svi_daytime_population"),
]


USED = {"FIPS"} | {
    name for column in COLUMNS for name in (column.name, column.margin, column.count) if name
}


def transform(folder: Path) -> pd.DataFrame:
    """Tidy every edition in the folder."""
    return together(part for path in files_in(folder, "SVI*.csv*") for part in edition(path))


def edition(path: Path) -> list[pd.DataFrame]:
    """Tidy one edition: each measure that it has."""
    rows = table(path, required=["FIPS", *RANKS], wanted=lambda name: name in USED)
    # Copies that went through a spreadsheet have lost the zeros in front.
    places = rows[["line"]].assign(
        place_id=recoded(rows["FIPS"].str.zfill(5)), period=five_years(path, NAMED), file=path.name
    )
    held = [column for column in COLUMNS if column.name in rows]
    beside = [name for column in held for name in (column.margin, column.count) if name]
    require_columns(path, rows.columns, beside)
    kinds = {(column.margin is not None, column.highest) for column in held}
    return [
        observed(path, rows, places, [c for c in held if (c.margin is not None, c.highest) == kind])
        for kind in sorted(kinds, key=str)
    ]


def observed(
    path: Path, rows: pd.DataFrame, places: pd.DataFrame, columns: list[Column]
) -> pd.DataFrame:
    """Give the measures of some columns of one kind for every county, with margins and counts."""
    every = stacked(
        places,
        by="column",
        value=known(path, rows, columns, "name"),
        numerator=known(path, rows, columns, "count"),
    )
    observations = every.drop(columns="column").assign(
        measure_id=every["column"].map({column.name: column.measure_id for column in columns}),
        people_group=every["column"].map({column.name: column.people_group for column in columns}),
        status=status_of(every["value"], missing="not published"),
    )
    if columns[0].margin is None:
        return observations
    margins = known(path, rows, columns, "margin")
    margin = pd.Series(margins.to_numpy().ravel(order="F")).where(every["value"].notna())
    return with_census_margin(observations, margin, lowest=0, highest=columns[0].highest)


def known(path: Path, rows: pd.DataFrame, columns: list[Column], field: str) -> pd.DataFrame:
    """Give, under each column's name, the file's column that its field names; missing where there is none."""
    none = pd.Series(np.nan, index=rows.index)
    named = {column.name: getattr(column, field) for column in columns}
    return pd.DataFrame(
        {name: available(path, rows, other) if other else none for name, other in named.items()}
    )


def available(path: Path, rows: pd.DataFrame, name: str) -> pd.Series:
    """Give a column as numbers, missing where the publisher says it is; refuse an unknown code."""
    values = numbers(path, rows, name)
    missing = values.isin([NOT_AVAILABLE, LEAKED])
    wrong = (values.lt(0) & ~missing) | values.isna()
    refuse_cells(path, rows, name, wrong, expected=f"a number or {NOT_AVAILABLE}")
    return values.mask(missing)
