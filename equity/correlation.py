"""How two measures of counties go together: correlation, line and outliers (METHODS.md section 5)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from equity.errors import Refused

FEWEST_PLACES = 10
# Standardised residuals beyond this are outliers: by chance about 1 place in 80.
OUTLYING = 2.5


@dataclass(frozen=True)
class Correlation:
    """A coefficient from -1 to 1 with its interval (None where n is 3 or less), and the n behind it."""

    value: float
    low: float | None
    high: float | None
    n: float
    n_means: str
    method: str


@dataclass(frozen=True)
class Relation:
    """Two measures over places: y = intercept + slope x, and how closely they go together.

    points, index place_id: x, y, weight, fitted, residual (standardised), outlier. left_out counts places
    that lack a number or weight. n of places used is len(points).
    """

    pearson: Correlation
    spearman: Correlation
    slope: float
    intercept: float
    points: pd.DataFrame
    left_out: int
    level: float

    @property
    def outliers(self) -> pd.DataFrame:
        """The points beyond 2.5 standardised residuals, farthest first."""
        beyond = self.points[self.points["outlier"]]
        return beyond.sort_values("residual", key=np.abs, ascending=False, kind="stable")


def relate(
    x: pd.Series, y: pd.Series, *, weight: pd.Series | None, level: float = 0.95
) -> Relation:
    """Give how two measures go together over places, each place once or by its weight.

    Definition: Pearson's r (weighted by weight where given) with Fisher's interval
    tanh(atanh r -+ z / sqrt(n - 3)); n is the number of places, or weighted Kish's effective number
    (sum w)^2 / sum w^2. Spearman's r over places, never weighted, SE sqrt((1 + r^2 / 2) / (n - 3)). The line
    has the least (weighted) squares of y. Outliers lie more than 2.5 standardised residuals off it.
    Interpretation: r^2 is the share of the spread in y that goes along with x over places. Applies to:
    places of one level, indexed by place_id; places without both numbers or with no weight are left out and
    counted. Units: the slope is in y's unit for one unit of x. Caution: about places, never people
    (ecological fallacy), and no cause; neighbors are alike, so the interval is too narrow; noise in x pulls r and
    the slope to 0. Raises Refused with under 10 places or where one measure is everywhere the same.
    Reference: Fisher 1921; Bonett and Wright 2000; Kish 1965.
    """
    everywhere = pd.DataFrame({"x": x, "y": y, "weight": 1.0 if weight is None else weight})
    points = everywhere[everywhere.notna().all(axis=1) & everywhere["weight"].gt(0)].astype(float)
    refuse_unfit(points)
    w = points["weight"]
    effective = float(w.sum() ** 2 / (w**2).sum())
    means = "places" if weight is None else "places, in effect: uneven weights count for fewer"
    r = pearson(points["x"], points["y"], w)
    ranks = points[["x", "y"]].rank()
    rank_r = pearson(ranks["x"], ranks["y"], w * 0 + 1)
    slope, intercept = line(points["x"], points["y"], w)
    return Relation(
        pearson=Correlation(
            r, *fisher(r, effective, 1.0, level), effective, means, "Pearson, Fisher's interval"
        ),
        spearman=Correlation(
            rank_r,
            *fisher(rank_r, len(points), 1 + rank_r**2 / 2, level),
            len(points),
            "places",
            "Spearman, interval of Bonett and Wright",
        ),
        slope=slope,
        intercept=intercept,
        points=with_residuals(points, slope, intercept),
        left_out=len(everywhere) - len(points),
        level=level,
    )


def refuse_unfit(points: pd.DataFrame) -> None:
    """Raise Refused where there are too few places or nothing that varies."""
    if len(points) < FEWEST_PLACES:
        raise Refused(
            rule="too few places",
            why=f"Only {len(points)} places have both numbers; it takes {FEWEST_PLACES}.",
            instead="Choose measures or years that more places have.",
        )
    if points["x"].nunique() == 1 or points["y"].nunique() == 1:
        raise Refused(
            rule="no spread",
            why="One of the two is the same in every place, so nothing can go along with it.",
            instead="Choose another measure.",
        )


def pearson(x: pd.Series, y: pd.Series, w: pd.Series) -> float:
    """Give the weighted correlation of two Series."""
    dx, dy = x - np.average(x, weights=w), y - np.average(y, weights=w)
    r = (w * dx * dy).sum() / np.sqrt((w * dx**2).sum() * (w * dy**2).sum())
    return float(np.clip(r, -1, 1))


def fisher(r: float, n: float, widening: float, level: float) -> tuple[float | None, float | None]:
    """Give the limits of a correlation on Fisher's scale; widening multiplies the variance 1 / (n - 3)."""
    if n <= 3:
        return None, None
    if abs(r) == 1:
        return r, r
    reach = ndtri((1 + level) / 2) * np.sqrt(widening / (n - 3))
    low, high = np.tanh([np.arctanh(r) - reach, np.arctanh(r) + reach])
    return float(low), float(high)


def line(x: pd.Series, y: pd.Series, w: pd.Series) -> tuple[float, float]:
    """Give slope and intercept of the line of least weighted squares."""
    mean_x, mean_y = np.average(x, weights=w), np.average(y, weights=w)
    slope = (w * (x - mean_x) * (y - mean_y)).sum() / (w * (x - mean_x) ** 2).sum()
    return float(slope), float(mean_y - slope * mean_x)


def with_residuals(points: pd.DataFrame, slope: float, intercept: float) -> pd.DataFrame:
    """Give points with their distance to the line in standard deviations of such distances.

    e / (s sqrt(1 - h)), s^2 the weighted mean of e^2 times n / (n - 2), h the leverage: internally studentised
    where weights are equal. Weights say how many people live there, not how exact a value is, so a distance
    is not multiplied by them: each large county would be an outlier.
    """
    x, w = points["x"], points["weight"] / points["weight"].sum()
    fitted = intercept + slope * x
    off = points["y"] - fitted
    around = x - (w * x).sum()
    leverage = w + w * around**2 / (w * around**2).sum()
    spread = np.sqrt((w * off**2).sum() * len(points) / (len(points) - 2))
    # All on the line: rounding is no distance.
    if spread <= 1e-9 * points["y"].abs().max():
        residual = off * 0.0
    else:
        residual = off / (spread * np.sqrt((1 - leverage).clip(lower=1e-12)))
    return points.assign(fitted=fitted, residual=residual, outlier=residual.abs().gt(OUTLYING))
