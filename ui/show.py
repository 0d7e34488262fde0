"""Show a figure with all that belongs to it: a title that says the finding, alt text, numbers, source, citation."""

from datetime import UTC, datetime

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui import data

LIGHT = {"mark": "#0b5c8a", "band": "rgba(11,92,138,0.18)", "text": "#1c2126", "line": "#c9ced4"}
DARK = {"mark": "#56b4e9", "band": "rgba(86,180,233,0.22)", "text": "#eceff1", "line": "#495058"}


TONES = {"light": LIGHT, "dark": DARK}


def ground() -> str:
    """Give the ground that the reader's theme has: light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def chart(
    marks: list[dict[str, object]],
    ground: str,
    *,
    height: int,
    x: dict[str, object],
    y: dict[str, object],
) -> go.Figure:
    """Give a chart of some marks in our look; x and y are what its axes have of their own.

    Made at one stroke: each later update of a figure costs some milliseconds.
    """
    tone = TONES[ground]
    axis = {"gridcolor": tone["line"], "zeroline": False, "automargin": True, "fixedrange": True}
    look = {
        "template": {},
        "font": {"color": tone["text"], "size": 15},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "dragmode": False,
        "showlegend": False,
        "height": height,
        "xaxis": axis | x,
        "yaxis": axis | y,
    }
    return go.Figure({"data": marks, "layout": look})


def figure(
    chart: go.Figure,
    *,
    title: str,
    alt: str,
    table: pd.DataFrame,
    source: str,
    cite: str,
    key: str,
) -> None:
    """Draw a figure: its finding as the title, then the chart, its source, its numbers, its citation."""
    st.markdown(f"**{title}**")
    st.plotly_chart(chart, theme=None, key=key, alt=alt, config={"displayModeBar": False})
    st.caption(source)
    with st.container(horizontal=True, key=f"screen_{key}"):
        with st.popover("The same numbers as a table"):
            st.table(table, border="horizontal", hide_index=True, alt=alt)
        citation(cite)


def citation(text: str) -> None:
    """Draw the button that opens a citation to copy."""
    with st.popover("Copy citation"):
        st.code(text, language=None, wrap_lines=True)


def cited(citation: str, *, title: str, place: str, period: str) -> str:
    """Give a citation of a figure: the publisher's, what is shown, and from which version of the data."""
    build = data.ask("build").iloc[0]
    today = datetime.now(UTC)
    return (
        f"{citation.rstrip('.')}. {', '.join(filter(None, (title, place, period)))}. "
        f"Data version {build['data_version']}; "
        f"read {today.day} {today:%B %Y}."
    )
