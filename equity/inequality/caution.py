"""When an interval of inequality holds the truth less often than it claims, and what to tell the reader.

The limits were set by simulation at the sizes of US counties (`python -m benchmarks.coverage`; docs/methods.md).
"""

import math

import numpy as np
import pandas as pd

from equity.inequality.estimate import Estimate

ALONG_AN_ORDER = ("aci", "rci", "sii", "rii")
PICKED = ("d", "r", "mrd", "mrr", "srr", "rmax", "rmin")
# (estimate / SE)^2 is the number of events that would make such an error: below it errors are themselves shaky.
FEW_EVENTS = 10
FEW_EVENTS_IN_ORDER = 4
# An index is told from noise when it is this many times what equal groups would show on average.
TIMES_NOISE = 2
# Highest against lowest of several groups: this many standard errors apart.
STANDARD_ERRORS = 3

RESTS_ON_FEW = (
    "The number for at least one group rests on very few people or events, so the true value lies outside "
    "this range more often than 1 time in 20."
)
NEAR_NOISE = (
    "This is close to what chance alone would show if all groups were equal, so the range is rough. "
    "Do not read it as proof of a gap."
)
CHOSEN_BY_RATE = (
    "The two groups were chosen because they are highest and lowest. Chance alone sets such groups apart, so "
    "the true gap may well be smaller than this range says."
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
    for sentence, true in doubts.items():
        if true[0]:
            return sentence
    return None


def weakest(groups: pd.DataFrame) -> float:
    """Give the fewest events, in effect, that any group's number rests on; nan where no error is known."""
    counted = groups[groups["se"] > 0]
    return float(((counted["estimate"] / counted["se"]) ** 2).min())


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
    in_order = code in ALONG_AN_ORDER or (ordered and code in ("d", "r"))
    picked = code in PICKED and not in_order
    apart = (
        np.log(np.where(value > 0, value, np.nan)) if code in ("r", "mrr", "srr") else np.abs(value)
    )
    return {
        RESTS_ON_FEW: weakest < (FEW_EVENTS_IN_ORDER if in_order else FEW_EVENTS),
        CHOSEN_BY_RATE: (apart < STANDARD_ERRORS * error) & picked,
        NEAR_NOISE: (np.abs(value) < TIMES_NOISE * np.abs(expected)) & (not picked),
    }
