"""Inequality between groups: values by hand, what is compared, what is left out, what is refused."""

import math

import pandas as pd
import pytest

from equity import inequality
from equity.errors import Problem, Refused

NAN = float("nan")
SIMULATED_LOW = 6.9382208614727405


def groups(estimate, *, se=None, population=None, order=None):
    """Groups A, B, C ... of one place."""
    columns = {"se": se, "population": population, "order": order}
    given = {name: values for name, values in columns.items() if values is not None}
    return pd.DataFrame({"group": list("ABCDEFGH")[: len(estimate)], "estimate": estimate, **given})


FOUR = groups([10.0, 20.0, 30.0, 40.0], se=[1.0] * 4, population=[400, 300, 200, 100])
POORER_TO_RICHER = groups(
    [40.0, 30.0, 20.0, 10.0], se=[1.0] * 4, population=[100, 200, 300, 400], order=[1, 2, 3, 4]
)


def of(code, frame, *, favourable=False, scale=100, **settings):
    """One measure of a percentage where lower is better."""
    return inequality.measure(code, frame, favourable=favourable, scale=scale, **settings)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        # mu = 4 + 6 + 6 + 4 = 20
        ("bgv", 0.4 * 100 + 0 + 0.2 * 100 + 0.1 * 400),
        ("bgsd", 10.0),
        ("cov", 50.0),
        ("mdmu", (10 + 0 + 10 + 20) / 4),
        ("mdmw", 0.4 * 10 + 0.2 * 10 + 0.1 * 20),
        ("mdbu", (0 + 10 + 20 + 30) / 4),
        ("mdbw", 0.3 * 10 + 0.2 * 20 + 0.1 * 30),
        ("mdru", (20 + 10 + 0 + 10) / 4),
        ("mdrw", 0.4 * 20 + 0.3 * 10 + 0.1 * 10),
        ("idisu", 50.0),
        ("idisw", 40.0),
        ("ti", 1000 * (0.2 * math.log(0.5) + 0.3 * math.log(1.5) + 0.2 * math.log(2))),
        ("mld", -1000 * (0.4 * math.log(0.5) + 0.2 * math.log(1.5) + 0.1 * math.log(2))),
        ("d", 30.0),
        ("r", 4.0),
        ("par", -10.0),
        ("paf", -50.0),
    ],
)
def test_value_without_an_order_is_that_of_the_formula(code, value):
    reference = "C" if code in ("mdru", "mdrw") else None
    assert of(code, FOUR, reference=reference).value == pytest.approx(value, rel=1e-12)


def test_concentration_index_and_line_by_hand():
    # Middle ranks 0.05, 0.2, 0.45, 0.8; the estimates fall with the rank.
    aci = 2 * (0.1 * 40 * 0.05 + 0.2 * 30 * 0.2 + 0.3 * 20 * 0.45 + 0.4 * 10 * 0.8) - 20
    assert of("aci", POORER_TO_RICHER, ordered=True).value == pytest.approx(aci, rel=1e-12)
    assert of("rci", POORER_TO_RICHER, ordered=True).value == pytest.approx(aci / 20, rel=1e-12)
    spread = 0.1 * 0.45**2 + 0.2 * 0.3**2 + 0.3 * 0.05**2 + 0.4 * 0.3**2
    slope = (aci / 2) / spread
    line = of("sii", POORER_TO_RICHER, ordered=True, scale=None)
    assert line.value == pytest.approx(slope, rel=1e-12)
    ratio = of("rii", POORER_TO_RICHER, ordered=True, scale=None)
    assert ratio.value == pytest.approx((20 + slope / 2) / (20 - slope / 2), rel=1e-12)


def test_logit_slope_weighs_people_once():
    """Two groups are fitted exactly, whatever their weights; WHO's program squares them with three."""
    two = groups([40.0, 10.0], population=[300, 100], order=[1, 2])
    logit = [math.log(p / (1 - p)) for p in (0.4, 0.1)]
    steep = (logit[1] - logit[0]) / (0.875 - 0.375)
    bottom, top = logit[0] - 0.375 * steep, logit[0] + 0.625 * steep
    v = [100 / (1 + math.exp(-end)) for end in (bottom, top)]
    assert of("sii", two, ordered=True).value == pytest.approx(v[1] - v[0], rel=1e-12)
    assert of("rii", two, ordered=True).value == pytest.approx(v[1] / v[0], rel=1e-12)


def test_logit_fit_meets_its_score_equations_with_weights_once():
    found = of("sii", POORER_TO_RICHER, ordered=True)
    ratio = of("rii", POORER_TO_RICHER, ordered=True)
    bottom = found.value / (ratio.value - 1) / 100
    top = bottom * ratio.value
    ends = [math.log(p / (1 - p)) for p in (bottom, top)]
    rank, share, rate = [0.05, 0.2, 0.45, 0.8], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]
    fitted = [1 / (1 + math.exp(-(ends[0] + (ends[1] - ends[0]) * x))) for x in rank]
    left = [p * (y - v) for p, y, v in zip(share, rate, fitted, strict=True)]
    assert sum(left) == pytest.approx(0, abs=1e-12)
    assert sum(r * x for r, x in zip(left, rank, strict=True)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("settings", "pair"),
    [
        ({"favourable": False}, ("D", "A")),
        ({"favourable": True}, ("D", "A")),
        ({"favourable": True, "reference": "B"}, ("B", "A")),
        ({"favourable": False, "reference": "B"}, ("D", "B")),
        ({"favourable": False, "reference": "D"}, ("C", "D")),
    ],
)
def test_difference_names_the_two_groups_it_compares(settings, pair):
    found = of("d", FOUR, **settings)
    rate = dict(zip(FOUR["group"], FOUR["estimate"], strict=True))
    assert found.compared == pair
    assert found.value == rate[pair[0]] - rate[pair[1]]


def test_ordered_difference_runs_between_the_ends_of_the_order():
    hump = groups([10.0, 50.0, 12.0], population=[1, 1, 1], order=[1, 2, 3])
    assert of("d", hump, ordered=True, favourable=True).compared == ("C", "A")
    assert of("d", hump, ordered=True, favourable=False).compared == ("A", "C")
    assert of("d", hump, ordered=True, favourable=False).value == -2.0
    with_reference = of("d", hump, ordered=True, reference="B")
    assert with_reference.compared == ("A", "C")
    assert "not the reference group" in with_reference.note


def test_of_tied_groups_the_one_with_more_people_is_compared():
    tied = groups([10.0, 10.0, 30.0, 30.0], population=[5, 6, 7, 8])
    assert of("d", tied).compared == ("D", "B")
    alike = groups([10.0, 10.0], population=[5, 6])
    assert of("d", alike).compared == ("B", "A")


def test_tied_orders_share_one_rank():
    tied = groups([40.0, 20.0, 10.0], population=[100, 100, 200], order=[1, 1, 2])
    merged = groups([30.0, 10.0], population=[200, 200], order=[1, 2])
    for code in ("aci", "rci", "sii", "rii"):
        one, other = of(code, tied, ordered=True), of(code, merged, ordered=True)
        assert one.value == pytest.approx(other.value, rel=1e-9)


def test_standard_errors_of_who_s_known_errors_are_on_the_right_scale():
    """The spread of the index over rates nudged by one standard error each, as the delta method says."""
    for code in ("ti", "mld"):
        moves = []
        for row in FOUR.index:
            up, down = FOUR.copy(), FOUR.copy()
            up.loc[row, "estimate"] += 1e-4
            down.loc[row, "estimate"] -= 1e-4
            moves.append((of(code, up).value - of(code, down).value) / 2e-4)
        assert of(code, FOUR).se == pytest.approx(math.hypot(*moves), rel=1e-6)
    paf, par = of("paf", FOUR), of("par", FOUR)
    assert 100 * par.se / 20 == pytest.approx(paf.se, rel=0.2)


def test_scale_is_never_guessed():
    rare = groups([0.4, 0.2, 0.1], population=[1, 1, 1], order=[1, 2, 3])
    as_percent = of("sii", rare, ordered=True, scale=100).value
    as_fraction = of("sii", rare, ordered=True, scale=1).value
    assert as_percent != pytest.approx(as_fraction, rel=1e-3)


def test_missing_standard_error_leaves_the_value_and_says_so():
    bare = FOUR.assign(se=[1.0, NAN, 1.0, 1.0])
    found = of("bgv", bare)
    assert (found.low, found.high, found.se, found.method) == (None, None, None, "no interval")
    assert "no margin of error is known for B" in found.note
    assert of("mdmw", bare).low is None
    assert of("d", bare).low is not None, "the two groups compared have theirs"


def test_missing_estimate_is_refused_unless_dropped_on_purpose():
    hole = groups([10.0, NAN, 30.0], population=[1, 1, 2])
    with pytest.raises(Refused, match="no number for B"):
        of("mdmw", hole)
    found = of("mdmw", hole, drop_missing=True)
    assert found.dropped == ("B",)
    assert found.compared == ("A", "C")
    assert "Left out because they have no number: B." in found.note
    assert found.value == of("mdmw", hole.drop(index=1)).value


def test_missing_population_stops_weighted_measures_only():
    bare = groups([10.0, 20.0, 40.0], population=[1, NAN, 2])
    for code in ("bgv", "mdmw", "mdbw", "ti", "par", "idisw"):
        with pytest.raises(Refused, match="not known for B"):
            of(code, bare)
    assert of("d", bare).value == 30
    assert of("mdbu", bare).value == pytest.approx(40 / 3)
    assert of("mdmu", bare, average=20).value == 10
    with pytest.raises(Refused, match="needs an average"):
        of("mdmu", bare)


RISING = groups([0.0, 0.0, 30.0], population=[1, 1, 1], order=[1, 2, 3])
REFUSED = [
    ("d", groups([10.0]), {}, "two groups"),
    ("d", groups([10.0, NAN]), {}, "missing estimate"),
    ("d", groups([10.0, 120.0]), {}, "outside the scale"),
    ("d", groups([10.0, 20.0], order=[1, 1]), {"ordered": True}, "no order"),
    ("d", groups([10.0, 20.0]), {"reference": "Z"}, "no reference group"),
    ("r", groups([0.0, 20.0]), {}, "division by 0"),
    ("bgv", groups([10.0, 20.0]), {}, "missing population"),
    ("bgv", groups([10.0, 20.0], population=[0, 0]), {}, "no people"),
    ("mdmu", groups([10.0, 20.0]), {}, "no average"),
    ("mdru", groups([10.0, 20.0]), {}, "no reference group"),
    ("cov", groups([0.0, 0.0], population=[1, 1]), {}, "average of 0"),
    ("idisu", groups([1.0, 2.0], population=[1, 1]), {"average": 0.0}, "average of 0"),
    ("ti", groups([-1.0, 2.0], population=[1, 1]), {"scale": None}, "below 0"),
    ("mld", groups([0.0, 2.0], population=[1, 1]), {}, "rate of 0"),
    ("aci", groups([1.0, 2.0], population=[1, 1]), {}, "no order"),
    ("aci", groups([1.0, 2.0], population=[1, 1], order=[1, NAN]), {"ordered": True}, "no order"),
    ("sii", groups([1.0, 2.0], population=[1, 0], order=[1, 2]), {"ordered": True}, "no order"),
    ("sii", RISING, {"ordered": True}, "no best curve"),
    ("rii", RISING.assign(estimate=0.0), {"ordered": True}, "division by 0"),
    ("rii", RISING, {"ordered": True, "scale": None}, "division by 0"),
    ("mrr", groups([0.0, 20.0]), {}, "division by 0"),
    ("srr", groups([0.0, 20.0]), {}, "division by 0"),
]


@pytest.mark.parametrize(("code", "frame", "settings", "rule"), REFUSED)
def test_what_would_mislead_is_refused_with_reason_and_alternative(code, frame, settings, rule):
    with pytest.raises(Refused) as refused:
        of(code, frame, **settings)
    assert refused.value.rule == rule
    for sentence in (refused.value.why, refused.value.instead):
        assert sentence.endswith(".")
        assert "nan" not in sentence
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (FOUR.drop(columns="estimate"), "columns"),
        (FOUR.assign(group="A"), "twice"),
        (FOUR.assign(se=-1.0), "standard error of A is below 0"),
        (FOUR.assign(population=-1.0), "population of A is below 0"),
        (FOUR.assign(estimate=math.inf), "infinite"),
        (FOUR.assign(group=["A", None, "C", "D"]), "name of its group"),
    ],
)
def test_impossible_input_is_said_to_be_so(frame, says):
    with pytest.raises(Problem, match=says):
        of("d", frame)


def test_no_groups_at_all():
    none = FOUR.iloc[:0]
    with pytest.raises(Refused, match="at least two groups"):
        of("d", none)
    told = {"favourable": False, "scale": 100}
    assert inequality.many(none.assign(place_id=""), by="place_id", **told).empty
    with pytest.raises(Refused, match="at least two groups"):
        of("mdmw", FOUR.assign(estimate=NAN), drop_missing=True)


def test_unknown_code_level_and_scale_are_said_to_be_so():
    with pytest.raises(Problem, match="there are: d, r, bgv"):
        of("gini", FOUR)
    with pytest.raises(Problem, match="between 0 and 1"):
        of("d", FOUR, level=95)
    with pytest.raises(Problem, match="scale"):
        of("d", FOUR, scale=0)
    with pytest.raises(Problem, match="two draws"):
        of("mdmw", FOUR, draws=1)


def test_all_groups_at_0_or_at_the_whole_have_no_slope():
    none = of("sii", RISING.assign(estimate=0.0), ordered=True)
    everyone = of("sii", RISING.assign(estimate=100.0), ordered=True)
    assert (none.value, everyone.value) == (0.0, 0.0)
    assert of("rii", RISING.assign(estimate=100.0), ordered=True).value == 1.0


def test_zero_and_whole_among_mixed_groups_are_fitted():
    mixed = groups([0.0, 60.0, 40.0, 100.0], population=[1, 2, 2, 1], order=[1, 2, 3, 4])
    assert 0 < of("sii", mixed, ordered=True).value < 100


def test_ratio_of_0_has_a_value_but_no_interval():
    zero = groups([0.0, 20.0], se=[1, 1], population=[1, 1], order=[2, 1])
    found = of("r", zero, ordered=True, favourable=True)
    assert (found.value, found.low) == (0.0, None)
    assert "a number of 0" in found.note


def test_simulation_says_that_it_took_a_zero_as_certain():
    zero = groups([0.0, 20.0], se=[1, 1], population=[1, 1])
    assert "takes the 0 of A as certain" in of("mdmw", zero).note


def test_simulated_digits_are_those_of_the_seed():
    one, again = of("mdmw", FOUR), of("mdmw", FOUR)
    other = of("mdmw", FOUR, seed=7)
    assert one == again
    assert (one.low, one.high) != (other.low, other.high)
    assert (one.draws, one.seed) == (2000, 20240101)
    # The same on any machine, to the rounding of its mathematical library.
    assert one.low == pytest.approx(SIMULATED_LOW, rel=1e-12)


def test_interval_of_an_index_reaches_0_where_equality_cannot_be_ruled_out():
    alike = groups([20.0, 21.0, 22.0], se=[2.0] * 3, population=[100, 200, 300])
    for code in ("mdmw", "mdbu", "bgsd", "par"):
        found = of(code, alike)
        assert 0.0 in (found.low, found.high)
        assert abs(found.value) < 2 * abs(found.expected_if_equal)
    assert of("mdmw", FOUR).low > 0


def test_app_is_told_when_an_interval_is_not_to_be_taken_at_its_word():
    def caution(code, frame, **settings):
        return inequality.interval_caution(
            of(code, frame, **settings), frame, ordered=settings.get("ordered", False)
        )

    alike = groups([20.0, 21.0, 22.0], se=[2.0] * 3, population=[100, 200, 300], order=[1, 2, 3])
    rare = FOUR.assign(se=[6.0, 1.0, 1.0, 1.0])
    assert "very few people or events" in caution("mdmw", rare)
    for code in ("d", "r", "mrd", "mrr", "srr"):
        assert "highest and lowest" in caution(code, alike)
        assert caution(code, FOUR) is None
    assert "best by chance" in caution("par", alike)
    assert "wider than it needs" in caution("mld", alike)
    for code in ("d", "r", "par", "sii", "aci"):
        assert caution(code, alike, ordered=True) is None
    assert caution("mdmw", FOUR.assign(se=NAN)) is None
    assert caution("mdmw", FOUR.assign(se=0.0)) is None


@pytest.mark.parametrize(("favourable", "ends"), [(False, (-1, 0)), (True, (0, 1))])
def test_no_gain_still_has_an_interval_on_the_side_of_a_gain(favourable, ends):
    """The most advantaged group does worse: par is 0, and its interval reaches to where it might gain."""
    turned = [20.0, 21.0] if not favourable else [21.0, 20.0]
    frame = groups(turned, se=[2.0, 2.0], population=[100, 100], order=[1, 2])
    found = of("par", frame, ordered=True, favourable=favourable)
    assert found.value == 0.0
    assert (found.low < 0, found.high > 0) == (ends[0] < 0, ends[1] > 0)


def test_order_of_rows_and_codes_changes_nothing():
    turned = of("mdbw", FOUR.iloc[::-1])
    assert turned.low == pytest.approx(of("mdbw", FOUR).low, rel=1e-12)
    alone = of("mdmw", FOUR)
    assert inequality.table(FOUR, favourable=False, scale=100).estimates["mdmw"] == alone


def test_value_expected_of_equal_groups_is_that_of_noise():
    """For the variance between groups noise adds exactly sum p (1 - p) s^2."""
    expected = sum(p * (1 - p) for p in (0.4, 0.3, 0.2, 0.1))
    assert of("bgv", FOUR).expected_if_equal == pytest.approx(expected, rel=0.1)
    assert of("aci", POORER_TO_RICHER, ordered=True).expected_if_equal is None
    assert of("d", POORER_TO_RICHER, ordered=True).expected_if_equal is None
    assert of("d", FOUR).expected_if_equal > 0


def test_full_counts_have_an_interval_of_no_width():
    exact = FOUR.assign(se=0.0)
    for code in ("d", "r", "bgv", "ti", "mdmw", "par"):
        found = of(code, exact)
        assert (found.low, found.high) == pytest.approx((found.value, found.value))


def test_table_gives_what_applies_and_why_the_rest_does_not():
    found = inequality.table(FOUR, favourable=False, scale=100)
    assert set(found.estimates) | set(found.refused) == set(inequality.CODES)
    assert set(found.refused) == {"mdru", "mdrw", "aci", "rci", "sii", "rii"}
    ordered = inequality.table(
        POORER_TO_RICHER, favourable=False, scale=100, ordered=True, reference="A"
    )
    assert ordered.refused == {}


def test_healthy_people_by_its_own_names():
    found = inequality.healthy_people(FOUR, favourable=False, scale=100).estimates
    assert {code: one.value for code, one in found.items()} == {
        "rmax": 40.0,
        "rmin": 10.0,
        "mrd": 30.0,
        "mrr": 4.0,
        "srr": pytest.approx(3.0),
    }
    assert found["rmax"].compared == ("D",)
    better = inequality.healthy_people(FOUR, favourable=True, scale=100).estimates
    assert better["srr"].value == pytest.approx(40 / 20)
    # Variance of log(mean of three) is sum s^2 / 9 / mean^2, of log(best) s^2 / best^2.
    assert found["srr"].se == pytest.approx(math.sqrt(3 / 9 / 30**2 + 1 / 10**2))


def test_rate_ratios_are_turned_to_be_1_or_more():
    lower_is_better = inequality.rate_ratios(FOUR, favourable=False, scale=100)
    assert {name: one.value for name, one in lower_is_better.items()} == {"B": 2, "C": 3, "D": 4}
    higher = inequality.rate_ratios(FOUR, favourable=True, scale=100)
    assert {name: one.value for name, one in higher.items()} == {"A": 4, "B": 2, "C": 40 / 30}
    chosen = inequality.rate_ratios(FOUR, favourable=False, scale=100, reference="B")
    assert chosen["A"].compared == ("B", "A")
    with pytest.raises(Refused, match="reference group Z"):
        inequality.rate_ratios(FOUR, favourable=False, scale=100, reference="Z")
    with_zero = inequality.rate_ratios(groups([0.0, 5.0]), favourable=False, scale=100)
    assert with_zero["B"].rule == "division by 0"
    with pytest.raises(Refused, match="no number for B"):
        inequality.rate_ratios(groups([1.0, NAN]), favourable=False, scale=100)
    hole = groups([1.0, NAN, 3.0])
    dropped = inequality.rate_ratios(hole, favourable=False, scale=100, drop_missing=True)
    assert {name: one.value for name, one in dropped.items()} == {"C": 3.0}
