"""What every transform gives: one observation a row, in these columns."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

# A transform may leave out any column that has a default here.
DEFAULTS = {
    "people_group": "everyone",
    "low": np.nan,
    "high": np.nan,
    "level": np.nan,
    "standard_error": np.nan,
    "numerator": np.nan,
    "denominator": np.nan,
    "origin": "published",
    "line": pd.NA,
}
COLUMNS = ["measure_id", "period", "place_id", "value", "status", "file", *DEFAULTS]
Z = {0.90: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004}
# The Census Bureau rounds 1.6449 and says to divide its 90 % margins by 1.645.
CENSUS_Z = 1.645
# Endings of what a download writes beside a file.
NO_DATA = (".part", ".meta")


def completed(observations: pd.DataFrame) -> pd.DataFrame:
    """Give observations with every column of the contract, in order."""
    missing = {
        column: default for column, default in DEFAULTS.items() if column not in observations
    }
    full = observations.assign(**missing)[COLUMNS]
    return full.astype({"line": "Int64"})


def together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join the observations of several files or measures; of none, give none."""
    tidied = [completed(part) for part in parts]
    return pd.concat(tidied, ignore_index=True) if tidied else pd.DataFrame(columns=COLUMNS)


def stacked(places: pd.DataFrame, *, by: str, **frames: pd.DataFrame) -> pd.DataFrame:
    """Give places once for each column of the frames, one below the other.

    The frames have a row a place and the same columns; by takes a column's name, and each frame's
    cells go to the column named like the frame.
    """
    names = next(iter(frames.values())).columns
    cells = {name: frame.to_numpy().ravel(order="F") for name, frame in frames.items()}
    return pd.concat([places] * len(names), ignore_index=True).assign(
        **{by: np.repeat(names.to_numpy(), len(places))}, **cells
    )


def status_of(values: pd.Series, *, missing: str) -> pd.Series:
    """Give `reported` where there is a value, the given status where there is none."""
    return pd.Series(np.where(values.notna(), "reported", missing), index=values.index)


def with_census_margin(
    observations: pd.DataFrame,
    margin: pd.Series,
    *,
    lowest: float | None = None,
    highest: float | None = None,
) -> pd.DataFrame:
    """Add interval and standard error from a Census 90 % margin of error (METHODS.md section 4).

    lowest and highest cut the ends where a value cannot be beyond them (0 for a count, 0 and 100
    for a percentage).
    """
    low, high = observations["value"] - margin, observations["value"] + margin
    return observations.assign(
        low=low if lowest is None else low.clip(lower=lowest).clip(upper=observations["value"]),
        high=high
        if highest is None
        else high.clip(upper=highest).clip(lower=observations["value"]),
        level=np.where(margin.notna(), 0.90, np.nan),
        standard_error=margin / CENSUS_Z,
    )


def summed(counties: pd.DataFrame, *, scale: float) -> pd.DataFrame:
    """Give states and the nation as sums of their counties' numerators and denominators.

    counties holds one measure or several, with numerator and denominator of every county; value is
    scale * numerator / denominator. A state with any county missing is left out: a sum of what
    was published is not the state. Puerto Rico is no part of the nation's sum.
    """
    keys = ["measure_id", "period", "people_group", "file"]
    every = completed(counties)
    every = every[every["place_id"].str.len().eq(5)]
    states = every.assign(place_id=every["place_id"].str[:2])
    nation = every[~every["place_id"].str.startswith("72")].assign(place_id="US")
    added = (
        pd.concat([states, nation])
        .groupby([*keys, "place_id"], as_index=False, sort=False)[["numerator", "denominator"]]
        .sum(skipna=False)
        .dropna()
    )
    added = added[added["denominator"].gt(0)]
    return completed(
        added.assign(
            value=scale * added["numerator"] / added["denominator"],
            status="reported",
            origin="summed from counties",
        )
    )


def summed_counts(counties: pd.DataFrame) -> pd.DataFrame:
    """Give states and the nation as sums of their counties' values, for measures that count.

    As summed(): a state with any county missing is left out, Puerto Rico is no part of the nation.
    """
    counts = counties.assign(numerator=counties["value"], denominator=1.0)
    added = summed(counts, scale=1.0)
    return added.assign(value=added["numerator"], numerator=np.nan, denominator=np.nan)


def files_in(folder: Path, *patterns: str) -> list[Path]:
    """Give the data files of a folder that match any pattern, oldest name first.

    What a download noted beside a file (.meta), left unfinished (.part) or hid is no data file.
    """
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(path for path in found if is_data_file(path))


def is_data_file(path: Path) -> bool:
    """Say whether a path in a source's folder is a file of data, not what a file manager left."""
    return (
        path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.name.lower() not in ("thumbs.db", "desktop.ini")
        and path.suffix not in NO_DATA
    )
