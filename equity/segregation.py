"""How evenly groups of people live across the small areas of a place (METHODS.md section 5)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def dissimilarity(areas: pd.DataFrame, one: str, other: str, *, by: str) -> pd.Series:
    """Give the index of dissimilarity between two groups in each place.

    Definition: D = 1/2 sum abs(a_i / A - b_i / B) over the areas i of a place. Interpretation: the share
    of either group that would have to move to another area for both to be spread alike; 0 is
    even, 1 is complete separation. Applies to: full counts of two groups that do not overlap; areas
    has one row an area, with the counts in the columns one and other and the place in by. Unit:
    fraction. Caution: chance alone lifts it where a group is small; it depends on how large the
    areas are. A place without one of the groups has no value. Reference: Massey and Denton 1988.
    """
    totals = areas.groupby(by)[[one, other]].transform("sum").replace(0, np.nan)
    apart = (areas[one] / totals[one] - areas[other] / totals[other]).abs() / 2
    return apart.groupby(areas[by]).sum(min_count=1)


def isolation(areas: pd.DataFrame, group: str, total: str, *, by: str) -> pd.Series:
    """Give the isolation index of a group in each place.

    Definition: sum (a_i / A) (a_i / t_i) over the areas i of a place. Interpretation: the share of the group
    among the neighbors of an average member of it. Applies to: full counts; the column total counts
    everybody. Unit: fraction. Caution: it is at least the group's share of the place, so it is high
    where the group is large even when everyone lives evenly. Reference: Massey and Denton 1988.
    """
    members = areas.groupby(by)[group].transform("sum").replace(0, np.nan)
    everybody = areas[total].where(areas[total] > 0)
    weighted = (areas[group] / members) * (areas[group] / everybody).fillna(0)
    return weighted.groupby(areas[by]).sum(min_count=1)


def entropy_index(areas: pd.DataFrame, groups: Sequence[str], *, by: str) -> pd.Series:
    """Give the multigroup entropy index H (Theil) of each place.

    Definition: with E = sum p ln(1/p) over groups, H = sum t_i (E - E_i) / (E T) over the areas i of a place.
    Interpretation: how much less mixed the average area is than the whole place; 0 means that
    every area mirrors the place, 1 that no area is mixed. Applies to: full counts of groups that together
    are everybody and do not overlap. Unit: fraction. Caution: a place with a single group has no
    value. Reference: Reardon and Firebaugh 2002.
    """
    counts = areas[list(groups)]
    whole = counts.groupby(areas[by]).sum()
    people = counts.sum(axis=1)
    mixed_areas = (people * entropy(counts)).groupby(areas[by]).sum()
    mixed_whole = entropy(whole)
    inside = mixed_areas / whole.sum(axis=1).replace(0, np.nan)
    # Rounding may leave a hair below zero where every area mirrors the place.
    return (1 - inside / mixed_whole.where(mixed_whole > 0)).clip(lower=0)


def entropy(counts: pd.DataFrame) -> pd.Series:
    """Give how mixed each row of counts is: sum p ln(1/p), 0 for a row of one group or of nobody."""
    shares = counts.div(counts.sum(axis=1).replace(0, np.nan), axis=0)
    logs = np.log(shares.where(shares > 0, 1))
    return -(shares * logs).sum(axis=1)
