"""A funnel: every county's rate by its size, with the limits that chance alone keeps it in."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import counts, funnel, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark, Reference
from equity.comparability import Act
from equity.counts import Counts
from equity.funnel import ABOVE, BELOW, WITHIN, Funnel
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset()
# A limit's line is drawn through this many counties, from the smallest to the largest.
STEPS = 80
MOST_NAMED = 6
SIDES = {
    ABOVE: "above the outer limits",
    BELOW: "below the outer limits",
    WITHIN: "inside the outer limits",
}


@dataclass(frozen=True, eq=False)
class Found:
    """The counts, the funnel around the rate of all counties together, and the chosen county."""

    counts: Counts
    funnel: Funnel
    place: str


def ask(view: View, ask: Ask) -> Found:
    """Give each county against the limits of chance around the rate of all counties together."""
    found = counts.ask(view, ask)
    drawn = funnel.of_counts(
        found.rows["events"],
        found.rows["people"],
        centre=None,
        scale=float(found.measure["scale"]),
        chance="poisson",
    )
    return Found(found, drawn, view.places[0] if view.places else "")


def read(found: Found) -> Reading:
    """Put the funnel into words: how many lie outside, how many chance alone would put there."""
    measure, drawn = found.counts.measure, found.funnel
    places, outside = len(drawn.places), drawn.outside(0.95)
    centre = words.amount(drawn.centre, measure)
    inside = places - outside
    sentences = [
        f"Taken together, the {places:,} counties with a count have {centre} {counts.unit(measure)}.",
        "The fewer people a county has, the further chance alone moves its rate: between the inner lines, 95 of 100 "
        "counties would lie if all had this one rate.",
        f"{inside:,} counties lie inside the inner lines and {outside:,} outside; chance alone would put about "
        f"{drawn.expected_outside(0.95):,.0f} outside.",
        f"Outside the outer lines lie {drawn.outside(0.998):,}; chance alone would put about "
        f"{drawn.expected_outside(0.998):,.0f} there.",
        chosen(found),
        missing(found),
        more_than_chance(drawn),
    ]
    return Reading(
        title=f"Chance alone could explain the rate of {inside:,} of {places:,} counties",
        subtitle=f"{measure['title']}, {words.period(found.counts.period)}, by number of people",
        sentences=tuple(sentence for sentence in sentences if sentence),
        alt=(
            f"A funnel of {places:,} points: rates spread widely where few people live and narrowly where many do. "
            f"{inside:,} lie inside the 95% limits of chance around {centre}."
        ),
    )


def chosen(found: Found) -> str:
    """Say where the chosen county lies; that it has no count, where it has none."""
    rows, drawn = found.counts.rows, found.funnel
    if found.place not in rows.index:
        return ""
    name = rows.loc[found.place, "place_title"]
    if found.place not in drawn.places.index:
        return f"{name} has no count here, so it is not on the chart."
    row = drawn.places.loc[found.place]
    value = words.amount(row["value"], found.counts.measure)
    side = {
        WITHIN: "inside the inner lines, so chance alone can explain it",
        ABOVE: "above the inner line",
        BELOW: "below the inner line",
    }[row["outside_95"]]
    people = words.counted_people(row["population"])
    return f"{name}, with {people}, has {value}, {side}."


def missing(found: Found) -> str:
    """Say how many places are left out, and that small ones are among them where counts are withheld."""
    left_out, withheld = found.funnel.left_out, found.counts.withheld
    if not left_out:
        return ""
    hidden = f"; for {withheld:,} of them a small count is withheld, so small places are missing"
    return f"{left_out:,} places have no count here{hidden if withheld else ''}."


def more_than_chance(drawn: Funnel) -> str:
    """Say that more lie outside than chance puts there, and what that does not mean."""
    if drawn.outside(0.95) <= 2 * drawn.expected_outside(0.95):
        return ""
    return (
        "More lie outside than chance puts there: counties do differ, in the ages of their people and in much "
        "else. The lines tell chance from the rest; they do not tell why."
    )


def tabulate(found: Found) -> Table:
    """Give each county with its count, its limits, its side and its smoothed rate."""
    measure, drawn = found.counts.measure, found.funnel
    rows = drawn.places.join(found.counts.rows[["place_title", "events"]])
    rows = rows.assign(side=rows["outside_998"].map(SIDES)).reset_index()
    printed = {
        "decimals": int(measure["decimals"]),
        "prefix": measure["prefix"],
        "suffix": measure["suffix"],
    }
    columns = (
        Column("place_title", "County"),
        Column("population", "People", 0),
        Column("events", "Events", 0),
        Column("value", "Rate", **printed),
        Column("low_95", "Inner line, low", **printed),
        Column("high_95", "Inner line, high", **printed),
        Column("low_998", "Outer line, low", **printed),
        Column("high_998", "Outer line, high", **printed),
        Column("smoothed", "Smoothed rate", **printed),
        Column("side", "Where it lies"),
    )
    return Table(rows, columns)


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a point a county over its people, the limits as lines, the far ones and the chosen one named."""
    measure, places = found.counts.measure, found.funnel.places
    inside = places["outside_998"].eq(WITHIN)
    digits = int(measure["decimals"]) + 1
    marks = [
        *limits(places, digits),
        points(places[inside], "Inside the outer lines", "quiet", digits),
        points(places[~inside], "Outside the outer lines", "contrast", digits),
    ]
    if found.place in places.index:
        marks.append(picked(found))
    return (
        Chart(
            tuple(marks),
            x=Axis(title="People (each step is ten times more)", log=True),
            y=Axis(
                title=measure["unit"],
                prefix=measure["prefix"],
                suffix=measure["suffix"],
                decimals=int(measure["decimals"]),
                zero=True,
                span=(0.0, round(float(places["value"].max()) * 1.05, digits)),
            ),
            references=(
                Reference(
                    "y",
                    found.funnel.centre,
                    f"All together: {words.amount(found.funnel.centre, measure)}",
                ),
            ),
        ),
    )


def limits(places: pd.DataFrame, digits: int) -> list[Mark]:
    """Give the inner and outer limits as lines from the smallest county to the largest."""
    people = places["population"].to_numpy()
    even = np.geomspace(people[0], people[-1], STEPS)
    at = np.unique(np.minimum(np.searchsorted(people, even), len(people) - 1))
    some = places.iloc[at]
    people = tuple(some["population"].astype(int))
    lines = []
    for level, dashed, name in (
        ("95", False, "95 of 100 by chance"),
        ("998", True, "998 of 1,000 by chance"),
    ):
        for end in ("low", "high"):
            heights = tuple(some[f"{end}_{level}"].round(digits))
            said = name if end == "high" else ""
            lines.append(Mark("line", people, heights, name=said, tone="mark", dashed=dashed))
    return lines


def points(places: pd.DataFrame, name: str, tone: str, digits: int) -> Mark:
    """Give counties as small points; without hover words, which would be most of what is sent."""
    return Mark(
        "points",
        tuple(places["population"].astype(int)),
        tuple(places["value"].round(digits)),
        name=name,
        tone=tone,
    )


def picked(found: Found) -> Mark:
    """Give the chosen county as a dot with its name."""
    row = found.funnel.places.loc[found.place]
    name = found.counts.rows.loc[found.place, "full_name"]
    label = f"{name}: {words.amount(row['value'], found.counts.measure)}"
    return Mark(
        "dots", (int(row["population"]),), (float(row["value"]),), tone="six", labels=(label,)
    )
