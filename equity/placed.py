"""One measure in several places: the rows, what each pair's test says, and the words that views of places share."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from equity import differences, profile_words, vintages, words
from equity.answers import Column
from equity.charts import Axis
from equity.differences import CANT_TELL, Difference
from equity.errors import Problem
from equity.profile_words import CHANCE
from equity.view import Ask, View

MOST = 6
EVERYONE = "everyone"


@dataclass(frozen=True)
class Pair:
    """Two places by name, their values, and whether they differ when all pairs are tested at once."""

    one: str
    other: str
    values: tuple[float, float]
    test: Difference

    @property
    def ratio(self) -> float | None:
        """How many times the other's value the one's is; None where that says nothing."""
        return self.values[0] / self.values[1] if min(self.values) > 0 else None


@dataclass(frozen=True, eq=False)
class Placed:
    """A measure in places for one period and people group: rows in the order asked, with `name`."""

    measure: pd.Series
    period: str
    county_vintage: int
    group_title: str
    rows: pd.DataFrame
    pairs: tuple[Pair, ...] = ()

    @property
    def known(self) -> pd.DataFrame:
        """The rows that have a value."""
        return self.rows[self.rows["value"].notna()]

    @property
    def what(self) -> str:
        """What is shown, for whom and when: "People in poverty, 2015–2019, everyone"."""
        return f"{self.measure['title']}, {self.when}, {self.group_title.lower()}"

    @property
    def when(self) -> str:
        """The period in words."""
        return words.period(self.period)

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.measure)


def chosen_places(view: View, *, fewest: int) -> tuple[str, ...]:
    """Give a view's places; raise Problem where there are too few or too many."""
    if not fewest <= len(view.places) <= MOST:
        few = "one" if fewest == 1 else "two"
        raise Problem(f"Choose from {few} to {words.SMALL[MOST]} places.")
    if len(set(view.places)) < len(view.places):
        raise Problem("A place is named twice. Choose places that differ.")
    return view.places


def placed(view: View, code: str, ask: Ask, *, period: str) -> Placed:
    """Give a measure in a view's places; raise Problem where none of them has a number."""
    measure = ask("measures").set_index("measure_id", drop=False).loc[code]
    there = ask("periods_held", measure=code, places=view.places)
    group = view.groups[0] if view.groups else first_group(there)
    best = held(there, measure, group=group, period=period)
    rows = ask("values", measure=code, period=best["period"], places=view.places, group=group)
    rows = rows.set_index("place_id", drop=False).loc[list(view.places)].reset_index(drop=True)
    rows = rows.assign(name=names(rows), missing=reasons(rows, int(best["county_vintage"])))
    return Placed(
        measure=measure,
        period=best["period"],
        county_vintage=int(best["county_vintage"]),
        group_title=best["group_title"],
        rows=rows,
        pairs=tested(rows, measure),
    )


def first_group(there: pd.DataFrame) -> str:
    """Give everyone, or where a source has no such number its first group."""
    groups = there[there["values_held"].gt(0)]["people_group"]
    return EVERYONE if groups.empty or EVERYONE in set(groups) else groups.iloc[0]


def held(there: pd.DataFrame, measure: pd.Series, *, group: str, period: str) -> pd.Series:
    """Give the period to show: the asked one, else the newest of those that most places have."""
    rows = there[there["people_group"].eq(group) & there["values_held"].gt(0)]
    if period:
        rows = rows[rows["period"].eq(period)]
    if rows.empty:
        when = f" for {words.period(period)}" if period else ""
        whom = "" if group == EVERYONE else " for this group of people"
        raise Problem(
            f"{measure['title']}: none of these places has a number{whom}{when}. "
            "Choose other places, years or people."
        )
    return rows.sort_values(["values_held", "ends"], ascending=False, kind="stable").iloc[0]


def names(rows: pd.DataFrame) -> pd.Series:
    """Give each place's name in a sentence: with its state only where two places share the name."""
    shared = rows["full_name"].duplicated(keep=False)
    said = rows["full_name"].where(~shared, rows["place_title"])
    articles = said.isin(["United States", "District of Columbia"])
    return said.where(~articles, "the " + said)


def reasons(rows: pd.DataFrame, county_vintage: int) -> list[str]:
    """Say why a place has no number; "" where it has one."""
    return [
        "" if pd.notna(row.value) else why_missing(row, county_vintage) for row in rows.itertuples()
    ]


def why_missing(row: object, county_vintage: int) -> str:
    """Say why a place has no number: these years know other borders, or its status."""
    inside = row.from_vintage <= county_vintage <= row.to_vintage
    if not inside and vintages.note(row.place_id):
        return "these years use other county borders"
    return profile_words.STATUSES[row.status]


def tested(rows: pd.DataFrame, measure: pd.Series) -> tuple[Pair, ...]:
    """Give the test of each pair of places that both have a number.

    Definition: the level is shared among the pairs that are tested (Bonferroni): a pair differs where
    its two-sided p times their number is under 0.05. Full counts need no test. Reference: METHODS.md
    sections 2 and 6.
    """
    found = list(pairs(rows[rows["value"].notna()], measure))
    tests = sum(pair.test.p is not None for pair in found)
    return tuple(replace(pair, test=stricter(pair.test, tests)) for pair in found)


def pairs(rows: pd.DataFrame, measure: pd.Series) -> Iterator[Pair]:
    """Give each pair of rows with its own test."""
    decimals = int(measure["decimals"])
    for one, other in combinations(rows.itertuples(), 2):
        here, there = (differences.measured(row, measure) for row in (one, other))
        test = differences.compare(here, there, decimals=decimals)
        yield Pair(one.name, other.name, (one.value, other.value), test)


def stricter(test: Difference, tests: int) -> Difference:
    """Give a test's verdict when it is one of several."""
    if not test.real or test.p is None or test.p * tests < CHANCE:
        return test
    why = "one test alone would say they differ, but not one of so many"
    return replace(test, verdict=CANT_TELL, test=why)


def number_words(measure: pd.Series) -> dict[str, object]:
    """Give how a column of a measure's values is printed."""
    return {
        "decimals": int(measure["decimals"]),
        "prefix": measure["prefix"],
        "suffix": measure["suffix"],
    }


def gap_words(measure: pd.Series) -> dict[str, object]:
    """Give how a column of gaps is printed: a gap between shares is in points."""
    said = number_words(measure)
    return said | {"suffix": " points"} if measure["suffix"] == "%" else said


def value_columns(measure: pd.Series, *, ending: str = "", title: str = "Value") -> list[Column]:
    """Give the columns of a value: itself, the ends of its interval, how far to trust it."""
    printed = number_words(measure)
    return [
        Column(f"value{ending}", title, **printed),
        Column(f"low{ending}", "Low", **printed),
        Column(f"high{ending}", "High", **printed),
        Column(f"trust{ending}", "Trust"),
    ]


def trust(rows: pd.DataFrame) -> pd.Series:
    """Give the grade of each value, or why there is none."""
    return rows["grade"].where(rows["value"].notna(), rows["missing"])


def from_zero(measure: pd.Series) -> bool:
    """Say whether an axis must begin at 0: shares, rates and counts, not years of life or dollars."""
    counts = not measure["prefix"] and measure["decimals"] == 0
    return bool(pd.notna(measure["scale"]) or counts) and not below_zero(measure)


def below_zero(measure: pd.Series) -> bool:
    """Say whether values may be negative, such as people who moved away."""
    return pd.isna(measure["minimum"]) or measure["minimum"] < 0


def axis_of(measure: pd.Series, *, span: tuple[float, float] | None = None) -> Axis:
    """Give the axis of a measure's values."""
    return Axis(
        title=words.capital(measure["unit"]),
        prefix=measure["prefix"],
        suffix=measure["suffix"],
        decimals=int(measure["decimals"]),
        zero=from_zero(measure),
        span=span,
    )


def ends(rows: pd.DataFrame, name: str) -> tuple[float | None, ...]:
    """Give a column's numbers for a mark; None where there is none."""
    return tuple(None if pd.isna(end) else float(end) for end in rows[name])


def hovers(found: Placed) -> tuple[str, ...]:
    """Give what a place's dot says when it is pointed at: value, interval, how far to trust it."""
    said = []
    for row in found.rows.itertuples():
        lines = [row.place_title, row.missing or found.amount(row.value)]
        if pd.notna(row.low) and pd.notna(row.high):
            lines += [f"interval {found.amount(row.low)} to {found.amount(row.high)}"]
        said.append("\n".join([*lines, *([row.grade] if isinstance(row.grade, str) else [])]))
    return tuple(said)


def gaps(found: Placed) -> list[str]:
    """Say which places have no number and why."""
    without = found.rows[found.rows["value"].isna()]
    return [
        f"{words.capital(words.listed(rows['name'].tolist()))}: no number ({why})."
        for why, rows in without.groupby("missing", sort=False)
    ]
