"""Intervals of measures of inequality: by the delta method, or by simulation (METHODS.md section 1)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtri

from equity.inequality.groups import Groups
from equity.inequality.measures import Measure
from equity.inequality.pairs import at
from equity.inequality.spread import mean

DELTA = "delta method"
LOG_DELTA = "delta method on the log scale"
SIMULATED = "simulated, Gamma draws"
NONE = "no interval"
# Simulated numbers held at once; more places are taken in turns.
HELD = 4_000_000


@dataclass(frozen=True)
class Interval:
    """Low, high and standard error a place (nan where there is none), and the value noise alone would give."""

    low: np.ndarray
    high: np.ndarray
    error: np.ndarray
    if_equal: np.ndarray


def delta(groups: Groups, measure: Measure, value: np.ndarray, level: float) -> Interval:
    """Give intervals from the standard errors and how the measure moves with each estimate.

    Definition: SE = sqrt(sum (dI/dy_j s_j)^2); value -+ z SE, or value times exp(-+ z SE) where the measure is
    a ratio, whose SE is that of its logarithm. Groups are taken as independent and their numbers
    of people as known. A lower limit below the least possible value is that value.
    """
    moves = measure.slope(groups, groups.estimate)
    uses = used(groups, measure)
    error = np.sqrt((np.where(uses, moves * groups.error, 0) ** 2).sum(axis=-1))
    reach = ndtri((1 + level) / 2) * error
    if measure.on_log:
        low, high = value * np.exp(-reach), value * np.exp(reach)
    else:
        low, high = value - reach, value + reach
    if measure.least is not None:
        low = np.maximum(low, measure.least)
    # A limit without end says nothing: a ratio whose error is hundreds of times itself.
    nowhere = ~(np.isfinite(low) & np.isfinite(high))
    low, high, error = (np.where(nowhere, np.nan, part) for part in (low, high, error))
    return Interval(low, high, error, np.full(value.shape, np.nan))


def used(groups: Groups, measure: Measure) -> np.ndarray:
    """Give which groups' standard errors a measure rests on: two, or all."""
    if measure.pair is None:
        return groups.present
    a, b = measure.pair(groups, groups.estimate)
    return at(a, groups.estimate) | at(b, groups.estimate)


def uniforms(count: int, draws: int, seed: int) -> np.ndarray:
    """Give the random numbers of a seed, one column a group.

    They are the same on any machine: PCG64 is integer arithmetic, and each double is an integer divided
    by a power of two. Each group gets its own stream, so that a further group changes no other's draws.
    """
    streams = np.random.SeedSequence(seed).spawn(count)
    columns = [np.random.Generator(np.random.PCG64(stream)).random(draws) for stream in streams]
    return np.stack(columns, axis=-1)


def simulated_rates(groups: Groups, centre: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Give rates drawn from Gamma distributions, shape (draws, places, groups).

    Mean `centre`, variance s^2, by the inverse of the distribution at each random number: no draw is
    rejected, so the stream is the same on any machine (the last digit of a quantile may differ with the
    machine's mathematical library; nothing is rounded). A centre of 0 stays 0: no Gamma
    distribution has that mean.
    """
    moves = groups.present & (centre > 0) & (groups.error > 0)
    error = np.where(moves, groups.error, 1)
    shape = np.where(moves, centre / error, 1) ** 2
    drawn = gammaincinv(shape, chance[:, groups.draw]) * error**2 / np.where(moves, centre, 1)
    return np.where(moves, drawn, centre)


def common_rate(groups: Groups) -> np.ndarray:
    """Give the rate all groups would share: the setting average, else that over people, else over groups."""
    plain = np.where(groups.present, groups.estimate, 0).sum(axis=-1) / groups.count
    over_people = mean(groups, groups.estimate)
    known = np.where(np.isnan(over_people), plain, over_people)
    return np.where(np.isnan(groups.average), known, groups.average)


@dataclass(frozen=True)
class Simulation:
    """Drawn rates of the groups as they are, and as they would be if all groups were equal."""

    groups: Groups
    real: np.ndarray
    equal: np.ndarray

    @classmethod
    def of(cls, groups: Groups, *, draws: int, seed: int) -> "Simulation":
        """Draw for all groups; a group without a standard error stays where it is."""
        chance = uniforms(groups.present.shape[-1], draws, seed)
        level = np.where(groups.present, common_rate(groups)[..., None], 0)
        return cls(
            groups,
            simulated_rates(groups, groups.estimate, chance),
            simulated_rates(groups, level, chance),
        )

    def interval(self, measure: Measure, value: np.ndarray, level: float) -> Interval:
        """Give the simulated interval of a measure that noise pushes away from 0.

        Definition: the middle `level` of the draws, widened to hold the value, with two corrections. The
        draws lie above the value as far as the value itself lies above the truth, so that distance is
        taken off the lower end twice (not for par and paf, which noise pushes less). And where the value
        is no larger than that share of the draws in which all groups are equal, the lower end is 0: equality
        cannot be ruled out. Without these, no interval would ever hold the truth that there is no
        inequality. Reference: coverage in docs/methods.md.
        """
        drawn, equal = (
            np.abs(measure.value(self.groups, rate)) for rate in (self.real, self.equal)
        )
        size, tail = np.abs(value), (1 - level) / 2
        low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
        if measure.least is not None:
            low = low - 2 * np.maximum(drawn.mean(axis=0) - size, 0)
        by_chance = np.quantile(equal, level, axis=0)
        low = np.where(size <= by_chance, 0, np.clip(low, 0, size))
        high = np.maximum(high, size)
        # par and paf are 0 or below where lower is better.
        below_0 = measure.least is None and not self.groups.favourable
        return Interval(
            np.where(below_0, -high, low),
            np.where(below_0, -low, high),
            drawn.std(axis=0, ddof=1),
            self.if_equal(measure),
        )

    def if_equal(self, measure: Measure) -> np.ndarray:
        """Give the mean of the measure over draws in which all groups share one rate."""
        return measure.value(self.groups, self.equal).mean(axis=0)
