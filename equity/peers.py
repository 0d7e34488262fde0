"""Peer places: the nearest on stated variables, and on what each differs (METHODS.md section 5)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import words

# What may make places alike: columns of queries/peer_variables.sql. The shares of five groups are
# one variable, so that they do not outweigh the others.
VARIABLES = {
    "population": ("population",),
    "rurality": ("rurality",),
    "poverty": ("poverty",),
    "age": ("age",),
    "race mix": ("white_nh", "black_nh", "hispanic", "aian_nh", "asian_nh"),
}
TITLES = {
    "population": "Population size",
    "rurality": "Rural-urban code",
    "poverty": "Poverty",
    "age": "Share aged 65 and over",
    "race mix": "Mix of race and ethnicity",
}
GROUPS = {
    "white_nh": "White, not Hispanic",
    "black_nh": "Black, not Hispanic",
    "hispanic": "Hispanic or Latino",
    "aian_nh": "American Indian and Alaska Native, not Hispanic",
    "asian_nh": "Asian, not Hispanic",
}
# Columns that name the measure a variable was taken from, where one of two may serve.
SOURCED = {
    "population": "population_measure",
    "poverty": "poverty_measure",
    "age": "age_measure",
}
PEERS = 6
# From this many standard deviations on, a peer is said to differ.
APART = 0.5


@dataclass(frozen=True)
class Peer:
    """A place much like the chosen one: how far in standard deviations, and on what it differs."""

    place_id: str
    title: str
    distance: float
    differs: str


@dataclass(frozen=True)
class Peers:
    """The peers of a place, nearest first; which variables were used, and which were missing.

    mixed are those used that another source gives for some of the peers.
    """

    peers: tuple[Peer, ...]
    used: tuple[str, ...]
    missing: tuple[str, ...]
    mixed: tuple[str, ...] = ()


def nearest(
    table: pd.DataFrame, place_id: str, *, variables: list[str], count: int = PEERS
) -> Peers:
    """Give the places of the same level nearest to one.

    Definition: each column as a z-score among all places of the level (population by its logarithm);
    a variable's distance is the root mean square over its columns; the distance is the root mean
    square over variables. table is queries/peer_variables.sql. Applies to: places where every used
    variable is published, on the newest map of counties that has the chosen one; the others are no
    candidates. Reference: METHODS.md section 5.
    """
    mine = table.set_index("place_id").loc[place_id]
    same_map = mine["to_vintage"]
    level = table[
        table["level"].eq(mine["level"])
        & table["from_vintage"].le(same_map)
        & table["to_vintage"].ge(same_map)
    ].set_index("place_id")
    used = [name for name in variables if mine[list(VARIABLES[name])].notna().all()]
    missing = tuple(name for name in variables if name not in used)
    if not used:
        return Peers((), (), missing)
    scores = standardised(level, used)
    others = scores.dropna().drop(index=place_id)
    apart = {name: columns_apart(others, scores.loc[place_id], name) for name in used}
    distance = np.sqrt(sum(steps**2 for steps in apart.values()) / len(used))
    close = distance.nsmallest(count, keep="first").index
    peers = tuple(
        Peer(
            near,
            level.loc[near, "title"],
            float(distance[near]),
            differences(
                level.loc[near], mine, [name for name in used if apart[name][near] >= APART]
            ),
        )
        for near in close
    )
    return Peers(peers, tuple(used), missing, mixed(level.loc[close], mine, used))


def mixed(near: pd.DataFrame, mine: pd.Series, used: list[str]) -> tuple[str, ...]:
    """Give the used variables that come from one source here and from another for a peer."""
    sourced = [name for name in used if name in SOURCED]
    return tuple(name for name in sourced if near[SOURCED[name]].ne(mine[SOURCED[name]]).any())


def standardised(level: pd.DataFrame, used: list[str]) -> pd.DataFrame:
    """Give the z-scores of the columns of the used variables."""
    columns = [column for name in used for column in VARIABLES[name]]
    numbers = level[columns].astype(float)
    if "population" in columns:
        numbers["population"] = np.log(numbers["population"].where(numbers["population"] > 0))
    # A column without spread tells nothing apart.
    return (numbers - numbers.mean()) / numbers.std(ddof=0).replace(0, 1)


def columns_apart(others: pd.DataFrame, mine: pd.Series, name: str) -> pd.Series:
    """Give how far each place is on one variable, in standard deviations."""
    columns = list(VARIABLES[name])
    steps = others[columns].to_numpy() - mine[columns].to_numpy(float)
    return pd.Series(np.sqrt((steps**2).mean(axis=1)), index=others.index)


def differences(peer: pd.Series, mine: pd.Series, names: list[str]) -> str:
    """Say on what a peer differs: "poverty 21.0% (here 14.9%)"; empty when on nothing much."""
    said = [phrase(name, peer, mine) for name in names]
    return words.capital(words.listed(said))


def phrase(name: str, peer: pd.Series, mine: pd.Series) -> str:
    """Say one variable of a peer beside the chosen place's."""
    if name == "race mix":
        column = (peer[list(GROUPS)] - mine[list(GROUPS)]).astype(float).abs().idxmax()
        there, here = (words.number(row[column], decimals=1, suffix="%") for row in (peer, mine))
        return f"{GROUPS[column]} {there} (here {here})"
    decimals, suffix = {"population": (0, ""), "rurality": (0, "")}.get(name, (1, "%"))
    there, here = (
        words.number(row[name], decimals=decimals, suffix=suffix) for row in (peer, mine)
    )
    return f"{TITLES[name].lower()} {there} (here {here})"
