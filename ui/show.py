"""Show a figure with all that belongs to it: a title that says the finding, alt text, numbers, source, citation."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from equity.figures import Ground
from ui import data


def ground() -> Ground:
    """Give the ground that the reader's theme has: light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def figure(
    chart: dict[str, object],
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
