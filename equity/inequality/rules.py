"""What cannot be computed honestly: each rule, why, and the nearest thing that can."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity import words
from equity.errors import Refused
from equity.inequality import healthy_people, pairs, slope, spread
from equity.inequality.groups import Groups


@dataclass(frozen=True)
class Rule:
    """A reason to refuse: `broken` says for each place whether it holds there."""

    name: str
    broken: Callable[[Groups], np.ndarray]
    why: str
    instead: str

    def refusal(self, groups: Groups) -> Refused:
        """Give the refusal for the first (only) place, in sentences."""
        named = words.listed(which(groups, groups.present[0] & np.isnan(groups.estimate[0])))
        lacking = words.listed(which(groups, groups.present[0] & np.isnan(groups.people[0])))
        why = self.why.format(missing=named, uncounted=lacking, reference=groups.reference)
        return Refused(rule=self.name, why=why, instead=self.instead)


def which(groups: Groups, column: np.ndarray) -> list[str]:
    """Give the names of the groups where a row is true."""
    return [name for name, true in zip(groups.names, column, strict=True) if true]


def missing_estimate(groups: Groups) -> np.ndarray:
    """Tell where a group has no estimate."""
    return (groups.present & np.isnan(groups.estimate)).any(axis=-1)


def outside_scale(groups: Groups) -> np.ndarray:
    """Tell where an estimate of a bounded measure is below 0 or above the whole."""
    if groups.scale is None:
        return np.zeros(groups.count.shape, dtype=bool)
    return ((groups.estimate < 0) | (groups.estimate > groups.scale)).any(axis=-1)


def no_order(groups: Groups) -> np.ndarray:
    """Tell where groups have no order, a group's place in it is missing, or all stand alike in it."""
    order = np.where(groups.present, groups.order, np.nan)
    lacking = groups.present & np.isnan(groups.order)
    lowest = np.where(groups.present, order, np.inf).min(axis=-1)
    highest = np.where(groups.present, order, -np.inf).max(axis=-1)
    return lacking.any(axis=-1) | ~(lowest < highest) | (not groups.ordered)


def no_spread_of_ranks(groups: Groups) -> np.ndarray:
    """Tell where all people share one rank, because only one rank has people."""
    counts = groups.present & (groups.share > 0)
    lowest = np.where(counts, groups.rank, np.inf).min(axis=-1)
    highest = np.where(counts, groups.rank, -np.inf).max(axis=-1)
    return ~(lowest < highest)


def average_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the average over people is not above 0."""
    return ~(spread.mean(groups, groups.estimate) > 0)


def setting_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the setting's average, or that over people, is not above 0."""
    return ~(spread.setting(groups, groups.estimate) > 0)


def pair_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the group to divide by is not above 0, or the other is below 0."""
    a, b = pairs.compared(groups, groups.estimate)
    return ~((pairs.taken(groups.estimate, b) > 0) & (pairs.taken(groups.estimate, a) >= 0))


def lowest_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the lowest rate is not above 0."""
    return ~(healthy_people.lowest(groups, groups.estimate) > 0)


def summary_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the best rate, or the mean of the others, is not above 0."""
    best, others = healthy_people.best_and_others(groups, groups.estimate)
    return ~((best > 0) & (others > 0))


def line_not_above_0(groups: Groups) -> np.ndarray:
    """Tell where the fitted bottom is not above 0, or the fitted top is below."""
    low, high = slope.ends(groups, groups.estimate)
    return ~((low > 0) & (high > 0))


NO_ESTIMATE = Rule(
    "missing estimate",
    missing_estimate,
    "There is no number for {missing}, and leaving a group out changes the answer.",
    "Leave it out on purpose; the answer then says so.",
)
TWO_GROUPS = Rule(
    "two groups",
    lambda groups: groups.count < 2,
    "Inequality needs at least two groups with a number.",
    "Choose another way to group people, or another year.",
)
IN_SCALE = Rule(
    "outside the scale",
    outside_scale,
    "An estimate is below 0 or above the whole, so it is not the share or rate it claims to be.",
    "Check the measure's scale.",
)
PEOPLE = Rule(
    "missing population",
    lambda groups: np.isnan(groups.people).any(axis=-1),
    "The number of people is not known for {uncounted}, and this measure counts each group by its people.",
    "Use the difference, the ratio or an unweighted mean difference.",
)
SOME_PEOPLE = Rule(
    "no people",
    lambda groups: ~(groups.people.sum(axis=-1) > 0),
    "No group has any people in it.",
    "Use the difference or the ratio.",
)
AVERAGE = Rule(
    "no average",
    lambda groups: (
        np.isnan(groups.average)
        & (np.isnan(groups.people).any(axis=-1) | ~(groups.people.sum(axis=-1) > 0))
    ),
    "Distance from the average needs an average: of the place, or from the people in each group.",
    "Give the place's own average, or measure from the best group.",
)
ORDER = Rule(
    "no order",
    no_order,
    "These groups have no full order from least to most advantaged.",
    "Use a measure for groups without an order, such as the mean difference from the average.",
)
RANKS = Rule(
    "no order",
    no_spread_of_ranks,
    "All people stand at one rank, so there is nothing to slope along.",
    "Use the difference.",
)
REFERENCE = Rule(
    "no reference group",
    lambda groups: ~groups.is_reference.any(axis=-1),
    "No reference group with a number was chosen.",
    "Choose one, or measure from the best group.",
)
CHOSEN_REFERENCE = Rule(
    "no reference group",
    lambda groups: (
        ~groups.is_reference.any(axis=-1) & (groups.reference is not None) & (not groups.ordered)
    ),
    "The reference group {reference} has no number here.",
    "Choose another reference group.",
)
NOT_NEGATIVE = Rule(
    "below 0",
    lambda groups: (groups.estimate < 0).any(axis=-1),
    "A group's number is below 0, so shares of the average make no sense.",
    "Use an absolute measure, such as the difference.",
)
MEAN_ABOVE_0 = Rule(
    "average of 0",
    average_not_above_0,
    "The average is 0, and nothing can be a share of 0.",
    "Use an absolute measure, such as the difference.",
)
SETTING_ABOVE_0 = Rule(
    "average of 0",
    setting_not_above_0,
    "The average is not above 0, and nothing can be a share of it.",
    "Use an absolute measure, such as the difference.",
)
DIVISOR_ABOVE_0 = Rule(
    "division by 0",
    pair_not_above_0,
    "The group to divide by has a number of 0 or below, so there is no ratio.",
    "Use the difference.",
)
LOWEST_ABOVE_0 = Rule(
    "division by 0",
    lowest_not_above_0,
    "The lowest rate is 0 or below, so there is no ratio.",
    "Use the maximal rate difference.",
)
SUMMARY_ABOVE_0 = Rule(
    "division by 0",
    summary_not_above_0,
    "The best rate, or the mean of the others, is 0 or below, so there is no ratio.",
    "Use the maximal rate difference.",
)
NO_ZERO_RATE = Rule(
    "rate of 0",
    lambda groups: (groups.present & (groups.estimate == 0)).any(axis=-1),
    "A group's number is 0, and the logarithm of 0 does not exist.",
    "Use the Theil index.",
)
FITS = Rule(
    "no best curve",
    lambda groups: slope.has_no_fit(groups, groups.estimate),
    "Groups with none or all of the outcome stand on either side of one step, so no slope fits best.",
    "Use the concentration index or the difference.",
)
LINE_ABOVE_0 = Rule(
    "division by 0",
    line_not_above_0,
    "The fitted bottom or top is not above 0, so there is no ratio of the two.",
    "Use the slope index of inequality.",
)

ALWAYS = (NO_ESTIMATE, TWO_GROUPS, IN_SCALE)
WEIGHTED = (PEOPLE, SOME_PEOPLE)
PAIR_IN_ORDER = Rule(
    "no order",
    lambda groups: no_order(groups) & groups.ordered,
    "A group's place in the order is missing, or all groups stand alike in it.",
    "Compare the groups without an order.",
)


def first_broken(groups: Groups, rules: tuple[Rule, ...]) -> np.ndarray:
    """Give for each place the number of the first rule that refuses it, -1 where none does."""
    found = np.full(len(groups.count), -1)
    for number, rule in enumerate(rules):
        found = np.where((found < 0) & rule.broken(groups), number, found)
    return found
