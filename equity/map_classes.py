"""Classes and colours of a map: breaks that stay the same across years and groups, and are printed.

A class holds values as they are shown: values and breaks are rounded to the measure's decimals
first, so that a printed legend, a printed value and a colour can never disagree.
"""

import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import mapclassify
import numpy as np

from equity import words

Method = Literal["quantiles", "natural breaks", "equal steps", "around the US value"]
METHODS: dict[Method, str] = {
    "quantiles": "Equal numbers of counties in each class",
    "natural breaks": "Natural breaks (Fisher-Jenks): classes as alike inside as can be",
    "equal steps": "Steps of equal size from the lowest to the highest",
    "around the US value": "Below and above the US value, each in up to three classes",
}
FEWEST, DEFAULT, MOST = 5, 5, 7

# Thirteen steps, so that 2, 3, 4, 5 and 7 classes take evenly spaced ones. Made in OKLCH with even
# steps of lightness; on both grounds the end nearest the ground keeps a contrast of 3 to 1 to it.
SEQUENTIAL = {
    "light": "#28a59d #009a9c #0a8d98 #098194 #087490 #01688c #005c88 "
    "#015085 #13437e #1c3675 #21296b #241c5f #240e53",
    "dark": "#5661a6 #5370af #517fb7 #518dbc #559cc1 #5da9c4 #68b6c6 "
    "#77c2c8 #89cecb #9cd9cd #b0e4d1 #c4eed6 #d8f9dd",
}
# From the benchmark outwards: orange below it, purple above.
DIVERGING = {
    "light": ("#dba475 #b16a1c #6d3800", "#aea2d6 #7c60bd #471e86"),
    "dark": ("#775229 #c9842c #ffc88c", "#5c4295 #927ad2 #d4c8fe"),
}


class NoValuesError(ValueError):
    """No value to make classes of."""


@dataclass(frozen=True)
class Classes:
    """Classes of a map: `breaks` are the highest shown value of each class but the last."""

    method: Method
    breaks: tuple[float, ...]
    decimals: int
    benchmark: float | None = None

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.breaks) + 1


def classify(
    reference: np.ndarray,
    *,
    method: Method,
    count: int,
    decimals: int,
    benchmark: float | None = None,
) -> Classes:
    """Classes for a measure from reference values, so that every year and group shares them.

    Many ties or few different values give fewer classes than asked for. Raises NoValuesError when
    there is no value, ValueError for an unknown method or a missing benchmark.
    """
    shown = words.as_printed(reference[np.isfinite(reference)], decimals)
    if not len(shown):
        raise NoValuesError("There is no value to make classes of.")
    if not FEWEST <= count <= MOST:
        raise ValueError(f"A map has {FEWEST} to {MOST} classes, not {count}.")
    if method == "around the US value":
        if benchmark is None:
            raise ValueError("Classes around the US value need a US value.")
        benchmark = round(benchmark, decimals)
        bounds = around(shown, benchmark)
    else:
        benchmark = None
        bounds = upper_bounds(shown, method, count)
    return closed(shown, bounds, method=method, decimals=decimals, benchmark=benchmark)


def thirds(reference: np.ndarray, *, decimals: int) -> Classes:
    """Three classes with equal numbers of counties, for a map of two measures; ties may leave fewer.

    Raises NoValuesError when there is no value.
    """
    shown = words.as_printed(reference[np.isfinite(reference)], decimals)
    if not len(shown):
        raise NoValuesError("There is no value to make classes of.")
    bounds = upper_bounds(shown, "quantiles", 3)
    # A bound between two values that are far apart would leave the class between them empty.
    different = np.unique(shown)
    bounds = different[np.searchsorted(different, bounds, side="right") - 1]
    return closed(shown, bounds, method="quantiles", decimals=decimals, benchmark=None)


def closed(
    shown: np.ndarray,
    bounds: Iterable[float],
    *,
    method: Method,
    decimals: int,
    benchmark: float | None,
) -> Classes:
    """Classes from upper bounds: on shown values, none empty but beside a benchmark."""
    highest = shown.max()
    breaks = sorted({shown_at_or_below(float(bound), decimals) for bound in bounds})
    kept = tuple(bound for bound in breaks if bound < highest or bound == benchmark)
    return Classes(method, kept, decimals, benchmark)


def shown_at_or_below(bound: float, decimals: int) -> float:
    """The highest number with these decimals not above a bound, so no value changes class."""
    step = 10.0**decimals
    return round(math.floor(round(bound * step, 6)) / step, decimals)


def upper_bounds(shown: np.ndarray, method: Method, count: int) -> np.ndarray:
    """The highest value of each class by a method that knows no benchmark."""
    different = np.unique(shown)
    if len(different) <= count:
        return different
    if method == "quantiles":
        return quantiles(shown, count)
    if method == "equal steps":
        return mapclassify.EqualInterval(shown, k=count).bins
    if method == "natural breaks":
        return natural_breaks(shown, count)
    raise ValueError(f"Unknown method {method!r}; choose one of {', '.join(METHODS)}.")


def quantiles(shown: np.ndarray, count: int) -> np.ndarray:
    """Bounds of classes with equal numbers of counties; ties may leave fewer."""
    with warnings.catch_warnings():
        # Fewer classes because of ties is what we want, and the legend shows it.
        warnings.filterwarnings("ignore", message="Not enough unique values")
        return mapclassify.Quantiles(shown, k=count).bins


def around(shown: np.ndarray, benchmark: float) -> list[float]:
    """Bounds of up to three classes at or below a benchmark and up to three above it."""
    below, above = shown[shown <= benchmark], shown[shown > benchmark]
    bounds = [benchmark]
    for side in (below, above):
        if len(side):
            bounds += upper_bounds(side, "quantiles", 3)[:-1].tolist()
    return bounds


def natural_breaks(shown: np.ndarray, count: int) -> np.ndarray:
    """Bounds with the least squared distance to class means (Fisher 1958), exactly.

    mapclassify's FisherJenks gives the same bounds; without numba it needs 23 seconds for the
    3,142 counties, this needs 0.1. A test compares the two.
    """
    values, weights = np.unique(shown, return_counts=True)
    weight = np.concatenate([[0], np.cumsum(weights)])
    total = np.concatenate([[0], np.cumsum(weights * values)])
    square = np.concatenate([[0], np.cumsum(weights * values**2)])

    def spread(start: np.ndarray, end: int) -> np.ndarray:
        n, mass = weight[end] - weight[start], total[end] - total[start]
        return square[end] - square[start] - mass**2 / n

    m = len(values)
    least = np.array([0.0] + [spread(np.array([0]), end)[0] for end in range(1, m + 1)])
    starts = []
    for classes in range(2, count + 1):
        fewer, least, first = least, np.full(m + 1, np.inf), np.zeros(m + 1, dtype=int)
        for end in range(classes, m + 1):
            options = np.arange(classes - 1, end)
            costs = fewer[options] + spread(options, end)
            first[end] = options[costs.argmin()]
            least[end] = costs.min()
        starts.append(first)
    ends = [m]
    for first in reversed(starts):
        ends.append(first[ends[-1]])
    return values[np.array(ends[::-1]) - 1]


def class_of(classes: Classes, values: np.ndarray) -> np.ndarray:
    """The class of each value, counted from 0; -1 where there is no value."""
    values = np.asarray(values, dtype=float)
    found = np.searchsorted(classes.breaks, words.as_printed(values, classes.decimals), side="left")
    return np.where(np.isfinite(values), found, -1)


def bounds_of(classes: Classes) -> list[tuple[float | None, float | None]]:
    """The lowest and highest shown value of each class; None where a class is open."""
    step = 10.0**-classes.decimals
    lows = [None] + [round(bound + step, classes.decimals) for bound in classes.breaks]
    return list(zip(lows, [*classes.breaks, None], strict=True))


def palette(classes: Classes, ground: Literal["light", "dark"]) -> list[str]:
    """A colour for each class on a light or dark ground, lowest class first."""
    if classes.benchmark is not None:
        below, above = (side.split() for side in DIVERGING[ground])
        at_or_below = sum(bound <= classes.benchmark for bound in classes.breaks)
        return pick(below, at_or_below)[::-1] + pick(above, classes.count - at_or_below)
    return pick(SEQUENTIAL[ground].split(), classes.count)


def pick(ramp: list[str], count: int) -> list[str]:
    """Evenly spaced colours of a ramp, from its first to its last."""
    if count == 1:
        return [ramp[len(ramp) // 2]]
    return [ramp[round(k * (len(ramp) - 1) / (count - 1))] for k in range(count)]
