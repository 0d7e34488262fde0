"""Up to six places side by side: one measure, one period, one people group, a verdict for each pair."""

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from equity import differences, profile_words, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.differences import Difference
from equity.errors import Problem
from equity.reliability import SHAKY
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"sets places side by side", "shares one axis"})
MOST = 6


@dataclass(frozen=True, eq=False)
class Found:
    """The rows in the order asked, the measure's words, and what each pair's test says."""

    measure: pd.Series
    period: str
    group_title: str
    rows: pd.DataFrame
    pairs: tuple[tuple[str, str, Difference], ...]


def ask(view: View, ask: Ask) -> Found:
    """Give each place's number and the verdict of each pair; raise Problem where nothing can be compared."""
    if not 2 <= len(view.places) <= MOST:
        raise Problem(f"Choose from two to {words.SMALL[MOST]} places to compare.")
    measure = ask("measures").set_index("measure_id").loc[view.measures[0]]
    group = view.groups[0] if view.groups else "everyone"
    period, group_title = held(
        view, group, ask("periods_held", measure=measure.name, places=view.places), measure
    )
    rows = ask("values", measure=measure.name, period=period, places=view.places, group=group)
    rows = rows.set_index("place_id", drop=False).loc[list(view.places)].reset_index(drop=True)
    return Found(measure, period, group_title, rows, tuple(pairs(rows, measure)))


def held(view: View, group: str, there: pd.DataFrame, measure: pd.Series) -> tuple[str, str]:
    """Give the period to show (the asked one, else the newest that most places have) and the group's title."""
    rows = there[there["people_group"].eq(group) & there["values_held"].gt(0)]
    if view.period:
        rows = rows[rows["period"].eq(view.period)]
    if rows.empty:
        when = f" for {words.period(view.period)}" if view.period else ""
        raise Problem(f"{measure['title']}: no number here{when}. Choose other places or years.")
    best = rows.sort_values(["values_held", "ends"], ascending=False, kind="stable").iloc[0]
    return best["period"], best["group_title"]


def pairs(rows: pd.DataFrame, measure: pd.Series) -> list[tuple[str, str, Difference]]:
    """Give the test of each pair of places that both have a number."""
    there = rows[rows["value"].notna()]
    found = []
    for one, other in combinations(there.itertuples(), 2):
        test = differences.compare(
            differences.measured(one, measure),
            differences.measured(other, measure),
            decimals=int(measure["decimals"]),
        )
        found.append((one.full_name, other.full_name, test))
    return found


def read(found: Found) -> Reading:
    """Put the comparison into words."""
    measure, rows = found.measure, found.rows
    what = f"{measure['title']}, {words.period(found.period)}, {found.group_title.lower()}"
    told = [pair_sentence(*pair) for pair in found.pairs]
    gaps = [
        f"{row.full_name}: {profile_words.STATUSES[row.status]}."
        for row in rows[rows["value"].isna()].itertuples()
    ]
    values = [
        f"{row.full_name} {words.amount(row.value, measure)}"
        for row in rows[rows["value"].notna()].itertuples()
    ]
    return Reading(
        title=finding(found),
        subtitle=what,
        sentences=(*told, *gaps, "Numbers about places do not tell us about each person there."),
        alt=f"Dots with intervals, one a place. {what}: {'; '.join(values)}.",
    )


def finding(found: Found) -> str:
    """Say how many of the pairs differ."""
    real = sum(test.real for *_, test in found.pairs)
    if len(found.pairs) == 1:
        return pair_sentence(*found.pairs[0]).rstrip(".")
    if not found.pairs:
        return f"{found.measure['title']}: fewer than two of these places have a number"
    return f"{found.measure['title']}: {words.counted(real, 'pair')} of {len(found.pairs)} differ"


def pair_sentence(one: str, other: str, test: Difference) -> str:
    """Say what a pair's test says."""
    if test.verdict == differences.SAME:
        return f"{one} and {other} have the same number."
    if test.real:
        return f"{one} is {test.verdict} than {other}."
    why = "" if test.verdict == differences.CANT_TELL else f" ({test.test})"
    return f"We can't tell if {one} and {other} differ{why}."


def tabulate(found: Found) -> Table:
    """Give the numbers with their intervals and grades."""
    measure = found.measure
    printed = {
        "decimals": int(measure["decimals"]),
        "prefix": measure["prefix"],
        "suffix": measure["suffix"],
    }
    rows = found.rows.assign(
        trust=found.rows["grade"].where(
            found.rows["value"].notna(), found.rows["status"].map(profile_words.STATUSES)
        )
    )
    columns = (
        Column("place_title", "Place"),
        Column("value", "Value", **printed),
        Column("low", "Low", **printed),
        Column("high", "High", **printed),
        Column("trust", "Trust"),
    )
    return Table(rows, columns)


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a dot a place with its interval, on one axis; hollow where it is too shaky to compare."""
    measure = found.measure
    rows = found.rows[found.rows["value"].notna()]
    low, high = (
        tuple(None if pd.isna(end) else float(end) for end in rows[name])
        for name in ("low", "high")
    )
    dots = Mark(
        "dots",
        x=tuple(rows["value"].astype(float)),
        y=tuple(rows["place_title"]),
        low=low,
        high=high,
        labels=tuple(words.amount(value, measure) for value in rows["value"]),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )
    across = Axis(
        title=measure["unit"],
        prefix=measure["prefix"],
        suffix=measure["suffix"],
        decimals=int(measure["decimals"]),
        zero=True,
    )
    return (Chart((dots,), x=across, y=Axis(categories=tuple(rows["place_title"]))),)
