"""What must hold of inequality between any groups (METHODS.md section 8), and of many places at once."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity import inequality
from equity.inequality.cards import cards
from equity.inequality.measures import HEALTHY_PEOPLE, WHO

RATIOS = {"r", "rii", "mrr", "srr"}
RELATIVE = {"cov", "idisu", "idisw", "ti", "mld", "rci", "paf", *RATIOS}
WEIGHTED = ("bgv", "bgsd", "cov", "mdmw", "mdbw", "idisw", "ti", "mld", "aci", "rci", "par", "paf")
ALL = (*inequality.CODES, *inequality.HEALTHY_PEOPLE_CODES)
LEVELS = {"rmax", "rmin"}
RATES = st.floats(0.5, 99.5)
PEOPLE = st.integers(1, 1_000_000)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def places(draw, rates=RATES):
    """Between two and six groups in order, in percent, with errors."""
    count = draw(st.integers(2, 6))
    return pd.DataFrame(
        {
            "group": list("ABCDEF")[:count],
            "estimate": draw(st.lists(rates, min_size=count, max_size=count)),
            "se": draw(st.lists(st.floats(0.01, 5), min_size=count, max_size=count)),
            "population": draw(st.lists(PEOPLE, min_size=count, max_size=count)),
            "order": range(count),
        }
    )


def values(frame, *, codes=ALL, draws=0, ordered=True, favourable=True, scale=100.0):
    """The estimates of all measures that apply."""
    return inequality.table(
        frame,
        favourable=favourable,
        scale=scale,
        ordered=ordered,
        reference="A",
        codes=codes,
        draws=draws,
    ).estimates


def same(one, other, *, times=1.0, size=100.0):
    """Whether two numbers agree to 1e-7, or to the rounding of the rates they come from."""
    return math.isclose(one * times, other, rel_tol=1e-7, abs_tol=1e-9 * size * max(times, 1))


@quick
@given(places(), RATES, st.booleans())
def test_equal_rates_give_0_or_1(frame, rate, ordered):
    for code, found in values(frame.assign(estimate=rate), ordered=ordered).items():
        if code not in LEVELS:
            assert same(found.value, 1.0 if code in RATIOS else 0.0, size=1e-3), code


@quick
@given(places())
def test_difference_is_antisymmetric(frame):
    forth, back = values(frame)["d"], values(frame.assign(order=-frame["order"]))["d"]
    assert forth.value == -back.value
    assert forth.se == back.se
    other_way = values(frame, favourable=False)["d"]
    assert other_way.value == -forth.value


@quick
@given(places(), st.floats(1e-3, 1e3), st.booleans())
def test_scaling_all_populations_changes_nothing(frame, times, ordered):
    before = values(frame, ordered=ordered)
    after = values(frame.assign(population=frame["population"] * times), ordered=ordered)
    assert before.keys() == after.keys()
    for code, found in before.items():
        size = 100.0**2 if code == "bgv" else 100.0
        assert same(found.value, after[code].value, size=size), code


@quick
@given(places(), st.sampled_from([0.01, 0.5, 1000.0]), st.booleans())
def test_another_unit_scales_absolute_measures_and_leaves_relative_ones(frame, times, ordered):
    scaled = frame.assign(estimate=frame["estimate"] * times, se=frame["se"] * times)
    before = values(frame, ordered=ordered)
    after = values(scaled, ordered=ordered, scale=100 * times)
    assert before.keys() == after.keys()
    for code, found in before.items():
        factor = 1.0 if code in RELATIVE else times**2 if code == "bgv" else times
        assert same(found.value, after[code].value, times=factor, size=100.0), code


@quick
@given(places(), st.integers(1, 999_999), st.booleans())
def test_parting_a_group_in_two_of_equal_rate_changes_no_weighted_measure(frame, part, ordered):
    whole = frame.loc[0, "population"]
    share = whole * part / 1_000_000
    parted = pd.concat(
        [
            frame.assign(population=frame["population"].astype(float)),
            frame.iloc[[0]].assign(group="Z", population=share, order=-1),
        ],
        ignore_index=True,
    )
    parted.loc[0, "population"] = whole - share
    before = values(frame, codes=WEIGHTED, ordered=ordered)
    after = values(parted, codes=WEIGHTED, ordered=ordered)
    assert before.keys() == after.keys()
    for code, found in before.items():
        assert same(found.value, after[code].value, size=100.0), code


@quick
@given(places(st.one_of(RATES, st.just(0.0), st.just(100.0))), st.booleans(), st.booleans())
def test_interval_contains_the_value_and_is_finite(frame, ordered, favourable):
    for code, found in values(frame, draws=100, ordered=ordered, favourable=favourable).items():
        assert math.isfinite(found.value), code
        if found.low is None:
            assert found.note, code
            continue
        assert found.low <= found.value <= found.high, code
        assert math.isfinite(found.low), code
        assert math.isfinite(found.high), code
        assert found.se >= 0, code


def random_places(count, seed=20240101):
    """Counties with two to five of five groups, some errors, populations and estimates not known."""
    dice = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "place_id": np.repeat([f"{i:05}" for i in range(count)], 5),
            "group": np.tile(list("EDCBA"), count),
            "order": np.tile(range(5), count),
            "estimate": dice.uniform(0, 60, 5 * count).round(1),
            "se": dice.uniform(0.1, 5, 5 * count),
            "population": np.exp(dice.normal(7, 2, 5 * count)),
        }
    )
    for column, share in (("estimate", 0.02), ("se", 0.05), ("population", 0.03)):
        rows.loc[dice.random(len(rows)) < share, column] = np.nan
    rows.loc[dice.random(len(rows)) < 0.03, "estimate"] = 0.0
    return rows[dice.random(len(rows)) < 0.8].sample(frac=1, random_state=7)


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("drop_missing", [True, False])
def test_many_places_at_once_are_each_place_alone(ordered, drop_missing):
    frame = random_places(30)
    told = {"favourable": False, "scale": 100, "ordered": ordered, "reference": "B", "draws": 200}
    told |= {"codes": ALL, "drop_missing": drop_missing}
    together = inequality.many(frame, by="place_id", **told).set_index(["place_id", "code"])
    for place, rows in frame.groupby("place_id"):
        alone = inequality.table(rows, **told)
        for code in ALL:
            row = together.loc[(place, code)]
            if code in alone.refused:
                assert row["refused"] == alone.refused[code].rule
                assert math.isnan(row["value"])
                assert math.isnan(row["low"])
                continue
            assert pd.isna(row["refused"])
            for column in ("value", "low", "high", "se", "expected_if_equal"):
                one = getattr(alone.estimates[code], column)
                assert row[column] == pytest.approx(
                    math.nan if one is None else one, rel=1e-9, abs=1e-9, nan_ok=True
                )
            if pd.notna(row["a"]):
                pair = tuple(dict.fromkeys((row["a"], row["b"])))
                assert pair == alone.estimates[code].compared


def test_places_of_different_averages_keep_theirs():
    alike = pd.DataFrame({"group": list("ABC"), "estimate": [5.0, 15.0, 40.0]})
    frame = pd.concat([alike.assign(place_id=place) for place in ("x", "y")])
    averages = pd.Series({"y": 10.0, "x": 90.0})
    told = {"favourable": False, "scale": 100, "codes": ("mdmu",)}
    found = inequality.many(frame, by="place_id", averages=averages, **told).set_index("place_id")
    for place, average in averages.items():
        rows = frame[frame["place_id"] == place]
        one = inequality.measure("mdmu", rows, favourable=False, scale=100, average=average)
        assert found.loc[place, "value"] == pytest.approx(one.value, rel=1e-12)


def test_every_measure_has_its_card_and_its_docstring_all_heads():
    heads = ("Definition:", "Interpretation:", "Applies", "Caution:", "Reference:")
    measures = WHO | HEALTHY_PEOPLE
    assert set(cards()) == {*measures, "rr"}
    for code, one in measures.items():
        said = " ".join(one.value.__doc__.split())
        for head in heads:
            assert head in said, (code, head)
    documented = " ".join(inequality.rate_ratios.__doc__.split())
    assert all(head in documented for head in heads)


def test_cards_are_whole_sentences():
    for code, card in cards().items():
        for text in (card.plain, card.applies, card.caution):
            assert text.endswith("."), code
            assert "  " not in text, code
