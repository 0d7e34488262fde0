"""The charts of a profile, and the same numbers as tables."""

import pandas as pd
import plotly.graph_objects as go

from equity import profile_words
from equity.views.profile import cell
from ui import show

# On a phone so many names of a period fit under a chart, if they are short.
MOST_LABELS, LONGEST_LABEL = 7, 5


def line_chart(rows: pd.DataFrame, measure: pd.Series) -> go.Figure:
    """Give a line of values with the band of their intervals; the ends are labelled."""
    tone = show.colours()
    periods = [profile_words.period(text) for text in rows["period"]]
    labels = [profile_words.amount(value, measure) for value in rows["value"]]
    chart = go.Figure()
    if rows["low"].notna().all():
        chart.add_scatter(
            x=periods, y=rows["low"].tolist(), mode="lines", line={"width": 0}, hoverinfo="skip"
        )
        chart.add_scatter(
            x=periods,
            y=rows["high"].tolist(),
            mode="lines",
            line={"width": 0},
            fill="tonexty",
            fillcolor=tone["band"],
            hoverinfo="skip",
        )
    chart.add_scatter(
        x=periods,
        y=rows["value"].tolist(),
        mode="lines+markers+text",
        line={"color": tone["mark"], "width": 3},
        text=[label if at in (0, len(labels) - 1) else "" for at, label in enumerate(labels)],
        textposition="top center",
        hovertext=[f"{period}: {label}" for period, label in zip(periods, labels, strict=True)],
        hoverinfo="text",
        cliponaxis=False,
    )
    chart.update_layout(showlegend=False, height=300)
    chart.update_xaxes(type="category", tickangle=0, **ends_only(periods))
    chart.update_yaxes(
        tickprefix=measure["prefix"], ticksuffix=measure["suffix"], nticks=5, tickformat=","
    )
    return chart


def ends_only(periods: list[str]) -> dict[str, list[str]]:
    """Label only the ends of an axis whose names are too long to stand side by side on a phone."""
    if max(map(len, periods)) <= LONGEST_LABEL and len(periods) <= MOST_LABELS:
        return {}
    ends = [periods[0], periods[-1]]
    return {"tickvals": ends, "ticktext": [end.replace(" to ", "<br>to ") for end in ends]}


def rows_table(rows: pd.DataFrame, measure: pd.Series, column: str, title: str) -> pd.DataFrame:
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


def dots(rows: pd.DataFrame, measure: pd.Series) -> go.Figure:
    """Give a dot a group, with its interval."""
    tone = show.colours()
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
    labels = [profile_words.amount(value, measure) for value in rows["value"]]
    chart = go.Figure(
        go.Scatter(
            x=rows["value"].tolist(),
            y=rows["group_title"].tolist(),
            error_x=bars,
            mode="markers+text",
            marker={"color": tone["mark"], "size": 13},
            text=labels,
            textposition="top center",
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    chart.update_layout(showlegend=False, height=90 + 54 * len(rows))
    chart.update_xaxes(
        tickprefix=measure["prefix"], ticksuffix=measure["suffix"], nticks=6, rangemode="tozero"
    )
    return chart
