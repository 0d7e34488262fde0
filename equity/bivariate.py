"""Two measures on one map: three classes of each make nine kinds of county, with colours to tell them apart."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from equity.errors import Refused
from equity.map_classes import Classes, class_of, thirds

CLASSES = 3
# Row: class of the first measure, low to high (towards orange); column: class of the second (towards
# blue). Made in Lab between four corners so that the nearest two of the nine are as far apart as can be for
# normal sight and three colour-vision deficiencies, all 3 to 1 on their ground; a test computes the distances.
PALETTE = {
    "light": (
        ("#a3908c", "#696b85", "#1b487c"),
        ("#97634b", "#604247", "#262540"),
        ("#81350a", "#4a1b0d", "#1c0006"),
    ),
    "dark": (
        ("#5e6165", "#658bad", "#5ab9fb"),
        ("#9e795c", "#b0a9a6", "#b8dbf5"),
        ("#db9351", "#f1c79e", "#fdfdee"),
    ),
}


@dataclass(frozen=True)
class Bivariate:
    """Counties in classes of two measures.

    places, index place_id: first and second (values), first_class and second_class (0 low to 2 high, -1 where
    either value is missing). counts[i, j]: counties in class i of the first and j of the second. left_out
    counts counties that lack either value.
    """

    places: pd.DataFrame
    first: Classes
    second: Classes
    counts: np.ndarray
    left_out: int

    @property
    def merged(self) -> tuple[str, ...]:
        """Which of the measures has fewer than three classes, because many counties share a value."""
        named = {"first": self.first, "second": self.second}
        return tuple(name for name, classes in named.items() if classes.count < CLASSES)


def cross(
    first: pd.Series, second: pd.Series, *, first_decimals: int, second_decimals: int
) -> Bivariate:
    """Give the classes of two measures over counties, and how many counties fall in each pair.

    Definition: each measure is cut at its own terciles over all counties that have it, on values as shown
    (rounded to their decimals), so that equal values share a class and a pair of measures never moves the
    breaks. Interpretation: the corner high-high holds counties in the upper third of both. Applies to: two
    measures of one county map, indexed by place_id; a county that lacks one is left out and counted. Units: those
    of the measures. Caution: thirds differ in width; a county near a break may change class by chance; two measures
    high in one place are no cause. Raises Refused where a measure has no value or one value everywhere.
    Reference: METHODS.md section 5; Trumbo 1981.
    """
    places = pd.DataFrame({"first": first, "second": second}, dtype=float)
    refuse_unfit(places)
    one = thirds(places["first"].to_numpy(), decimals=first_decimals)
    other = thirds(places["second"].to_numpy(), decimals=second_decimals)
    known = places[["first", "second"]].notna().all(axis=1)
    places["first_class"] = np.where(known, class_of(one, places["first"].to_numpy()), -1)
    places["second_class"] = np.where(known, class_of(other, places["second"].to_numpy()), -1)
    counts = np.zeros((one.count, other.count), dtype=int)
    both = places[known]
    np.add.at(counts, (both["first_class"].to_numpy(), both["second_class"].to_numpy()), 1)
    return Bivariate(places, one, other, counts, int((~known).sum()))


def refuse_unfit(places: pd.DataFrame) -> None:
    """Raise Refused where a measure has nothing to make classes of."""
    for name in ("first", "second"):
        different = places[name].nunique()
        if different < 2:
            raise Refused(
                rule="no spread",
                why=f"The {name} measure has "
                + ("no number in any county." if different == 0 else "one value in every county."),
                instead="Choose another measure, year or group.",
            )


def colours(classes: Bivariate, ground: Literal["light", "dark"]) -> list[list[str]]:
    """Give the colour of each pair of classes, as counts are laid out; fewer classes keep the ends."""
    rows = spread_out(classes.first.count)
    columns = spread_out(classes.second.count)
    return [[PALETTE[ground][row][column] for column in columns] for row in rows]


def spread_out(count: int) -> list[int]:
    """Give which of the three steps so many classes take: 0, 2 for two; the middle for one."""
    if count == 1:
        return [CLASSES // 2]
    return [round(step * (CLASSES - 1) / (count - 1)) for step in range(count)]
