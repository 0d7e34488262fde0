"""Small numbers: which places lie outside what chance alone would do around one rate (METHODS.md section 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import bdtr, bdtrc, bdtrik, ndtr, ndtri, pdtr, pdtrc, pdtrik

from equity.errors import Refused
from equity.rates import smoothed

LEVELS = (0.95, 0.998)
ABOVE, BELOW, WITHIN = "above", "below", "within"
FEWEST_PLACES = 10
# The smallest places: the tenth with the fewest people.
SMALLEST = 0.10

# Gives P(X <= k) or P(X > k), for k, expected events and people.
Tail = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Chance:
    """How counts fall by chance: the probability of at most k, of more than k, and the k of a probability."""

    at_most: Tail
    more_than: Tail
    count_at: Tail


# The count belongs to expected events out of people. Counts k are whole, limits are not: the k at which the
# probability, drawn as a smooth line through the whole counts, reaches a level.
CHANCES = {
    "poisson": Chance(
        lambda k, expected, people: pdtr(k, expected),
        lambda k, expected, people: pdtrc(k, expected),
        lambda p, expected, people: pdtrik(p, expected),
    ),
    "binomial": Chance(
        lambda k, expected, people: bdtr(k, people.astype(np.int64), expected / people),
        lambda k, expected, people: bdtrc(k, people.astype(np.int64), expected / people),
        lambda p, expected, people: bdtrik(p, people, expected / people),
    ),
}


@dataclass(frozen=True)
class Funnel:
    """Places around one rate, with limits that chance keeps them in.

    places, index place_id, smallest first: value, population, low_95, high_95, low_998, high_998 (limits in the unit of
    the value; no limit: 0 below), p (two-sided), outside_95 and outside_998 (above, below, within), and smoothed
    where there are counts. centre is the rate they are held against.
    """

    places: pd.DataFrame
    centre: float
    method: str
    left_out: int

    def outside(self, level: float) -> int:
        """How many places lie outside the limits of a level."""
        return int(self.places[outside_column(level)].ne(WITHIN).sum())

    def expected_outside(self, level: float) -> float:
        """How many would by chance at most if all places had one rate."""
        return (1 - level) * len(self.places)


def of_counts(
    events: pd.Series,
    people: pd.Series,
    *,
    centre: float | None,
    scale: float,
    chance: Literal["poisson", "binomial"],
) -> Funnel:
    """Give places with counts against the limits of chance around one rate.

    Definition: a place with n people expects E = n * centre / scale events; it is above at 95 % where that many or
    more have probability under 0.025 (0.001 at 99.8 %), below where that many or fewer do. Limits are the counts where
    those probabilities are met, as rates. centre None: sum of events over sum of people. Smoothed: Marshall's
    empirical Bayes. Interpretation: inside the limits, a rate is no evidence that a place differs. Applies to: whole
    counts and people indexed by place_id; poisson for events (deaths, births), binomial for people among people.
    Unit: per scale people. Caution: real rates differ everywhere a little, so more places lie outside than chance puts
    there; with 3,142 places chance alone puts 157 outside 95 % and 6 outside 99.8 %; suppressed counts are left out,
    so small places with few events are missing. Raises Refused with under 10 places or no events.
    Reference: Spiegelhalter 2005; Marshall 1991.
    """
    known = events.notna() & people.gt(0)
    c, n = events[known].astype(float), people[known].astype(float)
    refuse_unfit(len(c), any_events=c.sum() > 0)
    rate = c.sum() / n.sum() if centre is None else centre / scale
    law, expected = CHANCES[chance], (n * rate).to_numpy()
    above = law.more_than(c.to_numpy() - 1, expected, n.to_numpy())
    # No count is below 0, so all of the probability lies at it or above.
    above = np.where(c.eq(0), 1.0, above)
    below = law.at_most(c.to_numpy(), expected, n.to_numpy())
    places = pd.DataFrame({"value": scale * c / n, "population": n})
    places["p"] = np.minimum(1.0, 2 * np.minimum(above, below))
    for level in LEVELS:
        tail = (1 - level) / 2
        low, high = count_limits(law, expected, n.to_numpy(), tail)
        places[f"low_{percent(level)}"] = scale * low / n
        places[f"high_{percent(level)}"] = scale * high / n
        places[outside_column(level)] = side(above < tail, below < tail)
    places["smoothed"] = smoothed(c, n, scale=scale)
    return Funnel(by_size(places), scale * rate, f"exact {chance} limits", int((~known).sum()))


def count_limits(
    law: Chance, expected: np.ndarray, people: np.ndarray, tail: float
) -> tuple[np.ndarray, np.ndarray]:
    """Give the counts below and above which a tail of chance lies; 0 where nothing is that low."""
    lowest = law.at_most(np.zeros(len(expected)), expected, people)
    reachable = lowest < tail
    low = np.zeros(len(expected))
    low[reachable] = law.count_at(
        np.full(reachable.sum(), tail), expected[reachable], people[reachable]
    )
    # P(X >= k) = tail where P(X <= k - 1) = 1 - tail; even one event is beyond where none is so likely.
    high = np.ones(len(expected))
    some = lowest < 1 - tail
    high[some] = 1 + law.count_at(np.full(some.sum(), 1 - tail), expected[some], people[some])
    return low, np.minimum(high, people) if law is CHANCES["binomial"] else high


def of_estimates(
    values: pd.Series, errors: pd.Series, people: pd.Series, *, centre: float
) -> Funnel:
    """Give places with survey estimates against the limits of their own margins around one value.

    Definition: limits centre -+ z se of the place, z of 95 % and 99.8 %. Interpretation: inside the limits, an
    estimate is no evidence that a place differs from the centre. Applies to: estimates with standard errors and
    residents indexed by place_id; centre in the same unit, such as the nation's. Unit: that of the values. Caution: the
    centre counts as exact; a place without a margin is left out; full counts have no such limits. There is no smoothed
    value without counts. Raises Refused with under 10 places. Reference: Spiegelhalter 2005.
    """
    known = values.notna() & errors.gt(0) & people.gt(0)
    refuse_unfit(int(known.sum()), any_events=True)
    y, se = values[known].astype(float), errors[known].astype(float)
    places = pd.DataFrame({"value": y, "population": people[known].astype(float)})
    places["p"] = 2 * ndtr(-np.abs((y - centre) / se))
    for level in LEVELS:
        reach = ndtri((1 + level) / 2) * se
        places[f"low_{percent(level)}"], places[f"high_{percent(level)}"] = (
            centre - reach,
            centre + reach,
        )
        places[outside_column(level)] = side(y > centre + reach, y < centre - reach)
    return Funnel(by_size(places), centre, "limits from each place's margin", int((~known).sum()))


def refuse_unfit(places: int, *, any_events: bool, fewest: int = FEWEST_PLACES) -> None:
    """Raise Refused where there are too few places, or no event to make a rate of."""
    if places < fewest:
        raise Refused(
            rule="too few places",
            why=f"Only {places} places have all the numbers it takes; there must be {fewest}.",
            instead="Choose a measure whose source publishes counts or margins for more places.",
        )
    if not any_events:
        raise Refused(
            rule="no events",
            why="No place had an event, so there is no rate to compare with.",
            instead="Choose another period or measure.",
        )


def percent(level: float) -> str:
    """Give a level as column names write it: 95, 998."""
    return f"{level:.3f}"[2:].rstrip("0")


def outside_column(level: float) -> str:
    """Give the name of the column that says on which side of a level's limits a place lies."""
    return f"outside_{percent(level)}"


def side(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Name the side of the limits on which each place lies."""
    return np.select([np.asarray(above), np.asarray(below)], [ABOVE, BELOW], WITHIN)


def by_size(places: pd.DataFrame) -> pd.DataFrame:
    """Give places from the fewest people to the most."""
    return places.sort_values("population", kind="stable")


@dataclass(frozen=True)
class Ends:
    """The places with the highest and the lowest values, and how small they are.

    highest and lowest: value, population, small (among the tenth of places with the fewest people). The
    counts say how many of them are small; by_chance how many would be if size did not matter.
    """

    highest: pd.DataFrame
    lowest: pd.DataFrame
    small_highest: int
    small_lowest: int
    by_chance: float
    largest_small: float


def ends(values: pd.Series, people: pd.Series, *, count: int) -> Ends:
    """Give the highest and the lowest places by raw value, and how many of them are among the smallest.

    Definition: the `count` highest and lowest values, equal ones by fewer people first; small is at or under the
    largest population of the smallest tenth. Interpretation: where small places fill both ends, chance made
    the order. Applies to: values and residents indexed by place_id; places without either are left out. Unit: that
    of the values. Caution: it teaches about chance and must not be shown as a ranking.
    Reference: Wainer 2007 (the most dangerous equation). Raises Refused with under twice `count` places.
    """
    table = pd.DataFrame({"value": values, "population": people}, dtype=float).dropna()
    refuse_unfit(len(table), any_events=True, fewest=2 * count)
    border = table["population"].quantile(SMALLEST, interpolation="lower")
    table["small"] = table["population"] <= border
    ordered = table.sort_values(["value", "population"], ascending=[False, True], kind="stable")
    highest = ordered.head(count)
    lowest = table.sort_values(["value", "population"], kind="stable").head(count)
    return Ends(
        highest,
        lowest,
        int(highest["small"].sum()),
        int(lowest["small"].sum()),
        count * float(table["small"].mean()),
        float(border),
    )
