"""An outcome of counties by fifths of people, ordered by a condition of their counties (METHODS.md section 5)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity.errors import Refused

FIFTHS = 5
WHY_LEFT_OUT = {
    "condition": "no number for the condition",
    "estimate": "no number for the outcome",
    "population": "no number of residents",
}


@dataclass(frozen=True)
class Gradient:
    """The outcome in each fifth, and what stands behind it.

    groups has one row a fifth that has counties, ready for equity.inequality: group, estimate, se (missing
    where a county's is), population, order (1 the least advantaged), and low, high, counties, lowest and highest
    (the condition's range). counties has one row a county used: condition, estimate, se, population, order
    (1 the least advantaged; equal conditions share one), fifth. left_out counts counties by reason.
    """

    groups: pd.DataFrame
    counties: pd.DataFrame
    left_out: dict[str, int]
    without_margin: int
    level: float

    @property
    def empty(self) -> int:
        """How many fifths have no county, because many share one value of the condition."""
        return FIFTHS - len(self.groups)


def fifths(
    counties: pd.DataFrame, *, better_condition: Literal["higher", "lower"], level: float = 0.95
) -> Gradient:
    """Give the outcome in fifths of all residents, from the least to the most advantaged counties.

    Definition: counties in order of the condition; each goes to the fifth of the people in which the middle
    of its residents lies, counties of equal condition together; estimate = sum n y / sum n,
    se = sqrt(sum n^2 s^2) / sum n, interval estimate -+ z se. Interpretation: "in the counties with most
    poverty, home to a fifth of people, the rate is ...". Applies to: counties indexed by place_id with the
    columns condition, estimate, se, population; a missing condition, estimate or population is left out and
    counted. Units: those of the outcome. Caution: counties, not people, are ordered: poor people live in
    rich counties too; large counties make fifths uneven; errors of modelled counties are not independent, so the
    interval is rather too narrow. Raises Refused where the condition tells no two fifths apart.
    Reference: METHODS.md section 5; Wagstaff, Paci and van Doorslaer 1991.
    """
    used, left_out = complete(counties)
    used = used.assign(order=advantage(used["condition"], better_condition))
    used["fifth"] = fifth_of(used["order"], used["population"])
    groups = summed(used, level=level)
    if len(groups) < 2:
        raise Refused(
            rule="no gradient",
            why="The condition is the same in nearly all counties, so they cannot be put in order.",
            instead="Choose another condition.",
        )
    return Gradient(groups, used, left_out, int(used["se"].isna().sum()), level)


def complete(counties: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give the counties with all numbers, and how many are left out for which first reason."""
    used = counties[["condition", "estimate", "se", "population"]].astype(float)
    used["population"] = used["population"].where(used["population"] > 0)
    left_out = {}
    for column, why in WHY_LEFT_OUT.items():
        left_out[why] = int(used[column].isna().sum())
        used = used[used[column].notna()]
    return used, {why: count for why, count in left_out.items() if count}


def advantage(condition: pd.Series, better: Literal["higher", "lower"]) -> pd.Series:
    """Give the order of counties from 1, the least advantaged; equal conditions share one."""
    return condition.rank(method="dense", ascending=better == "higher").astype(int)


def fifth_of(order: pd.Series, population: pd.Series) -> pd.Series:
    """Give the fifth of people, 1 to 5, that holds the middle resident of each county's order."""
    people = population.groupby(order).sum()
    middle = (people.cumsum() - people / 2) / people.sum()
    fifth = np.floor(middle * FIFTHS).clip(upper=FIFTHS - 1).astype(int) + 1
    return fifth.loc[order].set_axis(order.index)


def summed(used: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Give one row a fifth: its population-weighted mean with interval, its people and counties."""
    n = used["population"]
    parts = pd.DataFrame(
        {
            "population": n,
            "outcome": n * used["estimate"],
            "variance": (n * used["se"]) ** 2,
            "counties": 1,
        }
    )
    sums = parts.groupby(used["fifth"]).sum(skipna=False)
    condition = used.groupby("fifth")["condition"]
    reach = ndtri((1 + level) / 2)
    groups = pd.DataFrame(
        {
            "group": [f"fifth {fifth}" for fifth in sums.index],
            "estimate": sums["outcome"] / sums["population"],
            "se": np.sqrt(sums["variance"]) / sums["population"],
            "population": sums["population"],
            "order": sums.index,
            "counties": sums["counties"].astype(int),
            "lowest": condition.min(),
            "highest": condition.max(),
        }
    )
    groups["low"] = groups["estimate"] - reach * groups["se"]
    groups["high"] = groups["estimate"] + reach * groups["se"]
    return groups.reset_index(drop=True)


def concentration_curve(ordered: pd.DataFrame) -> pd.DataFrame:
    """Give the points of the concentration curve: people and outcome, cumulative shares from 0 to 1.

    Definition: from the least to the most advantaged, the share of all people against the share of all
    outcome (sum n y); equal orders are one step. Interpretation: above the diagonal, the outcome gathers
    among the less advantaged. Applies to: the rows of Gradient.groups or Gradient.counties (columns estimate,
    population, order). Unit: fractions. Caution: a curve that crosses the diagonal has no one direction; it shows
    shares, not how high the outcome is. Raises Refused where an estimate is below 0 or all are 0, for
    then there are no shares. Reference: Kakwani, Wagstaff and van Doorslaer 1997.
    """
    outcome = ordered["estimate"] * ordered["population"]
    if (outcome < 0).any() or not outcome.sum() > 0:
        raise Refused(
            rule="no shares",
            why="The outcome is below 0 somewhere, or 0 everywhere, so it has no shares to add up.",
            instead="Look at the outcome in each fifth.",
        )
    steps = pd.DataFrame({"people": ordered["population"], "outcome": outcome})
    shares = steps.groupby(ordered["order"]).sum().cumsum()
    shares = shares / shares.iloc[-1]
    start = pd.DataFrame({"people": [0.0], "outcome": [0.0]})
    return pd.concat([start, shares], ignore_index=True)
