"""Both ends of a list of counties: how many of the highest and lowest rates belong to the smallest counties."""

from dataclasses import dataclass

import pandas as pd

from equity import counts, funnel, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.counts import Counts
from equity.funnel import Ends
from equity.view import Ask, View

# Ten at each end are shown as what chance does to a list, never as a ranking of places; see docs/methods.md.
ACTS: frozenset[Act] = frozenset()
COUNT = 10


@dataclass(frozen=True, eq=False)
class Found:
    """The counts and the counties at both ends."""

    counts: Counts
    ends: Ends


def ask(view: View, ask: Ask) -> Found:
    """Give the counties with the ten highest and ten lowest rates, and how small they are."""
    found = counts.ask(view, ask)
    known = found.known
    rates = known["events"] / known["people"] * float(found.measure["scale"])
    return Found(found, funnel.ends(rates, known["people"], count=COUNT))


def read(found: Found) -> Reading:
    """Say how many of both ends are small counties, and how many would be if size did not matter."""
    ends, measure = found.ends, found.counts.measure
    small = ends.small_highest + ends.small_lowest
    largest = words.counted_people(ends.largest_small)
    sentences = [
        f"The smallest tenth of counties have at most {largest}.",
        f"They hold {ends.small_highest} of the {COUNT} highest rates and {ends.small_lowest} of the {COUNT} lowest. "
        f"If size did not matter, it would be about {round(ends.by_chance)} at each end.",
        lesson(small),
    ]
    return Reading(
        title=f"{small} of the {2 * COUNT} counties at both ends are among the smallest tenth",
        subtitle=(
            f"{measure['title']}, {words.period(found.counts.period)}: the {COUNT} highest and {COUNT} "
            "lowest rates"
        ),
        sentences=tuple(sentences),
        alt=f"Dots of people, a county each, at both ends of the list: {small} of {2 * COUNT} are very small.",
    )


def lesson(small: int) -> str:
    """Say what the size of the counties at both ends tells."""
    chance = "Where few people live, one or two events more or less send a rate far up or down."
    if small < COUNT:
        return (
            f"{chance} Here, larger counties stand at the ends too, so more than chance is at work."
        )
    return f"{chance} A list of the “worst” and the “best” counties is then largely a list of the smallest."


def rows(found: Found) -> pd.DataFrame:
    """Give the counties at both ends, highest first, with which end each is at."""
    ends = found.ends
    both = pd.concat(
        [
            ends.highest.assign(end="highest rates"),
            ends.lowest.iloc[::-1].assign(end="lowest rates"),
        ]
    )
    names = found.counts.rows[["place_title", "events"]]
    return both.join(names).assign(
        size=both["small"].map({True: "smallest tenth", False: "larger"})
    )


def tabulate(found: Found) -> Table:
    """Give both ends with people, events and rates."""
    measure = found.counts.measure
    printed = {
        "decimals": int(measure["decimals"]),
        "prefix": measure["prefix"],
        "suffix": measure["suffix"],
    }
    columns = (
        Column("end", "Among the"),
        Column("place_title", "County"),
        Column("value", "Rate", **printed),
        Column("events", "Events", 0),
        Column("population", "People", 0),
        Column("size", "Size"),
    )
    return Table(rows(found).reset_index(drop=True), columns)


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw the people of each county at both ends, the smallest tenth in another colour."""
    table, measure = rows(found), found.counts.measure
    people = table["population"]
    # One scale for both ends, with room for the labels.
    span = (float(people.min()) / 2, float(people.max()) * 3)
    axis = Axis(title="People (on a scale of tens)", log=True, span=span)
    drawn = []
    for end in ("highest rates", "lowest rates"):
        part = table[table["end"].eq(end)]
        marks = []
        for small, name, tone in ((True, "Smallest tenth", "contrast"), (False, "Larger", "mark")):
            some = part[part["small"].eq(small)]
            labels = tuple(
                f"{words.amount(row.value, measure)}; {row.population:,.0f} people"
                for row in some.itertuples()
            )
            if len(some):
                marks.append(
                    Mark(
                        "dots",
                        tuple(some["population"].astype(int)),
                        tuple(some["place_title"]),
                        name=name,
                        tone=tone,
                        labels=labels,
                    )
                )
        title = f"The {len(part)} {end}"
        drawn.append(
            Chart(
                tuple(marks),
                x=axis,
                y=Axis(categories=tuple(part["place_title"])),
                title=title,
                small=True,
            )
        )
    return tuple(drawn)
