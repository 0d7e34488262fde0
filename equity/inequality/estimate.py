"""What a measure of inequality says of one place, and what stands beside the number."""

from dataclasses import dataclass

import numpy as np

from equity import words
from equity.inequality import spread
from equity.inequality.groups import Groups
from equity.inequality.intervals import NONE, SIMULATED
from equity.inequality.measures import Measure
from equity.inequality.pairs import chosen
from equity.inequality.rules import which

FROM_THE_BEST = ("mdbu", "mdbw", "srr")
ATTRIBUTABLE = ("par", "paf")


@dataclass(frozen=True)
class Estimate:
    """One measure of inequality between groups.

    `low`, `high` and `se` are None where there is no interval; `se` of r, rii, mrr and srr is that of the
    logarithm. `method` names the interval. `compared` are the two groups a and b for measures of two
    groups (value = a - b or a / b), else all groups used; `dropped` those left out for want of a number.
    `expected_if_equal` is the value noise alone would give on average if all groups were equal, None
    where noise does not move the measure one way or no standard errors are known. `draws` and `seed`
    belong to what was simulated and go into every export.
    """

    code: str
    value: float
    low: float | None
    high: float | None
    se: float | None
    level: float
    method: str
    compared: tuple[str, ...]
    dropped: tuple[str, ...]
    note: str
    expected_if_equal: float | None
    draws: int | None
    seed: int | None


def compared(groups: Groups, measure: Measure) -> tuple[str, ...]:
    """Give the names of the groups that a measure compares in the only place."""
    if measure.pair is None:
        return tuple(which(groups, groups.present[0]))
    columns = measure.pair(groups, groups.estimate)
    return tuple(dict.fromkeys(groups.names[int(column[0])] for column in columns))


def note(groups: Groups, code: str, measure: Measure, method: str) -> str:
    """Say what a reader must know beside the number: what it was measured from, what is missing."""
    said = [
        measured_from(groups, code),
        left_out(groups),
        without_interval(groups, measure, method),
        taken_as_certain(groups, method),
    ]
    return " ".join(sentence for sentence in said if sentence)


def measured_from(groups: Groups, code: str) -> str:
    """Say which group or average a measure starts from, where the code alone does not."""
    if code in FROM_THE_BEST or (code in ATTRIBUTABLE and not groups.ordered):
        key = groups.estimate if groups.favourable else -groups.estimate
        return f"The best group is {groups.names[int(chosen(groups, key, groups.present)[0])]}."
    if code in ATTRIBUTABLE:
        most = int(spread.most_advantaged(groups)[0])
        return f"The most advantaged group is {groups.names[most]}."
    if code in ("idisu", "idisw"):
        return "Measured from the average; Healthy People measures from the best group."
    if code in ("mdmu", "idisu") and not np.isnan(groups.average[0]):
        return "Measured from the place's own average, taken as certain."
    if code in ("d", "r") and groups.ordered and groups.reference is not None:
        return "The groups have an order, so the ends are compared, not the reference group."
    return ""


def left_out(groups: Groups) -> str:
    """Say which groups were left out on request."""
    names = which(groups, groups.dropped[0])
    return f"Left out because they have no number: {words.listed(names)}." if names else ""


def without_interval(groups: Groups, measure: Measure, method: str) -> str:
    """Say why there is no interval."""
    if method != NONE:
        return ""
    if unknown := which(groups, groups.present[0] & np.isnan(groups.error[0])):
        return f"No interval, because no margin of error is known for {words.listed(unknown)}."
    if (groups.estimate[0] < 0).any():
        return "No interval, because numbers below 0 are not simulated."
    if (groups.estimate[0] == 0).any() or (groups.estimate[0] == groups.scale).any():
        return "No interval: with a number of 0, or of the whole, none can be worked out."
    return "No interval: the numbers are too uncertain for one."


def taken_as_certain(groups: Groups, method: str) -> str:
    """Say which groups' zeros the simulation could not draw around."""
    zeros = which(groups, groups.present[0] & (groups.estimate[0] == 0) & (groups.error[0] > 0))
    if method != SIMULATED or not zeros:
        return ""
    return f"The interval takes the 0 of {words.listed(zeros)} as certain, so it is too narrow."
