"""Two maps of one rate: as it was counted, and pulled towards the rate of all where few people live."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity import counts, county_map, map_classes, words
from equity.answers import Column, Reading, Table
from equity.charts import CountyMap
from equity.comparability import Act
from equity.counts import Counts
from equity.county_map import Asked
from equity.rates import smoothed
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset()
NO_RANK = "No rank: these maps teach what chance does to small counties."
UNSMOOTHED = "margin not published"


@dataclass(frozen=True, eq=False)
class Found:
    """The counts, the map of the raw rates, and the smoothed rates in the order of its rows."""

    counts: Counts
    raw: Asked
    smooth: Asked
    place: str


def ask(view: View, ask: Ask) -> Found:
    """Give the raw and the smoothed rate of every county that has a count."""
    found = counts.ask(view, ask)
    asked = {"measure": found.measure.name, "period": found.period, "group": counts.EVERYONE}
    words_of = ask("map_words", **asked).iloc[0].copy()
    words_of["may_rank"] = False
    rates = smoothed(
        found.rows["events"], found.rows["people"], scale=float(found.measure["scale"])
    )
    known = found.rows["events"].notna() & found.rows["people"].gt(0)
    table = found.rows.rename(columns={"place_title": "title", "level": "interval_level"})
    raw = table.assign(value=table["value"].where(known)).reset_index(drop=True)
    smooth = raw.assign(
        value=rates.to_numpy(),
        low=np.nan,
        high=np.nan,
        grade=raw["grade"].where(raw["value"].isna(), UNSMOOTHED),
    )
    reference = raw["value"].dropna().to_numpy(float)
    said = f"{words.period(found.period)}, the raw rates"
    return Found(
        found,
        Asked(raw, words_of, reference, said),
        Asked(smooth, words_of, reference, said),
        view.places[0] if view.places else "",
    )


def read(found: Found) -> Reading:
    """Say how far the raw rates and the smoothed ones spread, and whom smoothing moves most."""
    measure = found.counts.measure
    raw, smooth = (asked.table["value"].dropna() for asked in (found.raw, found.smooth))
    ends = [
        words.amount(end, measure) for end in (raw.min(), raw.max(), smooth.min(), smooth.max())
    ]
    sentences = [
        f"As counted, rates run from {ends[0]} to {ends[1]}; smoothed, from {ends[2]} to {ends[3]}.",
        "Smoothing pulls each county's rate towards the rate of all counties together: the fewer people, the "
        "more. It is a better guess of what a small county would show over many years.",
        "Both maps use the same classes. What is striking on the first and gone on the second was most likely chance.",
        "Smoothing can also hide a small county that truly stands out. It is no number to count people by.",
        chosen(found),
    ]
    return Reading(
        title=f"Smoothed, the rates run from {ends[2]} to {ends[3]} instead of {ends[0]} to {ends[1]}",
        subtitle=f"{measure['title']}, {words.period(found.counts.period)}: as counted, and smoothed",
        sentences=tuple(sentence for sentence in sentences if sentence),
        alt=(
            f"Two maps of US counties with the same classes. As counted: {ends[0]} to {ends[1]}. "
            f"Smoothed: {ends[2]} to {ends[3]}."
        ),
    )


def chosen(found: Found) -> str:
    """Say how the chosen county moves."""
    rows = found.raw.table["place_id"].eq(found.place).to_numpy()
    if not rows.any() or pd.isna(found.raw.table["value"][rows].iloc[0]):
        return ""
    raw, smooth = (
        words.amount(asked.table["value"][rows].iloc[0], found.counts.measure)
        for asked in (found.raw, found.smooth)
    )
    name = found.raw.table["title"][rows].iloc[0]
    return f"{name}: {raw} as counted, {smooth} smoothed."


def tabulate(found: Found) -> Table:
    """Give each county's raw and smoothed rate."""
    measure = found.counts.measure
    printed = {
        "decimals": int(measure["decimals"]),
        "prefix": measure["prefix"],
        "suffix": measure["suffix"],
    }
    table = found.raw.table.assign(smooth=found.smooth.table["value"])
    columns = (
        Column("title", "County"),
        Column("people", "People", 0),
        Column("events", "Events", 0),
        Column("value", "As counted", **printed),
        Column("smooth", "Smoothed", **printed),
    )
    return Table(table[table["value"].notna()].reset_index(drop=True), columns)


def draw(found: Found) -> tuple[CountyMap, ...]:
    """Draw both maps with the same classes, made from the raw rates."""
    classes = county_map.classes_of(found.raw, method="quantiles", count=map_classes.DEFAULT)
    maps = []
    for asked, title in ((found.raw, "As counted"), (found.smooth, "Smoothed")):
        numbers = county_map.draw(asked, classes) | {"whyNoRank": NO_RANK, "whyNoSort": NO_RANK}
        vintage = int(found.raw.words["county_vintage"])
        maps.append(
            CountyMap(numbers | {"title": f"{numbers['title']}: {title.lower()}"}, vintage, title)
        )
    return tuple(maps)
