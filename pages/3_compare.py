"""Compare

Up to six places side by side, among all counties, in order and over time, with a verdict for each pair."""

import pandas as pd
import streamlit as st

from equity import families, placed, words
from equity.view import View
from equity.views.compare import MOST_MEASURES
from ui import answer, choices, compared, data, shell

shell.inside_frame()

DEFAULT_MEASURE = "acs_poverty"
KINDS = ("compare", "distribution", "ranking", "trend", "region")
TITLES = {
    "compare": "Side by side",
    "distribution": "Among all counties",
    "ranking": "In order",
    "trend": "Over time",
    "region": "Added together",
}


def kind_of_view() -> str:
    """Draw the choice of a kind of view; it stands in the address."""
    choices.seed("kind", TITLES, KINDS[0])
    kind = st.segmented_control(
        "Show", KINDS, format_func=TITLES.get, key="kind", persist_state="session", required=True
    )
    choices.write("kind", kind)
    return kind


def more_measures(first: str, titles: dict[str, str]) -> tuple[str, ...]:
    """Draw the choice of measures beside the first; they stand in the address."""
    # Causes of death are many, and each is one click away as the first measure.
    folded = {code for members in families.families(titles).values() for code in members}
    there = {code: title for code, title in titles.items() if code not in {first, *folded}}
    asked, written = st.query_params.get("more"), st.session_state.get("more written")
    if asked and asked != written:
        st.session_state["more"] = asked.split(",")
    kept = [code for code in st.session_state.get("more", []) if code in there]
    st.session_state["more"] = kept[: MOST_MEASURES - 1]
    chosen = st.multiselect(
        "More measures beside it",
        list(there),
        format_func=there.get,
        key="more",
        max_selections=MOST_MEASURES - 1,
        persist_state="session",
    )
    text = ",".join(chosen)
    st.session_state["more written"] = text or None
    if text:
        st.query_params["more"] = text
    else:
        st.query_params.pop("more", None)
    return tuple(chosen)


def people(there: pd.DataFrame) -> tuple[str, ...]:
    """Draw the choice of people where these places have numbers of several groups."""
    groups = dict(zip(there["people_group"], there["group_title"], strict=True))
    if len(groups) < 2:
        return tuple(group for group in groups if group != placed.EVERYONE)
    with bar.container(width=260):
        chosen = choices.one_of("People", "group", groups, placed.EVERYONE)
    return () if chosen == placed.EVERYONE else (chosen,)


def years(there: pd.DataFrame, group: str) -> str:
    """Draw the choice of years where there are several; the newest that most places have at first."""
    held = there[there["people_group"].eq(group)]
    if held["period"].nunique() < 2:
        return ""
    best = held.sort_values(["values_held", "ends"], ascending=False, kind="stable")["period"].iloc[
        0
    ]
    periods = {period: words.period(period) for period in held["period"].unique()}
    with bar.container(width=220):
        return choices.one_of("Years", "period", periods, best)


st.title("Compare places")
measures = data.ask("measures").set_index("measure_id")
titles = measures["title"].to_dict()
after = (" (" + measures["domain"] + ")").to_dict()
kind = kind_of_view()
bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
with bar.container(width=520):
    measure = choices.one_measure(titles, DEFAULT_MEASURE, after=after)
places = compared.places()
there = data.ask("periods_held", measure=measure, places=places)
there = there[there["values_held"].gt(0)]
groups = people(there)
period = "" if kind == "trend" else years(there, groups[0] if groups else placed.EVERYONE)
beside = more_measures(measure, titles) if kind == "compare" else ()
if kind == "region":
    st.caption(
        "Adds up the counties among your places. States and the nation stand beside the sum."
    )
    places = tuple(code for code in places if len(code) == 5)
answer.draw(View(kind, (measure, *beside), places, period=period, groups=groups), key="compare")
