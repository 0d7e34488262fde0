"""The charts of a profile, and the same numbers as tables."""

import pandas as pd
import plotly.graph_objects as go

from equity import profile_words
from equity.profiles import Measure, cell
from ui import show

# On a phone so many names of a period fit under a chart, if they are short.
MOST_LABELS, LONGEST_LABEL = 7, 5


def line_chart(rows: pd.DataFrame, measure: Measure, ground: str) -> go.Figure:
    """Give a line of values with the band of their intervals; the ends are labelled."""
    tone = show.TONES[ground]
    periods = [profile_words.period(text) for text in rows["period"]]
    labels = [profile_words.amount(value, measure) for value in rows["value"]]
    band = []
    if rows["low"].notna().all():
        edge = {"type": "scatter", "x": periods, "mode": "lines", "hoverinfo": "skip"}
        edge["line"] = {"width": 0}
        filled = {"fill": "tonexty", "fillcolor": tone["band"]}
        band = [edge | {"y": rows["low"].tolist()}, edge | filled | {"y": rows["high"].tolist()}]
    line = {
        "type": "scatter",
        "x": periods,
        "y": rows["value"].tolist(),
        "mode": "lines+markers+text",
        "line": {"color": tone["mark"], "width": 3},
        "text": [label if at in (0, len(labels) - 1) else "" for at, label in enumerate(labels)],
        "textposition": "top center",
        "hovertext": [f"{period}: {label}" for period, label in zip(periods, labels, strict=True)],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return show.chart(
        [*band, line],
        ground,
        height=300,
        x={"type": "category", "tickangle": 0, **ends_only(periods)},
        y={**unit(measure), "nticks": 5, "tickformat": ","},
    )


def ends_only(periods: list[str]) -> dict[str, list[str]]:
    """Label only the ends of an axis whose names are too long to stand side by side on a phone."""
    if max(map(len, periods)) <= LONGEST_LABEL and len(periods) <= MOST_LABELS:
        return {}
    ends = [periods[0], periods[-1]]
    return {"tickvals": ends, "ticktext": [end.replace(" to ", "<br>to ") for end in ends]}


def unit(measure: Measure) -> dict[str, str]:
    """Give what an axis writes before and after each number."""
    return {"tickprefix": measure["prefix"], "ticksuffix": measure["suffix"]}


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


def dots(rows: pd.DataFrame, measure: Measure, ground: str) -> go.Figure:
    """Give a dot a group, with its interval."""
    tone = show.TONES[ground]
    rows = rows.iloc[::-1]
    bars = None
    if rows["low"].notna().any():
        bars = {
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["value"]).fillna(0).tolist(),
            "arrayminus": (rows["value"] - rows["low"]).fillna(0).tolist(),
            "color": tone["mark"],
            "thickness": 2,
        }
    marks = {
        "type": "scatter",
        "x": rows["value"].tolist(),
        "y": rows["group_title"].tolist(),
        "error_x": bars,
        "mode": "markers+text",
        "marker": {"color": tone["mark"], "size": 13},
        "text": [profile_words.amount(value, measure) for value in rows["value"]],
        "textposition": "top center",
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return show.chart(
        [marks],
        ground,
        height=90 + 54 * len(rows),
        x={**unit(measure), "nticks": 6, "rangemode": "tozero"},
        y={},
    )
