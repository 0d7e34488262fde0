"""Which places there are, in which county vintage, and the names people type for them."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pandas as pd

from equity.vintages import COUNTY_VINTAGES
from etl.reading import WrongFile, numbers, table, text

STATES = Path(__file__).parent / "states.csv"
STARTER = Path(__file__).parent.parent / "data" / "starter"
TOWNS = "places_to_county.csv.gz"
SHIPPED = "It ships with the dashboard: take it again from the project's data/starter."

# Counties that got a new code for the same area; 51515 (Bedford city) became part of 51019.
RENAMED = {"46113": "46102", "02270": "02158"}
MERGED = {"51515": "51019"}

# Areas that replaced others: 02261 was split in two before the 2020 census; Connecticut's eight
# counties gave way to nine planning regions in 2022. No conversion of rates exists for either.
SPLIT_IN_2020 = {"02063": "Census Area", "02066": "Census Area"}
ENDED_IN_2020 = {"02261"}
PLANNING_REGIONS = "091"

# American Samoa, Micronesia, Guam, the Marshall Islands, the Northern Marianas, Palau and the Virgin
# Islands: some files have them, no map here does, so their rows are left out.
ISLANDS = ("60", "64", "66", "68", "69", "70", "78")


def states() -> pd.DataFrame:
    """Give the 50 states, the District of Columbia and Puerto Rico, one a row."""
    return table(STATES, required=["place_id", "abbr", "name"]).drop(columns="line")


def recoded(place_ids: pd.Series) -> pd.Series:
    """Give county codes with the old codes of renamed counties replaced. Merged counties stay."""
    return place_ids.replace(RENAMED)


def other_geography(place_ids: pd.Series, published: pd.Series) -> pd.Series:
    """Say which rows of one period to leave out of a file that lists counties of two vintages.

    Of Connecticut's counties and planning regions, and of Valdez-Cordova and the two areas that
    replaced it, the newer ones stay where the file has anything published for them.
    """
    regions = place_ids.str.startswith(PLANNING_REGIONS)
    before_regions = place_ids.str.startswith("090")
    split, before_split = place_ids.isin(SPLIT_IN_2020), place_ids.isin(ENDED_IN_2020)
    old_connecticut = before_regions if (regions & published).any() else regions
    old_alaska = before_split if (split & published).any() else split
    return old_connecticut | old_alaska


def boundary_names(starter: Path, vintage: int) -> dict[str, str]:
    """Give the county names of a boundary file, by place_id."""
    path = starter / "boundaries" / f"counties_{vintage}.topojson.gz"
    try:
        counties = json.loads(text(path))["objects"]["counties"]["geometries"]
        return {county["id"]: repaired(county["properties"]["name"]) for county in counties}
    except (ValueError, LookupError, TypeError) as error:
        raise no_topojson(path, error) from error


def no_topojson(path: Path, error: Exception) -> WrongFile:
    """Give the error for a file that is not the shipped boundaries."""
    return WrongFile(
        path,
        f"These are no county shapes in TopoJSON ({type(error).__name__}: {error}).",
        todo=SHIPPED,
    )


def repaired(name: str) -> str:
    """Undo the double encoding of the shipped boundary files ("DoÃ±a Ana")."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def full_names(starter: Path) -> pd.Series:
    """Give the full names of the counties of 2019 ("Acadia Parish"), by place_id."""
    columns = ["SUMLEV", "STATE", "COUNTY", "CTYNAME"]
    estimates = table(
        starter / "census_pep" / "co-est2019-alldata.csv.gz",
        required=columns,
        encoding="latin-1",
        wanted=lambda name: name in columns,
    )
    counties = estimates[estimates["SUMLEV"].str.lstrip("0").eq("50")]
    ids = counties["STATE"].str.zfill(2) + counties["COUNTY"].str.zfill(3)
    return pd.Series(counties["CTYNAME"].values, index=ids)


def kind_of(place_id: str) -> str:
    """Give the legal kind of an area that the 2019 estimates do not name."""
    if place_id.startswith("72"):
        return "Municipio"
    if place_id.startswith(PLANNING_REGIONS):
        return "Planning Region"
    return SPLIT_IN_2020[place_id]


@cache
def counties(starter: Path) -> pd.DataFrame:
    """Give every county and equivalent of any vintage, one a row, with its first and last vintage."""
    old, new = boundary_names(starter, 2019), boundary_names(starter, 2022)
    named = full_names(starter)
    rows = []
    for place_id, name in sorted((old | new).items()):
        full = named.get(place_id) or f"{name} {kind_of(place_id)}"
        rows.append(
            {
                "place_id": place_id,
                "name": name,
                "full_name": full,
                "kind": full.removeprefix(name).strip() or "County equivalent",
                "state_id": place_id[:2],
                "from_vintage": first_vintage(place_id, in_2019=old),
                "to_vintage": last_vintage(place_id, in_2022=new),
            }
        )
    return pd.DataFrame(rows)


def newest_vintage(place_ids: Collection[str], starter: Path) -> pd.DataFrame:
    """Give the rows of counties() of the newest vintage that has all these counties (2022 if none has)."""
    every = counties(starter)
    asked = every[every["place_id"].isin(set(place_ids))]
    held = [year for year in COUNTY_VINTAGES if in_vintage(asked, year).all()]
    return every[in_vintage(every, max(held, default=COUNTY_VINTAGES[-1]))]


def in_vintage(county_rows: pd.DataFrame, vintage: int) -> pd.Series:
    """Say which rows of counties() belong to a vintage."""
    return county_rows["from_vintage"].le(vintage) & county_rows["to_vintage"].ge(vintage)


def first_vintage(place_id: str, *, in_2019: Collection[str]) -> int:
    """Give the first county vintage that has a county."""
    if place_id in in_2019:
        return 2019
    return 2020 if place_id in SPLIT_IN_2020 else 2022


def last_vintage(place_id: str, *, in_2022: Collection[str]) -> int:
    """Give the last county vintage that has a county."""
    if place_id in in_2022:
        return 2022
    return 2019 if place_id in ENDED_IN_2020 else 2020


def regions() -> pd.DataFrame:
    """Give the ten regions of the US Department of Health and Human Services, one a row."""
    numbers = range(1, 11)
    names = [f"HHS Region {number}" for number in numbers]
    return pd.DataFrame(
        {
            "place_id": [f"HHS{number:02}" for number in numbers],
            "level": "region",
            "name": names,
            "full_name": names,
            "title": names,
            "kind": "Region",
        }
    )


def place_table(starter: Path) -> pd.DataFrame:
    """Give the rows of the table `place`: nation, regions, states, counties of every vintage."""
    of_state = states()
    by_id = of_state.set_index("place_id")
    county_rows = counties(starter).assign(level="county")
    state_of = by_id.loc[county_rows["state_id"]].reset_index()
    county_rows["title"] = county_rows["full_name"] + ", " + state_of["name"]
    county_rows.loc[county_rows["place_id"].eq("11001"), "title"] = "District of Columbia"
    for column in ("census_region", "hhs_region"):
        county_rows[column] = state_of[column]
    county_rows["state_abbr"] = state_of["abbr"]
    state_rows = of_state.rename(columns={"abbr": "state_abbr"}).assign(
        level="state", kind="State", full_name=of_state["name"], title=of_state["name"]
    )
    state_rows["state_id"] = state_rows["place_id"]
    nation = pd.DataFrame([{"place_id": "US", "level": "nation", "kind": "Nation"}]).assign(
        name="United States", full_name="United States", title="United States"
    )
    places = pd.concat([nation, regions(), state_rows, county_rows], ignore_index=True)
    places["from_vintage"] = places["from_vintage"].fillna(2019).astype(int)
    places["to_vintage"] = places["to_vintage"].fillna(2022).astype(int)
    return places.merge(centres(starter), on="place_id", how="left")


def gazetteer(starter: Path) -> pd.DataFrame:
    """Give the towns and ZIP areas and the county each lies in."""
    return table(
        starter / "gazetteer" / TOWNS,
        required=["name", "state", "zip", "county_fips", "county_fips_2019", "lat", "lon"],
    )


def centres(starter: Path) -> pd.DataFrame:
    """Give a point in the middle of each county's towns, for ordering by distance."""
    towns = gazetteer(starter)
    towns = towns.assign(**{axis: numbers(Path(TOWNS), towns, axis) for axis in ("lat", "lon")})
    points = [
        towns.groupby(column)[["lat", "lon"]].mean()
        for column in ("county_fips", "county_fips_2019")
    ]
    both = pd.concat(points)
    both = both[~both.index.duplicated()]
    return (
        both.rename_axis("place_id")
        .reset_index()
        .set_axis(["place_id", "latitude", "longitude"], axis=1)
    )


def place_name_table(starter: Path, place_ids: Collection[str]) -> pd.DataFrame:
    """Give the rows of the table `place_name`: one a town or ZIP area and county.

    Raises WrongFile for a town in a county that is not among place_ids.
    """
    towns = gazetteer(starter).rename(columns={"state": "state_abbr"})
    columns = ["name", "state_abbr", "zip", "place_id", "line"]
    now = towns.rename(columns={"county_fips": "place_id"})[columns]
    before = towns.dropna(subset=["county_fips_2019"])
    before = before.rename(columns={"county_fips_2019": "place_id"})[columns]
    names = pd.concat([now, before], ignore_index=True)
    unknown = names[~names["place_id"].isin(place_ids)]
    if not unknown.empty:
        first = unknown.iloc[0]
        raise WrongFile(
            TOWNS,
            f"There is no such place: {first['place_id']}.",
            line=int(first["line"]),
            column="county_fips",
            todo=SHIPPED,
        )
    return names.drop(columns="line").drop_duplicates()
