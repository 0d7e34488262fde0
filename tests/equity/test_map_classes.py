"""Classes hold what they say, and their colours can be told apart."""

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity import map_classes
from equity.map_classes import Classes, bounds_of, class_of, classify, palette

GROUNDS = {"light": "#ffffff", "dark": "#0e1117"}
# Machado, Oliveira and Fernandes 2009, severity 1, on linear red, green and blue.
SIGHTS = {
    "normal sight": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SEQUENTIAL = [Classes("quantiles", tuple(range(n - 1)), 0) for n in (2, 3, 4, 5, 6, 7)]
DIVERGING = [
    Classes("around the US value", breaks, 0, benchmark=10)
    for breaks in ((4, 8, 10, 12, 16), (8, 10, 12), (10,), (4, 8, 10), (10, 12, 16))
]


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, sight: str) -> float:
    """CIE 1976 distance as somebody with that sight sees it; about 2.3 can just be told apart."""
    seen = [lab(np.array(SIGHTS[sight]) @ linear(colour)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("classes", SEQUENTIAL, ids=lambda classes: f"{classes.count} classes")
def test_sequential_ends_contrast_with_each_other_and_with_the_ground(classes, ground):
    colours = palette(classes, ground)
    assert len(colours) == classes.count
    assert contrast(colours[0], colours[-1]) >= 3
    assert min(contrast(colour, GROUNDS[ground]) for colour in colours) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("classes", DIVERGING, ids=lambda classes: str(classes.breaks))
def test_diverging_ends_contrast_with_the_ground(classes, ground):
    colours = palette(classes, ground)
    assert len(colours) == classes.count
    assert contrast(colours[0], GROUNDS[ground]) >= 3
    assert contrast(colours[-1], GROUNDS[ground]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_diverging_ends_contrast_with_the_middle(ground):
    colours = palette(DIVERGING[0], ground)
    assert contrast(colours[0], colours[2]) >= 3
    assert contrast(colours[5], colours[3]) >= 3


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("classes", SEQUENTIAL + DIVERGING, ids=str)
def test_neighbouring_classes_can_be_told_apart(classes, ground, sight):
    colours = palette(classes, ground)
    gaps = [distance(*pair, sight) for pair in zip(colours, colours[1:], strict=False)]
    assert min(gaps) >= 8


def test_quantiles_put_equal_numbers_of_counties_in_classes():
    values = np.arange(100) / 10
    classes = classify(values, method="quantiles", count=5, decimals=1)
    assert np.bincount(class_of(classes, values)).tolist() == [20] * 5


def test_many_ties_give_fewer_classes_and_none_is_empty():
    values = np.array([0.0] * 900 + list(range(1, 101)))
    classes = classify(values, method="quantiles", count=5, decimals=0)
    assert classes.breaks == (0.0,)
    assert np.bincount(class_of(classes, values)).tolist() == [900, 100]


@pytest.mark.parametrize("method", ["quantiles", "natural breaks", "equal steps"])
def test_one_value_everywhere_is_one_class(method):
    classes = classify(np.array([3.0, 3.0, 3.0]), method=method, count=5, decimals=1)
    assert classes.count == 1
    assert class_of(classes, np.array([3.0, np.nan])).tolist() == [0, -1]


def test_no_value_is_refused():
    with pytest.raises(map_classes.NoValuesError):
        classify(np.array([np.nan]), method="quantiles", count=5, decimals=1)


def test_classes_around_the_us_value_never_straddle_it():
    values = np.array([1, 2, 3, 4, 5, 6, 8, 9, 10, 30, 40], dtype=float)
    classes = classify(values, method="around the US value", count=5, decimals=0, benchmark=7.2)
    assert classes.benchmark == 7
    assert 7 in classes.breaks
    below = class_of(classes, values[values <= 7]).max()
    assert class_of(classes, values[values > 7]).min() == below + 1
    assert len(palette(classes, "light")) == classes.count


def test_us_value_above_every_county_leaves_the_upper_side_empty_but_printed():
    classes = classify(
        np.arange(10.0), method="around the US value", count=5, decimals=0, benchmark=20
    )
    assert classes.breaks[-1] == 20
    assert len(palette(classes, "dark")) == classes.count


def test_natural_breaks_are_those_of_mapclassify():
    values = np.round(np.random.default_rng(7).gamma(4, 3, 150), 1)
    ours = classify(values, method="natural breaks", count=5, decimals=1)
    with pytest.warns(UserWarning, match="Numba"):
        theirs = mapclassify.FisherJenks(values, k=5).bins
    assert ours.breaks == tuple(np.round(theirs[:-1], 1))


def test_bounds_print_each_value_once():
    classes = Classes("quantiles", (1.5, 2.0), 1)
    assert bounds_of(classes) == [(None, 1.5), (1.6, 2.0), (2.1, None)]


@given(
    st.lists(st.floats(-1e4, 1e6, allow_nan=False), min_size=1, max_size=60),
    st.sampled_from(["quantiles", "natural breaks", "equal steps"]),
    st.integers(5, 7),
    st.integers(0, 2),
)
def test_every_shown_value_lies_within_the_printed_bounds_of_its_class(
    values, method, count, decimals
):
    values = np.array(values)
    classes = classify(values, method=method, count=count, decimals=decimals)
    assert classes.count <= count
    printed = bounds_of(classes)
    shown = [float(f"{value:.{decimals}f}") for value in values]
    for value, k in zip(shown, class_of(classes, values), strict=True):
        low, high = printed[k]
        assert low is None or value >= low - 1e-9
        assert high is None or value <= high
