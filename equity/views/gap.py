"""The gap between two groups of people over time: as a difference and as a ratio, which may go different ways."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from equity import group_gaps, inequality, splits, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark, Reference
from equity.comparability import Act
from equity.differences import Z_95
from equity.errors import Problem
from equity.group_gaps import BEST, REFERENCE
from equity.splits import EVERYONE, Split, name
from equity.view import Ask, View
from equity.views.groups import ends

ACTS: frozenset[Act] = frozenset(
    {"sets groups side by side", "sets years side by side", "shares one axis"}
)
Direction = Literal["got smaller", "got larger", "hardly changed", "may not have changed"]
SMALLER: Direction = "got smaller"
LARGER: Direction = "got larger"
SAME: Direction = "hardly changed"
UNSURE: Direction = "may not have changed"
# A change of less than this share of the gap is not called one.
WORTH_A_WORD = 0.02


@dataclass(frozen=True, eq=False)
class Found:
    """The two groups and one row a period, oldest first.

    rows: period, worse and better (the two values, better being the reference's), difference and ratio with
    low, high and standard error (of the ratio: of its logarithm). The direction is kept in all periods, so
    a group that overtakes the other turns the difference below 0.
    """

    split: Split
    worse: str
    better: str
    chosen: bool
    rows: pd.DataFrame
    without: int


def ask(view: View, ask: Ask) -> Found:
    """Give the gap of two groups in every period that has both: those named, or the widest of the newest period."""
    split = splits.split(view, ask)
    asked = view.option(REFERENCE, BEST)
    gap = group_gaps.widest_against(split, asked)
    base = group_gaps.reference_row(split, asked)
    codes = split.rows.set_index("title")["group"]
    measure, place = split.measure, split.place
    held, _, _ = splits.chosen_rows(
        View(view.kind, view.measures, view.places, "", (split.dimension,), options(split)),
        ask,
        measure,
        place,
    )
    pair = held[held["group"].isin([codes[gap.group], base["group"]])]
    firm = pair[pair["value"].notna() & (pair["firm"] | pair["group"].eq(EVERYONE))]
    both = firm[firm.groupby("period")["group"].transform("nunique").eq(2)]
    shown = both[both["period"].isin(apart(both))]
    if shown["period"].nunique() < 2:
        raise Problem(
            f"{measure['title']}: these data hold both groups in one period only, so nothing can be said of "
            "change. Choose other groups or another measure."
        )
    return Found(
        split=split,
        worse=gap.group,
        better=gap.reference,
        chosen=len(view.groups) != 2,
        rows=over_time(shown, measure, worse=codes[gap.group], better=base),
        without=pair["period"].nunique() - both["period"].nunique(),
    )


def options(split: Split) -> tuple[tuple[str, str], ...]:
    """Give the options that keep the people within whom groups are compared."""
    return ((splits.AMONG, split.among),)


def apart(rows: pd.DataFrame) -> list[str]:
    """Give periods that share no day, the newest first kept."""
    kept: list[str] = []
    begins = None
    for row in rows.drop_duplicates("period").sort_values("ends", ascending=False).itertuples():
        if begins is None or row.ends <= begins:
            kept.append(row.period)
            begins = row.starts
    return kept


def over_time(
    shown: pd.DataFrame, measure: pd.Series, *, worse: str, better: pd.Series
) -> pd.DataFrame:
    """Give one row a period with both values, difference and ratio."""
    groups = group_gaps.frame(shown, measure).assign(period=shown["period"].to_numpy())
    found = inequality.many(
        groups,
        by="period",
        reference=better["title"],
        codes=("d", "r"),
        **group_gaps.settings(measure),
    )
    wide = found.pivot(index="period", columns="code", values=["value", "low", "high", "se"])
    rows = shown.drop_duplicates("period").set_index("period")[["ends"]]
    for group, column in ((worse, "worse"), (better["group"], "better")):
        rows[column] = shown[shown["group"].eq(group)].set_index("period")["value"]
    for code, column in (("d", "difference"), ("r", "ratio")):
        rows[column] = wide["value", code]
        for part in ("low", "high", "se"):
            rows[f"{column}_{part}"] = wide[part, code]
    return rows.sort_values("ends").reset_index()


def read(found: Found) -> Reading:
    """Say how both groups, the difference and the ratio changed, and whether the two agree."""
    rows, measure = found.rows, found.split.measure
    first, last = rows.iloc[0], rows.iloc[-1]
    since = f"{words.period(first['period'])} to {words.period(last['period'])}"
    absolute, relative = directions(found)
    return Reading(
        title=finding(found, absolute, relative),
        subtitle=(
            f"{measure['title']}: {name(found.worse)} against {name(found.better)}{within(found.split)}. "
            f"{found.split.place['title']}, {since}."
        ),
        sentences=tuple(
            " ".join(part)
            for part in (
                changes(found, absolute, relative),
                [*between(found), *sureness(found, (absolute, relative)), *which(found)],
                [f"About the years: {measure['periods_note']}"] if measure["periods_note"] else [],
            )
            if part
        ),
        alt=(
            f"Lines over {words.counted(len(rows), 'period')}, {since}: both groups, their difference, their ratio. "
            f"{finding(found, absolute, relative)}."
        ),
        banner=banner(absolute, relative),
    )


def within(split: Split) -> str:
    """Say within whom the groups are compared, where that is not everyone."""
    return "" if split.among == EVERYONE else f", within the group {name(split.among_title)}"


def directions(found: Found) -> tuple[Direction, Direction]:
    """Give how the size of the difference and of the ratio changed from the first to the last period."""
    first, last = found.rows.iloc[0], found.rows.iloc[-1]
    decimals = int(found.split.measure["decimals"])
    absolute = direction(first, last, "difference", printed=decimals)
    return absolute, direction(first, last, "ratio", printed=2)


def direction(first: pd.Series, last: pd.Series, column: str, *, printed: int) -> Direction:
    """Give the direction of a change: none where it is not seen as printed, or less than a fiftieth of the gap."""
    if round(first[column], printed) == round(last[column], printed):
        return SAME
    before, after = size(first, column), size(last, column)
    if pd.isna(first[f"{column}_se"]) or pd.isna(last[f"{column}_se"]):
        if abs(after - before) < WORTH_A_WORD * before:
            return SAME
    elif not real(first, last, column):
        return UNSURE
    return LARGER if after > before else SMALLER


def size(row: pd.Series, column: str) -> float:
    """Give how far a gap is from none: the difference, or the logarithm of the ratio, without its sign."""
    return abs(np.log(row[column]) if column == "ratio" else row[column])


def real(first: pd.Series, last: pd.Series, column: str) -> bool:
    """Say whether a change is more than chance: a z-test of two periods, 95 % level, ratios as logarithms."""
    before, after = (
        np.log(row[column]) if column == "ratio" else row[column] for row in (first, last)
    )
    return bool(abs(after - before) > Z_95 * np.hypot(first[f"{column}_se"], last[f"{column}_se"]))


def finding(found: Found, absolute: Direction, relative: Direction) -> str:
    """Say how the gap changed, both ways."""
    title = found.split.measure["title"]
    if absolute == relative:
        return f"{title}: the gap {absolute}, as a difference and as a ratio"
    return f"{title}: the difference {absolute}, the ratio {relative}"


def changes(found: Found, absolute: Direction, relative: Direction) -> list[str]:
    """Say the first and the last numbers of both groups, of the difference and of the ratio."""
    measure = found.split.measure
    first, last = found.rows.iloc[0], found.rows.iloc[-1]
    then, now = words.period(first["period"]), words.period(last["period"])
    groups = [
        f"{title}: {words.amount(first[column], measure)} in {then}, "
        f"{words.amount(last[column], measure)} in {now}."
        for title, column in ((found.worse, "worse"), (found.better, "better"))
    ]
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    before = words.number(first["difference"], **plain)
    after = words.number(last["difference"], **plain)
    return [
        *groups,
        f"The difference {absolute}: from {before} to {after} {points(measure)}.".replace(
            " .", "."
        ),
        f"The ratio {relative}: from {group_gaps.ratio_amount(first['ratio'])} "
        f"to {group_gaps.ratio_amount(last['ratio'])}.",
    ]


def points(measure: pd.Series) -> str:
    """Give the unit of a difference; none after dollars."""
    if measure["prefix"]:
        return ""
    return "percentage points" if measure["suffix"] == "%" else splits.short_unit(measure)


def sureness(found: Found, changes: tuple[Direction, ...]) -> list[str]:
    """Say whether the changes are more than chance."""
    first, last = found.rows.iloc[0], found.rows.iloc[-1]
    if pd.isna(first["difference_se"]) or pd.isna(last["difference_se"]):
        return ["No margin of error is published, so we can't test whether the gap changed."]
    if UNSURE in changes:
        return ["Where it may not have changed, chance alone could make such a change."]
    return []


def between(found: Found) -> list[str]:
    """Say when the difference was smallest and when largest, where that was in between."""
    rows, measure = found.rows, found.split.measure
    middle = rows.iloc[1:-1]
    ends = rows.iloc[[0, -1]]["difference"]
    told = []
    for word, row in extremes(middle):
        outside = (
            row["difference"] < ends.min() if word == "smallest" else row["difference"] > ends.max()
        )
        if outside:
            sign = words.MINUS if row["difference"] < 0 else ""
            amount = f"{sign}{group_gaps.gap_amount(row['difference'], measure)}"
            told.append(f"{word} in {words.period(row['period'])} ({amount})")
    return [f"In between, the difference was {words.listed(told)}."] if told else []


def extremes(rows: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    """Give the rows with the smallest and the largest difference."""
    if rows.empty:
        return []
    return [
        ("smallest", rows.loc[rows["difference"].idxmin()]),
        ("largest", rows.loc[rows["difference"].idxmax()]),
    ]


def which(found: Found) -> list[str]:
    """Say how the two groups were chosen and how many periods lack one of them."""
    told = []
    if found.chosen:
        told.append(
            f"These are the worst-off group in {words.period(found.rows['period'].iloc[-1])} and the one it is "
            "set against; choose others to see other gaps."
        )
    if found.without:
        told.append("Periods without a firm number for both groups are left out.")
    return told


def banner(absolute: Direction, relative: Direction) -> str:
    """Say that the two gaps go different ways, where they do."""
    if {absolute, relative} != {SMALLER, LARGER}:
        return ""
    return (
        f"The two ways to state the gap disagree. The difference {absolute} while the ratio {relative}. "
        "Neither is wrong; say both."
    )


def tabulate(found: Found) -> Table:
    """Give both groups, the difference and the ratio of each period."""
    measure = found.split.measure
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    printed = plain | {"suffix": measure["suffix"]}
    columns = (
        Column("when", "Period"),
        Column("worse", found.worse, **printed),
        Column("better", found.better, **printed),
        Column("difference", "Difference", **plain),
        Column("difference_low", "Difference, low", **plain),
        Column("difference_high", "Difference, high", **plain),
        Column("ratio", "Ratio", decimals=2),
        Column("ratio_low", "Ratio, low", decimals=2),
        Column("ratio_high", "Ratio, high", decimals=2),
    )
    rows = found.rows.assign(when=found.rows["period"].map(words.period))
    return Table(rows, tuple(one for one in columns if rows[one.name].notna().any()))


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw both groups, then the difference with its band, then the ratio with its band."""
    measure, rows = found.split.measure, found.rows
    when, along = times(rows)
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    lines = tuple(
        Mark(
            "line",
            x=when,
            y=tuple(rows[column].astype(float)),
            name=title,
            tone=tone,
            dashed=dashed,
        )
        for column, title, tone, dashed in (
            ("worse", found.worse, "two", False),
            ("better", found.better, "one", True),
        )
    )
    both = Axis(title=measure["unit"], suffix=measure["suffix"], zero=reaches_down(rows), **plain)
    absolute = Axis(title=points(measure), zero=True, **plain)
    relative = Axis(title="times", decimals=2)
    return (
        Chart(lines, x=along, y=both, title="Both groups"),
        Chart(
            curve(rows, when, "difference"),
            x=along,
            y=absolute,
            references=(Reference("y", 0, "no difference"),),
            title="Difference between them",
        ),
        Chart(
            curve(rows, when, "ratio"),
            x=along,
            y=relative,
            references=(Reference("y", 1, "no difference"),),
            title="Ratio of the two",
        ),
    )


def times(rows: pd.DataFrame) -> tuple[tuple[str, ...] | tuple[int, ...], Axis]:
    """Give where the periods stand along the axis: single years as numbers, others by name."""
    if rows["period"].str.fullmatch(r"\d{4}").all():
        return tuple(rows["period"].astype(int)), Axis(years=True)
    when = tuple(rows["period"].map(words.period))
    return when, Axis(categories=when)


def reaches_down(rows: pd.DataFrame) -> bool:
    """Say whether an axis of both groups begins at 0 without squeezing them."""
    values = rows[["worse", "better"]]
    return bool(values.min().min() < values.max().max() / 2)


def curve(
    rows: pd.DataFrame, when: tuple[str, ...] | tuple[int, ...], column: str
) -> tuple[Mark, ...]:
    """Give a line, and the band of its interval where there is one."""
    line = Mark("line", x=when, y=tuple(rows[column].astype(float)))
    known = rows[f"{column}_low"].notna()
    if not known.any():
        return (line,)
    band = Mark(
        "band",
        x=tuple(one for one, is_known in zip(when, known, strict=True) if is_known),
        y=(),
        low=ends(rows[f"{column}_low"][known]),
        high=ends(rows[f"{column}_high"][known]),
    )
    return (band, line)
