"""Inequality along an order: concentration indices, slope and relative index of inequality."""

import numpy as np
from scipy.special import expit, logit

from equity.inequality.groups import Groups
from equity.inequality.spread import mean

# A step of Newton's method moves no group by more than this on the logit scale: then the
# likelihood rises at every step (Bach 2010, self-concordance of the logistic likelihood).
LONGEST_STEP = 1.0
CLOSE_ENOUGH = 1e-11
STEPS = 300


def aci(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the absolute concentration index, in the unit of the estimates.

    Definition: 2 sum p y R - mu, R the middle rank from least to most advantaged. Interpretation: above 0 the
    outcome is concentrated among the advantaged, below 0 among the disadvantaged. Applies to: ordered
    groups with populations. Caution: 0 also where the ends are alike and the middle differs. Reference:
    Wagstaff, Paci and van Doorslaer 1991; METHODS.md section 1.
    """
    # sum p (2R - 1) is 0, so the average may be taken off first: equal rates give exactly 0.
    apart = rate - mean(groups, rate)[..., None]
    return np.where(groups.present, groups.share * apart * (2 * groups.rank - 1), 0).sum(axis=-1)


def aci_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the absolute concentration index moves with each group's estimate."""
    return np.broadcast_to(groups.share * (2 * groups.rank - 1), rate.shape)


def rci(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the relative concentration index, a pure number from -1 to 1.

    Definition: aci / mu. Interpretation: as aci, as a share of the average. Applies to: ordered groups with
    populations, estimates with a true zero. Caution: its bounds shrink where the average is high. Reference:
    Wagstaff, Paci and van Doorslaer 1991; METHODS.md section 1.
    """
    return aci(groups, rate) / mean(groups, rate)


def rci_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the relative concentration index moves with each group's estimate."""
    mu, index = mean(groups, rate)[..., None], rci(groups, rate)[..., None]
    return groups.share / mu * (2 * groups.rank - 1 - index)


def sii(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the slope index of inequality, in the unit of the estimates.

    Definition: v(1) - v(0), v fitted on the middle rank R with each group weighted by its people once: a
    binomial-logit curve where the measure is bounded, else weighted least squares. Interpretation: the
    fitted gap between the very bottom and the very top of the order. Applies to: ordered groups with
    populations. Caution: it reads the pattern as one smooth slope. Reference: Wagstaff, Paci and van
    Doorslaer 1991; Barros and Victora 2013; METHODS.md section 1.

    How errors enter: the delta method with the derivative of the fitted ends in every y_j, found from the
    equations that define the fit (implicit differentiation). The binomial variance of the fit
    itself is not used: its weights are people, not a sample size. Ranks are taken as known, and that
    the curve fits badly is not in the interval.
    """
    low, high = ends(groups, rate)
    return high - low


def sii_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the slope index of inequality moves with each group's estimate."""
    low, high = end_slopes(groups, rate)
    return high - low


def rii(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the relative index of inequality, a pure number.

    Definition: v(1) / v(0), v as for the slope index. Interpretation: how many times as high the fitted top is
    as the fitted bottom; 1 is no inequality. Applies to: as the slope index, with both ends above 0. Caution: a
    fitted bottom near 0 makes it huge. Reference: Barros and Victora 2013; METHODS.md section 1. Errors
    enter as for the slope index, on the log scale.
    """
    low, high = ends(groups, rate)
    return high / low


def log_rii_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the logarithm of the relative index moves with each group's estimate."""
    (low, high), (low_slope, high_slope) = ends(groups, rate), end_slopes(groups, rate)
    return high_slope / high[..., None] - low_slope / low[..., None]


def ends(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the fitted values v(0) and v(1), in the unit of the estimates."""
    if groups.scale is None:
        return straight_ends(groups, rate)
    intercept, slope, centre = curve(groups, rate)
    bottom, top = intercept - slope * centre, intercept + slope * (1 - centre)
    flat = is_flat(groups, rate)
    level = mean(groups, rate)
    return (
        np.where(flat, level, groups.scale * expit(bottom)),
        np.where(flat, level, groups.scale * expit(top)),
    )


def end_slopes(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give how v(0) and v(1) move with each group's estimate."""
    if groups.scale is None:
        return straight_end_slopes(groups)
    intercept, slope, centre = curve(groups, rate)
    away = groups.rank - centre[..., None]
    fitted = expit(intercept[..., None] + slope[..., None] * away)
    inverse = inverse_information(groups.share * fitted * (1 - fitted), away)
    found = []
    for end in (0 - centre, 1 - centre):
        value = expit(intercept + slope * end)
        # d(intercept)/dy_j + end * d(slope)/dy_j from the score equations; the scale cancels.
        at_intercept = inverse[0] + end * inverse[1]
        at_slope = inverse[1] + end * inverse[2]
        moved = groups.share * (at_intercept[..., None] + at_slope[..., None] * away)
        found.append((value * (1 - value))[..., None] * moved)
    return found[0], found[1]


def straight_ends(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give v(0) and v(1) of the line by weighted least squares."""
    bottom, top = straight_end_slopes(groups)
    return (bottom * rate).sum(axis=-1), (top * rate).sum(axis=-1)


def straight_end_slopes(groups: Groups) -> tuple[np.ndarray, np.ndarray]:
    """Give the weights of the estimates in v(0) and v(1): a least-squares line is linear in them."""
    middle = (groups.share * groups.rank).sum(axis=-1, keepdims=True)
    away = groups.rank - middle
    steepness = groups.share * away / (groups.share * away**2).sum(axis=-1, keepdims=True)
    return groups.share - middle * steepness, groups.share + (1 - middle) * steepness


def curve(groups: Groups, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give intercept and slope of the logit curve in (R - centre), and the centre; nan where none fits.

    Newton's method on the binomial likelihood with shares of people as weights. The centre is the rank
    of the largest group: its residual then drops out of the equation for the slope, which keeps digits
    where one group is a million times another.
    """
    share = np.where(groups.present, groups.share, 0)
    fraction = np.where(groups.present, rate / groups.scale, 0)
    rank = np.where(groups.present, groups.rank, 0)
    centre = np.take_along_axis(rank, share.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    away = rank - centre[..., None]
    fits = ~(has_no_fit(groups, rate) | is_flat(groups, rate))
    level = np.where(fits, (share * fraction).sum(axis=-1), 0.5)
    intercept, slope = logit(level), np.zeros_like(level)
    active = fits.copy()
    for _ in range(STEPS):
        step, tilt, longest = newton(
            share[active], fraction[active], away[active], intercept[active], slope[active]
        )
        intercept[active] += step
        slope[active] += tilt
        active[active] = longest > CLOSE_ENOUGH
        if not active.any():
            break
    return np.where(fits, intercept, np.nan), np.where(fits, slope, np.nan), centre


def newton(
    share: np.ndarray,
    fraction: np.ndarray,
    away: np.ndarray,
    intercept: np.ndarray,
    slope: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give one damped step in intercept and slope, and the longest move it wanted of a group."""
    fitted = expit(intercept[..., None] + slope[..., None] * away)
    residual = share * (fraction - fitted)
    score, tilted = residual.sum(axis=-1), (residual * away).sum(axis=-1)
    inverse = inverse_information(share * fitted * (1 - fitted), away)
    step, tilt = inverse[0] * score + inverse[1] * tilted, inverse[1] * score + inverse[2] * tilted
    moved = np.where(share > 0, np.abs(step[..., None] + tilt[..., None] * away), 0).max(axis=-1)
    damping = LONGEST_STEP / np.maximum(moved, LONGEST_STEP)
    return step * damping, tilt * damping, moved


def inverse_information(
    weight: np.ndarray, away: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the three entries of the inverse of sum w (1, x)(1, x)'."""
    total = weight.sum(axis=-1)
    middle = (weight * away).sum(axis=-1) / total
    # Squares about the mean: sum w x^2 - (sum w x)^2 / sum w would lose digits.
    square = (weight * (away - middle[..., None]) ** 2).sum(axis=-1)
    return 1 / total + middle**2 / square, -middle / square, 1 / square


def has_no_fit(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give where no logit curve is best: a step parts the groups into all, none and one rank between.

    A best curve exists exactly when some group with any of the outcome lies below some group that
    lacks any of it, and the other way round (Albert and Anderson 1984).
    """
    if groups.scale is None:
        return np.zeros(groups.count.shape, dtype=bool)
    counts = groups.present & (groups.share > 0)
    some, lacking = counts & (rate > 0), counts & (rate < groups.scale)
    rank = groups.rank
    lowest_some = np.where(some, rank, np.inf).min(axis=-1)
    highest_some = np.where(some, rank, -np.inf).max(axis=-1)
    lowest_lacking = np.where(lacking, rank, np.inf).min(axis=-1)
    highest_lacking = np.where(lacking, rank, -np.inf).max(axis=-1)
    mixed = (lowest_some < highest_lacking) & (lowest_lacking < highest_some)
    return ~mixed & ~is_flat(groups, rate)


def is_flat(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give where every group stands at 0, or every one at the whole scale: flat, no curve needed."""
    counts = groups.present & (groups.share > 0)
    nowhere = ~(counts & (rate > 0)).any(axis=-1)
    everywhere = ~(counts & (rate < groups.scale)).any(axis=-1)
    return nowhere | everywhere
