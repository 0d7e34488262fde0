"""Ranks of places with the doubt in them: simulated intervals and ties (METHODS.md sections 3 and 5)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity.errors import Refused

DRAWS = 2_000
SEED = 20240101
# So many draws are ranked at a time; more would only take memory.
CHUNK = 250
# Values nearer than this are the same value.
SAME = 1e-9


@dataclass(frozen=True)
class Ranking:
    """Ranked places, first place first.

    places, index place_id: value, se, rank (1 + places ahead; equal values share it), low and high (the
    interval of the rank; missing where se is), tied (how many other places cannot be told apart from it;
    missing where se is). without_value and without_margin count places.
    """

    places: pd.DataFrame
    first: Literal["highest", "lowest"]
    level: float
    draws: int
    seed: int
    without_value: int
    without_margin: int

    @property
    def ranked(self) -> int:
        """How many places are ranked."""
        return len(self.places)


def rank(
    values: pd.Series,
    errors: pd.Series,
    *,
    first: Literal["highest", "lowest"],
    may_rank: bool,
    decimals: int,
    level: float = 0.95,
    seed: int = SEED,
) -> Ranking:
    """Give places in order, each with the interval of its rank and how many places it is tied with.

    Definition: ranks of 2,000 draws of all values at once, each normal around the estimate with its standard
    error and independent; the interval holds the middle 95 % of a place's ranks. Tied: the difference is at most
    1.96 standard errors of the difference, or the values are shown alike. Interpretation: "rank 40, between 12
    and 95, tied with 61 others". Applies to: values and standard errors (0 for a full count) indexed by
    place_id, one measure, period and group; decimals are those shown. Caution: ranks of small places jump;
    drawing adds noise to noise, so intervals are rather too wide; a missing standard error gives a rank without
    interval, and in others' draws the value stays as it is. Raises Refused where may_rank is false or no place
    has a value. Reference: Goldstein and Spiegelhalter 1996; METHODS.md sections 3 and 6.
    """
    refuse_unfit(values, may_rank=may_rank)
    table = pd.DataFrame({"value": values, "se": errors.reindex(values.index)}, dtype=float)
    table = table[table["value"].notna()]
    ahead_if_higher = 1 if first == "highest" else -1
    shown = ahead_if_higher * table["value"].round(decimals)
    table["rank"] = shown.rank(method="min", ascending=False).astype(int)
    known = table["se"].notna().to_numpy()
    score, spread = ahead_if_higher * table["value"].to_numpy(), table["se"].to_numpy()
    low, high = rank_intervals(score, np.nan_to_num(spread), level=level, seed=seed)
    ends = pd.DataFrame({"low": low, "high": high}, index=table.index)
    # Full counts shown alike share all their ranks; there is no other doubt about them.
    alike_counts = (
        ends.groupby(shown).agg({"low": "min", "high": "max"}).loc[shown].set_axis(ends.index)
    )
    ends = ends.where(table["se"].ne(0), alike_counts)
    table["low"] = np.minimum(ends["low"], table["rank"]).where(known)
    table["high"] = np.maximum(ends["high"], table["rank"]).where(known)
    table["tied"] = np.where(known, tied(shown.to_numpy(), score, spread, level=level), np.nan)
    return Ranking(
        places=table.sort_values("rank", kind="stable"),
        first=first,
        level=level,
        draws=DRAWS,
        seed=seed,
        without_value=int(values.isna().sum()),
        without_margin=int((~known).sum()),
    )


def refuse_unfit(values: pd.Series, *, may_rank: bool) -> None:
    """Raise Refused where ranks would mislead or there are none."""
    if not may_rank:
        raise Refused(
            rule="may not be ranked",
            why="Places may not be ranked by this measure: the order would come from how it is made.",
            instead="Look at one place's number with its margin, or at the map.",
        )
    if values.notna().sum() == 0:
        raise Refused(
            rule="no number",
            why="No place has a number to rank.",
            instead="Choose another period or group.",
        )


def rank_intervals(
    score: np.ndarray, spread: np.ndarray, *, level: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give the lowest and highest rank of each place's middle draws; the highest score is rank 1.

    Two-byte ranks, some draws at a time, keep 3,142 places times 2,000 draws under 60 MB.
    """
    # Equal full counts would stand in another order on another machine: the first stays ahead.
    first_of_equals = score - np.arange(len(score)) * 1e-12 * max(1.0, np.abs(score).max())
    rng = np.random.default_rng(seed)
    ranks = np.empty((len(score), DRAWS), dtype=np.uint16)
    places = np.arange(1, len(score) + 1, dtype=np.uint16)[:, None]
    for start in range(0, DRAWS, CHUNK):
        noise = rng.standard_normal((CHUNK, len(score)), dtype=np.float32)
        drawn = first_of_equals + spread * noise
        order = np.argsort(-drawn, axis=1)
        chunk = np.empty((len(score), CHUNK), dtype=np.uint16)
        np.put_along_axis(chunk, order.T, places, axis=0)
        ranks[:, start : start + CHUNK] = chunk
    outside = int(np.floor(DRAWS * (1 - level) / 2))
    ends = np.partition(ranks, [outside, DRAWS - 1 - outside], axis=1)
    return ends[:, outside].astype(int), ends[:, DRAWS - 1 - outside].astype(int)


def tied(shown: np.ndarray, exact: np.ndarray, errors: np.ndarray, *, level: float) -> np.ndarray:
    """Give how many other places cannot be told apart from each place.

    A place without a standard error ties only with places that show the same value.
    """
    z = float(ndtri((1 + level) / 2))
    counts = np.empty(len(exact))
    for position in range(len(exact)):
        same = np.abs(shown - shown[position]) <= SAME
        counts[position] = (same | alike(exact, errors, position, z=z)).sum() - 1
    return counts


def alike(values: np.ndarray, errors: np.ndarray, position: int, *, z: float) -> np.ndarray:
    """Say which places cannot be told apart from one: by z standard errors of the difference."""
    gaps = np.abs(values - values[position])
    return (gaps <= SAME) | (gaps <= z * np.hypot(errors, errors[position]))
