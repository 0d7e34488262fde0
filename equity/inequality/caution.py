"""When an interval of inequality holds the truth less often than it claims, and what to tell the reader.

The limits were set by simulation at the sizes of US counties (`python -m benchmarks.coverage`; docs/methods.md).
"""

import math

import numpy as np
import pandas as pd

from equity.inequality.estimate import Estimate

PICKED = ("d", "r", "mrd", "mrr", "srr")
FROM_THE_BEST = ("par", "paf")
SQUARED = ("bgv", "ti", "mld")
# (estimate / SE)^2 is the number of events that would make such an error: below it errors are themselves shaky.
FEW_EVENTS = 4
# An index is told from noise when it is this many times what equal groups would show on average.
TIMES_NOISE = 2
# Highest against lowest of several groups: this many standard errors apart.
STANDARD_ERRORS = 3

RESTS_ON_FEW = (
    "The number for at least one group rests on very few people or events. So the true value may lie "
    "outside this range more often than 1 time in 20."
)
CHOSEN_BY_RATE = (
    "The two groups were chosen because they are highest and lowest. Chance alone sets such groups apart, "
    "so the true gap may well be smaller than this range says."
)
BEST_BY_CHANCE = (
    "The best group may be best by chance, and this gain is close to what chance alone would show. The true "
    "gain may well be smaller than this range says."
)
WIDER_THAN_NEEDED = (
    "This is close to what chance alone would show if all groups were equal. So near 0 the range is wider "
    "than it needs to be."
)


def interval_caution(
    estimate: Estimate, groups: pd.DataFrame, *, ordered: bool = False
) -> str | None:
    """Give what to tell the reader about an interval that is not to be taken at its word, None where it is.

    `groups` and `ordered` are those the estimate was made of.
    """
    if estimate.low is None:
        return None
    used = groups[~groups["group"].isin(estimate.dropped)]
    doubts = doubted(
        estimate.code,
        value=np.array([estimate.value]),
        error=np.array([estimate.se]),
        expected=np.array([estimate.expected_if_equal or math.nan]),
        weakest=np.array([weakest(used)]),
        ordered=ordered,
    )
    if len(used) == 2:
        del doubts[CHOSEN_BY_RATE]  # of two groups none is picked
    return next((sentence for sentence, true in doubts.items() if true[0]), None)


def weakest(groups: pd.DataFrame) -> float:
    """Give the fewest events, in effect, that any group's number rests on; nan where no error is known."""
    counted = groups[groups["se"] > 0]
    return float(((counted["estimate"] / counted["se"]) ** 2).min()) if len(counted) else math.nan


def doubted(
    code: str,
    *,
    value: np.ndarray,
    error: np.ndarray,
    expected: np.ndarray,
    weakest: np.ndarray,
    ordered: bool,
) -> dict[str, np.ndarray]:
    """Give for each sentence the places where it must be said, the most telling sentence first."""
    apart = np.log(np.where(value > 0, value, np.nan)) if code in ("r", "mrr", "srr") else value
    by_rate = not ordered or code not in ("d", "r", *FROM_THE_BEST)
    near_noise = np.abs(value) < TIMES_NOISE * np.abs(expected)
    return {
        RESTS_ON_FEW: weakest < FEW_EVENTS,
        CHOSEN_BY_RATE: (np.abs(apart) < STANDARD_ERRORS * error) & (code in PICKED) & by_rate,
        BEST_BY_CHANCE: near_noise & (code in FROM_THE_BEST) & by_rate,
        WIDER_THAN_NEEDED: near_noise & (code in SQUARED),
    }
