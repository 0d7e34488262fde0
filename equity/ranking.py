"""Ranks of places with the doubt in them: intervals and ties (METHODS.md section 3).

The intervals come from tests of differences. Intervals from ranks of simulated values were tried and hold the
true rank too seldom, above all at both ends of the list (docs/decisions.md).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity.errors import Refused

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
) -> Ranking:
    """Give places in order, each with the interval of its rank and how many places it is tied with.

    Definition: the interval goes from 1 + the places shown to be ahead up to the rank before those shown to be
    behind. Shown: the difference is more than 1.96 standard errors of the difference, sqrt(se_a^2 + se_b^2), and
    the values are not shown alike. All others are tied with it. Interpretation: "rank 40, between 12 and 95, tied
    with 83 others". Applies to: values and standard errors (0 for a full count) indexed by place_id, one measure,
    period and group; decimals are those shown. Caution: simulated, the interval holds the true rank about 99 times
    in 100, not 95; a missing standard error gives a rank without interval, and counts as 0 for the others. Raises
    Refused where may_rank is false or no place has a value. Reference: Mogstad, Romano, Shaikh and Wilhelm 2024
    (ranks from tests of differences); METHODS.md sections 3 and 6.
    """
    refuse_unfit(values, may_rank=may_rank)
    table = pd.DataFrame({"value": values, "se": errors.reindex(values.index)}, dtype=float)
    table = table[table["value"].notna()]
    ahead_if_higher = 1 if first == "highest" else -1
    shown = ahead_if_higher * table["value"].round(decimals)
    table["rank"] = shown.rank(method="min", ascending=False).astype(int)
    known = table["se"].notna()
    score, errors_known = (
        ahead_if_higher * table["value"].to_numpy(),
        table["se"].fillna(0).to_numpy(),
    )
    ahead, ties = standings(shown.to_numpy(), score, errors_known, level=level)
    table["low"] = pd.Series(1 + ahead, table.index).where(known)
    table["high"] = pd.Series(1 + ahead + ties, table.index).where(known)
    table["tied"] = pd.Series(ties, table.index).where(known)
    return Ranking(
        places=table.sort_values("rank", kind="stable"),
        first=first,
        level=level,
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


def standings(
    shown: np.ndarray, score: np.ndarray, errors: np.ndarray, *, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Give how many places are shown to be ahead of each place, and how many cannot be told apart from it."""
    z = float(ndtri((1 + level) / 2))
    ahead, ties = np.empty(len(score)), np.empty(len(score))
    for position in range(len(score)):
        same = np.abs(shown - shown[position]) <= SAME
        close = same | alike(score, errors, position, z=z)
        ahead[position] = (~close & (score > score[position])).sum()
        ties[position] = close.sum() - 1
    return ahead, ties


def alike(values: np.ndarray, errors: np.ndarray, position: int, *, z: float) -> np.ndarray:
    """Say which places cannot be told apart from one: by z standard errors of the difference."""
    gaps = np.abs(values - values[position])
    return (gaps <= SAME) | (gaps <= z * np.hypot(errors, errors[position]))
