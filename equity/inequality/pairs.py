"""Two groups against each other: which two, difference and ratio."""

import numpy as np

from equity.inequality.groups import Groups


def compared(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the columns of the two groups, a and b, that difference and ratio compare.

    Ordered: most against least advantaged where higher is better, else least against most. Not
    ordered: highest against lowest; with a reference: the reference against the lowest other
    where higher is better, else the highest other against the reference. Of tied groups the one with
    more people, then the first listed.
    """
    here = np.broadcast_to(groups.present, rate.shape)
    if groups.ordered:
        order = np.broadcast_to(groups.order, rate.shape)
        most = chosen(groups, order, here)
        least = chosen(groups, -order, here & ~at(most, rate))
        return (most, least) if groups.favourable else (least, most)
    if groups.reference is None:
        highest = chosen(groups, rate, here)
        return highest, chosen(groups, -rate, here & ~at(highest, rate))
    reference = np.broadcast_to(groups.is_reference, rate.shape)
    set_against = chosen(groups, -rate if groups.favourable else rate, here & ~reference)
    fixed = reference.argmax(axis=-1)
    return (fixed, set_against) if groups.favourable else (set_against, fixed)


def chosen(groups: Groups, key: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Give the column with the largest key; of tied ones that with more people."""
    known = np.where(among, key, -np.inf)
    tied = among & (known == known.max(axis=-1, keepdims=True))
    people = np.where(np.isnan(groups.people), 0, groups.people)
    return np.where(tied, people, -1).argmax(axis=-1)


def at(column: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Give true at each row's column, else false."""
    return np.arange(like.shape[-1]) == column[..., None]


def taken(rate: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Give each row's entry in its column."""
    return np.take_along_axis(rate, column[..., None], axis=-1)[..., 0]


def difference(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the difference between two groups, y_a - y_b, in the unit of the estimates.

    Definition: y_a - y_b; SE sqrt(s_a^2 + s_b^2). Interpretation: the gap in the unit of the measure; 0
    is no gap. Applies to: any measure; two groups or more (see `compared`). Caution: it hides the groups
    between; the highest against the lowest of many groups is above 0 by chance alone. Reference:
    WHO, Handbook on health inequality monitoring (2013); METHODS.md section 1.
    """
    a, b = compared(groups, rate)
    return taken(rate, a) - taken(rate, b)


def difference_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the difference moves with each group's estimate: 1 at a, -1 at b."""
    a, b = compared(groups, rate)
    return at(a, rate) * 1.0 - at(b, rate)


def ratio(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the ratio of two groups, y_a / y_b, a pure number.

    Definition: y_a / y_b; SE of its logarithm sqrt((s_a/y_a)^2 + (s_b/y_b)^2), interval on the log scale.
    Interpretation: how many times as high; 1 is no gap. Applies to: estimates with a true zero, y_b above 0.
    Caution: a small base makes a large ratio; see the difference beside it. Reference: WHO, Handbook
    on health inequality monitoring (2013); METHODS.md section 1.
    """
    a, b = compared(groups, rate)
    return taken(rate, a) / taken(rate, b)


def log_ratio_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the logarithm of the ratio moves with each group's estimate."""
    a, b = compared(groups, rate)
    # Divided only where asked for: 0 times infinity elsewhere would be nan.
    inverse = 1 / np.where(at(a, rate) | at(b, rate), rate, 1)
    return np.where(at(a, rate), inverse, 0) - np.where(at(b, rate), inverse, 0)
