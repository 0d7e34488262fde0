"""Do neighbors look alike? Counties whose numbers go with those of the counties around them, beyond chance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import category_map, clusters, county_map, words
from equity.answers import Column, Reading, Table
from equity.category_map import Category, Fact
from equity.charts import CountyMap
from equity.clusters import (
    CHANCE,
    FALSE_DISCOVERY,
    HIGH_HIGH,
    HIGH_LOW,
    ISLAND,
    LOW_HIGH,
    LOW_LOW,
    NO_VALUE,
    Clusters,
)
from equity.comparability import Act
from equity.county_map import Asked
from equity.reliability import SHAKY
from equity.view import Ask, View
from equity.views import map as map_view

ACTS: frozenset[Act] = frozenset({"looks for clusters"})
# High and low stand at the two ends of what eyes tell apart; what could be chance is quiet.
CATEGORIES = (
    Category(HIGH_HIGH, "High, with high neighbors", "#b34700", "#f0a04b"),
    Category(LOW_LOW, "Low, with low neighbors", "#0068a7", "#56b4e9"),
    Category(HIGH_LOW, "High, with low neighbors", "#a9447f", "#e39ac3"),
    Category(LOW_HIGH, "Low, with high neighbors", "#269570", "#48c194"),
    Category(CHANCE, "Could be chance", "#c3c8ce", "#4b5259"),
    Category(ISLAND, "No neighbor with a number", "#1c2126", "#eceff1"),
)
KINDS = tuple(category.name for category in CATEGORIES)
LEVEL = 0.05
NAMED = 3
LESSONS = (
    "A cluster shows where numbers are alike, not why. Neighbors share much: work, schools, air, laws, history.",
    "Where few people live, numbers jump from year to year; that can hide a cluster.",
    "Numbers about counties do not tell us about each person who lives there.",
)


@dataclass(frozen=True, eq=False)
class Found:
    """The map of values, the clusters among them, and the chosen county with its neighbors."""

    asked: Asked
    clusters: Clusters
    place: str
    beside: tuple[str, ...]

    @property
    def rows(self) -> pd.DataFrame:
        """One row a county of the map: title, value, status, grade, and what was found of it."""
        found = self.clusters.places[["neighbors", "local", "p", "q", "kind"]]
        return self.asked.table.join(found, on="place_id")

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.asked.words)

    def count(self, kind: str) -> int:
        """Give how many counties are of a kind."""
        return int(self.clusters.places["kind"].eq(kind).sum())


def ask(view: View, ask: Ask) -> Found:
    """Give the clusters of a measure; refused where there are too few counties or no spread."""
    asked = county_map.of_view(view, ask)
    borders = ask("neighbours", vintage=int(asked.words["county_vintage"]))
    values = asked.table.set_index("place_id")["value"].astype(float)
    place = next((code for code in view.places if code in values.index), "")
    beside = borders[borders["place_id"].eq(place)]["neighbour_id"]
    return Found(asked, clusters.find(values, borders), place, tuple(beside))


def read(found: Found) -> Reading:
    """Say whether neighbors are alike, how many counties cluster, what chance would give, and who is left out."""
    sentences = (
        alike(found),
        how_many(found),
        by_chance(found),
        chosen(found),
        left_out(found),
        shaky(found),
        *LESSONS,
    )
    counts = "; ".join(f"{found.count(kind):,} {kind}" for kind in KINDS)
    return Reading(
        title=finding(found),
        subtitle=f"{county_map.title(found.asked)}: counties like the counties around them",
        sentences=tuple(filter(None, sentences)),
        alt=f"Map of US counties in six kinds. {counts}.",
    )


def finding(found: Found) -> str:
    """Say how many counties cluster, or that chance could have made the map."""
    high, low = found.count(HIGH_HIGH), found.count(LOW_LOW)
    if not high + low:
        return "No group of neighbors stands out more than chance could explain"
    said = [
        f"{words.counted(count, 'county')} with {kind} numbers beside {kind} neighbors"
        for kind, count in (("high", high), ("low", low))
        if count
    ]
    return words.capital(words.listed(said))


def alike(found: Found) -> str:
    """Say whether neighbors are more alike than on shuffled maps, with Moran's index."""
    known = found.clusters
    index = words.number(known.index, decimals=2)
    shuffles = f"We shuffled the numbers over the map {known.draws:,} times."
    scale = "1 means neighbors are just alike, 0 means no link"
    if known.p >= LEVEL:
        said = "Chance could give a map like this one"
    elif known.index > known.expected:
        said = "Chance would seldom put numbers so alike next to each other"
    else:
        said = "Chance would seldom put numbers so unlike next to each other"
    return f"{shuffles} {said} (Moran's index {index}; {scale}; p {words.number(known.p, decimals=3)})."


def how_many(found: Found) -> str:
    """Say how many counties are of each kind."""
    high, low, odd_high, odd_low = (found.count(kind) for kind in KINDS[:4])
    used = found.clusters.used
    return (
        f"Of {used:,} counties, {high:,} have high numbers and neighbors with high numbers, and {low:,} have low "
        f"numbers and neighbors with low numbers. High among low neighbors: {odd_high:,}; low among high neighbors: "
        f"{odd_low:,}. High and low mean above and below the mean of these counties, "
        f"{found.amount(mean(found))}."
    )


def mean(found: Found) -> float:
    """Give the mean of the counties that were compared."""
    places = found.clusters.places
    return float(places[places["p"].notna()]["value"].mean())


def by_chance(found: Found) -> str:
    """Say what chance would give, and how that was allowed for."""
    alone = round(LEVEL * found.clusters.used)
    return (
        f"Tested one by one, some {alone:,} counties would look like a cluster by chance alone. So the test is "
        f"stricter: of the counties found, about {FALSE_DISCOVERY:.0%} or fewer should be false finds "
        "(Benjamini and Hochberg). All others could be chance."
    )


def chosen(found: Found) -> str:
    """Say what was found of the chosen county, and name its neighbors with their numbers."""
    rows = found.rows.set_index("place_id")
    if not found.place:
        return ""
    row = rows.loc[found.place]
    if pd.isna(row["value"]):
        return f"{row['title']}: {county_map.MISSING_WORDS[row['status']][0].lower()}."
    here = f"{row['title']} ({found.amount(row['value'])})"
    around = [
        f"{rows.at[code, 'full_name']} ({found.amount(rows.at[code, 'value'])})"
        for code in found.beside
        if pd.notna(rows.at[code, "value"])
    ]
    if row["kind"] == ISLAND:
        return f"{here} has no neighbor with a number, so it is not compared."
    said = {CHANCE: "is not found to be part of a cluster; what we see could be chance"}
    beside = (
        f"Its neighbors: {words.listed(around)}; their mean is {found.amount(row['neighbors'])}."
    )
    return f"{here} {said.get(row['kind'], 'is ' + row['kind'])}. {beside}"


def left_out(found: Found) -> str:
    """Say which counties could not be compared."""
    islands = found.clusters.islands
    said = []
    if islands:
        titles = found.rows.set_index("place_id").loc[list(islands), "title"].tolist()
        named = ["{} ({})".format(*title.split(", ")) for title in titles[:NAMED]]
        more = [words.counted(len(titles) - NAMED, "other")] if len(titles) > NAMED else []
        verb = "has" if len(titles) == 1 else "have"
        said.append(f"{words.listed(named + more)} {verb} no neighbor with a number.")
    if found.clusters.without_value:
        count = words.capital(words.counted(found.clusters.without_value, "county"))
        verb = "has" if found.clusters.without_value == 1 else "have"
        said.append(f"{count} {verb} no number here.")
    return " ".join(said)


def shaky(found: Found) -> str:
    """Say how many numbers are too shaky to compare, and that they are in it."""
    count = int(found.asked.table["grade"].eq(SHAKY).sum())
    if not count:
        return ""
    verb, them = ("is", "it jumps") if count == 1 else ("are", "they jump")
    return (
        f"{words.capital(words.counted(count, 'number'))} {verb} too shaky to compare alone, and {them} by "
        "chance; hatched on the map."
    )


def tabulate(found: Found) -> Table:
    """Give every county: its number, the mean of its neighbors, what was found and how sure that is."""
    printed = map_view.columns(found.asked)[0]
    columns = (
        Column("title", "County"),
        printed,
        Column(
            "neighbors", "Mean of its neighbors", printed.decimals, printed.prefix, printed.suffix
        ),
        Column("kind", "Found"),
        Column("p", "p", decimals=4),
        Column("q", "p, all counties allowed for", decimals=4),
    )
    return Table(found.rows, columns)


def more(found: Found) -> tuple[Table, ...]:
    """Give how many counties are of each kind, and the neighbors of the chosen county."""
    counts = pd.DataFrame(
        {"kind": [*KINDS, NO_VALUE], "count": [found.count(kind) for kind in (*KINDS, NO_VALUE)]}
    )
    counts["kind"] = counts["kind"].map(words.capital)
    kinds = Table(
        counts,
        (Column("kind", "Kind of county"), Column("count", "Counties", 0)),
        title="How many counties are of each kind",
    )
    if not found.beside:
        return (kinds,)
    rows = found.rows.set_index("place_id").loc[[found.place, *found.beside]].reset_index()
    columns = (Column("title", "County"), map_view.columns(found.asked)[0], Column("kind", "Found"))
    title = f"{rows['title'].iloc[0]} and its neighbors"
    return (kinds, Table(rows, columns, title=title))


def draw(found: Found) -> tuple[CountyMap, ...]:
    """Draw the kinds of counties; a card says the county's number and the mean of its neighbors."""
    rows, about = found.rows, found.asked.words
    position = {kind: number for number, kind in enumerate(KINDS)}
    table = rows.assign(category=rows["kind"].map(position).astype(float))
    style = (int(about["decimals"]), about["prefix"], about["suffix"])
    facts = [
        Fact(title, rows[column].to_numpy(float), *style)
        for title, column in (("Here", "value"), ("Mean of its neighbors", "neighbors"))
    ]
    numbers = category_map.numbers(
        table,
        CATEGORIES,
        title=f"{county_map.title(found.asked)}: clusters",
        legend_title="Like its neighbors?",
        legend_note=f"More than chance: false finds kept to {FALSE_DISCOVERY:.0%}.",
        facts=[fact for fact in facts if np.isfinite(fact.values).any()],
    )
    return (CountyMap(numbers, int(about["county_vintage"])),)
