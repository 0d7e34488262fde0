"""One measure by groups of people in one place: each with its interval, difference and ratio to a reference."""

from dataclasses import dataclass

import pandas as pd

from equity import group_gaps, inequality, people_counts, splits, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark, Reference
from equity.comparability import Act
from equity.differences import NO_MARGIN
from equity.group_gaps import BEST, REFERENCE, Gap
from equity.inequality.caution import interval_caution
from equity.people_counts import People
from equity.splits import EVERYONE, Split, name
from equity.view import Ask, View

ACTS: frozenset[Act] = frozenset({"sets groups side by side", "shares one axis"})


@dataclass(frozen=True, eq=False)
class Found:
    """The groups, what they are set against, and each one's gap to it."""

    split: Split
    asked: str
    base: pd.Series
    gaps: tuple[Gap, ...]
    people: People | None


def ask(view: View, ask: Ask) -> Found:
    """Give the groups of a measure in a place and their gaps to the best-off group or the one asked for."""
    split = splits.split(view, ask)
    asked = view.option(REFERENCE, BEST)
    return Found(
        split=split,
        asked=asked,
        base=group_gaps.reference_row(split, asked),
        gaps=group_gaps.against(split, asked),
        people=people_counts.people(split, ask),
    )


def read(found: Found) -> Reading:
    """Put the gap into words: both numbers, difference and ratio, who is left out and who is missing."""
    split = found.split
    return Reading(
        title=finding(found),
        subtitle=split.what,
        sentences=(" ".join(gap_sentences(found)), " ".join(who(split))),
        alt=alt(split),
    )


def finding(found: Found) -> str:
    """Say how wide the widest gap is, and between whom."""
    gap, measure = group_gaps.widest(found.gaps), found.split.measure
    title = measure["title"]
    if gap.verdict not in ("different", NO_MARGIN):
        return f"{title}: we can't tell if the groups differ"
    if round(gap.difference.value, int(measure["decimals"])) == 0:
        return f"{title}: no gap that these numbers can show"
    size = group_gaps.gap_amount(gap.difference.value, measure)
    return f"{title}: a gap of {size} between {name(gap.group)} and {name(gap.reference)}"


def gap_sentences(found: Found) -> list[str]:
    """Say the two numbers, the difference and the ratio, and whether the gap is real."""
    split, gap = found.split, group_gaps.widest(found.gaps)
    measure = split.measure
    worst = split.rows.set_index("title").loc[gap.group]
    numbers = (
        f"{gap.group}: {value_said(worst, measure)}. "
        f"{gap.reference}: {value_said(found.base, measure)}."
    )
    absolute = f"The difference is {group_gaps.difference_said(gap.difference, measure)}."
    relative = "There is no ratio, because nothing can be divided by 0."
    if gap.ratio is not None:
        relative = f"The ratio is {group_gaps.ratio_said(gap.ratio)}."
    if not subtracts(worst["value"], found.base["value"], gap.difference.value, measure):
        absolute = f"{absolute} It was worked out before the numbers were rounded."
    told = [numbers, absolute, relative, group_gaps.verdict_said(gap), chosen(found, gap)]
    return [*told, *interval_doubts(found)]


def interval_doubts(found: Found) -> list[str]:
    """Say why the intervals of the widest gap are not to be taken at their word; nothing where they are."""
    if found.asked != BEST or len(found.split.firm) < 2:
        return []
    groups = group_gaps.frame(found.split.firm, found.split.measure)
    estimate = inequality.measure("d", groups, **group_gaps.settings(found.split.measure))
    caution = interval_caution(estimate, groups)
    return [caution] if caution else []


def subtracts(one: float, other: float, difference: float, measure: pd.Series) -> bool:
    """Say whether the numbers as printed subtract to the difference as printed."""
    places = int(measure["decimals"])
    printed = abs(round(one, places) - round(other, places))
    return round(printed, places) == round(abs(difference), places)


def value_said(row: pd.Series, measure: pd.Series) -> str:
    """Write a value with its unit."""
    text = words.amount(row["value"], measure)
    alone = not measure["prefix"] and not measure["suffix"]
    return f"{text} {splits.short_unit(measure)}" if alone else text


def chosen(found: Found, gap: Gap) -> str:
    """Say what groups are set against, and where that leaves the worst-off group."""
    if found.asked == BEST:
        alike = "one of the best-off groups" if ties(found) else "the best-off group"
        return f"{name(gap.reference)} is {alike} here, so the others are set against it."
    if gap.difference.value < 0:
        return f"Every other group is better off than {name(gap.reference)}."
    if found.asked == EVERYONE:
        return "Each group is a part of the whole, so its gap to the whole is smaller than its gap to the rest."
    worst = "among the worst off" if ties_for_worst(found) else "the worst off"
    return f"{name(gap.group)} is {worst} of the groups set against {name(gap.reference)}."


def ties(found: Found) -> bool:
    """Say whether another group shows the same number as the one that groups are set against."""
    shown = found.split.firm["value"].astype(float).round(int(found.split.measure["decimals"]))
    return int(shown.eq(round(found.base["value"], int(found.split.measure["decimals"]))).sum()) > 1


def ties_for_worst(found: Found) -> bool:
    """Say whether two groups show the widest gap."""
    decimals = int(found.split.measure["decimals"])
    shown = [round(gap.difference.value, decimals) for gap in found.gaps]
    return shown.count(max(shown)) > 1


def who(split: Split) -> list[str]:
    """Say who is not compared, who is left out, who is missing."""
    shaky = split.rows[~split.rows["firm"]]["title"].tolist()
    told = []
    if shaky:
        told.append(f"Too shaky to compare, so shown but not compared: {words.listed(shaky)}.")
    if split.left_out:
        told.append(f"Left out: {'; '.join(split.left_out)}.")
    if split.absent:
        told.append(f"No number for: {'; '.join(split.absent)}.")
    told.append(
        "People of any group not named here are not shown. Numbers about groups do not tell us about each "
        "person in them."
    )
    return told


def alt(split: Split) -> str:
    """Describe the chart to those who do not see it."""
    values = [
        f"{row.title} {words.amount(row.value, split.measure)}" for row in split.rows.itertuples()
    ]
    return f"Dots, one a group, with intervals where published. {split.what} {'; '.join(values)}."


def tabulate(found: Found) -> Table:
    """Give the numbers, the people, the gaps and the verdicts; columns nobody has are left away."""
    split = found.split
    rows = split.rows.merge(gap_frame(found), on="title", how="left")
    if split.everyone is not None:
        rows = pd.concat([rows, split.everyone.to_frame().T], ignore_index=True)
    if found.people is not None:
        rows["people"] = rows["group"].map(found.people.counted)
    rows["trust"] = rows["grade"]
    columns = [
        one for one in table_columns(found) if one.name in rows and rows[one.name].notna().any()
    ]
    return Table(rows, tuple(columns))


def gap_frame(found: Found) -> pd.DataFrame:
    """Give each group's gap in columns; the reference itself has none."""
    return pd.DataFrame(
        [
            {
                "title": gap.group,
                "difference": gap.difference.value,
                "difference_low": gap.difference.low,
                "difference_high": gap.difference.high,
                "ratio": None if gap.ratio is None else gap.ratio.value,
                "ratio_low": None if gap.ratio is None else gap.ratio.low,
                "ratio_high": None if gap.ratio is None else gap.ratio.high,
                "verdict": gap.verdict,
            }
            for gap in found.gaps
        ]
    )


def more(found: Found) -> tuple[Table, ...]:
    """Give each group's gap to the reference, to be read in the open; not where there is one gap only."""
    if len(found.gaps) < 2:
        return ()
    measure = found.split.measure
    rows = [
        {
            "title": gap.group,
            "difference": group_gaps.difference_said(gap.difference, measure),
            "ratio": "" if gap.ratio is None else group_gaps.ratio_said(gap.ratio),
            "side": "better" if gap.difference.value < 0 else "worse",
            "verdict": gap.verdict,
        }
        for gap in found.gaps
    ]
    columns = (
        Column("title", "Group"),
        Column("side", "Number is"),
        Column("difference", "By a difference of"),
        Column("ratio", "Ratio"),
        Column("verdict", "Do the two differ?"),
    )
    title = f"Each group against {name(found.base['title'])}"
    return (Table(pd.DataFrame(rows), columns, title),)


def table_columns(found: Found) -> tuple[Column, ...]:
    """Give all columns of the table."""
    measure = found.split.measure
    plain = {"decimals": int(measure["decimals"]), "prefix": measure["prefix"]}
    printed = plain | {"suffix": measure["suffix"]}
    level = found.split.rows["level"].dropna()
    share = f" ({round(100 * level.iloc[0])}%)" if len(level) else ""
    return (
        Column("title", "Group"),
        Column("value", "Value", **printed),
        Column("low", f"Low{share}", **printed),
        Column("high", f"High{share}", **printed),
        Column("people", "People", decimals=0),
        Column("difference", "Difference", **plain),
        Column("difference_low", "Difference, low", **plain),
        Column("difference_high", "Difference, high", **plain),
        Column("ratio", "Ratio", decimals=2),
        Column("ratio_low", "Ratio, low", decimals=2),
        Column("ratio_high", "Ratio, high", decimals=2),
        Column("verdict", f"Against {found.base['title']}"),
        Column("trust", "Trust"),
    )


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw a dot a group with its interval, hollow where too shaky, and a line at everyone's number."""
    split, measure = found.split, found.split.measure
    rows = split.rows
    dots = Mark(
        "dots",
        x=tuple(rows["value"].astype(float)),
        y=tuple(rows["title"]),
        low=ends(rows["low"]),
        high=ends(rows["high"]),
        labels=tuple(words.amount(value, measure) for value in rows["value"]),
        hollow=tuple(~rows["firm"]),
    )
    across = Axis(
        title=measure["unit"],
        prefix=measure["prefix"],
        suffix=measure["suffix"],
        decimals=int(measure["decimals"]),
        zero=bool(rows["value"].min() < rows["value"].max() / 2),
    )
    lines = ()
    if split.everyone is not None:
        value = float(split.everyone["value"])
        lines = (
            Reference("x", value, f"{split.everyone['title']} {words.amount(value, measure)}"),
        )
    return (Chart((dots,), x=across, y=Axis(categories=tuple(rows["title"])), references=lines),)


def ends(column: pd.Series) -> tuple[float | None, ...]:
    """Give the ends of intervals, None where there is none."""
    return tuple(None if pd.isna(end) else float(end) for end in column)
