"""Each group's share of the people against its share of the outcome, in one place."""

from dataclasses import dataclass

import pandas as pd

from equity import rates, splits, words
from equity.answers import Column, Reading, Table
from equity.charts import Axis, Chart, Mark
from equity.comparability import Act
from equity.errors import Refused
from equity.splits import Split, name
from equity.view import Ask, View
from equity.views.groups import who

ACTS: frozenset[Act] = frozenset(
    {"adds shares of groups", "sets groups side by side", "shares one axis"}
)


@dataclass(frozen=True, eq=False)
class Found:
    """The groups and one row each: people, outcome, and the share of all shown that each has, in percent."""

    split: Split
    rows: pd.DataFrame


def ask(view: View, ask: Ask) -> Found:
    """Give each group's share of people and of the outcome; refuse where either was not counted."""
    split = splits.split(view, ask)
    rows = split.firm.reset_index(drop=True)
    if rows["numerator"].isna().any() or not rows["denominator"].gt(0).all():
        raise Refused(
            rule="no counts",
            why=(
                f"The source of {words.quoted(split.measure['title'])} does not say how many people each group has "
                "and how many of them have the outcome, so shares can't be worked out."
            ),
            instead="Look at the difference and the ratio between groups.",
        )
    return Found(split, shares(rows))


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the shares, and Wilson's 95 % interval of the share of the outcome where events were counted.

    The interval takes the people as known. Reference: METHODS.md section 2.
    """
    people, outcome = rows["denominator"].astype(float), rows["numerator"].astype(float)
    share = outcome / outcome.sum()
    everyone = pd.Series(outcome.sum(), index=rows.index)
    low, high = rates.wilson_interval(outcome, everyone)
    return rows.assign(
        people=people,
        outcome=outcome,
        people_share=100 * people / people.sum(),
        outcome_share=100 * share,
        outcome_low=100 * low,
        outcome_high=100 * high,
    )


def counted(split: Split) -> bool:
    """Say whether the outcome was counted, so that its share has a known margin; a sample's has another."""
    return split.measure["made"] == "counted"


def outcome(split: Split) -> str:
    """Name what is shared out: "the deaths" of a rate of deaths, else "the outcome"."""
    events, per, _ = split.measure["unit"].partition(" per ")
    return f"the {events}" if per else "the outcome"


def read(found: Found) -> Reading:
    """Say who bears more than their share, and who less."""
    split = found.split
    return Reading(
        title=finding(found),
        subtitle=split.what,
        sentences=(
            " ".join(share_said(found, row) for row in found.rows.itertuples()),
            " ".join(notes(found)),
        ),
        alt=f"Two bars a group: its share of the people and of the outcome. {split.what} {in_short(found)}",
    )


def finding(found: Found) -> str:
    """Say which group's share of the outcome lies furthest above its share of the people."""
    rows = found.rows
    title = found.split.measure["title"]
    least = "outcome_low" if counted(found.split) else "outcome_share"
    more = rows[rows[least] > rows["people_share"]]
    if more.empty:
        return f"{title}: we can't tell if any group bears more than its share"
    row = more.loc[(more["outcome_share"] - more["people_share"]).idxmax()]
    return (
        f"{title}: {name(row['title'])} has {percent(row['people_share'])} of the people and "
        f"{percent(row['outcome_share'])} of {outcome(found.split)}"
    )


def share_said(found: Found, row: object) -> str:
    """Say one group's two shares, with the interval where there is one."""
    interval = ""
    if counted(found.split):
        interval = f" (95% interval {percent(row.outcome_low)} to {percent(row.outcome_high)})"
    return (
        f"{row.title}: {percent(row.people_share)} of the people, "
        f"{percent(row.outcome_share)} of {outcome(found.split)}{interval}."
    )


def in_short(found: Found) -> str:
    """Give all shares for those who do not see the chart."""
    return "; ".join(
        f"{row.title} {percent(row.people_share)} and {percent(row.outcome_share)}"
        for row in found.rows.itertuples()
    )


def notes(found: Found) -> list[str]:
    """Say what the shares are of, and what to keep in mind."""
    return ["All shares are of the groups shown here, not of everyone.", *who(found.split)]


def percent(share: float) -> str:
    """Write a share in percent."""
    return words.number(share, decimals=1, suffix="%")


def tabulate(found: Found) -> Table:
    """Give people, outcome and shares of each group."""
    columns = [
        Column("title", "Group"),
        Column("people", "People", decimals=0),
        Column("people_share", "Share of people", decimals=1, suffix="%"),
        Column("outcome", "With the outcome", decimals=0),
        Column("outcome_share", "Share of outcome", decimals=1, suffix="%"),
    ]
    if counted(found.split):
        columns += [
            Column("outcome_low", "Share of outcome, low", decimals=1, suffix="%"),
            Column("outcome_high", "Share of outcome, high", decimals=1, suffix="%"),
        ]
    return Table(found.rows, tuple(columns))


def draw(found: Found) -> tuple[Chart, ...]:
    """Draw two bars a group: its share of the people, its share of the outcome."""
    rows = found.rows
    titles = tuple(rows["title"])
    bars = tuple(
        Mark(
            "bars",
            x=tuple(rows[column].astype(float)),
            y=titles,
            name=said,
            tone=tone,
            labels=tuple(percent(share) for share in rows[column]),
        )
        for column, said, tone in (
            ("people_share", "Share of people", "quiet"),
            ("outcome_share", "Share of outcome", "mark"),
        )
    )
    across = Axis(title="% of the groups shown", suffix="%", zero=True, span=(0, widest(rows)))
    return (Chart(bars, x=across, y=Axis(categories=titles)),)


def widest(rows: pd.DataFrame) -> float:
    """Give where the axis ends, so that labels at the ends of bars have room."""
    return 1.15 * float(rows[["people_share", "outcome_share"]].max().max())
