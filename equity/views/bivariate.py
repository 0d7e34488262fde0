"""A map of two measures: thirds of counties on each, nine kinds of county in all."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import bivariate, category_map, county_pairs, map_classes, words
from equity.answers import Column, Reading, Table
from equity.bivariate import Bivariate
from equity.category_map import Category, Fact, Square
from equity.category_map import Side as LegendSide
from equity.charts import CountyMap
from equity.comparability import Act
from equity.county_pairs import Pair, Side
from equity.map_classes import Classes
from equity.reliability import SHAKY, SOLID
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"relates measures"})
# A few counties of each kind.
FEWEST_COUNTIES = 30
LEVELS = {1: ("any",), 2: ("low", "high"), 3: ("low", "middle", "high")}
ABOUT_COUNTIES = (
    "This is about counties, not people: two things that are high in one county need not be high for the same "
    "people, and the map does not tell why they meet."
)


@dataclass(frozen=True, eq=False)
class Found:
    """The counties and their classes on both measures: first the outcome's, second the condition's."""

    pair: Pair
    classes: Bivariate

    @property
    def levels(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the classes of outcome and condition, lowest first."""
        return LEVELS[self.classes.first.count], LEVELS[self.classes.second.count]

    @property
    def total(self) -> int:
        """How many counties have both numbers."""
        return int(self.classes.counts.sum())

    @property
    def expected(self) -> float:
        """How many counties would be in the upper class of both if the two had nothing to do with each other."""
        counts = self.classes.counts
        return float(counts[-1].sum() * counts[:, -1].sum() / counts.sum())


def ask(view: View, ask: Ask) -> Found:
    """Give the classes of both measures in each county; raise Refused where a measure does not vary."""
    pair = county_pairs.ask(view, ask, by_residents=False, fewest=FEWEST_COUNTIES)
    # What only one of the two maps of counties has cannot be drawn on one map.
    rows = pair.everywhere
    classes = bivariate.cross(
        rows["outcome"],
        rows["condition"],
        first_decimals=int(pair.outcome.measure["decimals"]),
        second_decimals=int(pair.condition.measure["decimals"]),
    )
    return Found(pair, classes)


def read(found: Found) -> Reading:
    """Put the map into words."""
    pair = found.pair
    subtitle = f"{pair.outcome.said}, and {pair.condition.said}, in thirds of counties."
    return Reading(
        title=finding(found),
        subtitle=subtitle,
        sentences=(
            f"{corners(found)} {by_chance(found)}",
            *against_the_odds(found),
            *chosen(found),
            f"{cuts(pair.outcome, found.classes.first)} {cuts(pair.condition, found.classes.second)}",
            " ".join([*county_pairs.left_out(pair), *county_pairs.pairing(pair)]),
            ABOUT_COUNTIES,
        ),
        alt=f"Map of US counties in nine kinds. {subtitle} {corners(found)}",
    )


def finding(found: Found) -> str:
    """Say in how many counties both are high; where high meets low more often than that, say so instead."""
    counts = found.classes.counts[-1]
    meets = "high" if counts[-1] >= counts[0] else "low"
    both = words.counted(int(max(counts[-1], counts[0])), "county")
    return f"High {found.pair.outcome.name} and {meets} {found.pair.condition.name} meet in {both}"


def corners(found: Found) -> str:
    """Say how many counties stand in each corner."""
    outcome, condition = found.pair.outcome.name, found.pair.condition.name
    counts = found.classes.counts
    high, low = (words.counted(int(count), "county") for count in (counts[-1, -1], counts[0, 0]))
    return (
        f"Of {found.total:,} counties with both numbers, {high} stand high on both and {low} low on both; in "
        f"{counts[-1, 0]:,} {outcome} is high but {condition} low, in {counts[0, -1]:,} the other way round."
    )


def by_chance(found: Found) -> str:
    """Say how many counties would be high on both if the two had nothing to do with each other."""
    return (
        f"If the two had nothing to do with each other, about {found.expected:,.0f} would be high on "
        "both."
    )


def against_the_odds(found: Found) -> list[str]:
    """Say in how many counties the outcome is good where the condition is hard.

    Nothing where good is not said, and nothing of a modelled outcome: a model cannot see what goes well.
    """
    outcome, condition = found.pair.outcome, found.pair.condition
    good = {"higher": -1, "lower": 0}.get(outcome.measure["better"])
    hard = {"higher": 0, "lower": -1}.get(condition.measure["better"])
    if good is None or hard is None or outcome.measure["made"] == "modelled":
        return []
    count = int(found.classes.counts[good, hard])
    if not count:
        return []
    level = {-1: "high", 0: "low"}
    return [
        f"{words.capital(words.counted(count, 'county'))} {'has' if count == 1 else 'have'} {level[good]} "
        f"{outcome.name} though {condition.name} is {level[hard]}: worth asking what goes well there."
    ]


def chosen(found: Found) -> list[str]:
    """Say in which kind of county the chosen one is."""
    place = found.pair.place
    if not place:
        return []
    row = found.pair.everywhere.loc[place]
    if row["why"]:
        return [f"{row['title']} is left out: {row['why']}."]
    kinds = kind_of(found, found.classes.places.loc[place])
    outcome, condition = found.pair.outcome, found.pair.condition
    shaky = " One of its numbers is too shaky to compare." if row["shaky"] else ""
    return [
        f"{row['title']}: {kinds[0]} {outcome.name} ({outcome.amount(row['outcome'])}) and {kinds[1]} "
        f"{condition.name} ({condition.amount(row['condition'])}).{shaky}"
    ]


def kind_of(found: Found, row: pd.Series) -> tuple[str, str]:
    """Give the names of a county's classes."""
    first, second = found.levels
    return first[int(row["first_class"])], second[int(row["second_class"])]


def cuts(side: Side, classes: Classes) -> str:
    """Say where a measure is cut."""
    parts = [
        f"{name} is {bounds}"
        for name, bounds in zip(LEVELS[classes.count], bounds_of(side, classes), strict=True)
    ]
    return f"For {side.name}, {words.listed(parts)}."


def bounds_of(side: Side, classes: Classes) -> list[str]:
    """Write the bounds of each class."""
    said = []
    for low, high in map_classes.bounds_of(classes):
        if low is None and high is None:
            said.append("all counties")
        elif low is None:
            said.append(f"{side.amount(high)} or less")
        elif high is None:
            said.append(f"{side.amount(low)} or more")
        else:
            said.append(
                side.amount(low) if low == high else f"{side.amount(low)} to {side.amount(high)}"
            )
    return said


def tabulate(found: Found) -> Table:
    """Give the count of each kind of county, the counts of the words, then each county."""
    pair = found.pair
    rows = pair.used[["title", "outcome", "condition", "shaky"]]
    kinds = [kind_of(found, row) for _, row in found.classes.places.loc[rows.index].iterrows()]
    first, second = zip(*kinds, strict=True)
    rows = rows.assign(first=first, second=second, figure="")
    rows["note"] = rows.pop("shaky").map({True: "too shaky to compare", False: ""})
    top = pd.DataFrame(figures(found)).assign(note="")
    columns = (
        Column("title", "County or kind of county"),
        Column("figure", "Counties"),
        number("outcome", pair.outcome),
        Column("first", f"{pair.outcome.measure['short_title']} is"),
        number("condition", pair.condition),
        Column("second", f"{pair.condition.measure['short_title']} is"),
        Column("note", "Note"),
    )
    together = pd.concat([top, rows.rename_axis("place_id").reset_index()], ignore_index=True)
    return Table(together, columns)


def number(name: str, side: Side) -> Column:
    """Give the column of a measure's numbers."""
    measure = side.measure
    decimals, ends = int(measure["decimals"]), (measure["prefix"], measure["suffix"])
    return Column(name, measure["short_title"], decimals, *ends)


def figures(found: Found) -> list[dict[str, str]]:
    """Give the counts as rows: the nine kinds, what chance would give, the cuts, what is left out."""
    first, second = found.levels
    kinds = [
        {"title": "Kind of county", "figure": f"{found.classes.counts[i, j]:,}", "first": one, "second": other}
        for i, one in enumerate(first)
        for j, other in enumerate(second)
    ]  # fmt: skip
    sides = (found.pair.outcome, found.classes.first), (found.pair.condition, found.classes.second)
    cut = [(f"Classes of {side.name}", "; ".join(bounds_of(side, one))) for side, one in sides]
    rest = [
        ("High on both if they had nothing to do with each other", f"{found.expected:,.0f}"),
        *cut,
        *county_pairs.figures(found.pair),
    ]
    filled = [
        {"title": title, "figure": figure, "first": "", "second": ""} for title, figure in rest
    ]
    return [*kinds, *filled]


def draw(found: Found) -> tuple[CountyMap, ...]:
    """Draw the map with a square legend."""
    pair, classes = found.pair, found.classes
    rows = pair.everywhere
    places = classes.places
    category = np.where(
        places["first_class"].ge(0),
        places["first_class"] * classes.second.count + places["second_class"],
        np.nan,
    )
    status = rows["outcome_status"].where(rows["outcome"].isna(), rows["condition_status"])
    table = pd.DataFrame(
        {
            "category": category,
            "status": status.fillna("not published"),
            "grade": np.where(rows["shaky"], SHAKY, SOLID),
        },
        index=rows.index,
    )
    numbers = category_map.numbers(
        table,
        categories(found),
        title=f"{pair.outcome.said}, and {pair.condition.said}",
        legend_title="Kinds of county",
        legend_note="Thirds of counties on each measure: equal numbers of counties, not equal steps.",
        facts=[fact(pair.outcome, rows["outcome"]), fact(pair.condition, rows["condition"])],
        square=square(found),
    )
    return (CountyMap(numbers, vintage=pair.outcome.vintage),)


def categories(found: Found) -> list[Category]:
    """Give the kinds of county with their colours."""
    first, second = found.levels
    outcome, condition = found.pair.outcome.name, found.pair.condition.name
    light, dark = (bivariate.colours(found.classes, ground) for ground in ("light", "dark"))
    return [
        Category(
            name=f"{words.capital(one)} {outcome}, {other} {condition}",
            label=f"{words.capital(one)}, {other}",
            light=light[i][j],
            dark=dark[i][j],
        )
        for i, one in enumerate(first)
        for j, other in enumerate(second)
    ]


def fact(side: Side, values: pd.Series) -> Fact:
    """Give a measure's numbers for the cards of counties."""
    measure = side.measure
    return Fact(
        measure["short_title"],
        values.to_numpy(float),
        int(measure["decimals"]),
        measure["prefix"],
        measure["suffix"],
    )


def square(found: Found) -> Square:
    """Give the legend: the condition across, the outcome down."""
    sides = (found.pair.outcome, found.classes.first), (found.pair.condition, found.classes.second)
    down, across = (
        LegendSide(
            side.name,
            tuple(
                (words.capital(level), bounds)
                for level, bounds in zip(
                    LEVELS[classes.count], bounds_of(side, classes), strict=True
                )
            ),
        )
        for side, classes in sides
    )
    return Square(across=across, down=down)
