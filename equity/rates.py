"""Rates, proportions and their intervals; age adjustment; ratios; smoothing (METHODS.md section 2).

Counts and people are whole numbers or effective numbers. Rates are per `scale` people: 1 for a
fraction, 100 for a percentage, 100,000 for a rate. Only scipy.special is imported: it gives the same
limits as statsmodels (a test holds published digits) and does not slow the first page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import bdtr, bdtrc, betaincinv, gammaincinv, ndtr, ndtri

# From this number of events on in both groups, log-Wald limits of a rate ratio are good enough.
FEWEST_FOR_WALD = 20


def poisson_interval(events: pd.Series, *, level: float = 0.95) -> tuple[pd.Series, pd.Series]:
    """Give the exact (Garwood) limits of counts of events.

    Definition: the Poisson means for which the count or fewer, or the count or more, has
    probability (1 - level) / 2. Interpretation: the number of events another such period might bring on
    average. Applies to: counts of independent events; unit: events. 0 events have the lower limit 0.
    Caution: events with one cause (a fire, an outbreak) vary more. Reference: Garwood 1936; METHODS.md section 2.
    """
    tail = (1 - level) / 2
    counts = events.astype(float)
    low = np.where(counts > 0, gammaincinv(counts.where(counts > 0, 1), tail), 0.0)
    high = gammaincinv(counts + 1, 1 - tail)
    return pd.Series(low, index=events.index).where(events.notna()), pd.Series(
        high, index=events.index
    )


def wilson_interval(
    events: pd.Series, people: pd.Series, *, level: float = 0.95
) -> tuple[pd.Series, pd.Series]:
    """Give the Wilson (score) limits of proportions events / people.

    Definition: the proportions p with abs(events / people - p) = z sqrt(p (1 - p) / people).
    Interpretation: as fractions, always between 0 and 1. Applies to: counts of people among
    people, from a simple random sample or with an effective number of people. Caution: for
    complex surveys people must be the effective number. No people: no interval. Reference: Wilson 1927.
    """
    z = ndtri((1 + level) / 2)
    n = people.where(people > 0).astype(float)
    share = events / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # Rounding may leave a hair outside where nobody or everybody has it.
    low = (middle - reach).mask(events.eq(0) & n.notna(), 0.0)
    return low, (middle + reach).mask(events.eq(n), 1.0)


def clopper_pearson_interval(
    events: pd.Series, people: pd.Series, *, level: float = 0.95
) -> tuple[pd.Series, pd.Series]:
    """Give the exact (Clopper-Pearson) limits of proportions events / people.

    Definition: the proportions for which that many or fewer, or that many or more, has probability
    (1 - level) / 2. Interpretation: as fractions. Applies to: rules that ask for it (NCHS); events
    may be a proportion times an effective number of people. Caution: wider than it need be. No
    people: no interval. Reference: Clopper and Pearson 1934; Korn and Graubard 1998.
    """
    tail = (1 - level) / 2
    n = people.where(people > 0).astype(float)
    x = events.astype(float)
    inside = n.notna() & x.notna()
    low = betaincinv(x.where(x > 0, 1), n - x + 1, tail)
    high = betaincinv(x + 1, (n - x).where(x < n, 1), 1 - tail)
    return low.mask(x.eq(0), 0.0).where(inside), high.mask(x.eq(n), 1.0).where(inside)


# Projected population of the year 2000 by age (Census P25-1130), the US standard: 19 groups.
US_2000_BY_19 = {
    "0": 3_794_901,
    "1-4": 15_191_619,
    "5-9": 19_919_840,
    "10-14": 20_056_779,
    "15-19": 19_819_518,
    "20-24": 18_257_225,
    "25-29": 17_722_067,
    "30-34": 19_511_370,
    "35-39": 22_179_956,
    "40-44": 22_479_229,
    "45-49": 19_805_793,
    "50-54": 17_224_359,
    "55-59": 13_307_234,
    "60-64": 10_654_272,
    "65-69": 9_409_940,
    "70-74": 8_725_574,
    "75-79": 7_414_559,
    "80-84": 4_900_234,
    "85+": 4_259_173,
}
# The same people in the 11 groups of the National Center for Health Statistics.
US_2000_BY_11 = {
    "0": US_2000_BY_19["0"],
    "1-4": US_2000_BY_19["1-4"],
    **{
        f"{start}-{start + 9}": sum(
            US_2000_BY_19[f"{half}-{half + 4}"] for half in (start, start + 5)
        )
        for start in range(5, 85, 10)
    },
    "85+": US_2000_BY_19["85+"],
}


def age_standardised(
    ages: pd.DataFrame, standard: Mapping[str, float], *, by: str, scale: float, level: float = 0.95
) -> pd.DataFrame:
    """Give directly age-standardised rates, one row a value of `by`: value, low, high, se.

    Definition: r = sum w c / n over age groups, w the standard's share; variance V = sum w^2 c / n^2;
    Fay-Feuer limits: gamma quantiles with mean r and variance V (lower), with r + wm and V + wm^2,
    wm = max w / n (upper). Interpretation: the rate if the place had the standard's ages; it is good for
    comparing only and counts nobody. Applies to: ages with the columns `by`, age_group, events,
    population, one row for each age group of the standard. Unit: events per scale people. Caution: rates
    with different standards or fewer than 10 events do not compare. Raises ValueError where a place lacks an
    age group. An age group with a missing or no population gives a missing rate. Reference: Fay and Feuer 1997.
    """
    groups = ages.groupby(by)["age_group"].agg(["size", "nunique"])
    if not ages["age_group"].isin(list(standard)).all() or not groups.eq(len(standard)).all(
        axis=None
    ):
        raise ValueError(f"Each place needs each age group of the standard once: {list(standard)}.")
    weight = ages["age_group"].map(standard) / sum(standard.values())
    share = weight / ages["population"].where(ages["population"] > 0)
    parts = pd.DataFrame(
        {"value": share * ages["events"], "variance": share**2 * ages["events"], "wm": share}
    ).groupby(ages[by])
    # A sum without one of its parts would be a rate of other people.
    rate, variance = parts["value"].sum(skipna=False), parts["variance"].sum(skipna=False)
    most = parts["wm"].max().where(rate.notna())
    low, high = fay_feuer(rate, variance, most, level=level)
    return pd.DataFrame({"value": rate, "low": low, "high": high, "se": np.sqrt(variance)}) * scale


def fay_feuer(
    rate: pd.Series, variance: pd.Series, most: pd.Series, *, level: float
) -> tuple[pd.Series, pd.Series]:
    """Give the gamma limits of standardised rates; `most` is the largest weight per person."""
    tail = (1 - level) / 2
    some = rate > 0
    spread = variance.where(some, 1)
    mean = rate.where(some, 1)
    low = (gammaincinv(mean**2 / spread, tail) * spread / mean).where(some, 0.0).where(rate.notna())
    above, wider = rate + most, variance + most**2
    return low, gammaincinv(above**2 / wider, 1 - tail) * wider / above


def observed_to_expected(
    observed: pd.Series, expected: pd.Series, *, level: float = 0.95
) -> pd.DataFrame:
    """Give observed over expected events (SMR, indirect standardisation): value, low, high.

    Definition: O / E with Garwood's limits of O over E; E = sum over age groups of people times the
    standard's rate. Interpretation: 1.2 is a fifth more events than the standard's rates would give
    these people. Applies to: places too small for rates by age. Unit: none. Caution: two such
    ratios do not compare with each other, because each has its own ages; only with 1. Nothing expected:
    missing. Reference: Breslow and Day 1987.
    """
    base = expected.where(expected > 0)
    low, high = poisson_interval(observed, level=level)
    return pd.DataFrame({"value": observed / base, "low": low / base, "high": high / base})


@dataclass(frozen=True)
class RateRatio:
    """One rate over another, its interval, the p of no difference, and how they were found."""

    value: float | None
    low: float
    high: float | None
    level: float
    p: float
    method: str


def rate_ratio(
    events: float, people: float, other_events: float, other_people: float, *, level: float = 0.95
) -> RateRatio:
    """Give the ratio of two rates of events, people being people or person-years.

    Definition: (a / n) / (b / m). With at least 20 events in both: log-Wald, SE of the log
    sqrt(1/a + 1/b). With fewer: exact conditional on a + b (Clopper-Pearson of a / (a + b)), p twice
    the smaller tail. Interpretation: 2 is twice the rate; the interval is None where it has no upper end.
    Applies to: counts of independent events in two groups of people that do not overlap. Unit: none.
    Caution: shared causes (one fire) make the interval too narrow. Raises ValueError without people or
    any event. Reference: Breslow and Day 1987; Lehmann and Romano 2005 (conditional test).
    """
    if min(people, other_people) <= 0 or events + other_events <= 0:
        raise ValueError("A rate ratio needs people in both groups and at least one event.")
    value = (events / people) / (other_events / other_people) if other_events else None
    if min(events, other_events) >= FEWEST_FOR_WALD:
        se, log = np.sqrt(1 / events + 1 / other_events), np.log(value)
        reach = ndtri((1 + level) / 2) * se
        low, high = np.exp([log - reach, log + reach])
        p = 2 * ndtr(-abs(log / se))
        return RateRatio(value, float(low), float(high), level, float(p), "log-Wald")
    total = pd.Series([float(events + other_events)])
    low, high = clopper_pearson_interval(pd.Series([float(events)]), total, level=level)
    odds = other_people / people
    upper = float(high[0])
    return RateRatio(
        value,
        float(low[0] / (1 - low[0]) * odds),
        upper / (1 - upper) * odds if upper < 1 else None,
        level,
        conditional_p(int(events), int(total[0]), people / (people + other_people)),
        "exact, conditional on all events",
    )


def conditional_p(events: int, total: int, share: float) -> float:
    """Give twice the smaller binomial tail of events among total, at most 1."""
    lower = bdtr(events, total, share)
    upper = bdtrc(events - 1, total, share) if events else 1.0
    return float(min(1.0, 2 * min(lower, upper)))


def smoothed(events: pd.Series, people: pd.Series, *, scale: float) -> pd.Series:
    """Give rates pulled towards the rate of all places: the fewer people, the more.

    Definition (Marshall's global empirical Bayes): m = sum c / sum n; b = sum n (r - m)^2 / sum n;
    a = max(0, b - m / mean n); smoothed rate = m + (r - m) a / (a + m / n). Interpretation: a better guess of the
    rate a small place would show over many years. Applies to: counts of events over many places of one
    country; places without a count or people are left out and missing. Unit: events per scale people.
    Caution: it hides a small place that truly stands out; never use it to count events. No events
    anywhere: 0. Reference: Marshall 1991.
    """
    known = events.notna() & (people > 0)
    c, n = events.where(known), people.where(known)
    rate, overall = c / n, c.sum() / n.sum()
    between = (n * (rate - overall) ** 2).sum() / n.sum()
    signal = max(0.0, between - overall / n.mean())
    kept = signal / (signal + overall / n) if overall > 0 else 0.0
    return scale * (overall + (rate - overall) * kept)
