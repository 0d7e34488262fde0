"""Relationships

See whether a health outcome goes with a condition of counties: dots, fifths of people, a map of two measures."""

import pandas as pd
import streamlit as st

from equity import county_pairs, families, words
from equity.view import View
from ui import answer, choices, data, find, model_lesson, shell

shell.inside_frame()

KINDS = ("relationship", "gradient", "bivariate")
TITLES = {
    "relationship": "Each county a dot",
    "gradient": "Fifths of people",
    "bivariate": "Map of both",
}
OUTCOMES = model_lesson.OUTCOMES
WEIGHTS = {"once": "Once", "residents": "By its residents"}
NEAREST = "nearest"


def measures_there() -> pd.DataFrame:
    """Give the measures that have county numbers, by code: their titles and domains."""
    return data.ask("map_choices").drop_duplicates("measure_id").set_index("measure_id")


def outcome_of(there: pd.DataFrame) -> str:
    """Draw the choice of the outcome."""
    default = next((code for code in OUTCOMES if code in there.index), there.index[0])
    after = (" (" + there["domain"] + ")").to_dict()
    titles = there["title"].to_dict()
    return choices.one_measure(titles, default, after=after, label="Outcome")


def condition_of(there: pd.DataFrame, outcome: str) -> str:
    """Draw the choice of the condition; at first one that may be related to the outcome."""
    titles = there["title"].to_dict()
    causes = {code for members in families.families(titles).values() for code in members}
    known = there.drop(index=[outcome, *(causes - {outcome})])
    legal = (
        code
        for code in model_lesson.CONDITIONS
        if code in known.index and model_lesson.may_relate("relationship", (outcome, code))
    )
    shown = (known["title"] + " (" + known["domain"] + ")").to_dict()
    return choices.one_of("Condition", "condition", shown, next(legal, known.index[0]))


def kind_of_view() -> str:
    """Draw the choice of a kind of view; it stands in the address."""
    choices.seed("kind", KINDS, KINDS[0])
    st.segmented_control(
        "Show",
        KINDS,
        format_func=TITLES.get,
        key="kind",
        persist_state="session",
        required=True,
        wrap=True,
    )
    choices.write("kind", st.session_state["kind"])
    return st.session_state["kind"]


def people_and_years(measure: str, key: str, label: str) -> tuple[str, str]:
    """Draw the choice of people and years of a measure where there is one; give both, "" for no choice."""
    held = data.ask("county_periods", measure=measure)
    groups = held.set_index("people_group")["group_title"].to_dict()
    period, group = county_pairs.opening(held)
    if len(groups) > 1:
        with st.container(width=200):
            group = choices.one_of(f"People, {label}", f"{key}group", groups, group)
    periods = held[held["people_group"].eq(group)]["period"].unique()
    if len(periods) < 2:
        return group, ""
    titles = {NEAREST: "Newest" if not key else "Nearest to the outcome"}
    titles |= {code: words.period(code) for code in periods}
    with st.container(width=200):
        period = choices.one_of(f"Years, {label}", f"{key}period", titles, NEAREST)
    return group, "" if period == NEAREST else period


st.title("Relationships")
there = measures_there()
bar = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
with bar.container(width=520):
    outcome = outcome_of(there)
with bar.container(width=520):
    condition = condition_of(there, outcome)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    kind = kind_of_view()
    group, period = people_and_years(outcome, "", "outcome")
    condition_group, condition_period = people_and_years(condition, "condition_", "condition")
    options = {county_pairs.CONDITION_PERIOD: condition_period}
    if kind == "relationship":
        with st.container(width=190):
            weight = choices.one_of("Count each county", "weight", WEIGHTS, "once")
        options["weight"] = weight if weight != "once" else ""
    with st.popover("Mark a county"):
        find.box("County, town or ZIP code", key="relationships", page="5_relationships.py")

place = choices.place()
marked = (place["place_id"],) if place is not None and place["level"] == "county" else ()
view = View(kind, (outcome, condition), marked, period, (group, condition_group)).having(**options)
found = answer.draw(view, key=kind)
measures = data.ask("measures").set_index("measure_id", drop=False)
if found is not None and found.verdict.refused:
    if model_lesson.offered(view, measures):
        model_lesson.draw(view, measures)
    model_lesson.instead(view, measures, there.index)
