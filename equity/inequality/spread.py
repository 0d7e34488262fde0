"""How far groups lie apart from their average, their best or a reference; how unevenly a burden is shared.

Each function takes the groups and their rates (an array whose last axis is the groups, so that
simulated rates go through the same code) and gives one number a place.
"""

import numpy as np

from equity.inequality.groups import Groups
from equity.inequality.pairs import chosen


def mean(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the average over people, mu = sum p y."""
    # Counted from the largest group's rate, so that equal rates have exactly that mean.
    base = np.where(groups.is_largest, rate, 0).sum(axis=-1)
    return base + (groups.share * (rate - base[..., None])).sum(axis=-1)


def setting(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give M: the setting's own average where it was given, else mu."""
    return np.where(np.isnan(groups.average), mean(groups, rate), groups.average)


def best(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the best rate: the highest where higher is better, else the lowest."""
    if groups.favourable:
        return np.where(groups.present, rate, -np.inf).max(axis=-1)
    return np.where(groups.present, rate, np.inf).min(axis=-1)


def of_reference(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the rate of the reference group."""
    return np.where(groups.is_reference, rate, 0).sum(axis=-1)


def unweighted(groups: Groups, rate: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Give the mean over groups of the distance from a centre, each group counting once."""
    apart = np.where(groups.present, np.abs(rate - centre[..., None]), 0)
    return apart.sum(axis=-1) / groups.count


def weighted(groups: Groups, rate: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Give the mean over people of the distance of their group from a centre."""
    return (groups.share * np.abs(rate - centre[..., None])).sum(axis=-1)


def bgv(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the between-group variance, in squared units of the estimates.

    Definition: sum p (y - mu)^2. Interpretation: 0 is no inequality; far groups count more than near ones.
    Applies to: groups without an order, with populations. Caution: squared units; noise lifts it by
    sum p (1 - p) s^2, and its delta-method interval is too narrow near 0. Reference: Keppel et al. 2005;
    METHODS.md section 1.
    """
    return (groups.share * (rate - mean(groups, rate)[..., None]) ** 2).sum(axis=-1)


def bgv_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the between-group variance moves with each group's estimate."""
    return 2 * groups.share * (rate - mean(groups, rate)[..., None])


def bgsd(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the between-group standard deviation, in the unit of the estimates.

    Definition: sqrt(bgv). Interpretation: a typical distance of a person's group from the average. Applies to:
    groups without an order, with populations. Caution: far groups count more; noise lifts it.
    Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return np.sqrt(bgv(groups, rate))


def cov(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the coefficient of variation between groups, in percent of the average.

    Definition: 100 bgsd / mu. Interpretation: the typical distance from the average as a share of it. Applies
    to: estimates with a true zero, populations known. Caution: not to be confused with the coefficient
    of variation that grades an estimate. Reference: WHO, Health Equity Assessment Toolkit;
    METHODS.md section 1.
    """
    return 100 * bgsd(groups, rate) / mean(groups, rate)


def mdmu(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from the mean, each group counting once, in the estimates' unit.

    Definition: (1/J) sum abs(y - M); M is the setting average when given, else mu. Interpretation: how far the
    average group lies from the average. Applies to: groups without an order. Caution: a tiny group
    counts as much as a large one. Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return unweighted(groups, rate, setting(groups, rate))


def mdmw(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from the mean, weighted by people, in the unit of the estimates.

    Definition: sum p abs(y - mu). Interpretation: how far the group of an average person lies from the
    average. Applies to: groups without an order, with populations. Caution: small groups hardly count.
    Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return weighted(groups, rate, mean(groups, rate))


def mdbu(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from the best group, each group counting once, in the unit.

    Definition: (1/J) sum abs(y - best), the best group counted with 0. Interpretation: what the average group
    would gain if all did as well as the best. Applies to: groups without an order. Caution: the best may
    be best by chance, above all when it is small. Reference: WHO, Health Equity Assessment Toolkit;
    METHODS.md section 1.
    """
    return unweighted(groups, rate, best(groups, rate))


def mdbw(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from the best group, weighted by people, in the unit.

    Definition: sum p abs(y - best). Interpretation: what an average person's group would gain if all did as
    well as the best. Applies to: groups without an order, with populations. Caution: the best may be
    best by chance. Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return weighted(groups, rate, best(groups, rate))


def mdru(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from a reference group, each group counting once, in the unit.

    Definition: (1/J) sum abs(y - y_ref). Interpretation: how far the average group lies from the one chosen.
    Applies to: groups without an order and a chosen reference. Caution: the choice of reference is a
    choice of view; try another. Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return unweighted(groups, rate, of_reference(groups, rate))


def mdrw(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean difference from a reference group, weighted by people, in the unit.

    Definition: sum p abs(y - y_ref). Interpretation: how far an average person's group lies from the one
    chosen. Applies to: groups without an order, with populations and a reference. Caution: the choice of
    reference is a choice of view. Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    return weighted(groups, rate, of_reference(groups, rate))


def idisu(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the index of disparity, each group counting once, in percent of the average.

    Definition: 100 mdmu / M. Interpretation: the average group's distance from the average as a share of it.
    Applies to: estimates with a true zero. Caution: WHO's variant; Healthy People measures from the best
    group. Reference: Pearcy and Keppel 2002 (who measure from a reference); METHODS.md section 1.
    """
    return 100 * mdmu(groups, rate) / setting(groups, rate)


def idisw(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the index of disparity weighted by people, in percent of the average.

    Definition: 100 mdmw / mu. Interpretation: the distance of an average person's group from the average as a
    share of it. Applies to: estimates with a true zero, populations known. Caution: WHO's variant; Healthy
    People measures from the best group. Reference: WHO, Health Equity Assessment Toolkit;
    METHODS.md section 1.
    """
    return 100 * mdmw(groups, rate) / mean(groups, rate)


def ti(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the Theil index times 1,000.

    Definition: 1000 sum p r ln r, r = y / mu; a rate of 0 adds 0. Interpretation: how far shares of the outcome
    lie from shares of people; 0 is no inequality. Applies to: estimates with a true zero, populations
    known. Caution: no natural unit; most moved by groups with high rates. Reference: Theil 1967;
    METHODS.md section 1.
    """
    excess = relative_excess(groups, rate)
    # sum p (r - 1) is 0: with it no term is below 0, and small indices keep their digits.
    return 1000 * (groups.share * ((1 + excess) * log_of_relative(excess) - excess)).sum(axis=-1)


def ti_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the Theil index moves with each group's estimate: 1000 p/mu (ln r - T); nan at a rate of 0."""
    mu = mean(groups, rate)[..., None]
    logs = log_of_relative(relative_excess(groups, rate))
    logs = np.where(groups.present & (rate == 0), np.nan, logs)
    return 1000 * groups.share / mu * (logs - ti(groups, rate)[..., None] / 1000)


def mld(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the mean log deviation times 1,000.

    Definition: 1000 sum p (-ln r), r = y / mu. Interpretation: as the Theil index, but moved most by groups with low
    rates; 0 is no inequality. Applies to: rates above 0, populations known. Caution: not defined when
    a rate is 0. Reference: Theil 1967; METHODS.md section 1.
    """
    excess = relative_excess(groups, rate)
    return 1000 * (groups.share * (excess - log_of_relative(excess))).sum(axis=-1)


def mld_slope(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give how the mean log deviation moves with each group's estimate: 1000 p (1/mu - 1/y)."""
    mu = mean(groups, rate)[..., None]
    return 1000 * groups.share * (1 / mu - 1 / np.where(groups.present, rate, mu))


def relative_excess(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give r - 1 = (y - mu) / mu, 0 for a group that the place lacks."""
    mu = mean(groups, rate)[..., None]
    return np.where(groups.present, (rate - mu) / mu, 0)


def log_of_relative(excess: np.ndarray) -> np.ndarray:
    """Give ln r, 0 for a rate of 0."""
    return np.log1p(np.where(excess > -1, excess, 0))


def par(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the population attributable risk, in the unit of the estimates.

    Definition: ref - mu, or 0 where the sign is wrong; ref is the most advantaged group (ordered) or the best.
    Interpretation: how much the average would change if every group were like that one. Negative where lower
    is better. Applies to: any measure, populations known. Caution: arithmetic, not a forecast and not a
    cause. Reference: WHO, Health Equity Assessment Toolkit; METHODS.md section 1.
    """
    gain = attained(groups, rate) - mean(groups, rate)
    return np.maximum(gain, 0) if groups.favourable else np.minimum(gain, 0)


def paf(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the population attributable fraction, in percent of the average.

    Definition: 100 par / mu. Interpretation: the change of the average, as a share of it, if every group were
    like the most advantaged or best one. Applies to: estimates with a true zero, populations known. Caution:
    arithmetic, not a forecast and not a cause. Reference: WHO, Health Equity Assessment Toolkit;
    METHODS.md section 1.
    """
    return 100 * par(groups, rate) / mean(groups, rate)


def attained(groups: Groups, rate: np.ndarray) -> np.ndarray:
    """Give the rate of the most advantaged group (ordered; more people where tied), else of the best."""
    if not groups.ordered:
        return best(groups, rate)
    most = np.arange(rate.shape[-1]) == most_advantaged(groups)[..., None]
    return np.where(most, rate, 0).sum(axis=-1)


def most_advantaged(groups: Groups) -> np.ndarray:
    """Give the column of the most advantaged group; of tied ones that with more people."""
    return chosen(groups, groups.order, groups.present)
