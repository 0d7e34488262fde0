"""Every measure of inequality agrees with a second computation in plain Python, over random inputs."""

import math
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist, stdev

import pandas as pd
import pytest

from equity import inequality
from equity.errors import Refused
from equity.inequality import compute
from equity.inequality.intervals import Simulation
from tests.recomputed.inequality import DELTA, FORMULAS, Group, No, Setting, standard_error, value

INPUTS = 600
SEED = 20240101
AS_CLOSE_AS = 1e-9
WEIGHTS = {
    "like": lambda dice: dice.randint(500, 2000),
    "county": lambda dice: round(math.exp(dice.gauss(7, 2))) + 1,
    "extreme": lambda dice: dice.choice([1, 3, 1_000, 4_000_000]),
    "some empty": lambda dice: dice.choice([0, 10, 1_000]),
}


def rates(dice, count, scale):
    """Rates of one kind: anywhere, rare, alike, with zeros, with the whole, with ties, below 0."""
    top = float(scale or 90_000)
    kind = dice.choice(["anywhere", "rare", "alike", "zeros", "whole", "ties", "negative"])
    if kind == "rare":
        return [dice.uniform(0, 1e-4) * top for _ in range(count)]
    if kind == "alike":
        return [dice.uniform(0.2, 0.21) * top for _ in range(count)]
    if kind == "zeros":
        return [dice.choice([0.0, 0.0, dice.uniform(0, 0.3) * top]) for _ in range(count)]
    if kind == "whole":
        return [dice.choice([0.0, top, dice.uniform(0, 1) * top]) for _ in range(count)]
    if kind == "ties":
        return [dice.choice([0.1, 0.25, 0.5]) * top for _ in range(count)]
    if kind == "negative":
        return [dice.uniform(-0.1, 1) * top for _ in range(count)]
    return [dice.uniform(0.01, 0.99) * top for _ in range(count)]


def random_input(number):
    """Groups of a place and what a measure is told, as the second computation wants them."""
    dice = random.Random(f"{SEED}-{number}")
    count = dice.choice([1, 2, 2, 2, 3, 4, 5, 6, 8])
    scale = dice.choice([1, 100, 100_000, None])
    orders = [dice.randint(1, count) if dice.random() < 0.3 else i for i in range(count)]
    dice.shuffle(orders)
    weight = WEIGHTS[dice.choice(list(WEIGHTS))]
    gaps = {what: dice.random() < 0.15 for what in ("y", "s", "n", "order")}
    groups = []
    for i, y in enumerate(rates(dice, count, scale)):
        known = {what: not (gap and dice.random() < 0.4) for what, gap in gaps.items()}
        groups.append(
            Group(
                name=f"g{dice.randint(0, 99):02}-{i}",
                y=Decimal(y) if known["y"] else None,
                s=Decimal(dice.uniform(0, 0.3) * abs(y) + dice.random()) if known["s"] else None,
                n=Decimal(weight(dice)) if known["n"] else None,
                order=orders[i] if known["order"] else None,
            )
        )
    told = Setting(
        favourable=dice.random() < 0.5,
        scale=None if scale is None else Decimal(scale),
        ordered=dice.random() < 0.6,
        reference=dice.choice([None, groups[0].name, "nobody"]),
        average=dice.choice([None, None, Decimal(groups[0].y or 1)]),
    )
    return groups, told


def frame_of(groups):
    """The groups as the engine wants them."""
    return pd.DataFrame(
        {
            "group": [g.name for g in groups],
            "estimate": [None if g.y is None else float(g.y) for g in groups],
            "se": [None if g.s is None else float(g.s) for g in groups],
            "population": [None if g.n is None else float(g.n) for g in groups],
            "order": [g.order for g in groups],
        },
        dtype=object,
    )


def settings_of(told):
    """What a measure is told, as the engine wants it."""
    return {
        "favourable": told.favourable,
        "scale": None if told.scale is None else float(told.scale),
        "ordered": told.ordered,
        "reference": told.reference,
        "average": None if told.average is None else float(told.average),
    }


def close(found, expected, size):
    """Within 1e-9 of the number, or within rounding of the rates it is a difference of."""
    return math.isclose(found, float(expected), rel_tol=AS_CLOSE_AS, abs_tol=1e-12 * size)


def size_of(code, groups):
    """How large the numbers are that a measure is made of: the digits it may lose to rounding."""
    rate = max((abs(float(g.y)) for g in groups if g.y is not None), default=1.0)
    if code == "bgv":
        return rate**2
    if code in ("cov", "idisu", "idisw", "ti", "mld", "paf"):
        return 1000.0
    return 1.0 if code in ("r", "rci", "rii", "mrr", "srr") else rate


def both(number):
    """The engine's estimates and refusals and the second computation's, of one random input."""
    groups, told = random_input(number)
    with_draws = {"draws": 0, "codes": tuple(FORMULAS)}
    found = inequality.table(frame_of(groups), **settings_of(told), **with_draws)
    expected = {}
    for code in FORMULAS:
        try:
            expected[code] = value(code, groups, told)
        except No as reason:
            expected[code] = reason
    return groups, told, found, expected


def test_every_measure_agrees_with_the_second_computation():
    refusals, compared = Counter(), Counter()
    for number in range(INPUTS):
        groups, told, found, expected = both(number)
        for code, right in expected.items():
            if isinstance(right, No):
                assert found.refused[code].rule == str(right), (number, code)
                refusals[str(right)] += 1
                continue
            assert code in found.estimates, (number, code, found.refused.get(code))
            mine = found.estimates[code].value
            assert close(mine, right, size_of(code, groups)), (number, code, mine, right)
            compared[code] += 1
    assert min(compared[code] for code in FORMULAS) >= 60, compared
    assert set(refusals) == {
        "missing estimate",
        "two groups",
        "outside the scale",
        "missing population",
        "no people",
        "no average",
        "no order",
        "no reference group",
        "below 0",
        "average of 0",
        "division by 0",
        "rate of 0",
        "no best curve",
    }


def test_standard_errors_and_intervals_agree_with_nudged_estimates():
    z = NormalDist().inv_cdf(0.975)
    compared = Counter()
    for number in range(INPUTS):
        groups, told, found, expected = both(number)
        for code in DELTA:
            if isinstance(expected[code], No) or not smooth(code, groups, told):
                continue
            mine, right = found.estimates[code], standard_error(code, groups, told)
            if right is None:
                assert mine.se is None
                continue
            size = size_of(code, groups)
            reach, middle = z * float(right), float(expected[code])
            ends = (middle - reach, middle + reach)
            if code in ("r", "rii"):
                if reach > 700:
                    assert mine.low is None, "a limit without end is none"
                    continue
                ends = (middle * math.exp(-reach), middle * math.exp(reach))
            assert close(mine.se, right, size), (number, code, mine.se, right)
            if code in ("bgv", "ti", "mld"):
                ends = (max(ends[0], 0.0), ends[1])
            assert close(mine.low, ends[0], 10 * size), (number, code)
            assert close(mine.high, ends[1], 10 * size), (number, code)
            compared[code] += 1
    assert min(compared[code] for code in DELTA) >= 50, compared


def smooth(code, groups, told):
    """Whether the estimates may be nudged: off the ends of the scale, where a curve or logarithm ends."""
    if code in ("d", "bgv", "aci"):
        return True
    if code == "r":
        return all(g.y > 0 for g in groups)
    within = told.scale is None or all(g.y < told.scale for g in groups)
    return within and all(g.y > 0 for g in groups)


def test_simulated_intervals_agree_with_plain_sums_over_the_same_draws():
    compared = Counter()
    for number in range(60):
        groups, told = random_input(number)
        told = replace(told, scale=None)
        groups = [replace(g, y=None if g.y is None else abs(g.y)) for g in groups]
        frame, settings = frame_of(groups), settings_of(told)
        found = inequality.table(frame, **settings, draws=99)
        one = inequality.one_place(frame, **settings, drop_missing=False)
        if not compute.can_be_simulated(one)[0]:
            assert all(e.low is None for c, e in found.estimates.items() if c.startswith("md"))
            continue
        simulation = Simulation.of(one, draws=99, seed=SEED)
        for code in found.estimates.keys() - set(DELTA):
            mine, told_of = found.estimates[code], (code, groups, told)
            try:
                real = [abs(value_of_draw(*told_of, rates)) for rates in simulation.real[:, 0, :]]
                equal = [abs(value_of_draw(*told_of, rates)) for rates in simulation.equal[:, 0, :]]
            except No:
                assert mine.low is None, "a draw without a value leaves no interval"
                continue
            near, far = simulated_ends(code, abs(mine.value), real, equal)
            turned = code in ("par", "paf") and not told.favourable
            low, high = (-far, -near) if turned else (near, far)
            size = size_of(code, groups)
            assert close(mine.low, low, size), (number, code)
            assert close(mine.high, high, size), (number, code)
            assert close(mine.se, stdev(real), size), (number, code)
            assert close(abs(mine.expected_if_equal), sum(equal) / 99, size), (number, code)
            compared[code] += 1
    assert len(compared) == 12, compared


def simulated_ends(code, size, real, equal):
    """The two ends of the simulated interval from 99 draws, nearest to 0 first."""
    # numpy's linear quantile at 0.025 lies 0.45 of the way from the 3rd to the 4th of 99,
    # that at 0.95 0.1 of the way from the 94th to the 95th.
    real, equal = sorted(real), sorted(equal)
    low = real[2] + 0.45 * (real[3] - real[2])
    high = real[96] - 0.45 * (real[96] - real[95])
    by_chance = equal[93] + 0.1 * (equal[94] - equal[93])
    if code not in ("par", "paf"):
        low -= 2 * max(0.0, sum(real) / 99 - size)
    low = min(max(low, 0.0), size)
    return 0.0 if size <= by_chance else low, max(high, size)


def value_of_draw(code, groups, told, rates):
    """A measure of one set of drawn rates."""
    drawn = [replace(g, y=Decimal(float(rate))) for g, rate in zip(groups, rates, strict=True)]
    return float(value(code, drawn, told))


def test_draws_have_the_mean_and_spread_of_the_estimates_and_a_gamma_shape():
    frame = pd.DataFrame({"group": ["A", "B"], "estimate": [3.0, 40.0], "se": [3.0, 2.0]})
    settings = {"favourable": True, "scale": None, "ordered": False, "reference": None}
    one = inequality.one_place(frame, **settings, average=None, drop_missing=False)
    drawn = Simulation.of(one, draws=20_000, seed=1).real[:, 0, :]
    for column, (mean, error) in enumerate([(3.0, 3.0), (40.0, 2.0)]):
        values = [float(rate) for rate in drawn[:, column]]
        assert sum(values) / len(values) == pytest.approx(mean, abs=4 * error / math.sqrt(20_000))
        assert stdev(values) == pytest.approx(error, rel=0.03)
    # Mean and standard deviation alike: an exponential, whose median is mean times ln 2.
    assert sorted(drawn[:, 0])[10_000] == pytest.approx(3 * math.log(2), rel=0.04)


def test_refusals_are_raised_one_measure_at_a_time_too():
    groups, told = random_input(0)
    frame = frame_of(groups)
    listed = inequality.table(frame, **settings_of(told)).refused
    for code in listed:
        with pytest.raises(Refused) as refused:
            inequality.measure(code, frame, **settings_of(told))
        assert str(refused.value) == str(listed[code])
    assert listed
