"""Small numbers

Why the highest and the lowest rates are so often in the smallest counties, and what to do about it."""

import streamlit as st

from equity import words
from equity.errors import Problem
from equity.view import View
from ui import answer, choices, data, shell

shell.inside_frame()

DEFAULT_MEASURE = "pep_death_rate"

st.title("Small numbers: what chance does to small counties")
st.markdown(
    "In a county of 500 people, two deaths more than usual in a year put its death rate far above the nation's. "
    "Next year it may be far below. Nothing changed but chance. Before you name a “worst” county, look here."
)
there = data.ask("funnel_choices")
if there.empty:
    raise Problem(
        "No measure in these data has counts for most counties. Build them: python -m etl --offline"
    )
titles = there.drop_duplicates("measure_id").set_index("measure_id")["title"].to_dict()
with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(width=520):
        measure = choices.one_of("Measure", "measure", titles, DEFAULT_MEASURE)
    periods = there[there["measure_id"].eq(measure)]["period"]
    with st.container(width=260):
        named = {period: words.period(period) for period in periods}
        period = choices.one_of("Years", "period", named, periods.iloc[0])
place = choices.place()
here = () if place is None or place["level"] != "county" else (place["place_id"],)
if not here:
    st.caption("Choose a county on the map or by name to see it marked in these pictures.")


def ask(kind: str) -> View:
    """Give a view of the chosen measure, years and county."""
    return View(kind, (measure,), here, period=period)


st.caption("Lesson 1: could it be chance? The funnel")
answer.draw(ask("funnel"), key="funnel")
st.caption("Lesson 2: who is at both ends of the list?")
answer.draw(ask("extremes"), key="extremes")
st.caption("Lesson 3: the same rate on two maps")
answer.draw(ask("smoothed"), key="smoothed")
st.header("What to do instead")
st.markdown(
    "- Add up years, or neighboring counties, before you compare.\n"
    "- Show the interval with every rate, and test the difference you talk about.\n"
    "- Ask who lives in a small county, not only what its rate is.\n"
    "- Never leave a withheld number out of the count, and never read it as zero."
)
