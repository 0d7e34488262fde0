"""Healthy People 2030's measures of disparity, by its own names: on unrounded rates of groups that do not overlap.

Rate stands for a rate, percentage or any other number for which disparities make sense. Ratios are
turned so that they are 1 or more. Reference: Office of Disease Prevention and Health Promotion, Healthy People
2030, About Disparities Data; Talih and Huang 2016 (Healthy People Statistical Notes 27).
"""

import numpy as np

from equity.inequality.groups import Groups
from equity.inequality.pairs import at, chosen, taken


def top_and_bottom(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the columns of the groups with the highest and the lowest rate."""
    here = np.broadcast_to(groups.present, rate.shape)
    top = chosen(groups, rate, here)
    return top, chosen(groups, -rate, here & ~at(top, rate))


def only_top(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the column of the group with the highest rate, twice: Rmax rests on one group."""
    top, _ = top_and_bottom(groups, rate)
    return top, top


def only_bottom(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the column of the group with the lowest rate, twice: Rmin rests on one group."""
    _, bottom = top_and_bottom(groups, rate)
    return bottom, bottom


def highest(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give Rmax, the highest rate, in the unit of the estimates.

    Definition: max y. Interpretation: the rate of the group where it is highest. Applies to: groups that do
    not overlap. Caution: the highest of many shaky rates is high by chance. Reference: Healthy People 2030.
    """
    return taken(rate, only_top(groups, rate)[0])


def highest_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how Rmax moves with each group's estimate."""
    return at(only_top(groups, rate)[0], rate) * 1.0


def lowest(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give Rmin, the lowest rate, in the unit of the estimates.

    Definition: min y. Interpretation: the rate of the group where it is lowest. Applies to: groups that do
    not overlap. Caution: the lowest of many shaky rates is low by chance. Reference: Healthy People 2030.
    """
    return taken(rate, only_bottom(groups, rate)[0])


def lowest_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how Rmin moves with each group's estimate."""
    return at(only_bottom(groups, rate)[0], rate) * 1.0


def maximal_difference(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the maximal rate difference, in the unit of the estimates.

    Definition: Rmax - Rmin; SE sqrt(s_max^2 + s_min^2). Interpretation: the widest gap between two groups.
    Applies to: groups that do not overlap. Caution: above 0 by chance alone, the more so with many groups.
    Reference: Healthy People 2030.
    """
    return highest(groups, rate) - lowest(groups, rate)


def maximal_difference_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the maximal rate difference moves with each group's estimate."""
    return highest_slope(groups, rate) - lowest_slope(groups, rate)


def maximal_ratio(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the maximal rate ratio, a pure number of 1 or more.

    Definition: Rmax / Rmin, interval on the log scale. Interpretation: how many times as high the highest rate
    is as the lowest. Applies to: groups that do not overlap, Rmin above 0. Caution: above 1 by chance alone.
    Reference: Healthy People 2030.
    """
    return highest(groups, rate) / lowest(groups, rate)


def log_maximal_ratio_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the logarithm of the maximal rate ratio moves with each group's estimate."""
    top, bottom = highest(groups, rate)[..., None], lowest(groups, rate)[..., None]
    return highest_slope(groups, rate) / top - lowest_slope(groups, rate) / bottom


def summary_ratio(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the summary rate ratio, a pure number of 1 or more.

    Definition: where lower is better, the mean of all other groups' rates over the lowest rate; where higher is
    better, the highest rate over the mean of the others. The mean is unweighted; the interval is on the log
    scale. Interpretation: how the average other group compares with the best. Applies to: groups that
    do not overlap, the divisor above 0. Caution: a tiny group counts as much as a large one, and the best may
    be best by chance. Reference: Healthy People 2030; Talih and Huang 2016.
    """
    best, others = best_and_others(groups, rate)
    return best / others if groups.favourable else others / best


def log_summary_ratio_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the logarithm of the summary rate ratio moves with each group's estimate."""
    best, others = best_and_others(groups, rate)
    is_best = at(best_column(groups, rate), rate)
    rest = groups.present & ~is_best
    in_mean = rest / (groups.count - 1)[..., None] / others[..., None]
    toward = in_mean - is_best / best[..., None]
    return -toward if groups.favourable else toward


def best_column(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the column of the best group: highest where higher is better, else lowest."""
    return (only_top if groups.favourable else only_bottom)(groups, rate)[0]


def best_and_others(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the best rate and the unweighted mean of all others."""
    is_best = at(best_column(groups, rate), rate)
    rest = np.where(groups.present & ~is_best, rate, 0).sum(axis=-1)
    return np.where(is_best, rate, 0).sum(axis=-1), rest / (groups.count - 1)
