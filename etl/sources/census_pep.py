"""Census population estimates: totals and components of change, and residents by age and sex."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from equity.rates import poisson_interval
from etl.observations import completed, files_in, stacked, summed, together
from etl.reading import WrongFile, numbers, table

STATE = "40"
ID_COLUMNS = ["SUMLEV", "STATE", "COUNTY"]
# Births, deaths and migration of the first year of a decade run from the April census to June only.
RATES = {"pep_birth_rate": "BIRTHS", "pep_death_rate": "DEATHS", "pep_net_migration_rate": "NETMIG"}
TOTALS_COLUMN = re.compile(r"(POPESTIMATE|BIRTHS|DEATHS|NETMIG)\d{4}")

# Shares of residents: the columns counted, out of everyone.
SHARES = {
    "pep_under_18": ["UNDER5_TOT", "AGE513_TOT", "AGE1417_TOT"],
    "pep_65_and_over": ["AGE65PLUS_TOT"],
    "pep_female": ["POPEST_FEM"],
}
MEDIAN_AGES = {
    "everyone": "MEDIAN_AGE_TOT",
    "female": "MEDIAN_AGE_FEM",
    "male": "MEDIAN_AGE_MALE",
}
EVERYONE = "POPESTIMATE"
AGE_COLUMNS = [
    *ID_COLUMNS,
    "YEAR",
    EVERYONE,
    *(column for counted in SHARES.values() for column in counted),
    *MEDIAN_AGES.values(),
]
# YEAR is a code: 1 the census of April 2020, 2 July 2020, 3 July 2021 and so on.
CENSUS_BASE, YEAR_OF_CODE_0 = 1, 2018


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the totals and the age files of every edition in the folder; the newest edition of a year counts."""
    totals = [totals_edition(path) for path in files_in(folder, "co-est*-alldata.csv*")]
    ages = [ages_edition(path) for path in files_in(folder, "cc-est*-agesex-all.*")]
    return newest_edition(together([*totals, *ages]))


def newest_edition(observations: pd.DataFrame) -> pd.DataFrame:
    """Keep of each measure and year the newest file's rows: an edition revises all years since its census."""
    newest = observations.groupby(["measure_id", "period"])["file"].transform("max")
    return observations[observations["file"].eq(newest)]


def totals_edition(path: Path) -> pd.DataFrame:
    """Tidy one edition of totals: population, and rates of births, deaths and net migration."""
    rows = table(
        path,
        required=ID_COLUMNS,
        encoding="latin-1",
        wanted=lambda name: name in ID_COLUMNS or TOTALS_COLUMN.fullmatch(name) is not None,
    )
    years = [found[1] for name in rows if (found := re.fullmatch(r"POPESTIMATE(\d{4})", name))]
    places = rows[["line"]].assign(place_id=place_ids(rows), file=path.name, status="reported")
    people = yearly(path, rows, "POPESTIMATE", years)
    population = stacked(places, by="period", value=people).assign(measure_id="pep_population")
    middle = ((people.shift(axis=1) + people) / 2)[years[1:]]
    rates = [
        rate(
            stacked(
                places.assign(measure_id=measure_id),
                by="period",
                numerator=yearly(path, rows, stem, years[1:]),
                denominator=middle,
            )
        )
        for measure_id, stem in RATES.items()
    ]
    return together(with_nation(part) for part in [population, *rates])


def yearly(path: Path, rows: pd.DataFrame, stem: str, years: list[str]) -> pd.DataFrame:
    """Give the columns of a stem, one a year, as numbers."""
    return pd.DataFrame({year: numbers(path, rows, f"{stem}{year}") for year in years}, dtype=float)


def place_ids(rows: pd.DataFrame) -> pd.Series:
    """Give the place of each row: a state's two digits or a county's five."""
    state, county = rows["STATE"].str.zfill(2), rows["COUNTY"].str.zfill(3)
    return state.where(rows["SUMLEV"].str.lstrip("0").eq(STATE), state + county)


def rate(part: pd.DataFrame) -> pd.DataFrame:
    """Give events per 1,000 mid-period people, as the publisher does (the mean of two Julys).

    Births and deaths get the exact Poisson interval of their count (METHODS.md section 2);
    migration is a balance of two flows and has none.
    """
    events, people = part["numerator"], part["denominator"]
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
    summed_columns = [name for name in ("value", "numerator", "denominator") if name in part]
    nation = states.groupby(["measure_id", "period", "file", "status"], as_index=False)[
        summed_columns
    ].sum()
    if "numerator" in part:
        nation = rate(nation)
    nation = nation.assign(place_id="US", origin="summed from counties")
    return together([part, nation])


def ages_edition(path: Path) -> pd.DataFrame:
    """Tidy one edition of residents by age and sex: shares, with states and nation, and median ages."""
    rows = table(
        path, required=AGE_COLUMNS, encoding="latin-1", wanted=lambda name: name in AGE_COLUMNS
    )
    years = years_of_codes(path, rows)
    rows = rows[years.gt(CENSUS_BASE + YEAR_OF_CODE_0)]
    places = rows[["line"]].assign(
        place_id=place_ids(rows), period=years[rows.index].astype(str), file=path.name
    )
    people = numbers(path, rows, EVERYONE)
    shares = pd.concat(share(path, rows, places, measure_id, people) for measure_id in SHARES)
    medians = [
        places.assign(
            measure_id="pep_median_age",
            people_group=group,
            value=numbers(path, rows, column),
            status="reported",
        )
        for group, column in MEDIAN_AGES.items()
    ]
    return together([shares, summed(shares, scale=100), *medians])


def years_of_codes(path: Path, rows: pd.DataFrame) -> pd.Series:
    """Give the year of each row; refuse a file whose last code is not the year in its name."""
    years = numbers(path, rows, "YEAR").astype(int) + YEAR_OF_CODE_0
    named = re.search(r"\d{4}", path.name)
    if not named or years.max() != int(named[0]):
        raise WrongFile(
            path,
            f"Its newest year code means {years.max()}, which is not the year in its name.",
            column="YEAR",
            todo="Only editions of the 2020s are read (cc-est2023-agesex-all and later).",
        )
    return years


def share(
    path: Path, rows: pd.DataFrame, places: pd.DataFrame, measure_id: str, people: pd.Series
) -> pd.DataFrame:
    """Give the share of residents that the columns of a measure count."""
    counted = sum(numbers(path, rows, column) for column in SHARES[measure_id])
    return completed(
        places.assign(
            measure_id=measure_id,
            value=100 * counted / people.where(people.gt(0)),
            numerator=counted,
            denominator=people,
            status="reported",
        )
    )
