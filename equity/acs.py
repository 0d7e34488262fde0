"""Margins of error of values derived from American Community Survey estimates (METHODS.md section 4)."""

import numpy as np
from numpy.typing import ArrayLike


def sum_margin(estimates: ArrayLike, margins: ArrayLike) -> np.ndarray:
    """Give the margin of a sum of estimates.

    Definition: square root of the sum of squared margins, where of all estimates that are zero only
    the largest margin counts. Applies to: counts that do not overlap; the last axis is summed, so
    many places at once are (places, parts). Units: those of the estimates. A missing margin gives a
    missing margin. Caution: it ignores covariance; the fewer the parts, the better. Reference: Census
    Bureau, Understanding and Using ACS Data, chapter 8.
    """
    estimate, margin = np.asarray(estimates, float), np.asarray(margins, float)
    zero = estimate == 0
    largest_zero = np.where(zero, margin, 0.0).max(axis=-1, initial=0.0)
    others = np.where(zero, 0.0, margin**2).sum(axis=-1)
    return np.sqrt(others + largest_zero**2)


def proportion_margin(
    part: ArrayLike, whole: ArrayLike, part_margin: ArrayLike, whole_margin: ArrayLike
) -> np.ndarray:
    """Give the margin of part / whole, where the part is inside the whole.

    Definition: with P = part / whole, sqrt(MOE_part^2 - P^2 MOE_whole^2) / whole; the ratio formula where
    the value under the root is negative; MOE_part / whole where P is 1. Applies to: shares as
    fractions (multiply by 100 for percentages). A whole of zero gives a missing margin. Reference:
    Census Bureau, Understanding and Using ACS Data, chapter 8; ACS Accuracy of the Data.
    """
    a, b = np.asarray(part, float), nonzero(whole)
    margin_a, margin_b = np.asarray(part_margin, float), np.asarray(whole_margin, float)
    share = a / b
    under_root = margin_a**2 - share**2 * margin_b**2
    inside = np.sqrt(np.maximum(under_root, 0)) / b
    margin = np.where(under_root < 0, ratio_margin(a, b, margin_a, margin_b), inside)
    return np.where(share == 1, margin_a / b, margin)


def ratio_margin(
    above: ArrayLike, below: ArrayLike, above_margin: ArrayLike, below_margin: ArrayLike
) -> np.ndarray:
    """Give the margin of above / below, where neither is inside the other.

    Definition: with R = above / below, sqrt(MOE_above^2 + R^2 MOE_below^2) / below. Applies to: ratios of two
    estimates, without unit. A zero below gives a missing margin. Reference: Census Bureau,
    Understanding and Using ACS Data, chapter 8.
    """
    a, b = np.asarray(above, float), nonzero(below)
    margin_a, margin_b = np.asarray(above_margin, float), np.asarray(below_margin, float)
    return np.sqrt(margin_a**2 + (a / b) ** 2 * margin_b**2) / b


def product_margin(
    one: ArrayLike, other: ArrayLike, one_margin: ArrayLike, other_margin: ArrayLike
) -> np.ndarray:
    """Give the margin of one * other.

    Definition: sqrt(A^2 MOE_B^2 + B^2 MOE_A^2). Applies to: a published share times a published count.
    Units: those of the product. Reference: Census Bureau, Understanding and Using ACS Data, chapter 8.
    """
    a, b = np.asarray(one, float), np.asarray(other, float)
    margin_a, margin_b = np.asarray(one_margin, float), np.asarray(other_margin, float)
    return np.sqrt(a**2 * margin_b**2 + b**2 * margin_a**2)


def percent_change_margin(
    later: ArrayLike, earlier: ArrayLike, later_margin: ArrayLike, earlier_margin: ArrayLike
) -> np.ndarray:
    """Give the margin, in percent, of the change from an earlier to a later estimate.

    Definition: 100 times the margin of later / earlier. Applies to: periods that do not overlap.
    Caution: overlapping 5-year periods share survey answers; their change is not a trend. Reference:
    Census Bureau, Understanding and Using ACS Data, chapter 8.
    """
    return 100 * ratio_margin(later, earlier, later_margin, earlier_margin)


def nonzero(values: ArrayLike) -> np.ndarray:
    """Give values as floats, missing where zero: nothing can be divided by them."""
    numbers = np.asarray(values, float)
    return np.where(numbers == 0, np.nan, numbers)
