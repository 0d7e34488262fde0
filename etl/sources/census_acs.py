"""American Community Survey, 5-year: one measure a recipe of table cells, by race and ethnicity where published."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from equity.acs import proportion_margin, sum_margin
from equity.errors import Problem
from etl import census_tables
from etl.observations import (
    files_in,
    status_of,
    summed,
    summed_counts,
    together,
    with_census_margin,
)
from etl.periods import five_years
from etl.reading import WrongFile, numbers, table
from etl.sources import describe

# The letters behind the names of tables that are printed once a group.
LETTERS = {
    "A": "white",
    "B": "black",
    "C": "aian",
    "D": "asian",
    "E": "nhpi",
    "F": "other_race",
    "G": "two_or_more",
    "H": "white_nh",
    "I": "hispanic",
}
STATES_AND_DC = 51
NAMED = "acsdt5y2024-b17001.dat, 2024-poverty.json"
# Measures that are sums of people, not shares or medians.
COUNTS = {"acs_population"}


class Recipe(NamedTuple):
    """How cells of one table make a measure: parts over whole in percent, or the one part itself."""

    measure_id: str
    people_group: str
    parts: tuple[str, ...]
    whole: tuple[str, ...]


def cells(table_id: str, lines: list[int]) -> tuple[str, ...]:
    """Give the names of a table's cells."""
    return tuple(f"{table_id}_{line:03}" for line in lines)


def everyone(measure_id: str, table_id: str, parts: list[int], whole: list[int]) -> list[Recipe]:
    """Give the recipe of a measure of everyone."""
    return [Recipe(measure_id, "everyone", cells(table_id, parts), cells(table_id, whole))]


def each_group(measure_id: str, table_id: str, parts: list[int], whole: list[int]) -> list[Recipe]:
    """Give the recipes of a measure from the nine tables by race and ethnicity."""
    return [
        Recipe(measure_id, group, cells(table_id + letter, parts), cells(table_id + letter, whole))
        for letter, group in LETTERS.items()
    ]


def everyone_and_groups(
    measure_id: str, table_id: str, parts: list[int], whole: list[int]
) -> list[Recipe]:
    """Give the recipes of a measure whose tables all have the same lines."""
    return [
        *everyone(measure_id, table_id, parts, whole),
        *each_group(measure_id, table_id, parts, whole),
    ]


def of_residents(lines: dict[str, int]) -> list[Recipe]:
    """Give the recipes of the share that each group has among residents (table B03002)."""
    return [
        Recipe("acs_race_ethnicity", group, cells("B03002", [line]), cells("B03002", [1]))
        for group, line in lines.items()
    ]


# Under 18 years, boys then girls, below the poverty line and at or above it.
POOR_CHILDREN = [*range(4, 10), *range(18, 24)]
OTHER_CHILDREN = [*range(33, 39), *range(47, 53)]

RECIPES = [
    *everyone("acs_population", "B01003", [1], []),
    *of_residents(
        {
            "white_nh": 3,
            "black_nh": 4,
            "aian_nh": 5,
            "asian_nh": 6,
            "nhpi_nh": 7,
            "other_race_nh": 8,
            "two_or_more_nh": 9,
            "hispanic": 12,
        }
    ),
    *everyone_and_groups("acs_poverty", "B17001", [2], [1]),
    *everyone_and_groups(
        "acs_child_poverty", "B17001", POOR_CHILDREN, [*POOR_CHILDREN, *OTHER_CHILDREN]
    ),
    *everyone_and_groups("acs_median_household_income", "B19013", [1], []),
    *everyone("acs_income_inequality", "B19083", [1], []),
    *everyone("acs_unemployment", "B23025", [5], [3]),
    # Men and women of 16 to 64 and of 65 and over; the tables have no line for all of them.
    *each_group("acs_unemployment", "C23002", [8, 13, 21, 26], [6, 11, 19, 24]),
    *everyone("acs_less_than_high_school", "B15003", [*range(2, 17)], [1]),
    *each_group("acs_less_than_high_school", "C15002", [3, 8], [1]),
    *everyone("acs_bachelors_degree", "B15003", [22, 23, 24, 25], [1]),
    *each_group("acs_bachelors_degree", "C15002", [6, 11], [1]),
    *everyone("acs_uninsured", "B27010", [17, 33, 50, 66], [1]),
    *each_group("acs_uninsured", "C27001", [4, 7, 10], [1]),
    *everyone_and_groups("acs_home_ownership", "B25003", [2], [1]),
    # Rent of 30 % of income or more; line 11 is households whose share could not be computed.
    *everyone("acs_rent_burden", "B25070", [7, 8, 9, 10], [*range(2, 11)]),
    *everyone("acs_no_vehicle", "B08201", [2], [1]),
    *everyone("acs_broadband", "B28002", [4], [1]),
    *everyone("acs_computer_and_broadband", "B28008", [4], [1]),
    *each_group("acs_computer_and_broadband", "B28009", [4], [1]),
]
PERCENT_COLUMNS = {
    "uninsured_pct": "acs_uninsured",
    "no_vehicle_pct": "acs_no_vehicle",
    "unemployed_pct": "acs_unemployment",
}
KEY = ["measure_id", "period", "people_group", "place_id"]
API = "https://api.census.gov/data/{year}/acs/acs5?get=group({table})&for={places}"
API_KEY = "CENSUS_API_KEY"
API_PLACES = {"county": "county:*", "state": "state:*", "us": "us:1"}
Download = Callable[..., Path]


def extract(folder: Path, download: Download) -> None:
    """Fetch every table: from the API, counties, states and nation alone, where there is a key for it."""
    names = [file["name"] for file in describe("census_acs")["file"]]
    if key := os.environ.get(API_KEY, "").strip():
        for name in names:
            from_api(name, download, key)
        return
    for file in describe("census_acs")["file"]:
        # The download has noted what it could not reach; the other tables are of use without it.
        with suppress(Problem):
            download(file["url"], file["name"])


def from_api(summary_file: str, download: Download, key: str) -> None:
    """Fetch the table of a summary file from the API; stop at the first that fails, as all will."""
    year, table_id = re.fullmatch(r"acsdt5y(\d{4})-(\w+)\.dat", summary_file).groups()
    for level, places in API_PLACES.items():
        url = API.format(year=year, table=table_id.upper(), places=places)
        download(url, f"{year}-{table_id}-{level}.json", secret={"key": key})


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the summary files, API answers and percentages in the folder."""
    parts = []
    for path in files_in(folder, "acsdt5y*.dat"):
        parts += measured(path, census_tables.summary_file(path))
    for path in files_in(folder, "*.json", "*.json.gz"):
        parts += measured(path, census_tables.api_answer(path))
    parts += [percentages(path) for path in files_in(folder, "acs5_*_county_percent.csv*")]
    return best(together(parts))


def best(observations: pd.DataFrame) -> pd.DataFrame:
    """Keep one of what several files give: published before summed, with a margin before without."""
    summed_last = observations["origin"].ne("published")
    ordered = observations.iloc[summed_last.argsort(kind="stable")]
    return ordered.drop_duplicates(KEY)


def measured(path: Path, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Make every measure whose cells a file holds; refuse a file that holds none."""
    held = set(census_tables.cell_names(rows))
    recipes = [recipe for recipe in RECIPES if held.issuperset(all_cells(recipe))]
    require_whole_recipes(path, held, recipes)
    if not recipes:
        raise WrongFile(
            path,
            f"It holds no table that we use; its cells begin {sorted(held)[:3]}.",
            line=1,
        )
    needed = list(dict.fromkeys(cell for recipe in recipes for cell in all_cells(recipe)))
    figures = census_tables.figures(path, rows, needed)
    places = rows[["place_id", "line"]].assign(period=five_years(path, NAMED), file=path.name)
    parts = [made(places, figures, recipe) for recipe in recipes]
    if not counties_alone(rows):
        return parts
    shares = [part for part in parts if "denominator" in part]
    counts = [part for part in parts if part["measure_id"].iat[0] in COUNTS]
    return [*parts, *(summed(part, scale=100) for part in shares), *map(summed_counts, counts)]


def require_whole_recipes(path: Path, held: set[str], made: list[Recipe]) -> None:
    """Refuse a file that lacks a cell of a measure it was asked for: the measure would vanish unsaid.

    A cell tells that a measure was asked for unless another measure, which has all its cells, uses
    it too; and of one table's groups all are asked for, or none.
    """
    explained = {cell for recipe in made for cell in all_cells(recipe)}
    whole = {(recipe.measure_id, table_of(recipe)) for recipe in made}
    for recipe in RECIPES:
        cells_needed = all_cells(recipe)
        there = held.intersection(cells_needed)
        if len(there) == len(cells_needed) or not there:
            continue
        if there - explained or (recipe.measure_id, table_of(recipe)) in whole:
            lacking = next(cell for cell in cells_needed if cell not in held)
            raise WrongFile(
                path,
                f"This column is missing; without it there is no {recipe.measure_id} of {recipe.people_group}.",
                line=1,
                column=f"{lacking}E",
            )


def table_of(recipe: Recipe) -> str:
    """Give the table of a recipe's cells."""
    return recipe.parts[0].partition("_")[0]


def all_cells(recipe: Recipe) -> list[str]:
    """Give each cell that a recipe needs, once."""
    return list(dict.fromkeys([*recipe.parts, *recipe.whole]))


def counties_alone(rows: pd.DataFrame) -> bool:
    """Say whether a file has the counties of the whole country and no states, so that they can be summed."""
    states = rows["place_id"].str[:2]
    return (
        rows["place_id"].str.len().eq(5).all()
        and states[states.le("56")].nunique() == STATES_AND_DC
    )


def made(places: pd.DataFrame, figures: census_tables.Figures, recipe: Recipe) -> pd.DataFrame:
    """Make one measure of one people group for every place of a file."""
    needed = all_cells(recipe)
    estimate, margin = figures.estimate[needed], figures.margin[needed]
    values = share(estimate, margin, recipe) if recipe.whole else plain(estimate, margin)
    status = status_of(values["value"], missing="not published")
    warned = figures.warned[needed].any(axis=1) & values["value"].notna()
    observed = places.assign(
        measure_id=recipe.measure_id,
        people_group=recipe.people_group,
        status=status.mask(warned, "unreliable"),
        **values.drop(columns="margin"),
    )
    highest = 100 if recipe.whole else None
    return with_census_margin(observed, values["margin"], lowest=0, highest=highest)


def plain(estimate: pd.DataFrame, margin: pd.DataFrame) -> pd.DataFrame:
    """Give the value and margin of the one cell as printed."""
    value = estimate.iloc[:, 0]
    return pd.DataFrame({"value": value, "margin": margin.iloc[:, 0].where(value.notna())})


def share(estimate: pd.DataFrame, margin: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Give parts over whole in percent, with the margin of METHODS.md section 4; nobody there, no share."""
    parts, whole = list(recipe.parts), list(recipe.whole)
    numerator = estimate[parts].sum(axis=1, skipna=False)
    denominator = estimate[whole].sum(axis=1, skipna=False)
    value = 100 * numerator / denominator.where(denominator.gt(0))
    fraction_margin = proportion_margin(
        numerator,
        denominator,
        sum_margin(estimate[parts], margin[parts]),
        sum_margin(estimate[whole], margin[whole]),
    )
    return pd.DataFrame(
        {
            "value": value,
            "margin": np.where(value.notna(), 100 * fraction_margin, np.nan),
            "numerator": numerator,
            "denominator": denominator,
        }
    )


def percentages(path: Path) -> pd.DataFrame:
    """Tidy a file of county percentages without margins; an empty cell was not published."""
    rows = table(path, required=["fips", *PERCENT_COLUMNS])
    parts = []
    for column, measure_id in PERCENT_COLUMNS.items():
        value = numbers(path, rows, column)
        parts.append(
            rows[["line"]].assign(
                place_id=rows["fips"],
                measure_id=measure_id,
                period=five_years(path, NAMED),
                value=value,
                status=status_of(value, missing="not published"),
                file=path.name,
            )
        )
    return together(parts)
