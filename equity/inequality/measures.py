"""Every measure of inequality: its formula, its kind of interval, and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity.errors import Problem
from equity.inequality import healthy_people, pairs, rules, slope, spread
from equity.inequality.groups import Groups
from equity.inequality.rules import Rule

Formula = Callable[[Groups, np.ndarray], np.ndarray]
Pair = Callable[[Groups, np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Measure:
    """A measure: value from groups and rates; with a slope (of its logarithm where `on_log`) the
    interval is by the delta method, without one simulated. `pair` names the two groups it rests on
    where it rests on two; `least` is the smallest value it can have; `rises_by_noise` tells of some groups
    whether noise alone moves the measure away from its value at equality."""

    value: Formula
    needs: tuple[Rule, ...]
    slope: Formula | None = None
    on_log: bool = False
    pair: Pair | None = None
    least: float | None = None
    rises_by_noise: Callable[[Groups], bool] = lambda groups: False


PAIR = (rules.PAIR_IN_ORDER, rules.CHOSEN_REFERENCE)
RELATIVE = (*rules.WEIGHTED, rules.NOT_NEGATIVE, rules.MEAN_ABOVE_0)
RANKED = (rules.ORDER, *rules.WEIGHTED)
SLOPED = (*RANKED, rules.RANKS, rules.FITS)


def always(groups: Groups) -> bool:
    """Give true: noise moves the measure whatever the groups are."""
    return True


def picks(groups: Groups) -> bool:
    """Tell whether the two groups are picked by their rates, which chance alone sets apart."""
    return not groups.ordered


def index(value: Formula, needs: tuple[Rule, ...], slope: Formula | None = None) -> Measure:
    """Give an index that is 0 at equality and above 0 else."""
    return Measure(value, needs, slope, least=0.0, rises_by_noise=always)


WHO = {
    "d": Measure(
        pairs.difference,
        PAIR,
        pairs.difference_slope,
        pair=pairs.compared,
        rises_by_noise=picks,
    ),
    "r": Measure(
        pairs.ratio,
        (*PAIR, rules.DIVISOR_ABOVE_0),
        pairs.log_ratio_slope,
        on_log=True,
        pair=pairs.compared,
    ),
    "bgv": index(spread.bgv, rules.WEIGHTED, spread.bgv_slope),
    "bgsd": index(spread.bgsd, rules.WEIGHTED),
    "cov": index(spread.cov, RELATIVE),
    "mdmu": index(spread.mdmu, (rules.AVERAGE,)),
    "mdmw": index(spread.mdmw, rules.WEIGHTED),
    "mdbu": index(spread.mdbu, ()),
    "mdbw": index(spread.mdbw, rules.WEIGHTED),
    "mdru": index(spread.mdru, (rules.REFERENCE,)),
    "mdrw": index(spread.mdrw, (rules.REFERENCE, *rules.WEIGHTED)),
    "idisu": index(spread.idisu, (rules.AVERAGE, rules.NOT_NEGATIVE, rules.SETTING_ABOVE_0)),
    "idisw": index(spread.idisw, RELATIVE),
    "ti": index(spread.ti, RELATIVE, spread.ti_slope),
    "mld": index(spread.mld, (*RELATIVE, rules.NO_ZERO_RATE), spread.mld_slope),
    "aci": Measure(slope.aci, RANKED, slope.aci_slope),
    "rci": Measure(slope.rci, (*RANKED, rules.NOT_NEGATIVE, rules.MEAN_ABOVE_0), slope.rci_slope),
    "sii": Measure(slope.sii, SLOPED, slope.sii_slope),
    "rii": Measure(slope.rii, (*SLOPED, rules.LINE_ABOVE_0), slope.log_rii_slope, on_log=True),
    "par": Measure(spread.par, (*rules.WEIGHTED, rules.PAIR_IN_ORDER), rises_by_noise=always),
    "paf": Measure(spread.paf, (*RELATIVE, rules.PAIR_IN_ORDER), rises_by_noise=always),
}
HEALTHY_PEOPLE = {
    "rmax": Measure(
        healthy_people.highest, (), healthy_people.highest_slope, pair=healthy_people.only_top
    ),
    "rmin": Measure(
        healthy_people.lowest, (), healthy_people.lowest_slope, pair=healthy_people.only_bottom
    ),
    "mrd": Measure(
        healthy_people.maximal_difference,
        (),
        healthy_people.maximal_difference_slope,
        pair=healthy_people.top_and_bottom,
        rises_by_noise=always,
    ),
    "mrr": Measure(
        healthy_people.maximal_ratio,
        (rules.LOWEST_ABOVE_0,),
        healthy_people.log_maximal_ratio_slope,
        on_log=True,
        pair=healthy_people.top_and_bottom,
    ),
    "srr": Measure(
        healthy_people.summary_ratio,
        (rules.SUMMARY_ABOVE_0,),
        healthy_people.log_summary_ratio_slope,
        on_log=True,
    ),
}
CODES = tuple(WHO)
HEALTHY_PEOPLE_CODES = tuple(HEALTHY_PEOPLE)


def found(code: str) -> Measure:
    """Give the measure of a code, or say which codes there are."""
    measures = WHO | HEALTHY_PEOPLE
    if code not in measures:
        raise Problem(
            f"There is no measure of inequality {code!r}; there are: {', '.join(measures)}."
        )
    return measures[code]


def broken(groups: Groups, measure: Measure) -> tuple[np.ndarray, tuple[Rule, ...]]:
    """Give for each place the number of the rule that refuses the measure, -1 for none; and the rules."""
    needed = (*rules.ALWAYS, *measure.needs)
    with np.errstate(all="ignore"):
        return rules.first_broken(groups, needed), needed
