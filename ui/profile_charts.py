"""The charts of a profile, and the same numbers as tables."""

import pandas as pd

from equity import figures, placed, profile_words
from equity.charts import Axis, Chart, Mark
from equity.figures import Ground
from equity.profiles import Measure, cell
from equity.reliability import SHAKY

# A profile has many parts; its line is lower than that of a page about change.
LINE_HEIGHT = 320


def line_chart(rows: pd.DataFrame, measure: Measure, ground: Ground) -> dict[str, object]:
    """Give a line of values with the band of their intervals; the ends are labelled."""
    periods = tuple(profile_words.period(text) for text in rows["period"])
    labels = [profile_words.amount(value, measure) for value in rows["value"]]
    low, high = placed.ends(rows, "low"), placed.ends(rows, "high")
    line = Mark(
        "line",
        x=periods,
        y=placed.ends(rows, "value"),
        labels=tuple(
            label if at in (0, len(labels) - 1) else "" for at, label in enumerate(labels)
        ),
        hover=tuple(f"{period}: {label}" for period, label in zip(periods, labels, strict=True)),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )
    band = Mark("band", x=periods, y=(), low=low, high=high)
    chart = Chart((band, line), x=Axis(categories=periods), y=numbers(measure))
    figure = figures.to_plotly(chart, ground)
    figure["layout"]["height"] = LINE_HEIGHT
    return figure


def numbers(measure: Measure, *, zero: bool = False) -> Axis:
    """Give the axis of a measure's values, without the unit that its title says."""
    return Axis(prefix=measure["prefix"], suffix=measure["suffix"], zero=zero)


def rows_table(rows: pd.DataFrame, measure: Measure, column: str, title: str) -> pd.DataFrame:
    """Give the numbers of a chart as text, interval and grade with them."""
    named = rows[column].map(profile_words.period) if column == "period" else rows[column]
    cells = [cell(row, measure) for row in rows.itertuples()]
    return pd.DataFrame(
        {
            title: named.tolist(),
            "Value": [profile_words.value_or_status(one, measure) for one in cells],
            "Interval": [profile_words.interval(one, measure) for one in cells],
            "Trust": [profile_words.grade(one) for one in cells],
        }
    )


def dots(rows: pd.DataFrame, measure: Measure, ground: Ground) -> dict[str, object]:
    """Give a dot a group, with its interval; hollow where it is too shaky to compare."""
    groups = tuple(rows["group_title"])
    marks = Mark(
        "dots",
        x=placed.ends(rows, "value"),
        y=groups,
        low=placed.ends(rows, "low"),
        high=placed.ends(rows, "high"),
        labels=tuple(profile_words.amount(value, measure) for value in rows["value"]),
        hollow=tuple(rows["grade"].eq(SHAKY)),
    )
    chart = Chart((marks,), x=numbers(measure, zero=True), y=Axis(categories=groups))
    return figures.to_plotly(chart, ground)
