"""Two measures of the same counties: which years are paired, which counties are left out, and why."""

from dataclasses import dataclass

import pandas as pd

from equity import county_map, regions, vintages, words
from equity.county_map import opening
from equity.errors import Problem, Refused
from equity.reliability import SHAKY
from equity.view import Ask, View

__all__ = ["CONDITION_PERIOD", "Pair", "Side", "ask", "opening", "quoted"]

CONDITION_PERIOD = "condition_period"
# Years between the middles of two periods from which on a reader is told that they lie far apart.
FAR_YEARS = 5


@dataclass(frozen=True, eq=False)
class Side:
    """A measure (a row of the table `measure`) in the period, for the group and on the map of counties used."""

    measure: pd.Series
    period: str
    group: str
    group_title: str
    vintage: int
    middle: pd.Timestamp

    @property
    def name(self) -> str:
        """The measure's short title in quotation marks, so that it reads as a name in a sentence."""
        return quoted(self.measure["short_title"])

    @property
    def said(self) -> str:
        """The measure, its years and, where it is not everyone, its people."""
        people = "" if self.group == "everyone" else f", {self.group_title}"
        return f"{quoted(self.measure['title'])}, {words.period(self.period)}{people}"

    def amount(self, value: float) -> str:
        """Write a value with its unit."""
        return words.amount(value, self.measure)

    def apart(self, difference: float, *, decimals: int | None = None) -> str:
        """Write the size of a difference: "3.1 points" of a percentage, "$4,200", "0.8"."""
        measure = self.measure
        if decimals is None:
            decimals = int(measure["decimals"])
        ends = (measure["prefix"], measure["suffix"])
        if measure["suffix"] == "%":
            ends = ("", " points")
        return words.number(abs(difference), decimals=decimals, prefix=ends[0], suffix=ends[1])


@dataclass(frozen=True, eq=False)
class Pair:
    """Two measures of counties.

    everywhere, index place_id, has one row a county of the outcome's map: title, brief_title, state_id,
    outcome, condition, se (of the outcome), residents (each missing where unknown), statuses, shaky, and `why`: why
    a county cannot be used, "" where it can. unmatched counts counties of the condition's map that the
    outcome's does not have. place is the chosen county, "" for none.
    """

    outcome: Side
    condition: Side
    everywhere: pd.DataFrame
    residents_said: str
    puerto_rico: bool
    unmatched: int
    place: str

    @property
    def table(self) -> pd.DataFrame:
        """The counties that are counted: without Puerto Rico where a source does not cover it."""
        if self.puerto_rico:
            return self.everywhere
        return self.everywhere[self.everywhere["state_id"].ne(county_map.PUERTO_RICO)]

    @property
    def used(self) -> pd.DataFrame:
        """The counties that have what is needed."""
        return self.table[self.table["why"].eq("")]


def quoted(name: str) -> str:
    """Write a name in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}"


def ask(view: View, ask: Ask, *, by_residents: bool, fewest: int) -> Pair:
    """Give the two measures of a view; raise Problem where there is nothing to pair.

    by_residents: a county without a number of residents is not used. Raises Refused with fewer than `fewest` counties.
    """
    if len(view.measures) != 2 or view.measures[0] == view.measures[1]:
        raise Problem("Choose two measures that differ: an outcome and a condition.")
    outcome = side_of(view, ask, number=0, period=view.period, near=None)
    if is_total(outcome.measure):
        raise Refused(
            rule="a total",
            why=f"{outcome.name} is a total: it is larger where more people live, so it goes with the size of a "
            "county before all else.",
            instead="Choose a rate, a share or an average as the outcome.",
        )
    asked = view.option(CONDITION_PERIOD)
    condition = side_of(view, ask, number=1, period=asked, near=outcome)
    residents = ask(
        "county_residents", vintage=outcome.vintage, day=outcome.middle.date().isoformat()
    )
    table, unmatched = joined(numbers(ask, outcome), numbers(ask, condition), residents)
    table["why"] = reasons(table, outcome, condition, by_residents=by_residents)
    refuse_few(int(table["why"].eq("").sum()), fewest)
    puerto_rico = table["state_id"].eq(county_map.PUERTO_RICO)
    covered = bool(table.loc[puerto_rico, "why"].eq("").any())
    places = [place for place in view.places if place in table.index]
    return Pair(
        outcome,
        condition,
        table,
        residents_said(residents),
        covered,
        unmatched,
        places[0] if places else "",
    )


def is_total(measure: pd.Series) -> bool:
    """Say whether a measure (a row of the table `measure`) counts things, and so grows with the county."""
    return bool(pd.isna(measure["scale"]) and measure["unit"] in regions.COUNTED)


def refuse_few(used: int, fewest: int) -> None:
    """Raise Refused where too few counties have both numbers to say anything."""
    if used < fewest:
        raise Refused(
            rule="too few counties",
            why=f"Both numbers are there for {words.counted(used, 'county')} only; it takes at least {fewest}.",
            instead="Choose measures, years or people that more counties have.",
        )


def residents_said(residents: pd.DataFrame) -> str:
    """Name the source of residents inside a sentence."""
    title, period = residents[["title", "period"]].iloc[0]
    return f"{title[:1].lower()}{title[1:]}, {words.period(period)}"


def side_of(view: View, ask: Ask, *, number: int, period: str, near: Side | None) -> Side:
    """Give one measure with its period and people: those asked for, else the best held.

    Of the periods that cover most counties the newest, or the nearest to another side's (on its map of counties
    where two are as near).
    """
    measure = ask("measures").set_index("measure_id", drop=False).loc[view.measures[number]]
    held = ask("county_periods", measure=measure["measure_id"])
    group = view.groups[number] if len(view.groups) > number else ""
    if held.empty:
        raise Problem(f"{measure['title']}: no county has a number. Choose another measure.")
    rows = held[held["people_group"].eq(group or opening(held)[1])]
    if period:
        rows = rows[rows["period"].eq(period)]
    if rows.empty:
        raise Problem(f"{measure['title']}: no county has a number for these years and people.")
    rows = rows[rows["counties"].ge(county_map.COVERED * rows["counties"].max())]
    rows = rows.assign(middle=rows["starts"] + (rows["ends"] - rows["starts"]) / 2)
    if near is not None:
        off = (rows["middle"] - near.middle).abs()
        other_map = rows["county_vintage"].ne(near.vintage)
        rows = rows.assign(off=off, other_map=other_map).sort_values(
            ["off", "other_map"], kind="stable"
        )
    best = rows.iloc[0]
    return Side(
        measure,
        best["period"],
        best["people_group"],
        best["group_title"],
        int(best["county_vintage"]),
        best["middle"],
    )


def numbers(ask: Ask, side: Side) -> pd.DataFrame:
    """Give a side's counties, index place_id."""
    rows = ask(
        "county_numbers", measure=side.measure["measure_id"], period=side.period, group=side.group
    )
    return rows.set_index("place_id")


def joined(
    outcome: pd.DataFrame, condition: pd.DataFrame, residents: pd.DataFrame
) -> tuple[pd.DataFrame, int]:
    """Join on the counties of the outcome's map; count those of the other map that find none."""
    other = condition.reindex(outcome.index)
    table = pd.DataFrame(
        {
            "title": outcome["title"],
            "brief_title": outcome["brief_title"],
            "state_id": outcome["state_id"],
            "outcome": outcome["value"].astype(float),
            "outcome_status": outcome["status"],
            "outcome_grade": outcome["grade"],
            "se": outcome["standard_error"].astype(float),
            "condition": other["value"].astype(float),
            "condition_status": other["status"],
            "condition_grade": other["grade"],
            "residents": residents.set_index("place_id")["residents"].reindex(outcome.index),
            "shaky": outcome["grade"].eq(SHAKY) | other["grade"].eq(SHAKY),
        }
    )
    return table, int((~condition.index.isin(outcome.index)).sum())


def reasons(
    table: pd.DataFrame, outcome: Side, condition: Side, *, by_residents: bool
) -> pd.Series:
    """Say for each county the first reason why it cannot be used; "" where it can."""
    why = pd.Series("", index=table.index)
    if by_residents:
        why[~table["residents"].gt(0)] = "no number of residents"
    for side, column in ((condition, "condition"), (outcome, "outcome")):
        missing = table[column].isna()
        kinds = {kind: label for kind, (label, _) in county_map.MISSING_WORDS.items()}
        said = table[f"{column}_status"].map(kinds).str.lower() + f" for {side.name}"
        why[missing] = said[missing]
    why[table["condition_status"].isna()] = "different county borders"
    return why


def pairing(pair: Pair) -> list[str]:
    """Say which years are paired where they differ, and what different maps of counties leave out."""
    outcome, condition = pair.outcome, pair.condition
    said = []
    if outcome.period != condition.period:
        years = abs((outcome.middle - condition.middle).days) / 365.25
        far = " They lie far apart: counties may have changed since." if years > FAR_YEARS else ""
        said.append(
            f"The years differ: {outcome.name} is for {words.period(outcome.period)}, {condition.name} "
            f"for {words.period(condition.period)}.{far}"
        )
    if outcome.vintage != condition.vintage:
        mine = int(pair.table["condition_status"].isna().sum())
        said.append(
            "The two sources use different maps of counties. Only counties with the same borders in both "
            f"are used: {words.counted(mine, 'county')} of one map and {words.counted(pair.unmatched, 'county')} "
            f"of the other are not. {changed_borders(pair)}"
        )
    return said


def changed_borders(pair: Pair) -> str:
    """Say what changed between the two maps of counties."""
    changed = (vintages.CONNECTICUT, 2022), (vintages.ALASKA, 2020)
    first, last = sorted((pair.outcome.vintage, pair.condition.vintage))
    return " ".join(note for note, year in changed if first < year <= last)


def left_out(pair: Pair) -> list[str]:
    """Say how many counties are used and why the others are not, and how many numbers are shaky."""
    total, used = len(pair.table), len(pair.used)
    counted = pair.table["why"][pair.table["why"].ne("")].value_counts()
    said = [f"{used:,} of {total:,} counties are used."]
    if used < total:
        parts = [f"{why} in {count:,}" for why, count in counted.items()]
        said = [f"{used:,} of {total:,} counties are used; left out: {words.listed(parts)}."]
    if not pair.puerto_rico:
        said.append("Puerto Rico is left out: one of the sources does not cover it.")
    shaky = int(pair.used["shaky"].sum())
    if shaky:
        said.append(f"In {words.counted(shaky, 'county')} a number is too shaky to compare.")
    return said


def figures(pair: Pair) -> list[tuple[str, str]]:
    """Give the counts of those sentences as rows of a table: what is counted, and how many."""
    counted = pair.table["why"][pair.table["why"].ne("")].value_counts()
    rows = [("Counties", f"{len(pair.table):,}"), ("Counties used", f"{len(pair.used):,}")]
    rows += [(f"Left out: {why}", f"{count:,}") for why, count in counted.items()]
    if pair.outcome.vintage != pair.condition.vintage:
        rows.append(("Counties only on the other source's map", f"{pair.unmatched:,}"))
        rows.append(("Changed borders", changed_borders(pair)))
    return [*rows, ("Counties with a shaky number", f"{int(pair.used['shaky'].sum()):,}")]
