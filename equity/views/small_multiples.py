"""One small map a group of people, all on one scale: where each group's numbers lie."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from equity import county_map, splits, words
from equity.answers import Column, Reading, Table
from equity.charts import CountyMap
from equity.comparability import Act
from equity.county_map import FEWEST_FOR_HALVES, MISSING_WORDS, Asked
from equity.errors import Problem
from equity.map_classes import Classes
from equity.splits import EVERYONE, NOT_STATED
from equity.view import Ask, View
from equity.views import map as map_view

ACTS: frozenset[Act] = frozenset({"sets groups side by side", "shares one axis"})
MOST = 6
# A measure is offered for maps of groups where so many counties have numbers of a group.
MANY = 300
ONE_SCALE = "all groups shown"
AREAS = "Numbers about counties do not tell us about each person who lives there."


@dataclass(frozen=True, eq=False)
class Part:
    """One group of people and its map."""

    group: str
    title: str
    asked: Asked

    @property
    def values(self) -> pd.Series:
        """The numbers of counties that have one, by place_id."""
        return self.asked.table.set_index("place_id")["value"].dropna()

    @property
    def quarters(self) -> tuple[float, float, float]:
        """The values below which a quarter, half and three quarters of the counties lie."""
        return tuple(float(end) for end in np.percentile(self.values, [25, 50, 75]))


@dataclass(frozen=True, eq=False)
class Found:
    """A map a group, in reading order, with the classes they share, and the groups that are not shown."""

    parts: tuple[Part, ...]
    classes: Classes
    dimension: str
    left_out: tuple[str, ...]
    place: str

    @property
    def words(self) -> pd.Series:
        """The measure's and period's words."""
        return self.parts[0].asked.words

    @property
    def common(self) -> pd.Index:
        """The counties that have a number for every group shown."""
        shared = self.parts[0].values.index
        for part in self.parts[1:]:
            shared = shared.intersection(part.values.index)
        return shared

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.words)


def ask(view: View, ask: Ask) -> Found:
    """Give a map of each group; raise Problem where fewer than two groups have county numbers."""
    if len(view.measures) != 1:
        raise Problem("Choose one measure to see on a map of each group.")
    groups, left_out, period = chosen_groups(view, ask)
    parts = tuple(
        Part(
            row.people_group,
            row.title,
            county_map.counties(
                ask, measure=view.measures[0], period=period, group=row.people_group
            ),
        )
        for row in groups.itertuples()
    )
    everywhere = np.concatenate([part.values.to_numpy() for part in parts])
    parts = tuple(
        replace(part, asked=replace(part.asked, reference=everywhere, reference_words=ONE_SCALE))
        for part in parts
    )
    classes = map_view.classes_of(view, parts[0].asked)
    place = next(iter(view.places), "")
    return Found(parts, classes, groups["dimension"].iloc[0], left_out, place)


def chosen_groups(view: View, ask: Ask) -> tuple[pd.DataFrame, tuple[str, ...], str]:
    """Give the groups to show in reading order, the titles of those left out, and the period."""
    held = ask("map_choices")
    held = held[held["measure_id"].eq(view.measures[0]) & held["counties"].ge(FEWEST_FOR_HALVES)]
    if view.period:
        held = held[held["period"].eq(view.period)]
    if not held.empty:
        about = ask("groups_named", groups=tuple(dict.fromkeys(held["people_group"])))
        held = held.merge(about, on="people_group").rename(columns={"title_y": "title"})
    for period, rows in held.groupby("period", sort=False):
        rows = rows[~rows["people_group"].isin([EVERYONE, NOT_STATED])]
        rows = asked_for(view, rows)
        shown = shown_of(view, rows)
        if len(shown) > 1:
            gone = rows[~rows["people_group"].isin(shown["people_group"])]
            return shown, tuple(gone["title"]), period
    raise Problem(
        "Fewer than two groups of people have numbers of this measure in counties. "
        "Choose another measure, years or way to group people."
    )


def measures(ask: Ask) -> dict[str, str]:
    """Give the titles of the measures that have numbers of two groups or more in many counties, by code."""
    held = ask("map_choices")
    held = held[held["counties"].ge(MANY) & ~held["people_group"].isin([EVERYONE, NOT_STATED])]
    groups = held.groupby(["measure_id", "period"])["people_group"].transform("nunique")
    return dict(held[groups.gt(1)][["measure_id", "title"]].drop_duplicates().to_numpy())


def asked_for(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the groups that a view names, or those of the dimension it names, else of the one with the most."""
    named = rows[rows["people_group"].isin(view.groups)]
    if not named.empty or rows.empty:
        return named
    if view.groups:
        return rows[rows["dimension"].isin(view.groups)]
    return rows[rows["dimension"].eq(rows["dimension"].value_counts().index[0])]


def shown_of(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Give groups that share nobody, at most six: those that most counties have, in their own order."""
    if rows.empty or rows["people_group"].isin(view.groups).all():
        return rows.sort_values("position").head(MOST)
    apart = splits.exclusive(
        rows.rename(columns={"people_group": "group", "position": "group_position"})
    )
    kept = rows[rows["people_group"].isin(apart)]
    # Of groups that all counties have, what is left of all others is what a reader misses least.
    rest = kept["people_group"].str.startswith("other")
    kept = kept.assign(rest=rest).sort_values(["counties", "rest"], ascending=[False, True])
    return kept.head(MOST).sort_values("position")


def read(found: Found) -> Reading:
    """Compare the middle half of each group, and say how many counties have no number."""
    asked = found.parts[0].asked
    when = words.period(found.words["period"])
    sentences = (
        *(spread(found, part) for part in found.parts),
        same_counties(found),
        chosen(found),
        left_out(found),
        "All maps have the same classes, so the same color means the same number.",
        "A map of a group shows where its numbers lie, not how many of its people live there.",
        AREAS,
    )
    parts = "; ".join(
        f"{splits.name(part.title)} {middle_half(found, part)}" for part in found.parts
    )
    return Reading(
        title=finding(found),
        subtitle=f"{asked.words['title']}, {when}, by {splits.said(found.dimension)}: one map a group",
        sentences=tuple(filter(None, sentences)),
        alt=f"{len(found.parts)} maps of US counties with the same classes. Middle half of counties: {parts}.",
    )


def finding(found: Found) -> str:
    """Say for which group the middle county is highest and for which lowest."""
    middles = [part.quarters[1] for part in found.parts]
    high, low = found.parts[int(np.argmax(middles))], found.parts[int(np.argmin(middles))]
    ends = found.amount(max(middles)), found.amount(min(middles))
    title = found.words["title"]
    if ends[0] == ends[1]:
        return f"{title}: the middle county has {ends[0]} for each group"
    return (
        f"{title}: the middle county has {ends[0]} for {splits.name(high.title)} and "
        f"{ends[1]} for {splits.name(low.title)}"
    )


def middle_half(found: Found, part: Part) -> str:
    """Write from where to where the middle half of a group's counties lies."""
    low, _, high = (found.amount(end) for end in part.quarters)
    return low if low == high else f"{low} to {high}"


def spread(found: Found, part: Part) -> str:
    """Say where a group's middle half lies, and how many counties have no number and why."""
    table, values = part.asked.table, part.values
    said = (
        f"{part.title}: the middle half of {len(values):,} counties have {middle_half(found, part)}; half are at or "
        f"below {found.amount(part.quarters[1])}"
    )
    gone = table[table["value"].isna()]
    if gone.empty:
        return f"{said}."
    why = [
        f"{MISSING_WORDS[status][0].lower()} for {count:,}"
        for status, count in gone["status"].value_counts().items()
    ]
    return f"{said}. {len(gone):,} have no number ({words.listed(why)})."


def same_counties(found: Found) -> str:
    """Say the middle county of each group among the counties that have a number for all."""
    common = found.common
    if all(len(part.values) == len(common) for part in found.parts):
        return ""
    if len(common) < FEWEST_FOR_HALVES:
        count = words.counted(len(common), "county")
        return f"Groups have numbers in different counties: {count} {'has' if len(common) == 1 else 'have'} all."
    middles = [
        f"{found.amount(float(part.values[common].median()))} for {splits.name(part.title)}"
        for part in found.parts
    ]
    return (
        f"Groups have numbers in different counties. In the {len(common):,} that have a number for each group, the "
        f"middle county has {words.listed(middles)}."
    )


def chosen(found: Found) -> str:
    """Say each group's number in the chosen county, with how far to trust it."""
    told = []
    for part in found.parts:
        rows = part.asked.table.set_index("place_id")
        if found.place not in rows.index:
            return ""
        row = rows.loc[found.place]
        known = pd.notna(row["value"])
        number = found.amount(row["value"]) if known else MISSING_WORDS[row["status"]][0].lower()
        trust = f" ({row['grade']})" if known else ""
        told.append(f"{splits.name(part.title)} {number}{trust}")
    return f"{row['title']}: {'; '.join(told)}."


def left_out(found: Found) -> str:
    """Say which groups are not shown."""
    if not found.left_out:
        return ""
    names = words.listed([splits.name(title) for title in found.left_out])
    return (
        f"Not shown, because they share people with others or few counties have numbers: {names}."
    )


def tabulate(found: Found) -> Table:
    """Give every county with the number of each group and how far to trust it."""
    frame = found.parts[0].asked.table[["place_id", "title"]].copy()
    columns = [Column("title", "County")]
    for number, part in enumerate(found.parts, 1):
        table = part.asked.table
        frame[f"value_{number}"] = table["value"]
        frame[f"trust_{number}"] = map_view.trust(table)
        value, *_, trust = map_view.columns(part.asked, ending=f"_{number}", title=part.title)
        columns += [value, replace(trust, title=f"Trust: {part.title}")]
    return Table(frame, tuple(columns))


def more(found: Found) -> tuple[Table, ...]:
    """Give the quarters of each group, and how many counties have a number."""
    printed = map_view.columns(found.parts[0].asked)[0]
    style = (printed.decimals, printed.prefix, printed.suffix)
    rows = pd.DataFrame(
        [
            [
                part.title,
                len(part.values),
                int(part.asked.table["value"].isna().sum()),
                *part.quarters,
            ]
            for part in found.parts
        ],
        columns=["group", "counties", "without", "low", "middle", "high"],
    )
    columns = (
        Column("group", "Group"),
        Column("counties", "Counties with a number", 0),
        Column("without", "Without", 0),
        Column("low", "A quarter lie at or below", *style),
        Column("middle", "Half", *style),
        Column("high", "Three quarters", *style),
    )
    return (Table(rows, columns, title="Where the counties of each group lie"),)


def draw(found: Found) -> tuple[CountyMap, ...]:
    """Draw a small map a group."""
    maps = []
    for part in found.parts:
        numbers = county_map.draw(part.asked, found.classes)
        vintage = int(found.words["county_vintage"])
        maps.append(CountyMap(numbers, vintage, part.title, small=True))
    return tuple(maps)
