"""Show a figure with all that belongs to it: a title that says the finding, alt text, numbers, source, citation."""

from datetime import UTC, datetime

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui import data

LIGHT = {"mark": "#0b5c8a", "band": "rgba(11,92,138,0.18)", "text": "#1c2126", "line": "#c9ced4"}
DARK = {"mark": "#56b4e9", "band": "rgba(86,180,233,0.22)", "text": "#eceff1", "line": "#495058"}


def colours() -> dict[str, str]:
    """Give the colours of charts on the ground that the reader's theme has."""
    return DARK if st.context.theme.type == "dark" else LIGHT


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
    tone = colours()
    axis = {"gridcolor": tone["line"], "zeroline": False, "automargin": True, "fixedrange": True}
    # One call: each update of a figure costs some milliseconds at every rerun.
    chart.update_layout(
        template=None,
        font={"color": tone["text"], "size": 15},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        xaxis=axis,
        yaxis=axis,
    )
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
