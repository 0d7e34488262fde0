"""One measure in every county, on a map."""

from dataclasses import dataclass

import pandas as pd

from equity import county_map, map_classes
from equity.answers import Column, Reading, Table
from equity.charts import CountyMap
from equity.comparability import Act
from equity.county_map import MISSING_WORDS, Asked
from equity.errors import Problem
from equity.map_classes import Classes
from equity.view import Ask, View

# A map shows where numbers lie; it sets no place against another and has no order.
ACTS: frozenset[Act] = frozenset()
STATE, METHOD, COUNT = "zoom", "classes", "count"


@dataclass(frozen=True, eq=False)
class Found:
    """Every county's number, the classes, the chosen county and the state to look at ("" for none)."""

    asked: Asked
    classes: Classes
    place: str
    state: str


def ask(view: View, ask: Ask) -> Found:
    """Give every county's number; a state that is chosen as the place, or zoomed to, is looked at apart."""
    asked = county_map.of_view(view, ask)
    place = next(iter(view.places), "")
    state = view.option(STATE) or (place if len(place) == 2 and place.isdigit() else "")
    if state and state not in set(asked.table["state_id"]):
        raise Problem(f"There is no state {state[:20]!r} on this map.")
    return Found(asked, classes_of(view, asked), place, state)


def classes_of(view: View, asked: Asked) -> Classes:
    """Give the classes that a view asks for; raise Problem for what cannot be made."""
    method = view.option(METHOD, "quantiles")
    count = view.option(COUNT, str(map_classes.DEFAULT))
    if method not in map_classes.METHODS:
        raise Problem(f"Classes can hold {' or '.join(map_classes.METHODS)}, not {method[:30]!r}.")
    numbers = range(map_classes.FEWEST, map_classes.MOST + 1)
    if count not in map(str, numbers):
        raise Problem(f"A map has from {numbers[0]} to {numbers[-1]} classes.")
    return county_map.classes_of(asked, method=method, count=int(count))


def read(found: Found) -> Reading:
    """Say where the middle half lies, who has no number, and where the chosen county stands."""
    asked = found.asked
    caution = asked.words["caution"]
    return Reading(
        title=county_map.finding(asked, state=found.state or None),
        subtitle=county_map.title(asked),
        sentences=(
            *county_map.read(asked, place=found.place or None, state=found.state or None),
            *([caution] if caution else []),
        ),
        alt=county_map.alt(asked, found.classes),
    )


def tabulate(found: Found) -> Table:
    """Give every county's number with its interval and grade, or why there is none."""
    table = found.asked.table
    return Table(
        table.assign(trust=trust(table)), (Column("title", "County"), *columns(found.asked))
    )


def columns(asked: Asked, *, ending: str = "", title: str = "Value") -> tuple[Column, ...]:
    """Give the columns of a county's number: itself, the ends of its interval, how far to trust it."""
    words = asked.words
    printed = {
        "decimals": int(words["decimals"]),
        "prefix": words["prefix"],
        "suffix": words["suffix"],
    }
    return (
        Column(f"value{ending}", title, **printed),
        Column(f"low{ending}", "Low", **printed),
        Column(f"high{ending}", "High", **printed),
        Column(f"trust{ending}", "Trust"),
    )


def trust(table: pd.DataFrame) -> pd.Series:
    """Give the grade of each number, or why there is none."""
    why = table["status"].map({status: said for status, (said, _) in MISSING_WORDS.items()})
    return table["grade"].where(table["value"].notna(), why)


def draw(found: Found) -> tuple[CountyMap, ...]:
    """Draw the map."""
    numbers = county_map.draw(found.asked, found.classes)
    return (CountyMap(numbers, int(found.asked.words["county_vintage"])),)
