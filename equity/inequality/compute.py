"""Values and intervals of many places at once: the one way every measure is computed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from equity.errors import Problem
from equity.inequality import intervals
from equity.inequality.groups import Groups
from equity.inequality.intervals import Interval, Simulation
from equity.inequality.measures import Measure, broken, found


@dataclass(frozen=True)
class Computed:
    """One measure of every place: `refused` is the number of the rule in the way, -1 for none."""

    value: np.ndarray
    interval: Interval
    refused: np.ndarray


def all_of(
    groups: Groups, codes: Sequence[str], *, level: float, draws: int, seed: int
) -> dict[str, Computed]:
    """Give the measures of each place, nan where refused; no draws, no simulated intervals."""
    if not 0 < level < 1:
        raise Problem(f"The level of an interval lies between 0 and 1, not at {level}.")
    if draws < 0 or draws == 1:
        raise Problem(f"A simulation needs two draws or more, or none, not {draws}.")
    measures = {code: found(code) for code in codes}
    with np.errstate(all="ignore"):
        plain = {code: without_draws(groups, one, level) for code, one in measures.items()}
        if draws:
            simulate(groups, measures, plain, level=level, draws=draws, seed=seed)
    return plain


def without_draws(groups: Groups, measure: Measure, level: float) -> Computed:
    """Give value and delta-method interval of a measure; an empty interval where it is simulated."""
    refused, _ = broken(groups, measure)
    value = np.where(refused < 0, measure.value(groups, groups.estimate), np.nan)
    if measure.slope is not None:
        return Computed(value, intervals.delta(groups, measure, value, level), refused)
    empty = np.full(value.shape, np.nan)
    return Computed(value, Interval(empty, empty, empty, empty), refused)


def simulate(
    groups: Groups,
    measures: dict[str, Measure],
    plain: dict[str, Computed],
    *,
    level: float,
    draws: int,
    seed: int,
) -> None:
    """Put the simulated intervals and the values expected of equal groups into what was computed."""
    wanted = [code for code, one in measures.items() if is_simulated(groups, one)]
    if not wanted:
        return
    at_once = max(1, intervals.HELD // (draws * len(groups.names)))
    able = np.flatnonzero(can_be_simulated(groups))
    filled = {code: Interval(*(part.copy() for part in parts(plain[code]))) for code in wanted}
    for start in range(0, len(able), at_once):
        rows = able[start : start + at_once]
        simulation = Simulation.of(groups.rows(rows), draws=draws, seed=seed)
        for code in wanted:
            fill(filled[code], rows, simulation, measures[code], plain[code].value, level)
    for code in wanted:
        kept = np.where(plain[code].refused < 0, 1.0, np.nan)
        masked = Interval(
            *(part * kept for part in parts(replace(plain[code], interval=filled[code])))
        )
        plain[code] = replace(plain[code], interval=masked)


def parts(one: Computed) -> tuple[np.ndarray, ...]:
    """Give the columns of an interval."""
    interval = one.interval
    return interval.low, interval.high, interval.error, interval.if_equal


def fill(
    interval: Interval,
    rows: np.ndarray,
    simulation: Simulation,
    measure: Measure,
    value: np.ndarray,
    level: float,
) -> None:
    """Write what was simulated for some places into the columns of all."""
    if measure.slope is None:
        drawn = simulation.interval(measure, value[rows], level)
        interval.low[rows], interval.high[rows] = drawn.low, drawn.high
        interval.error[rows] = drawn.error
    if measure.rises_by_noise(simulation.groups):
        interval.if_equal[rows] = simulation.if_equal(measure)


def is_simulated(groups: Groups, measure: Measure) -> bool:
    """Tell whether anything of a measure comes from draws."""
    return measure.slope is None or measure.rises_by_noise(groups)


def can_be_simulated(groups: Groups) -> np.ndarray:
    """Tell where all standard errors are known and no estimate is missing or below 0."""
    return (~groups.present | ((groups.error >= 0) & (groups.estimate >= 0))).all(axis=-1)
