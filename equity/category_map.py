"""A map of counties in categories: classes of two measures, clusters. The numbers of static/county_map.js."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import county_map, map_numbers, words
from equity.map_classes import Classes

NO_RANK = "Categories have no rank."


@dataclass(frozen=True, eq=False)
class Category:
    """A category: its name on a county's card, its words in the legend, its colour on each ground."""

    name: str
    label: str
    light: str
    dark: str


@dataclass(frozen=True, eq=False)
class Fact:
    """A number that a county's card says beside its category; NaN where there is none.

    none is said in its place ("Withheld" and the like would need a word a county).
    """

    title: str
    values: np.ndarray
    decimals: int
    prefix: str = ""
    suffix: str = ""
    none: str = "no number"

    def packed(self) -> dict[str, object]:
        """Give the fact as the map takes it: whole steps, none as one step below the lowest."""
        printed = words.as_printed(self.values, self.decimals)
        steps = np.round(printed * 10.0**self.decimals)
        lowest = int(np.nanmin(steps)) - 1 if np.isfinite(steps).any() else 0
        whole = np.where(np.isfinite(steps), steps, lowest)
        style = {"decimals": self.decimals, "before": self.prefix, "after": self.suffix}
        numbers = map_numbers.pack(whole, offset=lowest)
        return {"title": self.title, "format": style, "none": self.none, "numbers": numbers}


@dataclass(frozen=True)
class Side:
    """A side of a square legend: the measure, and the name and bounds of each class, lowest first."""

    title: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Square:
    """A legend of two measures: category `down * len(across.labels) + across`, both counted from 0."""

    across: Side
    down: Side

    def packed(self) -> dict[str, object]:
        """Give the square as the map takes it."""
        return {
            name: {"title": side.title, "labels": side.labels}
            for name, side in (("across", self.across), ("down", self.down))
        }


def numbers(
    table: pd.DataFrame,
    categories: Sequence[Category],
    *,
    title: str,
    legend_title: str,
    legend_note: str,
    facts: Sequence[Fact] = (),
    square: Square | None = None,
) -> dict[str, object]:
    """Give what static/county_map.js draws: one category a county.

    table has one row a county of one vintage, ordered by place_id, with the columns `category` (from 0; missing
    where there is none), `status` (why it is missing) and `grade` (of the number or the shakiest of several).
    """
    found = table["category"].to_numpy(float)
    shown = map_numbers.Shown(
        found, np.full(len(found), np.nan), np.full(len(found), np.nan), 0, 0, 0.95
    )
    classes = Classes("equal steps", tuple(range(len(categories) - 1)), 0)
    return map_numbers.packed(shown, classes, table) | {
        "title": title,
        "legendTitle": legend_title,
        "legendNote": legend_note,
        "labels": [one.label for one in categories],
        "categories": [one.name for one in categories],
        "palette": {
            "light": [one.light for one in categories],
            "dark": [one.dark for one in categories],
        },
        "facts": [fact.packed() for fact in facts],
        "square": square.packed() if square else None,
        "format": {
            "decimals": 0,
            "marginDecimals": 0,
            "before": "",
            "after": "",
            "z": 1,
            "level": 95,
        },
        "grades": [grade.capitalize() for grade in map_numbers.GRADES],
        "missing": county_map.missing_words(),
        "mayRank": False,
        "whyNoRank": NO_RANK,
        "whyNoSort": NO_RANK,
    }
