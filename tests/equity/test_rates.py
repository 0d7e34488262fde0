"""Rates, intervals, age adjustment and smoothing, against published digits and other programs."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from equity import rates
from equity.rates import US_2000_BY_11, US_2000_BY_19


def series(*numbers: float) -> pd.Series:
    return pd.Series(numbers, dtype=float)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (20, 12.2165, 30.8884)],
)
def test_poisson_limits_are_those_of_garwoods_table(events, low, high):
    found = [end[0] for end in rates.poisson_interval(series(events))]
    assert found == pytest.approx([low, high], abs=5e-5)


# Digits from statsmodels 0.15 (proportion_confint), and Newcombe 1998 for 81 of 263.
@pytest.mark.parametrize(
    ("interval", "events", "people", "limits"),
    [
        (rates.wilson_interval, 81, 263, (0.2553, 0.3662)),
        (rates.wilson_interval, 0, 20, (0.0, 0.1611)),
        (rates.wilson_interval, 10, 100, (0.0552, 0.1744)),
        (rates.wilson_interval, 200, 200, (0.9812, 1.0)),
        (rates.clopper_pearson_interval, 81, 263, (0.2527, 0.3676)),
        (rates.clopper_pearson_interval, 0, 20, (0.0, 0.1684)),
        (rates.clopper_pearson_interval, 10, 100, (0.0490, 0.1762)),
        (rates.clopper_pearson_interval, 200, 200, (0.9817, 1.0)),
    ],
)
def test_limits_of_a_proportion_to_the_digit(interval, events, people, limits):
    found = [end[0] for end in interval(series(events), series(people))]
    assert found == pytest.approx(limits, abs=5e-5)


@pytest.mark.parametrize("interval", [rates.wilson_interval, rates.clopper_pearson_interval])
def test_no_people_or_no_count_has_no_interval(interval):
    low, high = interval(series(0, np.nan, 3), series(0, 10, np.nan))
    assert low.isna().all()
    assert high.isna().all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([0.90, 0.95, 0.99]))
def test_interval_of_a_proportion_holds_it_and_mirrors(events, people, level):
    events = min(events, people)
    share = events / people
    for interval in (rates.wilson_interval, rates.clopper_pearson_interval):
        low, high = interval(series(events), series(people), level=level)
        assert 0 <= low[0] <= share + 1e-12
        assert share - 1e-12 <= high[0] <= 1
        other_low, _ = interval(series(people - events), series(people), level=level)
        assert other_low[0] == pytest.approx(1 - high[0], abs=1e-9)


SEER_COUNTS = (29, 87, 67, 71, 87, 177, 290, 657, 1072, 1691, 2428, 2931, 2881, 2817, 2817, 2744)
SEER_COUNTS += (2634, 1884, 1705)
SEER_PEOPLE = (139_879, 553_189, 736_212, 770_999, 651_390, 639_159, 676_354, 736_557, 724_826)
SEER_PEOPLE += (700_200, 617_437, 516_541, 361_170, 259_440, 206_204, 172_087, 142_958, 99_654)
SEER_PEOPLE += (92_692,)


def strata(events, people, ages, place="x") -> pd.DataFrame:
    return pd.DataFrame(
        {"place": place, "age_group": list(ages), "events": events, "population": people}
    )


def test_age_adjusted_rate_of_the_seer_tutorial():
    """All cancers, Black women, SEER 9 registries, 2000 to 2004: 400.3 per 100,000."""
    ages = strata(SEER_COUNTS, SEER_PEOPLE, US_2000_BY_19)
    found = rates.age_standardised(ages, US_2000_BY_19, by="place", scale=100_000).loc["x"]
    assert round(found["value"], 1) == 400.3
    parts = [
        (c, n, w / 274_633_642)
        for c, n, w in zip(SEER_COUNTS, SEER_PEOPLE, US_2000_BY_19.values(), strict=True)
    ]
    assert found["se"] == pytest.approx(1e5 * math.sqrt(sum(w * w * c / n**2 for c, n, w in parts)))
    assert found["low"] < found["value"] < found["high"]


DOWN_EVENTS = (107, 141, 60, 40, 39, 25)
DOWN_BIRTHS = (230_061, 329_449, 114_920, 39_487, 14_208, 3_052)
MOTHERS = {"-19": 63986.6, "20-24": 186263.6, "25-29": 157302.2, "30-34": 97647.0}
MOTHERS |= {"35-39": 47572.6, "40+": 12262.6}


def test_gamma_limits_of_fay_and_feuers_first_births():
    """Fay and Feuer 1997, table I (data of Fleiss 1981): first births, 92.3 per 100,000."""
    ages = strata(DOWN_EVENTS, DOWN_BIRTHS, MOTHERS)
    found = rates.age_standardised(ages, MOTHERS, by="place", scale=1).loc["x"]
    assert round(found["value"], 8) == 0.00092305
    assert round(found["se"] ** 2 * 1e6, 6) == 0.003919
    rate, variance = found["value"], found["se"] ** 2
    total = sum(MOTHERS.values())
    wm = max(w / total / n for w, n in zip(MOTHERS.values(), DOWN_BIRTHS, strict=True))
    low = stats.gamma.ppf(0.025, rate**2 / variance, scale=variance / rate)
    above, wider = rate + wm, variance + wm**2
    high = stats.gamma.ppf(0.975, above**2 / wider, scale=wider / above)
    assert (found["low"], found["high"]) == pytest.approx((low, high), rel=1e-9)


def test_one_age_group_gives_garwoods_limits():
    ages = strata([7], [1000], ["all"])
    found = rates.age_standardised(ages, {"all": 1.0}, by="place", scale=1000).loc["x"]
    low, high = rates.poisson_interval(series(7))
    assert (found["low"], found["high"]) == pytest.approx((low[0], high[0]))


def test_rate_without_events_has_a_lower_limit_of_zero_and_an_upper_one():
    ages = strata([0, 0], [1000, 500], ["young", "old"])
    found = rates.age_standardised(ages, {"young": 1, "old": 1}, by="place", scale=1).loc["x"]
    assert found["value"] == 0
    assert found["low"] == 0
    assert found["high"] == pytest.approx(0.001 * 3.688879, rel=1e-6)


def test_missing_age_group_is_refused_and_missing_count_gives_no_rate():
    standard = {"young": 1, "old": 1}
    with pytest.raises(ValueError, match="each age group"):
        rates.age_standardised(strata([1], [9], ["young"]), standard, by="place", scale=1)
    ages = strata([1, np.nan], [9, 9], standard)
    assert rates.age_standardised(ages, standard, by="place", scale=1).loc["x"].isna().all()


def test_standard_population_is_the_published_distribution():
    million = {
        age: 1e6 * count / sum(US_2000_BY_11.values()) for age, count in US_2000_BY_11.items()
    }
    published = (13_818, 55_317, 145_565, 138_646, 135_573, 162_613, 134_834, 87_247, 66_037)
    published += (44_842, 15_508)
    assert list(million.values()) == pytest.approx(published, abs=3)


def test_smr_has_exact_limits():
    """Breslow and Day: 24 deaths observed."""
    found = rates.observed_to_expected(series(24, 3, 5), series(16.0, 3.0, 0.0))
    assert found.loc[0].tolist() == pytest.approx([1.5, 15.3773 / 16, 35.7101 / 16], abs=1e-4)
    assert found.loc[1, "value"] == 1
    assert found.loc[2].isna().all()


def test_rate_ratio_of_many_events_is_log_wald():
    found = rates.rate_ratio(60, 51477.5, 30, 54308.7)
    se = math.sqrt(1 / 60 + 1 / 30)
    assert found.value == pytest.approx(2.11, abs=0.001)
    assert found.low == pytest.approx(found.value * math.exp(-1.959964 * se), rel=1e-6)
    assert found.high == pytest.approx(found.value * math.exp(1.959964 * se), rel=1e-6)
    assert found.p == pytest.approx(2 * stats.norm.sf(math.log(found.value) / se))


def test_rate_ratio_of_few_events_is_exact():
    found = rates.rate_ratio(5, 1000, 10, 900)
    low, high = stats.binomtest(5, 15).proportion_ci(method="exact")
    assert found.low == pytest.approx(low / (1 - low) * 900 / 1000, rel=1e-6)
    assert found.high == pytest.approx(high / (1 - high) * 900 / 1000, rel=1e-6)
    assert found.p == pytest.approx(2 * stats.binom.cdf(5, 15, 1000 / 1900))
    assert found.method.startswith("exact")


def test_rate_ratio_over_no_events_has_no_upper_end():
    found = rates.rate_ratio(3, 1000, 0, 1000)
    assert (found.value, found.high) == (None, None)
    assert found.p == pytest.approx(0.25)
    with pytest.raises(ValueError, match="at least one event"):
        rates.rate_ratio(0, 1000, 0, 1000)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 10**6), st.integers(1, 10**6))
def test_swapping_the_rates_turns_the_ratio_over(a, b, n, m):
    if a + b == 0:
        return
    forth, back = rates.rate_ratio(a, n, b, m), rates.rate_ratio(b, m, a, n)
    assert forth.p == pytest.approx(back.p, rel=1e-6, abs=1e-12)
    if a and b:
        assert forth.value * back.value == pytest.approx(1)
        assert forth.low * back.high == pytest.approx(1, rel=1e-6)
        assert forth.low < forth.value < forth.high


def test_smoothing_follows_marshalls_formulas():
    c, n = [0, 2, 30, 5], [100, 200, 2000, 1000]
    m = sum(c) / sum(n)
    b = sum(k * (x / k - m) ** 2 for x, k in zip(c, n, strict=True)) / sum(n)
    a = max(0, b - m / (sum(n) / 4))
    expected = [1000 * (m + (x / k - m) * a / (a + m / k)) for x, k in zip(c, n, strict=True)]
    assert rates.smoothed(series(*c), series(*n), scale=1000).tolist() == pytest.approx(expected)


def test_smoothing_leaves_out_what_is_missing_and_knows_zero():
    found = rates.smoothed(series(1, np.nan, 30, 5), series(100, 50, 2000, 0), scale=1)
    assert found.isna().tolist() == [False, True, False, True]
    assert rates.smoothed(series(0, 0), series(10, 20), scale=1).tolist() == [0, 0]


PLACES = st.lists(st.tuples(st.integers(0, 50), st.integers(51, 10**5)), min_size=2, max_size=20)


@settings(max_examples=50, deadline=None)
@given(PLACES)
def test_smoothed_rate_lies_between_the_raw_one_and_the_overall_one(places):
    c, n = (series(*numbers) for numbers in zip(*places, strict=True))
    found, overall = rates.smoothed(c, n, scale=1), c.sum() / n.sum()
    low = np.minimum(c / n, overall) - 1e-12
    assert (found >= low).all()
    assert (found <= np.maximum(c / n, overall) + 1e-12).all()


@pytest.mark.parametrize("mean", [1, 3, 10, 50])
def test_poisson_limits_hold_the_truth_at_least_as_often_as_they_say(mean):
    drawn = pd.Series(np.random.default_rng(mean).poisson(mean, 20_000))
    low, high = rates.poisson_interval(drawn)
    assert 0.945 < ((low <= mean) & (mean <= high)).mean() < 0.992


@pytest.mark.parametrize(("people", "scarce"), [(1_000, 1), (10_000, 1), (10_000, 0.05)])
def test_gamma_limits_hold_the_truth_at_least_as_often_as_they_say(people, scarce):
    """Death rates by age as in the United States, in a county of that many people."""
    share = np.array(list(US_2000_BY_11.values())) / sum(US_2000_BY_11.values())
    deaths = scarce * np.array([600, 30, 15, 80, 120, 200, 400, 900, 1800, 4600, 13_500]) / 1e5
    drawn = np.random.default_rng(people).poisson(people * share * deaths, (2000, 11))
    ages = strata(drawn.ravel(), np.tile(people * share, 2000), [*US_2000_BY_11] * 2000)
    ages["place"] = np.repeat(np.arange(2000), 11)
    found = rates.age_standardised(ages, US_2000_BY_11, by="place", scale=1)
    truth = share @ deaths
    assert 0.94 < ((found["low"] <= truth) & (truth <= found["high"])).mean() < 0.995
