"""2010 Census: race and ethnicity of residents by county, and segregation computed from their tracts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow
from pyarrow import parquet

from equity.segregation import dissimilarity, entropy_index, isolation
from etl.observations import files_in, summed, summed_counts, together
from etl.places import RENAMED
from etl.reading import WrongFile, require_columns

PERIOD = "2010"
# The file's columns and the house's people groups; together they are everybody.
GROUPS = {
    "white_nh": "white_nh",
    "black_nh": "black_nh",
    "asian_pacific_nh": "asian_pacific_nh",
    "aian_nh": "aian_nh",
    "two_or_more_nh": "two_or_more_nh",
    "hispanic": "hispanic",
    "other_nh": "other_race_nh",
}
ISOLATED = ["white_nh", "black_nh", "asian_pacific_nh", "aian_nh", "hispanic"]
# An index of a group of fewer people, or of one tract, says nothing; under the second number chance
# alone moves it so much that it carries a warning.
FEWEST_PEOPLE, FEW_PEOPLE, FEWEST_TRACTS = 100, 1000, 2


def transform(folder: Path) -> pd.DataFrame:
    """Tidy the tract file in the folder: population, mix and segregation of every county."""
    return together(
        part.assign(period=PERIOD, file=path.name)
        for path in files_in(folder, "race_by_tract_*.parquet")
        for part in edition(path)
    )


def edition(path: Path) -> list[pd.DataFrame]:
    """Give the parts that one file makes."""
    tracts = tract_table(path)
    counties = tracts.groupby("county_fips")[[*GROUPS, "total"]].sum()
    counties["tracts"] = tracts[tracts["total"].gt(0)].groupby("county_fips").size()
    return [population(counties, path), mix(counties, path), *segregation(tracts, counties)]


def tract_table(path: Path) -> pd.DataFrame:
    """Read the tracts; refuse a file whose groups do not add up to everybody."""
    try:
        tracts = parquet.read_table(path).to_pandas()
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise WrongFile(path, f"This is not a whole Parquet file ({error}).") from error
    require_columns(path, tracts.columns, ["county_fips", "total", *GROUPS])
    wrong = np.flatnonzero(tracts[[*GROUPS]].sum(axis=1) != tracts["total"])
    if wrong.size:
        raise WrongFile(
            path,
            "The groups of this tract do not add up to its total.",
            line=int(wrong[0]) + 1,
            column="total",
        )
    # Renamed counties already have today's code; a city that merged is part of its county.
    return tracts.assign(county_fips=tracts["county_fips"].replace(RENAMED))


def population(counties: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Give everybody counted, by county, state and nation."""
    people = pd.DataFrame(
        {"place_id": counties.index, "value": counties["total"].to_numpy(float)}
    ).assign(
        measure_id="census2010_population",
        period=PERIOD,
        file=path.name,
        status="reported",
        origin="computed",
    )
    return together([people, summed_counts(people)])


def mix(counties: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Give each group's share of residents, by county, state and nation."""
    parts = []
    for column, group in GROUPS.items():
        parts.append(
            pd.DataFrame(
                {
                    "place_id": counties.index,
                    "people_group": group,
                    "numerator": counties[column].to_numpy(float),
                    "denominator": counties["total"].to_numpy(float),
                }
            )
        )
    shares = pd.concat(parts, ignore_index=True).assign(
        measure_id="census2010_race_ethnicity", period=PERIOD, file=path.name, status="reported"
    )
    shares = shares.assign(
        value=100 * shares["numerator"] / shares["denominator"], origin="computed"
    )
    return together([shares, summed(shares, scale=100)])


def segregation(tracts: pd.DataFrame, counties: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the indices of every county, on a scale of 0 to 100."""
    parts = [
        index(
            "census2010_multigroup_segregation",
            "everyone",
            entropy_index(tracts, [*GROUPS], by="county_fips"),
            counties,
            counties["total"],
        )
    ]
    for name, group in (("black_white", "black_nh"), ("hispanic_white", "hispanic")):
        apart = dissimilarity(tracts, group, "white_nh", by="county_fips")
        smaller = counties[[group, "white_nh"]].min(axis=1)
        measure_id = f"census2010_dissimilarity_{name}"
        parts.append(index(measure_id, "everyone", apart, counties, smaller))
    for group in ISOLATED:
        alone = isolation(tracts, group, "total", by="county_fips")
        parts.append(index("census2010_isolation", group, alone, counties, counties[group]))
    return parts


def index(
    measure_id: str,
    people_group: str,
    fractions: pd.Series,
    counties: pd.DataFrame,
    people: pd.Series,
) -> pd.DataFrame:
    """Give an index of every county; left empty, or with a warning, where it rests on few people or one tract."""
    fractions = fractions.reindex(counties.index)
    enough = people.ge(FEWEST_PEOPLE) & counties["tracts"].ge(FEWEST_TRACTS) & fractions.notna()
    status = np.select(
        [~enough, people.lt(FEW_PEOPLE)], ["not published", "unreliable"], default="reported"
    )
    return pd.DataFrame(
        {
            "place_id": counties.index,
            "value": (100 * fractions.where(enough)).to_numpy(),
            "status": status,
            "numerator": people.to_numpy(float),
        }
    ).assign(measure_id=measure_id, people_group=people_group, origin="computed")
