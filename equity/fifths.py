"""Fifths of people by a condition of their counties: what the kind of view `gradient` found, and its charts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from equity import gradient, words
from equity.charts import Axis, Chart, Mark
from equity.county_pairs import Pair, Side
from equity.errors import Refused
from equity.gradient import Gradient
from equity.inequality import Estimate

# Parts from the lowest value of the condition to the highest, by how many there are.
UPWARDS = {
    2: ("lowest", "highest"),
    3: ("lowest", "middle", "highest"),
    4: ("lowest", "second lowest", "second highest", "highest"),
    5: ("lowest", "second lowest", "middle", "second highest", "highest"),
}
CURVE_POINTS = 60
# An axis of shares begins a little before 0, so that the two zeros do not cover each other.
SHARES = (-3, 102)


@dataclass(frozen=True, eq=False)
class Found:
    """The fifths of people, the measures of inequality between them, and those that cannot be given."""

    pair: Pair
    gradient: Gradient
    estimates: dict[str, Estimate]
    refused: dict[str, Refused]

    @property
    def groups(self) -> pd.DataFrame:
        """The fifths, from the least advantaged, each with its name by the condition."""
        groups = self.gradient.groups
        names = UPWARDS[len(groups)]
        up = self.pair.condition.measure["better"] == "higher"
        return groups.assign(name=names if up else names[::-1])


def span(found: Found, row: pd.Series) -> str:
    """Write from where to where the condition runs in a fifth."""
    low, high = (found.pair.condition.amount(row[end]) for end in ("lowest", "highest"))
    return low if low == high else f"{low} to {high}"


def scale_of(side: Side) -> float | None:
    """Give the whole that a share or rate is of; None for amounts, and for balances, which fall below 0."""
    measure = side.measure
    if pd.isna(measure["scale"]) or measure["minimum"] < 0:
        return None
    return float(measure["scale"])


def middles(groups: pd.DataFrame) -> np.ndarray:
    """Give the middle of each fifth in the order of people, from 0 to 1."""
    share = groups["population"] / groups["population"].sum()
    return (share.cumsum() - share / 2).to_numpy()


def fifths_chart(found: Found) -> Chart:
    """Give the dots with intervals and the slope."""
    groups, outcome, condition = found.groups, found.pair.outcome, found.pair.condition
    ends = {
        end: tuple(None if pd.isna(value) else float(value) for value in groups[end])
        for end in ("low", "high")
    }
    dots = Mark(
        "dots",
        x=tuple((100 * middles(groups)).round(1)),
        y=tuple(groups["estimate"].astype(float)),
        **ends,
        name="A fifth of people",
        labels=tuple(outcome.amount(value) for value in groups["estimate"]),
        hover=tuple(
            f"{words.capital(row['name'])} {condition.name}\n{span(found, row)}\n"
            f"{outcome.amount(row['estimate'])}"
            for _, row in groups.iterrows()
        ),
    )
    first, last = groups["name"].iloc[[0, -1]]
    across = Axis(
        title=f"People by their county's {condition.name}: {first} at the left, {last} at the right",
        suffix="%",
        span=SHARES,
    )
    measure = outcome.measure
    up = Axis(
        title=measure["short_title"],
        prefix=measure["prefix"],
        suffix=measure["suffix"],
        decimals=int(measure["decimals"]),
        zero=bool(groups["estimate"].min() >= 0),
    )
    return Chart((*slope_mark(found), dots), x=across, y=up)


def slope_mark(found: Found) -> tuple[Mark, ...]:
    """Give the fitted slope as a line; none where there is no slope index."""
    if "sii" not in found.estimates:
        return ()
    bottom, top = fitted_ends(found)
    scale = scale_of(found.pair.outcome)
    share = np.linspace(0, 1, CURVE_POINTS)
    if scale is None:
        y = bottom + (top - bottom) * share
    else:
        start, end = logit(bottom / scale), logit(top / scale)
        y = scale * expit(start + (end - start) * share)
    return (
        Mark(
            "line",
            x=tuple(100 * share),
            y=tuple(y),
            name="Fitted slope",
            tone="quiet",
            sizes=(0,) * len(share),
        ),
    )


def fitted_ends(found: Found) -> tuple[float, float]:
    """Give the fitted outcome at both ends of the order, from the slope index and the relative one.

    With a straight line the middle of the order lies at the mean, which gives the ends where their
    ratio is 1 or has no meaning.
    """
    gap = found.estimates["sii"].value
    ratio = found.estimates["rii"].value if "rii" in found.estimates else 1.0
    if abs(ratio - 1) > 1e-9 and scale_of(found.pair.outcome) is not None:
        bottom = gap / (ratio - 1)
        return bottom, bottom + gap
    mean = float(np.average(found.groups["estimate"], weights=found.groups["population"]))
    return mean - gap / 2, mean + gap / 2


def concentration_chart(found: Found) -> tuple[Chart, ...]:
    """Give the concentration curve over counties; none for amounts that are no share of a whole."""
    outcome, condition = found.pair.outcome, found.pair.condition
    if scale_of(outcome) is None:
        return ()
    try:
        curve = gradient.concentration_curve(found.gradient.counties)
    except Refused:
        return ()
    kept = np.unique(np.linspace(0, len(curve) - 1, CURVE_POINTS).round().astype(int))
    curve = 100 * curve.iloc[kept]
    first = found.groups["name"].iloc[0]
    lines = (
        Mark(
            "line", (0, 100), (0, 100), name="Even shares", tone="quiet", dashed=True, sizes=(0, 0)
        ),  # fmt: skip
        Mark(
            "line",
            x=tuple(curve["people"].round(2)),
            y=tuple(curve["outcome"].round(2)),
            name="As it is",
            sizes=(0,) * len(curve),
        ),
    )
    return (
        Chart(
            lines,
            x=Axis(
                title=f"People, counted from the counties with the {first} {condition.name}",
                suffix="%",
                span=SHARES,
            ),
            y=Axis(title=f"Share of all {outcome.name}", suffix="%", span=SHARES),
            title="Concentration curve: above the dashed line, more than an even share",
        ),
    )
