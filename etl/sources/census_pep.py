"""Census population estimates: one wide file an edition, one row a county or state, a column a year."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from equity.rates import poisson_interval
from etl.observations import files_in, together
from etl.reading import numbers, table

COUNTY, STATE = "50", "40"
# Births, deaths and migration of the first year of a decade run from the April census to June only.
ID_COLUMNS = ["SUMLEV", "STATE", "COUNTY"]
RATES = {"pep_birth_rate": "BIRTHS", "pep_death_rate": "DEATHS", "pep_net_migration_rate": "NETMIG"}


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the totals files of every edition in the folder."""
    return together(
        part for path in files_in(folder, "co-est*-alldata.csv*") for part in edition(path)
    )


def edition(path: Path) -> list[pd.DataFrame]:
    """Tidy one edition: population, and rates of births, deaths and net migration."""
    rows = table(path, required=ID_COLUMNS, encoding="latin-1")
    years = [int(found[1]) for name in rows if (found := re.fullmatch(r"POPESTIMATE(\d{4})", name))]
    places = rows.assign(place_id=place_ids(rows), file=path.name)
    population = {year: numbers(path, rows, f"POPESTIMATE{year}") for year in years}
    parts = [
        observed(places, "pep_population", year, population[year], None, None) for year in years
    ]
    for measure_id, stem in RATES.items():
        parts += [
            rate(
                observed(
                    places,
                    measure_id,
                    year,
                    None,
                    numbers(path, rows, f"{stem}{year}"),
                    (population[year - 1] + population[year]) / 2,
                )
            )
            for year in years[1:]
        ]
    return [with_nation(part) for part in parts]


def place_ids(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: a state's two digits or a county's five."""
    state, county = rows["STATE"].str.zfill(2), rows["COUNTY"].str.zfill(3)
    return state.where(rows["SUMLEV"].str.lstrip("0").eq(STATE), state + county)


def observed(
    places: pd.DataFrame,
    measure_id: str,
    year: int,
    value: pd.Series | None,
    numerator: pd.Series | None,
    denominator: pd.Series | None,
) -> pd.DataFrame:
    """Give one measure of one year for every row of the file."""
    return places[["place_id", "file", "line"]].assign(
        measure_id=measure_id,
        period=str(year),
        value=value,
        numerator=numerator,
        denominator=denominator,
        status="reported",
    )


def rate(part: pd.DataFrame) -> pd.DataFrame:
    """Give events per 1,000 mid-period people, as the publisher does (the mean of two Julys).

    Births and deaths get the exact Poisson interval of their count (METHODS.md section 2);
    migration is a balance of two flows and has none.
    """
    events, people = part["numerator"].astype(float), part["denominator"].astype(float)
    value = 1000 * events / people
    if part["measure_id"].iloc[0] == "pep_net_migration_rate":
        return part.assign(value=value)
    fewest, most = poisson_interval(events)
    return part.assign(
        value=value,
        low=1000 * fewest / people,
        high=1000 * most / people,
        level=0.95,
        standard_error=1000 * np.sqrt(events) / people,
    )


def with_nation(part: pd.DataFrame) -> pd.DataFrame:
    """Add the nation: the sum of the states, which the file does not print."""
    states = part[part["place_id"].str.len().eq(2)]
    nation = states.iloc[[0]].assign(place_id="US", line=pd.NA, origin="summed from counties")
    if states["numerator"].isna().all():
        nation = nation.assign(value=states["value"].sum())
    else:
        sums = {name: states[name].sum() for name in ("numerator", "denominator")}
        nation = rate(nation.assign(**sums))
    return pd.concat([part.assign(origin="published"), nation], ignore_index=True)
